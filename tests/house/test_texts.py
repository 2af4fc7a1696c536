"""Every text has its Finnish and its Swedish."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from loimi.config import texts


def test_every_text_of_the_house_is_translated() -> None:
    rooms = sorted(path for path in texts.SOURCE.iterdir() if path.is_dir())
    assert [fault for room in rooms for fault in texts.missing(room)] == []
    assert texts.quarrels(rooms) == []
    assert [fault for room in rooms for fault in texts.unmarked(room)] == []


def test_words_that_nobody_marked_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "SOURCE", tmp_path)
    (tmp_path / "loom").mkdir()
    (tmp_path / "loom" / "forms.py").write_text(
        'a = CharField(label="E-mail", help_text=_("Ours."), initial="x", label_suffix="")\n'
        'raise forms.ValidationError("Too short.", code="short")\n'
        'messages.success(request, "Saved.")\n'
    )
    place = "loom/forms.py"
    assert texts.unmarked(tmp_path / "loom") == [
        f"{place}:1: not marked for translation: 'E-mail'",
        f"{place}:2: not marked for translation: 'Too short.'",
        f"{place}:3: not marked for translation: 'Saved.'",
    ]


def test_a_catalogue_that_changed_is_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "SOURCE", tmp_path)
    path = texts.catalogue_path(tmp_path / "loom", "sv")
    path.parent.mkdir(parents=True)
    compiled = path.with_suffix(".mo")
    for word, is_newer in (("Väv", True), ("Band", True), ("Tråd", False)):
        words = f'msgid "Weave"\nmsgstr "{word}"\n'
        path.write_text(texts.HEAD.format(language="sv") + words)
        moment = compiled.stat().st_mtime if compiled.exists() else 0
        os.utime(path, (moment + 9, moment + 9) if is_newer else (moment - 9, moment - 9))
        texts.compile_changed()
        with compiled.open("rb") as opened:
            assert gettext.GNUTranslations(opened).gettext("Weave") == (
                word if is_newer else "Band"
            )
        os.utime(compiled, (moment + 10, moment + 10))
    assert sorted(it.suffix for it in path.parent.iterdir()) == [".mo", ".po"]


def test_two_rooms_that_translate_differently_are_found(tmp_path: Path) -> None:
    for room, word in (("a", "Ala"), ("b", "Kenttä"), ("c", "Ala")):
        path = texts.catalogue_path(tmp_path / room, "fi")
        path.parent.mkdir(parents=True)
        path.write_text(
            texts.HEAD.format(language="fi") + f'msgid "Field"\nmsgstr "{word}"\n\n'
            f'msgctxt "form"\nmsgid "Field"\nmsgstr "Kenttä"\n'
        )
    assert texts.quarrels([tmp_path / name for name in "abc"]) == [
        "a and b, fi: translated differently, give a context: 'Field'"
    ]


def test_a_text_without_its_finnish_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "SOURCE", tmp_path)
    room = tmp_path / "loom"
    (room / "templates").mkdir(parents=True)
    (room / "views.py").write_text(
        'a = _("Hello %(name)s")\nb = ngettext("%(n)s day", "%(n)s days", n)\n'
    )
    (room / "templates" / "a.html").write_text('{% translate "Weave" context "verb" %}')
    assert len(texts.missing(room)) == 6
    texts.update(room)
    for language, words in {
        "fi": ("Hei %(name)s", "Kudo", "päivä"),
        "sv": ("Hej", "Väv", "dag"),
    }.items():
        path = texts.catalogue_path(room, language)
        filled = path.read_text()
        for empty, word in zip(
            ('msgid "Hello %(name)s"\nmsgstr ""', 'msgid "Weave"\nmsgstr ""'), words, strict=False
        ):
            filled = filled.replace(empty, empty[:-1] + word + '"')
        for number in (0, 1):
            filled = filled.replace(f'msgstr[{number}] ""', f'msgstr[{number}] "%(n)s {words[2]}"')
        path.write_text(filled)
    assert texts.missing(room) == ["loom, sv: placeholders differ: 'Hello %(name)s'"]
    (room / "views.py").write_text("")
    assert sorted(texts.missing(room))[0] == "loom, fi: no longer used: 'Hello %(name)s'"
