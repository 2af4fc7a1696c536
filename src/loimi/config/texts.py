"""The translations of each room: gathered from code and templates, compiled when changed."""

from __future__ import annotations

import ast
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

SOURCE = Path(__file__).resolve().parents[1]
LANGUAGES = ("fi", "sv")  # the texts in the code are English
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Arguments that Django's forms and models show to people.
READ_BY_PEOPLE = {"empty_label", "help_text", "label", "label_suffix", "verbose_name"}
Words = str | tuple[str, ...] | list[str] | None
HEAD = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
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


def _marked(room: Path) -> Iterator[tuple[Any, ...]]:
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
    from babel.messages.catalog import Catalog

    wanted = gathered(room)
    for language in LANGUAGES:
        path = catalogue_path(room, language)
        kept = read(path) if path.exists() else Catalog(locale=language)
        kept.update(wanted, no_fuzzy_matching=True)
        kept.obsolete.clear()
        write(path, kept)


def write(path: Path, catalogue: Catalog) -> None:
    """Write one catalogue with a head that holds no dates, so that only words change it."""
    from babel.messages.pofile import write_po

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        target.write(HEAD.format(language=path.parents[1].name).encode())
        write_po(target, catalogue, width=100, omit_header=True, sort_output=True, no_location=True)


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
            elif kept[key].fuzzy or _placeholders(kept[key].string) != _placeholders(key[1]):
                faults.append(f"{where}: placeholders differ: {key[1]!r}")
        faults += [f"{where}: no longer used: {key[1]!r}" for key in kept if key not in wanted]
    return faults


def unmarked(room: Path) -> list[str]:
    """List words in code that people would read and nobody can translate."""
    return [
        f"{path.relative_to(SOURCE)}:{node.lineno}: not marked for translation: {node.value!r}"
        for path in sorted(room.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        for node in _read_by_people(call)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip()
    ]


def _read_by_people(call: ast.Call) -> Iterator[ast.expr]:
    yield from (word.value for word in call.keywords if word.arg in READ_BY_PEOPLE)
    name = ast.unparse(call.func)
    if name.endswith("ValidationError"):
        yield from call.args[:1]
    if name.startswith("messages."):
        yield from call.args[1:2]


def quarrels(folders: list[Path]) -> list[str]:
    """List texts that two rooms translate differently: the whole house shares one catalogue."""
    faults: list[str] = []
    for language in LANGUAGES:
        said: dict[tuple[Any, Any], tuple[str, Words]] = {}
        for room in folders:
            path = catalogue_path(room, language)
            for message in read(path) if path.exists() else ():
                key = (message.context, message.id)
                first = said.setdefault(key, (room.name, message.string))
                if message.id and first[1] != message.string:
                    names = f"{first[0]} and {room.name}, {language}"
                    faults.append(
                        f"{names}: translated differently, give a context: {message.id!r}"
                    )
    return faults


def _placeholders(string: Words) -> set[str]:
    forms = [string] if isinstance(string, str) else string or ()
    return {found for form in forms for found in PLACEHOLDER.findall(form)}


def _is_whole(string: Words) -> bool:
    return bool(string) if isinstance(string, str) else all(string or [""])
