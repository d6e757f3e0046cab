"""Applications that look alike, pair by pair: kept both, merged, or one withdrawn; never by itself."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.applications.page import ApplicationsPage
from models.operations.applications.applications import ImportApplications
from models.queries.applications.applications import corrections
from models.values.applications import Correction
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from tests.gui.builders import FUND
from tests.gui.pressing import answer_to, box_of, page_of

LEFT = Qt.MouseButton.LeftButton
ROWS = (
    ApplicationRow("W-900", "Mill Lane Larder", "Food", requested_pence=90_000, postcode="WV1 1AA"),
    ApplicationRow("W-901", "Mill Lane Larder Ltd", "Food", requested_pence=95_000, email="a@example.org"),
    ApplicationRow("W-902", "Chess Club", "Boards", requested_pence=20_000, summary="Weekly games"),
    ApplicationRow("W-903", "Chess Club", "Boards", requested_pence=20_000),
)


@pytest.fixture
def page(opened: Window) -> ApplicationsPage:
    opened.workspace.perform(ImportApplications(RoundKey(FUND, "2026/27", "Round 2"), ROWS))
    opened.main.actions_by_name["applications"].trigger()
    return page_of(opened, ApplicationsPage)


@pytest.fixture
def dialog(page: ApplicationsPage, opened: Window, qtbot: QtBot) -> DataForm:
    return compared(page, opened, qtbot)


def compared(page: ApplicationsPage, opened: Window, qtbot: QtBot) -> DataForm:
    """Open the comparison of the first pair."""
    page.show_reference("W-900")
    qtbot.mouseClick(page.detail.buttons["Compare…"], LEFT)
    return box_of(opened, DataForm)


def row(page: ApplicationsPage, reference: str) -> ApplicationRow:
    return next(line.of.row for line in page.table.rows if line.reference == reference)


def corrected(opened: Window) -> tuple[Correction, ...]:
    return answer_to(opened, partial(corrections, round_id=1))


def choose(dialog: DataForm, name: str, which: int) -> None:
    dialog["pair"].choices[name][which].setChecked(True)


def test_a_pair_is_merged_with_the_values_chosen_undone_and_merged_the_other_way(
    dialog: DataForm, page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    differing = ["organisation", "email", "postcode", "amount_requested"]
    assert dialog.windowTitle() == "W-900 and W-901"
    assert list(dialog["pair"].choices) == ["reference", *differing]
    assert dialog.says[0].startswith("Merge: W-900 is kept, with its own values throughout. W-901 is")
    before = [row(page, "W-900"), row(page, "W-901")]
    choose(dialog, "amount_requested", 1)
    choose(dialog, "email", 1)
    said = dialog.says[0]

    assert dialog.do.text() == "Keep both", "Enter merges nothing"
    qtbot.mouseClick(dialog.other, LEFT)

    assert "with e-mail “a@example.org”, amount requested “£950” from W-901" in said
    assert box_of(opened, DataForm).windowTitle() == "W-902 and W-903"
    kept, away = row(page, "W-900"), row(page, "W-901")
    assert (kept.requested_pence, kept.email, kept.postcode) == (95_000, "a@example.org", "WV1 1AA")
    assert (kept.withdrawn, away.withdrawn) == (False, True)
    assert {one.reason for one in corrected(opened)} == {"merged with W-901"}
    assert opened.workspace.undo_stack.undoText() == "Merge W-901 into W-900"
    qtbot.keyClick(box_of(opened, DataForm), Qt.Key.Key_Escape)
    opened.workspace.undo_stack.undo()
    assert [row(page, "W-900"), row(page, "W-901")] == before
    assert not corrected(opened)

    other = compared(page, opened, qtbot)
    choose(other, "reference", 1)
    choose(other, "postcode", 0)
    qtbot.mouseClick(other.other, LEFT)
    assert row(page, "W-900").withdrawn
    assert row(page, "W-901").organisation == "Mill Lane Larder Ltd"
    assert row(page, "W-901").postcode == "WV1 1AA"


def test_the_pairs_are_gone_through_in_turn_and_kept_both(
    dialog: DataForm, page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    undo = opened.workspace.undo_stack.count()
    qtbot.mouseClick(dialog.leads[2], LEFT)
    second = box_of(opened, DataForm)
    qtbot.mouseClick(second.leads[2], LEFT)
    first = box_of(opened, DataForm)
    titles = second.windowTitle(), first.windowTitle()
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert titles == ("W-902 and W-903", "W-900 and W-901")
    assert opened.controller.dialog is None
    assert opened.workspace.undo_stack.count() == undo, "nothing is decided"

    qtbot.mouseClick(compared(page, opened, qtbot).do, LEFT)
    following = box_of(opened, DataForm)
    assert following.windowTitle() == "W-902 and W-903"
    qtbot.mouseClick(following.do, LEFT)
    assert opened.controller.dialog is None
    assert all(not line.pairs for line in page.table.rows)
    opened.workspace.undo_stack.undo()
    assert [line.reference for line in page.table.rows if line.pairs] == ["W-902", "W-903"]
