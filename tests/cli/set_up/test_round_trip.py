"""A round goes from a workbook into a record and back without losing a cell."""

import csv
import shutil
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from openpyxl import Workbook

from exchange.round_workbook.read import read_round
from exchange.round_workbook.write import write_round
from models.operation import Actor
from models.operations.set_up.load import LoadRound
from models.operations.set_up.replace import ReplaceRound
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import find_round
from models.record import Opener, Record
from models.values.rows import RoundRows
from tests.cli.conftest import Run
from tests.exchange.round_workbook.rounds import rounds
from tests.exchange.round_workbook.workbooks import answers_in_order, good_sheets, save

TESTER = Actor("tests")


@settings(max_examples=12)
@given(rows=rounds())
def test_workbook_to_record_to_workbook_gives_everything_back(made_once: Path, rows: RoundRows) -> None:
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(made_once / "empty.panel", folder))
        with Record.open(path, Opener("tests", "tests")) as record:
            record.perform(LoadRound(rows), TESTER)
            round_id = record.ask(partial(find_round, name=rows.name))
            stored = record.ask(partial(round_rows, round_id=round_id))
            again = read_round(write_round(stored, Path(folder, "round.xlsx"), marks_ready=False))
            record.perform(ReplaceRound(round_id, again), TESTER)
            replaced = record.ask(partial(round_rows, round_id=round_id))

    assert answers_in_order(again) == answers_in_order(rows)
    assert answers_in_order(replaced) == answers_in_order(rows)


def test_a_cell_that_was_kept_as_an_answer_survives_saving_and_loading(run: Run, tmp_path: Path) -> None:
    record, export, workbook = (tmp_path / name for name in ("office.panel", "export.xlsx", "round.xlsx"))
    book = Workbook()
    for row in (
        [
            "Organisation name",
            "Project title",
            "Amount requested",
            "How many beneficiaries",
            "Email",
            "E-mail",
            "Email",
        ],
        ["Made-up Youth Club", "  Boxing\r\n ", 500, "many of them", "a@example.org", "b@example.org", " c "],
    ):
        book.worksheets[0].append(row)
    book.save(export)
    assert run("new", record, "--office", "Office of Westmarch").status == 0
    imported = run("import", record, export, "--round", "Autumn", "--json").json["applications"][0]["answers"]

    assert run("save", record, "--round", "Autumn", workbook).status == 0
    loaded = run("load", record, workbook, "--replace")

    assert (loaded.status, loaded.err) == (0, "")
    assert dict(read_round(workbook).applications[0].answers) == imported


def test_an_answer_longer_than_a_cell_goes_into_another_record_whole(run: Run, tmp_path: Path) -> None:
    record, other, export, workbook = (
        tmp_path / name for name in ("one.panel", "two.panel", "export.csv", "round.xlsx")
    )
    long = ("We mend kites. 🪁\n" * 2_500).strip(), "y" * 32_768
    with export.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [
                [
                    "Reference",
                    "Organisation name",
                    "Project title",
                    "Amount requested",
                    "Summary",
                    "Need",
                    "Why?",
                ],
                ["K-1", "Made-up Kites", "Kites", "500", long[0], long[1], long[0] + " So."],
            ]
        )
    for each in (record, other):
        assert run("new", each, "--office", "Office of Westmarch").status == 0
    assert run("import", record, export, "--round", "Autumn").status == 0

    assert run("save", record, "--round", "Autumn", workbook).status == 0
    loaded = run("load", other, workbook)
    assert run("save", other, "--round", "Autumn", tmp_path / "again.xlsx").status == 0

    assert loaded.status == 0
    assert not loaded.err
    first, again = (read_round(path).applications[0] for path in (workbook, tmp_path / "again.xlsx"))
    assert (first.summary, first.need, dict(first.answers)["Why?"]) == (*long, long[0] + " So.")
    assert again == first
    assert run("load", record, workbook, "--replace").status == 0


def test_a_workbook_without_a_year_or_a_known_fund_is_loaded_all_the_same(run: Run, tmp_path: Path) -> None:
    record, workbook = tmp_path / "office.panel", tmp_path / "round.xlsx"
    sheets = good_sheets()
    sheets["Round"] = [row for row in sheets["Round"] if row[0] != "Financial year"]
    sheets["Round"][2][1] = "Invented Fund"
    save(sheets, workbook)
    assert run("new", record, "--office", "Office of Westmarch").status == 0

    assert run("load", record, workbook).status == 0
    assert run("save", record, "--round", "Autumn", tmp_path / "saved.xlsx").status == 0
    assert run("load", record, tmp_path / "saved.xlsx", "--replace").status == 0

    assert run("rank", record, "--json").json == run("rank", workbook, "--json").json
