"""The import wizard where a file repeats what is here: changed rows, and the file of rows left out."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook
from pytestqt.qtbot import QtBot

from exchange.applications.preview import State
from exchange.reading.sheets import read_book
from gui.app import Window
from gui.pages.applications.importing.wizard import CHECK, SUMMARY, ImportWizard
from gui.pages.applications.page import ApplicationsPage
from models.operations.set_up.areas import SetAreaDates
from models.queries.applications.applications import applications, corrections
from models.values.rounds import AreaDates
from models.values.rows import ApplicationRow
from scoring.written.text import Refused
from tests.gui.pages.applications.importing.test_import_wizard import at_check as to_check
from tests.gui.pages.applications.importing.test_import_wizard import click, saved
from tests.gui.pressing import answer_to, told

HEADS = ("Reference", "Organisation", "Project", "Area", "Amount requested", "Postcode")
ROWS = (
    ("N-001", "Canal Scouts", "Camp fires", "Dudley", "4800", "WV1 1AA"),
    ("W-009", "Low Hill Community Larder", "Shopfront watch volunteers", "", "2,600", "WV10 9AA"),
    ("W-014", "Bilston Boxing Futures", "", "", "", ""),
    ("N-002", '=HYPERLINK("http://x")', "Trap", "Dudley", "lots", ""),
    ("W-011", "Another group altogether", "Stolen number", "Dudley", "100", ""),
)


def written(path: Path, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    return saved(path, [HEADS, *rows])


def rows_of(window: Window) -> dict[str, ApplicationRow]:
    return {row.reference: row for row in answer_to(window, partial(applications, round_id=1))}


@pytest.fixture
def wizard(page: ApplicationsPage, tmp_path: Path, qtbot: QtBot) -> ImportWizard:
    """The wizard at the check of the rows of a file."""
    page.start_import()
    to_check(page.wizard, written(tmp_path / "late.csv"), qtbot)
    assert page.wizard.step == CHECK
    return page.wizard


def states(wizard: ImportWizard) -> list[State]:
    return [row.state for row in wizard.preview.rows]


def test_taking_the_files_values_corrects_and_one_undo_takes_all_of_it_back(
    wizard: ImportWizard, opened: Window, qtbot: QtBot
) -> None:
    before = rows_of(opened)
    wizard.check.table.select(3)
    click(qtbot, wizard.check.change.choice.pills[1])
    assert wizard.check.change.choice.pills[1].isChecked()
    click(qtbot, wizard.on)
    assert wizard.on.text() == "Import 1 application and change 1"

    click(qtbot, wizard.on)

    assert wizard.summary.words.startswith("5 read: 1 added, 1 changed, 3 left out.")
    taken = rows_of(opened)["W-009"]
    assert (taken.requested_pence, taken.postcode) == (260_000, "WV10 9AA")
    found = answer_to(opened, partial(corrections, round_id=1))
    assert [one.reason for one in found] == ["from the file late.csv"] * 2
    opened.workspace.undo_stack.undo()
    assert rows_of(opened) == before
    opened.workspace.undo_stack.redo()
    assert rows_of(opened)["W-009"] == taken


def save_left_out(wizard: ImportWizard, path: Path) -> None:
    """Press the button that saves the rows left out, and choose this file."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("gui.dialogs.files.QFileDialog.getSaveFileName", lambda *_: (str(path), ""))
        wizard.summary.save.click()


def test_the_rows_left_out_are_written_or_told_and_read_again_once_mended(
    wizard: ImportWizard,
    opened: Window,
    tmp_path: Path,
    qtbot: QtBot,
    page: ApplicationsPage,
) -> None:
    source = wizard.draft.file.path
    before = source.read_bytes()
    click(qtbot, wizard.on)
    for place in (source, tmp_path / "no" / "such.xlsx"):
        save_left_out(wizard, place)
    assert source.read_bytes() == before, "the file that is read is never written over"
    assert wizard.step == SUMMARY
    assert "is not there" in told(opened)

    assert wizard.summary.save.text() == "Save the 3 rows left out…"
    save_left_out(wizard, tmp_path / "mend these")
    (sheet,) = read_book(tmp_path / "mend these.xlsx").sheets
    at = next(n for n, row in enumerate(sheet.rows) if row[0] == "Reference")
    assert tuple(sheet.rows[at]) == (*HEADS, "Why left out")
    left = sheet.rows[at + 1 :]
    assert [row[0] for row in left] == ["W-014", "N-002", "W-011"]
    assert left[1][1] == '=HYPERLINK("http://x")'
    assert str(left[1][6]).startswith("Row 5: E5: “lots” is not an exact amount")
    assert "mend these.xlsx" in told(opened)

    page.start_import()
    to_check(wizard, tmp_path / "mend these.xlsx", qtbot)
    assert states(wizard) == [State.NOT_TAKEN] * 3
    click(qtbot, wizard.on)
    save_left_out(wizard, tmp_path / "again.xlsx")
    (sheet,) = read_book(tmp_path / "again.xlsx").sheets
    assert "Why left out (2)" in next(row for row in sheet.rows if row[0] == "Reference")


