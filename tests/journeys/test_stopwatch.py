"""How many acts it takes, counted: a click, a key or a field typed into is one."""

from pathlib import Path

import pytest

from gui.dialogs.confirm import ConfirmDialog
from gui.pages.deciding.decisions.dialogs import RecordDialog
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.reasons import ReasonsDialog
from tests.gui.deciding import COMMANDER, DECIDER, make_ranked
from tests.journeys.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
MOST = 10
SWITCHING = 2
"""What changing who is using the laptop takes; it is counted where that is tested."""


class Counted:
    """A user whose acts are counted."""

    def __init__(self, user: User) -> None:
        self.user, self.acts = user, 0

    def click(self, widget: object) -> None:
        """Click, which is one act."""
        self.acts += 1
        self.user.click(widget)  # type: ignore[arg-type]

    def fill(self, field: object, text: str) -> None:
        """Type into a field, which is one act."""
        self.acts += 1
        self.user.fill(field, text)  # type: ignore[arg-type]


def test_a_bulk_recommendation_is_a_signed_decision_in_ten_acts(user: User, tmp_path: Path) -> None:
    user.open(make_ranked(tmp_path / "office.panel", "Burglaries fell where it ran before."))
    user.be("Priya Nair", "chair")
    user.press("Ctrl+7")
    counted = Counted(user)

    _recommend_and_sign(counted)
    signed = counted.acts
    user.be(COMMANDER.name, COMMANDER.role)
    _decide_all(counted)
    assert counted.acts + SWITCHING <= MOST, counted.acts
    user.be(DECIDER.name, DECIDER.role)
    _decide_all(counted)

    page = user.page(DecisionsPage)
    assert all(line.is_decided for line in page.lines)
    assert (signed, counted.acts) == (5, 5 + 3 + 3)


def _recommend_and_sign(counted: Counted) -> None:
    """Record what the rule proposes, the drafted reasons with it, and sign."""
    user = counted.user
    counted.click(user.page(RankingPage).record)
    box = user.dialog(ConfirmDialog)
    assert box.other is not None
    counted.click(box.other)
    counted.click(user.dialog(ReasonsDialog).do)
    counted.click(_remedy(user, "Sign recommendations…"))
    counted.click(user.dialog(ConfirmDialog).do)
    assert all(line.signed for line in user.page(DecisionsPage).lines)


def _decide_all(counted: Counted) -> None:
    """Take every line as recommended; the box that is left opens by itself."""
    user = counted.user
    counted.click(user.page(DecisionsPage).all_agreed)
    box = user.dialog(RecordDialog)
    counted.fill(box.interests, "none")
    counted.click(box.do)
    assert not user.has_dialog, box.problem.text()


def _remedy(user: User, words: str) -> object:
    """Return the button of the notice bar with these words."""
    buttons = user.window.main.notices.findChildren(type(user.window.main.ranking.record))
    return next(button for button in buttons if button.isVisible() and button.text() == words)
