from dataclasses import replace
from itertools import combinations
from math import atan2, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loimi.weave import Clock, Milestone, Phase, clock
from loimi.weave.tests.reading import apart, box, of_class, parsed, points, size, words
from loimi.weave.tests.samples import MONTHS, clocks, quick, reference_clock

EMPTY = Clock((), (), MONTHS)


def day_of(text: str, x: float, y: float, days: int = 365) -> float:
    """Return the day that a point lies on."""
    across = size(text)[0] / 2
    return (atan2(y - 240, x - across) + pi / 2) / 2 / pi * days % days


def middle(one: tuple[float, ...]) -> tuple[float, float]:
    return (one[0] + one[2]) / 2, (one[1] + one[3]) / 2


def ends(text: str, kind: str) -> list[tuple[float, float]]:
    """Return the first and the last day of each thread of a kind."""
    found = []
    for one in of_class(text, kind):
        for thread in one.attrib["d"].split("M")[1:]:
            walk = list(points(f"M{thread}"))
            found.append((day_of(text, *walk[0]), day_of(text, *walk[-1])))
    return found


def stones(*days: float) -> tuple[Milestone, ...]:
    return tuple(Milestone(f"M {day}", day, number=n) for n, day in enumerate(days, start=1))


def covered(text: str) -> list[object]:
    """Return the pairs of milestones of which one covers the other."""
    moves = [one.attrib["transform"].split("(")[1:] for one in of_class(text, "stone")]
    places = [tuple(map(float, move[0].split(")")[0].split())) for move in moves]
    scale = min([1.0, *(float(move[1].strip(")")) for move in moves if len(move) > 1)])
    return [
        (one, two)
        for one, two in combinations(places, 2)
        if (one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2 < (29.5 * scale) ** 2
    ]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Phase("P", 0, 1, "pink"), "Unknown dye 'pink'"),  # type: ignore[arg-type]
        (lambda: Phase("P", 9, 1, "woad"), "ends before it starts: 9 to 1"),
        (lambda: Phase("P", float("nan"), 1, "woad"), "start must be a finite number"),
        (lambda: Phase("P", 0, float("inf"), "woad"), "end must be a finite number"),
        (lambda: Milestone("M", 1, "late"), "Unknown state 'late': use one of 'done'"),  # type: ignore[arg-type]
        (lambda: Milestone("M", float("nan")), "day must be a finite number"),
        (lambda: replace(EMPTY, today=float("nan")), "today must be a finite number"),
        (lambda: replace(EMPTY, days=360), "365 or 366 days, not 360"),
        (lambda: replace(EMPTY, months=MONTHS[:11]), "12 months, not 11"),
        (lambda: replace(EMPTY, centre=("a",) * 4), "three lines at most"),
    ],
)
def test_what_cannot_be_is_refused(make: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()  # type: ignore[operator]


def test_phases_under_way_are_told() -> None:
    it = reference_clock()
    assert [phase.name for phase in it.under_way] == ["Journey"]
    assert replace(it, today=104).under_way == (it.phases[2],)
    assert replace(it, today=None).under_way == replace(it, today=20).under_way == ()


@given(clocks)
@quick
def test_any_clock_keeps_its_strokes_within_its_frame(it: Clock) -> None:
    text = clock(it)
    width, height = size(text)
    for one in parsed(text):
        if one.tag in {"path", "circle"} or "stone" in one.get("class", ""):
            left, top, right, bottom = box(one)
            assert (left >= 0, top >= 0, right <= width, bottom <= height) == (True,) * 4


def test_months_stand_round_the_year_within_the_frame() -> None:
    long = (*("januari", "februari", "mars", "april", "maj", "juni", "juli"), *MONTHS[7:])
    for months in (MONTHS, long):
        text = clock(replace(EMPTY, months=months))
        names = of_class(text, "month")
        assert [words(one) for one in names] == list(months)
        boxes = [box(one, 14) for one in names]
        assert min(left for left, *_ in boxes) >= 0
        assert max(right for _, _, right, _ in boxes) <= size(text)[0]
        assert [pair for pair in combinations(boxes, 2) if not apart(*pair)] == []


def test_a_leap_year_moves_march() -> None:
    for days, first_of_march in ((365, 59), (366, 60)):
        text = clock(replace(EMPTY, days=days))
        ticks = list(points(of_class(text, "tick")[0].attrib["d"]))
        starts = [day_of(text, *ticks[n], days=days) for n in range(0, len(ticks), 4)]
        assert starts[2] == pytest.approx(first_of_march, abs=0.2)
        assert len(starts) == 12


def test_past_is_cloth_and_future_is_warp() -> None:
    it = Clock((Phase("P", 100, 200, "woad"),), (), MONTHS, 150)
    text = clock(it)
    assert len(ends(text, "yarn")) == len(ends(text, "loose")) == 6
    for start, end in ends(text, "yarn"):
        assert (start, end) == (pytest.approx(100, abs=1), pytest.approx(150, abs=0.3))
    for start, end in ends(text, "loose"):
        assert (start, end) == (pytest.approx(150, abs=0.3), pytest.approx(200, abs=0.3))
    assert ends(clock(replace(it, today=None)), "yarn") == ends(clock(replace(it, today=9)), "yarn")
    assert ends(clock(replace(it, today=300)), "loose") == []


@pytest.mark.parametrize("phase", [(-60, 30), (305, 395)])
def test_a_phase_crosses_the_new_year(phase: tuple[float, float]) -> None:
    text = clock(Clock((Phase("P", *phase, "birch"),), (), MONTHS, None))
    for start, end in ends(text, "loose"):
        assert (start, end) == (pytest.approx(305, abs=0.3), pytest.approx(30, abs=0.3))


@pytest.mark.parametrize("long", [365, 400, 1000])
def test_a_phase_of_a_year_or_more_is_a_whole_ring(long: float) -> None:
    text = clock(Clock((Phase("P", 20, 20 + long, "birch"),), (), MONTHS, None))
    drawn = of_class(text, "loose")[0]
    assert drawn.attrib["d"].count("A") == 2 * 6
    assert box(drawn) != box(of_class(text, "tick")[0])
    for start, end in ends(text, "loose"):
        assert start == pytest.approx(end, abs=0.3)


def test_phases_at_the_same_time_share_the_ring() -> None:
    single = (Phase("A", 10, 50, "woad"), Phase("B", 50, 90, "weld"), Phase("C", 90, 120, "iron"))
    together = (Phase("A", 10, 50, "woad"), Phase("B", 30, 90, "weld"), Phase("C", 80, 120, "iron"))
    for phases, rings in ((single, [6, 6, 6]), (together, [3, 3, 3])):
        text = clock(Clock(phases, (), MONTHS, None))
        assert [one.attrib["d"].count("M") for one in of_class(text, "loose")] == rings
    wrapped = (Phase("A", -20, 20, "woad"), Phase("B", 340, 350, "weld"))
    shared = of_class(clock(Clock((*wrapped, Phase("C", 350, 400, "iron")), (), MONTHS)), "loose")
    assert [one.attrib["d"].count("M") for one in shared] == [3, 3, 3]


def test_a_crowd_of_phases_still_draws() -> None:
    crowd = tuple(Phase(str(n), 10, 100, "woad") for n in range(9))
    drawn = of_class(clock(Clock(crowd, (), MONTHS)), "loose")
    assert len(drawn) == 9


@pytest.mark.parametrize(("today", "hands"), [(None, 0), (-1, 0), (0, 1), (365, 1), (365.5, 0)])
def test_the_hand_shows_today_when_it_is_this_year(today: float | None, hands: int) -> None:
    text = clock(replace(EMPTY, today=today))
    assert len(of_class(text, "hand")) == len(of_class(text, "hand-end")) == hands


def test_a_milestone_with_room_lies_on_its_day() -> None:
    text = clock(replace(EMPTY, milestones=stones(33, 79, 104)))
    days = [day_of(text, *middle(box(one))) for one in of_class(text, "stone")]
    assert [words(one.find("text")) for one in of_class(text, "stone")] == ["1", "2", "3"]  # type: ignore[arg-type]
    assert len(days) == 3
    assert of_class(text, "pin") == []


@pytest.mark.parametrize(
    "days",
    [
        (100, 100),
        (100, 101),
        (100, 100, 100),
        (0, 364.9, 365),
        (1, 2, 363, 364),
        tuple(range(200, 212)),
        tuple(range(0, 365, 8)),
        (10,) * 30,
        (10,) * 60,
        tuple(n * 365 / 49 for n in range(49)),
        (5, 5, 30, 31, 32, 33, 34, 35, 100, 104, 180, 182, 184, 270, 283, 362, 364.5, 365),
    ],
    ids=lambda days: f"{len(days)} from {days[0]}",
)
def test_milestones_do_not_cover_one_another(days: tuple[float, ...]) -> None:
    text = clock(replace(EMPTY, milestones=stones(*days)))
    assert len(of_class(text, "stone")) == len(days)
    assert covered(text) == []
    assert len(of_class(text, "pin")) == 1


@given(st.lists(st.floats(0, 365), max_size=14))
@quick
def test_a_year_of_milestones_has_room_for_all(days: list[float]) -> None:
    assert covered(clock(replace(EMPTY, milestones=stones(*days)))) == []


def test_pins_lead_to_the_days_of_those_that_moved() -> None:
    text = clock(replace(EMPTY, milestones=stones(100, 100)))
    walk = list(points(of_class(text, "pin")[0].attrib["d"]))
    assert day_of(text, *walk[-1]) == pytest.approx(100, abs=0.2)
    assert of_class(text, "pin")[0].attrib["d"].count("M") == 2


def test_the_next_milestone_lies_on_top_and_a_number_may_be_missing() -> None:
    it = replace(EMPTY, milestones=(Milestone("N", 10, "next"), Milestone("A", 200, "ahead", 2)))
    drawn = of_class(clock(it), "stone")
    assert [one.attrib["class"] for one in drawn] == ["stone ahead", "stone next"]
    assert [words(one) for one in drawn] == ["A 2", "N"]


def test_the_middle_holds_its_words() -> None:
    lines = ("11 April", "Handling of applications and making of pairs", "week 3 / 30")
    text = clock(replace(EMPTY, centre=lines))
    rows = [one for n in range(3) for one in of_class(text, f"c{n}")]
    assert [words(one) for one in rows] == list(lines)
    assert "long" in rows[1].attrib["class"].split()
    boxes = [box(one, font) for one, font in zip(rows, (16, 22, 16), strict=True)]
    assert [pair for pair in combinations(boxes, 2) if pair[0][3] > pair[1][1] + 2] == []
    across = size(text)[0] / 2
    assert max(abs(x - across) for left, _, right, _ in boxes for x in (left, right)) <= 112
    short = of_class(clock(replace(EMPTY, centre=("", "Journey"))), "c1")
    assert [one.attrib["class"] for one in short] == ["centre c1"]


def test_a_clock_keeps_its_weight() -> None:
    text = clock(reference_clock(), uid="clock", title="The year", desc="The same as a list.")
    assert len(text.encode()) <= 6000


def test_a_milestone_of_another_year_lies_on_the_same_dial() -> None:
    near, far = (clock(replace(EMPTY, milestones=stones(*days))) for days in ((35, 40), (40, 400)))
    places = [
        sorted(one.attrib["transform"] for one in of_class(text, "stone")) for text in (near, far)
    ]
    assert places[0] == places[1]
    assert of_class(near, "pin")[0].attrib == of_class(far, "pin")[0].attrib
