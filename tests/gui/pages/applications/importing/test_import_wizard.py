"""The import wizard through the real window: an unknown file corrected, fixed, taken in and undone."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from exchange.applications.columns import KEEP
from exchange.applications.draft import NEW_AREA
from exchange.applications.preview import State
from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.applications.importing.import_draft import import_operation
from gui.pages.applications.importing.steps import READING
from gui.pages.applications.importing.wizard import CHECK, FILE, MATCH, SHEET, SUMMARY, ImportWizard
from gui.pages.applications.page import ApplicationsPage
from gui.pages.page import Identity
from models.queries.applications.applications import applications
from models.queries.set_up.rounds import round_line
from models.values import canonical
from scoring.written.text import Refused
from tests.gui.pages.set_up.criteria.test_criteria import draft_path  # noqa: F401  a fixture
from tests.gui.pressing import answer_to, box_of, told

HEADS = ("Org name", "Project title", "NPU", "Amount req. (£)", "Post code", "Anything else?")
ROWS = (
    ("Canal Scouts", "Camp fires", "Wolves", "4800", "WV1 1AA", ""),
    ("Mill Lane Choir", "Songs", "Dudley", "about 5000", "DY1 1AA", "see above"),
    ("Park Bowlers", "Green", "Dudley", "5,200", "nowhere", ""),
    ("Bilston Boxing Futures", "Evening sessions for 11–16s", "Wolves", "4800", "", ""),
)


def written(path: Path, rows: Sequence[Sequence[str]] = ROWS, heads: Sequence[str] = HEADS) -> Path:
    return saved(path, [["Applications received"], [], heads, *rows])


def saved(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    """Write a file with these rows."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def count(window: Window) -> int:
    return len(answer_to(window, partial(applications, round_id=1)))


def choose(wizard: ImportWizard, written: str, area: str) -> None:
    """Say which area a text is."""
    box = wizard.match.areas[written]
    box.setCurrentIndex(box.findData(area))
    box.activated.emit(box.currentIndex())


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def say_why(opened: Window, why: str) -> None:
    """Answer why rows were corrected at the check."""
    dialog = box_of(opened, DataForm)
    dialog["reason"].setPlainText(why)
    dialog.do.click()


def at_check(wizard: ImportWizard, path: Path, qtbot: QtBot) -> None:
    wizard.read(path)
    click(qtbot, wizard.on)
    click(qtbot, wizard.on)


def afresh(wizard: ImportWizard, page: ApplicationsPage, qtbot: QtBot) -> None:
    """Leave an import that was begun, and begin another with nothing of it."""
    wizard.kept.drop(wizard.draft.file.path.name)
    click(qtbot, wizard.cancel)
    page.start_import()


def state_of(wizard: ImportWizard, number: int) -> State:
    return next(row.state for row in wizard.preview.rows if row.number == number)


