"""Threads: the dyes, and the few strokes that every picture is made of.

Colours are classes (see `weave.css`), so a picture follows the theme of its page.
No style attributes and no scripts: safe under a strict content policy.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2s
from itertools import accumulate
from math import isfinite
from typing import Literal

from loimi.weave.lettering import safe

Dye = Literal["madder", "woad", "weld", "birch", "lichen", "iron"]
DYES: tuple[Dye, ...] = ("madder", "woad", "weld", "birch", "lichen", "iron")
# One letter a class keeps a desk of fifty bands small. Weld gives yellow, iron is an ore.
YARN: Mapping[Dye, str] = dict(zip(DYES, "mwyblo", strict=True))
LINEN = "g"
AREA_YARN = "wlbymo"  # neighbours that differ even to eyes that mix red and green

PICK = 3  # length of one crossing along the band
LANE = 3  # breadth of one warp thread

IDENTIFIER = re.compile(r"[\w.:-]+", re.ASCII)


def number(value: float) -> str:
    """Write a length with one decimal at most."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def digest(words: str, size: int = 8) -> bytes:
    """Turn words into numbers that are always the same for the same words."""
    return blake2s(words.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def floats(rows: Sequence[str], x: float, y: float) -> str:
    """Turn runs of '#' into thread floats: one relative move and one line each."""
    parts, at_x, at_y = "", 0.0, 0.0
    for index, row in enumerate(rows):
        for run in re.finditer("#+", row):
            left, level = x + run.start() * PICK + 1, y + (index + 0.5) * LANE
            move = f"m{number(left - at_x)} {number(level - at_y)}"
            length = len(run[0]) * PICK - 2
            parts += f"{move if parts else move.upper()}h{number(length)}"
            at_x, at_y = left + length, level
    return parts.replace(" -", "-")


def path(strokes: str, classes: str, extra: str = "") -> str:
    """Draw strokes, or nothing when there are none."""
    return f'<path class="{classes}"{extra} d="{strokes}"/>' if strokes else ""


def paths(strokes: Iterable[tuple[str, str, str]]) -> str:
    """Draw (classes, attributes, stroke) threads; threads that look alike share one path."""
    alike: dict[tuple[str, str], str] = {}
    for classes, extra, stroke in strokes:
        alike[classes, extra] = alike.get((classes, extra), "") + stroke
    return "".join(path(stroke, *look) for look, stroke in alike.items())


def letters(
    lines: Sequence[str],
    x: float,
    y: float,
    classes: str,
    *,
    anchor: str = "middle",
    lead: float = 0,
) -> str:
    """Write lines of text, the first on the level of y, the others `lead` apart."""
    head = f'<text class="{classes}" x="{number(x)}" y="{number(y)}" text-anchor="{anchor}">'
    if len(lines) == 1:
        return f"{head}{safe(lines[0])}</text>"
    spans = "".join(
        f'<tspan x="{number(x)}" y="{number(y + n * lead)}">{safe(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return f"{head}{spans}</text>" if spans else ""


def picture(
    body: str, size: tuple[float, float], kind: str, words: tuple[str, str, str] = ("", "", "")
) -> str:
    """Frame a drawing; `words` are its uid, title and description.

    A picture without a title says nothing that is not said beside it: it is hidden
    from those who listen to the page.
    """
    uid, title, desc = words[0], safe(words[1]).strip(), safe(words[2]).strip()
    head = f'<svg class="weave {kind}" viewBox="0 0 {number(size[0])} {number(size[1])}"'
    if not title:
        return f'{head} aria-hidden="true">{body}</svg>'
    if not IDENTIFIER.fullmatch(uid):
        raise ValueError(f"A picture with a title needs a uid of letters, digits, . : - _: {uid!r}")
    names = f"{uid}-t {uid}-d" if desc else f"{uid}-t"
    text = f'<title id="{uid}-t">{title}</title>'
    text += f'<desc id="{uid}-d">{desc}</desc>' if desc else ""
    return f'{head} role="img" aria-labelledby="{names}">{text}{body}</svg>'


def spread(wanted: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Move rising places as little as may be until each is its gap after the one before.

    `gaps[n]` lies between place n - 1 and place n; `gaps[0]` counts for nothing.
    The method is pooling adjacent violators (isotonic least squares).
    """
    offsets = list(accumulate([0.0, *gaps[1:]]))
    pools: list[tuple[float, int]] = []
    for place, offset in zip(wanted, offsets, strict=False):
        pools.append((place - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, few), (two, more) = pools[-2:]
            pools[-2:] = [((one * few + two * more) / (few + more), few + more)]
    levels = [level for level, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=False)]


def check_one_of(what: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse a word that is not among the allowed ones, and name those."""
    if value not in allowed:
        raise ValueError(f"Unknown {what} {value!r}: use one of {', '.join(map(repr, allowed))}")


def check_finite(what: str, value: float | None) -> None:
    """Refuse a number that stands nowhere."""
    if value is not None and not isfinite(value):
        raise ValueError(f"{what} must be a finite number, not {value}")
