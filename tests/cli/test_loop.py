"""A round from the form's export to the schedule by the command, and the demonstration's two."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.journal.verify import verify_at
from models.record import Opener
from tests.cli.conftest import Run
from tests.demo import made_sample

AREA = "Coventry"


def form_export(path: Path) -> Path:
    """Write three made-up applications as a form tool exports them."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Active Citizens Fund, autumn"],
        [],
        [
            *("ID", "Name of your organisation", "Project title", "Area"),
            *("How much are you asking for? (£)", "Why?"),
        ],
        [1, "Made-up Youth Club", "Boxing", AREA, "£3,000", "=Because"],
        [2, "Invented Allotments", "Beds", AREA, 2500, "Green"],
        [3, "Imaginary Choir", "Songs", AREA, "1,200.50", None],
    ):
        sheet.append(row)
    book.save(path)
    return path


def columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1]}


def set_all(sheet: Worksheet, **values: Any) -> None:
    found = columns(sheet)
    for row in range(2, sheet.max_row + 1):
        for heading, value in values.items():
            sheet.cell(row, found[heading.replace("_", " ")]).value = value


def fill_in_round(path: Path) -> None:
    """Fill in pots, gates and members, as an officer does."""
    book = load_workbook(path)
    set_all(book["Pots"], Amount=5000)
    set_all(book["Applications"], Eligible="yes")
    for row in (
        ("M1", "Pat Example", "chair"),
        ("M2", "Sam Sample", "member"),
        ("M3", "Lee Nobody", "member"),
    ):
        book["Members"].append(row)
    book["Interests"].append(("M3", "ACF-0002", "pecuniary", "Treasurer"))
    for row in book["Round"].iter_rows(min_row=2):
        if row[0].value == "Combine":
            row[1].value = "mean"
        if row[0].value == "Quorum":
            row[1].value = 2
    book.save(path)


def fill_in_marks(path: Path) -> int:
    """Give every sheet the same mark by application, hand it in, and count the sheets."""
    book = load_workbook(path)
    sheet = book["Marks"]
    found = columns(sheet)
    marks = {"ACF-0001": 5, "ACF-0002": 4, "ACF-0003": 3}
    for row in range(2, sheet.max_row + 1):
        mark = marks[sheet.cell(row, found["Application"]).value]
        for code in ("A1", "A2", "A3", "A4", "A5", "A6", "A7"):
            sheet.cell(row, found[code]).value = mark
        sheet.cell(row, found["Submitted"]).value = "yes"
    book.save(path)
    return int(sheet.max_row) - 1


def test_the_loop_from_export_to_schedule(run: Run, tmp_path: Path) -> None:
    record, workbook = tmp_path / "office.panel", tmp_path / "round.xlsx"
    export = form_export(tmp_path / "responses.xlsx")

    assert run("new", record, "--office", "Office of Westmarch").status == 0
    taken = run("import", record, export, "--round", "Autumn", "--year", "2026/27", "--json")
    assert taken.json["imported"] == 3
    assert f"A £0.00 pot was set up for each of: {AREA}." in taken.err
    saved = run("save", record, "--round", "Autumn", workbook).out
    assert "A workbook is not a backup: the record also has its journal, " in saved
    fill_in_round(workbook)
    assert run("load", record, workbook, "--replace").status == 0
    assert run("save", record, "--round", "Autumn", workbook).status == 0
    assert fill_in_marks(workbook) == 8  # three members, three applications, one conflict
    assert run("load", record, workbook, "--replace").status == 0

    ranked = run("rank", record, "--json").json
    # every mark alike: 5 of 5 is 100, 4 is 80, 3 is 60; £5,000 pays £3,000 and £2,000 of £2,500 under `part`
    assert [(a["reference"], a["total"], a["outcome"], a["offer"]) for a in ranked["applications"]] == [
        ("ACF-0001", "100.00", "fund", "3000.00"),
        ("ACF-0002", "80.00", "part", "2000.00"),
        ("ACF-0003", "60.00", "reserve", None),
    ]
    assert [a["counting_members"] for a in ranked["applications"]] == [3, 2, 3]
    assert run("rank", workbook, "--json").json == ranked
    assert run("explain", record, "--application", "ACF-0002").status == 0

    assert "£5,000.00 in all" in run("recommend", record, "--round", "Autumn", "--accept").out
    asked = ("--round", "Autumn", "--issue", "--out")
    issued = [
        run("export", record, f"schedule-{kind}", *asked, tmp_path / f"s.{kind}") for kind in ("xlsx", "pdf")
    ]

    assert [done.status for done in issued] == [0, 0]
    hashes = [line for done in issued for line in done.out.splitlines() if line.startswith("SHA-256")]
    assert hashes[0] == hashes[1]
    assert all("version 1" in done.out for done in issued)
    assert run("verify", record).status == 0
    assert run("load", record, workbook, "--replace").status == 1  # recommendations rest on it as it is


def test_the_same_file_twice_adds_nothing_and_a_dry_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    record, export = tmp_path / "office.panel", form_export(tmp_path / "responses.xlsx")
    assert run("new", record, "--office", "Office of Westmarch").status == 0
    before = record.read_bytes()

    dry = run("import", record, export, "--round", "Autumn", "--dry-run", "--json")

    assert (dry.json["imported"], record.read_bytes()) == (3, before)
    done = run("import", record, export, "--round", "Autumn", "--json")
    assert done.json | {"dry_run": True} == dry.json
    again = run("import", record, export, "--round", "Autumn", "--json").json
    assert (again["imported"], again["duplicates"], again["applications"]) == (0, 3, [])


def test_the_demo_record_is_sound_and_its_schedules_are_what_was_issued(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = made_sample(tmp_path / "sample.panel")
    checked = verify_at(record, Opener("tests", "tests"))  # whole, but once for all four
    monkeypatch.setattr("cli.record.record.verify_at", lambda *_, **__: checked)

    for name in ("acf-schedule.xlsx", "acf-schedule.pdf", "victims-schedule.xlsx", "victims-schedule.pdf"):
        ran = run("verify", record, "--against", tmp_path / name)
        assert (ran.status, "nothing" in ran.err) == (0, False), name
