"""The panel through the real window: members, declarations before anything opens, quorum live."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.form import STILL_HERE
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.panel import declaring as declaring_module
from gui.pages.panel.columns import MEMBER_COLUMNS, member_name, quorum_words
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.page import PanelPage
from models.operation import Outcome
from models.operations.panel.members import Declare
from models.operations.set_up.areas import MoveAreas
from models.queries.panel.panel import MemberDetails, interests
from models.queries.panel.panel_board import MemberStanding
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.gui.announcing import hear
from tests.gui.pressing import answer, answer_to, box_of


@pytest.fixture
def panel(window: Window, scoring_file: Path) -> Window:
    """A window on the panel page, used by the chair."""
    window.controller.open(scoring_file)
    window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    window.controller.navigation.go_to("panel")
    QApplication.processEvents()
    return window


def page(window: Window) -> PanelPage:
    return window.main.pages.page("panel")


def as_jo(window: Window) -> None:
    window.main.tools.use_as(Identity("Jo Adeyemi", "member", "JO"))
    QApplication.processEvents()


def test_what_is_wrong_with_a_list_of_members_is_said_where_the_focus_goes_and_a_slip_is_asked_about(
    panel: Window,
) -> None:
    page(panel).several.click()
    dialog = box_of(panel, DataForm)
    grid = dialog["members"].grid
    grid.paste(grid.cell(0, 0), "Bo Test\tcomm")
    dialog.activateWindow()
    QApplication.processEvents()
    grid.cell(1, 0).setFocus()
    grid.enter(grid.cell(1, 0))  # empty, with more empty rows after it
    assert QApplication.focusWidget() is grid.cell(0, 1)
    assert not dialog.problem.text(), "it is said once"
    assert dialog["members"].wrong.text().startswith("Role of Bo Test: “comm” is not a role here.")
    # a name one letter off somebody known
    grid.paste(grid.cell(0, 0), "Jo Adeyem\tmember\nUna Test\tmember")
    dialog.do.click()
    assert not dialog["members"].wrong.text(), "what is asked is not said again"
    assert dialog["members"].slip.question.startswith("“Jo Adeyem” is almost “Jo Adeyemi”")
    dialog["members"].slip.use.click()
    dialog.do.click()
    QApplication.processEvents()
    assert dialog.problem.text().startswith("Jo Adeyemi is on the panel already.")
    assert panel.controller.dialog is dialog


def test_an_answer_to_the_declaration_is_chosen_by_mouse_and_by_tab(panel: Window, qtbot: QtBot) -> None:
    # an answer chosen by mouse is followed by typing what it is
    as_jo(panel)
    page(panel).declare.click()
    dialog = box_of(panel, DeclareDialog)
    none, other, *_ = dialog.pills
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert dialog.focusWidget() is dialog.detail
    qtbot.mouseClick(none, Qt.MouseButton.LeftButton)
    assert dialog.focusWidget() is dialog.table
    qtbot.keyClicks(dialog.table, "m")  # there is no interest to say more of
    qtbot.keyClick(dialog.table, Qt.Key.Key_Right)
    qtbot.keyClicks(dialog.table, "m")
    assert dialog.focusWidget() is dialog.detail
    qtbot.keyClicks(dialog.detail, "y niece")
    assert dialog.lines[0].detail == "my niece"
    box_of(panel, DeclareDialog).cancel.click()
    # tab goes from the applicants to the answer that is chosen
    as_jo(panel)
    page(panel).declare.click()
    dialog = box_of(panel, DeclareDialog)
    none, other, *_ = dialog.pills
    first, second = (line.reference for line in dialog.lines[:2])
    dialog.table.select(first)
    dialog.say(InterestKind.NON_PECUNIARY)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Tab)
    at_the_chosen = dialog.focusWidget()
    dialog.table.select(second)
    dialog.say(InterestKind.NONE)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Tab)
    assert at_the_chosen is other
    assert dialog.focusWidget() is none


def test_a_member_is_corrected_taken_off_and_added_and_what_is_refused_keeps_what_was_typed(
    panel: Window, qtbot: QtBot
) -> None:
    shown = page(panel)
    # a substitute is added and undone
    shown.tabs.choose(1)
    qtbot.mouseClick(shown.substitute, Qt.MouseButton.LeftButton)
    dialog = box_of(panel, DataForm)
    dialog.do.click()
    problem = dialog.problem.text()
    qtbot.keyClicks(dialog["name"], "Una Test")
    dialog.do.click()
    added = shown.answer.quorum[-1]
    panel.workspace.undo_stack.undo()
    assert problem == "Type the member's name."
    assert (added.members, added.undeclared, added.left) == (4, 2, 1)  # the substitute is to declare first
    back = shown.answer.quorum[-1]
    assert (back.members, back.undeclared, back.left) == (3, 1, 1)
    shown.tabs.choose(0)
    # a form that the record refuses keeps what was typed
    shown.add.click()
    dialog = box_of(panel, DataForm)
    dialog["name"].setText("Jo Adeyemi")
    dialog["organisation"].setText("Dudley residents")
    dialog.do.click()
    QApplication.processEvents()
    assert panel.controller.dialog is dialog
    assert dialog.problem.text().startswith("Jo Adeyemi is on the panel already. Add something")
    assert dialog["organisation"].text() == "Dudley residents"
    dialog["name"].setText("Jo Adeyemi (Dudley)")
    dialog.do.click()
    assert panel.controller.dialog is None
    assert shown.table.rows[-1].details.organisation == "Dudley residents"
    panel.workspace.undo_stack.undo()
    # a member is corrected and taken off
    shown.table.select("JO")
    qtbot.mouseClick(shown.edit, Qt.MouseButton.LeftButton)
    answer(panel, organisation="Residents")
    corrected = shown.table.rows[2].details.organisation
    qtbot.mouseClick(shown.remove, Qt.MouseButton.LeftButton)
    box_of(panel, ConfirmDialog).do.click()
    assert corrected == "Residents"
    assert [row.details.code for row in shown.table.rows] == ["NAIR", "KHAN"]
    # Enter in a line of the form adds the member
    shown.add.click()
    dialog = box_of(panel, DataForm)
    dialog["name"].setText("Asha Begum")
    qtbot.keyClick(dialog["name"], Qt.Key.Key_Return)
    assert panel.controller.dialog is None
    assert [row.details.name for row in shown.table.rows][-1] == "Asha Begum"


def test_a_declaration_that_the_record_refuses_keeps_every_answer(
    panel: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> Outcome:
        raise Refused("W-001 is signed.")

    as_jo(panel)
    page(panel).declare.click()
    dialog = box_of(panel, DeclareDialog)
    dialog.say_rest()
    with monkeypatch.context() as patch:
        patch.setattr(Declare, "apply", refuse)
        dialog.do.click()
    QApplication.processEvents()

    assert panel.controller.dialog is dialog
    assert dialog.problem.text() == f"W-001 is signed. {STILL_HERE}"
    assert all(line.kind is InterestKind.NONE for line in dialog.lines)

    dialog.do.click()
    assert panel.controller.dialog is None
    assert page(panel).table.rows[0].has_declared


def test_a_member_sees_the_own_row_alone_and_declares_by_keys(
    panel: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = hear(monkeypatch, declaring_module)
    as_jo(panel)
    assert [row.details.code for row in page(panel).table.rows] == ["JO"]
    assert page(panel).add.isHidden()

    qtbot.mouseClick(page(panel).declare, Qt.MouseButton.LeftButton)
    dialog = box_of(panel, DeclareDialog)
    assert len(dialog.lines) == 14
    qtbot.keyClick(dialog.table, Qt.Key.Key_N)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    for _ in range(3):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Right)  # none, other interest, money
    second = dialog.lines[1].reference
    qtbot.keyClicks(dialog.detail, "my employer")
    dialog.do.click()
    problem = dialog.problem.text()
    qtbot.mouseClick(dialog.rest, Qt.MouseButton.LeftButton)
    dialog.do.click()

    assert [words.rpartition(": ")[2] for words in heard[:4]] == ["None", "None", "Other interest", "Money"]
    assert heard[-1] == "None for 12 applicants"
    assert problem.startswith("12 applicants have no answer yet")
    declared = answer_to(panel, lambda session: interests(session, 1))
    own = [row for row in declared if row.member == "JO"]
    assert own[0].kind is InterestKind.NONE
    assert own[1:] == [InterestRow("JO", second, InterestKind.PECUNIARY, "my employer")]


def test_applications_open_with_the_declaration_and_not_before(panel: Window) -> None:
    as_jo(panel)
    panel.controller.navigation.go_to("scoring")
    scoring = panel.main.pages.page("scoring")
    closed = scoring.empty.words
    scoring.empty.button.click()
    assert panel.main.pages.key == "panel"
    box_of(panel, DeclareDialog).say_rest()
    box_of(panel, DeclareDialog).do.click()
    panel.controller.navigation.go_to("scoring")

    assert closed.startswith("Declare your interests first")
    assert scoring.summary.text() == "0 of 14 scored, 0 ready to hand in, 14 still to score"


def test_members_stand_with_what_they_declared_and_who_is_left(panel: Window) -> None:
    # the members stand with what they declared
    rows = page(panel).table.rows
    assert [(r.details.code, r.has_declared, r.interests) for r in rows] == [
        ("NAIR", True, 1),
        ("KHAN", True, 0),
        ("JO", False, 0),
    ]
    assert page(panel).summary.text() == "3 members, quorum 1. 1 not declared."
    model = page(panel).table.model()
    said = model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Jo Adeyemi, member, not declared, applications closed"
    # quorum is shown for the area, and for each application with someone aside
    whole, line = page(panel).answer.quorum
    assert (whole.reference, whole.words) == ("", "2 of 3, quorum 1")
    assert (line.reference, line.members, line.aside, line.left) == ("W-014", 3, ("Priya Nair",), 1)
    # Aisha Khan is left; Jo Adeyemi has not declared and does not decide yet
    assert quorum_words(line) == "3 members, 1 takes no part, 1 not declared, 1 left, quorum 1"
    # an adviser of a workbook has no sheets however the role is written
    row = page(panel).table.rows[0]
    sheets = next(column for column in MEMBER_COLUMNS if column.name == "sheets")
    adviser = replace(row, details=replace(row.details, role="Adviser"))
    assert (sheets.text(adviser), sheets.spoken(adviser)) == ("no sheets", "an adviser has no sheets")
    # a declaration made before is shown as it stands
    page(panel).declare.click()
    kinds = {line.reference: line.kind for line in box_of(panel, DeclareDialog).lines}
    assert kinds["W-014"] is InterestKind.PREJUDICIAL
    assert set(kinds.values()) == {InterestKind.PREJUDICIAL, InterestKind.NONE}
    box_of(panel, DeclareDialog).cancel.click()
    assert panel.controller.dialog is None
    # an interest is withdrawn with a reason that is dated and shown again
    page(panel).declare.click()
    dialog = box_of(panel, DeclareDialog)
    dialog.table.select("W-014")
    was = dialog.detail.text()
    dialog.say(InterestKind.NONE)
    dialog.do.click()
    assert (dialog.detail.text(), dialog.problem.text()[:42]) == (
        "",
        "Say why the interest in W-014 is withdrawn",
    )
    dialog.say(InterestKind.PECUNIARY)
    assert dialog.detail.text() == was
    dialog.say(InterestKind.NONE)
    dialog.detail.setText("I moved away.")
    dialog.detail.textEdited.emit("I moved away.")
    dialog.do.click()
    QApplication.processEvents()
    page(panel).declare.click()
    box_of(panel, DeclareDialog).table.select("W-014")
    assert box_of(panel, DeclareDialog).detail.text().startswith("Withdrawn on ")
    assert box_of(panel, DeclareDialog).detail.text().endswith(" (prejudicial): I moved away.")
    assert not box_of(panel, DeclareDialog).detail.isEnabled()
    box_of(panel, DeclareDialog).say(InterestKind.PECUNIARY)
    assert box_of(panel, DeclareDialog).detail.text() == ""
    box_of(panel, DeclareDialog).say(InterestKind.NONE)
    assert box_of(panel, DeclareDialog).detail.text().endswith(" (prejudicial): I moved away.")
    box_of(panel, DeclareDialog).cancel.click()


@pytest.mark.parametrize(
    ("interests", "shown", "said"),
    [
        (2, "2", "2 interests"),
        (0, "0", "no interest"),
        (None, "–", "interests closed to you until you declare"),
    ],
)
def test_what_a_member_declared_is_never_told_as_none_where_it_is_closed(
    interests: int | None, shown: str, said: str
) -> None:
    row = MemberStanding(MemberDetails("M1", "Jo Ali"), True, None, interests, 0, 1, 2, "Jo Ali")
    column = next(one for one in MEMBER_COLUMNS if one.name == "interests")

    assert column.text(row) == shown
    assert f", {said}, 1 of 2 sheets" in member_name(row)


def test_a_member_is_told_of_the_sheets_that_scoring_counts_and_the_chair_of_those_missed(
    panel: Window,
) -> None:
    panel.workspace.perform(MoveAreas(1, ("Wolverhampton",), "meeting"))
    of_chair = {row.details.code: (row.handed_in, row.sheets) for row in page(panel).table.rows}
    panel.main.tools.use_as(Identity("Aisha Khan", "member", "KHAN"))
    QApplication.processEvents()
    (own,) = page(panel).table.rows

    assert of_chair["KHAN"] == (1, 14)
    assert (own.handed_in, own.sheets) == (1, 1)
    panel.controller.navigation.go_to("scoring")
    assert panel.main.pages.page("scoring").summary.text().startswith("1 of 1 scored")
