"""The dialogs of the Monitoring page, as cases of their journey."""

from typing import Any

import openpyxl

from gui.dialogs.listing import ListingDialog
from gui.pages.awards.monitoring.agreed_dialog import AgreedDialog
from gui.pages.awards.monitoring.plan_dialog import PlanDialog
from gui.pages.awards.monitoring.return_dialog import ReturnDialog
from gui.pages.awards.monitoring.small_dialogs import BandsDialog, ReceivedDialog, VisitDialog
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
    _page(user).files.write_workbook(path)
    user.settle()
    book = openpyxl.load_workbook(path)
    book["Returns"]["H5"] = "about 5"
    book.save(path)


def _leave_out_the_day(user: User) -> None:
    """Write the form, and have the recipient fill in what it asks of them."""
    _plan(user)
    path = _file(user)
    _page(user).files.write_workbook(path)
    user.settle()
    book = openpyxl.load_workbook(path)
    book["Returns"]["I5"] = "A good start"
    book.save(path)


def _take_in(user: User) -> None:
    _page(user).files.take_in(_file(user))


def _agree(user: User, box: AgreedDialog) -> None:
    user.fill(box.lines[0].words, "Evening sessions")


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
        AgreedDialog,
        lambda page: page.panel.buttons["agree"],
        fill=_agree,
        before=_go,
        who=FINANCE,
    ),
    "plan of returns": Case(
        "decided", "Ctrl+1", PlanDialog, lambda page: page.panel.buttons["plan"], before=_go, who=FINANCE
    ),
    "a return": Case(
        "decided",
        "Ctrl+1",
        ReturnDialog,
        lambda page: page.panel.buttons["return 1"],
        before=_plan,
        who=FINANCE,
    ),
    "a visit": Case(
        "decided",
        "Ctrl+1",
        VisitDialog,
        lambda page: page.panel.buttons["visit"],
        (("seen", "A full hall"),),
        before=_go,
        who=FINANCE,
    ),
    "returns by amount": Case(
        "decided", "Ctrl+1", BandsDialog, lambda page: page.bands, before=_go, who=FINANCE
    ),
    "when a return came in": Case(
        "decided", "Ctrl+1", ReceivedDialog, ask=_take_in, before=_leave_out_the_day, who=FINANCE
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
