"""Templates: each compiles, keeps to the content policy, escapes, and speaks all languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from loimi.config import texts

# What a reader gets to see, besides what stands between the tags.
SPOKEN = {"alt", "aria-description", "aria-label", "label", "placeholder", "title"}
LOADING = {"action", "data", "formaction", "poster", "src", "srcset"}
ELSEWHERE = re.compile(r"(?:^|[\s,])(?:https?:)?//", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|{%\s*autoescape\s+off")
WORD = re.compile(r"[^\W\d_]{2,}")
# The same in every language: our name, a unit, and the invented people of the style guide.
SAME = {"Loimi", "min", "Aino", "Eero", "Haddad", "Johan", "Karl", "Liisa", "Nguyen", "Salmi"}
SAME |= {"Samir", "Thuy"}
# Parts of a template that say nothing themselves, and those that a catalogue translates.
SILENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL)
TRANSLATED = re.compile(
    r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}|{%\s*translate\b.*?%}|{{.*?}}", re.DOTALL
)
TAG = re.compile(r"{%.*?%}", re.DOTALL)


def faults() -> list[str]:
    """List templates that do not compile or hold what they must not."""
    return [
        fault
        for path in sorted(texts.SOURCE.glob("**/templates/**/*.*"))
        for fault in of(str(path.relative_to(texts.SOURCE)), path.read_text(encoding="utf-8"))
    ]


def of(place: str, source: str) -> Iterator[str]:
    """Give what is wrong with one template."""
    from django.template import TemplateSyntaxError, engines

    try:
        engines["django"].from_string(source)
    except TemplateSyntaxError as wrong:
        yield f"{place}: {wrong}"
    for match in UNESCAPED.finditer(source):
        yield f"{place}:{source.count(chr(10), 0, match.start()) + 1}: text that is not escaped"
    if not place.endswith(".js"):
        reader = _Reader()
        reader.feed(_without_tags(source))
        reader.close()
        yield from (f"{place}:{line}: {what}" for line, what in reader.found)


def _without_tags(source: str) -> str:
    """Leave the HTML: silent parts go, translated ones become a sign; lines stay where they are."""

    def lines(match: re.Match[str]) -> str:
        return "\n" * match[0].count("\n")

    bare = SILENT.sub(lines, source)
    bare = TRANSLATED.sub(lambda match: "§" + lines(match), bare)
    return TAG.sub(lines, bare)


class _Reader(HTMLParser):
    """Collects what a page must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style":
            self._note("styles inside the page (the content policy drops them)")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self._note("a script inside the page")
        for name, value in given.items():
            if what := _wrong(tag, name, value):
                self._note(what)
        spoken = SPOKEN | ({"content"} if given.get("name") == "description" else set())
        for name in spoken & set(given):
            self._listen(given[name])

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:
            self._listen(data)

    def _listen(self, words: str) -> None:
        unsaid = [word for word in WORD.findall(words) if word not in SAME]
        if unsaid:
            self._note(f"words in one language only: {' '.join(unsaid)[:60]!r}")

    def _note(self, what: str) -> None:
        self.found.append((self.getpos()[0], what))


def _wrong(tag: str, name: str, value: str) -> str:
    if name in {"style", "srcdoc"}:
        return f"a {name} attribute (the content policy drops it)"
    if name.startswith(("on", "hx-on")):
        return "an event attribute (the content policy drops it)"
    if value.strip().lower().startswith(("javascript:", "js:")):
        return "a script in an attribute (the content policy drops it)"
    loads = name in LOADING or name.startswith("hx-") or (tag, name) == ("link", "href")
    return "something loaded from another site" if loads and ELSEWHERE.search(value) else ""
