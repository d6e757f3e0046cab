"""How many acts it takes, counted: a click, a key or a field typed into is one."""

from pathlib import Path

import pytest

from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.ranking.reasons import ReasonsDialog
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.page import PanelPage
from models.queries.deciding.decisions import decisions
from tests.gui.deciding import COMMANDER, DECIDER, make_ranked, make_recommended
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
MOST = 10


class Counted:
    """A user whose acts are counted."""

    def __init__(self, user: User) -> None:
        self.user, self.acts = user, 0

    def click(self, widget: object) -> None:
        """Click, which is one act."""
        self.acts += 1
        self.user.click(widget)  # type: ignore[arg-type]


def test_a_bulk_recommendation_is_a_signed_decision_in_ten_acts(user: User, tmp_path: Path) -> None:
    user.open(make_ranked(tmp_path / "office.panel", "Burglaries fell where it ran before."))
    user.be("Priya Nair", "chair")
    user.press("Ctrl+7")
    counted = Counted(user)

    _recommend_and_sign(counted)
    assert counted.acts == 4
    page = user.page(DecisionsPage)
    for person, post in ((COMMANDER, "Commander"), (DECIDER, "Chief Executive")):
        assert page.go_on.text() == f"Continue as {post}"  # each step is in its own hands
        assert page.go_on.accessibleName() == f"Continue as {person.name}, {post}"
        counted.click(page.go_on)
        assert user.window.main.tools.identity.name == person.name
        _decide_all(counted)

    assert counted.acts == 4 + 2 * 3 <= MOST
    assert all(line.is_decided for line in page.lines)
    assert not page.go_on.isVisible()
    rows = user.ask(lambda session: decisions(session, 1))
    assert {(row.signed_by, row.interests) for row in rows} == {
        (COMMANDER.name, "none"),
        (DECIDER.name, "none"),
    }


def test_whoever_has_an_interest_says_so_in_place_of_none(user: User, tmp_path: Path) -> None:
    user.open(make_recommended(tmp_path / "office.panel"))
    user.be(COMMANDER.name, COMMANDER.role)
    user.press("Ctrl+4")
    user.click(user.page(PanelPage).declare)
    declaring = user.dialog(DeclareDialog)
    user.fill(declaring.statement, "Cousin of a trustee")
    user.click(declaring.do)
    assert not user.has_dialog, declaring.problem.text()
    user.be("Priya Nair", "chair")
    user.press("Ctrl+8")
    page = user.page(DecisionsPage)
    user.click(page.sign)
    user.agree()
    user.click(page.go_on)
    user.click(page.all_agreed)
    box = user.dialog(DataForm)

    assert (box["interests"].text(), box["interests"].isReadOnly()) == ("Cousin of a trustee", True)
    assert box.do.text().startswith("Record ")
    user.click(box.do)

    rows = user.ask(lambda session: decisions(session, 1))
    assert {row.interests for row in rows} == {"Cousin of a trustee"}


def _recommend_and_sign(counted: Counted) -> None:
    """Record what the rule proposes, the drafted reasons with it, and sign."""
    user = counted.user
    counted.click(user.page(RankingPage).record)
    box = user.dialog(ConfirmDialog)
    assert box.other is not None
    counted.click(box.other)
    reasons = user.dialog(ReasonsDialog)
    assert reasons.sign is not None
    counted.click(reasons.sign)
    signing = user.dialog(ConfirmDialog)
    assert signing.windowTitle() == "Sign recommendations"
    assert signing.cancel.hasFocus()  # it cannot be undone
    counted.click(signing.do)
    assert all(line.signed for line in user.page(DecisionsPage).lines)


def _decide_all(counted: Counted) -> None:
    """Take every line as recommended; the box that is left opens by itself, and states no interests."""
    user = counted.user
    counted.click(user.page(DecisionsPage).all_agreed)
    box = user.dialog(DataForm)
    assert box.do.text().startswith("State no interests and record ")
    counted.click(box.do)
    assert not user.has_dialog, box.problem.text()
