from dataclasses import replace
from itertools import pairwise, product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loimi.weave import Band, Booked, Density, Event, State, band, mark, scale
from loimi.weave.tests.reading import box, classes, corners, of_class, parsed, size, words
from loimi.weave.tests.samples import FULL, bands, people, quick
from loimi.weave.threads import YARN

PAIR = Band(("mentor",), ("actor",))
ALL = list(product(get_args(State), get_args(Booked), get_args(Density)))


def reach(text: str) -> float:
    """Return how far the cloth reaches."""
    return max((box(one)[2] for one in of_class(text, "cloth")), default=0)


def test_people_take_turns_and_peers_stand_once() -> None:
    group = Band(("a", "b"), ("c", "a", "d"))
    assert group.people == ("a", "c", "b", "d")
    assert [group.weaver(n) for n in range(5)] == ["a", "c", "b", "d", "a"]
    assert Band((), ("c",)).people == ("c",)


def test_a_band_knows_its_facts() -> None:
    it = replace(PAIR, events=FULL[:4])
    assert (it.held, it.woven) == (3, 3 * 24 + 27)
    assert it.length == it.plan == 10 * 24 + 3 * 27
    assert replace(PAIR, planned=0).length == 81


def test_more_held_than_planned_makes_the_band_longer() -> None:
    it = Band(("m",), ("a",), ("meeting",) * 100)
    assert it.length == 100 * 24 + 3 * 27
    assert size(band(it)) == (it.length + 10, 30)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"mentors": (), "actors": ()}, "at least one person"),
        ({"actors": ("",)}, "each needs an id"),
        ({"planned": -1}, "0 meetings or more, not -1"),
        ({"events": ("dinner",)}, "Unknown event 'dinner': use one of 'meeting', 'agreement'"),
        ({"state": "lost"}, "Unknown state 'lost': use one of 'proposed', 'active'"),
        ({"booked": "maybe"}, "Unknown booked 'maybe'"),
        ({"today": float("inf")}, "today must be a finite number"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(PAIR, **wrong)


def test_density_span_and_length_are_checked() -> None:
    with pytest.raises(ValueError, match="Unknown density 'huge': use one of 'row', 'wide'"):
        band(PAIR, density="huge")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="span must be a finite number"):
        band(PAIR, span=float("nan"))
    with pytest.raises(ValueError, match="length must be a finite number"):
        scale([], length=float("nan"))


@pytest.mark.parametrize(("state", "booked", "density"), ALL)
@pytest.mark.parametrize("events", [(), FULL[:3], FULL], ids=["none", "some", "full"])
def test_every_state_stays_within_its_frame(
    state: State, booked: Booked, density: Density, events: tuple[Event, ...]
) -> None:
    it = replace(PAIR, state=state, booked=booked, events=events)
    text = band(it, density=density)
    width, height = size(text)
    left, top, right, bottom = box(parsed(text))
    assert left >= 0
    assert top >= 0
    assert right <= width
    assert bottom <= height


@given(bands(), st.sampled_from(get_args(Density)))
@quick
def test_any_band_stays_within_its_frame(it: Band, density: Density) -> None:
    text = band(replace(it, today=None), density=density)
    width, height = size(text)
    left, top, right, bottom = box(parsed(text))
    assert (left >= 0, top >= 0, right <= width, bottom <= height) == (True,) * 4


@pytest.mark.parametrize("density", get_args(Density))
def test_each_state_looks_its_own_way(density: Density) -> None:
    signs = {
        state: classes(band(replace(PAIR, state=state, events=FULL[:3]), density=density))
        & {"rod", "tie"}
        for state in get_args(State)
    }
    assert signs == {
        "proposed": set(),
        "active": {"rod"},
        "stuck": set(),
        "paused": {"rod", "tie"},
        "completed": set(),
        "ended": set(),
    }
    drawn = {band(replace(PAIR, state=state), density=density) for state in get_args(State)}
    assert len(drawn) == 5  # completed ends like ended


def test_what_is_only_proposed_is_dashed() -> None:
    for it in (PAIR, Band(("m", "n"), ("a", "b", "c"))):
        threads = of_class(band(replace(it, state="proposed")), "bare")
        dashes = [one.attrib["stroke-dasharray"].split() for one in threads]
        assert all(float(gap) >= 3 for _dash, gap in dashes)
    assert not any("stroke-dasharray" in one.attrib for one in of_class(band(PAIR), "bare"))


@pytest.mark.parametrize("state", get_args(State))
def test_a_shuttle_lies_on_the_warp_while_there_is_one(state: State) -> None:
    seen = {
        booked: classes(band(replace(PAIR, state=state, booked=booked))) & {"shuttle", "empty"}
        for booked in get_args(Booked)
    }
    there = state not in {"completed", "ended"}
    assert seen == {
        "": set(),
        "proposed": {"shuttle", "empty"} if there else set(),
        "booked": {"shuttle"} if there else set(),
    }


def test_the_shuttle_carries_the_next_weavers_yarn() -> None:
    for held in range(4):
        it = replace(PAIR, events=("meeting",) * held, booked="booked")
        yarn = YARN[mark(("mentor", "actor")[held % 2]).dye]
        assert [one.attrib["class"] for one in of_class(band(it), "spool")] == [f"{yarn} spool"]


