"""Templates: each compiles, and nothing in them goes round the content policy or escaping."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from loimi.config import texts

FORBIDDEN = {
    r"<[a-z][^>]*\sstyle=": "a style attribute (the content policy drops it)",
    r"<style[\s>]": "styles inside the page (the content policy drops them)",
    r"<script(?![^>]*\s(?:src|type=\"application/json\"))[^>]*>": "a script inside the page",
    r"<[a-z][^>]*\son[a-z]+=": "an event attribute (the content policy drops it)",
    r"\bhx-on\b|[\"']js:": "script in an htmx attribute",
    r"(?:src|href|action)=\"(?:https?:)?//": "something loaded from another site",
    r"\|\s*safe\b|\{%\s*autoescape\s+off": "text that is not escaped",
}


def faults() -> list[str]:
    """List templates that do not compile or hold what they must not."""
    return [fault for path in _templates() for fault in of(path.name, path.read_text(), path)]


def of(name: str, source: str, path: Path | None = None) -> Iterator[str]:
    """Give what is wrong with one template."""
    from django.template import TemplateSyntaxError, engines

    place = str(path.relative_to(texts.SOURCE)) if path else name
    try:
        engines["django"].from_string(source)
    except TemplateSyntaxError as wrong:
        yield f"{place}: {wrong}"
    for pattern, what in FORBIDDEN.items():
        for match in re.finditer(pattern, source, re.IGNORECASE):
            line = source.count("\n", 0, match.start()) + 1
            yield f"{place}:{line}: {what}"


def _templates() -> Iterator[Path]:
    yield from sorted(texts.SOURCE.glob("**/templates/**/*.html"))
