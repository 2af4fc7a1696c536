"""Doors: what a person may not see is missing, what they may not do is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from loimi.base import keys
from loimi.base.doors import Door, door_of, public, requires

NOW = datetime(2026, 5, 21, 9, tzinfo=UTC)


@dataclass(frozen=True)
class People:
    alice: Client
    bob: Client
    charlie: Client
    visitor: Client


def _seen_by(person):
    """Alice and Bob see the people of kaarna.example; Charlie belongs elsewhere."""
    domain = person.email.split("@")[1]
    return get_user_model().objects.filter(email__endswith=f"@{domain}")


@requires("tests.read", of=_seen_by)
def read(request: HttpRequest, person, word: str) -> HttpResponse:
    return HttpResponse(f"{person.name} {word}")


@requires("tests.enter")
def enter(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@public
def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


urlpatterns = [
    path("read/<int:pk>/<slug:word>/", read),
    path("enter/", enter),
    path("hello/", hello),
    path("undeclared/", undeclared),
    path("", hello, name="front"),
]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_keys", {})
    keys.key("tests.read", "Reads.")(lambda person, subject: person.name == "Alice" != subject.name)
    keys.key("tests.enter", "Enters.")(lambda person, subject: person.name == "Alice")


@pytest.fixture
def people(db: None, ring: None) -> People:
    clients = []
    for name, domain in (("Alice", "kaarna"), ("Bob", "kaarna"), ("Charlie", "elsewhere")):
        email = f"{name.lower()}@{domain}.example"
        person = get_user_model().objects.create(name=name, email=email, joined_at=NOW)
        clients.append(Client())
        clients[-1].force_login(person)
    return People(*clients, Client())


@override_settings(ROOT_URLCONF=__name__, LOGIN_URL="/")
def test_a_door_with_a_query_hides_refuses_or_opens(people: People) -> None:
    bob, charlie = get_user_model().objects.get(name="Bob").pk, 10**9
    here = f"/read/{bob}/hi/"
    assert people.alice.get(here).content == b"Bob hi"
    assert people.bob.get(here).status_code == 403
    foreign, missing = people.charlie.get(here), people.charlie.get(f"/read/{charlie}/hi/")
    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content)
    assert foreign.status_code == 404
    assert people.visitor.get(here).headers["Location"] == f"/?next=/read/{bob}/hi/"


@override_settings(ROOT_URLCONF=__name__, LOGIN_URL="/")
def test_a_door_without_a_query_asks_the_key_alone(people: People) -> None:
    everyone = (people.alice, people.bob, people.charlie, people.visitor)
    assert [them.get("/enter/").status_code for them in everyone] == [200, 403, 403, 302]


@override_settings(ROOT_URLCONF=__name__, LOGIN_URL="/")
def test_login_is_the_default_and_public_is_said(people: People) -> None:
    assert people.visitor.get("/undeclared/").status_code == 302
    assert people.visitor.get("/hello/").content == b"hello"
    assert (door_of(hello), door_of(read)) == (Door(None), Door("tests.read"))
    assert door_of(undeclared) is None


def test_a_key_is_named_once_and_found_by_name(ring: None) -> None:
    assert list(keys.all_keys()) == ["tests.enter", "tests.read"]
    with pytest.raises(ValueError, match=r"Two keys are called tests\.read\."):
        keys.key("tests.read", "Again.")(lambda person, subject: True)
