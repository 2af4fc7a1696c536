from hypothesis import given
from hypothesis import strategies as st

from loimi.weave.lettering import breadth, safe, wrap
from loimi.weave.tests.reading import parsed
from loimi.weave.tests.samples import HOSTILE, quick, texts


def test_safe_escapes_and_drops_what_xml_forbids() -> None:
    assert safe(HOSTILE) == (
        "&quot;&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;]]&gt;&amp;amp; \N{PILE OF POO}"
    )


@given(texts)
@quick
def test_safe_words_are_read_back_as_they_were(words: str) -> None:
    kept = "".join(one for one in words if one in "\t\n\r" or ord(one) >= 32)
    kept = "".join(
        one for one in kept if one not in "\ufffe\uffff" and not "\ud800" <= one <= "\udfff"
    )
    back = parsed(f"<p>{safe(words)}</p>").text or ""
    assert back == kept.replace("\r\n", "\n").replace("\r", "\n")


def test_breadth_knows_narrow_broad_and_silent_letters() -> None:
    assert breadth("i") < breadth("n") < breadth("N") < breadth("m") < breadth("漢")
    assert breadth("e\u0301") == breadth("e")


def test_lines_are_as_few_as_will_do_and_even() -> None:
    assert wrap("aaaa aaaa aaaa aaaa", 9) == [
        "aaaa aaaa",
        "aaaa aaaa",
    ]
    assert wrap("aaaa aaaa aaaa aaaa", 100) == ["aaaa aaaa aaaa aaaa"]
    assert wrap("", 5) == wrap(" \n ", 5) == []


def test_a_no_break_space_keeps_words_together() -> None:
    assert wrap("week 6\u00a0km", 4.3) == ["week", "6\u00a0km"]


def test_a_word_too_long_is_cut_before_a_syllable() -> None:
    assert wrap("Vuorovaikutusosaaminen", 8) == ["Vuorovaiku-", "tusosaaminen"]
    assert wrap("mmmmmm", 2) == ["m-", "m-", "m-", "m-", "mm"]


@given(texts, st.floats(1.6, 30))
@quick
def test_every_line_fits_and_no_letter_is_lost(words: str, room: float) -> None:
    lines = wrap(words, room)
    assert max(map(breadth, lines), default=0) <= room
    flat = "".join(lines).replace("-", "").replace("\u2010", "")
    assert "".join(flat.split()) == "".join(words.replace("-", "").replace("\u2010", "").split())
