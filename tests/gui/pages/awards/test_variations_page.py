"""An award varied, signed and asked back through the Awards page."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from gui.app import Window
from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.awards.agreements import WANTED
from gui.pages.awards.lines import award_name
from gui.pages.page import Identity
from models.record import Opener, Record
from tests.gui.deciding import make_payable, mark_paid
from tests.models.operations.budgets import allocate


@pytest.fixture
def page(window: Window, tmp_path: Path) -> ListedView:
    """The Awards page used by an officer; the first award is of £4,800, and its agreement is signed."""
    path = make_payable(tmp_path / "office.panel")
    with Record.open(path, Opener("Olive Office", "tests")) as record:
        allocate(record, Wolverhampton=5_000_000)
    window.controller.open(path)
    window.main.tools.use_as(Identity("Olive Office", "officer"))
    window.main.actions_by_name["awards"].trigger()
    found = window.main.pages.current
    assert isinstance(found, ListedView)
    return found


def said(page: ListedView) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if not label.isHidden())


def ask(page: ListedView, what: str) -> None:
    page.detail.buttons[what].click()


def test_an_award_is_varied_signed_withdrawn_and_asked_back(page: ListedView, window: Window) -> None:
    dialogs = window.main.tools.dialogs
    assert not page.buttons[2].isHidden(), "an award without a competition begins beside any other"
    assert "Nothing was varied or asked back." in said(page)
    assert page.foot.text().startswith("2026/27: £50,000 allocated")
    assert WANTED not in said(page)
    ask(page, "Vary…")
    vary = dialogs.dialog
    assert isinstance(vary, DataForm)
    assert [one.text() for one in vary.findChildren(QLabel) if "£50,000 allocated" in one.text()]
    vary["amount"].setText("4,500")
    vary["conditions"].setPlainText("Report in May.\n")
    vary.do.click()
    assert vary.problem.text().startswith("Reason: say why")
    vary["reason"].setText("fewer sessions")
    vary.do.click()
    assert "£4,800.00 becomes £4,500.00; new conditions are agreed. Reason: fewer sessions." in said(page)
    assert "Awarded £4,800\n£4,500 is proposed, £4,800 agreed." in said(page)
    assert "both have not signed the agreement with it yet." in said(page)
    assert WANTED in said(page)
    assert page.row is not None
    assert "varied since" in award_name(page.row)
    assert "awarded £4,800, £4,500 proposed," in award_name(page.row)

    ask(page, "Vary…")
    again = dialogs.dialog
    assert isinstance(again, DataForm)
    assert again["conditions"].toPlainText() == "Report in May."
    again["amount"].setText("4,700")
    again["reason"].setText("a hall to hire")
    again.do.click()
    assert "Waits to be signed." in said(page)
    ask(page, "Withdraw the variation…")
    reason = dialogs.dialog
    assert isinstance(reason, DataForm)
    reason["reason"].setPlainText("the hall is free")
    reason.do.click()
    assert "Withdrawn: the hall is free." in said(page)

    ask(page, "Vary…")
    third = dialogs.dialog
    assert isinstance(third, DataForm)
    third["amount"].setText("4,600")
    third["reason"].setText("heating")
    third.do.click()
    ask(page, "Sign the variation…")
    sign = dialogs.dialog
    assert isinstance(sign, DataForm)
    assert sign.is_final, "Enter in a line would sign at once what stays signed"
    assert [one.text() for one in sign.findChildren(QLabel) if "£50,000 allocated" in one.text()]
    sign["by"].setText("Dee Puty")
    sign["deputy"].setText("Head of Finance")
    sign.do.click()
    assert "£4,600 is proposed, £4,800 agreed." in said(page)
    assert "signed by Dee Puty (Head of Finance for the Chief Executive)" in said(page)


def test_money_is_asked_back_and_comes(page: ListedView, window: Window) -> None:
    dialogs = window.main.tools.dialogs
    window.main.tools.use_as(Identity("Finn Pays", "finance"))
    mark_paid(window, page.detail)
    for what, amount, words in (
        ("Ask for money back…", "300", "not spent"),
        ("Record money received back…", "100", "bank transfer"),
    ):
        ask(page, what)
        asked = dialogs.dialog
        assert isinstance(asked, DataForm)
        asked["pence"].setText(amount)
        asked["words"].setText(words)
        asked.do.click()

    assert "£200 still to come" in said(page)
    assert "Stands at £4,700, after money returned" in said(page)
