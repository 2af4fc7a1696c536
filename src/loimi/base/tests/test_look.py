"""The look: every template compiles, every picture is drawn, the menu shows what it should."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from loimi.base import ports
from loimi.base.templatetags import look

SOURCE = Path(look.__file__).resolve().parents[2]
TEMPLATES = sorted(
    str(path.relative_to(folder))
    for folder in SOURCE.glob("*/templates")
    for path in folder.rglob("*.*")
    if "forms/widgets" not in str(path)
)


def rendered(source: str, **words: Any) -> str:
    return engines["django"].from_string(source).render(words)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name: str) -> None:
    assert get_template(name).template.name == name


def test_every_style_sheet_is_there() -> None:
    assert [name for name in look.STYLES if finders.find(name) is None] == []


def test_nothing_is_inline_in_any_template() -> None:
    faults = [
        (path.name, word)
        for path in SOURCE.glob("*/templates/**/*.html")
        for word in (" style=", " onclick=", "<style", "<script>", "hx-on", "javascript:")
        if word in path.read_text(encoding="utf-8")
    ]
    assert faults == []


@pytest.mark.parametrize(
    "tag",
    [
        "avatar 7", "pair 7 8", "swatch 'woven'", "yarn_key 'woad'", "progress 3 10", "logo",
        "loose_threads 'a'", "bare_threads 'a'",
    ],
)  # fmt: skip
def test_a_picture_without_words_is_hidden_from_listeners(tag: str) -> None:
    html = rendered(f"{{% {tag} %}}")
    assert (html.startswith("<svg"), 'aria-hidden="true"' in html) == (True, True)


def test_an_avatar_is_the_same_for_the_same_person() -> None:
    assert rendered("{% avatar 7 %}") == rendered("{% avatar '7' %}") != rendered("{% avatar 8 %}")


def test_words_of_a_picture_are_escaped() -> None:
    html = rendered("{% avatar 7 uid='a' title=title %}", title="<b>Aino")
    assert '<title id="a-t">&lt;b&gt;Aino</title>' in html


@pytest.mark.parametrize(("language", "day"), [("fi", "27.5."), ("sv", "27.5"), ("en", "27 May")])
def test_a_day_is_as_short_as_the_language_makes_it(language: str, day: str) -> None:
    with translation.override(language):
        assert look.day_month(date(2026, 5, 27)) == day


def test_languages_are_named_as_their_speakers_do() -> None:
    names = look.languages()
    assert names == {"fi": "Suomi", "sv": "Svenska", "en": "English"}
    assert list(names) == ["fi", "sv", "en"]


def test_only_numbers_worth_showing_are_shown() -> None:
    page = Paginator(range(90), 10).page(5)
    gap = page.paginator.ELLIPSIS  # each language writes it its own way
    assert list(look.shown_pages(page)) == [1, gap, 4, 5, 6, gap, 9]


def test_pages_are_not_shown_for_one_page() -> None:
    source = "{% include 'base/components/pages.html' %}"
    assert "<nav" not in rendered(source, page=Paginator([1], 10).page(1))
    assert rendered(source, page=Paginator(range(30), 10).page(1)).count("<a ") == 3


@pytest.fixture
def no_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_items", {})


ALICE = SimpleNamespace(is_authenticated=True)
VISITOR = SimpleNamespace(is_authenticated=False)


def menu(person: Any, address: str = "/") -> list[tuple[str, str, str]]:
    request = RequestFactory().get(address)
    if person:
        request.user = person
    return [(str(place.label), place.url, place.current) for place in ports.places(request)]


def test_the_menu_shows_each_what_is_theirs(no_menu: None) -> None:
    ports.register(ports.NavItem("Second", "base:manifest"))
    ports.register(ports.NavItem("First", "base:offline", order=1))
    ports.register(ports.NavItem("All", "base:appearance", seen_by=lambda _: True, order=200))
    assert menu(ALICE, "/offline/") == [
        ("First", "/offline/", "page"),
        ("Second", "/site.webmanifest", ""),
        ("All", "/appearance/", ""),
    ]
    assert menu(VISITOR, "/appearance/x/") == [("All", "/appearance/", "true")]
    assert menu(None) == []


def test_a_place_carries_its_badge(no_menu: None) -> None:
    unread = ports.Badge(3, "3 unread")
    ports.register(ports.NavItem("Messages", "base:offline", badge=lambda _: unread))
    request = RequestFactory().get("/")
    request.user = ALICE  # type: ignore[assignment]
    assert [place.badge for place in ports.places(request)] == [unread]


def test_registering_twice_shows_once(no_menu: None) -> None:
    ports.register(ports.NavItem("Old", "base:offline"))
    ports.register(ports.NavItem("New", "base:offline"))
    assert [label for label, _url, _current in menu(ALICE)] == ["New"]
