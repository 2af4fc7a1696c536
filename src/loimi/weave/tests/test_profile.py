from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given

from loimi.weave import Profile, Theme, profile
from loimi.weave.tests.reading import apart, box, of_class, parsed, size, words
from loimi.weave.tests.samples import LONG, profiles, quick, reference_profile


def themes(count: int) -> tuple[Theme, ...]:
    names = (*LONG, "Vuorovaikutusosaaminen", "Digimentoroinnin kehittäminen", "Roolit", "Etiikka")
    return tuple(Theme(name, 2, "2,0") for name in names[:count])


def boxes(text: str) -> list[tuple[float, ...]]:
    """Return the boxes of all words, as large as small screens show them."""
    return [box(one, 17) for one in parsed(text).iter("text")]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Profile(themes(2)), "3 to 12 themes, not 2"),
        (lambda: Profile(themes(12) + themes(1)), "3 to 12 themes, not 13"),
        (lambda: Profile(themes(3), 0), "above 0, not 0"),
        (lambda: Profile(themes(3), float("inf")), "top must be a finite number"),
        (lambda: Profile(themes(3), 1.5), "A value is from 0 to 1.5, not 2"),
        (lambda: Profile((*themes(3), Theme("T", -1))), "not -1"),
        (lambda: Profile((*themes(3), Theme("T", float("nan")))), "not nan"),
        (lambda: Profile((*themes(3), Theme("T", 1, before=4))), "not 4"),
    ],
)
def test_what_cannot_be_is_refused(make: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()  # type: ignore[operator]


def test_ranked_puts_the_strongest_first_and_leaves_out_what_is_open() -> None:
    it = Profile((Theme("A", 1), Theme("B", None), Theme("C", 3), Theme("D", 0), Theme("E", 3)))
    assert [theme.name for theme in it.ranked] == ["C", "E", "A", "D"]


@given(profiles())
@quick
def test_any_profile_keeps_its_strokes_within_its_frame(it: Profile) -> None:
    text = profile(it)
    width, height = size(text)
    for one in parsed(text):
        if one.tag in {"path", "circle"}:
            left, top, right, bottom = box(one)
            assert (left >= 0, top >= 0, right <= width, bottom <= height) == (True,) * 4


def test_a_theme_is_woven_outwards_to_its_value() -> None:
    values = (0, 0.5, 1.5, 3, None)
    text = profile(Profile(tuple(Theme("T", value) for value in values)))
    rows = {one.attrib["class"]: one.attrib["d"].count("M") for one in of_class(text, "yarn")}
    assert rows == {"l yarn": 2, "b yarn": 6, "y yarn": 12}


def test_the_round_before_is_a_dashed_line_where_there_was_one() -> None:
    some = Profile((Theme("A", 1, before=2), Theme("B", 1), Theme("C", None, before=0)))
    assert len(of_class(profile(some), "earlier")) == 2
    assert len(of_class(profile(reference_profile()), "earlier")) == 6


@pytest.mark.parametrize(("top", "rings"), [(0.5, 5), (1, 1), (3, 3), (7.5, 7), (10, 10), (100, 5)])
def test_the_scale_has_a_ring_for_each_step_that_can_be_seen(top: float, rings: int) -> None:
    text = profile(Profile(tuple(Theme("T", 0) for _ in range(3)), top))
    circles = [float(one.attrib["r"]) for one in parsed(text).iter("circle")]
    assert len(circles) == rings
    assert circles == sorted(set(circles))
    outer = 120 if top != 7.5 else 120 * 7 / 7.5
    assert circles[-1] == pytest.approx(outer, abs=0.06)


@pytest.mark.parametrize("count", range(3, 13))
def test_names_wrap_and_do_not_cover_anything(count: int) -> None:
    text = profile(Profile(themes(count)))
    rows = [one for one in of_class(text, "theme") if "value" not in one.attrib["class"]]
    said = [words(one).replace("- ", "") for one in rows]
    assert said == [theme.name for theme in themes(count)]
    drawn = boxes(text)
    assert len(drawn) == 2 * count
    width, height = size(text)
    for left, top, right, bottom in drawn:
        assert (left >= 0, top >= 0, right <= width, bottom <= height) == (True,) * 4
    whole = [
        (min(a[0], b[0]), a[1] + 3, max(a[2], b[2]), b[3] - 3)
        for a, b in zip(drawn[::2], drawn[1::2], strict=True)
    ]
    assert [pair for pair in combinations(whole, 2) if not apart(*pair)] == []


@pytest.mark.parametrize("count", range(3, 13))
def test_names_lie_outside_the_web(count: int) -> None:
    text = profile(Profile(themes(count)))
    ring = list(parsed(text).iter("circle"))[-1].attrib
    x, y, radius = float(ring["cx"]), float(ring["cy"]), float(ring["r"])
    for left, top, right, bottom in boxes(text):
        near = (max(left, min(x, right)) - x, max(top, min(y, bottom)) - y)
        assert near[0] ** 2 + near[1] ** 2 >= (radius - 1) ** 2


def test_words_are_the_callers_and_may_be_missing() -> None:
    it = reference_profile()
    mute = replace(it, themes=tuple(replace(theme, words="") for theme in it.themes))
    said = [words(one) for one in of_class(profile(it), "value")]
    assert said == ["2.4", "1.8", "2.7", "1.2", "0.9", "2.1"]
    assert of_class(profile(mute), "value") == []


def test_short_names_leave_the_web_more_room() -> None:
    def reach(name: str) -> float:
        it = Profile(tuple(Theme(name, 1) for _ in range(6)), 1)
        return float(next(parsed(profile(it)).iter("circle")).attrib["r"])

    assert (reach("Goals"), reach("A very long name of a theme")) == (120, 100)
    assert 100 < reach("Luottamus") < 120


def test_a_profile_keeps_its_weight() -> None:
    text = profile(reference_profile(), uid="profile", title="The profile", desc="From 0 to 3.")
    assert len(text.encode()) <= 4500
