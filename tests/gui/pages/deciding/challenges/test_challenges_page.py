"""The page Challenges: empty, one recorded, changed, answered, opened, taken out and undone."""

from datetime import date
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QLabel

from gui.app import Window
from gui.pages.deciding.challenges.detail import (
    ACKNOWLEDGED,
    ANSWER,
    CHANGE,
    DONE,
    LETTER,
    OPEN,
    REMOVE,
    VARY,
)
from gui.pages.deciding.challenges.dialogs import ANEW, AnswerDialog, ChallengeDialog, DoneDialog
from gui.pages.deciding.challenges.page import NOTHING, ChallengesPage
from gui.pages.page import Identity
from gui.pages.papers.exports.page import ExportsPage
from models.papers.kinds import CHALLENGE_LETTERS
from models.values.awards import NOTHING as NOTHING_YET
from models.values.awards import Finding
from tests.gui.deciding import make_decided


def page_of(window: Window, path: Path) -> ChallengesPage:
    """Return the page, for an officer, on a record with decided awards."""
    window.controller.open(path)
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.main.tools.go("challenges")
    page = window.main.pages.current
    assert isinstance(page, ChallengesPage)
    return page


def said(page: ChallengesPage) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if not label.isHidden())


def asked(window: Window) -> ChallengeDialog:
    box = window.main.tools.dialogs.dialog
    assert isinstance(box, ChallengeDialog)
    return box


def answer(window: Window) -> AnswerDialog:
    box = window.main.tools.dialogs.dialog
    assert isinstance(box, AnswerDialog)
    return box


def test_a_challenge_is_recorded_changed_answered_and_opened(window: Window, tmp_path: Path) -> None:
    page = page_of(window, make_decided(tmp_path / "office.panel"))
    assert page.is_empty
    assert page.empty.words == NOTHING

    page.way_on.trigger()
    box = asked(window)
    box.do.click()
    assert "Choose the application" in box.problem.text()
    box.application.setCurrentIndex(1)
    box.do.click()
    assert "Say who asks" in box.problem.text()
    box.by.setText("Uma Asker")
    box.grounds.setPlainText("The old budget was read.")
    box.do.click()
    assert page.held is not None
    reference = page.held.application
    assert "Acknowledge; answer by" in said(page)
    assert page.summary.text() == "1 challenge, 1 open"

    page.detail.buttons[ACKNOWLEDGED].click()
    assert "Acknowledged on" in said(page)
    assert ACKNOWLEDGED not in page.detail.buttons
    window.workspace.undo_stack.undo()
    page.detail.buttons[CHANGE].click()
    box = asked(window)
    box.acknowledged.setText(box.received.text())
    box.looks.setText("Rae Looker")
    box.post.setText("Head of Audit")
    box.do.click()
    assert "Acknowledged on" in said(page)
    assert "Who looks at it: Rae Looker, Head of Audit" in said(page)

    page.detail.buttons[ANSWER].click()
    reply = answer(window)
    assert (reply.by.text(), reply.post.text()) == ("Rae Looker", "Head of Audit")
    reply.finding.setCurrentIndex(reply.finding.findData(f"{Finding.UPHELD.value}{ANEW}"))
    reply.do.click()
    assert "Give the reasons" in reply.problem.text()
    reply.reasons.setPlainText("The budget that counts had come.")
    reply.remedy.setPlainText("We read the newest budget.")
    reply.do.click()
    assert "Upheld: to be decided again" in said(page)
    assert "What will be done: We read the newest budget." in said(page)
    assert REMOVE not in page.detail.buttons
    page.detail.buttons[DONE].click()
    done = window.main.tools.dialogs.dialog
    assert isinstance(done, DoneDialog)
    done.done_by.setCurrentIndex(done.done_by.findData(NOTHING_YET))
    done.do.click()
    assert page.held is not None
    assert page.held.challenge.carried_out_by == NOTHING_YET
    window.workspace.undo_stack.undo()
    window.workspace.undo_stack.undo()
    assert "Upheld" not in said(page)

    page.detail.buttons[REMOVE].click()
    assert page.is_empty
    window.workspace.undo_stack.undo()
    page.show_reference(reference)
    page.detail.buttons[LETTER].click()
    exports = window.main.pages.current
    assert isinstance(exports, ExportsPage)
    assert exports.choices.list.current == CHALLENGE_LETTERS
    page.detail.buttons[OPEN].click()
    assert window.main.pages.current.key == "decisions"

    assert page.held is not None
    page.detail.show_challenge(replace(page.held, has_agreement=True), date.today(), may_keep=True)
    page.detail.buttons[VARY].click()
    assert window.main.pages.current.key == "awards"
