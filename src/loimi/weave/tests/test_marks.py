import pytest
from hypothesis import given
from hypothesis import strategies as st

from loimi.weave import DYES, Mark, avatar, mark
from loimi.weave.marks import KNOT, MOTIFS, PATCH, fitted, knot, unfold
from loimi.weave.tests.reading import box, of_class, parsed
from loimi.weave.tests.samples import HOSTILE, people, quick
from loimi.weave.threads import YARN

AINO = Mark("iron", "birch", MOTIFS[6])


def test_motifs_are_distinct_square_and_mirrored() -> None:
    assert len(set(MOTIFS)) == len(MOTIFS) == 24
    for motif in MOTIFS:
        assert {len(row) for row in motif} == {len(motif)} == {7}
        assert motif == motif[::-1]
        assert {letter for row in motif for letter in row} == {"#", "."}


def test_unfold_mirrors_quarters_and_halves() -> None:
    assert unfold(["##..", "#..."]) == ("##...##", "#.....#", "##...##")
    assert unfold(["##.....", "#......"]) == ("##.....", "#......", "##.....")


def test_a_mark_never_changes() -> None:
    # People know their own figure: a change here is a change on every page.
    assert mark("aino") == AINO
    assert mark("") != mark("aino")


@given(people)
@quick
def test_a_mark_has_two_dyes(person: str) -> None:
    own = mark(person)
    assert {own.dye, own.second} <= set(DYES)
    assert own.dye != own.second
    assert own == mark(person)


def test_every_dye_and_motif_is_in_use() -> None:
    marks = [mark(str(n)) for n in range(600)]
    assert {own.dye for own in marks} == {own.second for own in marks} == set(DYES)
    assert {own.motif for own in marks} == set(MOTIFS)


@given(people)
@quick
def test_the_same_mark_is_on_avatar_and_knot(person: str) -> None:
    tied = parsed(knot(person, 50, 50, PATCH, "Name"))
    own = YARN[mark(person).dye]
    threads = [one for one in tied if own in one.get("class", "").split()]
    assert [one.attrib for one in threads] == [one.attrib for one in of_class(avatar(person), own)]
    assert len(threads) == 2


def test_a_knot_says_its_name_and_lies_where_it_should() -> None:
    tied = parsed(knot("p", 50, 40, 27, HOSTILE))
    assert tied[0].text == "\"><script>alert('1')</script>]]>&amp; \N{PILE OF POO}"
    assert box(tied) == pytest.approx((34.5, 24.5, 65.5, 55.5))


@given(st.integers(1, 60), st.floats(30, 400), st.floats(25, 90))
@quick
def test_knots_fit_without_overlap(count: int, room: float, free: float) -> None:
    size, pitch, rows = fitted(count, room, free, (30, 20, 10))
    across = -(-count // rows)
    if pitch > size * KNOT / PATCH:
        assert rows * pitch <= free + 1.5
        assert across * pitch <= room or across == 1
    else:
        assert size == 10


def test_knots_are_as_large_as_can_be() -> None:
    assert fitted(4, 164, 60, (30, 22)) == (30, 30 * KNOT / PATCH + 1.5, 1)
    assert fitted(5, 164, 60, (30, 22))[::2] == (22, 1)
    assert fitted(12, 164, 60, (30, 22))[::2] == (22, 2)
    assert fitted(99, 164, 60, (30, 22))[0] == 22
