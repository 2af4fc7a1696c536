"""The annual clock: a year as a woven ring, with milestones on it and today as a hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Literal, get_args

from loimi.weave.lettering import breadth, safe, wrap
from loimi.weave.threads import (
    DYES,
    YARN,
    Dye,
    check_finite,
    check_one_of,
    letters,
    number,
    path,
    picture,
    spread,
)

Standing = Literal["done", "next", "ahead", "moved"]

HEIGHT, MIDDLE = 480, 240
MONTHS_AT = 206  # from the middle to the names of the months
MOST = 300  # from the middle to the side, however long the names
RINGS = (150, 157, 164, 171, 178, 185)
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
COMMON_YEAR, LEAP_YEAR = 365, 366
STONE = 15  # from the middle of a milestone to its corner
TRACKS = (167.5, 131.0)  # milestones lie on the ring; when it is crowded, some lie inside it
CENTRE = 200  # breadth of the words in the middle


@dataclass(frozen=True)
class Phase:
    """A part of the programme, in days from the first of January.

    A phase that began last year starts below 0; one that goes on next year ends after
    the last day.
    """

    name: str
    start: float
    end: float
    dye: Dye

    def __post_init__(self) -> None:
        check_one_of("dye", self.dye, DYES)
        check_finite("start", self.start)
        check_finite("end", self.end)
        if self.end < self.start:
            raise ValueError(f"A phase ends before it starts: {self.start} to {self.end}")


@dataclass(frozen=True)
class Milestone:
    """A day that matters; its number is shown on the ring and in the list beside it."""

    name: str
    day: float
    state: Standing = "ahead"
    number: int = 0

    def __post_init__(self) -> None:
        check_one_of("state", self.state, get_args(Standing))
        check_finite("day", self.day)


@dataclass(frozen=True)
class Clock:
    """A programme's year. `centre` is up to three lines, the second is large."""

    phases: tuple[Phase, ...]
    milestones: tuple[Milestone, ...]
    months: tuple[str, ...]
    today: float | None = None
    centre: tuple[str, ...] = ()
    days: int = COMMON_YEAR

    def __post_init__(self) -> None:
        check_finite("today", self.today)
        if self.days not in {COMMON_YEAR, LEAP_YEAR}:
            raise ValueError(f"A year has {COMMON_YEAR} or {LEAP_YEAR} days, not {self.days}")
        if len(self.months) != len(MONTH_DAYS):
            raise ValueError(f"A year has 12 months, not {len(self.months)}")
        if len(self.centre) > 3:
            raise ValueError("The middle of a clock holds three lines at most")

    @property
    def under_way(self) -> tuple[Phase, ...]:
        """The phases that are going on today."""
        if self.today is None:
            return ()
        return tuple(phase for phase in self.phases if phase.start <= self.today < phase.end)


@dataclass(frozen=True)
class _Dial:
    """The round of a year; `across` is where its middle lies."""

    days: int
    across: float

    def at(self, day: float, radius: float) -> tuple[float, float]:
        angle = day / self.days * 2 * pi - pi / 2
        return self.across + radius * cos(angle), MIDDLE + radius * sin(angle)

    def ray(self, day: float, inner: float, outer: float) -> str:
        (x, y), (u, v) = self.at(day, inner), self.at(day, outer)
        return f"M{number(x)} {number(y)}L{number(u)} {number(v)}"

    def arc(self, start: float, end: float, radius: float) -> str:
        """Draw along the ring; a long way takes two steps, as a whole turn would vanish."""
        if end - start < 0.05:
            return ""
        stops = [end] if end - start < self.days / 2 else [(start + end) / 2, end]
        x, y = self.at(start, radius)
        strokes = f"M{number(x)} {number(y)}"
        for stop in stops:
            x, y = self.at(stop, radius)
            strokes += f"A{radius} {radius} 0 0 1 {number(x)} {number(y)}"
        return strokes


def clock(it: Clock, *, uid: str = "", title: str = "", desc: str = "") -> str:
    """Draw a year: time that has passed is cloth, time ahead is warp."""
    dial = _Dial(it.days, min(MONTHS_AT + max(map(breadth, it.months)) * 18, MOST))
    body = path("".join(dial.arc(0, it.days, radius) for radius in RINGS), "ring")
    for phase, rings in zip(it.phases, _lanes(it), strict=True):
        body += _phase(phase, rings, it.today, dial)
    body += _months(it, dial)
    if it.today is not None and 0 <= it.today <= it.days:
        x, y = dial.at(it.today, 96)
        body += path(dial.ray(it.today, 96, 194), "hand")
        body += f'<circle class="hand-end" cx="{number(x)}" cy="{number(y)}" r="4"/>'
    body += _milestones(it, dial) + _centre(it.centre, dial.across)
    return picture(body, (2 * dial.across, HEIGHT), "clock", (uid, title, desc))


