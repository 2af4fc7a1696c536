"""The quality carpet: the denser the cloth, the further a group has come."""

from dataclasses import dataclass
from math import ceil
from typing import Literal, get_args

from loimi.weave.lettering import breadth, wrap
from loimi.weave.marks import fitted, knot
from loimi.weave.threads import (
    AREA_YARN,
    check_one_of,
    letters,
    number,
    path,
    picture,
)

Layout = Literal["wide", "narrow"]

FEWEST, MOST = 2, 6  # zones
THINNEST, DENSEST = 2, 13  # weft threads in the first and the last zone
SIZES = {"wide": (30, 26, 22, 18, 15, 12, 9), "narrow": (22, 18, 15, 12, 10, 8)}  # of a knot
WARP = 8  # between two warp threads of the mat


@dataclass(frozen=True)
class Marker:
    """Where a person stands on the carpet: area and zone count from 0."""

    area: int
    zone: int
    person: str
    name: str


@dataclass(frozen=True)
class Row:
    """One area in words: names by zone, and the zones agreed before and now ("" for none)."""

    area: str
    names: tuple[tuple[str, ...], ...]
    before: str
    agreed: str


@dataclass(frozen=True)
class Carpet:
    """A round on the carpet. `before` and `agreed` hold a zone or None for every area."""

    areas: tuple[str, ...]
    zones: tuple[str, ...]
    markers: tuple[Marker, ...] = ()
    before: tuple[int | None, ...] = ()
    agreed: tuple[int | None, ...] = ()
    focus: int | None = None

    def __post_init__(self) -> None:
        if not self.areas:
            raise ValueError("A carpet needs at least one area")
        if not FEWEST <= len(self.zones) <= MOST:
            raise ValueError(f"A carpet has {FEWEST} to {MOST} zones, not {len(self.zones)}")
        for round_ in (self.before, self.agreed):
            if len(round_) not in {0, len(self.areas)}:
                raise ValueError("Give a zone or None for every area, or nothing at all")
        zones = [*(m.zone for m in self.markers), *self.before, *self.agreed]
        areas = [*(m.area for m in self.markers), self.focus]
        for what, places, count in (("zone", zones, self.zones), ("area", areas, self.areas)):
            for place in places:
                if place is not None and place not in range(len(count)):
                    raise ValueError(f"There is no {what} {place}: they are 0 to {len(count) - 1}")

    @property
    def rows(self) -> tuple[Row, ...]:
        """The same in words, area by area, for the table beside the picture."""
        return tuple(
            Row(
                name,
                tuple(tuple(m.name for m in self.at(area, z)) for z in range(len(self.zones))),
                self._zone_name(self.before, area),
                self._zone_name(self.agreed, area),
            )
            for area, name in enumerate(self.areas)
        )

    def at(self, area: int, zone: int) -> tuple[Marker, ...]:
        """Return the markers that stand in one zone of one area."""
        return tuple(m for m in self.markers if (m.area, m.zone) == (area, zone))

    def _zone_name(self, round_: tuple[int | None, ...], area: int) -> str:
        zone = round_[area] if round_ else None
        return "" if zone is None else self.zones[zone]


@dataclass(frozen=True)
class _Mat:
    """The measures of one drawing; `labels` are the area names, broken into lines."""

    layout: Layout
    left: int
    column: int
    row: float
    heads: tuple[tuple[str, ...], ...]
    staggered: bool
    labels: tuple[tuple[str, ...], ...]

    @property
    def wide(self) -> bool:
        return self.layout == "wide"

    @property
    def mat(self) -> int:
        return self.column * len(self.heads)

    @property
    def top(self) -> int:
        return (44 if self.wide else 26) + self.lead * (self.high + self.low - 1)

    @property
    def lead(self) -> int:
        """From line to line of the zone names; a small screen shows them larger."""
        return 18 if self.wide else 20

    @property
    def low(self) -> int:
        """The lines of the zone names next to the mat."""
        return max(map(len, self.heads[:: 2 if self.staggered else 1]))

    @property
    def high(self) -> int:
        """The lines of every other zone name, when they stand above."""
        return max(map(len, self.heads[1::2])) if self.staggered else 0

    def gap(self, area: int) -> int:
        """The room above an area: on a narrow mat its name stands there."""
        return 0 if self.wide else 11 + 21 * len(self.labels[area])

    def y(self, area: int) -> float:
        return self.top + area * self.row + sum(self.gap(n) for n in range(area + 1))

    def x(self, zone: int) -> int:
        return self.left + zone * self.column

    @property
    def end(self) -> float:
        return self.y(len(self.labels) - 1) + self.row


