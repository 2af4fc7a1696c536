from dataclasses import replace
from itertools import combinations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loimi.weave import Carpet, Layout, Marker, Row, carpet
from loimi.weave.tests.reading import apart, box, classes, of_class, parsed, points, size, words
from loimi.weave.tests.samples import AREAS, LONG, ZONES, carpets, quick, reference_carpet

CROWD = tuple(Marker(2, 1, f"p{n}", f"Person {n}") for n in range(12))
layouts = st.sampled_from(get_args(Layout))


def knots(text: str) -> list[tuple[float, ...]]:
    return [box(one) for one in parsed(text).iter("g")]


def zone_box(text: str, area: int, zone: int, count: int) -> tuple[float, ...]:
    return box(of_class(text, "weft")[area * count + zone])


def test_rows_say_the_same_in_words() -> None:
    it = Carpet(
        ("Goals", "Trust"),
        ("Low", "High"),
        (Marker(0, 1, "a", "Aino"), Marker(0, 1, "e", "Eero"), Marker(1, 0, "a", "Aino")),
        (0, None),
        (1, None),
    )
    assert it.rows == (
        Row("Goals", ((), ("Aino", "Eero")), "Low", "High"),
        Row("Trust", (("Aino",), ()), "", ""),
    )
    assert replace(it, before=(), agreed=()).rows[0] == Row("Goals", ((), ("Aino", "Eero")), "", "")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"areas": ()}, "at least one area"),
        ({"zones": ("One",)}, "2 to 6 zones, not 1"),
        ({"zones": ("Z",) * 7}, "2 to 6 zones, not 7"),
        ({"before": (1,)}, "for every area"),
        ({"agreed": (1,) * 7}, "for every area"),
        ({"before": (None, None, 4, None, None, None)}, "no zone 4: they are 0 to 3"),
        ({"agreed": (-1, None, None, None, None, None)}, "no zone -1"),
        ({"markers": (Marker(0, 9, "p", "P"),)}, "no zone 9"),
        ({"markers": (Marker(6, 0, "p", "P"),)}, "no area 6: they are 0 to 5"),
        ({"focus": -1}, "no area -1"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(reference_carpet(), **wrong)


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="Unknown layout 'tall': use one of 'wide', 'narrow'"):
        carpet(reference_carpet(), layout="tall")  # type: ignore[arg-type]


@given(carpets(), layouts)
@quick
def test_any_carpet_stays_within_its_frame(it: Carpet, layout: Layout) -> None:
    text = carpet(it, layout=layout)
    width, height = size(text)
    left, top, right, bottom = box(parsed(text))
    assert (left >= 0, top >= 0, right <= width, bottom <= height) == (True,) * 4


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("count", range(2, 7))
def test_each_zone_is_denser_than_the_one_before(count: int, layout: Layout) -> None:
    text = carpet(Carpet(("Area",), tuple("ABCDEF")[:count]), layout=layout)
    wefts = of_class(text, "weft")
    threads = [one.attrib["d"].count("M") for one in wefts]
    assert threads == sorted(set(threads))
    assert (threads[0], threads[-1], len(threads)) == (2, 13, count)
    levels = [one.attrib["class"].split()[-1] for one in wefts]
    assert levels == sorted(levels)
    assert (levels[0], levels[-1]) == ("z1", "z4")


