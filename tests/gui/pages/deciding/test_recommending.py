"""Recording what the rule proposes: said first, done at once, shown everywhere, undone and redone."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.deciding.ranking.acts import TICK_FIRST
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.deciding.round_list import Mark
from models.values.recommending import SCOPE, RecommendationRow, scope_of
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.pressing import box_of, told

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def wolverhampton(opened: Window) -> Window:
    opened.main.tools.go("ranking")
    opened.controller.rounds.choose_area(WOLVERHAMPTON)
    return opened


def asked(window: Window) -> ConfirmDialog:
    window.main.ranking.record.click()
    return box_of(window, ConfirmDialog)


def write_each(dialog: DataForm) -> list[str]:
    """Write every reason; return of which it is asked what a part pays for."""
    for name in dialog.fields:
        if not name.startswith(SCOPE):
            dialog[name].setPlainText("It keeps the estate quiet.")
    return [name.removeprefix(SCOPE) for name in dialog.fields if name.startswith(SCOPE)]


def summary(window: Window) -> str:
    return window.main.ranking.summary.text()


def the_box_says_how_many_and_which_and_cancel_changes_nothing(window: Window) -> None:
    before, dialog = summary(window), asked(window)
    # eight whole: 4,800 + 3,250 + 1,980 + 2,400 + 4,950 + 3,600 + 4,400 + 2,750 = 28,130
    assert dialog.sentences[:3] == (
        "Wolverhampton: fund 8 (£28,130), part-fund 1 (£1,870), reserve 4.",
        "£30,000 in all, as the rule proposes.",
        "9 of those that get money have no reason yet. Each needs one before the chair signs.",
    )
    assert dialog.do.text() == "Record 13 recommendations"
    assert dialog.focusWidget() is dialog.cancel
    dialog.cancel.click()
    assert summary(window) == before
    assert not window.workspace.undo_stack.canUndo()


def what_is_recorded_shows_on_the_page_and_in_the_strip_and_is_undone(window: Window, qtbot: QtBot) -> None:
    asked(window).do.click()
    assert summary(window).endswith("Recommended: £30,000 for 9.")
    assert window.main.status.saved.text().startswith("Saved ")
    assert window.main.toast.accessibleName() == (
        "13 applications recorded, 9 of them to fund, £30,000 in all."
    )
    qtbot.keyClick(window.main, Qt.Key.Key_Z, CTRL)
    assert summary(window).endswith("The rule proposes £30,000 for 9.")
    qtbot.keyClick(window.main, Qt.Key.Key_Y, CTRL)
    assert summary(window).endswith("Recommended: £30,000 for 9.")


def reasons_that_are_lacking_are_asked_for_until_none_is(window: Window) -> None:
    page, before = window.main.ranking, summary(window)
    page.record.click()
    dialog = box_of(window, DataForm)
    assert len([name for name in dialog.fields if not name.startswith(SCOPE)]) == 9
    dialog.reject()
    page.reasons.click()
    dialog = box_of(window, DataForm)
    (of_part,) = write_each(dialog)
    dialog[f"{SCOPE}{of_part}"].setText("Two evenings a week")
    dialog.do.click()
    assert not page.reasons.isVisible()
    assert summary(window) == before
    recorded = {row.application: row for row in page.figures.recorded}
    assert scope_of(recorded[of_part].conditions) == "Two evenings a week"


def test_what_the_rule_proposes_is_said_recorded_and_given_its_reasons(
    wolverhampton: Window, qtbot: QtBot
) -> None:
    page = wolverhampton.main.ranking
    assert not page.reasons.isVisible()
    the_box_says_how_many_and_which_and_cancel_changes_nothing(wolverhampton)
    what_is_recorded_shows_on_the_page_and_in_the_strip_and_is_undone(wolverhampton, qtbot)
    reasons_that_are_lacking_are_asked_for_until_none_is(wolverhampton)

    page.record.click()
    assert wolverhampton.controller.dialog is None
    assert told(wolverhampton) == "The recommendations are recorded already, as the rule proposes them."


def test_what_was_recommended_otherwise_by_hand_stays_unless_it_is_ticked(wolverhampton: Window) -> None:
    own = RecommendationRow("W-019", Mark.PART, 100_000, "It waits for its partner.")
    wolverhampton.workspace.perform(RecordRecommendations(1, (own,)))
    wolverhampton.main.ranking.record.click()
    dialog = box_of(wolverhampton, DataForm)
    assert dialog["replaces"].text().replace("\n", " ") == (
        "Also replace 1 recommendation that was recorded otherwise: W-019, part-fund £1,000, becomes "
        "part-fund £1,870."
    )
    without = ["Wolverhampton: fund 8 (£28,130), reserve 4.", "£28,130 in all, as the rule proposes."]
    said = [dialog.says[0].splitlines()[:2]]
    for _ in range(2):
        dialog["replaces"].click()
        said.append(dialog.says[0].splitlines()[:2])
    # 28,130 + 1,870 = 30,000
    ticked = ["Wolverhampton: fund 8 (£28,130), part-fund 1 (£1,870), reserve 4."]
    assert said == [without, [*ticked, "£30,000 in all, as the rule proposes."], without]
    assert dialog.do.text() == "Record 12 recommendations"
    dialog.do.click()
    assert "Recommended: £29,130 for 9." in summary(wolverhampton)

    wolverhampton.main.ranking.record.click()
    again = box_of(wolverhampton, DataForm)
    assert again.says[0].startswith("All else is recorded already, as the rule proposes it.")
    again.do.click()
    assert again.problem.text() == TICK_FIRST
    again["replaces"].click()
    assert again.do.text() == "Record 13 recommendations"
    again.do.click()
    assert summary(wolverhampton).endswith("Recommended: £30,000 for 9.")
