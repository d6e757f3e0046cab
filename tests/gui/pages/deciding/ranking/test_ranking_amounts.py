"""Amounts edited in their cell, what must be said of a part, and money over the pot."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.recommend import NO_SCOPE
from gui.record.clock import current_day
from gui.tables.ranking.rows import Kind
from gui.tables.ranking.view import AmountEditor
from models.operations.awards.authorities import AllowOverPot
from models.queries.deciding.round_list import Mark
from models.values.recommending import RecommendationRow
from scoring.ranking import Allowance
from scoring.written.days import full_day
from tests.gui.pressing import answer, box_of, pill_of, told, words_in
from tests.gui.ranking_rounds import line, use_as

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CTRL = Qt.KeyboardModifier.ControlModifier
PART = "W-019"
"""Pendeford Parents' Group: the rule offers £1,870 of £3,700."""
NO_AMOUNTS = (
    ("3700.01", "Recommend between £0.01 and the £3,700.00 requested."),
    ("0", "Recommend between"),
    ("ten", "“ten” is not an exact amount"),
)
"""What is typed that cannot be, and what is said of it."""


def open_cell(page: RankingPage, qtbot: QtBot, reference: str) -> AmountEditor:
    page.table.select(reference)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    assert page.table.editor is not None
    return page.table.editor


def record_all(window: Window) -> None:
    window.main.ranking.record.click()
    box_of(window, ConfirmDialog).do.click()


def recorded(page: RankingPage, reference: str) -> RecommendationRow:
    return next(row for row in page.figures.recorded if row.application == reference)


def test_a_part_asks_once_what_it_pays_for_and_another_amount_is_recorded_at_once(
    chair: Window, page: RankingPage, qtbot: QtBot
) -> None:
    editor = open_cell(page, qtbot, PART)
    qtbot.keyClicks(editor, "1500.50")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    dialog = box_of(chair, DataForm)
    assert (dialog["outcome"].value, dialog["amount"].text(), dialog["reason"].toPlainText()) == (
        Mark.PART,
        "£1,500.50",
        "",
    )

    answer(chair, reason="The pot does not reach further.")
    assert dialog.problem.text() == NO_SCOPE
    answer(chair, scope="One of the two clubs")

    row = next(row for row in page.table.rows if row.name == PART)
    assert (row.amount, row.chip and row.chip.word) == ("£1,500.50", "Part-fund")
    assert recorded(page, PART).conditions[0] == "Reduced scope: One of the two clubs"
    # nothing else is recorded in the area yet: 30,000 − 1,500.50
    assert page.pots.pots[0].figures.words == "£28,499.50 left"

    qtbot.keyClick(chair.main, Qt.Key.Key_Z, CTRL)
    assert not line(chair, PART).is_recorded

    chair.workspace.undo_stack.redo()
    qtbot.keyClicks(editor := open_cell(page, qtbot, PART), "1600")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert chair.controller.dialog is None
    assert line(chair, PART).amount_pence == 160_000
    assert recorded(page, PART).conditions[0] == "Reduced scope: One of the two clubs"


def over_the_pot_is_refused_with_its_two_remedies(chair: Window, page: RankingPage, qtbot: QtBot) -> None:
    page.acts.recommend("W-008", Mark.FUND)
    dialog = box_of(chair, DataForm)
    assert words_in(dialog).count(
        "This is £3,600 over the round budget of Wolverhampton, and nobody allows that yet. Say who does."
    )
    assert dialog.ways[0].isVisible(), "before the button"
    answer(chair, reason="The only project in its ward.")
    assert dialog.do.toolTip() == "Name who allows it."
    assert dialog.ways[0].isVisible()
    dialog.ways[0].click()
    assert chair.controller.dialog is None
    at = page.table.currentIndex().row()
    assert [row.kind for row in page.table.rows[at : at + 2]] == [Kind.LINE, Kind.BUDGET]


def left_to_see_the_line(window: Window) -> None:
    """Type a part-fund that is over the pot, and leave it to see the line."""
    window.main.ranking.acts.recommend("W-008", Mark.PART)
    said = {"amount": "1,500", "scope": "Half the sessions"}
    answer(window, reason="The only project in its ward.", **said).ways[0].click()


def go_on_buttons(window: Window) -> list[QPushButton]:
    if window.main.notices.current is None:
        return []
    return [one for one in window.main.notices.remedies if one.text() == "Continue with W-008"]


def whoever_goes_to_see_the_line_goes_on_from_what_was_typed(chair: Window, page: RankingPage) -> None:
    left_to_see_the_line(chair)
    assert told(chair).startswith("What you typed on W-008 is kept, and not recorded yet: make room")
    page.acts.recommend("W-003", Mark.RESERVE)  # room is made: the pot has £1,980 or more to spare
    answer(chair, reason="Can wait.")
    go_on_buttons(chair)[0].click()
    again = box_of(chair, DataForm)
    assert (again["outcome"].value, again["amount"].text()) == (Mark.PART, "£1,500")
    assert (again["scope"].text(), again["reason"].toPlainText()) == (
        "Half the sessions",
        "The only project in its ward.",
    )
    assert not go_on_buttons(chair)
    again.do.click()
    assert recorded(page, "W-008").amount_pence == 150_000


def test_over_the_pot_is_refused_and_left_to_see_the_line_by_who_goes_on(
    chair: Window, page: RankingPage, qtbot: QtBot
) -> None:
    record_all(chair)
    over_the_pot_is_refused_with_its_two_remedies(chair, page, qtbot)
    left_to_see_the_line(chair)
    assert go_on_buttons(chair)
    use_as(chair, "Grace Okoro")
    assert not go_on_buttons(chair), "what one person typed is not offered to the next"
    use_as(chair, "Priya Nair")
    whoever_goes_to_see_the_line_goes_on_from_what_was_typed(chair, page)