def test_the_reference_weaves_as_ever() -> None:
    wefts = of_class(carpet(Carpet(("Area",), ZONES)), "weft")
    assert [one.attrib["d"].count("M") for one in wefts] == [2, 5, 9, 13]
    assert [one.attrib["class"] for one in wefts] == [f"w weft z{n}" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("layout", get_args(Layout))
def test_every_marker_lies_in_its_zone(layout: Layout) -> None:
    it = reference_carpet()
    text = carpet(it, layout=layout)
    assert len(knots(text)) == len(it.markers) == 23
    for one in parsed(text).iter("g"):
        left, top, right, bottom = box(one)
        here = [
            (area, zone)
            for area in range(6)
            for zone in range(4)
            if not apart(zone_box(text, area, zone, 4), (left, top, right, bottom))
        ]
        assert len(here) == 1
        assert one[0].text in it.rows[here[0][0]].names[here[0][1]]


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("moved", [False, True], ids=["stayed", "moved"])
@pytest.mark.parametrize("count", range(1, 13))
def test_a_crowd_shares_its_zone_without_overlap(count: int, moved: bool, layout: Layout) -> None:
    before = (None, None, 0, None, None, None) if moved else ()
    text = carpet(Carpet(AREAS, ZONES, CROWD[:count], before, before), layout=layout)
    tied = knots(text)
    assert len(tied) == count
    assert [pair for pair in combinations(tied, 2) if not apart(*pair)] == []
    signs = [box(one) for one in of_class(text, "was")]
    assert [sign for sign in signs for one in tied if not apart(sign, one)] == []


def test_a_great_crowd_is_drawn_whole() -> None:
    crowd = tuple(Marker(0, 0, f"p{n}", "P") for n in range(200))
    text = carpet(Carpet(("A",), tuple("ABCDEF"), crowd), layout="narrow")
    assert len(knots(text)) == 200
    left, top, right, bottom = box(parsed(text))
    width, height = size(text)
    assert (left >= 0, top >= 0, right <= width, bottom <= height) == (True,) * 4


@pytest.mark.parametrize("layout", get_args(Layout))
def test_long_names_wrap_to_lines_that_fit(layout: Layout) -> None:
    text = carpet(Carpet(LONG, ZONES, focus=0), layout=layout)
    names = of_class(text, "area")
    assert [words(one).replace("- ", "").replace("-", "") for one in names] == [
        name.replace("-", "") for name in LONG
    ]
    boxes = [box(one, 16) for one in names]
    assert [pair for pair in combinations(boxes, 2) if not apart(*pair)] == []
    width, height = size(text)
    cloth = [box(one) for one in of_class(text, "weft")]
    for name in boxes:
        assert (name[0] >= 0, name[1] >= 0, name[2] <= width, name[3] <= height) == (True,) * 4
        assert [one for one in cloth if not apart(one, name)] == []


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("count", range(2, 7))
def test_zone_names_do_not_cover_each_other(count: int, layout: Layout) -> None:
    heads = ("Ei vielä aloitettu", "Alussa", "Matkalla", "Pitkällä", "Lähes perillä", "Saavutettu")
    text = carpet(Carpet(AREAS, heads[:count]), layout=layout)
    names = of_class(text, "zone")
    assert [words(one) for one in names] == list(heads[:count])
    boxes = [box(one, 15) for one in names]
    assert [pair for pair in combinations(boxes, 2) if not apart(*pair)] == []
    assert min(top for _, top, _, _ in boxes) >= 0


def test_agreement_is_stitched_and_movement_is_a_thread() -> None:
    it = Carpet(("A", "B", "C", "D"), ZONES, (), (0, 3, 1, None), (2, 1, 1, 3))
    text = carpet(it)
    assert [len(of_class(text, name)) for name in ("agreed", "move", "needle", "was")] == [
        4,
        2,
        2,
        3,
    ]
    tips = [box(one) for one in of_class(text, "needle")]
    assert not apart(tips[0], zone_box(text, 0, 2, 4))
    assert not apart(tips[1], zone_box(text, 1, 1, 4))
    eyes = [next(points(one.attrib["d"]))[0] for one in of_class(text, "needle")]
    assert eyes == [176 * 3.5 + 5, 176 * 2.5 - 5]  # the tip goes ahead, either way
    nothing = classes(carpet(replace(it, before=(), agreed=())))
    assert nothing & {"agreed", "move", "needle", "was"} == set()
    undecided = replace(it, agreed=())
    assert [len(of_class(carpet(undecided), name)) for name in ("move", "was")] == [0, 3]


def test_the_focus_is_marked() -> None:
    it = Carpet(AREAS, ZONES, focus=3)
    for layout, bars in (("wide", 1), ("narrow", 0)):
        text = carpet(it, layout=layout)  # type: ignore[arg-type]
        assert [words(one) for one in of_class(text, "focus")] == ["Digital tools"]
        assert len(of_class(text, "here")) == bars
    assert of_class(carpet(replace(it, focus=None)), "focus") == []


def test_a_carpet_keeps_its_weight() -> None:
    text = carpet(reference_carpet(), uid="carpet", title="The carpet", desc="As a table below.")
    assert len(text.encode()) <= 17_000


def test_weft_goes_over_and_under_by_turns() -> None:
    for one in of_class(carpet(Carpet(("A",), ZONES)), "weft"):
        starts = [float(thread.split()[0]) for thread in one.attrib["d"].split("M")[1:]]
        near = min(starts)
        assert starts == [near + 8 * ((n + 1) % 2) for n in range(len(starts))]
