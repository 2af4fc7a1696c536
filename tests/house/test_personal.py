"""Every model declares the personal data in it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from loimi.base.personal import INSIDE, Impersonal, Personal, declared_by, faults
from loimi.config import others
from loimi.config.commands.docs import house
from loimi.people.models import Person


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
        owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
        words = models.TextField()

        class Meta:
            app_label = "people"

    class Page(models.Model):
        diary = models.ForeignKey(Diary, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "people"

    assert faults(Diary, None) == ["people.Diary: does not declare its personal data"]
    assert faults(Diary, Impersonal("")) == ["people.Diary: says no reason for being impersonal"]
    assert faults(Diary, Impersonal("Weather.")) == []
    assert faults(Diary, declared()) == []
    lost = "does not lead to a person"
    assert faults(Diary, declared(whose="", fields=("word",), why="")) == [
        "people.Diary: declares 'word', which it does not have",
        "people.Diary: says nothing of 'owner'",
        "people.Diary: says nothing of 'words'",
        "people.Diary: says not why, how long or which fields",
        f"people.Diary: '' {lost}",
    ]
    every = {"other": ("owner",)}
    assert faults(Diary, declared(whose="words", **every)) == [f"people.Diary: 'words' {lost}"]
    assert faults(Diary, declared(whose="reader", **every)) == [f"people.Diary: 'reader' {lost}"]
    assert faults(Diary, declared(whose=INSIDE, **every)) == []
    of_page = {"fields": ("id",), "exported": ()}
    assert faults(Page, declared(whose="diary__owner", **of_page)) == []
    assert faults(Page, declared(whose="diary", **of_page)) == [f"people.Page: 'diary' {lost}"]


@isolate_apps("loimi.people")
def test_a_model_does_not_inherit_its_parents_word() -> None:
    class Student(Person):
        address = models.TextField()

        class Meta:
            app_label = "people"

    class Seen(Person):
        class Meta:
            app_label = "people"
            proxy = True

    assert declared_by(Person) == declared_by(Seen) == Person.personal
    assert declared_by(Student) is None


@isolate_apps("loimi.people")
def test_many_to_many_and_new_fields_are_to_be_declared_too() -> None:
    class Club(models.Model):
        phone = models.TextField()
        members = models.ManyToManyField(Person)

        class Meta:
            app_label = "people"

    word = declared(whose=INSIDE, fields=("members",), exported=())
    assert faults(Club, word) == ["people.Club: says nothing of 'phone'"]
    word = declared(whose=INSIDE, fields=("phone",), exported=())
    assert faults(Club, word) == ["people.Club: says nothing of 'members'"]


def declared(**changed: Any) -> Personal:
    """Make a whole declaration with these changes."""
    whole = {
        "whose": "owner",
        "why": "To remember.",
        "keep": "A year.",
        "fields": ("words",),
        "exported": ("words",),
    }
    return Personal(**(whole | changed))
