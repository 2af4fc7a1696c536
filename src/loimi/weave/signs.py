"""Signs: the small woven pictures that stand beside a word."""

from typing import Literal, get_args

from loimi.weave.marks import PATCH, mark, patch
from loimi.weave.threads import DYES, LINEN, YARN, Dye, check_one_of, number, path, picture

Sign = Literal["bare", "woven", "slack", "tied", "done", "proposed", "booked"]
WARP = "M0 3h20M0 8h20M0 13h20"
SHUTTLE = "M1 8q4-3.5 7-3.5h4q3 0 7 3.5-4 3.5-7 3.5h-4q-3 0-7-3.5z"
SIGNS: dict[Sign, str] = {
    "bare": path(WARP, "c thin"),
    "woven": path("M1.5 3h17M1.5 13h17", "c thick dash") + path("M4 8h14", "c thick dash"),
    "slack": path("M0 3c5 0 5 4 9 4s5-3 9 0M0 8c5 0 6 6 11 5s3-5 8-4M0 13c4 0 6 1 9 0", "c thin"),
    "tied": path(f"{WARP}M8 0v16M12 0v16", "c thin"),
    "done": path("M1.5 3h17M1.5 8h17M1.5 13h17", "c thick"),
    "proposed": path(f"M0 2h20M0 14h20{SHUTTLE}", "c thin"),
    "booked": path("M0 2h20M0 14h20", "c thin") + path(SHUTTLE, "solid"),
}
TRACK = 200  # length of a progress band


def avatar(person: str, *, uid: str = "", title: str = "") -> str:
    """Draw a person's mark as a small woven patch; the name always stands beside it."""
    ground = f'<rect class="cloth-fill" width="{PATCH}" height="{PATCH}" rx="5"/>'
    return picture(ground + patch(person), (PATCH, PATCH), "avatar", (uid, title, ""))


def pair_preview(mentor: str, actor: str, *, uid: str = "", title: str = "") -> str:
    """Draw two people's threads crossing: a pair that is proposed, not yet woven."""
    one, two = mark(mentor), mark(actor)
    body = ""
    for lane in range(3):
        high, low = 6 + lane * 4, 34 - lane * 4
        upper, lower = (one.second, two.second) if lane == 1 else (one.dye, two.dye)
        body += path(f"M0 {high}C24 {high} 36 {low} 60 {low}", f"{YARN[upper]} cross")
        body += path(f"M0 {low}C24 {low} 36 {high} 60 {high}", f"{YARN[lower]} cross")
    return picture(body, (60, 40), "pair", (uid, title, ""))


def swatch(sign: Sign) -> str:
    """Draw the sign of a state; a word goes with it."""
    check_one_of("sign", sign, get_args(Sign))
    return picture(SIGNS[sign], (20, 16), "swatch")


def yarn_key(dye: Dye) -> str:
    """Draw a bit of cloth in one dye, for a legend; the word stands beside it."""
    check_one_of("dye", dye, DYES)
    yarn = YARN[dye]
    body = path("M1.5 2.5h21M1.5 9.5h21", f"{yarn} rope") + path("M1.5 6h21", f"{yarn} rope odd")
    return picture(body, (24, 12), "yarn-key")


def progress(done: int, total: int, *, dye: Dye = "woad", uid: str = "", title: str = "") -> str:
    """Draw progress as a narrow plain band: woven so far, bare after that.

    More done than asked for is a full band.
    """
    check_one_of("dye", dye, DYES)
    if done < 0 or total < 0:
        raise ValueError(f"Progress counts from 0 up, not {done} of {total}")
    at = TRACK * min(done / total, 1) if total else TRACK * min(done, 1)
    x, body = number(at), ""
    if at < TRACK:
        body += path(f"M{x} 2.5H{TRACK}M{x} 6H{TRACK}M{x} 9.5H{TRACK}", f"{LINEN} bare")
    if at:
        body += path(f"M1.5 2.5H{number(max(at - 1.5, 2))}", f"{YARN[dye]} rope")
        body += path(f"M1.5 6H{number(max(at - 1.5, 2))}", f"{YARN[dye]} rope odd")
        body += path(f"M1.5 9.5H{number(max(at - 1.5, 2))}", f"{YARN[dye]} rope")
    return picture(body, (TRACK, 12), "progress", (uid, title, ""))


def logo() -> str:
    """Draw the sign of Loimi: five warp threads, woven to half."""
    body = path("M5 2v28M10.5 2v28M16 2v28M21.5 2v28M27 2v28", "c thin")
    passes = "M2.5 7h5M13.5 7h5M24.5 7h5M8 12h5M19 12h5M2.5 17h5M13.5 17h5M24.5 17h5"
    return picture(body + path(passes, "m pass"), (32, 32), "logo")
