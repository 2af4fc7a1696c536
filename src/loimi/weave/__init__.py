"""People, meetings and milestones become woven pictures here, and the facts behind them words.

Every function is pure: the same arguments give the same SVG text, in the theme of its page.
"""

from loimi.weave.band import Band, Booked, Density, Event, State, band, scale
from loimi.weave.carpet import Carpet, Layout, Marker, Row, carpet
from loimi.weave.clock import Clock, Milestone, Phase, Standing, clock
from loimi.weave.marks import Mark, mark
from loimi.weave.profile import Profile, Theme, profile
from loimi.weave.signs import Sign, avatar, logo, pair_preview, progress, swatch, yarn_key
from loimi.weave.threads import DYES, Dye

__all__ = [
    "DYES",
    "Band",
    "Booked",
    "Carpet",
    "Clock",
    "Density",
    "Dye",
    "Event",
    "Layout",
    "Mark",
    "Marker",
    "Milestone",
    "Phase",
    "Profile",
    "Row",
    "Sign",
    "Standing",
    "State",
    "Theme",
    "avatar",
    "band",
    "carpet",
    "clock",
    "logo",
    "mark",
    "pair_preview",
    "profile",
    "progress",
    "scale",
    "swatch",
    "yarn_key",
]
