"""What comes after the ranked list, by keys alone: outcomes, signing, deciding, the agreement, exports."""

from PySide6.QtWidgets import QPlainTextEdit

from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.papers.exports.page import ExportsPage
from gui.pages.sided_page import ClosedPage
from tests.journeys.acting.keys import KeysOnly
from tests.journeys.acting.user import User


def go_to_row(user: KeysOnly, page: RankingPage, reference: str) -> None:
    """Go down the ranked list to an application."""
    user.reach(page.table)
    user.press("Home")
    at = [row.name for row in page.table.rows].index(reference)
    for _ in range(at + 1):
        if page.table.rows[page.table.currentIndex().row()].name == reference:
            return
        user.press("Down")
    raise AssertionError(f"no key comes to {reference}")


def recommend(user: KeysOnly, page: RankingPage, reference: str, key: str, amount: str = "") -> str:
    """Press the key of an outcome, say what must be said, and return what is recorded then."""
    go_to_row(user, page, reference)
    user.press(key)
    if user.has_dialog:
        dialog = user.dialog(DataForm)
        if amount:
            user.fill(dialog["amount"], amount)
            user.fill(dialog["scope"], "One session a week")
        if "code" in dialog.fields and dialog["code"].isVisible():
            user.reach(dialog["code"])
            user.press("Down")
        user.fill(dialog["reason"], f"The panel weighed it again: {key}.")
        user.click(dialog.do)
        assert not user.has_dialog, dialog.problem.text()
    return next(row.outcome for row in page.figures.recorded if row.application == reference)


def write_missing_reasons(user: User, page: RankingPage, reference: str) -> int:
    """Choose the menu's entry on a row for the reasons its area lacks, and record them."""
    menu = page.row_buttons.menu(reference)  # what Shift+F10 opens
    next(action for action in menu.actions() if action.text().startswith("Write the reasons")).trigger()
    return record_reasons(user)


def record_reasons(user: User) -> int:
    """Record all reasons still to be written, the drafts as they are; return how many there were."""
    dialog = user.dialog(DataForm)
    boxes = [one for one in dialog.fields.values() if isinstance(one, QPlainTextEdit)]
    for box in boxes:
        if not box.toPlainText():
            user.fill(box, "The panel found a clear need here.")
    user.click(dialog.do)
    assert not user.has_dialog, dialog.problem.text()
    return len(boxes)


def sign(user: KeysOnly) -> DecisionsPage:
    """Sign the recommendations as the chair."""
    user.press("Ctrl+8")
    page = user.page(DecisionsPage)
    user.click(page.sign)
    user.agree()
    assert all(line.signed for line in page.lines)
    return page


def decide(user: KeysOnly, who: tuple[str, str], notice: str = "") -> DecisionsPage:
    """Declare no interest, then decide every line as the panel recommends."""
    user.be(*who)
    user.press("Ctrl+8")
    if isinstance(closed := user.window.main.pages.current, ClosedPage):
        user.click(closed.empty.button)
        declaring = user.dialog(DeclareDialog)
        user.click(declaring.rest)
        user.click(declaring.do)
        user.press("Ctrl+8")
    page = user.page(DecisionsPage)
    user.click(page.all_agreed)
    user.agree()
    for at, line in enumerate(page.lines):
        if line.pending is None and not line.is_decided:  # the panel's reason has no words to take over
            user.reach(page.table)
            user.press("Home", *["Down"] * at)
            user.fill(page.office.reason, "Fewer break-ins.")
            user.click(page.office.as_recommended)
    if not user.has_dialog:  # where every line was answered at once, the box is open already
        user.click(page.record)
    dialog = user.dialog(DataForm)
    assert dialog["interests"].text() == "none", "as declared"
    if "notice" in dialog.fields:
        user.fill(dialog["notice"], notice)
    user.click(dialog.do)
    assert not user.has_dialog, dialog.problem.text()
    return page


def sign_agreement(user: KeysOnly) -> ListedView:
    """Put down that the agreement of the first award was signed on the day of its decision."""
    user.press("Ctrl+9")
    page = user.page(ListedView)
    decision = page.table.rows[0].decision
    user.click(page.detail.buttons["Sent, signed, filed…"])
    asked = user.dialog(DataForm)
    user.fill(asked["on"], f"{decision.signed_on:%d/%m/%Y}")
    user.fill(asked["office"], decision.signed_by)
    user.fill(asked["office_post"], decision.post)
    user.fill(asked["recipient"], "Rosa Recipient")
    user.fill(asked["recipient_post"], "Chair")
    user.click(asked.do)
    user.agree()  # it was never issued
    assert page.table.rows[0].agreed_on is not None
    return page


def go_to_exports(user: KeysOnly) -> ExportsPage:
    """Go to Papers, which has no key of its own, by search."""
    user.press("Ctrl+K")
    user.write("papers")
    user.press("Return")
    return user.page(ExportsPage)
