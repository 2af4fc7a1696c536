"""Every route declares its key, or that everyone may come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, include, path

from loimi.base import keys
from loimi.base.doors import Door, door_of, public, requires
from loimi.config import asgi, others
from loimi.config.commands.docs import house
from loimi.outbox import ports


def undeclared(routes: Iterable[tuple[str, str, Any]], theirs: dict[str, Door]) -> list[str]:
    """List routes without a door, and doors whose key does not exist."""
    faults = []
    for where, name, view in routes:
        door = door_of(view) or theirs.get(name)
        if door is None:
            faults.append(f"{where} declares neither a key nor public")
        elif door.key and door.key not in keys.all_keys():
            faults.append(f"{where} declares {door.key}, which is no key")
        elif door.key and getattr(view, "login_required", True) is False:
            faults.append(f"{where} declares {door.key}, but lets visitors in")
    return faults


def test_every_route_of_the_house_and_of_the_demo_is_declared() -> None:
    demo = get_resolver("loimi.config.demo.urls").url_patterns
    assert undeclared(house.routes(), others.DOORS) == []
    assert undeclared(house.routes(demo), others.DOORS) == []


def test_every_route_that_starlette_answers_stands_in_the_table() -> None:
    # The last one, at the root, is Django: the only place that may hold routes of its own.
    assert [route.path for route in asgi._inside.routes] == [*others.ENTRANCE, ""]
    assert [list(getattr(route, "routes", None) or []) for route in asgi._inside.routes] == [
        [] for _ in asgi._inside.routes
    ]


def test_a_route_without_a_declaration_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def open_view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    inner = [path("a/", view, name="a"), path("b/", requires("rooms.no_such")(view), name="b")]
    patterns = [path("x/", include((inner, "x"))), path("c/", public(open_view), name="c")]
    assert undeclared(house.routes(patterns), {}) == [
        "/x/a/ declares neither a key nor public",
        "/x/b/ declares rooms.no_such, which is no key",
    ]
    monkeypatch.setitem(keys._keys, "rooms.real", keys.Key("rooms.real", "Real.", lambda *_: True))
    ajar = path("d/", login_not_required(requires("rooms.real")(view)), name="d")
    assert undeclared(house.routes([ajar]), {}) == ["/d/ declares rooms.real, but lets visitors in"]
    assert undeclared(house.routes(patterns), {"x:a": Door(None), "x:b": Door(None)}) == [
        "/x/b/ declares rooms.no_such, which is no key",
    ]


def test_other_peoples_doors_are_still_there() -> None:
    named = {name for _where, name, _view in house.routes()}
    assert set(others.DOORS) - named == set()


def unlocked(tasks: Iterable[ports.Task]) -> list[str]:
    """List tasks whose key does not exist; that each names one or None, Python sees to."""
    known = {None, *keys.all_keys()}
    return [f"{task.kind} declares {task.key}" for task in tasks if task.key not in known]


def test_every_task_says_on_whose_behalf_it_works() -> None:
    assert unlocked(ports.all_tasks().values()) == []


def test_a_task_without_a_key_or_with_one_that_is_none_is_found() -> None:
    with pytest.raises(TypeError, match="key"):
        ports.task("rooms.errand")  # type: ignore[call-arg]
    errand = replace(next(iter(ports.all_tasks().values())), kind="rooms.errand", key="rooms.lost")
    assert unlocked([errand]) == ["rooms.errand declares rooms.lost"]