def carpet(
    it: Carpet, *, uid: str = "", title: str = "", desc: str = "", layout: Layout = "wide"
) -> str:
    """Draw the mat: zones grow denser to the right, knots stand where people put them.

    Send both layouts to the page; its style shows the one that fits.
    """
    check_one_of("layout", layout, get_args(Layout))
    mat = _measured(it, layout)
    body = _warp(mat) + _heads(mat) + "".join(_row(it, mat, area) for area in range(len(it.areas)))
    for area in range(len(it.areas)):
        body += _agreement(it, mat, area)
        for zone in range(len(it.zones)):
            body += _knots(it, mat, area, zone)
    size = (mat.left + mat.mat + 4, mat.end + 26)
    return picture(body, size, f"carpet carpet-{layout}", (uid, title, desc))


def _measured(it: Carpet, layout: Layout) -> _Mat:
    """Measure the mat so that every name has room."""
    wide = layout == "wide"
    column = (704 if wide else 352) // len(it.zones) // WARP * WARP
    em = 15 if wide else 18.5
    room = (column - 6) / em
    # Names too broad for their zone stand on two levels, each with room for two zones.
    staggered = any(breadth(word) > room for zone in it.zones for word in zone.split(" "))
    room = (2 * column - 10) / em if staggered else room
    heads = tuple(tuple(wrap(zone, room)) for zone in it.zones)
    if not wide:
        labels = tuple(tuple(wrap(area, 340 / 18.5)) for area in it.areas)
        return _Mat(layout, 4, column, 66, heads, staggered, labels)
    longest = max(breadth(word) for area in it.areas for word in area.split(" "))
    left = min(max(176, ceil(longest * 17.5) + 28), 236)
    labels = tuple(tuple(wrap(area, (left - 26) / 17)) for area in it.areas)
    row = max(84, 20 * max(map(len, labels)) + 10)
    return _Mat(layout, left, column, row, heads, staggered, labels)


