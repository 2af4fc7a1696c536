"""Sample pictures with their lists: profile, year, carpet, milestones, dyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import dates
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from loimi.weave import Carpet, Clock, Marker, Milestone, Phase, Profile, Theme
from loimi.workspace.queries.bands import NOORA, SAMIR

CALL = (date(2026, 2, 3), date(2026, 3, 21))
WAY = (date(2026, 4, 14), date(2026, 10, 8))
MEETING_ON, MIDPOINT_ON = date(2026, 5, 27), date(2026, 8, 20)


@dataclass(frozen=True)
class Stone:
    """A milestone as the list beside the clock shows it."""

    state: str
    on: date
    name: str
    does: str


@dataclass(frozen=True)
class Move:
    """What moves along when a milestone does; what has no second day stays."""

    name: str
    on: date
    to: date | None = None


@dataclass(frozen=True)
class Dyed:
    """A dye of the palette and what it is for."""

    kind: str
    name: str
    use: str


def quality_profile() -> Profile:
    """Give a sample of the quality criteria, with the round before."""
    themes = (_("Goals"), _("Roles"), _("Trust"), _("Tools"), _("Evaluation"), _("Ethics"))
    values = ((2.4, 1.5), (1.8, 1.2), (2.7, 2.1), (1.2, 1.4), (0.9, 0.6), (2.1, 1.8))
    return Profile(
        tuple(
            Theme(name, value, number_format(value, 1), before)
            for name, (value, before) in zip(themes, values, strict=True)
        )
    )


def year() -> Clock:
    """Give a sample year with its phases and milestones."""
    phases = (
        Phase(_("Call"), 33, 82, "weld"),
        Phase(_("Selection and pairs"), 82, 104, "lichen"),
        Phase(_("The way together"), 104, 281, "woad"),
        Phase(_("Closing"), 281, 311, "madder"),
    )
    stones = (
        Milestone(_("The call opens"), 33, "done", 1),
        Milestone(_("Kick-off"), 104, "done", 2),
        Milestone(_("Monthly survey"), 152, "next", 3),
        Milestone(_("Midpoint event"), 238, "moved", 4),
        Milestone(_("Closing event"), 283, "ahead", 5),
    )
    months = tuple(str(dates.MONTHS_AP[n]) for n in range(1, 13))
    centre = (_("21 May"), _("The way together"), _("week 6 of 25"))
    return Clock(phases, stones, months, 140.5, centre)


def carpet() -> Carpet:
    """Give the interim round of a group of four."""
    areas = (_("Goals"), _("Interaction and trust"), _("Ways of working"), _("Next steps"))
    zones = (_("Not begun"), _("Begun"), _("Well on"), _("Reached"))
    group = ((NOORA, "Noora"), (SAMIR, "Samir"), ("venla-137", "Venla"), ("otso-396", "Otso"))
    places = ((2, 2, 1, 2), (2, 3, 1, 3), (1, 1, 2, 1), (0, 1, 0, 0))
    markers = tuple(
        Marker(area, zone, key, name)
        for area, row in enumerate(places)
        for (key, name), zone in zip(group, row, strict=True)
    )
    return Carpet(areas, zones, markers, (1, 1, 0, 0), (2, None, 1, None), 1)


def milestones() -> list[Stone]:
    """Give the same milestones as the sample year, as a list."""
    return [
        Stone("done", CALL[0], _("The call opens"), _("the application form opened")),
        Stone("done", WAY[0], _("Kick-off"), _("the pairs met, the agreements opened")),
        Stone("next", date(2026, 6, 1), _("Monthly survey"), _("goes at nine to all 54")),
        Stone("", MIDPOINT_ON, _("Midpoint event"), _("guest, round tables, interim feedback")),
        Stone("", WAY[1], _("Closing event"), _("certificates and thanks")),
    ]


def moves() -> list[Move]:
    """Give what moves along with a milestone, and what stays."""
    return [
        Move(_("Invitation to all"), date(2026, 7, 30), date(2026, 8, 6)),
        Move(_("Registration closes"), date(2026, 8, 17), date(2026, 8, 24)),
        Move(_("Closing event"), WAY[1]),
    ]


def dyes() -> list[Dyed]:
    """Name the dyes and say what each is for."""
    return [
        Dyed("madder", _("Madder"), _("do this, fix this")),
        Dyed("woad", _("Woad"), _("links, information")),
        Dyed("weld", _("Weld"), _("take note")),
        Dyed("birch", _("Birch"), _("all is well")),
        Dyed("lichen", _("Lichen"), _("only in the weave")),
        Dyed("iron", _("Iron"), _("restrained")),
        Dyed("linen", _("Linen"), _("the ground")),
        Dyed("charcoal", _("Charcoal"), _("the text")),
    ]