def test_more_meetings_make_more_cloth() -> None:
    steps = [reach(band(replace(PAIR, events=("meeting",) * held))) for held in range(14)]
    assert steps == [24.0 * held for held in range(14)]


@pytest.mark.parametrize("event", ["agreement", "midpoint", "closing"])
def test_each_milestone_weaves_its_figure_on_a_dark_field(event: Event) -> None:
    text = band(replace(PAIR, events=("meeting", event)))
    assert box(of_class(text, "field")[0]) == (24, 4.5, 51, 25.5)
    others = {band(replace(PAIR, events=("meeting", other))) for other in get_args(Event)}
    assert len(others) == 4


@given(
    st.lists(people, min_size=1, max_size=30, unique=True),
    st.lists(people, max_size=30, unique=True),
    st.sampled_from(get_args(State)),
    st.sampled_from(get_args(Density)),
    st.sampled_from([(), ("meeting",), ("agreement",), ("meeting",) * 3]),
)
@quick
def test_groups_show_every_members_dye(
    mentors: list[str],
    actors: list[str],
    state: State,
    density: Density,
    events: tuple[Event, ...],
) -> None:
    it = Band(tuple(mentors), tuple(actors), events, state=state)
    kinds = {"rope", "ply"} if events else {"bare"}
    drawn = {
        name
        for one in parsed(band(it, density=density)).iter()
        if kinds & set(one.get("class", "").split())
        for name in one.attrib["class"].split()
    }
    assert {YARN[mark(person).dye] for person in it.people} - drawn == set()


def test_yarns_spun_together_come_round_within_one_meeting() -> None:
    crowd = tuple(str(n) for n in range(30))
    text = band(Band(crowd, crowd, ("meeting",)))
    plies = of_class(text, "ply")
    assert len(plies) == 6 * 2 - 6 * (len({one.get("d") for one in plies}) == 1)
    for one in plies:
        assert sum(map(float, one.attrib["stroke-dasharray"].split())) <= 24
    assert [one.attrib["stroke-dashoffset"] for one in plies] == [
        "0",
        "-4",
        "-8",
        "-12",
        "-16",
        "-20",
    ]


def test_members_of_one_dye_share_a_plain_rope() -> None:
    alike = [str(n) for n in range(60) if mark(str(n)).dye == "woad"][:2]
    text = band(Band(tuple(alike), (alike[0],), ("meeting",)))
    assert of_class(text, "ply") == []
    assert {one.attrib["class"] for one in of_class(text, "rope")} == {"w rope"}


def test_an_empty_side_is_left_in_linen() -> None:
    text = band(Band(("m",), (), ("meeting",), state="ended"))
    assert len(of_class(text, "rope")) == 2
    assert {one.attrib["class"].split()[0] for one in of_class(text, "rope")} == {
        "g",
        YARN[mark("m").dye],
    }


def test_today_is_measured_on_the_plan_and_kept_on_it() -> None:
    late = replace(PAIR, events=("meeting",) * 12)
    for today, at in ((0.5, 160.5), (-1, 0), (2, 321)):
        marks = of_class(band(replace(late, today=today)), "now")
        assert {x for one in marks for x, _ in corners(one)} == {at}
    assert of_class(band(late), "now") == []


def test_a_span_gives_the_bands_of_a_list_one_scale() -> None:
    few, many = replace(PAIR, planned=4), replace(PAIR, planned=12)
    assert size(band(few, span=many.length)) == size(band(many)) == size(band(many, span=5))


def test_a_scale_writes_words_apart_from_each_other() -> None:
    text = scale([(1, "end"), (0.31, "today"), (0.33, "middle"), (0, "start")], length=317)
    rows = of_class(text, "when")
    assert [words(one) for one in rows] == ["start", "today", "middle", "end"]
    boxes = [box(one, 12) for one in rows]
    assert all(one[2] <= two[0] for one, two in pairwise(boxes))
    assert boxes[0][0] >= 0
    assert boxes[-1][2] <= 317
    assert size(text) == (327, 15)


def test_bands_keep_their_weight() -> None:
    text = [
        band(
            Band((f"m{n}",), (f"a{n}",), FULL, today=0.5),
            uid=f"band-{n}",
            title="Ten meetings of ten have been held",
            desc="Completed. The agreement was signed after the first meeting.",
        )
        for n in range(200)
    ]
    assert max(len(one.encode()) for one in text) <= 2600
    wide = [
        band(
            Band((f"m{n}",), (f"a{n}",), FULL[:6], booked="booked"),
            uid="band",
            title="Five meetings of ten",
            density="wide",
        )
        for n in range(200)
    ]
    assert max(len(one.encode()) for one in wide) <= 2200


def test_the_tie_of_a_pause_leaves_room_for_the_shuttle() -> None:
    text = band(replace(PAIR, events=FULL, state="paused", booked="booked"))
    shuttle, tie, rod = (box(of_class(text, name)[0]) for name in ("shuttle", "tie", "rod"))
    assert shuttle[2] <= tie[0]
    assert tie[2] <= rod[0]