def another_row_can_be_chosen_for_the_headings_and_columns_matched_by_hand(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = [("x", "y", "z"), ("Scouts", "4800", "Dudley")]
    wizard.read(written(tmp_path / "odd.csv", rows, ("Wer", "Wieviel", "Wo")))
    wizard.sheet.table.select(4)
    click(qtbot, wizard.on)

    assert wizard.step == MATCH
    assert not wizard.on.isEnabled()
    assert wizard.match.count.text().startswith("Choose a column for organisation and amount requested.")
    for heading, field in (("x", "organisation"), ("y", "amount_requested"), ("z", "area")):
        give(wizard, heading, field)

    click(qtbot, wizard.on)
    assert [row.requested_pence for row in wizard.preview.taken] == [480_000]


def an_area_that_nobody_knows_is_kept_as_an_answer_and_makes_no_area(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    at_check(wizard, written(tmp_path / "unknown.csv"), qtbot)
    scouts = wizard.preview.taken[0]
    assert scouts.area is None
    assert ("NPU", "Wolves") in scouts.answers
    assert "kept as written until one is chosen" in wizard.preview.rows[0].points[0].words

    click(qtbot, wizard.on)

    assert "Areas in the file: Dudley." in wizard.summary.words
    assert "1 without an area, so not ranked until one is chosen." in wizard.summary.words
    assert "New in the round" not in wizard.summary.words


def test_a_new_area_is_added_only_where_it_is_said_and_the_summary_names_it(
    wizard: ImportWizard, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    wizard.read(written(tmp_path / "unknown.csv"))
    click(qtbot, wizard.on)
    choose(wizard, "Wolves", NEW_AREA)
    choose(wizard, "Wolves", "")
    assert wizard.match.areas["Wolves"].currentText() == "Keep as written"
    choose(wizard, "Wolves", NEW_AREA)
    click(qtbot, wizard.on)
    click(qtbot, wizard.on)
    assert "New in the round, with a pot of £0.00 each: Wolves." in wizard.summary.words
    click(qtbot, wizard.on)

    assert answer_to(opened, partial(round_line, round_id=1)).areas[-1].name == "Wolves"


def test_each_row_is_looked_at_fixed_or_left_out(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot, page: ApplicationsPage
) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(t.table.model(), mode) for t in (wizard.sheet, wizard.check)]
    at_check(wizard, written(tmp_path / "unknown.csv"), qtbot)
    assert (wizard.step, len(testers)) == (CHECK, 2)
    assert [state_of(wizard, n) for n in (4, 5, 6, 7)] == [
        State.PROBLEM,
        State.NOT_TAKEN,
        State.PROBLEM,
        State.SAME,
    ]
    assert wizard.preview.rows[1].spoken.startswith(
        "Row 5, Mill Lane Choir, amount requested about 5000, not imported"
    )
    wizard.check.table.select(6)
    click(qtbot, wizard.check.leave)
    assert state_of(wizard, 6) is State.LEFT_OUT
    click(qtbot, wizard.check.leave)
    assert state_of(wizard, 6) is State.PROBLEM

    wizard.check.table.select(4)
    qtbot.keyClick(wizard.check.table, Qt.Key.Key_F8)
    assert wizard.check.table.current == 5
    (box,) = wizard.check.boxes
    box.setText("£4,950")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert state_of(wizard, 5) is State.NEW
    assert wizard.check.table.hasFocus(), "what was typed into is gone; Enter goes on from the rows"
    qtbot.keyClick(wizard.check.table, Qt.Key.Key_F8)
    assert wizard.check.table.current == 6
    qtbot.keyClick(wizard.check.table, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert wizard.check.table.current == 4

    page.start_import()
    at_check(wizard, written(tmp_path / "again.csv"), qtbot)
    assert wizard.check.table.current == 4, "another import starts at its first row"


def test_what_was_typed_without_enter_counts_and_an_import_that_is_left_goes_on_where_it_was(
    wizard: ImportWizard, page: ApplicationsPage, opened: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    at_check(wizard, written(tmp_path / "unknown.csv"), qtbot)
    wizard.check.next_problem()
    qtbot.keyClicks(wizard.check.boxes[0], "4950")

    wizard.check.table.setFocus()
    qtbot.waitUntil(lambda: state_of(wizard, 5) is State.NEW)
    for _ in range(3):
        click(qtbot, wizard.back)
    assert wizard.file.words.text().startswith("Chosen: unknown.csv.")
    assert wizard.file.choose.property("kind") == "plain", "one button is blue"
    at_check(wizard, written(tmp_path / "again.csv"), qtbot)
    qtbot.waitUntil(lambda: state_of(wizard, 5) is State.NEW)  # also where the file is chosen once more
    click(qtbot, wizard.cancel)
    assert not wizard.isVisible()
    assert opened.main.toast.words.endswith("What you did is kept until you choose again.csv again.")

    path = opened.workspace.facts.path  # type: ignore[union-attr]
    opened.controller.open(path)
    opened.main.actions_by_name["applications"].trigger()
    page.start_import()
    assert QApplication.focusWidget() is wizard.file.choose
    at_check(wizard, tmp_path / "again.csv", qtbot)
    assert state_of(wizard, 5) is State.NEW, "the correction is kept"
    wizard.check.table.select(6)
    qtbot.keyClicks(wizard.check.boxes[0], "X")
    opened.controller.open(path)
    opened.main.actions_by_name["applications"].trigger()
    page.start_import()
    at_check(wizard, tmp_path / "again.csv", qtbot)
    assert "nowhereX" in wizard.draft.edits.values(), "typed as the record was closed"

    for _ in range(2):
        click(qtbot, wizard.on)
    say_why(opened, "The applicant rang.")
    assert wizard.summary.is_done
    page.start_import()
    wizard.read(tmp_path / "again.csv")
    assert not wizard.draft.holds_work, "what was imported is not gone on with"


def test_a_file_that_is_none_an_import_that_is_left_and_one_that_is_not_offered(
    wizard: ImportWizard, opened: Window, tmp_path: Path, page: ApplicationsPage, qtbot: QtBot
) -> None:
    path = tmp_path / "picture.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    wizard.read(path)
    assert wizard.step == FILE
    assert told(opened)

    click(qtbot, wizard.cancel)
    assert page.table.isVisible()
    assert page.table.hasFocus()
    opened.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    assert not page.buttons[0].isVisible()
    page.start_import()
    assert page.table.isVisible()


def give(wizard: ImportWizard, heading: str, field: str) -> None:
    """Say what a column is."""
    box = wizard.match.boxes[heading]
    box.setCurrentIndex(box.findData(field))
    box.activated.emit(box.currentIndex())


def each_single_column_can_be_the_only_one_that_is_matched(
    opened: Window, wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    failures: list[Exception] = []
    opened.workspace.failed.connect(failures.append)
    wizard.read(written(tmp_path / "unknown.csv"))
    click(qtbot, wizard.on)
    for heading in HEADS:
        give(wizard, heading, KEEP)
    box = wizard.match.boxes[HEADS[0]]
    fields = [box.itemData(number) for number in range(box.count()) if box.itemData(number)]

    for heading, field in zip(HEADS * len(fields), fields, strict=False):
        give(wizard, heading, field)
        wizard.read_rows()
        give(wizard, heading, KEEP)

    assert {type(error) for error in failures} == {Refused}


def the_sum_that_is_kept_is_of_the_bytes_that_were_read(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    """A sum taken later would be of whatever the file holds by then."""
    path = written(tmp_path / "unknown.csv")
    read = hashlib.sha256(path.read_bytes()).hexdigest()
    wizard.read(path)
    path.write_text("Organisation,Amount\nSomebody else,1\n", encoding="utf-8")
    for _ in range(3):
        click(qtbot, wizard.on)
    assert wizard.step == SUMMARY

    operation = import_operation(wizard.draft, wizard.target, wizard.preview, remembers=False)

    assert read in canonical.to_text(operation)


def columns_and_areas_are_found_and_matched_once(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot, patch: pytest.MonkeyPatch
) -> None:
    assert wizard.step == FILE
    wizard.read(written(tmp_path / "unknown.csv"))
    assert wizard.step == SHEET
    assert wizard.sheet.table.current == 3
    assert wizard.sheet.table.rows[2].cells[:2] == ("Org name", "Project title")

    # the heads stand at once while the columns are read
    read = wizard.match_anew
    patch.setattr(wizard, "match_anew", lambda: None)
    click(qtbot, wizard.on)
    said = [one.text() for one in wizard.match.reading.widget().findChildren(QLabel)]
    assert said == ["In the file", "First values", "Goes to", "Status", READING]
    assert not wizard.on.isEnabled()
    assert not isinstance(QApplication.focusWidget(), QPushButton), "Enter pressed once more goes nowhere"
    patch.undo()
    read()
    assert wizard.on.isEnabled()
    assert QApplication.focusWidget() is wizard.on
    assert READING not in [one.text() for one in wizard.match.reading.widget().findChildren(QLabel)]

    # a choice leaves the lines where they are
    box = wizard.match.boxes["Anything else?"]
    qtbot.waitUntil(box.isVisible)  # the last lines are laid a moment later on a busy machine
    box.setFocus()
    give(wizard, "Anything else?", "project")
    assert wizard.match.boxes["Anything else?"] is box
    assert wizard.match._chips[box].text() == "Matched", "not the program but the officer knew it"
    assert box.hasFocus()
    assert box.currentData() == "project"
    assert wizard.match.boxes["Project title"].currentText() == "Kept as an answer"
    choose(wizard, "Wolves", "Wolverhampton")
    assert wizard.match.areas["Wolves"].currentText() == "Wolverhampton"
    click(qtbot, wizard.on)
    # the last was here already, but of the project that was its own column
    assert [row.area for row in wizard.preview.taken] == ["Wolverhampton", "Dudley", "Wolverhampton"]


def test_columns_and_areas_are_found_matched_by_hand_and_kept_as_written(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot, opened: Window, page: ApplicationsPage
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        columns_and_areas_are_found_and_matched_once(wizard, tmp_path, qtbot, patch)
    afresh(wizard, page, qtbot)
    an_area_that_nobody_knows_is_kept_as_an_answer_and_makes_no_area(wizard, tmp_path, qtbot)
    afresh(wizard, page, qtbot)
    another_row_can_be_chosen_for_the_headings_and_columns_matched_by_hand(wizard, tmp_path, qtbot)
    afresh(wizard, page, qtbot)
    each_single_column_can_be_the_only_one_that_is_matched(opened, wizard, tmp_path, qtbot)
    afresh(wizard, page, qtbot)
    the_sum_that_is_kept_is_of_the_bytes_that_were_read(wizard, tmp_path, qtbot)
