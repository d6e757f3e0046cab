"""Every dialog that a page asks with: at which stage, by whom, how it is asked for, filled in, accepted."""

from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec import Struct
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gui.dialogs.confirm import ConfirmDialog, ListingDialog
from gui.listed.form import DataForm, FinalDataForm
from gui.pages.deciding.ranking.comparing import CompareDialog
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.meeting.page import MeetingPage
from models.queries.deciding.round_list import Mark
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.deciding import SIGNED
from tests.gui.pressing import pill_of
from tests.journeys.acting.user import User

CHAIR = ("Priya Nair", "chair")
COMMANDER = ("Cora Command", "commander")
DECIDER = ("Dan Decides", "decider")
FINANCE = ("Finn Pays", "finance")


class Case(Struct, frozen=True):
    """A dialog. `before` readies the page; `changes` is how many changes accepting it makes."""

    record: str
    keys: str
    kind: type[Any]
    button: Callable[[Any], QWidget] | None = None
    fields: tuple[tuple[str, str], ...] = ()
    action: str = "do"
    ask: Callable[[User], object] | None = None
    fill: Callable[[User, Any], object] | None = None
    before: Callable[[User], object] | None = None
    who: tuple[str, str] = CHAIR
    changes: int = 1


def fill_in(user: User, dialog: Any, field: str, text: str) -> None:
    """Type into one field of a dialog."""
    boxes = dialog.fields if isinstance(dialog, DataForm) else getattr(dialog, "boxes", {})
    box = boxes[field] if field in boxes else getattr(dialog, field)
    edit = getattr(box, "edit", box)
    assert isinstance(edit, QLineEdit | QPlainTextEdit)
    user.fill(edit, text)


def _page(user: User) -> Any:
    return user.window.main.pages.current


def _amend(user: User) -> None:
    page = _page(user)
    if page.amend.isVisible():  # going back from the question goes on amending
        user.click(page.amend)
    user.click(page.weights)
    box = user.dialog(DataForm)
    for code, percent in (("A1", 24), ("A2", 16)):
        box[code].setValue(percent)
    user.click(box.do)
    user.click(page.publish)


def _stage(user: User) -> None:
    user.area(WOLVERHAMPTON)
    user.click(user.window.main.header.stages)


def _held(user: User) -> None:
    user.area(WOLVERHAMPTON)
    side = user.page(MeetingPage).side
    side.show_attendance()
    assert side.attendance.held is not None
    user.click(side.attendance.held)


def _recommend(user: User) -> None:
    user.window.main.ranking.acts.edit("W-002")


def _part(user: User, dialog: DataForm) -> None:
    user.click(pill_of(dialog["outcome"], Mark.PART))
    user.fill(dialog["amount"], "100")
    user.fill(dialog["scope"], "Seeds for one bed")
    user.fill(dialog["reason"], "Less is needed.")


def _decide_tie(user: User) -> None:
    user.window.main.ranking.acts.decide_tie("W-009")


def _recommend_over(user: User) -> None:
    user.window.main.ranking.acts.edit("W-008")


def _over_the_pot(user: User, dialog: DataForm) -> None:
    """Recommend more than the pot holds, and say who allows it."""
    user.click(pill_of(dialog["outcome"], Mark.FUND))
    user.fill(dialog["amount"], "3600")
    user.fill(dialog["reason"], "The forum matches it.")
    user.fill(dialog["allowed_name"], "C. Clerk")
    user.fill(dialog["allowed_post"], "Chief Executive")
    user.fill(dialog["allowed_why"], "Minute 4")
    user.fill(dialog["allowed_pence"], "3600")


def _record_all(user: User) -> None:
    user.click(user.window.main.ranking.record)
    user.agree()


def _try_split(user: User) -> None:
    user.window.main.ranking.what_if.split.setValue(70)
    user.settle()


def _try_amount(user: User) -> None:
    page = user.window.main.ranking
    user.press("Alt+W")  # the what-if is folded away in a low window
    user.click(page.what_if.amounts)
    page.table.select("W-014")
    page.table.setFocus()
    user.press("F2", "Ctrl+A", *"4000", "Return")


def _why(user: User, dialog: DataForm) -> None:
    user.fill(dialog["scope"], "Four of the five sessions")
    user.fill(dialog["reason"], "One session less.")


