"""Scoring through the real window: marks by key, the total, the next sheet, handing in, what stays closed."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.identity import IdentityDialog
from gui.listed.form import DataForm, FinalDataForm
from gui.pages.page import Identity
from gui.pages.panel.scoring import marks
from gui.pages.panel.scoring.marks import MarkButton, MarkRow
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.panel.scoring.words import REOPENED_BELOW, no_sheet_words
from gui.record.runner import PoolRunner
from models.operation import Actor
from models.operations.panel.members import AddInterest
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.queries.panel.score_sheets import score_sheets
from models.record import Opener, Record
from models.values.rows import InterestRow, MemberRow, SheetRow
from scoring.round import InterestKind
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.conftest import Opens
from tests.gui.pressing import answer, box_of, words_in
from tests.models.rounds import reader

NONE = InterestKind.NONE
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FULL = (4, 5, 4, 4, 3, 4, 2)


@pytest.fixture(scope="session")
def made_scoring_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record whose one area is scored: NAIR chairs, KHAN has a full draft of W-002, JO has not declared."""
    path = tmp_path_factory.mktemp("scoring") / "scoring.panel"
    rows = wolverhampton_round()
    people = (
        MemberRow("NAIR", "Priya Nair", "chair"),
        MemberRow("KHAN", "Aisha Khan"),
        MemberRow("JO", "Jo Adeyemi"),
    )
    declared = (
        InterestRow("NAIR", "W-014", InterestKind.PREJUDICIAL, "on its board"),
        InterestRow("KHAN", None, NONE),
    )
    sheets = (SheetRow("KHAN", "W-002", False, (1, 1, 1, 1, 1, 1, 1)),)
    rows = replace(rows, members=people, interests=declared, sheets=sheets, agreed=())
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(rows), Actor("Priya Nair"))
        record.perform(MoveAreas(1, (WOLVERHAMPTON,), "scoring"), Actor("Priya Nair", "chair"))
        record.perform(HandIn(1, "KHAN", "W-002"), Actor("Aisha Khan", "member"))
    return path


@pytest.fixture
def scoring(window: Window, made_scoring_record: Path, tmp_path: Path) -> Window:
    """A window on the scoring page, used by the chair, who is a member."""
    window.controller.open(Path(shutil.copy(made_scoring_record, tmp_path / "Scoring.panel")))
    window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    window.controller.navigation.go_to("scoring")
    QApplication.processEvents()
    return window


def page(window: Window) -> ScoringPage:
    found = window.main.pages.page("scoring")
    assert isinstance(found, ScoringPage)
    return found


def type_keys(qtbot: QtBot, keys: str) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifier)


def the_page_opens_on_the_first_sheet_to_mark(scoring: Window) -> None:
    # fourteen applications, one with an interest; W-002 is first by reference
    assert page(scoring).progress.text() == "0 of 13 scored, 0 ready, 13 to score"
    assert page(scoring).sheets.current is not None
    assert page(scoring).sheets.current.reference == "W-003"  # KHAN has done W-002: cover is evened out
    assert "Safe routes home" in words_in(page(scoring).pane)


def a_digit_gives_the_mark_and_the_total_follows(scoring: Window, qtbot: QtBot) -> None:
    type_keys(qtbot, "4j5j4j4")

    # 25 x 0.8 + 15 + 15 x 0.8 + 15 x 0.8 = 59
    assert page(scoring).form.footer.accessibleName() == "Total 59.00 of 70 marked, 100 in all"
    assert page(scoring).form.footer.state.text() == "3 marks to give"
    assert page(scoring).sheets.current.marks == (4, 5, 4, 4, None, None, None)


def test_marks_and_reasons_show_at_once_as_the_record_then_has_them(scoring: Window, qtbot: QtBot) -> None:
    type_keys(qtbot, "4j5j4j4j3j2j1")
    sheets, asked = page(scoring).sheets, []
    shown = page(scoring).sheets.current
    assert shown is not None
    assert None not in shown.marks
    sheets.explain(shown.reference, sheets.codes[0], "Well planned.")
    sheets.mark(shown.reference, sheets.codes[1], None)

    query = partial(score_sheets, round_id=1, viewer=reader("NAIR"))
    scoring.workspace.ask(query, asked.append)

    assert asked == [sheets.all], "nothing is asked after a mark: what is shown has to be what is written"


