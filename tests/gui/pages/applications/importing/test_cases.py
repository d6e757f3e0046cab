"""The cases of tests/data through the import wizard: its steps, the command and the record agree."""

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from msgspec import Struct
from pytestqt.qtbot import QtBot

from cli.command import main
from exchange.applications.preview import State
from gui.app import Window
from gui.pages.applications.importing.wizard import SUMMARY, ImportWizard
from gui.pages.applications.page import ApplicationsPage
from models.operation import Actor
from models.operations.set_up.areas import SetAreaDates
from models.queries.applications.applications import applications
from models.record import Opener, Record
from models.values.rounds import AreaDates
from models.values.rows import ApplicationRow
from tests.gui.pages.applications.importing.test_import_wizard import click
from tests.gui.pressing import answer_to, words_in

CASES = Path(__file__).parents[4] / "data" / "cases"
NEW, CHECK, CHANGED = State.NEW, State.CHECK, State.CHANGED
NOT_TAKEN, PROBLEM = State.NOT_TAKEN, State.PROBLEM


class Case(Struct, frozen=True):
    """Files that are imported one after the other, and what must come of the last.

    `said` are words of the steps Match, Check and Summary, `taken` values of what the record has then.
    """

    files: Sequence[str]
    states: Sequence[State]
    said: Sequence[str]
    taken: Mapping[str, Mapping[str, object]]
    closes: AreaDates = AreaDates()


def at(*moment: int) -> dict[str, object]:
    return {"received_at": datetime(*moment)}


UNITS, YEARS = "units-in-headings/", "amounts-by-year/"
NOT_POUNDS = "is not in pounds, as is said beside it; write the whole amount in pounds"
FOUND = (
    Case(
        ["garbled-letters/applications.csv"],
        [PROBLEM, NEW],
        ["9 cells with garbled letters were put right", "Letters were lost in “yesâ€�”"],
        {
            "M-1": {"organisation": "Heron’s Café", "project": "Women’s nights"},
            "M-2": {"organisation": "Młyn Club"},
        },
    ),
    Case(
        ["invisible-marks/applications.xlsx"],
        [NEW] * 10,
        ["10 read: 10 to add."],
        {f"T-{n}": {"requested_pence": 120_000} for n in range(1, 11)}
        | {f"T-{n}": at(2026, 4, 3) for n in range(6, 11)},
    ),
    Case(
        ["late-by-seconds/applications.csv"],
        [NEW, CHECK, CHECK, NEW],
        ["received 30 Sep 2026 at 17:00:30, after Coventry closed on 30 Sep 2026 at 17:00"],
        {"T-2": at(2026, 9, 30, 17, 0, 30)},
        AreaDates(closes_on=date(2026, 9, 30), closes_time="17:00"),
    ),
    Case(
        ["times-in-universal-time/applications.csv"],
        [NEW, CHECK, CHECK, CHECK, NEW],
        ["received 1 Aug 2026 at 00:30, after Coventry closed on 31 Jul 2026"],
        {"T-1": at(2026, 7, 31, 23, 59), "T-5": at(2026, 7, 31, 23, 30, 12)},
        AreaDates(closes_on=date(2026, 7, 31)),
    ),
    Case(
        ["month-first-dates/applications.xlsx"],
        [CHECK] * 6,
        [
            "Date received: dates are read with the month first.",
            "Start date: nothing in it shows whether the day or the month comes first; dates are read with "
            "the day first, though another column has the month first: check them.",
            "End date: dates are read with the month first.",
        ],
        {"T-1": at(2026, 4, 3, 17, 1) | {"end_on": date(2026, 9, 30)}},
    ),
    Case(
        ["numbers-with-point-nought/applications.csv"],
        [CHECK, NEW, NEW, NEW, NEW, CHECK, NEW],
        ["Perhaps the same as row 7: same registered number and amount"],
        {
            "T-1": {"company_number": "01234567"},
            "T-2": {"company_number": "00123456"},
            "T-3": {"charity_number": "223344"},
            "T-4": {"charity_number": "1122334"},
            "T-7": {"phone": "02476000001"},
        },
    ),
    Case(
        [f"second-file-says-otherwise/{name}.xlsx" for name in ("first", "second")],
        [CHANGED, CHANGED],
        ["Amount requested\n£1,200\n£2,600", "Area\nCoventry\nSolihull", "2 already here and changed"],
        {"T-1": {"requested_pence": 120_000}, "T-2": {"area": "Coventry"}},
    ),
    Case(
        [f"zeros-lost-in-references/{name}.csv" for name in ("first", "second")],
        [CHECK] * 3,
        [
            "Perhaps the same as 001: same reference but for zeros in front",
            "3 to add (3 may be here already)",
        ],
        {"001": {"requested_pence": 120_000}},
    ),
    Case(
        [f"{UNITS}thousands.xlsx"],
        [NEW, NEW],
        ["are turned into pounds"],
        {"T-1": {"requested_pence": 400_000}},
    ),
    Case(
        [f"{UNITS}pence.xlsx"], [NEW, NEW], ["are turned into pounds"], {"T-1": {"requested_pence": 450_000}}
    ),
    Case(
        ["amount-cell-merged/merged-amount.xlsx"],
        [NEW, NOT_TAKEN],
        ["The amount is part of the merged cell E2, which counts once"],
        {"M-1": {"requested_pence": 120_000}},
    ),
    Case(
        [f"{YEARS}multi-year.xlsx"],
        [CHECK, NEW],
        [
            "“Amount requested Year 2 (£)” and “Amount requested Year 3 (£)” could be it too.",
            "“Amount requested Year 1 (£)” is taken, 10000; “Amount requested Year 2 (£)” says 11000",
        ],
        {"Y-1": {"requested_pence": 1_000_000}},
    ),
    Case(
        [f"{YEARS}multi-year-total.xlsx"],
        [CHECK, CHECK],
        ["“Total amount requested” says 21000", "“Total amount requested” says 9000"],
        {"Y-1": {"requested_pence": 1_000_000}},
    ),
    Case(
        [f"{YEARS}two-amounts.xlsx"],
        [CHECK, NEW],
        ["“Amount requested (£)” is taken, 10000; “Amount requested (£) (2)” says 8000."],
        {"Y-1": {"requested_pence": 1_000_000, "total_cost_pence": 3_000_000}},
    ),
    Case(
        [f"{YEARS}vat-heading.xlsx"],
        [CHECK],
        ["“Amount requested including VAT (£)” says 1200."],
        {"V-1": {"requested_pence": 100_000, "total_cost_pence": None}},
    ),
    Case(
        ["commas-that-move-columns/ragged3.csv"],
        [NOT_TAKEN] * 2,
        ["This row has more cells than there are headings"],
        {},
    ),
    Case(
        ["hidden-columns/hc.xlsx"],
        [NEW],
        ["The spreadsheet hides the column “Officer's notes”, so it is left out."],
        {"A-1": {"answers": (("Amount awarded last year (£)", "3000"),)}},
    ),
    Case(
        ["names-that-excel-made-dates/excel-names.xlsx"],
        [State.PROBLEM, CHECK, NEW],
        ["“2026-08-11” stands among texts", "“2026-03-04” stands among texts", "“TRUE” stands among texts"],
        {"X-1": {"organisation": "2026-03-04"}},
    ),
    Case([f"{UNITS}euros.xlsx"], [NOT_TAKEN] * 2, [f"“4500” {NOT_POUNDS}", "2 left out"], {}),
    Case([f"{UNITS}currency-column.xlsx"], [NOT_TAKEN, NEW], [f"“1200” {NOT_POUNDS}"], {"T-2": {}}),
)


