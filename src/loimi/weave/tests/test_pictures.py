"""What holds for every picture, whatever is put into it."""

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loimi.weave
from loimi.weave import (
    DYES,
    Density,
    Layout,
    Sign,
    avatar,
    band,
    carpet,
    clock,
    logo,
    pair_preview,
    profile,
    progress,
    scale,
    swatch,
    yarn_key,
)
from loimi.weave.tests.reading import classes, parsed
from loimi.weave.tests.samples import (
    FULL,
    HOSTILE,
    bands,
    carpets,
    clocks,
    people,
    profiles,
    quick,
    reference_carpet,
    reference_clock,
    reference_profile,
    texts,
)

STYLES = Path(loimi.weave.__file__).parents[1] / "base" / "static" / "base"
TAGS = {"svg", "title", "desc", "path", "rect", "circle", "g", "text", "tspan"}
ATTRIBUTES = {
    *("class", "viewBox", "role", "aria-labelledby", "aria-hidden", "id", "transform", "d"),
    *("x", "y", "width", "height", "rx", "cx", "cy", "r", "text-anchor"),
    *("stroke-width", "stroke-dasharray", "stroke-dashoffset"),
}
words = st.fixed_dictionaries({"title": texts, "desc": texts}).map(
    lambda said: {"uid": "u", **said}
)
titled = st.fixed_dictionaries({"title": texts}).map(lambda said: {"uid": "u", **said})
pictures = st.one_of(
    st.tuples(st.just(band), bands(), words, st.sampled_from(get_args(Density))).map(
        lambda row: lambda: row[0](row[1], density=row[3], **row[2])
    ),
    st.tuples(carpets(), words, st.sampled_from(get_args(Layout))).map(
        lambda row: lambda: carpet(row[0], layout=row[2], **row[1])
    ),
    st.tuples(clocks, words).map(lambda row: lambda: clock(row[0], **row[1])),
    st.tuples(profiles(), words).map(lambda row: lambda: profile(row[0], **row[1])),
    st.tuples(people, titled).map(lambda row: lambda: avatar(row[0], **row[1])),
    st.tuples(people, people, titled).map(lambda row: lambda: pair_preview(*row[:2], **row[2])),
    st.tuples(st.integers(0, 9), titled).map(lambda row: lambda: progress(row[0], 5, **row[1])),
    st.lists(st.tuples(st.floats(0, 1), texts), max_size=5).map(
        lambda rows: lambda: scale(rows, length=300)
    ),
    st.sampled_from([*(lambda s=s: swatch(s) for s in get_args(Sign)), logo]),
)


@given(pictures)
@quick
def test_every_picture_is_sound(draw: object) -> None:
    text = draw()  # type: ignore[operator]
    assert text == draw()  # type: ignore[operator]
    root = parsed(text)
    assert {one.tag for one in root.iter()} - TAGS == set()
    assert {name for one in root.iter() for name in one.attrib} - ATTRIBUTES == set()
    ids = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
    assert ids == root.attrib.get("aria-labelledby", "").split()
    assert len(set(ids)) == len(ids)
    assert ("aria-hidden" in root.attrib) == (ids == [])
    assert (root.attrib.get("role") == "img") == (ids != [])


def everything() -> list[str]:
    """Draw each kind of picture with all that can be on it."""
    crowd = tuple(str(n) for n in range(9))
    drawn = [
        band(loimi.weave.Band(mentors, ("a",), FULL[:count], state=state, booked=booked, today=0.5))
        for mentors in (("m",), crowd)
        for count in (0, 4)
        for state in get_args(loimi.weave.State)
        for booked in get_args(loimi.weave.Booked)
    ]
    drawn += [
        band(loimi.weave.Band(("m",), ("a",), FULL), density="wide"),
        scale([(0, "Now")], length=9),
    ]
    drawn += [carpet(reference_carpet()), carpet(reference_carpet(), layout="narrow")]
    stones = tuple(loimi.weave.Milestone("M", 5, state) for state in get_args(loimi.weave.Standing))
    long = loimi.weave.Clock((), stones, ("M",) * 12, None, ("", "A very long line of words"))
    drawn += [clock(reference_clock()), clock(long), profile(reference_profile()), logo()]
    drawn += [swatch(sign) for sign in get_args(Sign)] + [yarn_key(dye) for dye in DYES]
    return [*drawn, avatar("p"), pair_preview("m", "a"), progress(1, 2)]


def test_every_class_is_styled_and_every_style_is_used() -> None:
    sheets = "".join((STYLES / f"weave{name}.css").read_text() for name in ("", "-pictures"))
    rules = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    styled = {
        name
        for rule in re.findall(r"[^{}]+(?=\{)", rules)
        for name in re.findall(r"\.([a-z]\w*(?:-\w+)*)", rule)
    }
    drawn = set().union(*map(classes, everything()))
    plain = {"band", "carpet-wide", "ahead", "c0", "c2", "z3"}  # as their neighbours, or by default
    assert drawn - styled == plain
    assert styled - drawn == set()


def test_hostile_words_stay_words() -> None:
    kept = "\"><script>alert('1')</script>]]>&amp; \N{PILE OF POO}"
    root = parsed(avatar(HOSTILE, uid="u", title=HOSTILE))
    assert [one.text for one in root.iter("title")] == [kept]
    marker = loimi.weave.Marker(0, 0, HOSTILE, HOSTILE)
    it = loimi.weave.Carpet(("A",), ("B", "C"), (marker,))
    assert [one.text for one in parsed(carpet(it)).iter("title")] == [kept]
    stone = loimi.weave.Milestone(HOSTILE, 1)
    months = (HOSTILE,) * 12
    root = parsed(clock(loimi.weave.Clock((), (stone,), months, centre=(HOSTILE,))))
    assert [one.text for one in root.iter("title")] == [kept]
    assert [one.text for one in root.iter("text")][:12] == [kept] * 12


@pytest.mark.parametrize("text", everything()[::7])
def test_no_picture_says_a_word_of_its_own(text: str) -> None:
    given_words = {
        *("Now", "M", "A very long", "line of words", *loimi.weave.tests.samples.MONTHS),
    }
    said = {line for one in parsed(text).iter() for line in [(one.text or "").strip()] if line}
    assert {line for line in said if not line.isdigit()} - given_words <= reference_words()


def reference_words() -> set[str]:
    """Return every word of the reference pictures, as it was put in."""
    it, year, round_ = reference_carpet(), reference_clock(), reference_profile()
    put_in = [*it.areas, *it.zones, *(m.name for m in it.markers), *year.centre]
    put_in += [m.name for m in year.milestones]
    put_in += [text for theme in round_.themes for text in (theme.name, theme.words)]
    return {*put_in, *(part for text in put_in for part in text.split())}


def test_the_door_offers_what_it_names() -> None:
    offered = {name for name in vars(loimi.weave) if not name.startswith("_")}
    rooms = {"lettering", "threads", "marks", "warp", "signs", "tests"}
    assert offered - rooms == set(loimi.weave.__all__)
    assert loimi.weave.__all__ == sorted(loimi.weave.__all__, key=lambda n: (not n.isupper(), n))
