"""The sample workbooks: plainly made up, messy as exports are, and of one piece with the panel's part."""

import re
import tomllib
from functools import cache

import pytest
from openpyxl import load_workbook

import resources
from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, read_applications
from exchange.applications.row_reader import Setting
from models.reference.defaults import UsualArea

FUNDS = {"acf": "ACF", "victims": "VF"}
Row = tuple[object, ...]


@cache
def taken_in(fund: str) -> Reading:
    areas = tomllib.loads(resources.text(f"schemes/{fund}.toml"))["area"]
    return read_applications(
        resources.path(f"sample/{fund}-applications.xlsx"),
        Setting(
            FUNDS[fund],
            AreaNames([UsualArea(area["name"], tuple(area["short_forms"])) for area in areas]),
        ),
    )


@cache
def panel(fund: str, sheet: str) -> tuple[Row, ...]:
    book = load_workbook(resources.path(f"sample/{fund}-panel.xlsx"), read_only=True)
    try:
        return tuple(tuple(row) for row in book[sheet].iter_rows(min_row=2, values_only=True))
    finally:
        book.close()


def test_the_applications_come_in_but_for_two_span_the_eight_areas_and_pass_the_cap_once() -> None:
    reading = taken_in("acf")

    # 42 rows: 40 to take in, one that asks for "about 5000", one handed in twice
    assert len(reading.applications) == 40
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("T8", "about 5000")]
    assert [duplicate.same_as for duplicate in reading.duplicates] == ["ACF-016"]
    assert len(taken_in("victims").applications) == 14

    applications = taken_in("acf").applications

    assert len({application.area for application in applications}) == 8
    over = [row.reference for row in applications if row.requested_pence > 5_000_00]
    assert over == ["ACF-006"]
    # 127,410.00 stands in the totals row, which counts ACF-016's 1,640.00 twice: 125,770.00 is asked for
    assert sum(row.requested_pence for row in applications) == 125_770_00


@pytest.mark.parametrize("fund", FUNDS)
def test_the_panel_speaks_of_what_comes_in_declares_and_marks_against_no_interest(fund: str) -> None:
    references = {application.reference for application in taken_in(fund).applications}

    assert {row[0] for row in panel(fund, "Eligible")} == references
    assert {row[1] for row in panel(fund, "Marks")} | {row[0] for row in panel(fund, "Agreed")} <= references
    areas = {row[0] for row in panel(fund, "Pots")}
    assert areas == {application.area for application in taken_in(fund).applications}

    marks = [mark for row in panel(fund, "Marks") for mark in row[3::2]]
    interests = {(row[0], row[1]) for row in panel(fund, "Interests") if row[2] != "none"}

    assert {mark for mark in marks if mark is not None} <= {1, 2, 3, 4, 5}
    assert interests
    assert not interests & {(row[0], row[1]) for row in panel(fund, "Marks")}

    assert {row[0] for row in panel(fund, "Members")} == {row[0] for row in panel(fund, "Interests")}
    for row in panel(fund, "Agreed"):
        assert all(
            (mark is None) == (reason is None) for mark, reason in zip(row[1:15:2], row[2:15:2], strict=True)
        )


@pytest.mark.parametrize("fund", FUNDS)
def test_addresses_and_numbers_are_ones_that_nobody_can_have(fund: str) -> None:
    applications = taken_in(fund).applications

    assert {row.email.partition("@")[2] for row in applications} <= {"example.org", "example.com"}
    assert all(
        re.fullmatch(r"0121 496 0\d{3}|07700 900\d{3}|01632 960\d{3}", row.phone) for row in applications
    )
    assert all(row.charity_number == "" or row.charity_number.startswith("9") for row in applications)
