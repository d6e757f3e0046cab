"""Exports of the form tools and offices that applications come from, read from real files."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.applications.importing import document
from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, applications_in, read_applications
from exchange.applications.row_reader import Setting
from exchange.reading.sheets import Book, Cell, read_book
from models.reference.defaults import UsualArea
from tests.exchange.applications.form_exports import AREAS as INTAKE_SHARE_AREAS
from tests.exchange.applications.form_exports import TOOLS, Export, Maker
from tests.exchange.applications.forms import AREAS, Rows, sheet, take_in
from tests.exchange.reading.register_files import workbook


def _read(path: Path) -> Reading:
    return read_applications(path, Setting("ACF", AreaNames(AREAS)))


def _workbook(tmp_path: Path, rows: Rows) -> Reading:
    return _read(workbook(tmp_path / "export.xlsx", rows))


def test_a_force_wide_round_asks_for_no_area_and_reads_a_number_of_either_register(tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    path.write_text(
        "ID,Start time,Completion time,Organisation name,Charity or company number,"
        "Where will the service be offered?,Amount requested\n"
        "1,04/10/2026 09:11,04/10/2026 10:01,Example Counselling,1987001,Whole force area,41800\n"
        "2,05/10/2026 09:12,05/10/2026 10:02,Example Meetings CIC,09870003,Northdale,28450\n"
        "3,06/10/2026 09:12,06/10/2026 10:02,Example Farmers Ltd,9870009,Eastfold,12400\n"
        "4,07/10/2026 09:12,07/10/2026 10:02,Example Scots Aid,SC0 12354,Eastfold,1400\n"
    )

    reading = read_applications(
        path, Setting("VF", AreaNames((), ("Force-wide",)), round_areas=("Force-wide",))
    )

    found = reading.applications
    assert [(one.charity_number, one.company_number) for one in found] == [
        *(("1987001", ""), ("", "09870003"), ("", "09870009"), ("SC012354", ""))
    ]
    assert {(one.area, one.start_on) for one in found} == {("Force-wide", None)}
    assert dict(found[1].answers)["Where will the service be offered?"] == "Northdale"
    assert (reading.problems, dict(reading.mapped)["Completion time"]) == ((), "received_at")


def test_an_address_that_microsoft_forms_never_asked_for_is_nobodys(tmp_path: Path) -> None:
    heads = ["ID", "Email", "Organisation", "Amount requested"]
    nobody = _workbook(tmp_path, [heads, [1, "anonymous", "Choir", 4500], [2, "anonymous", "Band", 4000]])
    somebody = _workbook(tmp_path, [heads, [1, "anonymous", "Choir", 4500], [2, "b@x.example", "Band", 4000]])

    assert [one.email for one in nobody.applications] == ["", ""]
    assert somebody.applications[1].email == "b@x.example"


def test_box_ticked_with_its_own_text_is_a_yes(tmp_path: Path) -> None:
    reading = _workbook(
        tmp_path,
        [
            ["Organisation name", "Amount requested", "Which policies do you have?", None],
            ["Response", "Response", "Safeguarding policy", "Equality policy"],
            ["Example Choir", 5, "Safeguarding policy", "Equality policy"],
            ["Example Gym", 6, None, None],
        ],
    )

    assert [a.safeguarding_policy for a in reading.applications] == [True, None]
    assert reading.problems == ()
    assert reading.kept_as_answers == ("Which policies do you have? – Equality policy",)


OWN = [
    *("Started", "Started at", "Survey started", "Opened", "Started (UTC)", "Closed", "Closing date"),
    *("Time taken", "Duration", "Minutes taken", "IP address", "Collector", "Seq. Number", "Total points"),
]
DONE = ["Completed", "Submitted on", "Finished at", "Date submitted", "Time completed"]
TIMES = (datetime(2026, 9, 2, 10, 3), "03/09/2026 10:03", date(2026, 9, 4))


@pytest.mark.parametrize("value", [*TIMES, "00:12:05", "R_9xZ"], ids=repr)
@pytest.mark.parametrize("heading", OWN)
def test_a_column_of_the_tool_itself_is_never_a_field_of_an_applicant(heading: str, value: Cell) -> None:
    reading = take_in(_with(heading, value))

    assert reading.kept_as_answers == (heading,)


@pytest.mark.parametrize("heading", DONE)
def test_what_was_completed_or_submitted_is_the_time_received_and_no_spell(heading: str) -> None:
    assert all(("received_at" in dict(take_in(_with(heading, at)).mapped).values()) for at in TIMES)
    assert take_in(_with(heading, "00:12:05")).kept_as_answers == (heading,)


def _with(heading: str, value: Cell) -> list[list[Cell]]:
    heads: list[Cell] = ["Organisation", "Area", "Project title", "Amount requested", heading]
    return [heads, *([f"Example Choir {n}", "Coventry", f"Songs {n}", 100 + n, value] for n in range(5))]


@pytest.mark.parametrize(
    "heading", ["Staff costs (£)", "Budget line 1", "Item 1 cost", "Smallest budget line"]
)
def test_a_line_of_the_budget_is_never_the_least_amount_nor_the_total_cost(heading: str) -> None:
    rows: list[list[Cell]] = [
        ["Organisation", "Area", "Amount requested", "Total cost", "Match funding", heading]
    ]
    rows += [[f"Example Choir {n}", "Coventry", 1000 + n, 3000, 500, 250 + n] for n in range(5)]

    assert "minimum_amount" not in dict(take_in(rows).mapped).values()
    assert take_in([[*row[:3], row[-1]] for row in rows]).kept_as_answers == (heading,)


_SENT = ("Submitted at", "Submission date", "Date and time submitted")
_ENDED = ("Completed", "Recorded Date")


@pytest.mark.parametrize("ended", _ENDED)
@pytest.mark.parametrize("sent", _SENT)
def test_a_form_came_in_when_it_was_submitted_and_the_preview_says_so(sent: str, ended: str) -> None:
    begun, done, came = datetime(2026, 10, 1, 9), datetime(2026, 10, 1, 10), datetime(2026, 10, 2, 11)
    later = datetime(2026, 10, 2, 12)
    reading = take_in(
        [
            ["Started", ended, sent, "Name of your organisation", "How much are you applying for?"],
            [begun, done, came, "Example Boxing", 1],
            [begun, done, later, "Example Choir", 2],
        ]
    )

    assert [one.received_at for one in reading.applications] == [came, later]
    assert reading.notes == (
        f"When each came in is read from “{sent}”; “{ended}” says a time too and is kept as an answer.",
    )


_EACH_TOOL = 2
_LEAST = 0.99


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M:%S}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else str(cell)


def _book(export: Export, folder: Path) -> Book:
    """Return what the export reads as: a text file is written and read, a workbook made in memory."""
    if not export.delimiter:
        return Book("export", "xlsx", (sheet(export.rows, merges=export.merges),))
    path = folder / "export.csv"
    with path.open("w", newline="", encoding=export.encoding, errors="replace") as file:
        csv.writer(file, delimiter=export.delimiter).writerows([map(_text, row) for row in export.rows])
    return read_book(path)


def _is_same(wanted: Any, got: Any, field: str) -> bool:
    if isinstance(wanted, str) and isinstance(got, str):
        length = 10 if field == "received_at" else None
        return " ".join(wanted.split())[:length] == " ".join(got.split())[:length]
    return bool(wanted == got)


def _judged(export: Export, folder: Path) -> Iterator[tuple[bool, str]]:
    """Yield for each value of the truth whether it was read so, and which it is; for a row too much, no."""
    usual = tuple(UsualArea(area, forms) for area, forms in INTAKE_SHARE_AREAS.items())
    setting = Setting("ACF", AreaNames(usual))
    rows = document(applications_in(_book(export, folder), setting))["applications"]
    found = {row["organisation"]: row for row in rows}
    for said in export.truth:
        row = found.pop(said["organisation"], {"answers": {}})
        for field, wanted in said.items():
            if field != "answers":
                yield _is_same(wanted, row.get(field), field), f"{field} {wanted!r}"
        for heading, wanted in said["answers"].items():
            yield not wanted or " ".join(heading.split()) in row["answers"], f"answer {heading!r}"
    for organisation in found:
        yield from [(False, f"no application: {organisation}")] * 5


def test_ninety_nine_of_a_hundred_values_are_read_as_what_they_are(tmp_path: Path) -> None:
    judged = [
        (is_right, f"{seed} {TOOLS[seed % len(TOOLS)]}: {what}")
        for seed in range(_EACH_TOOL * len(TOOLS))
        for is_right, what in _judged(Maker(seed).make(), tmp_path)
    ]

    wrong = [what for is_right, what in judged if not is_right]
    assert len(judged) > 3_500
    assert len(wrong) <= (1 - _LEAST) * len(judged), wrong[:40]


def test_jotform_submission_number_is_no_reference(tmp_path: Path) -> None:
    reading = _workbook(
        tmp_path,
        [
            ["Submission Date", "Organisation Name", "Amount Requested (£)", "Start Date", "Submission ID"],
            ["Oct 5, 2026", "Example Allotments", "£900", "01/02/2027", 5901234567890123456],
        ],
    )

    application = reading.applications[0]
    assert application.received_at == datetime(2026, 10, 5)
    assert not application.received_has_time
    assert application.start_on == date(2027, 2, 1)
    assert application.reference == "ACF-0001"
    assert [heading for heading, _ in application.answers] == ["Submission ID"]
