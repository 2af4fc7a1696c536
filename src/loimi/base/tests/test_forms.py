"""How any form of any room is drawn: label, help, input, error, and what is to be mended."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from loimi.base.forms import Choice


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As on your door.")
    nick = forms.CharField(label="Nick", required=False)
    colour = forms.ChoiceField(
        label="Colour",
        choices=[("r", Choice("Red", "As a barn.")), ("b", "Blue")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(choices=[("1", "Mon")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="I agree", help_text="You can change your mind.")
    when = forms.SplitDateTimeField(label="When", required=False)
    picture = forms.FileField(required=False)
    token = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def drawn(field: str, said: dict[str, Any] | None = None) -> str:
    return str(Sample(said)[field].as_field_group())


def test_a_field_comes_in_order_and_names_its_help_and_error() -> None:
    html = drawn("name", {"name": ""})
    parts = ['<label for="id_name">', 'id="id_name_helptext"', "<input", 'id="id_name_error"']
    assert [part for part in parts if part not in html] == []
    assert sorted(parts, key=html.index) == parts
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "<span>Fix: fill in this field.</span>" in html


@pytest.mark.parametrize(("language", "word"), [("fi", "Korjaa: "), ("sv", "Rätta: ")])
def test_the_word_for_fixing_is_translated(language: str, word: str) -> None:
    with translation.override(language):
        assert f"<span>{word}" in drawn("name", {})


def test_a_good_field_says_nothing_of_errors() -> None:
    assert re.findall(r"error|aria-invalid", drawn("name", {"name": "Aino"})) == []


def test_what_is_not_asked_for_is_marked() -> None:
    marked = [name for name in Sample().fields if "(optional)" in drawn(name)]
    assert marked == ["nick", "when", "picture"]


def test_choices_are_cards_in_a_named_group() -> None:
    html = drawn("colour", {"colour": "b"})
    assert re.sub(r"\s+", " ", html).startswith(
        '<fieldset class="choices " role="radiogroup"> <legend>Colour'
    )
    assert html.count('<label class="choice">') == 2
    assert '<b>Red</b><span class="help">As a barn.</span>' in html
    assert re.findall(r'value="(\w)"[^>]*checked', html) == ["b"]


def test_a_group_names_its_error() -> None:
    said = ' aria-invalid="true" aria-describedby="id_{}_error">'
    for name, role in (("colour", "radiogroup"), ("days", "group")):
        opening = f'<fieldset class="choices " role="{role}"' + said.format(name)
        assert opening in drawn(name, {})


def test_a_single_checkbox_is_a_card_with_its_help() -> None:
    html = drawn("agreed", {})
    assert html.count("<label") == 1
    assert 'aria-describedby="id_agreed_helptext id_agreed_error"' in html


def test_several_inputs_stand_in_one_group() -> None:
    html = drawn("when")
    assert re.findall(r'name="(\w+)"', html) == ["when_0", "when_1"]
    assert html.startswith("<fieldset")


def test_a_file_has_to_be_chosen_again() -> None:
    again = '<p class="help" id="id_picture_again">Choose the file again'

    def picture(said: Any = None, **files: SimpleUploadedFile) -> str:
        return str(Sample(said, files)["picture"].as_field_group())

    html = picture({"name": ""}, picture=SimpleUploadedFile("a.txt", b"a"))
    assert (again in html, 'aria-describedby="id_picture_again"' in html) == (True, True)
    assert again not in picture()
    assert again not in picture({"name": ""}), "none was chosen"
    html = picture({"name": ""}, picture=SimpleUploadedFile("a.txt", b""))
    assert (again in html, "Fix: the file is empty. Choose another." in html) == (False, True)


def test_a_form_keeps_what_was_typed_and_links_what_is_to_be_mended() -> None:
    html = str(Sample({"name": '<b>"Aino"', "nick": "", "days": ["1"]}))
    assert 'value="&lt;b&gt;&quot;Aino&quot;"' in html
    assert re.findall(r'value="1"[^>]*checked', html) != []
    assert "3 things to fix" in html
    links = re.findall(r'<a href="#([\w-]+)">([^<]+)</a>', html)
    assert links == [
        ("id_colour_0", "Colour \u2013 choose one."),
        ("id_agreed", "I agree \u2013 tick this to go on."),
    ]
    assert [link for link, _label in links if f'id="{link}"' not in html] == []
    assert re.findall(r'<div class="mend[^>]*autofocus', html) != []


def test_the_summary_tells_of_hidden_fields_and_of_the_whole_form() -> None:
    form = Sample({"name": "A", "colour": "r", "days": ["1"], "agreed": "on"})
    form.add_error(None, "These two do not go together.")
    html = str(form)
    assert "<li>These two do not go together.</li>" in html
    assert "<li>Token \u2013 fill in this field.</li>" in html


def test_a_form_not_yet_sent_has_nothing_to_mend() -> None:
    html = str(Sample())
    assert "mend" not in html
    assert html.count('type="hidden"') == 1


def test_a_choice_reads_as_its_label() -> None:
    assert str(Choice("Red", "As a barn.")) == "Red"


class Strict(forms.Form):
    text = forms.CharField(min_length=10, max_length=20, widget=forms.Textarea)
    own = forms.CharField(min_length=3, error_messages={"min_length": "say more."})
    email = forms.EmailField(max_length=30)
    number = forms.IntegerField(min_value=2)
    when = forms.SplitDateTimeField()
    file = forms.FileField()


def test_djangos_words_are_ours_and_a_forms_own_stay() -> None:
    said = {
        "text": "short", "own": "x", "email": "a@b", "number": "1",
        "when_0": "soon", "when_1": "16:30",
    }  # fmt: skip
    assert {name: faults[0] for name, faults in Strict(said).errors.items()} == {
        "text": "write at least 10 characters.",
        "own": "say more.",
        "email": "the address is not whole; it looks like name@place.example.",
        "number": "the number must be at least 2.",
        "when": "write a day, for example 2026-05-21.",
        "file": "choose a file.",
    }
    assert Strict({"text": "x" * 21}).errors["text"] == ["shorten the text to 20 characters."]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "kirjoita ainakin 10 merkkiä."), ("sv", "skriv minst 10 tecken.")],
)
def test_our_words_are_translated(language: str, words: str) -> None:
    with translation.override(language):
        assert Strict({"text": "x"}).errors["text"] == [words]


class WithOwnKind(forms.Form):
    class Kind(forms.CharField):
        default_error_messages = {"required": "name a kind."}

    kind = Kind()


def test_what_a_rooms_own_field_says_stays() -> None:
    assert WithOwnKind({}).errors["kind"] == ["name a kind."]


def test_a_browser_cuts_nothing_that_is_pasted() -> None:
    html = str(Strict())
    assert re.findall("maxlength|minlength", html) == []
    assert '<textarea name="text" cols="40" rows="10" required id="id_text">' in html
