"""What a page may cost: at most 12 queries whatever the rows, 60 kB in all, fragments 10 kB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from loimi.base.doors import public
from loimi.config.commands.docs import house as house_docs
from loimi.people import actions, queries
from loimi.people.models import Person
from tests.house.examples import EXAMPLES
from tests.support import budgets, house

NOW = datetime(2026, 5, 21, 9, tzinfo=UTC)
number = count()


def person() -> Person:
    return actions.open_account(
        name="Aino", email=f"{next(number)}@kaarna.example", language="fi", now=NOW
    )


def without_example(routes: Iterable[tuple[str, str, Any]], known: Iterable[str]) -> list[str]:
    """List addresses that need a number and have no example to be weighed by."""
    found = {name: where for where, name, _view in routes if "<" in where}
    return [
        f"{where} ({name}) has no example" for name, where in found.items() if name not in known
    ]


def lookers() -> Iterator[tuple[str, Client, str]]:
    """Give each page as a visitor and as a person see it, and each example as its person does."""
    someone = Client()
    someone.force_login(person())
    for where in house.addresses():
        yield f"{where} as visitor", Client(), where
        yield f"{where} as person", someone, where
    for name, example in EXAMPLES.items():
        who, arguments = example()
        client = Client()
        client.force_login(who)
        yield f"{name} as its example", client, reverse(name, kwargs=arguments)


@pytest.mark.django_db
def test_each_page_makes_few_queries() -> None:
    counted = {place: len(budgets.queries(client, url)) for place, client, url in lookers()}
    assert len(counted) >= 12
    assert budgets.too_many(counted) == []


@pytest.mark.django_db
def test_each_page_and_fragment_is_light() -> None:
    pages = {place: budgets.weigh(client, url) for place, client, url in lookers()}
    whole = {place: it.whole for place, it in pages.items() if it}
    assert "/ as visitor" in whole
    assert budgets.too_heavy(whole, budgets.PAGE_MOST) == []
    asked = {place: budgets.weigh_fragment(client, url) for place, client, url in lookers()}
    fragments = {place: size for place, size in asked.items() if size is not None}
    assert "/styleguide/ as visitor" in fragments
    assert budgets.too_heavy(fragments, budgets.FRAGMENT_MOST) == []


def test_every_address_that_needs_a_number_has_an_example() -> None:
    assert without_example(house_docs.routes(), EXAMPLES) == []
    assert set(EXAMPLES) - {name for _where, name, _view in house_docs.routes()} == set()


def test_an_address_without_an_example_is_found() -> None:
    routes = house_docs.routes([path("one/<int:pk>/", each, name="one"), path("all/", everyone)])
    assert without_example(routes, {}) == ["/one/<int:pk>/ (one) has no example"]


@pytest.mark.django_db
def test_what_a_page_loads_is_weighed(client: Client) -> None:
    front = budgets.weigh(client, "/")
    assert front is not None
    kinds = {asset.rsplit(".", 1)[-1] for asset in front.assets}
    assert {"css", "js", "svg"} - kinds == set()
    assert all(size > 50 for size in front.assets.values())
    assert front.whole > front.page > 500


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_page_that_nobody_may_see_is_not_taken_for_a_light_one(client: Client) -> None:
    with pytest.raises(AssertionError, match="/locked/ answers 403: give it an example"):
        budgets.weigh(client, "/locked/")


def test_what_is_over_its_budget_is_found() -> None:
    assert budgets.too_heavy({"/a/": 60_000, "/b/": 60_001}, budgets.PAGE_MOST) == [
        "/b/: 60001 bytes, 60000 at most"
    ]
    assert budgets.too_many({"/a/": 12, "/b/": 13}) == ["/b/: 13 queries, 12 at most"]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_page_with_a_query_a_row_is_found(client: Client) -> None:
    one, three = budgets.queries_while_growing(client, "/each/", person)
    assert three - one == 2
    one, three = budgets.queries_while_growing(client, "/all/", person)
    assert (one, three) == (1, 1)


@public
def each(request: HttpRequest) -> HttpResponse:
    keys = [it.pk for it in queries.sample_people()]
    return HttpResponse("".join(queries.sample_people().get(pk=key).name for key in keys))


@public
def everyone(request: HttpRequest) -> HttpResponse:
    return HttpResponse("".join(it.name for it in queries.sample_people()))


@public
def locked(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [path("each/", each), path("all/", everyone), path("locked/", locked)]
