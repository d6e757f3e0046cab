"""Meanings folded out, reasons required, criteria set aside while scoring, and ten sheets by keys alone."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import FinalDataForm
from gui.pages.page import Identity
from gui.pages.panel.scoring.marks import MarkRow
from gui.pages.panel.scoring.page import ScoringPage
from gui.widgets.buttons import Button
from models.operation import Actor
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.operations.set_up.rounds import SetReasonRule
from models.queries.panel.score_sheets import SheetState
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.values.rounds import ReasonRule
from models.values.rows import InterestRow, MemberRow, NotApplicableRow, RoundRows
from scoring.round import InterestKind
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.pages.panel.scoring.test_scoring_page import FULL, press, type_keys
from tests.gui.pressing import answer, box_of

CHAIR = Actor("Priya Nair", "chair")
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WORDS = tuple((mark, f"Word {mark}", f"means {mark}") for mark in range(6))


def made(path: Path, rule: ReasonRule) -> Path:
    """Make a record whose one area is scored under a scheme with words, and a rule for reasons."""
    rows = wolverhampton_round()
    rows = replace(
        rows,
        scheme=replace(rows.scheme, descriptors=WORDS, not_applicable_allowed=True),
        members=(MemberRow("NAIR", "Priya Nair", "chair"),),
        interests=(InterestRow("NAIR", None, InterestKind.NONE),),
        sheets=(),
        agreed=(),
    )
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(LoadRound(rows), Actor("Priya Nair"))
        if rule is not ReasonRule.ASKED:
            record.perform(SetReasonRule(1, rule, ReasonRule.ASKED), CHAIR)
        record.perform(MoveAreas(1, (WOLVERHAMPTON,), "scoring"), CHAIR)
    return path


@pytest.fixture(scope="session")
def made_asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that asks for reasons."""
    return made(tmp_path_factory.mktemp("asked") / "asked.panel", ReasonRule.ASKED)


