"""The warp: a band's threads where no weft has come yet."""

from collections.abc import Sequence

from loimi.weave.marks import mark
from loimi.weave.threads import LINEN, PICK, YARN, number, path, paths

Yarns = tuple[str, ...]  # the yarns of one lane: one, or a group's spun together
Thread = tuple[str, str, str]  # classes, attributes, stroke

UNIT = 8 * PICK  # woven by one meeting: a figure of seven picks and one plain
GAP = 2.6  # between the dashes of a rope, under its round ends
OPEN = 3  # between the dashes of what is only proposed


def edge_yarns(group: Sequence[str], edge: int) -> list[Yarns]:
    """Dress one edge, from the outside in: a person's two dyes in stripes, or a group's dyes."""
    marks = [mark(person) for person in dict.fromkeys(group)]
    if not marks:
        return [(LINEN,)] * edge
    if len(marks) == 1:
        own = marks[0]
        return [(YARN[own.second if lane == 1 else own.dye],) for lane in range(edge)]
    yarns = tuple(dict.fromkeys(YARN[own.dye] for own in marks))
    turns = [lane % len(yarns) for lane in range(edge)]
    return [yarns[turn:] + yarns[:turn] for turn in turns]


def spun(yarns: Yarns, stroke: str, kind: str, gap: float = 0) -> list[Thread]:
    """Let yarns spun together come out by turns along one thread.

    A round of turns is never longer than one meeting, so that everybody shows from
    the first.
    """
    step = min(2 * PICK, UNIT / len(yarns))
    pattern = f"{number(step - gap)} {number(step * (len(yarns) - 1) + gap)}"
    return [
        (
            f"{yarn} {kind}",
            f' stroke-dasharray="{pattern}" stroke-dashoffset="{number(-turn * step)}"',
            stroke,
        )
        for turn, yarn in enumerate(yarns)
    ]


def rope(yarns: Yarns, stroke: str, odd: str) -> list[Thread]:
    """Weave one edge thread."""
    if len(yarns) == 1:
        return [(f"{yarns[0]} rope{odd}", "", stroke)]
    return spun(yarns, stroke, "ply", GAP)


def _bare(strokes: Sequence[str], lanes: Sequence[Yarns]) -> str:
    threads: list[Thread] = []
    for stroke, yarns in zip(strokes, lanes, strict=True):
        if len(yarns) == 1:
            threads.append((f"{yarns[0]} bare", "", stroke))
        else:
            threads += spun(yarns, stroke, "bare")
    return paths(threads)


def taut(x: float, end: float, levels: Sequence[float], lanes: Sequence[Yarns]) -> str:
    """Stretch the threads from x to the end."""
    return _bare([f"M{number(x)} {number(y)}H{number(end)}" for y in levels], lanes)


def dashed(x: float, end: float, levels: Sequence[float], lanes: Sequence[Yarns]) -> str:
    """Lay out the threads from x to the end in dashes: they are only thought of."""
    threads: list[Thread] = []
    for y, yarns in zip(levels, lanes, strict=True):
        threads += spun(yarns, f"M{number(x)} {number(y)}H{number(end)}", "bare", OPEN)
    return paths(threads)


def rod(places: Sequence[float], levels: Sequence[float], kind: str = "rod") -> str:
    """Lay rods, or ties, across all threads."""
    low, high = number(levels[0] - 2), number(levels[-1] + 2)
    return path("".join(f"M{number(x)} {low}V{high}" for x in places), kind)


def fringe(x: float, levels: Sequence[float], lanes: Sequence[Yarns]) -> str:
    """Knot the threads three and three."""
    strokes = []
    for lane, y in enumerate(levels):
        bundle = levels[lane // 3 * 3 : lane // 3 * 3 + 3]
        drop = (bundle[0] + bundle[-1]) / 2 - y
        strokes.append(f"M{number(x)} {number(y)}l4 {number(drop)}l6 {number(-drop * 0.7)}")
    return _bare(strokes, lanes)


def slack(
    x: float, end: float, levels: Sequence[float], lanes: Sequence[Yarns], chance: bytes
) -> str:
    """Let every loose thread hang its own way, as the people's ids decide."""
    strokes = []
    ceiling, floor = levels[0], levels[-1]
    for lane, y in enumerate(levels):
        reach = (end - x) * (0.3 + chance[lane] / 255 * 0.62)
        sag = y + (floor - y) * (0.35 + chance[lane + 3] / 400)
        lift = (chance[lane + 5] / 255 - 0.5) * (floor - ceiling) * 0.9
        bend, tip = (min(max(sag + way * lift, ceiling), floor) for way in (-1, 1))
        down = number(sag - y)
        strokes.append(
            f"M{number(x)} {number(y)}"
            f"c{number(reach * 0.2)} 0 {number(reach * 0.22)} {down} {number(reach * 0.5)} {down}"
            f"s{number(reach * 0.25)} {number(bend - sag)}"
            f" {number(reach * 0.5)} {number(tip - sag)}"
        )
    return _bare(strokes, lanes)


def shuttle(x: float, y: float, yarn: str, *, loaded: bool) -> str:
    """Lay a shuttle on the warp: loaded and tied to the cloth when the meeting is booked."""
    boat = f"M{number(x + 6)} {number(y)}q4-3.6 9-3.6h10q5 0 9 3.6-4 3.6-9 3.6h-10q-5 0-9-3.6z"
    if not loaded:
        return path(boat, "shuttle empty")
    tail = path(f"M{number(x - 4)} {number(y + 6)}q5 1 7-3t6-3", f"{yarn} thin")
    return (
        tail + path(boat, "shuttle") + path(f"M{number(x + 14.5)} {number(y)}h11", f"{yarn} spool")
    )
