"""The dialogs of the Monitoring page, as cases of their journey."""

from collections.abc import Callable
from functools import partial
from typing import Any

import openpyxl
from PySide6.QtWidgets import QPushButton

from gui.dialogs.confirm import ListingDialog
from gui.listed.form import DataForm
from tests.journeys.acting.dialog_cases import FINANCE, Case
from tests.journeys.acting.user import User

FILE = "returns.xlsx"


def _go(user: User) -> None:
    user.window.main.tools.go("monitoring")
    user.settle()


def _plan(user: User) -> None:
    _go(user)
    user.click(_button(_page(user), "Plan returns…"))
    user.click(user.dialog(DataForm).do)
    user.settle()


def _spoil(user: User) -> None:
    """Write the workbook, and have somebody type words where an amount belongs."""
    _write_and_fill_in(user, "H5", "about 5")


def _leave_out_the_day(user: User) -> None:
    """Write the form, and have the recipient fill in what it asks of them."""
    _write_and_fill_in(user, "I5", "A good start")


def _write_and_fill_in(user: User, cell: str, words: str) -> None:
    _plan(user)
    path = _file(user)
    user.answer_files(path)
    user.click(_page(user).buttons[0])
    user.settle()
    book = openpyxl.load_workbook(path)
    book["Returns"][cell] = words
    book.save(path)


def _take_in(user: User) -> None:
    user.answer_files(_file(user))
    user.click(_page(user).buttons[1])


def _agree(user: User, box: DataForm) -> None:
    user.fill(box["words1"], "Evening sessions")


def _button(page: Any, words: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if words in (one.text(), one.accessibleName()))


def _page(user: User) -> Any:
    return user.window.main.pages.current


def _file(user: User) -> Any:
    facts = user.window.workspace.facts
    assert facts is not None, "a record is open"
    return facts.path.with_name(FILE)


def _monitored(
    words: str, *fields: tuple[str, str], before: Callable[[User], object] = _go, **more: Any
) -> Case:
    """Return what finance is asked with by a button of the page, by none where it has no words."""
    button = partial(_button, words=words) if words else None
    return Case(
        "decided", "Ctrl+1", more.pop("kind", DataForm), button, fields, before=before, who=FINANCE, **more
    )


MONITORING_CASES = {
    "what is agreed": _monitored("Record what is agreed…", fill=_agree),
    "plan of returns": _monitored("Plan returns…"),
    "a return": _monitored("Return 1: record…", before=_plan),
    "a visit": _monitored("Record a visit…", ("seen", "A full hall")),
    "returns by amount": Case(
        "decided", "Ctrl+1", DataForm, lambda page: page.buttons[2], before=_go, who=FINANCE
    ),
    "when a return came in": _monitored("", ask=_take_in, before=_leave_out_the_day),
    "faults of a workbook": _monitored(
        "", kind=ListingDialog, ask=_take_in, action="cancel", before=_spoil, changes=0
    ),
}