def _sign(user: User) -> None:
    user.click(_page(user).sign)
    user.agree()
    user.be(*COMMANDER)
    user.press("Ctrl+8")
    page = _page(user)
    page.show_reference(page.lines[0].reference)
    user.settle()


def _answer(user: User) -> None:
    _sign(user)
    page = _page(user)
    user.fill(page.office.reason, "Fewer break-ins.")
    user.click(page.office.as_recommended)


def _correct(user: User) -> None:
    page = _page(user)
    page.show_reference(page.lines[0].reference)
    user.settle()
    user.click(page.office.correct)


def _correction(user: User, dialog: DataForm) -> None:
    user.click(next(pill for pill in dialog["outcome"].pills if pill.text() == "Part-fund"))
    user.fill(dialog["amount"], "1000")
    assert dialog["scope"].isVisible()
    user.fill(dialog["scope"], "One session a week")
    user.fill(dialog["reason"], "Part was paid elsewhere.")


def _correct_on(user: User) -> None:
    _correct(user)
    dialog = user.dialog(DataForm)
    _correction(user, dialog)
    user.click(dialog.do)


def _agreement(user: User) -> None:
    page = _page(user)
    user.click(page.detail.buttons["Sent, signed, filed…"])
    asked = user.dialog(DataForm)
    user.fill(asked["on"], SIGNED)
    user.fill(asked["office"], COMMANDER[0])
    user.fill(asked["office_post"], "Commander")
    user.fill(asked["recipient"], "Rosa Recipient")
    user.fill(asked["recipient_post"], "Chair")
    user.click(asked.do)
    user.agree()  # it was never issued


def _account(user: User) -> None:
    _agreement(user)
    user.click(_page(user).detail.buttons["Enter bank details…"])
    dialog = user.dialog(FinalDataForm)
    for field, text in ACCOUNT:
        fill_in(user, dialog, field, text)
    user.click(dialog.do)


def _pay(user: User) -> None:
    user.click(_page(user).detail.buttons["Instalment 1: mark as paid today"])
    user.agree()


def _alike(user: User) -> None:
    _page(user).show_reference("W-900")
    user.settle()


def _ask_layouts(user: User) -> None:
    user.window.main.tools.go("exports")
    page = _page(user)
    page.show_reference("finance")
    user.settle()
    user.click(page.choices.options.buttons["layouts"])
    user.click(user.dialog(DataForm).do)


def _with_accounts(user: User, dialog: DataForm) -> None:
    user.click(dialog["accounts"])
    user.fill(dialog["reason"], "the payment run")


def _code(user: User, dialog: DataForm) -> None:
    user.fill(dialog["code0 0"], "0042")


def _halves(user: User, dialog: DataForm) -> None:
    for number, day in ((1, "10/12/2026"), (2, "10/06/2027")):
        user.fill(dialog[f"amount{number}"], "50%")
        dialog[f"trigger{number}"].setCurrentText("signature")
        user.fill(dialog[f"due{number}"], day)
    for number in range(3, 7):
        dialog[f"amount{number}"].clear()


def _of_award(
    words: str, *fields: tuple[str, str], kind: type[Any] = DataForm, record: str = "decided", **more: Any
) -> Case:
    """Return what finance is asked with by a button beside an award."""
    button = partial(_beside_award, words=words)
    return Case(record, "Ctrl+9", kind, button, fields, who=FINANCE, **more)


def _deciding(button: Callable[[Any], QWidget], *fields: tuple[str, str], **more: Any) -> Case:
    """Return what those who decide are asked with."""
    return Case("recommended", "Ctrl+8", DataForm, button, fields, **more)


def _beside_award(page: Any, words: str) -> QWidget:
    found: QWidget = page.detail.buttons[words]
    return found


