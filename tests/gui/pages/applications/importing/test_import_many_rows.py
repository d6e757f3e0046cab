"""The import as a newcomer goes through it: few keys, Back each time, rows left out together, areas asked."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from exchange.applications.preview import State
from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.applications.importing.wizard import CHECK, FILE, MATCH, SHEET, ImportWizard
from tests.gui.pages.applications.importing.test_import_wizard import (
    click,
    saved,
    state_of,
)

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
    assert [row.area for row in wizard.preview.taken] == ["Walsall", "Walsall"]