def read(wizard: ImportWizard, qtbot: QtBot, path: Path) -> str:
    """Go through the steps with a file to the Summary, and return what they said."""
    wizard.read(path)
    click(qtbot, wizard.on)
    said = [wizard.match.count.text()]
    click(qtbot, wizard.on)
    for row in wizard.preview.rows:
        wizard.check.table.select(row.number)
        said += [words_in(wizard.check.reading)]
    click(qtbot, wizard.on)
    assert wizard.step == SUMMARY
    return "\n".join([*said, wizard.summary.words])


def of_round(window: Window) -> dict[str, ApplicationRow]:
    return {row.reference: row for row in answer_to(window, partial(applications, round_id=1))}


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.files[-1].partition(".")[0])
def test_a_case_comes_through_the_wizard_as_by_command(
    case: Case,
    made_record: Path,
    opened: Window,
    page: ApplicationsPage,
    tmp_path: Path,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dates = SetAreaDates(1, "Coventry", case.closes, AreaDates())
    by_command = Path(shutil.copy(made_record, tmp_path / "by command.panel"))
    if case.closes != AreaDates():
        opened.workspace.perform(dates)
        with Record.open(by_command, Opener("Priya Nair", "tests")) as record:
            record.perform(dates, Actor("Priya Nair"))
    before = of_round(opened)
    for name in case.files:
        page.start_import()
        said = read(page.wizard, qtbot, CASES / name)
        found = page.wizard.preview
        capsys.readouterr()
        assert main(["import", str(by_command), str(CASES / name), "--round", "Round 2", "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)["rows"]
        shown = [(row.number, [point.words for point in row.points]) for row in found.rows]
        assert shown == [(row["row"], [point["message"] for point in row["points"]]) for row in rows]
        if page.wizard.on.isEnabled():
            click(qtbot, page.wizard.on)

    assert [row.state for row in found.rows] == list(case.states)
    for words in case.said:
        assert words in said
    new = {reference: row for reference, row in of_round(opened).items() if reference not in before}
    for reference, values in case.taken.items():
        assert {name: getattr(new[reference], name) for name in values} == values
    assert bool(new) is bool(case.taken)
