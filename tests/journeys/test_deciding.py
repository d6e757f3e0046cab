"""From recommendations to decisions through the window: signed in order, and never by one who scored."""

from pathlib import Path

import pytest

from gui.dialogs.identity import IdentityDialog
from gui.listed.form import DataForm
from gui.pages.deciding.decisions.page import DecisionsPage
from models.journal.verify import verify_at
from models.record import Opener
from models.role import role_words
from tests.gui.deciding import make_recommended
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def recommended(tmp_path: Path) -> Path:
    """A closed record with recommendations that the chair has not signed."""
    return make_recommended(tmp_path / "office.panel")


def test_recommendations_are_signed_and_decided_in_the_order_of_the_chain(
    user: User, recommended: Path
) -> None:
    user.open(recommended)
    user.be("Priya Nair", "chair")
    page = _decisions(user)
    user.click(page.sign)
    user.agree()
    assert all(line.signed == "Priya Nair" for line in page.lines)
    assert not user.window.workspace.undo_stack.canUndo()

    user.be("Dan Decides", "decider")
    assert not _decisions(user).all_agreed.isVisible()
    user.be("Cora Command", "commander")
    _decide(user)
    assert {line.steps for line in page.lines} == {1}
    user.be("Dan Decides", "decider")
    _decide(user, notice="031/2026")

    assert all(line.is_decided for line in page.lines)
    user.close()
    assert verify_at(recommended, Opener("Dan Decides", "tests")).sound


def test_somebody_who_scored_takes_no_part_that_decides(user: User, recommended: Path) -> None:
    user.open(recommended)
    for role in ("commander", "decider"):
        user.window.main.actions_by_name["person"].trigger()
        dialog = user.dialog(IdentityDialog)
        user.fill(dialog.name, "Priya Nair")
        dialog.role.setCurrentText(role_words(role))
        user.click(dialog.do)

        user.settle()
        assert "nobody both scores and decides" in user.dialog(IdentityDialog).problem.text()
        dialog.leave()
        assert user.window.main.tools.identity.role not in ("commander", "decider")


def test_the_chair_who_scored_finds_the_deciding_side_closed(user: User, recommended: Path) -> None:
    user.open(recommended)
    user.be("Priya Nair", "chair")
    page = _decisions(user)
    user.click(page.sign)
    user.agree()

    assert not page.record.isVisible()
    assert not page.all_agreed.isVisible()
    assert not page.office.as_recommended.isVisible()


def _decisions(user: User) -> DecisionsPage:
    user.press("Ctrl+8")
    return user.page(DecisionsPage)


def _decide(user: User, notice: str = "") -> None:
    page = _decisions(user)
    for line in page.lines:
        page.show_reference(line.reference)
        user.fill(page.office.form.reason, "Fewer break-ins.")
        user.click(page.office.as_recommended)
    user.click(page.record)
    dialog = user.dialog(DataForm)
    user.fill(dialog["interests"], "none")
    if "notice" in dialog.fields:
        user.fill(dialog["notice"], notice)
    user.click(dialog.do)
    assert not user.has_dialog, dialog.problem.text()
