"""Every model declares the personal data in it."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from loimi.base.personal import Impersonal, Personal, faults
from loimi.config import others
from loimi.config.commands.docs import house


def test_every_model_of_the_house_declares_its_personal_data() -> None:
    found = [
        fault
        for label, declared in house.declarations()
        for fault in faults(apps.get_model(label), declared)
    ]
    assert found == []


def test_other_peoples_models_are_still_there() -> None:
    assert set(others.MODELS) - {label for label, _declared in house.declarations()} == set()


@isolate_apps("loimi.people")
def test_a_model_that_declares_nothing_or_wrongly_is_found() -> None:
    class Diary(models.Model):
        owner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
        words = models.TextField()

        class Meta:
            app_label = "people"

    def declared(**changed: object) -> Personal:
        whole = {
            "whose": "owner",
            "why": "w",
            "keep": "k",
            "fields": ("words",),
            "exported": ("words",),
        }
        return Personal(**(whole | changed))  # type: ignore[arg-type]

    # The real Person is outside these isolated apps, so the lookup is tried on a real model below.
    assert faults(Diary, None) == ["people.Diary: does not declare its personal data"]
    assert faults(Diary, Impersonal("")) == ["people.Diary: says no reason for being impersonal"]
    assert faults(Diary, Impersonal("Weather.")) == []
    assert faults(Diary, declared(whose="", fields=("word",), why="")) == [
        "people.Diary: declares 'word', which it does not have",
        "people.Diary: says not why, how long or which fields",
    ]
    assert faults(Diary, declared(whose="words")) == [
        "people.Diary: 'words' does not lead to a person"
    ]
    assert faults(Diary, declared(whose="reader")) == [
        "people.Diary: 'reader' does not lead to a person"
    ]
