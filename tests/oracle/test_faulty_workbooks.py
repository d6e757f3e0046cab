"""Round workbooks that break the published format: every fault at its place, and nothing else said."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.oracle.officers_workbook import Book, book_of
from tests.oracle.test_round_workbooks import base_round, run_rank

Places = tuple[str, ...]

CELLS: dict[str, tuple[dict[str, Any], Places]] = {
    "a sheet of an unknown member": ({"Marks!A4": "M9"}, ("Marks!A4",)),
    "a member in another case": ({"Marks!A4": "m1"}, ("Marks!A4",)),
    "a sheet of an unknown application": ({"Marks!B3": "ACF-99"}, ("Marks!B3",)),
    "an interest of an unknown member": ({"Interests!A2": "Pat"}, ("Interests!A2",)),
    "an interest in an unknown application": ({"Interests!B2": 9999}, ("Interests!B2",)),
    "agreed marks of an unknown application": ({"Agreed!A2": "X", "Agreed!B2": 3}, ("Agreed!A2",)),
    "an unknown criterion set aside": ({"Not applicable!B2": "A9"}, ("Not applicable!B2",)),
    "a decision on an unknown application": ({"Chair decisions!A2": "X"}, ("Chair decisions!A2",)),
    "a mark above the scale": ({"Marks!D2": 6}, ("Marks!D2",)),
    "a mark below nought": ({"Marks!E3": -1}, ("Marks!E3",)),
    "half a mark": ({"Marks!F2": 3.5}, ("Marks!F2",)),
    "a mark in words": ({"Marks!D2": "four"}, ("Marks!D2",)),
    "a true mark": ({"Marks!D2": True}, ("Marks!D2",)),
    "a bad mark on a draft": ({"Marks!D17": 9}, ("Marks!D17",)),
    "a bad mark of a member in conflict": ({"Marks!D12": "n/a"}, ("Marks!D12",)),
    "a bad agreed mark": ({"Agreed!A2": "1001", "Agreed!C2": 5.5}, ("Agreed!C2",)),
    "two sheets of one member": ({"Marks!A7": "M1", "Marks!B7": 1001}, ("Marks!B7",)),
    "a repeated reference": ({"Applications!A8": " 1002 "}, ("Applications!A8",)),
    "an amount that is not money": ({"Applications!E2": "about 5000"}, ("Applications!E2",)),
    "an amount of nought": ({"Applications!E2": "£0.00"}, ("Applications!E2",)),
    "an amount below nought": ({"Applications!E3": -5}, ("Applications!E3",)),
    "no amount": ({"Applications!E3": None}, ("Applications!E3",)),
    "a third decimal place": ({"Applications!E2": 1234.125}, ("Applications!E2",)),
    "a third decimal place in text": ({"Applications!E2": "£1,234.125"}, ("Applications!E2",)),
    "a minimum of nought": ({"Applications!F2": 0}, ("Applications!F2",)),
    "a total cost of nought": ({"Applications!G2": 0}, ("Applications!G2",)),
    "a cap of nought": ({"Round!B14": 0}, ("Round!B14",)),
    "a pot below nought": ({"Pots!B2": -1}, ("Pots!B2",)),
    "a commitment below nought": ({"Pots!D2": "-£1.00"}, ("Pots!D2",)),
    "an area without a pot": ({"Applications!D2": "coventry"}, ("Applications!D2",)),
    "weights that miss a hundred": ({"Criteria!D5": 24}, ("Criteria!D2:D5",)),
    "a weight of nought": ({"Criteria!D5": 0}, ("Criteria!D5",)),
    "a split that is not the weights": ({"Round!B6": 60}, ("Round!B6",)),
    "a scale of nought": ({"Round!B5": 0}, ("Round!B5",)),
    "nothing may be set aside": ({"Round!B18": "no"}, ("Not applicable!A2",)),
    "agreed twice": ({"Agreed!A2": "1001", "Agreed!A3": "1001"}, ("Agreed!A3",)),
    "one criterion twice": ({"Criteria!A5": "a3", "Round!B10": None}, ("Criteria!A5",)),
    "one member twice": ({"Members!A5": "M2", "Members!B5": "Twin"}, ("Members!A5",)),
    "one pot twice": ({"Pots!A4": "Walsall", "Pots!B4": 5}, ("Pots!A4",)),
    "an unknown combine": ({"Round!B7": "average"}, ("Round!B7",)),
    "an unknown ranking": ({"Round!B9": "price"}, ("Round!B9",)),
    "an unknown rule": ({"Round!B10": "quality, alphabet"}, ("Round!B10",)),
    "a rule of no criterion": ({"Round!B10": "criterion:A9"}, ("Round!B10",)),
    "an unknown allocation": ({"Round!B11": "share"}, ("Round!B11",)),
    "an unknown method": ({"Criteria!E4": "cheapest"}, ("Criteria!E4",)),
    "an unknown basis": ({"Criteria!F4": "head"}, ("Criteria!F4",)),
    "an unknown kind of interest": ({"Interests!C2": "friend"}, ("Interests!C2",)),
    "an unknown kind of decision": ({"Chair decisions!B2": "veto"}, ("Chair decisions!B2",)),
    "an exception that is not fund": ({"Chair decisions!C2": 1}, ("Chair decisions!C2",)),
    "a tie without a whole place": (
        {"Chair decisions!B2": "tie", "Chair decisions!C2": "first"},
        ("Chair decisions!C2",),
    ),
    "a tolerance below nought": ({"Round!B12": -0.5}, ("Round!B12",)),
    "a quorum that is not whole": ({"Round!B8": 2.5}, ("Round!B8",)),
    "a price without a quality floor": ({"Round!B9": "price_per_quality_point"}, ("Round!B9",)),
    "a computed quality criterion": ({"Criteria!E3": "lowest", "Criteria!J3": None}, ("Criteria!E3",)),
    "bands that fall": (
        {"Criteria!E4": "bands", "Criteria!I4": "500=100; 400=50"},
        ("Criteria!I4",),
    ),
    "bands without a hundred": ({"Criteria!E4": "bands", "Criteria!I4": "500=90"}, ("Criteria!I4",)),
    "low above high": ({"Criteria!E4": "linear", "Criteria!G4": 9, "Criteria!H4": 8}, ("Criteria!H4",)),
    "another format": ({"Round!B2": 2}, ("Round!B2",)),
    "a day that is none": ({"Applications!I2": "last week"}, ("Applications!I2",)),
    "faults on every sheet": (
        {
            "Round!B8": "two",
            "Pots!B2": "lots",
            "Criteria!F4": "head",
            "Applications!E2": "free",
            "Applications!E3": 0,
            "Interests!A2": "M8",
            "Marks!D2": 7,
            "Marks!F17": 7,
            "Not applicable!B2": "B1",
        },
        (
            "Round!B8",
            "Pots!B2",
            "Criteria!F4",
            "Applications!E2",
            "Applications!E3",
            "Interests!A2",
            "Marks!D2",
            "Marks!F17",
            "Not applicable!B2",
        ),
    ),
}

MISSING: dict[str, tuple[Callable[[Book], None], Places]] = {
    "no Pots sheet": (lambda book: lose_sheet(book, "Pots"), ("Pots:",)),
    "no Criteria or Applications": (
        lambda book: lose_sheet(book, "Criteria", "Applications"),
        ("Criteria:", "Applications:"),
    ),
    "no Amount": (lambda book: lose_column(book, "Pots", "Amount"), ("Pots: * Amount",)),
    "no Project": (lambda book: lose_column(book, "Applications", "Project"), ("Applications: * Project",)),
    "no Weight": (lambda book: lose_column(book, "Criteria", "Weight"), ("Criteria: * Weight",)),
    "no Submitted": (lambda book: lose_column(book, "Marks", "Submitted"), ("Marks: * Submitted",)),
    "no marks on A2": (lambda book: lose_column(book, "Marks", "A2"), ("Marks: * A2",)),
    "no agreed marks on A4": (lambda book: lose_column(book, "Agreed", "A4"), ("Agreed: * A4",)),
    "no Fund": (lambda book: lose_field(book, "Fund"), ("Round: * Fund",)),
    "no Format": (lambda book: lose_field(book, "Format"), ("Round: * Format",)),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_fault_is_named_at_its_cell(name, tmp_path):
    cells, places = CELLS[name]
    book = book_of(base_round())
    for place, value in cells.items():
        put(book, place, value)

    assert_refused(book, places, tmp_path)


@pytest.mark.parametrize("name", MISSING)
def test_what_is_missing_is_named(name, tmp_path):
    lose, places = MISSING[name]
    book = book_of(base_round())
    lose(book)

    assert_refused(book, places, tmp_path)


def assert_refused(book: Book, places: Places, folder: Any) -> None:
    status, out, err = run_rank(book, folder)
    lines = err.splitlines()
    assert (status, out) == (1, "")
    assert len(lines) == len(places), err
    for line, place in zip(lines, places, strict=True):
        start, _, word = place.partition(" * ")
        assert line.startswith(f"{start.rstrip(':')}:"), err
        assert word in line


def put(book: Book, place: str, value: Any) -> None:
    """Put a value in the cell that a fault would name so."""
    sheet, cell = place.split("!")
    row, column = int(cell[1:]) - 1, ord(cell[0]) - ord("A")
    rows = book[sheet]
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value


def lose_sheet(book: Book, *names: str) -> None:
    for name in names:
        del book[name]


def lose_column(book: Book, sheet: str, heading: str) -> None:
    column = book[sheet][0].index(heading)
    book[sheet] = [[*row[:column], *row[column + 1 :]] for row in book[sheet]]


def lose_field(book: Book, field: str) -> None:
    book["Round"] = [row for row in book["Round"] if row[0] != field]