def arrows_move_the_mark_and_delete_clears_it(scoring: Window, qtbot: QtBot) -> None:
    type_keys(qtbot, "3")
    press(qtbot, Qt.Key.Key_Right)
    raised = page(scoring).sheets.current.marks[0]
    press(qtbot, Qt.Key.Key_Left)
    lowered = page(scoring).sheets.current.marks[0]
    press(qtbot, Qt.Key.Key_Delete)

    assert (raised, lowered, page(scoring).sheets.current.marks[0]) == (4, 3, None)


def test_a_mark_is_moved_cleared_and_given_by_keys(scoring: Window, qtbot: QtBot) -> None:
    arrows_move_the_mark_and_delete_clears_it(scoring, qtbot)
    a_digit_gives_the_mark_and_the_total_follows(scoring, qtbot)


def test_a_sheet_by_keys_alone_takes_fourteen_presses(scoring: Window, qtbot: QtBot) -> None:
    for mark in FULL[:-1]:
        type_keys(qtbot, str(mark))
        press(qtbot, Qt.Key.Key_Down)
    type_keys(qtbot, str(FULL[-1]))
    press(qtbot, Qt.Key.Key_Return, CONTROL)

    assert page(scoring).sheets.full[0] == ("W-003",)
    assert page(scoring).sheets.current.reference == "W-005"
    assert isinstance(QApplication.focusWidget().parent(), MarkRow)
    assert "↓ next criterion" in page(scoring).form.footer._hint.text()
    assert page(scoring).form.open_box.code == "A1"


def test_saving_with_a_gap_goes_to_the_gap_and_stays(scoring: Window, qtbot: QtBot) -> None:
    type_keys(qtbot, "4jj4")
    press(qtbot, Qt.Key.Key_Return, CONTROL)

    assert page(scoring).sheets.current.reference == "W-003"
    assert page(scoring).form.open_box.code == "A2"


def a_skipped_sheet_comes_back_at_the_end(scoring: Window, qtbot: QtBot) -> None:
    seen = []
    for _ in range(13):
        seen.append(page(scoring).sheets.current.reference)
        press(qtbot, Qt.Key.Key_Enter, CONTROL | SHIFT)

    assert len(set(seen)) == 13
    assert page(scoring).sheets.current.reference == seen[0]


def test_a_reason_is_entered_on_leaving_and_undone_in_one(scoring: Window, qtbot: QtBot) -> None:
    type_keys(qtbot, "4")
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "clear baseline")
    assert page(scoring).form.open_box.body.count.text().endswith("2 of 150 words")
    assert page(scoring).form.footer._hint.text().startswith("Tab next criterion"), "arrows are the box's own"
    press(qtbot, Qt.Key.Key_Tab)

    entered = page(scoring).sheets.current.reasons[0]
    scoring.workspace.undo_stack.undo()

    assert entered == "clear baseline"
    assert page(scoring).sheets.current.reasons[0] == ""
    assert page(scoring).form.open_box.code == "A2"  # Tab went on to the next criterion
    assert isinstance(QApplication.focusWidget().parent(), MarkRow)


def test_a_reason_is_kept_for_the_panel_by_a_key_on_the_marks_and_undone(
    scoring: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(marks, "announce", lambda _, words: heard.append(words))
    body = page(scoring).form.open_box.body
    press(qtbot, Qt.Key.Key_P)
    assert not body.for_panel.isEnabled(), "there is no reason yet"
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "is it legal?")
    assert body.count.text() == "The applicant may see this  ·  3 of 150 words"
    page(scoring).form.focus_open()

    press(qtbot, Qt.Key.Key_P)
    assert (page(scoring).sheets.current.reasons[0], page(scoring).sheets.current.for_panel) == (
        "is it legal?",
        {"A1"},
    )
    assert body.count.text() == "For the panel only  ·  3 of 150 words"
    assert body.for_panel.accessibleName() == "Panel only: the reason on A1"
    scoring.workspace.undo_stack.undo()

    assert page(scoring).sheets.current.for_panel == frozenset()
    assert not body.for_panel.isChecked()
    assert heard == ["For the panel only: the reason on A1."]


