"""Meanings folded out, reasons required, criteria set aside while scoring, and ten sheets by keys alone."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import FinalDataForm
from gui.pages.page import Identity
from gui.pages.panel.scoring.marks import MarkRow
from gui.pages.panel.scoring.page import ScoringPage
from models.operations.set_up.rounds import SetReasonRule
from models.queries.panel.score_sheets import SheetState
from models.queries.set_up.round_facts import round_rows
from models.values.rounds import ReasonRule
from models.values.rows import NotApplicableRow, RoundRows
from tests.gui.pages.panel.scoring_rounds import FULL, OPENED, at_scoring, of_the_chair, press, record_of
from tests.gui.pressing import answer, answer_to, box_of

CONTROL = Qt.KeyboardModifier.ControlModifier
WORDS = tuple((mark, f"Word {mark}", f"means {mark}") for mark in range(6))


def made(path: Path, rule: ReasonRule) -> Path:
    """Make a record whose one area is scored under a scheme with words, and a rule for reasons."""
    rows = of_the_chair(descriptors=WORDS, not_applicable_allowed=True)
    ruled = () if rule is ReasonRule.ASKED else (SetReasonRule(1, rule, ReasonRule.ASKED),)
    return record_of(path, rows, *ruled, OPENED)


@pytest.fixture(scope="session")
def made_asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that asks for reasons."""
    return made(tmp_path_factory.mktemp("asked") / "asked.panel", ReasonRule.ASKED)


@pytest.fixture(scope="session")
def made_required(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that requires reasons."""
    return made(tmp_path_factory.mktemp("required") / "required.panel", ReasonRule.REQUIRED)


@pytest.fixture
def page(window: Window, made_asked: Path, tmp_path: Path) -> ScoringPage:
    """The page of the chair, who scores, where reasons are asked for."""
    return at_scoring(window, Path(shutil.copy(made_asked, tmp_path / "Asked.panel")))


@pytest.fixture
def strict(window: Window, made_required: Path, tmp_path: Path) -> ScoringPage:
    """The page of the chair, who scores, where reasons are required."""
    return at_scoring(window, Path(shutil.copy(made_required, tmp_path / "Required.panel")))


def fill() -> None:
    """Give all marks of the sheet on show: seven digits and six downs."""
    for number, mark in enumerate(FULL):
        if number:
            press(Qt.Key.Key_Down)
        press(str(mark))


def rows_of(window: Window) -> RoundRows:
    return answer_to(window, partial(round_rows, round_id=1))


def test_meanings_fold_out_by_key_and_ten_applications_marks_only_take_140_presses(
    window: Window, page: ScoringPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # all six meanings fold out by key for every criterion
    box = page.form.open_box
    hidden = box.body.scale.isVisible()
    press("?")
    assert not hidden
    assert box.body.scale.isVisible()
    shown = [label.text() for label in box.body.scale.findChildren(QLabel)]
    assert shown == [words for mark in range(6) for words in (str(mark), f"Word {mark}: means {mark}")]
    press(Qt.Key.Key_Down)
    assert page.form.open_box.body.scale.isVisible()  # whoever needs them once needs them again
    # Tab still goes from the mark to the reason
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.form.open_box.reason
    page.form.open_box.body.fold.click()
    assert not page.form.open_box.body.scale.isVisible()
    assert page.form.open_box.body.fold.text() == "What each mark means"
    # a question mark in a reason is a question mark
    page.form.focus_open()
    press(Qt.Key.Key_Tab)
    qtbot.keyClicks(page.form.open_box.reason, "why? x")
    assert page.form.open_box.reason.text == "why? x"
    assert not page.form.open_box.body.scale.isVisible()
    page.form.focus_open()
    press(Qt.Key.Key_Up)
    toast, first = window.main.toast, page.sheets.current.reference
    press("4")
    press(Qt.Key.Key_Return, modifier=CONTROL)
    assert toast.words == f"{first} has marks to give. Ctrl+Shift+Enter skips it for now."
    press(*"5j4j4j3j4")
    press(Qt.Key.Key_Down, "2")
    press(Qt.Key.Key_Return, modifier=CONTROL)
    # seven digits, six downs and Ctrl+Enter, ten times
    presses = 0
    key_click = QtBot.keyClick

    def counting(*args: object) -> None:
        nonlocal presses
        presses += 1
        key_click(*args)

    monkeypatch.setattr(QtBot, "keyClick", counting)
    for _ in range(10):
        fill()
        press(Qt.Key.Key_Return, modifier=CONTROL)
    assert presses == 140
    assert len(page.sheets.full[0]) == 11
    assert page.summary.text() == "11 of 14 scored, 11 ready to hand in, 3 still to score"
    assert sum(sheet.marks == FULL for sheet in rows_of(window).sheets) == 11
    assert isinstance(QApplication.focusWidget().parent(), MarkRow)


def test_a_sheet_without_required_reasons_goes_to_the_first_and_is_handed_in_once_all_are_given(
    window: Window, strict: ScoringPage, qtbot: QtBot
) -> None:
    assert strict.form.open_box.body.why.text() == "Why this mark? Required"
    first = strict.sheets.current.reference
    fill()
    chip = strict.form.footer.state.text()
    press(Qt.Key.Key_Return, modifier=CONTROL)
    assert chip == "7 reasons to give"
    assert strict.sheets.current.reference == first
    assert QApplication.focusWidget() is strict.form.open_box.reason
    assert strict.form.open_box.code == "A1"
    assert window.main.toast.words.startswith(f"{first} has no reason on A1, A2, A3, A4, A5, A6 and A7.")
    assert strict.sheets.full[0] == ()
    strict.hand_in.click()
    assert window.controller.dialog is None
    assert window.main.toast.words.endswith("This round requires one beside each mark.")
    press(Qt.Key.Key_Return, modifier=CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "clear")
    press(Qt.Key.Key_Tab)
    # with all reasons the sheet is handed in, and others stay
    for _ in FULL[1:]:
        press(Qt.Key.Key_Tab)
        qtbot.keyClicks(QApplication.focusWidget(), "clear")
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return, modifier=CONTROL)
    second = strict.sheets.current.reference
    fill()
    strict.hand_in.click()
    dialog = box_of(window, FinalDataForm)
    dialog.do.click()
    states = {line.reference: line.state for line in strict.sheets.lines}
    assert second != first
    assert states[first] is SheetState.HANDED_IN
    assert states[second] is SheetState.READY


def test_the_chair_sets_a_criterion_aside_while_scoring(window: Window, page: ScoringPage) -> None:
    first = page.sheets.current.reference
    fill()
    press(Qt.Key.Key_Delete)  # A7 is without a mark
    open_before = page.sheets.current.state
    press("x")
    answer(window, reason="no added value asked")

    assert open_before is SheetState.OPEN
    assert page.sheets.current.state is SheetState.READY
    assert page.form.boxes[6].body.meaning.text().endswith(": no added value asked")
    assert rows_of(window).not_applicable == (NotApplicableRow(first, "A7", "no added value asked"),)

    page.form.boxes[6].body.not_applicable.click()
    question = box_of(window, ConfirmDialog)
    question.do.click()
    assert page.sheets.current.state is SheetState.OPEN
    assert rows_of(window).not_applicable == ()
    window.workspace.undo_stack.undo()
    assert page.sheets.current.state is SheetState.READY

    window.main.tools.use_as(Identity("Priya Nair", "member", "NAIR"))
    QApplication.processEvents()
    assert page.form.open_box.body.not_applicable.isHidden(), "nobody but the chair is offered it"
