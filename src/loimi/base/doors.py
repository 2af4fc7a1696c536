"""Doors: every view declares who may come in. Login is the default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from loimi.base import keys

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Door:
    """What a view declares: the name of its key, or None for everyone."""

    key: str | None


def public(view: View) -> View:
    """Let everyone in, signed in or not."""
    view.door = Door(key=None)  # type: ignore[attr-defined]
    return login_not_required(view)


def requires(
    key: str, *, of: Callable[[Any], QuerySet[Any]] | None = None
) -> Callable[[View], View]:
    """Let in who holds the key.

    With `of`, a query scoped to the person, the address carries a `pk`: what the query does
    not hold is missing (404), what the key does not open is refused (403), and the view gets
    the object instead of the number.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found: tuple[Model, ...] = ()
            if of is not None:
                found = (get_object_or_404(of(request.user), pk=kwargs.pop("pk")),)
            if not keys.opens(key, request.user, *found):
                raise PermissionDenied
            return view(request, *found, *args, **kwargs)

        entered.door = Door(key)  # type: ignore[attr-defined]
        return entered

    return wrap


def door_of(view: Any) -> Door | None:
    """Return what a view declares, or None when it declares nothing."""
    return getattr(view, "door", None)
