"""What a page may cost: at most 12 queries whatever the rows, 60 kB in all, fragments 10 kB."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from loimi.base.doors import public
from loimi.people import actions, queries
from tests.support import budgets, house

NOW = datetime(2026, 5, 21, 9, tzinfo=UTC)
number = count()


def person() -> object:
    return actions.open_account(
        name="Aino", email=f"{next(number)}@kaarna.example", language="fi", now=NOW
    )


@pytest.mark.django_db
def test_each_page_makes_few_queries_signed_in_or_not(client: Client) -> None:
    signed_in = Client()
    signed_in.force_login(person())  # type: ignore[arg-type]
    counted = {
        f"{where} as {who}": len(budgets.queries(them, where))
        for where in house.addresses()
        for who, them in (("visitor", client), ("person", signed_in))
    }
    assert budgets.too_many(counted) == []


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_page_with_a_query_a_row_is_found(client: Client) -> None:
    one, three = budgets.queries_while_growing(client, "/each/", person)
    assert three - one == 2
    one, three = budgets.queries_while_growing(client, "/all/", person)
    assert (one, three) == (1, 1)


def test_each_page_is_light(address: str) -> None:
    weights = {where: budgets.weigh(address + where) for where in house.pages(address)}
    whole = {where: it.whole for where, it in weights.items()}
    assert budgets.too_heavy(whole, budgets.PAGE_MOST) == []
    assert all(it.assets for it in weights.values()), "the styles of each page were weighed"


def test_each_fragment_is_light(address: str) -> None:
    sizes = {where: budgets.weigh_fragment(address + where) for where in house.pages(address)}
    fragments = {where: size for where, size in sizes.items() if size is not None}
    assert list(fragments) == ["/styleguide/"]
    assert budgets.too_heavy(fragments, budgets.FRAGMENT_MOST) == []


def test_what_is_over_its_budget_is_found() -> None:
    assert budgets.too_heavy({"/a/": 60_000, "/b/": 60_001}, budgets.PAGE_MOST) == [
        "/b/: 60001 bytes, 60000 at most"
    ]
    assert budgets.too_many({"/a/": 12, "/b/": 13}) == ["/b/: 13 queries, 12 at most"]


def test_what_a_page_loads_is_weighed(
    tmp_path_factory: pytest.TempPathFactory, address: str
) -> None:
    front = budgets.weigh(address + "/")
    kinds = {asset.rsplit(".", 1)[-1] for asset in front.assets}
    assert {"css", "js"} - kinds == set()
    assert front.whole > front.page > 500


@public
def each(request: HttpRequest) -> HttpResponse:
    keys = [it.pk for it in queries.sample_people()]
    return HttpResponse("".join(queries.sample_people().get(pk=key).name for key in keys))


@public
def everyone(request: HttpRequest) -> HttpResponse:
    return HttpResponse("".join(it.name for it in queries.sample_people()))


urlpatterns = [path("each/", each), path("all/", everyone)]
