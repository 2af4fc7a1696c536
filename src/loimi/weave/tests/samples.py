"""Invented people and programmes, and strategies for many more."""

from typing import get_args

from hypothesis import settings
from hypothesis import strategies as st

from loimi.weave import (
    DYES,
    Band,
    Booked,
    Carpet,
    Clock,
    Event,
    Marker,
    Milestone,
    Phase,
    Profile,
    Standing,
    State,
    Theme,
)

quick = settings(max_examples=40, deadline=None, database=None)

HOSTILE = "\"><script>alert('1')</script>]]>&amp;\x00\x0b\ufffe\ud800 \N{PILE OF POO}"
MONTHS = tuple(f"month {n}" for n in range(1, 13))
ZONES = ("Not begun", "Under way", "Far along", "Reached")
AREAS = ("Goals", "Trust and talk", "Ways of work", "Digital tools", "Learning", "Next steps")
LONG = (
    "Monimuotoisuusosaaminen ja yhdenvertaisuuden edistäminen työssä",
    "Vuorovaikutus",
    "Työelämäosaaminen, urasuunnittelu ja verkostoituminen",
    "Digitala verktyg och närvaro i gemensamma möten på distans",
    "Etiikka ja luottamuksellisuus",
    "Yhteisöllisyys",
    "Arviointi ja kehittäminen yhdessä muiden kanssa",
    "Seuraavat askeleet",
)
FULL: tuple[Event, ...] = (
    *("meeting", "agreement", "meeting", "meeting", "meeting", "meeting", "midpoint"),
    *("meeting", "meeting", "meeting", "meeting", "meeting", "closing"),
)

texts = st.text(st.characters(), max_size=60)
people = st.text(st.characters(), min_size=1, max_size=12)
groups = st.lists(people, max_size=15).map(tuple)
marked = st.sampled_from(DYES)
zones = st.lists(texts, min_size=2, max_size=6).map(tuple)


@st.composite
def bands(draw: st.DrawFn) -> Band:
    mentors, actors = draw(st.tuples(groups, groups).filter(any))
    return Band(
        mentors,
        draw(st.sampled_from([actors, mentors])) if mentors else actors,
        tuple(draw(st.lists(st.sampled_from(get_args(Event)), max_size=16))),
        draw(st.integers(0, 14)),
        draw(st.sampled_from(get_args(State))),
        draw(st.sampled_from(get_args(Booked))),
        draw(st.none() | st.floats(-1, 2)),
    )


@st.composite
def carpets(draw: st.DrawFn) -> Carpet:
    names, heads = draw(st.lists(texts, min_size=1, max_size=8).map(tuple)), draw(zones)
    area, zone = st.integers(0, len(names) - 1), st.integers(0, len(heads) - 1)
    round_ = st.lists(st.none() | zone, min_size=len(names), max_size=len(names)).map(tuple)
    return Carpet(
        names,
        heads,
        tuple(draw(st.lists(st.builds(Marker, area, zone, people, texts), max_size=14))),
        draw(st.just(()) | round_),
        draw(st.just(()) | round_),
        draw(st.none() | area),
    )


@st.composite
def phases(draw: st.DrawFn) -> Phase:
    start = draw(st.floats(-300, 500))
    return Phase(draw(texts), start, start + draw(st.floats(0, 500)), draw(marked))


milestones = st.builds(
    Milestone,
    texts,
    st.floats(-400, 800),
    st.sampled_from(get_args(Standing)),
    st.integers(0, 40),
)
clocks = st.builds(
    Clock,
    st.lists(phases(), max_size=8).map(tuple),
    st.lists(milestones, max_size=20).map(tuple),
    st.lists(texts, min_size=12, max_size=12).map(tuple),
    st.none() | st.floats(-400, 800),
    st.lists(texts, max_size=3).map(tuple),
    st.sampled_from([365, 366]),
)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    top = draw(st.sampled_from([0.5, 1, 3, 5, 7.5, 10, 100]))
    value = st.none() | st.floats(0, top)
    themes = st.builds(Theme, texts, value, texts, value)
    return Profile(tuple(draw(st.lists(themes, min_size=3, max_size=12))), top)


def reference_carpet() -> Carpet:
    """A group of four at its interim round."""
    places = ((2, 2, 1, 2), (2, 3, 1, 3), (1, 1, 2, 1), (3, 2, 3, 3), (1, 2, 2, 2), (0, 1, 0, None))
    markers = tuple(
        Marker(area, zone, f"person-{n}", f"Person {n}")
        for area, row in enumerate(places)
        for n, zone in enumerate(row)
        if zone is not None
    )
    return Carpet(AREAS, ZONES, markers, (1, 1, 0, 2, 1, 0), (2, None, 1, 3, None, None), 1)


def reference_clock() -> Clock:
    """A year with four phases and seven milestones."""
    stones = ((33, "done"), (79, "done"), (104, "done"), (152, "next"), (238, "moved"))
    return Clock(
        (
            Phase("Call", 33, 82, "weld"),
            Phase("Pairs", 82, 104, "lichen"),
            Phase("Journey", 104, 281, "woad"),
            Phase("Closing", 281, 311, "madder"),
        ),
        tuple(
            Milestone(f"Milestone {n}", day, state, n)  # type: ignore[arg-type]
            for n, (day, state) in enumerate([*stones, (270, "ahead"), (283, "ahead")], start=1)
        ),
        MONTHS,
        140.5,
        ("21 May", "Journey", "week 6 / 25"),
    )


def reference_profile() -> Profile:
    """Six themes, with the round before."""
    names = ("Goals", "Roles", "Trust", "Tools", "Assessment", "Ethics")
    values = (2.4, 1.8, 2.7, 1.2, 0.9, 2.1)
    before = (1.5, 1.2, 2.1, 1.4, 0.6, 1.8)
    return Profile(
        tuple(
            Theme(name, value, f"{value:.1f}", old)
            for name, value, old in zip(names, values, before, strict=True)
        )
    )