def test_a_refusal_at_the_end_keeps_all_that_was_decided_and_what_is_here_stays(
    wizard: ImportWizard, opened: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(qtbot, wizard.on)
    assert wizard.summary.words.startswith("5 read: 1 to add, 1 already here, 3 left out.")
    monkeypatch.setattr("models.operations.applications.applications.check_new", _refuse)

    click(qtbot, wizard.on)

    assert wizard.step == SUMMARY
    assert wizard.on.isEnabled()
    assert opened.main.notices.current is not None
    monkeypatch.undo()
    click(qtbot, wizard.on)
    assert wizard.summary.is_done
    assert rows_of(opened)["W-009"].requested_pence == 240_000
    assert "N-001" in rows_of(opened)


def _refuse(*_: object) -> None:
    raise Refused("Already in the round: N-001.")


def an_empty_sheet_is_told_and_the_one_before_stays(
    page: ApplicationsPage, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    book = Workbook()
    book.active.title = "Empty"
    sheet = book.create_sheet("Data")
    for row in (HEADS, ROWS[0]):
        sheet.append(row)
    book.save(tmp_path / "two.xlsx")
    page.start_import()
    page.wizard.read(tmp_path / "two.xlsx")

    page.wizard.sheet.sheet_chosen.emit("Empty")

    assert "Empty" in told(opened)
    click(qtbot, page.wizard.on)
    click(qtbot, page.wizard.on)
    assert states(page.wizard) == [State.NEW]


def test_a_row_that_is_changed_shows_both_values_stays_so_and_is_filtered(
    wizard: ImportWizard, qtbot: QtBot
) -> None:
    assert states(wizard)[:2] == [State.NEW, State.CHANGED]
    wizard.check.table.select(3)
    changed = wizard.preview.rows[1].changed
    assert [(one.words, one.here, one.there) for one in changed.fields] == [
        ("Postcode", "nothing", "WV10 9AA"),
        ("Amount requested", "£2,400", "£2,600"),
    ]
    assert wizard.check.change.choice.pills[0].isChecked()
    assert not wizard.check.leave.isVisible()
    click(qtbot, wizard.check.change.choice.pills[1])
    click(qtbot, wizard.back)
    click(qtbot, wizard.on)
    wizard.check.table.select(3)
    assert wizard.check.change.choice.pills[1].isChecked()
    pills = {str(pill.value): pill for pill in wizard.check.pills if pill.isVisible()}
    assert [pill.text() for pill in pills.values()] == ["All 5", "New 1", "Changed 1", "Not imported 3"]
    click(qtbot, pills["Changed"])
    assert [row.number for row in wizard.check.table.rows] == [3]


def two_organisations_with_one_reference_are_never_both_taken(
    page: ApplicationsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = (
        ("N-1", "Canal Scouts", "", "Dudley", "100", ""),
        ("n-1 ", "Mill Choir", "", "Dudley", "200", ""),
        ("N-1", "CANAL  scouts", "Other", "Dudley", "300", ""),
    )
    page.start_import()
    to_check(page.wizard, written(tmp_path / "same.csv", rows), qtbot)

    assert states(page.wizard) == [State.NEW, State.NOT_TAKEN, State.TWICE]


def odd_names_come_through_whole(
    page: ApplicationsPage, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    names = ("\u05e7\u05d1\u05d5\u05e6\u05ea \u05e0\u05d5\u05e2\u05e8", "\U0001f389 Party Club", "O" * 300)
    rows = [(f"N-{n}", name, "", "Dudley", "100", "") for n, name in enumerate(names)]
    page.start_import()
    page.wizard.read(written(tmp_path / "odd.csv", rows))
    for _ in range(4):
        click(qtbot, page.wizard.on)

    assert page.wizard.summary.is_done
    assert tuple(rows_of(opened)[f"N-{n}"].organisation for n in range(3)) == names
    click(qtbot, page.wizard.on)
    page.show_reference("N-2")
    assert page.row is not None


def a_late_row_and_one_over_the_cap_are_checks_and_no_faults(
    page: ApplicationsPage, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    stands = AreaDates()
    dates = AreaDates(closes_on=date(2026, 11, 1))
    opened.workspace.perform(SetAreaDates(1, "Dudley", dates, stands))
    page.start_import()
    heads = ("Reference", "Organisation", "Area", "Amount requested", "Received")
    late = ("N-001", "Canal Scouts", "Dudley", "7200", "2/11/2026")
    path = saved(tmp_path / "late.csv", [heads, late])
    draft = page.wizard
    draft.target = replace(draft.target, cap_per_award_pence=500_000, cap_per_organisation_pence=600_000)
    to_check(draft, path, qtbot)

    assert states(page.wizard) == [State.CHECK]
    points = page.wizard.preview.rows[0].points if page.wizard.preview else ()
    fails = "(imported, and failed at its gate until the cap is raised)"
    assert {(point.words, point.is_check) for point in points} == {
        ("received 2 Nov 2026, after Dudley closed on 1 Nov 2026 (imported, and failed at its gate)", True),
        (f"£7,200 is over the £5,000 cap {fails}", True),
        (f"£7,200 this year for this organisation is over the £6,000 cap {fails}", True),
    }
    click(qtbot, page.wizard.on)
    assert "1 over the cap, which the page Criteria & scale raises." in page.wizard.summary.words


def how_a_column_of_dates_is_read_is_said_and_a_date_typed_is_day_first_all_the_same(
    page: ApplicationsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    heads = ("Organisation", "Area", "Amount requested", "Received")
    dates = ("4/3/2026 5:01:30 PM", "4/13/2026", "soon")
    rows = [(f"Canal Scouts {n}", "Dudley", "4800", day) for n, day in enumerate(dates)]
    path = saved(tmp_path / "months.csv", [heads, *rows])
    note = "Received: dates are read with the month first."
    page.start_import()
    draft = page.wizard
    draft.read(path)
    click(qtbot, page.wizard.on)
    said_at_match = page.wizard.match.count.text()
    click(qtbot, page.wizard.on)
    draft.check.fix(4, 4, "5/6/2026 9:30")

    found = page.wizard.preview
    assert [row.received_at for row in found.taken] == [
        *(datetime(2026, 4, 3, 17, 1, 30), datetime(2026, 4, 13), datetime(2026, 6, 5, 9, 30)),
    ]
    click(qtbot, page.wizard.on)
    assert note in said_at_match
    assert note in page.wizard.summary.words


def an_amount_in_another_unit_is_not_taken_until_its_pounds_are_typed(
    page: ApplicationsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    heads = ("Organisation", "Area", "Amount requested (€)", "Total cost (£000s)")
    path = saved(tmp_path / "units.csv", [heads, ("Canal Scouts", "Dudley", "4800", "6")])
    page.start_import()
    draft = page.wizard
    draft.read(path)
    click(qtbot, page.wizard.on)
    said = page.wizard.match.count.text()
    click(qtbot, page.wizard.on)
    assert states(page.wizard) == [State.NOT_TAKEN]

    draft.check.fix(2, 3, "3,900")

    assert states(page.wizard) == [State.NEW]
    found = page.wizard.preview
    assert [(row.requested_pence, row.total_cost_pence) for row in found.taken] == [(390_000, 600_000)]
    assert "Total cost (£000s): amounts are in thousands of pounds and are turned into pounds." in said


def test_what_a_file_says_in_its_own_way_is_told_and_read_with_care(
    page: ApplicationsPage, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    an_empty_sheet_is_told_and_the_one_before_stays(page, opened, tmp_path, qtbot)
    two_organisations_with_one_reference_are_never_both_taken(page, tmp_path, qtbot)
    how_a_column_of_dates_is_read_is_said_and_a_date_typed_is_day_first_all_the_same(page, tmp_path, qtbot)
    an_amount_in_another_unit_is_not_taken_until_its_pounds_are_typed(page, tmp_path, qtbot)
    odd_names_come_through_whole(page, opened, tmp_path, qtbot)
    a_late_row_and_one_over_the_cap_are_checks_and_no_faults(page, opened, tmp_path, qtbot)