@pytest.fixture(scope="session")
def made_required(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that requires reasons."""
    return made(tmp_path_factory.mktemp("required") / "required.panel", ReasonRule.REQUIRED)


def score(window: Window, path: Path) -> ScoringPage:
    window.controller.open(path)
    window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    window.controller.navigation.go_to("scoring")
    QApplication.processEvents()
    found = window.main.pages.page("scoring")
    assert isinstance(found, ScoringPage)
    return found


@pytest.fixture
def page(window: Window, made_asked: Path, tmp_path: Path) -> ScoringPage:
    """The page of the chair, who scores, where reasons are asked for."""
    return score(window, Path(shutil.copy(made_asked, tmp_path / "Asked.panel")))


@pytest.fixture
def strict(window: Window, made_required: Path, tmp_path: Path) -> ScoringPage:
    """The page of the chair, who scores, where reasons are required."""
    return score(window, Path(shutil.copy(made_required, tmp_path / "Required.panel")))


def fill(qtbot: QtBot) -> None:
    """Give all marks of the sheet on show: seven digits and six downs."""
    for number, mark in enumerate(FULL):
        if number:
            press(qtbot, Qt.Key.Key_Down)
        type_keys(qtbot, str(mark))


def rows_of(window: Window) -> RoundRows:
    found: list[RoundRows] = []
    window.workspace.ask(partial(round_rows, round_id=1), found.append)
    return found[0]


def test_ten_applications_marks_only_take_140_presses(
    window: Window, page: ScoringPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    presses = 0
    key_click = qtbot.keyClick

    def counting(*args: object) -> None:
        nonlocal presses
        presses += 1
        key_click(*args)

    monkeypatch.setattr(qtbot, "keyClick", counting)
    for _ in range(10):
        fill(qtbot)
        press(qtbot, Qt.Key.Key_Return, CONTROL)

    # seven digits, six downs and Ctrl+Enter, ten times
    assert presses == 140
    assert len(page.sheets.full[0]) == 10
    assert page.progress.accessibleName() == "10 of 14 scored, 10 ready to hand in, 4 still to score"
    assert sum(sheet.marks == FULL for sheet in rows_of(window).sheets) == 10
    assert isinstance(QApplication.focusWidget().parent(), MarkRow)


def test_all_six_meanings_fold_out_by_key_for_every_criterion(page: ScoringPage, qtbot: QtBot) -> None:
    box = page.form.open_box
    hidden = box.body.scale.isVisible()
    type_keys(qtbot, "?")

    assert not hidden
    assert box.body.scale.isVisible()
    shown = [label.text() for label in box.body.scale.findChildren(QLabel)]
    assert shown == [words for mark in range(6) for words in (str(mark), f"Word {mark}: means {mark}")]
    press(qtbot, Qt.Key.Key_Down)
    assert page.form.open_box.body.scale.isVisible()  # whoever needs them once needs them again
    page.form.open_box.body.fold.click()
    assert not page.form.open_box.body.scale.isVisible()
    assert page.form.open_box.body.fold.text() == "What each mark means"


def test_tab_still_goes_from_the_mark_to_the_reason(page: ScoringPage, qtbot: QtBot) -> None:
    type_keys(qtbot, "?")
    press(qtbot, Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is page.form.open_box.reason


def test_a_question_mark_in_a_reason_is_a_question_mark(page: ScoringPage, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(page.form.open_box.reason, "why? x")

    assert page.form.open_box.reason.text == "why? x"
    assert not page.form.open_box.body.scale.isVisible()


def test_a_sheet_without_required_reasons_goes_to_the_first_and_says_so(
    window: Window, strict: ScoringPage, qtbot: QtBot
) -> None:
    first = strict.sheets.current.reference
    fill(qtbot)
    chip = strict.form.footer.state.text()
    press(qtbot, Qt.Key.Key_Return, CONTROL)

    assert chip == "7 reasons to give"
    assert strict.sheets.current.reference == first
    assert QApplication.focusWidget() is strict.form.open_box.reason
    assert strict.form.open_box.code == "A1"
    assert window.main.toast.words.startswith(f"{first} has no reason on A1, A2, A3, A4, A5, A6 and A7.")
    assert strict.sheets.full[0] == ()

    strict.hand_in.click()
    assert window.controller.dialog is None
    assert window.main.toast.words.endswith("This round requires one beside each mark.")


def test_a_hint_goes_once_the_sheet_has_what_it_lacked(
    window: Window, page: ScoringPage, qtbot: QtBot
) -> None:
    toast, first = window.main.toast, page.sheets.current.reference
    type_keys(qtbot, "4")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    said = toast.words
    type_keys(qtbot, "5j4j4j3j4")
    still = toast.words

    press(qtbot, Qt.Key.Key_Down)
    type_keys(qtbot, "2")

    assert said == f"{first} has marks to give. Ctrl+Shift+Enter skips it for now."
    assert (still, toast.words) == (said, "")


def test_a_reason_that_was_asked_for_is_asked_for_no_longer_once_it_is_written(
    window: Window, strict: ScoringPage, qtbot: QtBot
) -> None:
    fill(qtbot)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    said = window.main.toast.words

    qtbot.keyClicks(QApplication.focusWidget(), "clear")
    press(qtbot, Qt.Key.Key_Tab)

    assert "no reason on A1" in said
    assert window.main.toast.words == ""


@pytest.mark.parametrize("percent", [100, 150])
def test_no_button_is_cut_on_a_sheet_that_follows_a_locked_one(
    window: Window, page: ScoringPage, percent: int
) -> None:
    footer = page.form.footer
    window.look.set_percent(percent)
    footer.show_sheet(replace(footer.sheet, closed="Handed in."))
    window.main.resize(1366, 700)
    window.main.resize(1366, 768)
    QApplication.processEvents()

    footer.show_sheet(replace(footer.sheet, closed=""))
    QApplication.processEvents()

    shown = [button for button in footer.findChildren(Button) if button.isVisible()]
    assert len(shown) in (2, 4)
    assert not [button.text() for button in shown if button.width() < button.sizeHint().width()]


def test_with_all_reasons_the_sheet_is_handed_in_and_others_stay(
    window: Window, strict: ScoringPage, qtbot: QtBot
) -> None:
    first = strict.sheets.current.reference
    for number, mark in enumerate(FULL):
        if number:
            press(qtbot, Qt.Key.Key_Tab)
        type_keys(qtbot, str(mark))
        press(qtbot, Qt.Key.Key_Tab)
        qtbot.keyClicks(QApplication.focusWidget(), "clear")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    second = strict.sheets.current.reference
    fill(qtbot)
    strict.hand_in.click()
    dialog = box_of(window, FinalDataForm)
    dialog.do.click()

    states = {line.reference: line.state for line in strict.sheets.lines}
    assert second != first
    assert states[first] is SheetState.HANDED_IN
    assert states[second] is SheetState.READY


def test_the_form_says_what_the_round_wants_of_reasons(page: ScoringPage, strict: ScoringPage) -> None:
    assert strict.form.open_box.body.why.text() == "Why this mark? Required"


def test_the_chair_sets_a_criterion_aside_while_scoring(
    window: Window, page: ScoringPage, qtbot: QtBot
) -> None:
    first = page.sheets.current.reference
    fill(qtbot)
    press(qtbot, Qt.Key.Key_Delete)  # A7 is without a mark
    open_before = page.sheets.current.state
    type_keys(qtbot, "x")
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


def test_nobody_but_the_chair_is_offered_to_set_aside(
    window: Window, page: ScoringPage, qtbot: QtBot
) -> None:
    window.main.tools.use_as(Identity("Priya Nair", "member", "NAIR"))
    QApplication.processEvents()

    assert page.form.open_box.body.not_applicable.isHidden()


def test_at_twice_the_text_the_open_criterion_and_both_buttons_are_seen(
    window: Window, page: ScoringPage
) -> None:
    window.main.resize(1366, 688)
    window.look.set_percent(200)
    page.tabs.choose(1)
    for _ in range(4):
        QApplication.processEvents()
    box = page.form.open_box

    assert page.head.hand_in.width() >= page.head.hand_in.sizeHint().width()
    assert page.as_grid.width() >= page.as_grid.sizeHint().width()
    assert box.marks.buttons[0].visibleRegion().boundingRect().height() > 0
