"""Sample bands: a wall of finished ones, one for each state, and the rows of a board."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from loimi.weave import Band, Booked, Event, Sign, State

# Ids are chosen so that neighbours get different dyes and figures.
AINO, EERO, NOORA, SAMIR = "aino-17", "eero-127", "noora-50", "samir-223"
PEOPLE = (
    (AINO, "Aino Ketola"),
    (EERO, "Eero Salmi"),
    (NOORA, "Noora Lindqvist"),
    (SAMIR, "Samir Haddad"),
    ("venla-137", "Venla Rautio"),
    ("otso-396", "Otso Kallio"),
    ("liisa-5", "Liisa Forsman"),
    ("jari-45", "Jari Ahola"),
    ("thuy-54", "Thuy Nguyen"),
    ("ilari-26", "Ilari Mäkelä"),
)
LONG_NAME = "Karl-Johan Maximilian Wetterstrand-Hämäläinen von Kuusisaari"
MEETING: Event = "meeting"
TODAY = 0.31


@dataclass(frozen=True)
class Told:
    """A band with what it says in words."""

    name: str
    words: str
    it: Band


@dataclass(frozen=True)
class Row:
    """A row of the board: who, how it goes, why, and what would help."""

    actor: str
    mentor: str
    it: Band
    kind: str
    sign: Sign
    word: str
    why: str = ""
    remedy: str = ""


def held(*counts: int) -> tuple[Event, ...]:
    """Weave the first meeting and the agreement, then meetings with milestones between."""
    marks: tuple[Event, ...] = ("midpoint", "closing")
    events: tuple[Event, ...] = (MEETING, "agreement")
    for n, count in enumerate(counts):
        events += (MEETING,) * count + marks[n : n + 1] * (n < len(counts) - 1)
    return events


def wall() -> list[Band]:
    """Give five finished bands for the picture of the front page."""
    shapes = (held(4, 5, 0), held(3, 6, 0), held(5, 4, 0), held(4, 5, 0), held(3, 6, 0))
    return [
        Band((f"m{n}",), (f"a{n}",), shape, 10, "completed")
        for n, shape in zip((3, 7, 12, 9, 5), shapes, strict=True)
    ]


def bands() -> list[Told]:
    """Give one band for each state, with what it says in words."""
    return [*_growing(), *_halted()]


def _told(name: str, words: str, events: tuple[Event, ...], state: State, booked: Booked) -> Told:
    return Told(name, words, Band((NOORA,), (SAMIR,), events, 10, state, booked))


def _growing() -> list[Told]:
    ahead = _("The pair is agreed, the first meeting lies ahead.")
    three = _("Three meetings and the agreement. The shuttle: the next one is booked.")
    asked = _("An empty shuttle: a time has been proposed.")
    whole = _("The fringe is knotted, the figure of the closing woven.")
    return [
        _told(_("Proposed."), _("Both are still thinking it over."), (), "proposed", ""),
        _told(_("Bare warp."), ahead, (), "active", ""),
        _told(_("Growing."), three, held(2), "active", "booked"),
        _told(_("Past the midpoint."), asked, held(4, 2), "active", "proposed"),
        _told(_("Completed."), whole, held(4, 5, 0), "completed", ""),
    ]


def _halted() -> list[Told]:
    stays = _("Finished with a fringe; what was woven stays.")
    return [
        _told(_("Stuck."), _("The threads have come loose."), held(1), "stuck", ""),
        _told(_("Paused."), _("The warp is tied, not loose."), held(3), "paused", ""),
        _told(_("Ended early."), stays, held(2), "ended", ""),
    ]


def board() -> list[Row]:
    """Give rows for the board of bands, those that need somebody first."""
    return [*needing(), *calm()]


def needing() -> list[Row]:
    """Give the rows that need a coordinator."""
    rasmus = Band(("kaisa",), ("rasmus",), (), 10, "stuck", "", TODAY)
    emilia = Band(("timo",), ("emilia",), (MEETING,), 10, "stuck", "", TODAY)
    anton = Band(("ritva",), ("anton",), held(2), 10, "paused", "", TODAY)
    return [
        Row(
            "Rasmus Wikman",
            "Kaisa Helle",
            rasmus,
            "bad",
            "slack",
            _("Not begun"),
            _("The pair was agreed 5 weeks ago, no meeting yet."),
            _("Suggest a time to both"),
        ),
        Row(
            "Emilia Palo",
            "Timo Särkkä",
            emilia,
            "bad",
            "slack",
            _("Agreement open"),
            _("Emilia signed on 24 April, Timo has not yet."),
            _("Remind Timo"),
        ),
        Row(
            "Anton Berg",
            "Ritva Laakso",
            anton,
            "warn",
            "tied",
            _("Paused"),
            _("Ritva is away until 15 June. Anton knows."),
            _("Agree on the return"),
        ),
    ]


def calm() -> list[Row]:
    """Give the rows that go well by themselves."""
    karl = Band((NOORA,), ("karl", "meeri"), held(3), 10, "active", "booked", TODAY)
    aino = Band((EERO,), (AINO,), held(3), 10, "active", "proposed", TODAY)
    return [
        Row(LONG_NAME, "Noora Lindqvist", karl, "calm", "booked", _("4 of 10, next one booked")),
        Row("Aino Ketola", "Eero Salmi", aino, "calm", "proposed", _("4 of 10, a time proposed")),
    ]