def _lanes(it: Clock) -> list[Sequence[int]]:
    """Share the rings among phases that go on at the same time."""
    places: list[int] = []
    for n, phase in enumerate(it.phases):
        taken = {places[m] for m in range(n) if _overlap(phase, it.phases[m], it.days)}
        places.append(min(set(range(n + 1)) - taken) % len(RINGS))
    lanes: list[Sequence[int]] = []
    for phase, place in zip(it.phases, places, strict=True):
        together = [
            p for q, p in zip(it.phases, places, strict=True) if _overlap(phase, q, it.days)
        ]
        count = max([place, *together]) + 1
        share = [len(RINGS) * edge // count for edge in (count - place - 1, count - place)]
        lanes.append(RINGS[share[0] : share[1]])
    return lanes


def _overlap(one: Phase, two: Phase, days: int) -> bool:
    """Tell whether two phases share more than one day of the dial."""
    return any(
        min(one.end, two.end + turn) - max(one.start, two.start + turn) > 1
        for turn in (-days, 0, days)
    )


def _phase(phase: Phase, rings: Sequence[int], today: float | None, dial: _Dial) -> str:
    """Weave a phase: what has passed is dense cloth, what comes is bare warp."""
    yarn, start = YARN[phase.dye], max(phase.start, phase.end - dial.days)
    split = start if today is None else max(start, min(phase.end, today))
    woven = "".join(
        dial.arc(start + 0.8 * (n % 2), split, radius) for n, radius in enumerate(rings)
    )
    ahead = "".join(dial.arc(split, phase.end, radius) for radius in rings)
    return path(woven, f"{yarn} yarn") + path(ahead, f"{yarn} loose")


def _months(it: Clock, dial: _Dial) -> str:
    ticks, words, start = "", "", 0
    for n, name in enumerate(it.months):
        length = MONTH_DAYS[n] + (1 if n == 1 and it.days == LEAP_YEAR else 0)
        ticks += dial.ray(start, 143, 192)
        x, y = dial.at(start + length / 2, MONTHS_AT)
        side = (x - dial.across) / MONTHS_AT
        anchor = "middle" if abs(side) < 0.4 else ("start" if side > 0 else "end")
        words += letters([name], x, y + 5 + 9 * (y - MIDDLE) / MONTHS_AT, "month", anchor=anchor)
        start += length
    return path(ticks, "tick") + words


def _milestones(it: Clock, dial: _Dial) -> str:
    """Lay the milestones so that none covers another; pin those that moved to their day."""
    stones = _in_order(it)
    size = min(1.0, 50 / max(len(stones), 1))
    pins, drawn = "", []
    places = _placed([day for day, _ in stones], size, it.days)
    for (day, stone), (place, radius) in zip(stones, places, strict=True):
        x, y = dial.at(place, radius)
        if abs(place - day) > 1 or radius != TRACKS[0]:
            u, v = dial.at(day, 146)
            pins += f"M{number(x)} {number(y)}L{number(u)} {number(v)}{dial.ray(day, 146, 190)}"
        drawn.append((stone.state == "next", _stone(stone, x, y, size)))
    body = "".join(text for _, text in sorted(drawn, key=lambda pair: pair[0]))
    return path(pins, "pin-under") + path(pins, "pin") + body


def _in_order(it: Clock) -> list[tuple[float, Milestone]]:
    """Order the milestones by day, from the widest gap on: there nothing needs to make room."""
    stones = [(stone.day % it.days, stone) for stone in it.milestones]
    stones.sort(key=lambda pair: pair[0])
    days = [day for day, _ in stones]
    gaps = [day - (days[n - 1] if n else days[-1] - it.days) for n, day in enumerate(days)]
    first = gaps.index(max(gaps)) if gaps else 0
    return stones[first:] + [(day + it.days, stone) for day, stone in stones[:first]]


def _placed(days: Sequence[float], size: float, year: int) -> list[tuple[float, float]]:
    """Give each day a place and a track: where it can lie nearest to its own day."""
    gaps = [2.1 * STONE * size / radius / 2 / pi * year for radius in TRACKS]
    tracks: list[list[int]] = [[], []]
    free = [days[0], days[0]] if days else []
    for n, day in enumerate(days):
        nearest = [max(day, first) for first in free]
        track = nearest.index(min(nearest))
        tracks[track].append(n)
        free[track] = nearest[track] + gaps[track]
    placed: dict[int, tuple[float, float]] = {}
    for members, gap, radius in zip(tracks, gaps, TRACKS, strict=True):
        places = spread([days[n] for n in members], [gap] * len(members))
        if places and places[-1] - places[0] + gap > year:
            places = [places[0] + n * year / len(places) for n in range(len(places))]
        placed.update((n, (place, radius)) for n, place in zip(members, places, strict=True))
    return [placed[n] for n in range(len(days))]


def _stone(stone: Milestone, x: float, y: float, size: float) -> str:
    move = f"translate({number(x)} {number(y)})"
    if size < 1:
        move += f" scale({size:.2f})"
    figure = letters([str(stone.number)], 0, 4.5, "") if stone.number else ""
    return (
        f'<g class="stone {stone.state}" transform="{move}"><title>{safe(stone.name)}</title>'
        f'<path d="M0-{STONE}l{STONE} {STONE}-{STONE} {STONE}-{STONE}-{STONE}z"/>{figure}</g>'
    )


def _centre(words: Sequence[str], across: float) -> str:
    """Write the words in the middle; a long second line is smaller and takes two."""
    rows: list[tuple[str, int, list[str]]] = []
    for n, text in enumerate(words):
        if n != 1:
            rows.append((f"centre c{n}", 24, wrap(text, CENTRE / 16)))
            continue
        lines = wrap(text, CENTRE / 29)
        long = len(lines) > 1
        rows.append(
            ("centre c1 long", 27, wrap(text, CENTRE / 22)) if long else ("centre c1", 38, lines)
        )
    level = MIDDLE - sum(lead * len(lines) for _, lead, lines in rows) / 2
    body = ""
    for classes, lead, lines in rows:
        body += letters(lines, across, level + lead * 0.72, classes, lead=lead)
        level += lead * len(lines)
    return body