ACCOUNT = (("name", "Heath Town Youth"), ("sort_code", "08 99 99"), ("number", "66374958"))
CASES = {
    "start a round": Case(
        "empty",
        "Ctrl+3",
        DataForm,
        lambda page: page.empty.button,
        fill=lambda user, dialog: user.paste(dialog["areas"], "Dudley\t£9,000"),
    ),
    "new application": Case(
        "intake",
        "Ctrl+2",
        DataForm,
        lambda page: page.buttons[1],
        (("organisation", "Canal Scouts"), ("amount_requested", "900")),
    ),
    "merge": Case(
        "alike",
        "Ctrl+2",
        DataForm,
        lambda page: page.detail.buttons["Compare…"],
        before=_alike,
    ),
    "add members": Case(
        "scoring",
        "Ctrl+4",
        DataForm,
        lambda page: page.several,
        fill=lambda user, dialog: user.paste(dialog["members"].grid, "Una Test\tmember\nVic Test\tadviser"),
    ),
    "declare": Case(
        "scoring",
        "Ctrl+4",
        DeclareDialog,
        lambda page: page.declare,
        fill=lambda user, asked: user.click(asked.rest),
    ),
    "remind": Case("scoring", "Ctrl+4", ListingDialog, lambda page: page.remind, action="cancel", changes=0),
    "amend the criteria": Case("scoring", "Ctrl+3", FinalDataForm, None, (("reason", "Advice"),), ask=_amend),
    "hand in": Case("scoring", "Ctrl+5", FinalDataForm, lambda page: page.hand_in),
    "interest": Case(
        "scoring",
        "Ctrl+5",
        DataForm,
        lambda page: page.form.footer.declare,
        (("detail", "a neighbour"),),
    ),
    "not applicable": Case(
        "meeting",
        "Ctrl+6",
        DataForm,
        lambda page: page.settle.not_applicable,
        (("reason", "It does not apply."),),
    ),
    "move an area on": Case("scoring", "Ctrl+5", FinalDataForm, ask=_stage),
    "when the panel meets": Case(
        "meeting", "Ctrl+6", DataForm, None, (("on", "2 November"), ("begins", "10")), ask=_held
    ),
    "recommend": Case("ranked", "Ctrl+7", DataForm, ask=_recommend, fill=_part),
    "record authority": Case(
        "ranked", "Ctrl+7", DataForm, ask=_recommend_over, fill=_over_the_pot, before=_record_all
    ),
    "decide a tie": Case(
        "ranked", "Ctrl+7", DataForm, None, (("reason", "the wider area"),), ask=_decide_tie
    ),
    "compare lists": Case(
        "ranked",
        "Ctrl+7",
        CompareDialog,
        lambda page: page.what_if.compare,
        action="cancel",
        before=_try_split,
        changes=0,
    ),
    "record tried amounts": Case(
        "ranked", "Ctrl+7", DataForm, lambda page: page.what_if.apply, fill=_why, before=_try_amount
    ),
    "sign": Case("recommended", "Ctrl+8", ConfirmDialog, lambda page: page.sign),
    "change a line": _deciding(lambda page: page.office.change, before=_sign, fill=_correction, changes=0),
    "record decisions": _deciding(lambda page: page.record, ("interests", "none"), before=_answer),
    "record a correction": Case(
        "decided",
        "Ctrl+8",
        DataForm,
        None,
        (("interests", "none"), ("notice", "032/2026")),
        ask=_correct_on,
        who=DECIDER,
    ),
    "instalments": _of_award("Set my own instalments…", fill=_halves),
    "show an account": _of_award("Show for 30 seconds…", kind=ConfirmDialog, before=_account),
    "erase bank details": _of_award("Erase…", ("typed", "A-031-01"), before=_account),
    "money came back": _of_award(
        "Record money returned unasked…",
        *(("pence", "100"), ("words", "Underspent")),
        record="payable",
        before=_pay,
    ),
    "payment with open checks": _of_award(
        "Instalment 1: mark as paid today", kind=ConfirmDialog, record="payable"
    ),
    "finance codes": _of_award("Finance codes…", fill=_code),
    "payment layout": Case(
        "decided",
        "Ctrl+9",
        DataForm,
        ask=_ask_layouts,
        fill=lambda user, asked: user.fill(asked["heading_0"], "Vendor"),
        who=FINANCE,
    ),
    "finance schedule with accounts": Case(
        "decided",
        "Ctrl+9",
        DataForm,
        lambda page: page.buttons[0],
        before=_account,
        fill=_with_accounts,
        who=FINANCE,
        changes=2,
    ),
}
