"""Postcodes and register numbers take their usual form; garbled letters are put right or told."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.applications.fields import charity_of_both, company_of_both
from exchange.cells.garbled import lost_letters, put_right
from exchange.cells.values import read_charity, read_company, read_phone, read_postcode, reference_column
from exchange.reading.sheets import Cell, CellError
from models.values.applications import text_of_cell
from models.values.rows import SubmittedCell
from scoring.written.identities import is_made_up
from scoring.written.text import Unreadable
from tests.exchange.applications.forms import take_in, take_in_garbled

Read = Callable[[Cell], str | None]


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (read_postcode, "b46nq", "B4 6NQ"),
        (read_postcode, "B4 6NQ", "B4 6NQ"),
        (read_postcode, "DY5-3DH", "DY5 3DH"),
        (read_postcode, " EC1A 1BB. ", "EC1A 1BB"),
        (read_postcode, "gir0aa", "GIR 0AA"),
        (read_charity, "279417", "279417"),
        (read_charity, "1234567", "1234567"),
        (read_charity, "SC012345", "SC012345"),
        (read_charity, "202425", "202425"),
        (read_charity, 1090095.0, "1090095"),
        (read_charity, "sc 042386", "SC042386"),
        (read_charity, "Charity No. 1164883", "1164883"),
        (read_charity, "1164883 / n/a", "1164883"),
        (read_company, "09506232", "09506232"),
        (read_company, "05071998", "05071998"),
        (read_company, "00000007", "00000007"),
        (read_company, "no", None),
        (read_company, "We don't have one.", None),
        (read_company, "CE012354", "CE012354"),
        (read_company, "ip 031455", "IP031455"),
        (read_company, "Company number 7444723", "07444723"),
        (read_phone, "2476000001.0", "02476000001"),
        (read_phone, 447700900123.0, "447700900123"),
        (read_phone, "02476 000 001", "02476 000 001"),
    ],
)
def test_a_postcode_and_numbers_take_their_usual_form(read: Read, cell: Cell, value: str | None) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "words", "cells"),
    [
        (
            read_postcode,
            "is not a United Kingdom postcode",
            {"b4 6nc": "B4 6NC", "qq1 1aa": "QQ1 1AA", "B4 6CI": "B4 6CI", 12.0: "12", "b4": "B4"},
        ),
        (
            read_charity,
            "is not a charity number",
            {
                "12345": "12345",
                "1111111": "1111111",
                "042386": "042386",
                "applied for": "APPLIED FOR",
                "sc12": "SC12",
            },
        ),
        (
            read_company,
            "is not a company number",
            {
                "123456789": "123456789",
                "Not sure": "NOT SURE",
                "qq123456": "QQ123456",
                "00000000": "00000000",
                "88888888": "88888888",
            },
        ),
    ],
)
def test_a_bad_one_is_reported_and_kept_in_capitals(read: Read, words: str, cells: dict[Cell, str]) -> None:
    for cell, kept in cells.items():
        with pytest.raises(Unreadable, match=words) as caught:
            read(cell)
        assert caught.value.kept == kept


@given(st.integers(100_000, 19_000_000).filter(lambda number: not is_made_up(str(number))))
def test_bare_digits_are_filled_up_to_eight(number: int) -> None:
    assert read_company(str(number)) == f"{number:08}"


@given(st.integers(1, 99_999))
def test_a_year_or_a_count_is_filled_up_to_no_company_number_and_kept_as_it_is(number: int) -> None:
    with pytest.raises(Unreadable, match="is not a company number") as caught:
        read_company(str(number))
    assert caught.value.kept == str(number)


@pytest.mark.parametrize("read", [read_postcode, read_charity, read_company])
def test_empty_cells_are_none_and_errors_are_refused(read: Read) -> None:
    with pytest.raises(Unreadable, match="the error #N/A"):
        read(CellError("#N/A"))

    assert [read(None), read(" ")] == [None, None]


@pytest.mark.parametrize(
    ("digits", "charity", "company"), [("1254367", "1254367", "01254367"), ("223344", "223344", "00223344")]
)
@pytest.mark.parametrize("nought", [".0", ".00", ".", " .0"])
def test_a_point_and_noughts_behind_a_number_make_no_other_number_of_it(
    digits: str, charity: str, company: str, nought: str
) -> None:
    assert read_charity(f"{digits}{nought}") == charity
    assert read_company(f"No. {digits}{nought}") == company
    assert (charity_of_both(f"{digits}{nought}"), company_of_both("12346578.0")) == (charity, "12346578")


@given(
    st.integers(1, 10**8 - 1),
    st.sampled_from(["{}.{}", "{}.{}E+06", "{}E+0{}", "{}.0{}", "-{}.{}"]),
    st.integers(1, 99),
)
def test_a_bent_number_becomes_no_other_one(number: int, form: str, part: int) -> None:
    for read in (read_charity, read_company):
        with pytest.raises(Unreadable, match="check it with the applicant"):
            read(form.format(number, part))


BENT: list[Cell] = [
    *(date(2026, 3, 1), datetime(2026, 3, 1), "01-Mar", "1-Mar-26", "Mar-26", "01/03/2026"),
    *("2026-03-01 00:00:00", "1.18E+11", "4.4E11", "1E+05"),
]


@pytest.mark.parametrize("cell", BENT)
def test_what_a_spreadsheet_made_a_date_or_short_is_no_reference_and_no_telephone(cell: Cell) -> None:
    for read in (reference_column([]).read, read_phone):
        with pytest.raises(Unreadable, match="A spreadsheet"):
            read(cell)


@given(st.integers(1, 10**12), st.sampled_from(["{}.0", "{}", "{}.00"]))
def test_a_whole_number_is_the_same_reference_with_noughts_behind_a_point(number: int, form: str) -> None:
    assert reference_column([form.format(number)]).read(form.format(number)) == str(number)


def test_where_references_have_points_each_stays_as_it_is() -> None:
    cells: list[Cell] = ["1.0", "1.1", "MAR-26", "ACF-1.0"]

    assert [reference_column(cells).read(cell) for cell in cells] == cells


def test_a_reference_that_became_a_date_is_reported_and_its_row_gets_one() -> None:
    reading = take_in(
        [
            ["Reference", "Organisation", "Amount requested", "Project title"],
            ["MAR-1", "Example Choir", 1000, "Songs"],
            [date(2026, 3, 2), "Example Gym", 1000, "Gym"],
        ]
    )

    assert [row.reference for row in reading.applications] == ["MAR-1", "ACF-0001"]
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("A3", "2026-03-02")]
    assert dict(reading.applications[1].answers) == {"Reference": "2026-03-02"}


WORDS = ("Café", "Women’s", "Młyn", "Tŷ Gŵyl", "£1,200", "“yes” – no", "Heron")
RIGHT = (
    *("CAFÉ”", "café”…", "CAFÉ…", "≈£500", "5 × £3", "MÜ×Ñ", "Åse", "√9", "Ümit’s"),
    *("20°–30°", "1½ × 2", "what?so", "page?s=1", "CÔTE D’AZUR", "SÓLO", "🎉 ❤️", "Иван", "日本", "محمد"),
    "ÀÂÄ",
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


def test_garbled_cells_are_put_right_and_told_and_stay_as_submitted_and_lost_letters_are_problems() -> None:
    reading = take_in_garbled(
        [
            ["Organisation", "Area", "Project title", "Amount requested (Â£)", "Who helps?"],
            ["Heronâ€™s CafÃ©", "Coventry", "Womenâ€™s nights", "Â£1,200", "RenÃ©e &amp; Zo"],
            ["Mill Caf\ufffd", "Coventry", "Songs", "1300", None],
        ]
    )

    heron, mill = reading.applications
    assert (heron.organisation, heron.project) == ("Heron’s Café", "Women’s nights")
    assert (heron.requested_pence, heron.answers) == (120_000, (("Who helps?", "Renée & Zo"),))
    assert mill.organisation == "Mill Caf\ufffd"
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("A3", "Mill Caf\ufffd")]
    note = "5 cells with garbled letters were put right, such as"
    assert reading.notes == (f"{note} “Amount requested (Â£)”: “Amount requested (£)”.",)
    received = SubmittedCell("received_at", "Received", "2026-11-05T10:15:00")
    assert text_of_cell(received, heron) == "5 Nov 2026, 10:15"
    assert {one.heading: text_of_cell(one, heron) for one in reading.submitted[0].cells} == {
        "Organisation": "Heronâ€™s CafÃ©",
        "Area": "Coventry",
        "Project title": "Womenâ€™s nights",
        "Amount requested (£)": "Â£1,200",
        "Who helps?": "RenÃ©e &amp; Zo",
    }


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
