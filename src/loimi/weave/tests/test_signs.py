from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loimi.weave import DYES, Sign, avatar, logo, mark, pair_preview, progress, swatch, yarn_key
from loimi.weave.tests.reading import classes, of_class, points, size
from loimi.weave.tests.samples import people, quick
from loimi.weave.threads import YARN


def woven(text: str) -> float:
    """Return how far the cloth of a progress band reaches."""
    reach = [x for one in of_class(text, "rope") for x, _ in points(one.attrib["d"])]
    return max(reach, default=0)


def test_every_swatch_is_its_own() -> None:
    drawn = [swatch(sign) for sign in get_args(Sign)]
    assert len(set(drawn)) == len(drawn) == 7


def test_unknown_signs_and_dyes_are_refused() -> None:
    with pytest.raises(ValueError, match="Unknown sign 'lost': use one of 'bare', 'woven'"):
        swatch("lost")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Unknown dye 'm'"):
        yarn_key("m")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Unknown dye 'pink'"):
        progress(1, 2, dye="pink")  # type: ignore[arg-type]


def test_yarn_keys_differ_by_dye_alone() -> None:
    keys = {yarn_key(dye).replace(f'"{YARN[dye]} ', '"') for dye in DYES}
    assert len(keys) == 1


@given(people)
@quick
def test_an_avatar_is_small(person: str) -> None:
    assert len(avatar(person).encode()) <= 400
    assert size(avatar(person)) == (27, 27)


@given(people, people)
@quick
def test_a_pair_shows_both_people_s_dyes(mentor: str, actor: str) -> None:
    marks = (mark(mentor), mark(actor))
    dyes = {YARN[dye] for own in marks for dye in (own.dye, own.second)}
    assert classes(pair_preview(mentor, actor)) == dyes | {"weave", "pair", "cross"}


def test_progress_grows_from_bare_to_full() -> None:
    steps = [woven(progress(done, 10)) for done in range(11)]
    assert steps == sorted(set(steps))
    assert (steps[0], steps[-1]) == (0, 198.5)
    assert of_class(progress(10, 10), "bare") == of_class(progress(0, 10), "rope") == []


@pytest.mark.parametrize(("done", "total"), [(12, 10), (1, 0), (3, 0)])
def test_more_done_than_asked_for_is_full(done: int, total: int) -> None:
    assert progress(done, total) == progress(1, 1)


@given(st.integers(0, 2000), st.integers(0, 1000))
@quick
def test_progress_stays_in_its_track(done: int, total: int) -> None:
    text = progress(done, total)
    assert 0 <= woven(text) <= 200
    assert (of_class(text, "bare") == []) == (done >= max(total, 1))


@pytest.mark.parametrize(("done", "total"), [(-1, 3), (1, -3)])
def test_progress_counts_from_nothing_up(done: int, total: int) -> None:
    with pytest.raises(ValueError, match="counts from 0 up"):
        progress(done, total)


def test_the_logo_is_five_threads_woven_to_half() -> None:
    warp, passes = (of_class(logo(), name)[0].attrib["d"] for name in ("thin", "pass"))
    assert warp.count("M") == 5
    assert max(y for _, y in points(passes)) < 32 * 0.6
