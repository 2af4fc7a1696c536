"""Personal data: each model says whose it is, why it is kept, how long, and what leaves with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model


class Erasure(StrEnum):
    """What happens to a row when its person is erased."""

    DELETE = "the row is deleted"
    BLANK = "the person's fields are emptied, the row stays"


# `whose` of a row that names its person only inside its contents, where no lookup reads.
INSIDE = "*"


@dataclass(frozen=True)
class Personal:
    """A model's declaration, kept as its own attribute `personal`.

    `whose` is the lookup from a row to its person: "" when the row is the person, INSIDE when
    only the room itself can tell. `fields` tell something of the person, `exported` are those
    that the person gets, `other` tell nothing; together they are every field of the model.
    """

    whose: str
    why: str
    keep: str
    fields: tuple[str, ...]
    exported: tuple[str, ...]
    other: tuple[str, ...] = ()
    erasure: Erasure = Erasure.DELETE


@dataclass(frozen=True)
class Impersonal:
    """The declaration of a model that tells nothing of anyone, with the reason."""

    why: str


def declared_by(model: type[Model]) -> Any:
    """Return what a model itself declares; what it inherits is its parent's word."""
    return vars(model._meta.concrete_model or model).get("personal")


def faults(model: type[Model], declared: Any) -> list[str]:
    """List what is wrong with a model's declaration; nothing when it is whole."""
    name = model._meta.label
    if isinstance(declared, Impersonal):
        return [] if declared.why else [f"{name}: says no reason for being impersonal"]
    if not isinstance(declared, Personal):
        return [f"{name}: does not declare its personal data"]
    own = {field.name: field for field in model._meta.get_fields() if field.concrete}
    said = (*declared.fields, *declared.other)
    # Numbers of rows, and the way to the person, need no word of their own.
    known = {*said, declared.whose.split("__")[0]}
    found = [
        f"{name}: declares {field!r}, which it does not have"
        for field in (*said, *declared.exported)
        if field not in own
    ]
    found += [
        f"{name}: says nothing of {field.name!r}"
        for field in own.values()
        if field.name not in known and not getattr(field, "primary_key", False)
    ]
    if not (declared.why and declared.keep and declared.fields):
        found.append(f"{name}: says not why, how long or which fields")
    if not _leads_to_person(model, declared.whose):
        found.append(f"{name}: {declared.whose!r} does not lead to a person")
    return found


def _leads_to_person(model: type[Model], path: str) -> bool:
    from django.contrib.auth import get_user_model
    from django.core.exceptions import FieldDoesNotExist

    if path == INSIDE:
        return True
    for step in path.split("__") if path else ():
        try:
            related = model._meta.get_field(step).related_model
        except FieldDoesNotExist:
            return False
        if not isinstance(related, type):
            return False
        model = related
    return issubclass(model, get_user_model())
