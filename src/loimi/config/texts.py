"""The translations of each room: gathered from code and templates, compiled when changed."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

SOURCE = Path(__file__).resolve().parents[1]
LANGUAGES = ("fi", "sv")  # the texts in the code are English
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip


def rooms() -> list[Path]:
    """List the rooms that have something to translate."""
    return sorted({path.parent for path in SOURCE.glob("*/locale")})


def catalogue_path(room: Path, language: str) -> Path:
    """Return where a room keeps one language."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def compile_changed() -> None:
    """Compile each catalogue that is newer than what was compiled from it."""
    for path in SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo

        fresh = compiled.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as target:
            write_mo(target, read(path))
        fresh.replace(compiled)


def read(path: Path) -> Catalog:
    """Read one catalogue."""
    from babel.messages.pofile import read_po

    with path.open("rb") as source:
        return read_po(source, locale=path.parents[1].name)


def gathered(room: Path) -> Catalog:
    """Gather what a room's code and templates mark for translation."""
    from babel.messages.catalog import Catalog

    found = Catalog(charset="utf-8")
    for message, line, path, comments, context in _marked(room):
        place = (str(path.relative_to(SOURCE)), line)
        found.add(message, locations=[place], auto_comments=comments, context=context)
    return found


def _marked(room: Path) -> Iterator[tuple]:
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    for path in sorted([*room.rglob("*.py"), *room.rglob("templates/**/*.*")]):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else templatize(text, origin=str(path))
        lines = io.BytesIO(code.encode())
        marks = extract("python", lines, keywords=KEYWORDS, comment_tags=["Translators:"])
        for line, message, comments, context in marks:
            yield message, line, path, comments, context


def update(room: Path) -> None:
    """Bring a room's catalogues up to date with what is marked; what is gone is dropped."""
    from babel.messages.pofile import write_po

    wanted = gathered(room)
    for language in LANGUAGES:
        path = catalogue_path(room, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        from babel.messages.catalog import Catalog

        kept = read(path) if path.exists() else Catalog(locale=language)
        kept.update(wanted, no_fuzzy_matching=True)
        kept.obsolete.clear()
        kept.fuzzy = False
        with path.open("wb") as target:
            write_po(target, kept, width=100, omit_header=False, sort_output=True, no_location=True)


def missing(room: Path) -> list[str]:
    """List what is not translated, or no longer used, or lost a placeholder."""
    faults: list[str] = []
    wanted = {(message.context, message.id): message for message in gathered(room) if message.id}
    for language in LANGUAGES:
        path = catalogue_path(room, language)
        kept = {(m.context, m.id): m for m in read(path) if m.id} if path.exists() else {}
        where = f"{room.name}, {language}"
        for key in wanted:
            if key not in kept or not _is_whole(kept[key].string):
                faults.append(f"{where}: not translated: {key[1]!r}")
            elif kept[key].fuzzy or any(kept[key].check()):
                faults.append(f"{where}: placeholders differ: {key[1]!r}")
        faults += [f"{where}: no longer used: {key[1]!r}" for key in kept if key not in wanted]
    return faults


def _is_whole(string: str | tuple[str, ...] | list[str]) -> bool:
    return bool(string) if isinstance(string, str) else all(string)
