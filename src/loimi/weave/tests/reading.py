"""Read a drawing back: its elements, its words and how far its strokes reach."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from loimi.weave.lettering import breadth

TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+")
Point = tuple[float, float]
# For each command: how many numbers it takes, and which pairs of them are points.
ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def parsed(text: str) -> ElementTree.Element:
    """Parse a drawing; XML that is not well-formed raises."""
    return ElementTree.fromstring(text)  # noqa: S314


def size(text: str) -> Point:
    """Return the breadth and the height of the view box."""
    left, top, width, height = parsed(text).attrib["viewBox"].split()
    assert (left, top) == ("0", "0")
    return float(width), float(height)


def classes(text: str) -> set[str]:
    """Return every class in a drawing."""
    return {name for one in parsed(text).iter() for name in one.attrib.get("class", "").split()}


def of_class(text: str, name: str) -> list[ElementTree.Element]:
    """Return the elements that carry a class."""
    return [one for one in parsed(text).iter() if name in one.attrib.get("class", "").split()]


def words(element: ElementTree.Element) -> str:
    """Return the words of a text, its lines joined by a blank."""
    return " ".join(text for text in element.itertext() if text)


def _numbers(strokes: str) -> Iterator[tuple[str, list[float]]]:
    tokens, command = TOKEN.findall(strokes), ""
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
        count = ARGUMENTS[command.upper()]
        yield command, [float(tokens.pop(0)) for _ in range(count)]


def points(strokes: str) -> Iterator[Point]:
    """Walk a path and return its points, those that only pull at a curve too."""
    x = y = 0.0
    start: Point = (0.0, 0.0)
    for command, numbers in _numbers(strokes):
        base = (x, y) if command.islower() else (0.0, 0.0)
        kind = command.upper()
        if kind == "H":
            x = base[0] + numbers[0]
        elif kind == "V":
            y = base[1] + numbers[0]
        elif kind == "Z":
            x, y = start
        else:
            # Of an arc's seven numbers only the last two are a point.
            for n in range(5 if kind == "A" else 0, len(numbers), 2):
                x, y = base[0] + numbers[n], base[1] + numbers[n + 1]
                yield x, y
        if kind == "M":
            start = (x, y)
        yield x, y


def _box(element: ElementTree.Element, font: float) -> list[Point]:
    number = {key: float(value) for key, value in element.attrib.items() if _is_number(value)}
    if element.tag == "path":
        return list(points(element.attrib["d"]))
    if element.tag == "rect":
        x, y = number.get("x", 0), number.get("y", 0)
        return [(x, y), (x + number["width"], y + number["height"])]
    if element.tag == "circle":
        x, y, radius = number["cx"], number["cy"], number["r"]
        return [(x - radius, y - radius), (x + radius, y + radius)]
    return _text_box(element, font) if element.tag == "text" else []


def _text_box(element: ElementTree.Element, font: float) -> list[Point]:
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.attrib["text-anchor"]]
    corners = []
    for line in list(element) or [element]:
        long = breadth(line.text or "") * font
        x, y = float(line.attrib["x"]) - shift * long, float(line.attrib["y"])
        corners += [(x, y - 0.8 * font), (x + long, y + 0.25 * font)]
    return corners


def _is_number(value: str) -> bool:
    return re.fullmatch(r"-?[\d.]+", value) is not None


def corners(element: ElementTree.Element, font: float = 12) -> list[Point]:
    """Return points that span an element with all that is in it, moved to its place."""
    found = _box(element, font)
    for child in element:
        found += corners(child, font)
    move = re.match(r"translate\((\S+) (\S+)\)(?: scale\((\S+)\))?", element.get("transform", ""))
    if move is None:
        return found
    x, y, scale = float(move[1]), float(move[2]), float(move[3] or 1)
    return [(x + scale * u, y + scale * v) for u, v in found]


def box(element: ElementTree.Element, font: float = 12) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of an element."""
    found = corners(element, font)
    across, down = [x for x, _ in found], [y for _, y in found]
    return min(across), min(down), max(across), max(down)


def apart(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    """Tell whether two boxes leave each other in peace."""
    return one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