def an_authority_is_for_one_area_in_pounds_printed_and_undone(chair: Window, page: RankingPage) -> None:
    page.acts.recommend("W-008", Mark.FUND)
    why = {"allowed_why": "Carried forward from the spring round."}
    for said, fault in (
        ({"reason": "The only project in its ward."}, "Name who allows it."),
        (
            {"allowed_name": "A. Commissioner"},
            "Name the post in which it is allowed, such as Chief Executive.",
        ),
        (
            {"allowed_post": "Chief Finance Officer", "allowed_pence": "3,599.99"},
            "It takes £3,600, no more and no less.",
        ),
        ({"allowed_pence": "3,600"}, "Say why it is allowed: every paper of the area prints the reason."),
    ):
        assert answer(chair, **said).do.toolTip() == fault
    answer(chair, **why)
    assert line(chair, "W-008").amount_pence == 360_000
    assert page.figures.ranking.scheme.tolerance_percent == 0
    budget = next(row for row in page.table.rows if row.kind is Kind.BUDGET)
    assert budget.words == "Budget line · £30,000 pot · £3,600 over, allowed"
    assert "A. Commissioner, Chief Finance Officer" in budget.tip
    assert not budget.across.is_over
    assert page.summary.text().endswith(
        "£3,600 over the pot, allowed by A. Commissioner, Chief Finance Officer, on "
        f"{full_day(current_day())}: Carried forward from the "
        "spring round."
    )
    chair.workspace.undo_stack.undo()
    assert page.figures.ranking.areas[0].allowances == (), "both are one change"
    assert not line(chair, "W-008").is_recorded or line(chair, "W-008").amount_pence is None


def the_box_says_what_is_over_the_pot_and_who_allows_it(chair: Window, page: RankingPage) -> None:
    allowed = Allowance("Wolverhampton", 400_000, "A. Commissioner", "Chief Executive", "one project")
    chair.workspace.perform(AllowOverPot(1, allowed))
    page.acts.recommend("W-008", Mark.FUND)
    dialog = box_of(chair, DataForm)
    over = next(iter(dialog.sayings))
    assert over.text() == (
        "Wolverhampton: £3,600 over the pot, allowed by A. Commissioner, Chief Executive (up to £4,000): one "
        "project."
    )
    pill_of(dialog["outcome"], Mark.RESERVE).setChecked(True)
    assert over.text() == ""
    pill_of(dialog["outcome"], Mark.FUND).setChecked(True)
    dialog["amount"].setText("")
    said, is_there = over.text(), over.isVisible()
    assert (said, is_there) == ("", True), "its room is kept, so that nothing moves while an amount is typed"
    chair.main.tools.dialogs.drop()
    chair.workspace.undo_stack.undo()


def an_amount_in_its_cell_that_goes_over_is_asked_about_with_its_remedies(
    chair: Window, page: RankingPage, qtbot: QtBot
) -> None:
    page.acts.recommend(PART, Mark.PART)
    answer(chair, scope="One of the two clubs", reason="Two clubs are more than the street needs.")
    qtbot.keyClicks(editor := open_cell(page, qtbot, PART), "1,900")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    dialog = answer(chair)
    assert "This is £30 over the round budget of Wolverhampton" in words_in(dialog)
    assert [way.text() for way in dialog.ways] == ["Show the line"]
    assert line(chair, PART).amount_pence == 187_000


def test_money_over_the_pot_is_allowed_by_name_in_the_box_and_in_the_cell(
    chair: Window, page: RankingPage, qtbot: QtBot
) -> None:
    record_all(chair)
    an_authority_is_for_one_area_in_pounds_printed_and_undone(chair, page)
    the_box_says_what_is_over_the_pot_and_who_allows_it(chair, page)
    an_amount_in_its_cell_that_goes_over_is_asked_about_with_its_remedies(chair, page, qtbot)


def test_an_amount_is_typed_in_its_cell_told_beneath_it_or_put_back(
    page: RankingPage, qtbot: QtBot, chair: Window
) -> None:
    before = page.table.rows
    editor = open_cell(page, qtbot, PART)
    assert editor.text() == "1,870"
    assert editor.accessibleName() == "Recommend for W-019, of £3,700 requested"
    qtbot.keyClicks(editor, "5")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert page.table.rows == before
    assert page.table.hasFocus()

    editor = open_cell(page, qtbot, PART)
    qtbot.keyClicks(editor, "ten")
    page.filters.words.setFocus()
    assert page.table.editor is None or editor.isHidden(), "a cell left with nonsense puts back"
    for typed, words in NO_AMOUNTS:
        editor = open_cell(page, qtbot, PART)
        qtbot.keyClicks(editor, typed)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        assert editor.problem.isVisible()
        assert editor.problem.text().startswith(words)
        assert editor.accessibleDescription() == editor.problem.text()
        assert editor.hasFocus()
        qtbot.keyClick(editor, Qt.Key.Key_Escape)

    use_as(chair, "Grace Okoro")
    page.table.select(PART)
    for key in (Qt.Key.Key_F, Qt.Key.Key_F2):
        qtbot.keyClick(page.table, key)
    only = "An officer or the chair records recommendations, not the member. The chair is Priya Nair."
    assert told(chair) == only
    assert not page.figures.recorded
