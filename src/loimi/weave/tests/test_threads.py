from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loimi.weave.tests.reading import parsed, points
from loimi.weave.tests.samples import quick
from loimi.weave.threads import (
    check_finite,
    check_one_of,
    digest,
    floats,
    letters,
    number,
    path,
    paths,
    picture,
    spread,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-0.01, "0"), (3, "3"), (2.50, "2.5"), (-1.26, "-1.3"), (100.04, "100")],
)
def test_number_has_one_decimal_at_most(value: float, written: str) -> None:
    assert number(value) == written


def test_floats_join_the_threads_of_each_row() -> None:
    strokes = floats(["##.#", "....", "..#."], 0, 0)
    assert strokes == "M1 1.5h4m5 0h1m-4 6h1"
    assert list(points(strokes))[-1] == (8, 7.5)


def test_paths_join_threads_that_look_alike() -> None:
    threads = [("m bare", "", "M0 0h1"), ("w bare", "", "M0 1h1"), ("m bare", "", "M0 2h1")]
    assert paths(threads) == path("M0 0h1M0 2h1", "m bare") + path("M0 1h1", "w bare")
    assert path("", "m bare") == ""


def test_letters_write_one_line_many_or_none() -> None:
    assert letters(["a & b"], 1, 2, "zone") == (
        '<text class="zone" x="1" y="2" text-anchor="middle">a &amp; b</text>'
    )
    assert letters(["a", "b"], 1, 2, "zone", anchor="end", lead=20) == (
        '<text class="zone" x="1" y="2" text-anchor="end">'
        '<tspan x="1" y="2">a</tspan><tspan x="1" y="22">b</tspan></text>'
    )
    assert letters([], 1, 2, "zone") == ""


def test_a_picture_without_a_title_is_hidden() -> None:
    frame = '<svg class="weave logo" viewBox="0 0 4 2" aria-hidden="true"></svg>'
    assert picture("", (4, 2), "logo") == frame
    assert picture("", (4, 2), "logo", ("u", "\x00 ", "more")) == frame


def test_a_picture_with_a_title_is_named_by_it() -> None:
    named = parsed(picture("", (4, 2), "logo", ("u-1", "Sign", "")))
    told = parsed(picture("", (4, 2), "logo", ("u-1", "Sign", "Of it")))
    assert (named.attrib["role"], named.attrib["aria-labelledby"]) == ("img", "u-1-t")
    assert told.attrib["aria-labelledby"] == "u-1-t u-1-d"
    assert [(one.tag, one.attrib["id"], one.text) for one in told] == [
        ("title", "u-1-t", "Sign"),
        ("desc", "u-1-d", "Of it"),
    ]


@pytest.mark.parametrize("uid", ["", "a b", 'a"', "ä", "a\n"])
def test_a_title_needs_a_uid_that_can_be_pointed_at(uid: str) -> None:
    with pytest.raises(ValueError, match="uid"):
        picture("", (4, 2), "logo", (uid, "Sign", ""))


def test_a_digest_takes_any_words() -> None:
    assert digest("\ud800") != digest("\ud801")
    assert len(digest("", 32)) == 32


def test_places_that_have_room_stay() -> None:
    assert spread([0, 10, 30], [5, 5, 5]) == [0, 10, 30]
    assert spread([], []) == []


def test_places_that_crowd_move_both_ways() -> None:
    assert spread([0, 20, 20, 50], [9, 10, 10, 10]) == [0, 15, 25, 50]
    assert spread([5, 5, 5], [9, 4, 8]) == pytest.approx([-1 / 3, 11 / 3, 35 / 3])


@given(st.lists(st.tuples(st.floats(0, 365), st.floats(0, 30)), max_size=20))
@quick
def test_spread_keeps_gaps_and_the_middle(rows: list[tuple[float, float]]) -> None:
    wanted, gaps = sorted(place for place, _ in rows), [gap for _, gap in rows]
    places = spread(wanted, gaps)
    assert sum(places) == pytest.approx(sum(wanted), abs=1e-6)
    for (one, two), gap in zip(pairwise(places), gaps[1:], strict=True):
        assert two - one >= gap - 1e-9


def test_checks_say_what_is_allowed() -> None:
    check_one_of("dye", "woad", ("woad", "weld"))
    with pytest.raises(ValueError, match="Unknown dye 'red': use one of 'woad', 'weld'"):
        check_one_of("dye", "red", ("woad", "weld"))
    check_finite("today", None)
    check_finite("today", 0.5)
    with pytest.raises(ValueError, match="today must be a finite number, not nan"):
        check_finite("today", float("nan"))
