"""Marks: what makes a person's threads theirs, and the knot that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from loimi.weave.lettering import safe
from loimi.weave.threads import DYES, YARN, Dye, digest, floats, number, path

# A mark is a figure of 7 x 7 threads. Four rows are drawn, the rest is their mirror:
# rows of four characters are mirrored both ways, rows of seven only top to bottom.
DRAWINGS = (
    "..## .##. ##.. #...",  # ring
    "...# ..## .### ####",  # diamond
    "...# ..## .##. ##.#",  # diamond with an eye
    "##.. ###. .### ..##",  # crossing
    "#..# .#.# ..## ####",  # star
    "#### .### ..## ...#",  # hourglass
    "#... ##.. ###. ####",  # bow
    "..## ..## #### ####",  # cross
    "##.. ##.. ..#. ...#",  # four fields
    ".### ##.. #... #..#",  # wheel
    "#### #... #.## #.##",  # house
    "..#. .### ##.# .###",  # blossom
    "##.. ##.. ..## ..##",  # nine fields
    "###. ##.. #..# ..##",  # corners
    "#### ...# ..## .###",  # spool
    ".#.. ###. .#.. ...#",  # four leaves
    "#.#. ##.# .### #.##",  # snowflake
    "##..##. .##..## ..##..# ...##..",  # geese
    "...#... ...##.. ######. #######",  # arrow
    "#.#.#.. .#.#.#. ..#.#.# #######",  # fir
    "..###.. .#####. ###.### ##...##",  # eye
    "#.#.#.# ####### .#####. ...#...",  # crown
    "##..... ####... ######. #######",  # sail
    "#..#..# ##.#.## .#####. ..###..",  # butterfly
)
PATCH = 27  # the side of a woven patch: seven threads and a hem
KNOT = 31  # the side of a patch with the edge that parts it from the ground


@dataclass(frozen=True)
class Mark:
    """What makes a person's threads theirs: a dye, a second dye, a figure."""

    dye: Dye
    second: Dye
    motif: tuple[str, ...]


def unfold(drawing: Sequence[str]) -> tuple[str, ...]:
    """Mirror a half or a quarter of a figure into the whole."""
    rows = [row + row[-2::-1] if len(row) == 4 else row for row in drawing]
    return tuple(rows + rows[-2::-1])


MOTIFS = tuple(unfold(drawing.split()) for drawing in DRAWINGS)


def mark(person: str) -> Mark:
    """Return the mark that belongs to this id, the same on every page."""
    numbers = digest(person)
    dye = DYES[numbers[0] % len(DYES)]
    others = [other for other in DYES if other != dye]
    return Mark(dye, others[numbers[1] % len(others)], MOTIFS[numbers[2] % len(MOTIFS)])


def patch(person: str) -> str:
    """Draw a person's figure within a hem, on a ground that the caller lays."""
    own = mark(person)
    yarn = YARN[own.dye]
    hem = f'<rect class="{yarn} hem" x="1.5" y="1.5" width="24" height="24" rx="3.5"/>'
    return hem + path(floats(own.motif, 3, 3), f"{yarn} float")


def knot(person: str, x: float, y: float, size: float, name: str) -> str:
    """Tie a person's knot with its middle at x, y."""
    place = f"translate({number(x - size / 2)} {number(y - size / 2)})"
    return (
        f'<g transform="{place} scale({size / PATCH:.3f})"><title>{safe(name)}</title>'
        '<rect class="knot-edge" x="-2" y="-2" width="31" height="31" rx="6"/>'
        f"{patch(person)}</g>"
    )


def fitted(count: int, room: float, free: float, sizes: Sequence[int]) -> tuple[int, float, int]:
    """Return the size, the pitch and the rows of the largest knots that fit.

    A crowd that fits at no size keeps the smallest and stands closer.
    """
    for size in sizes:
        pitch = size * KNOT / PATCH + 1.5
        rows = ceil(count / max(room // pitch, 1))
        if rows * pitch <= free + 1.5:
            return size, pitch, rows
    size = sizes[-1]
    pitch = min(size * KNOT / PATCH, (room * free / count) ** 0.5 * 0.9)
    return size, pitch, ceil(count / max(room // pitch, 1))
