"""Letters: words made safe for XML, measured and broken into lines."""

import re
from html import escape
from math import ceil
from unicodedata import category, east_asian_width

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BLANKS = re.compile("[ \t\r\n]+")  # a no-break space stays in its word
NARROW = frozenset("fijlrtI.,:;!'|()[] -")
BROAD = frozenset("mwMW@%\u2014\u2026")
VOWELS = frozenset("aeiouyåäöæø")
STEPS = 12  # how finely lines are evened out
CUT = "\u2010"  # marks a word that goes on: no writer types this hyphen


def safe(words: str) -> str:
    """Escape words for XML and drop the characters that XML forbids."""
    return escape(FORBIDDEN.sub("", words))


def breadth(words: str) -> float:
    """Estimate the breadth of words in ems of a common sans-serif."""
    return sum(_letter_breadth(letter) for letter in words)


def _letter_breadth(letter: str) -> float:
    if category(letter) in {"Mn", "Me", "Cf", "Cc", "Cs"}:
        return 0.0
    if east_asian_width(letter) in {"W", "F"}:
        return 1.0
    if letter in NARROW:
        return 0.34
    if letter in BROAD:
        return 0.9
    return 0.69 if letter.isupper() else 0.58


def wrap(words: str, room: float) -> list[str]:
    """Break words into as few lines of `room` ems as will do, and even the lines out."""
    pieces = [part for word in BLANKS.split(words) if word for part in _parts(word, room)]
    lines = _filled(pieces, room)
    for step in range(STEPS - 1, 0, -1):
        tighter = max(room * step / STEPS, max(map(breadth, pieces), default=0))
        even = _filled(pieces, tighter)
        if len(even) > len(lines):
            break
        lines = even
    return [line.replace(CUT, "-") for line in lines]


def _filled(pieces: list[str], room: float) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        joined = f"{lines[-1]} {piece}" if lines else piece
        if lines and breadth(joined) <= room and not lines[-1].endswith(CUT):
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


def _parts(word: str, room: float) -> list[str]:
    """Cut a word that no line could hold, as evenly as syllables allow."""
    parts: list[str] = []
    while breadth(word) > room and len(word) > 1:
        at = ceil(len(word) / ceil(breadth(word) / room))
        while at > 1 and breadth(word[:at] + CUT) > room:
            at -= 1
        at = next((n for n in range(at, max(at - 4, 1), -1) if _opens_syllable(word, n)), at)
        parts.append(word[:at] + CUT)
        word = word[at:]
    return [*parts, word]


def _opens_syllable(word: str, at: int) -> bool:
    """Tell whether a consonant and a vowel begin here: near enough in our languages."""
    first, second = word[at : at + 1].lower(), word[at + 1 : at + 2].lower()
    return first.isalpha() and first not in VOWELS and second in VOWELS
