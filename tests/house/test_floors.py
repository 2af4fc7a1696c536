"""What imports cannot tell: foreign keys and templates only point downstairs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from loimi.config import texts

ROOT = texts.SOURCE.parents[1]
POINTER = re.compile(r"{%\s*(include|extends|load)\s+(.+?)\s*%}")


def floors() -> dict[str, int]:
    """Read each room's floor from the contract that import-linter holds; 0 is the top."""
    contract = next(it for it in contracts() if it["id"] == "floors")
    return {
        room.strip(" ()"): number
        for number, layer in enumerate(contract["layers"])
        for room in layer.split("|")
    }


def contracts() -> list[dict[str, Any]]:
    """Read what import-linter holds."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    return list(tools["importlinter"]["contracts"])


def room_of(module: str) -> str:
    """Return the room that a module belongs to, or nothing when it is not ours."""
    return module.split(".")[1] if module.startswith("loimi.") else ""


def points_up(here: str, there: str) -> bool:
    """Tell whether `there` is not below `here`; other people's code always is."""
    if here == there or not there:
        return False
    order = floors()
    return order[there] <= order[here]


def keys_upstairs(found: Iterable[type[models.Model]]) -> list[str]:
    """List foreign keys that point upstairs or across the landing."""
    return [
        f"{model._meta.label}.{field.name} points to {field.related_model._meta.label}"
        for model in found
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if points_up(room_of(model.__module__), room_of(field.related_model.__module__))
    ]


def templates_upstairs(sources: dict[str, str], libraries: dict[str, str]) -> list[str]:
    """List includes, extends and loaded tags that point upstairs or cannot be followed.

    `sources` maps "room: template" to its text, `libraries` a tag library to its room.
    """
    faults = []
    for where, source in sources.items():
        here = where.split(":")[0]
        for kind, words in POINTER.findall(source):
            for there in _targets(kind, words, libraries):
                if there is None:
                    faults.append(f"{where} has an {kind} that cannot be followed: {words}")
                elif points_up(here, there):
                    faults.append(f"{where} has an {kind} that points to {there}")
    return faults


def _targets(kind: str, words: str, libraries: dict[str, str]) -> list[str | None]:
    if kind == "load":
        names = words.rsplit(" from ", maxsplit=1)[-1].split()
        return [libraries.get(name, "") for name in names]
    # A layout that a view of the same room chooses is followed by what stands in its place.
    quoted = re.match(r"""(?:layout\|default:)?["']([\w-]+)[/.#]""", words)
    if quoted:
        return [quoted[1] if quoted[1] in floors() else ""]
    return [] if words.startswith(("'#", '"#')) else [None]


def _sources() -> dict[str, str]:
    found = texts.SOURCE.glob("**/templates/**/*.html")
    return {
        ": ".join(str(path.relative_to(texts.SOURCE)).split("/", 1)): path.read_text()
        for path in sorted(found)
    }


def _libraries() -> dict[str, str]:
    return {path.stem: path.parts[-3] for path in texts.SOURCE.glob("*/templatetags/*.py")}


def test_every_room_stands_in_a_contract_of_its_own() -> None:
    rooms = {path.parent.name for path in texts.SOURCE.glob("*/__init__.py")}
    inside = [place for it in contracts() if it["type"] == "layers" for place in it["containers"]]
    assert sorted(inside) == sorted(["loimi", *(f"loimi.{room}" for room in rooms)])
    assert rooms - set(floors()) == set()


def test_pure_rooms_and_bridges_stand_in_their_contracts() -> None:
    rooms = {path.parent.name for path in texts.SOURCE.glob("*/__init__.py")}
    by_id = {it["id"]: it for it in contracts()}
    pure = {"engine", "sheets", "weave"} & rooms
    assert by_id["pure"]["source_modules"] == sorted(f"loimi.{room}" for room in pure)
    # Bridges to other systems know nothing of each other, from the day the first one is built.
    assert ("integrations" in rooms) == ("bridges" in by_id)


def test_the_picture_of_the_house_shows_every_room() -> None:
    shown = re.findall(r">([a-z]+)</text>", (ROOT / "docs" / "house.svg").read_text())
    assert sorted(shown) == sorted(set(floors()) - {"__main__"})


def test_foreign_keys_point_downstairs() -> None:
    assert keys_upstairs(apps.get_models()) == []


def test_templates_point_downstairs() -> None:
    assert templates_upstairs(_sources(), _libraries()) == []


@isolate_apps("loimi.people", "loimi.outbox")
def test_a_foreign_key_upstairs_is_found() -> None:
    class Person(models.Model):
        class Meta:
            app_label = "people"

    class Errand(models.Model):
        by: Any = models.ForeignKey(Person, on_delete=models.CASCADE)

        class Meta:
            app_label = "outbox"

    Person.__module__, Errand.__module__ = "loimi.people.models", "loimi.outbox.models"
    assert keys_upstairs([Person, Errand]) == ["outbox.Errand.by points to people.Person"]
    Person.__module__, Errand.__module__ = "loimi.outbox.models", "loimi.people.models"
    assert keys_upstairs([Person, Errand]) == []


def test_a_template_that_points_upstairs_is_found() -> None:
    sources = {
        "people: a": '{% extends "base/page.html" %}{% include "workspace/a.html" with a="%" %}',
        "base: b": '{% load loom i18n %}{% include name %}{% include "#row" %}',
        "workspace: c": '{% include "people/a.html#part" %}{% load loom %}',
    }
    assert templates_upstairs(sources, {"loom": "people"}) == [
        "people: a has an include that points to workspace",
        "base: b has an load that points to people",
        "base: b has an include that cannot be followed: name",
    ]
