"""The profile: quality criteria as a round weave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin

from loimi.weave.lettering import breadth, wrap
from loimi.weave.threads import (
    AREA_YARN,
    check_finite,
    letters,
    number,
    path,
    picture,
    spread,
)

FEWEST, MOST = 3, 12  # themes
WIDTH, MIDDLE = 480, 240
REACHES = (100, 120)  # from the middle to the top of the scale: least and most
AWAY = 14  # from the top of the scale to the names
ROWS = 12  # weft rows from the middle to the top of the scale
HALF = 0.42  # how far a theme's weft goes to each side, of the way to the next theme
LEAD = 20  # from line to line
EM = 21  # names are broken as if they were this large, which small screens show them
EDGE = 6  # from the names to the edge of the picture
LEVELS = 10  # rings at most


@dataclass(frozen=True)
class Theme:
    """A theme and its value; `words` is the value as people read it. None: no answer yet."""

    name: str
    value: float | None
    words: str = ""
    before: float | None = None


@dataclass(frozen=True)
class Profile:
    """The themes of one round, on a scale from 0 to `top`."""

    themes: tuple[Theme, ...]
    top: float = 3

    def __post_init__(self) -> None:
        check_finite("top", self.top)
        if not FEWEST <= len(self.themes) <= MOST:
            raise ValueError(f"A profile has {FEWEST} to {MOST} themes, not {len(self.themes)}")
        if self.top <= 0:
            raise ValueError(f"The top of a scale is above 0, not {self.top}")
        for theme in self.themes:
            for value in (theme.value, theme.before):
                if value is not None and not 0 <= value <= self.top:
                    raise ValueError(f"A value is from 0 to {self.top}, not {value}")

    @property
    def ranked(self) -> tuple[Theme, ...]:
        """The answered themes, the strongest first."""
        answered = [theme for theme in self.themes if theme.value is not None]
        return tuple(sorted(answered, key=lambda theme: theme.value or 0, reverse=True))


@dataclass
class _Label:
    """A name with its place: `level` is the middle of the block of lines."""

    x: float
    level: float
    anchor: str
    lines: list[str]
    words: str

    @property
    def tall(self) -> int:
        return LEAD * (len(self.lines) + (1 if self.words else 0))


def profile(it: Profile, *, uid: str = "", title: str = "", desc: str = "") -> str:
    """Draw a web: each theme is woven outwards to its value, a dashed line is the round before."""
    flat = _Web(len(it.themes), _reach(it), 0)
    labels = _labels(it, flat)
    high = min([-flat.reach, *(label.level - label.tall / 2 for label in labels)])
    low = max([flat.reach, *(label.level + label.tall / 2 for label in labels)])
    web = replace(flat, middle=EDGE - high)
    body = web.ground(it.top)
    for n, theme in enumerate(it.themes):
        body += _woven(theme, n, it.top, web)
    body += "".join(_named(label, web) for label in labels)
    return picture(body, (WIDTH, low - high + 2 * EDGE), "profile", (uid, title, desc))


@dataclass(frozen=True)
class _Web:
    count: int
    reach: float
    middle: float

    @property
    def names(self) -> float:
        """How far from the middle the names are."""
        return self.reach + AWAY

    def at(self, theme: float, radius: float) -> tuple[float, float]:
        angle = theme / self.count * 2 * pi - pi / 2
        return MIDDLE + radius * cos(angle), self.middle + radius * sin(angle)

    def ground(self, top: float) -> str:
        """Stretch the warp and draw the rings of the scale."""
        warp = "".join(
            f"M{MIDDLE} {number(self.middle)}L{number(x)} {number(y)}"
            for x, y in (self.at(n / 2, self.reach) for n in range(2 * self.count))
        )
        body = path(warp, "ring")
        step = 1 if 1 <= top <= LEVELS else top * 2 / LEVELS
        for level in range(1, int(top / step + 0.01) + 1):
            radius = number(level * step / top * self.reach)
            body += f'<circle class="ring" cx="{MIDDLE}" cy="{number(self.middle)}" r="{radius}"/>'
        return body

    def weft(self, theme: int, radius: float) -> str:
        (x, y), (u, v) = (self.at(theme + side, radius) for side in (-HALF, HALF))
        way = f"A{number(radius)} {number(radius)} 0 0 1 {number(u)} {number(v)}"
        return f"M{number(x)} {number(y)}{way}"


def _woven(theme: Theme, n: int, top: float, web: _Web) -> str:
    rows = round((theme.value or 0) / top * ROWS)
    weft = "".join(web.weft(n, row / ROWS * web.reach) for row in range(1, rows + 1))
    body = path(weft, f"{AREA_YARN[n % len(AREA_YARN)]} yarn")
    if theme.before is not None:
        earlier = web.weft(n, max(theme.before / top * web.reach, 2))
        body += path(earlier, "earlier-under") + path(earlier, "earlier")
    return body


def _reach(it: Profile) -> float:
    """Give the web the room that the names leave."""
    longest = max(breadth(theme.name) for theme in it.themes) * EM
    return min(max(MIDDLE - AWAY - EDGE - longest, REACHES[0]), REACHES[1])


def _labels(it: Profile, flat: _Web) -> list[_Label]:
    """Place the names round the web; names on one side make room for each other."""
    labels = []
    for n, theme in enumerate(it.themes):
        x, y = flat.at(n, flat.names)
        anchor = "middle" if abs(x - MIDDLE) < 9 else ("start" if x > MIDDLE else "end")
        room = WIDTH - 120 if anchor == "middle" else MIDDLE - flat.names - EDGE
        labels.append(_Label(x, y, anchor, wrap(theme.name, room / EM), theme.words))
    for side in ("start", "end"):
        _make_room([label for label in labels if label.anchor == side], flat.names)
    beside = [label for label in labels if label.anchor != "middle"]
    for label in labels:
        if label.anchor == "middle" and label.level < 0:
            low = min([4 - flat.names, *(one.level - one.tall / 2 - 6 for one in beside)])
            label.level = low - label.tall / 2
        elif label.anchor == "middle":
            high = max([flat.names - 4, *(one.level + one.tall / 2 + 6 for one in beside)])
            label.level = high + label.tall / 2
    return labels


def _make_room(labels: Sequence[_Label], names: float) -> None:
    """Move the names of one side apart, and outwards where the web would be in their way."""
    rows = sorted(labels, key=lambda label: label.level)
    gaps = [(rows[max(n - 1, 0)].tall + row.tall) / 2 + 6 for n, row in enumerate(rows)]
    for row, level in zip(rows, spread([row.level for row in rows], gaps), strict=True):
        row.level = level
        nearest = max(abs(level) - row.tall / 2, 0)
        away = max(names**2 - nearest**2, 0) ** 0.5
        row.x = MIDDLE + (away if row.anchor == "start" else -away)


def _named(label: _Label, web: _Web) -> str:
    """Write a name and, below it, its value."""
    first = web.middle + label.level - label.tall / 2 + LEAD * 0.75
    body = letters(label.lines, label.x, first, "theme", anchor=label.anchor, lead=LEAD)
    if label.words:
        level = first + LEAD * len(label.lines)
        body += letters([label.words], label.x, level, "theme value", anchor=label.anchor)
    return body
