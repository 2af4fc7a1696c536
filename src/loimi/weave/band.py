"""The band: a mentorship as cloth, from bare warp to the last figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Literal, get_args

from loimi.weave import warp
from loimi.weave.lettering import breadth
from loimi.weave.marks import mark, unfold
from loimi.weave.threads import (
    LANE,
    LINEN,
    PICK,
    YARN,
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
from loimi.weave.warp import UNIT

Event = Literal["meeting", "agreement", "midpoint", "closing"]
State = Literal["proposed", "active", "stuck", "paused", "completed", "ended"]
Booked = Literal["", "proposed", "booked"]
Density = Literal["row", "wide"]

FIGURE = 9 * PICK  # woven by one milestone
MARGIN = 10  # room for the end rod or the fringe
MILESTONES = {
    "agreement": unfold(["...###...", "..##.##..", ".##...##.", "##..#..##"]),  # ring: a promise
    "midpoint": unfold(["#.......#", "###...###", "####.####", "#########"]),  # two that meet
    "closing": unfold(["..#####..", ".##...##.", "##..#..##", "##.###.##"]),  # sun: a harvest
}
# Warp that must stay in sight, however much is woven: a shuttle, loose ends, a tie.
ROOM_FOR_SHUTTLE, ROOM_FOR_SLACK, ROOM_FOR_TIE = 36, 60, 20
FINISHED = ("completed", "ended")


@dataclass(frozen=True)
class Band:
    """A mentorship as its band needs it; `events` holds what was woven, in order.

    A peer stands on both sides. `booked` tells of the next meeting: a time is proposed,
    or it is booked. `today` is how far the programme has come, from 0 to 1.
    """

    mentors: tuple[str, ...]
    actors: tuple[str, ...]
    events: tuple[Event, ...] = ()
    planned: int = 10
    state: State = "active"
    booked: Booked = ""
    today: float | None = None

    def __post_init__(self) -> None:
        for event in self.events:
            check_one_of("event", event, get_args(Event))
        check_one_of("state", self.state, get_args(State))
        check_one_of("booked", self.booked, get_args(Booked))
        check_finite("today", self.today)
        if self.planned < 0:
            raise ValueError(f"A band plans 0 meetings or more, not {self.planned}")
        if not self.people or "" in self.mentors + self.actors:
            raise ValueError("A band needs at least one person, and each needs an id")

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone once, in the order in which they take turns."""
        turns = chain.from_iterable(zip_longest(self.mentors, self.actors))
        return tuple(dict.fromkeys(person for person in turns if person is not None))

    @property
    def held(self) -> int:
        """How many meetings have been held."""
        return self.events.count("meeting")

    def weaver(self, meeting: int) -> str:
        """Return whose figure a meeting weaves; the first meeting is number 0."""
        return self.people[meeting % len(self.people)]

    @property
    def woven(self) -> int:
        """How long the cloth is."""
        return self.held * UNIT + (len(self.events) - self.held) * FIGURE

    @property
    def plan(self) -> int:
        """How long the band is when all goes as planned; `today` is measured on this."""
        return self.planned * UNIT + len(MILESTONES) * FIGURE

    @property
    def length(self) -> int:
        """How long the band is, woven and bare together."""
        ahead = max(self.planned - self.held, 0) * UNIT
        ahead += len(set(MILESTONES) - set(self.events)) * FIGURE
        shuttle = ROOM_FOR_SHUTTLE if self.booked else 0
        slack = ROOM_FOR_SLACK if self.state == "stuck" else 0
        tie = ROOM_FOR_TIE if self.state == "paused" else 0
        return self.woven + max(ahead, shuttle + tie, slack)


@dataclass(frozen=True)
class _Loom:
    """The measures of a band: `edge` threads on each side of seven for the figures."""

    edge: int
    top: float

    @property
    def lanes(self) -> int:
        return 7 + 2 * self.edge

    @property
    def levels(self) -> list[float]:
        return [self.top + (lane + 0.5) * LANE for lane in range(self.lanes)]

    @property
    def figures(self) -> float:
        return self.top + self.edge * LANE

    @property
    def height(self) -> float:
        return self.lanes * LANE + 2 * self.top

    def lanes_of(self, it: Band) -> list[warp.Yarns]:
        """Dress the loom: mentors above, linen between, actors below."""
        upper = warp.edge_yarns(it.mentors, self.edge)
        lower = warp.edge_yarns(it.actors, self.edge)
        return upper + [(LINEN,)] * 7 + lower[::-1]


LOOMS: dict[str, _Loom] = {"row": _Loom(1, 1.5), "wide": _Loom(3, 4.5)}


