"""Garbled letters are put right where only a wrong encoding explains them, else told; others stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.cells.garbled import lost_letters, put_right
from models.values.applications import text_of_cell
from tests.exchange.applications.forms import take_in, take_in_garbled

WORDS = (
    "Café",
    "Women’s",
    "Zoë Bååth",
    "Młyn",
    "Tŷ Gŵyl",
    "£1,200",
    "“yes” – no",
    "naïve",
    "€5",
    "Heron",
    "½",
)
RIGHT = (
    *(
        "CAFÉ”",
        "café”…",
        "CAFÉ…",
        "≈£500",
        "À la carte",
        "Ŵyl ŷ",
        "voilà…",
        "5 × £3",
        "MÜ×Ñ",
        "Åse",
        "√9",
        "Ümit’s",
    ),
    *(
        "20°–30°",
        "1½ × 2",
        "what?so",
        "page?s=1",
        "CÔTE D’AZUR",
        "SÓLO",
        "🎉 ❤️",
        "Иван",
        "日本",
        "محمد",
        "ÀÂÄ",
    ),
)


def garbled(text: str, code: str) -> str:
    """Return a text saved as UTF-8 and opened in another encoding, bytes without a letter as they are."""
    return "".join(bytes([byte]).decode(code, "ignore") or chr(byte) for byte in text.encode())


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    st.sampled_from(["cp1252", "mac_roman", "latin-1", "cp850", "cp437"]),
)
def test_a_text_opened_in_another_encoding_is_put_right(words: list[str], code: str) -> None:
    text = " ".join(words)

    assert put_right(garbled(text, code)) == text
    assert put_right(garbled(garbled(text, "cp1252"), "cp1252")) == text


@given(st.lists(st.sampled_from((*RIGHT, *WORDS)), min_size=1, max_size=6))
def test_a_text_that_is_right_stays_and_has_lost_nothing(words: list[str]) -> None:
    text = " ".join(words)

    assert (put_right(text), lost_letters(text)) == (text, "")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Caf\ufffd", "Caf\ufffd"),
        ("a Women?s club", "Women?s"),
        ("CafŽ", "CafŽ"),
        ("the womenÕs night", "womenÕs"),
        ("voilÃ and", "voilÃ"),
        ("Â £1,200", "Â"),
        ("â€", "â€"),
        ("what now?", ""),
    ],
)
def test_what_nobody_can_put_back_is_told(text: str, word: str) -> None:
    assert lost_letters(put_right(text)) == word


def test_garbled_cells_are_put_right_and_told_and_lost_letters_are_problems_at_their_cells() -> None:
    reading = take_in_garbled(
        [
            ["Organisation", "Area", "Project title", "Amount requested (Â£)"],
            ["Heronâ€™s CafÃ©", "Coventry", "Womenâ€™s nights", "Â£1,200"],
            ["Mill Caf\ufffd", "Coventry", "Songs", "1300"],
        ]
    )

    heron, mill = reading.applications
    assert (heron.organisation, heron.project, heron.requested_pence) == (
        "Heron’s Café",
        "Women’s nights",
        120_000,
    )
    assert mill.organisation == "Mill Caf\ufffd"
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("A3", "Mill Caf\ufffd")]
    note = "4 cells with garbled letters were put right, such as"
    assert reading.notes == (f"{note} “Amount requested (Â£)”: “Amount requested (£)”.",)


def test_a_cell_that_is_put_right_stays_as_submitted_in_the_letters_of_its_file() -> None:
    reading = take_in_garbled(
        [
            ["Organisation", "Area", "Project title", "Amount requested", "Who helps?"],
            ["Heronâ€™s CafÃ©", "Coventry", "Songs", "Â£1,200", "RenÃ©e &amp; Zo"],
        ]
    )

    heron, (told,) = reading.applications[0], reading.submitted
    assert heron.answers == (("Who helps?", "Renée & Zo"),)
    assert {one.heading: text_of_cell(one, heron) for one in told.cells} == {
        "Organisation": "Heronâ€™s CafÃ©",
        "Area": "Coventry",
        "Project title": "Songs",
        "Amount requested": "Â£1,200",
        "Who helps?": "RenÃ©e &amp; Zo",
    }


def test_a_heading_that_lost_letters_is_told() -> None:
    rows = [["Organisation", "Amount requested (\ufffd)", "Where?"], ["Example Choir", 100, "Coventry"]]

    assert "the heading “Amount requested (\ufffd)”" in take_in(rows).notes[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Women&#39;s &amp; Girls&#8217;", "Women's & Girls’"),
        ("&pound;1,200", "£1,200"),
        ("Caf&eacute; CafÃ© &amp;#39;", "Café Café '"),
        ("R&D; ?a=1&b=2 &#13; AT&T", "R&D; ?a=1&b=2 &#13; AT&T"),
    ],
)
def test_letters_as_a_web_page_writes_them_are_put_right(text: str, expected: str) -> None:
    assert put_right(text) == expected