def test_the_grid_keeps_a_reason_for_the_panel_too(scoring: Window, qtbot: QtBot) -> None:
    page(scoring).as_grid.click()
    grid = page(scoring).grid
    grid.table.choose("W-003", "A2")
    grid.reason.setFocus()
    assert not grid.for_panel.isEnabled()
    qtbot.keyClicks(grid.reason, "to ask")

    grid.table.setFocus()
    press(qtbot, Qt.Key.Key_P)

    spoken = grid.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert ", reason given, for the panel only, " in spoken
    assert (grid.for_panel.isChecked(), page(scoring).sheets.current.for_panel) == (True, {"A2"})
    grid.reason.setFocus()
    grid.reason.setPlainText("")
    grid.table.setFocus()
    assert (grid.reason.text, grid.for_panel.isEnabled()) == ("", True), "what was ticked can be unticked"
    press(qtbot, Qt.Key.Key_P)
    assert (grid.for_panel.isChecked(), grid.for_panel.isEnabled()) == (False, False)
    assert page(scoring).sheets.current.for_panel == frozenset()


def test_typed_words_are_kept_and_offered_back_after_a_crash(scoring: Window, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Tab)
    box = page(scoring).form.open_box.reason
    with qtbot.waitSignal(box.typed):
        qtbot.keyClicks(box, "half a sent")
    sheets = page(scoring).sheets
    place, member = sheets.place, sheets.member

    sheets.look_at(None)
    sheets.look_at(place, member)
    sheets.refresh()

    assert page(scoring).sheets.drafts_of("W-003") == {"A1": "half a sent"}
    assert not page(scoring).drafts.isHidden()

    box.show_text(box.text)  # as after a new start: nothing is being typed
    qtbot.mouseClick(page(scoring).drafts.use, Qt.MouseButton.LeftButton)

    assert page(scoring).sheets.current.reasons[0] == "half a sent"
    assert page(scoring).drafts.isHidden()


def test_ready_sheets_are_handed_in_together_after_a_question(scoring: Window, qtbot: QtBot) -> None:
    for reference in ("W-002", "W-003"):
        for number, mark in enumerate(FULL, start=1):
            scoring.workspace.perform(SetMark(1, "NAIR", reference, f"A{number}", mark, None))
    page(scoring).show_reference("W-002")
    assert "Aisha" not in words_in(page(scoring).form.peers)
    assert page(scoring).hand_in.text() == "Hand in 2 ready"

    qtbot.mouseClick(page(scoring).hand_in, Qt.MouseButton.LeftButton)
    dialog = box_of(scoring, FinalDataForm)
    assert dialog.focusWidget() is dialog.cancel
    assert dialog.do.text() == "Hand in 2 sheets"
    hints: list[str] = []
    scoring.main.tools.hinted.connect(hints.append)
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)  # a key too many hands nothing in, and is told
    assert hints == ["Nothing is handed in yet. Your marks are saved."]
    qtbot.mouseClick(page(scoring).hand_in, Qt.MouseButton.LeftButton)
    dialog = box_of(scoring, FinalDataForm)
    dialog.do.click()

    assert page(scoring).sheets.full[0] == ()
    assert "Khan" in words_in(page(scoring).form.peers)  # her W-002 can be read now
    assert not scoring.workspace.undo_stack.canUndo()


def test_one_of_the_ready_sheets_can_be_handed_in_alone(scoring: Window, qtbot: QtBot) -> None:
    for reference in ("W-002", "W-003"):
        for number, mark in enumerate(FULL, start=1):
            scoring.workspace.perform(SetMark(1, "NAIR", reference, f"A{number}", mark, None))
    page(scoring).show_reference("W-003")

    qtbot.mouseClick(page(scoring).hand_in, Qt.MouseButton.LeftButton)
    dialog = box_of(scoring, FinalDataForm)
    dialog["which"].buttons[("W-003",)].setChecked(True)
    dialog.do.click()

    assert page(scoring).sheets.full[0] == ("W-002",)


def test_the_chair_reopens_a_sheet_with_a_reason_and_it_says_so(scoring: Window, qtbot: QtBot) -> None:
    for number, mark in enumerate(FULL, start=1):
        scoring.workspace.perform(SetMark(1, "NAIR", "W-002", f"A{number}", mark, None))
    page(scoring).show_reference("W-002")
    scoring.workspace.perform(HandIn(1, "NAIR", "W-002"))
    assert page(scoring).form.lock_words.text() == REOPENED_BELOW

    page(scoring).form.peers.reopen_asked.emit("W-002", "")
    dialog = box_of(scoring, DataForm)
    dialog.do.click()
    still_open = scoring.controller.dialog is dialog and not dialog.problem.isHidden()
    qtbot.waitUntil(dialog["reason"].hasFocus)
    qtbot.keyClicks(dialog["reason"], "a mark in the wrong row.")
    qtbot.keyClick(dialog["reason"], Qt.Key.Key_Return, CONTROL)

    assert still_open
    assert page(scoring).sheets.current.reopened == "a mark in the wrong row."
    shown = page(scoring).form.lock_words.text()
    assert shown == "Reopened after others’ marks could be seen: a mark in the wrong row."
    assert page(scoring).form.open_box.marks.buttons[0].isEnabled()
    scoring.workspace.perform(HandIn(1, "NAIR", "W-002"))
    assert f"{FULL[0]} R" in words_in(page(scoring).form.peers)