def band(
    it: Band,
    *,
    uid: str = "",
    title: str = "",
    desc: str = "",
    density: Density = "row",
    span: float = 0,
) -> str:
    """Draw a band: `row` has 9 warp threads, `wide` 13 with striped edges.

    Bands of one list keep one scale when each gets their greatest `length` as its `span`.
    """
    check_one_of("density", density, get_args(Density))
    check_finite("span", span)
    loom = LOOMS[density]
    body = _cloth(it, loom) + _figures(it, loom) + _rest(it, loom)
    if it.today is not None:
        at = number(min(max(it.today, 0), 1) * it.plan)
        body += path(f"M{at}-6v{number(loom.height + 12)}", "now")
    size = (max(it.length, span) + MARGIN, loom.height)
    return picture(body, size, f"band band-{density}", (uid, title, desc))


def scale(words: Sequence[tuple[float, str]], *, length: float) -> str:
    """Write words above a list of bands, each at its part (0 to 1) of the plan's length.

    The same words stand in the page's text, so listeners are spared these.
    """
    check_finite("length", length)
    rows = sorted(words)
    halves = [breadth(text) * 6 + 3 for _, text in rows]
    wanted = [max(min(rows[n][0] * length, length - half), half) for n, half in enumerate(halves)]
    gaps = [halves[max(n - 1, 0)] + half for n, half in enumerate(halves)]
    places = spread(sorted(wanted), gaps)
    body = "".join(
        letters([text], x, 11, "when") for x, (_, text) in zip(places, rows, strict=True)
    )
    return picture(body, (length + MARGIN, 15), "scale")


def _cloth(it: Band, loom: _Loom) -> str:
    """Lay the plain weave under the figures: linen in the middle, dyes on the edges."""
    if not it.woven:
        return ""
    x, middle = it.woven, number(loom.height / 2)
    body = path(f"M0 {middle}H{x}", "cloth", f' stroke-width="{loom.lanes * LANE}"')
    threads: list[tuple[str, str, str]] = []
    for lane, (y, yarns) in enumerate(zip(loom.levels, loom.lanes_of(it), strict=True)):
        odd = " odd" if lane % 2 else ""
        if loom.edge <= lane < loom.edge + 7:
            threads.append((f"{LINEN} grain{odd}", "", f"M0 {number(y)}H{x}"))
        else:
            threads += warp.rope(yarns, f"M1 {number(y)}H{x - 1}", odd)
    body += paths(threads)
    if loom.edge > 1:
        high, low = number(loom.top), number(loom.height - loom.top)
        body += path(f"M2 {high}H{x}M2 {low}H{x}", f"{LINEN} turn")
    return body


def _figures(it: Band, loom: _Loom) -> str:
    """Weave one figure for each event: people in turn, milestones on a dark field."""
    threads: list[tuple[str, str, str]] = []
    fields, x, meeting = "", 0, 0
    for event in it.events:
        if event == "meeting":
            own = mark(it.weaver(meeting))
            threads.append((f"{YARN[own.dye]} float", "", floats(own.motif, x + 1, loom.figures)))
            meeting, x = meeting + 1, x + UNIT
        else:
            threads.append(("n float", "", floats(MILESTONES[event], x, loom.figures)))
            fields += f"M{x} {number(loom.figures)}h{FIGURE}v{7 * LANE}h-{FIGURE}z"
            x += FIGURE
    return path(fields, "field") + paths(threads)


def _rest(it: Band, loom: _Loom) -> str:
    """Draw what is not woven: taut, slack, tied or finished threads, and the shuttle."""
    x, end, levels, lanes = it.woven, it.length, loom.levels, loom.lanes_of(it)
    body = "" if x else warp.rod([2], levels)
    if it.state in FINISHED:
        # Nobody met: a strip of bare warp still shows whose threads they were.
        bare = "" if x else warp.taut(0, UNIT, levels, lanes)
        return body + bare + warp.fringe(x or UNIT, levels, lanes)
    if it.state == "stuck":
        body += warp.slack(x, end, levels, lanes, digest("".join(it.people), 32))
    elif it.state == "proposed":
        body = warp.dashed(x, end + 6, levels, lanes)  # no rod holds what is only thought of
    else:
        body += warp.taut(x, end + 6, levels, lanes) + warp.rod([end + 7], levels)
    if it.state == "paused":
        at = x + max((end - x) * 0.4, ROOM_FOR_SHUTTLE + 6 if it.booked else 6)
        body += warp.rod([at, at + 4], levels, "tie")
    if it.booked:
        yarn = YARN[mark(it.weaver(it.held)).dye]
        body += warp.shuttle(x + 4, loom.height / 2, yarn, loaded=it.booked == "booked")
    return body
