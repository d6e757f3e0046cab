"""The import as a newcomer goes through it: few keys, Back each time, rows left out together, areas asked."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from exchange.applications.corrected import corrects_now
from exchange.applications.preview import State
from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.applications.importing.wizard import CHECK, FILE, MATCH, SHEET, SUMMARY, ImportWizard
from gui.pages.applications.page import ApplicationsPage
from tests.gui.pages.applications.importing.test_import_wizard import (
    click,
    count,
    saved,
    say_why,
    state_of,
)
from tests.gui.pressing import page_of

HEADS = ("Organisation", "Project", "NPU", "Amount requested", "Previously funded")
ROWS = (
    ("Canal Scouts", "Camp fires", "Dudley", "4800", "Yes"),
    ("Mill Lane Choir", "Songs", "Dudley", "3000", "No"),
    (),
    HEADS,
    ("Park Bowlers", "Green", "Walsall", "2500", "No"),
    ("Lantern Club", "Lamps", "Dudley", "about 900", "No"),
    ("Total", "", "", "11200", ""),
)


def written(path: Path, rows: Sequence[Sequence[str]] = ROWS, heads: tuple[str, ...] = HEADS) -> Path:
    return saved(path, [heads, *rows])


def press(qtbot: QtBot, window: Window, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Press a key where the keys go."""
    qtbot.keyClick(window.main.focusWidget(), key)


def test_a_clean_file_is_imported_with_four_keys_and_back_is_there_each_time(
    wizard: ImportWizard, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    before = count(opened)
    for number, round_of in enumerate((ROWS[:2], ROWS[4:5]), 1):
        wizard.read(written(tmp_path / f"clean {number}.csv", round_of))
        steps = []
        for _ in range(4):
            steps.append(wizard.step)
            assert wizard.back.isVisible()
            assert wizard.back.isEnabled()
            press(qtbot, opened)
        assert steps == [SHEET, MATCH, CHECK, SUMMARY]
        assert wizard.summary.is_done
        assert wizard.back.isVisible()
        page_now = page_of(opened, ApplicationsPage)
        page_now.start_import()
    assert count(opened) == before + 3
    assert wizard.step == FILE


def test_back_leads_from_what_was_imported_to_its_rows_and_to_the_first_step_and_on_again(
    wizard: ImportWizard, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    wizard.read(written(tmp_path / "some.csv"))
    click(qtbot, wizard.back)
    assert wizard.step == FILE
    click(qtbot, wizard.on)
    assert wizard.step == SHEET
    for _ in range(4):
        click(qtbot, wizard.on)
    assert wizard.summary.is_done

    click(qtbot, wizard.back)

    assert wizard.step == CHECK
    assert [state_of(wizard, number) for number in (2, 3, 6, 7)] == [*[State.SAME] * 3, State.NOT_TAKEN]


def test_rows_are_counted_without_headings_and_blanks_and_left_out_together(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    wizard.read(written(tmp_path / "some.csv"))
    click(qtbot, wizard.on)
    assert wizard.on.text() == "Check 4 rows"
    assert wizard.match.areas == {}
    click(qtbot, wizard.on)
    table = wizard.check.table
    assert [row.number for row in table.rows] == [2, 3, 6, 7]

    table.select(2)
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(table.model().index(2, 0), flags.Select | flags.Rows)
    assert wizard.check.leave.text() == "Leave these 2 rows out"
    click(qtbot, wizard.check.leave)
    assert [state_of(wizard, number) for number in (2, 6)] == [State.LEFT_OUT] * 2


def dialog_of(window: Window) -> DataForm:
    return next(one for one in window.main.findChildren(DataForm) if one.isVisible())


@pytest.mark.parametrize("has_column", [False, True])
def test_a_file_whose_areas_are_all_unknown_asks_before_it_files_all_under_one(
    wizard: ImportWizard, opened: Window, tmp_path: Path, qtbot: QtBot, has_column: bool
) -> None:
    rows = [("Canal Scouts", "Camp fires", "Patch 9", "4800"), ("Park Bowlers", "Green", "Patch 7", "250")]
    heads = ("Organisation", "Project", "NPU" if has_column else "Notes", "Amount requested")
    wizard.read(written(tmp_path / "odd.csv", rows, heads))
    click(qtbot, wizard.on)
    click(qtbot, wizard.on)
    dialog = dialog_of(opened)
    assert wizard.step == MATCH
    assert ("“Patch 9”" in dialog.accessibleDescription()) is has_column

    click(qtbot, dialog.do)
    assert dialog.problem.text().startswith("Choose an area")
    dialog["area"].setCurrentText("Walsall")
    click(qtbot, dialog.do)

    assert wizard.step == CHECK
    assert wizard.preview is not None
    assert [row.area for row in wizard.preview.taken] == ["Walsall", "Walsall"]


def test_what_was_corrected_by_hand_is_so_again_the_next_time(
    wizard: ImportWizard, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    wizard.read(written(tmp_path / "first.csv"))
    click(qtbot, wizard.on)
    click(qtbot, wizard.on)
    wizard.check.table.select(7)
    (box,) = wizard.check.boxes
    box.setText("950")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    click(qtbot, wizard.on)
    click(qtbot, wizard.on)
    say_why(opened, "The applicant rang.")
    assert wizard.summary.is_done
    current = page_of(opened, ApplicationsPage)
    current.start_import()
    more = ("New Group", "Hall", "Dudley", "about 900", "No")
    wizard.read(written(tmp_path / "second.csv", [*ROWS, more]))
    click(qtbot, wizard.on)
    click(qtbot, wizard.on)

    assert state_of(wizard, 7) is State.SAME  # not "Not imported": it is read as 950 again
    assert state_of(wizard, 9) is State.NOT_TAKEN  # another applicant's "about 900" is nobody's guess
    assert wizard.preview is not None
    assert not corrects_now(wizard.preview), "what is as corrected before is not asked about again"