def an_application_with_an_interest_shows_neither_text_nor_total(scoring: Window) -> None:
    page(scoring).show_reference("W-014")

    shown = words_in(page(scoring).pane)
    assert "You declared an interest in W-014" in shown
    assert "Evening sessions" not in shown
    assert page(scoring).form.footer.total.text() == ""


def declaring_an_interest_while_scoring_closes_the_sheet_and_can_be_undone(
    scoring: Window, qtbot: QtBot
) -> None:
    type_keys(qtbot, "4")
    qtbot.mouseClick(page(scoring).form.footer.declare, Qt.MouseButton.LeftButton)
    dialog = box_of(scoring, DataForm)
    dialog["detail"].setPlainText(" ")
    dialog.do.click()
    assert scoring.controller.dialog is dialog
    assert dialog.problem.text().startswith("Say in a few words what the interest in W-003 is.")
    assert dialog["detail"].accessibleDescription() == dialog.problem.text()
    dialog["detail"].setPlainText("a neighbour")
    dialog.do.click()
    closed = words_in(page(scoring).pane)

    scoring.workspace.undo_stack.undo()

    assert "You declared an interest in W-003" in closed
    assert "is not counted; it is kept in History" in closed
    assert page(scoring).sheets.current.marks[0] == 4


def abstaining_needs_no_reason_and_is_no_conflict(scoring: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(page(scoring).form.footer.abstain, Qt.MouseButton.LeftButton)
    answer(scoring)

    assert "You abstained on W-003" in words_in(page(scoring).pane)


def test_an_interest_is_declared_while_scoring_and_one_abstains(scoring: Window, qtbot: QtBot) -> None:
    declaring_an_interest_while_scoring_closes_the_sheet_and_can_be_undone(scoring, qtbot)
    abstaining_needs_no_reason_and_is_no_conflict(scoring, qtbot)


def test_an_abstention_that_opens_others_marks_offers_no_undo(scoring: Window, qtbot: QtBot) -> None:
    scoring.workspace.perform(SetMark(1, "NAIR", "W-003", "A1", 4, None))
    toast = scoring.main.toast
    abstaining_needs_no_reason_and_is_no_conflict(scoring, qtbot)
    opens_nothing = toast.undo.isVisibleTo(toast)
    page(scoring).show_reference("W-002")

    qtbot.mouseClick(page(scoring).form.footer.abstain, Qt.MouseButton.LeftButton)
    scoring.controller.dialog.do.click()

    assert opens_nothing, "nobody has handed one in there"
    assert toast.words == "You abstained on W-002."
    assert not toast.undo.isVisibleTo(toast), "Khan’s sheet is open now, and Undo is not of the change before"
    assert not scoring.workspace.undo_stack.canUndo()


def a_member_who_has_not_declared_sees_no_application(scoring: Window) -> None:
    scoring.main.tools.use_as(Identity("Jo Adeyemi", "member", "JO"))
    QApplication.processEvents()

    assert page(scoring).empty.words == "Declare your interests first. Applications open after that."
    assert page(scoring).hand_in.isHidden()


def somebody_beside_the_panel_is_told_so(scoring: Window) -> None:
    scoring.main.tools.use_as(Identity("Una Test", "finance"))
    QApplication.processEvents()

    assert "not on this round’s panel" in page(scoring).empty.words


def test_marks_are_locked_once_the_area_is_at_the_meeting(scoring: Window) -> None:
    scoring.workspace.perform(MoveAreas(1, (WOLVERHAMPTON,), "meeting"))

    assert "Marks closed: Wolverhampton is at the meeting" in page(scoring).form.lock_words.text()
    assert not page(scoring).form.boxes[0].marks.isEnabled()
    on = page(scoring).form.footer.next
    assert (on.text(), on.isEnabled()) == ("Next application", True)
    page(scoring).show_reference(page(scoring).sheets.lines[-1].reference)
    assert (on.isEnabled(), on.toolTip()) == (False, "This is the last of your sheets.")
    footer = page(scoring).form.footer
    footer.show_sheet(replace(footer.sheet, onward="Go to hand in"))
    assert (on.text(), on.isEnabled()) == ("Go to hand in", True)


def the_mark_row_is_a_group_of_radio_buttons_with_words(scoring: Window) -> None:
    box = page(scoring).form.open_box
    row = QAccessible.queryAccessibleInterface(box.marks)
    button = QAccessible.queryAccessibleInterface(box.marks.buttons[4])

    assert row.role() is QAccessible.Role.Grouping
    assert row.text(QAccessible.Text.Name) == "A1 Crime prevention, weight 25"
    assert button.role() is QAccessible.Role.RadioButton
    assert button.text(QAccessible.Text.Name) == "4"  # this scheme has no words


def test_a_page_of_the_reading_pane_is_turned_while_typing(scoring: Window, qtbot: QtBot) -> None:
    scoring.main.resize(1093, 535)
    QApplication.processEvents()
    press(qtbot, Qt.Key.Key_Tab)
    bar = page(scoring).pane.pane.verticalScrollBar()
    bar.setMaximum(max(bar.maximum(), 400))

    press(qtbot, Qt.Key.Key_PageDown, ALT)
    down = bar.value()
    press(qtbot, Qt.Key.Key_PageUp, ALT)

    assert down > 0
    assert bar.value() == 0


def the_next_and_previous_item_are_a_key_away(scoring: Window, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_PageDown, CONTROL)
    after = page(scoring).sheets.current.reference
    press(qtbot, Qt.Key.Key_PageUp, CONTROL)

    assert (after, page(scoring).sheets.current.reference) == ("W-005", "W-003")


def test_the_grid_takes_digits_straight_in_and_is_the_same_data(scoring: Window, qtbot: QtBot) -> None:
    page(scoring).as_grid.click()
    table = page(scoring).grid.table
    tester = QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    row = next(n for n, line in enumerate(page(scoring).sheets.lines) if line.reference == "W-003")
    table.setCurrentIndex(table.model().index(row, 1))
    qtbot.keyClicks(table, "4544")
    qtbot.keyClick(table, Qt.Key.Key_Left)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    spoken = table.model().index(row, 1).data(Qt.ItemDataRole.AccessibleTextRole)

    page(scoring).as_grid.click()
    page(scoring).show_reference("W-003")

    assert page(scoring).sheets.current.marks == (4, 5, 4, None, None, None, None)
    assert page(scoring).grid.keys.text() == "0–5 mark and go on   ·   Delete clears"
    # 25 x 0.8 + 15 + 15 x 0.8 = 47
    assert spoken == (
        "Whitmore Reans Women's Circle, A1 Crime prevention, 4, no reason, "
        "total 47.00 of 55 marked, 100 in all"
    )
    del tester


def test_digits_go_on_in_the_grid_after_a_sheet_is_handed_in(scoring: Window, qtbot: QtBot) -> None:
    for number, mark in enumerate(FULL, start=1):
        scoring.workspace.perform(SetMark(1, "NAIR", "W-003", f"A{number}", mark, None))
    found = page(scoring)
    found.as_grid.click()
    found.hand_in.setFocus()
    qtbot.mouseClick(found.hand_in, Qt.MouseButton.LeftButton)
    scoring.controller.dialog.do.click()

    assert found.grid.table is not None
    assert scoring.main.focusWidget() is found.grid.table


def the_grid_keeps_closed_applications_closed(scoring: Window, qtbot: QtBot) -> None:
    page(scoring).as_grid.click()
    table = page(scoring).grid.table
    row = next(n for n, line in enumerate(page(scoring).sheets.lines) if line.reference == "W-014")
    table.setCurrentIndex(table.model().index(row, 1))
    qtbot.keyClicks(table, "5")

    said = table.model().index(row, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("you declared an interest")
    assert table.model().index(row, 1).data() == "⊘"


def title_progress_and_item_are_whole_or_away_beside_what_is_ready(scoring: Window, width: int) -> None:
    scoring.main.resize(width, 768)
    head = page(scoring).head
    said = "11 of 40 scored, 10 ready, 29 to score"
    head.strip.setMinimumWidth(220)
    head.show_state(replace(head._state, ready=10, far=(said, said, "11 of 40 scored")))
    QApplication.processEvents()

    assert head.hand_in.text() == "Hand in 10 ready"
    for part in (head.title, head.progress, head.item):
        assert part.isHidden() or part.width() >= part.fontMetrics().horizontalAdvance(part.text())


def the_title_is_whole_at_twice_the_text_size(scoring: Window) -> None:
    scoring.main.resize(1366, 768)
    scoring.look.set_percent(200)
    QApplication.processEvents()
    title = page(scoring).head.title

    assert title.width() >= title.fontMetrics().horizontalAdvance("Scoring")


def test_title_and_progress_are_whole_or_away_at_every_width_and_size(scoring: Window) -> None:
    for width in (1100, 1250, 1366):
        title_progress_and_item_are_whole_or_away_beside_what_is_ready(scoring, width)
    the_title_is_whole_at_twice_the_text_size(scoring)


def the_office_is_told_how_members_score_and_led_to_who_is_using_the_laptop(scoring: Window) -> None:
    scoring.main.tools.use_as(Identity("Grace Okoro", "officer"))
    empty = page(scoring).empty
    assert empty.words.startswith("Members score here under their own names")
    assert empty.button.isVisible()

    empty.button.click()

    assert isinstance(scoring.controller.dialog, IdentityDialog)
    scoring.controller.dialog.reject()
    scoring.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    assert page(scoring).as_grid.text() == "Grid view", "the office's grid is not the chair's"


def test_on_a_server_nobody_is_told_of_a_laptop_that_is_shared() -> None:
    words = no_sheet_words(is_paper=True, is_shared=True)

    assert words.startswith("Members score here under their own names. They sign on to the office server")
    assert "laptop" not in words


def t_on_the_strip_of_sheets_shows_them_as_a_table(scoring: Window, qtbot: QtBot) -> None:
    found = page(scoring)
    found.strip.setFocus()
    assert found.strip.accessibleDescription().endswith("T shows them as a table.")

    qtbot.keyClick(found.strip, Qt.Key.Key_T)

    assert found.grid.isVisible()
    assert found.grid.table is not None


def test_the_page_opens_on_a_sheet_goes_through_them_and_tells_others_why_not(
    scoring: Window, qtbot: QtBot
) -> None:
    the_page_opens_on_the_first_sheet_to_mark(scoring)
    the_mark_row_is_a_group_of_radio_buttons_with_words(scoring)
    the_next_and_previous_item_are_a_key_away(scoring, qtbot)
    a_skipped_sheet_comes_back_at_the_end(scoring, qtbot)
    an_application_with_an_interest_shows_neither_text_nor_total(scoring)
    page(scoring).show_reference("W-003")
    the_grid_keeps_closed_applications_closed(scoring, qtbot)
    page(scoring).as_grid.click()
    t_on_the_strip_of_sheets_shows_them_as_a_table(scoring, qtbot)
    page(scoring).as_grid.click()
    somebody_beside_the_panel_is_told_so(scoring)
    scoring.main.tools.go("scoring")
    a_member_who_has_not_declared_sees_no_application(scoring)
    the_office_is_told_how_members_score_and_led_to_who_is_using_the_laptop(scoring)


def test_the_focus_stays_with_the_sheet_that_comes_on_show(
    opens: Opens, made_scoring_record: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = opens(PoolRunner())
    window.controller.open(Path(shutil.copy(made_scoring_record, tmp_path / "Scoring.panel")))
    qtbot.waitUntil(lambda: window.controller.rounds.place is not None)
    window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    window.main.tools.go("scoring")
    form = page(window).form
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), MarkButton))

    assert page(window).sheets.current is not None
    closing = InterestRow("NAIR", page(window).sheets.current.reference, InterestKind.PECUNIARY, "a cousin")
    window.workspace.perform(AddInterest(1, closing))
    qtbot.waitUntil(lambda: form.footer.next.text() == "Next application")
    assert QApplication.focusWidget() is form.footer.next

    window.main.tools.go("panel")
    window.main.tools.use_as(Identity("Aisha Khan", "member", "KHAN"))
    window.main.tools.go("scoring")
    qtbot.waitUntil(lambda: form.footer.next.text() == "Save and next")
    assert isinstance(QApplication.focusWidget(), MarkButton)
