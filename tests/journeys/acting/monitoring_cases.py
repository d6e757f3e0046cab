"""The dialogs of the Monitoring page, as cases of their journey."""

from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtWidgets import QPushButton

from gui.dialogs.listing import ListingDialog
from gui.listed.form import DataForm
from tests.journeys.acting.dialog_cases import FINANCE, Case
from tests.journeys.acting.user import User

FILE = "returns.xlsx"


def _go(user: User) -> None:
    user.window.main.tools.go("monitoring")
    user.settle()


def _plan(user: User) -> None:
    _go(user)
    user.click(_page(user).plan_all)


def _spoil(user: User) -> None:
    """Write the workbook, and have somebody type words where an amount belongs."""
    _plan(user)
    path = _file(user)
    _write(user, path)
    user.settle()
    book = openpyxl.load_workbook(path)
    book["Returns"]["H5"] = "about 5"
    book.save(path)


def _leave_out_the_day(user: User) -> None:
    """Write the form, and have the recipient fill in what it asks of them."""
    _plan(user)
    path = _file(user)
    _write(user, path)
    user.settle()
    book = openpyxl.load_workbook(path)
    book["Returns"]["I5"] = "A good start"
    book.save(path)


def _take_in(user: User) -> None:
    user.answer_files(_file(user))
    user.click(_page(user).take_in)


def _agree(user: User, box: DataForm) -> None:
    user.fill(box["words1"], "Evening sessions")


def _write(user: User, path: Path) -> None:
    user.answer_files(path)
    user.click(_page(user).workbook)


def _button(page: Any, words: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if words in (one.text(), one.accessibleName()))


def _page(user: User) -> Any:
    return user.window.main.pages.current


def _file(user: User) -> Any:
    facts = user.window.workspace.facts
    assert facts is not None, "a record is open"
    return facts.path.with_name(FILE)


MONITORING_CASES = {
    "what is agreed": Case(
        "decided",
        "Ctrl+1",
        DataForm,
        lambda page: _button(page, "Record what is agreed…"),
        fill=_agree,
        before=_go,
        who=FINANCE,
    ),
    "plan of returns": Case(
        "decided", "Ctrl+1", DataForm, lambda page: _button(page, "Plan returns…"), before=_go, who=FINANCE
    ),
    "a return": Case(
        "decided",
        "Ctrl+1",
        DataForm,
        lambda page: _button(page, "Return 1: record…"),
        before=_plan,
        who=FINANCE,
    ),
    "a visit": Case(
        "decided",
        "Ctrl+1",
        DataForm,
        lambda page: _button(page, "Record a visit…"),
        (("seen", "A full hall"),),
        before=_go,
        who=FINANCE,
    ),
    "returns by amount": Case(
        "decided", "Ctrl+1", DataForm, lambda page: page.bands, before=_go, who=FINANCE
    ),
    "when a return came in": Case(
        "decided", "Ctrl+1", DataForm, ask=_take_in, before=_leave_out_the_day, who=FINANCE
    ),
    "faults of a workbook": Case(
        "decided",
        "Ctrl+1",
        ListingDialog,
        ask=_take_in,
        action="cancel",
        before=_spoil,
        who=FINANCE,
        changes=0,
    ),
}
