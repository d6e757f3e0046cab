"""Recording what the rule proposes: said first, done at once, shown everywhere, undone and redone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.deciding.ranking.acts import TICK_FIRST
from gui.pages.deciding.ranking.words import lines_of, replace_words
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.deciding.decisions import unlike_the_rule
from models.queries.deciding.round_list import Mark
from models.record import Record
from models.values.recommending import SCOPE, RecommendationRow, scope_of
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.pressing import box_of

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def wolverhampton(opened: Window) -> Window:
    opened.main.tools.go("ranking")
    opened.controller.rounds.choose_area(WOLVERHAMPTON)
    return opened


def asked(window: Window, qtbot: QtBot) -> ConfirmDialog:
    qtbot.mouseClick(window.main.ranking.record, Qt.MouseButton.LeftButton)
    assert isinstance(window.controller.dialog, ConfirmDialog)
    return window.controller.dialog


def ask(window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.main.ranking.record, Qt.MouseButton.LeftButton)


def write_each(dialog: DataForm) -> list[str]:
    """Write every reason; return of which it is asked what a part pays for."""
    for name in dialog.fields:
        if not name.startswith(SCOPE):
            dialog[name].setPlainText("It keeps the estate quiet.")
    return [name.removeprefix(SCOPE) for name in dialog.fields if name.startswith(SCOPE)]


def summary(window: Window) -> str:
    return window.main.ranking.summary.text()


def test_the_box_says_how_many_and_which_and_cancel_has_the_focus(
    wolverhampton: Window, qtbot: QtBot
) -> None:
    dialog = asked(wolverhampton, qtbot)

    # eight whole: 4,800 + 3,250 + 1,980 + 2,400 + 4,950 + 3,600 + 4,400 + 2,750 = 28,130
    assert dialog.words[0] == "Wolverhampton: fund 8 (£28,130), part-fund 1 (£1,870), reserve 4."
    assert dialog.words[1] == "£30,000 in all, as the rule proposes."
    assert dialog.words[2] == (
        "9 of those that get money have no reason yet. Each needs one before the chair signs."
    )
    assert dialog.do.text() == "Record 13 recommendations"
    assert dialog.focusWidget() is dialog.cancel


def test_cancel_changes_nothing(wolverhampton: Window, qtbot: QtBot) -> None:
    before = summary(wolverhampton)

    qtbot.mouseClick(asked(wolverhampton, qtbot).cancel, Qt.MouseButton.LeftButton)

    assert summary(wolverhampton) == before
    assert not wolverhampton.workspace.undo_stack.canUndo()


def test_recorded_recommendations_show_on_the_page_and_in_the_strip(
    wolverhampton: Window, qtbot: QtBot
) -> None:
    qtbot.mouseClick(asked(wolverhampton, qtbot).do, Qt.MouseButton.LeftButton)

    assert summary(wolverhampton).endswith("Recommended: £30,000 for 9.")
    assert wolverhampton.main.status.saved.text().startswith("Saved ")
    assert wolverhampton.main.toast.accessibleName() == (
        "13 applications recorded, 9 of them to fund, £30,000 in all."
    )


def test_undo_and_redo_go_through_the_record(wolverhampton: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(asked(wolverhampton, qtbot).do, Qt.MouseButton.LeftButton)

    qtbot.keyClick(wolverhampton.main, Qt.Key.Key_Z, CTRL)
    undone = summary(wolverhampton)
    qtbot.keyClick(wolverhampton.main, Qt.Key.Key_Y, CTRL)
    redone = summary(wolverhampton)

    assert undone.endswith("The rule proposes £30,000 for 9.")
    assert redone.endswith("Recommended: £30,000 for 9.")


def test_what_was_recommended_otherwise_by_hand_stays_unless_it_is_ticked(
    wolverhampton: Window, qtbot: QtBot
) -> None:
    own = RecommendationRow("W-019", Mark.PART, 100_000, "It waits for its partner.")
    wolverhampton.workspace.perform(RecordRecommendations(1, (own,)))
    ask(wolverhampton, qtbot)
    dialog = box_of(wolverhampton, DataForm)
    assert dialog["replaces"].text() == (
        "Also replace 1 recommendation that was recorded otherwise: W-019, part-fund £1,000, becomes "
        "part-fund £1,870."
    )
    assert dialog.do.text() == "Record 12 recommendations"

    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    assert "Recommended: £29,130 for 9." in summary(wolverhampton)

    ask(wolverhampton, qtbot)
    again = box_of(wolverhampton, DataForm)
    assert again.says[0].startswith("All else is recorded already, as the rule proposes it.")
    again.do.click()
    assert again.problem.text() == TICK_FIRST
    again["replaces"].click()
    assert again.do.text() == "Record 13 recommendations"
    qtbot.mouseClick(again.do, Qt.MouseButton.LeftButton)
    assert summary(wolverhampton).endswith("Recommended: £30,000 for 9.")


def test_the_sums_in_the_box_follow_the_tick(wolverhampton: Window, qtbot: QtBot) -> None:
    own = RecommendationRow("W-019", Mark.PART, 100_000, "It waits for its partner.")
    wolverhampton.workspace.perform(RecordRecommendations(1, (own,)))
    ask(wolverhampton, qtbot)
    dialog = box_of(wolverhampton, DataForm)
    without = ["Wolverhampton: fund 8 (£28,130), reserve 4.", "£28,130 in all, as the rule proposes."]
    assert dialog.says[0].splitlines()[:2] == without

    dialog["replaces"].click()

    # 28,130 + 1,870 = 30,000
    assert dialog.says[0].splitlines()[:2] == [
        "Wolverhampton: fund 8 (£28,130), part-fund 1 (£1,870), reserve 4.",
        "£30,000 in all, as the rule proposes.",
    ]
    dialog["replaces"].click()
    assert dialog.says[0].splitlines()[:2] == without


def test_reasons_that_are_lacking_are_written_by_a_button_that_is_there_until_none_is(
    wolverhampton: Window, qtbot: QtBot
) -> None:
    page = wolverhampton.main.ranking
    assert not page.reasons.isVisible()
    qtbot.mouseClick(asked(wolverhampton, qtbot).do, Qt.MouseButton.LeftButton)
    before = summary(wolverhampton)

    qtbot.mouseClick(page.reasons, Qt.MouseButton.LeftButton)
    dialog = wolverhampton.controller.dialog
    assert isinstance(dialog, DataForm), "nothing that was recorded by hand is recorded anew"
    (of_part,) = write_each(dialog)
    dialog[f"{SCOPE}{of_part}"].setText("Two evenings a week")
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)

    assert not page.reasons.isVisible()
    assert summary(wolverhampton) == before
    assert page.figures is not None
    recorded = {row.application: row for row in page.figures.recorded}
    assert scope_of(recorded[of_part].conditions) == "Two evenings a week"


def test_recording_twice_asks_for_the_reasons_then_says_that_it_is_done(
    wolverhampton: Window, qtbot: QtBot
) -> None:
    qtbot.mouseClick(asked(wolverhampton, qtbot).do, Qt.MouseButton.LeftButton)

    qtbot.mouseClick(wolverhampton.main.ranking.record, Qt.MouseButton.LeftButton)
    dialog = box_of(wolverhampton, DataForm)
    assert len(dialog.fields) - len(write_each(dialog)) == 9
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(wolverhampton.main.ranking.record, Qt.MouseButton.LeftButton)

    assert wolverhampton.controller.dialog is None
    notice = wolverhampton.main.notices.current
    assert notice is not None
    assert notice.words == "The recommendations are recorded already, as the rule proposes them."


def test_a_copy_is_only_read(window: Window, record_path: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window.workspace.read_copy(record_path)
    window.main.tools.go("ranking")
    qtbot.mouseClick(asked(window, qtbot).do, Qt.MouseButton.LeftButton)

    notice = window.main.notices.current
    assert notice is not None
    assert "is open for reading only" in notice.words
    assert not window.workspace.undo_stack.canUndo()
    with Record.read_copy(record_path) as record:
        assert record.is_copy


def test_what_was_recorded_otherwise_is_named_with_what_it_becomes() -> None:
    recorded = [
        RecommendationRow("W-009", Mark.PART, 700_000, "A strong plan"),
        RecommendationRow("W-010", Mark.RESERVE, None, ""),
    ]
    items = [
        RecommendationRow("W-009", Mark.RESERVE, None, ""),
        RecommendationRow("W-010", Mark.RESERVE, None, ""),
        RecommendationRow("W-011", Mark.FUND, 240_000, ""),
    ]

    differing = unlike_the_rule(items, recorded)

    assert [item.application for item in differing] == ["W-009"]
    assert replace_words(differing, recorded) == (
        "Also replace 1 recommendation that was recorded otherwise: W-009, part-fund £7,000, becomes reserve."
    )


def test_nothing_is_replaced_where_all_was_recorded_so() -> None:
    items = [RecommendationRow("W-010", Mark.RESERVE, None, "")]

    assert unlike_the_rule(items, items) == ()
    assert replace_words((), items) == ""
    assert lines_of((), None) == ("All else is recorded already, as the rule proposes it.",)
