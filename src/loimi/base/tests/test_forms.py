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
    assert "<span>Mend: This field is required.</span>" in html


@pytest.mark.parametrize(("language", "word"), [("fi", "Korjaa: "), ("sv", "Rätta: ")])
def test_the_word_for_mending_is_translated(language: str, word: str) -> None:
    with translation.override(language):
        assert f"<span>{word}" in drawn("name", {})


def test_a_good_field_says_nothing_of_errors() -> None:
    assert re.findall(r"error|aria-invalid", drawn("name", {"name": "Aino"})) == []


def test_what_is_not_asked_for_is_marked() -> None:
    marked = [name for name in Sample().fields if "(optional)" in drawn(name)]
    assert marked == ["nick", "when", "picture"]


def test_choices_are_cards_in_a_named_group() -> None:
    html = drawn("colour", {"colour": "b"})
    assert re.sub(r"\s+", " ", html).startswith('<fieldset class="choices "> <legend>Colour')
    assert html.count('<label class="choice">') == 2
    assert '<b>Red</b><span class="help">As a barn.</span>' in html
    assert re.findall(r'value="(\w)"[^>]*checked', html) == ["b"]


def test_a_group_names_its_error() -> None:
    assert '<fieldset class="choices " aria-describedby="id_colour_error">' in drawn("colour", {})


def test_a_single_checkbox_is_a_card_with_its_help() -> None:
    html = drawn("agreed", {})
    assert html.count("<label") == 1
    assert 'aria-describedby="id_agreed_helptext id_agreed_error"' in html


def test_several_inputs_stand_in_one_group() -> None:
    html = drawn("when")
    assert re.findall(r'name="(\w+)"', html) == ["when_0", "when_1"]
    assert html.startswith("<fieldset")


def test_a_file_has_to_be_chosen_again() -> None:
    file = {"picture": SimpleUploadedFile("a.txt", b"a")}
    again = "Choose the file again"
    assert again in str(Sample({"name": ""}, file)["picture"].as_field_group())
    assert again not in str(Sample()["picture"].as_field_group())


def test_a_form_keeps_what_was_typed_and_links_what_is_to_be_mended() -> None:
    html = str(Sample({"name": '<b>"Aino"', "nick": "", "days": ["1"]}))
    assert 'value="&lt;b&gt;&quot;Aino&quot;"' in html
    assert re.findall(r'value="1"[^>]*checked', html) != []
    assert "3 things to mend" in html
    links = re.findall(r'<a href="#([\w-]+)">([^<]+)</a>', html)
    assert links == [("id_colour_0", "Colour"), ("id_agreed", "I agree")]
    assert [link for link, _label in links if f'id="{link}"' not in html] == []
    assert re.findall(r'<div class="mend[^>]*autofocus', html) != []


def test_the_summary_tells_of_hidden_fields_and_of_the_whole_form() -> None:
    form = Sample({"name": "A", "colour": "r", "days": ["1"], "agreed": "on"})
    form.add_error(None, "These two do not go together.")
    html = str(form)
    assert "<li>These two do not go together.</li>" in html
    assert "<li>Token: This field is required.</li>" in html


def test_a_form_not_yet_sent_has_nothing_to_mend() -> None:
    html = str(Sample())
    assert "mend" not in html
    assert html.count('type="hidden"') == 1


def test_a_choice_reads_as_its_label() -> None:
    assert str(Choice("Red", "As a barn.")) == "Red"