def _warp(mat: _Mat) -> str:
    """Stretch the warp from fringe to fringe."""
    top = mat.y(0)
    frame = f'x="{mat.left}" y="{number(top)}" width="{mat.mat}" height="{number(mat.end - top)}"'
    down = f"V{number(mat.end + 12)}"
    ends = (mat.left + 4 + n * WARP for n in range(mat.mat // WARP))
    strokes = "".join(f"M{x} {number(top - 12)}{down}" for x in ends)
    return f'<rect class="mat" {frame}/>' + path(strokes, "warp")


def _heads(mat: _Mat) -> str:
    """Write the zones above the mat; names broader than their zone keep to its edges."""
    body, last = "", len(mat.heads) - 1
    for zone, lines in enumerate(mat.heads):
        above = mat.staggered and zone % 2
        up = len(lines) - 1 + (mat.low if above else 0)
        level = mat.top - 26 + (0 if mat.wide else 14) - mat.lead * up
        x, anchor = mat.x(zone) + mat.column / 2, "middle"
        if mat.staggered and zone in {0, last}:
            x, anchor = (mat.left, "start") if zone == 0 else (mat.left + mat.mat, "end")
        body += letters(lines, x, level, "zone", anchor=anchor, lead=mat.lead)
    return body


def _row(it: Carpet, mat: _Mat, area: int) -> str:
    yarn, y = AREA_YARN[area % len(AREA_YARN)], mat.y(area)
    body = "".join(_zone(mat, area, zone, yarn) for zone in range(len(it.zones)))
    body += path(f"M{mat.left} {number(y)}h{mat.mat}", "seam")
    lines, classes = mat.labels[area], "area focus" if area == it.focus else "area"
    if not mat.wide:
        return body + letters(
            lines, mat.left, y - 8 - 21 * (len(lines) - 1), classes, anchor="start", lead=21
        )
    if area == it.focus:
        body += path(f"M{mat.left - 10} {number(y + 6)}v{number(mat.row - 12)}", "here")
    level = y + mat.row / 2 + 5 - 10 * (len(lines) - 1)
    return body + letters(lines, mat.left - 22, level, classes, anchor="end", lead=20)


def _zone(mat: _Mat, area: int, zone: int, yarn: str) -> str:
    """Weave one zone: weft over and under the warp, denser by each zone."""
    last = len(mat.heads) - 1
    count = THINNEST + (DENSEST - THINNEST) * zone // last
    x, y, step = mat.x(zone), mat.y(area), mat.row / (count + 1)
    strokes = "".join(
        f"M{x + WARP * ((n + 1) % 2)} {number(y + (n + 1) * step)}H{x + mat.column}"
        for n in range(count)
    )
    body = path(strokes, f"{yarn} weft z{1 + round(3 * zone / last)}")
    if zone == last:
        middle = number(y + mat.row / 2 - 9)
        points = range(x + 16, x + mat.column - 8, 24)
        body += path("".join(f"M{p} {middle}l9 9-9 9-9-9z" for p in points), "figure")
    return body


def _agreement(it: Carpet, mat: _Mat, area: int) -> str:
    """Stitch round the agreed zone; lay the thread of movement from the round before."""
    old = it.before[area] if it.before else None
    new = it.agreed[area] if it.agreed else None
    body, low = "", _thread_level(mat, area)
    if new is not None:
        frame = (
            f'x="{mat.x(new) + 5}" y="{number(mat.y(area) + 5)}" '
            f'width="{mat.column - 10}" height="{number(mat.row - 10)}" rx="3"'
        )
        body += f'<rect class="agreed-under" {frame}/><rect class="agreed" {frame}/>'
    if old is None:
        return body
    start = mat.x(old) + mat.column / 2
    if new is not None and new != old:
        body += _movement(start, mat.x(new) + mat.column / 2, low)
    return body + f'<circle class="was" cx="{number(start)}" cy="{number(low)}" r="4"/>'


def _thread_level(mat: _Mat, area: int) -> float:
    return mat.y(area) + mat.row - (20 if mat.wide else 15)


def _movement(start: float, end: float, y: float) -> str:
    way = 1 if end > start else -1
    bend = 30 * way
    line = (
        f"M{number(start)} {number(y)}C{number(start + bend)} {number(y + 7)} "
        f"{number(end - bend)} {number(y + 7)} {number(end)} {number(y)}"
    )
    needle = f"M{number(end + 5 * way)} {number(y - 4)}l{-14 * way}-1 6 10z"
    return path(line, "move-under") + path(line, "move") + path(needle, "needle")


def _knots(it: Carpet, mat: _Mat, area: int, zone: int) -> str:
    """Set the knots of one zone in even rows, as large as there is room for."""
    here = it.at(area, zone)
    if not here:
        return ""
    free = mat.row - 16
    if it.before and it.before[area] is not None:
        free = _thread_level(mat, area) - mat.y(area) - 12
    size, pitch, rows = fitted(len(here), mat.column - 12, free, SIZES[mat.layout])
    middle = mat.y(area) + 8 + free / 2
    each, body = ceil(len(here) / rows), ""
    for n, marker in enumerate(here):
        row, place = divmod(n, each)
        across = min(each, len(here) - row * each)
        x = mat.x(zone) + mat.column / 2 + (place - (across - 1) / 2) * pitch
        body += knot(marker.person, x, middle + (row - (rows - 1) / 2) * pitch, size, marker.name)
    return body
