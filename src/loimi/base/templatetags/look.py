"""Tags of the look: woven pictures in templates, and the few words that forms need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext_lazy as _
from django_htmx.jinja import htmx_script

from loimi import weave

register = template.Library()

STYLES = (
    "base/tokens.css",
    "base/base.css",
    "base/frame.css",
    "base/words.css",
    "base/controls.css",
    "base/lists.css",
    "base/states.css",
    "base/weave.css",
    "base/weave-pictures.css",
)
THEME_COOKIE = "theme"
THEMES = {"": _("As on the device"), "light": _("Light"), "dark": _("Dark")}


def theme_of(request: HttpRequest) -> str:
    """Return the theme that the visitor has chosen, or "" for that of the device."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def drawn(picture: str) -> SafeString:
    """Let a picture of `weave` into the page as it is: `weave` has escaped its words."""
    return mark_safe(picture)  # noqa: S308 - see above


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """Give the page its theme."""
    return theme_of(context["request"])


@register.simple_tag
def themes() -> dict[str, Any]:
    """List the themes to choose from."""
    return dict(THEMES)


@register.simple_tag
def languages() -> dict[str, str]:
    """Name each language as its speakers do."""
    codes = sorted(dict(settings.LANGUAGES), key="en".__eq__)  # the guests' language comes last
    return {code: get_language_info(code)["name_local"].capitalize() for code in codes}


@register.simple_tag
def avatar(person: Any, uid: str = "", title: str = "") -> SafeString:
    """Draw a person's mark; `person` is whatever their id is."""
    return drawn(weave.avatar(str(person), uid=uid, title=str(title)))


@register.simple_tag
def pair(one: Any, other: Any, uid: str = "", title: str = "") -> SafeString:
    """Draw two people's threads crossing."""
    return drawn(weave.pair_preview(str(one), str(other), uid=uid, title=str(title)))


@register.simple_tag
def swatch(sign: weave.Sign) -> SafeString:
    """Draw the sign of a state; its word stands beside it."""
    return drawn(weave.swatch(sign))


@register.simple_tag
def yarn_key(dye: weave.Dye) -> SafeString:
    """Draw a bit of cloth in one dye, for a legend."""
    return drawn(weave.yarn_key(dye))


@register.simple_tag
def progress(done: int, total: int, dye: weave.Dye = "woad") -> SafeString:
    """Draw how far something is; the words stand beside it."""
    return drawn(weave.progress(done, total, dye=dye))


@register.simple_tag
def logo() -> SafeString:
    """Draw the sign of Loimi; the name stands beside it."""
    return drawn(weave.logo())


@register.simple_tag
def band(
    it: weave.Band, uid: str = "", title: str = "", desc: str = "",
    density: weave.Density = "row", span: float = 0,
) -> SafeString:  # fmt: skip
    """Draw a band; without a title it is hidden from those who listen."""
    words = {"uid": uid, "title": str(title), "desc": str(desc)}
    return drawn(weave.band(it, density=density, span=span, **words))


@register.simple_tag
def clock(it: weave.Clock, uid: str, title: str, desc: str) -> SafeString:
    """Draw a year as a woven ring."""
    return drawn(weave.clock(it, uid=uid, title=str(title), desc=str(desc)))


@register.simple_tag
def profile(it: weave.Profile, uid: str, title: str, desc: str) -> SafeString:
    """Draw themes as a round weave."""
    return drawn(weave.profile(it, uid=uid, title=str(title), desc=str(desc)))


@register.simple_tag
def carpet(
    it: weave.Carpet, uid: str, title: str, desc: str, layout: weave.Layout = "wide"
) -> SafeString:
    """Draw a carpet; a page sends both layouts and its style shows the one that fits."""
    return drawn(weave.carpet(it, uid=uid, title=str(title), desc=str(desc), layout=layout))


@register.simple_tag
def scale(words: Sequence[tuple[float, str]], length: float) -> SafeString:
    """Write words above a list of bands."""
    return drawn(weave.scale(words, length=length))


@register.simple_tag
def loose_threads(seed: str, woven: int = 3) -> SafeString:
    """Draw a cloth whose threads have come loose, for pages that say what went wrong."""
    meeting: weave.Event = "meeting"
    cloth = weave.Band((seed,), (seed[::-1],), (meeting,) * woven, 13, "stuck")
    return drawn(weave.band(cloth, density="wide"))


@register.simple_tag
def bare_threads(seed: str) -> SafeString:
    """Draw warp that waits for its first weft, for places that are still empty."""
    return drawn(weave.band(weave.Band((seed,), (seed[::-1],), (), 6)))


@register.simple_tag
def styles() -> SafeString:
    """Link the style sheets of every page, in their order."""
    links = ((static(name),) for name in STYLES)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag
def htmx() -> SafeString:
    """Load htmx 4, which django-htmx ships."""
    return htmx_script(version=4)


@register.filter
def day_month(day: date) -> str:
    """Write a day without its year, as short as the language does."""
    return date_format(day, pgettext("date format of Django, as in 21 May", "j M"))


@register.filter
def shown_pages(page: Page[Any]) -> Iterator[str | int]:
    """Give the numbers worth showing: the ends, and what is near."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def offers_choices(field: BoundField) -> bool:
    """Tell whether a field is drawn as cards to choose from."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def target(field: BoundField) -> str:
    """Return the id that a link to this field leads to."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
