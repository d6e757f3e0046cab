"""Each way to set the money of an award asks each check in its dialog, before the button."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.listed.confirming import WAITS
from gui.listed.form import DataForm, FinalDataForm
from gui.pages.awards.direct_award import ask_award
from gui.pages.awards.page import PAGE
from gui.pages.deciding.decisions.acts import before_deciding
from gui.pages.deciding.decisions.forms import record_form
from gui.pages.page import Place
from models.operation import Actor, Operation
from models.operations.deciding.deciding import RecordDecisions
from models.queries.awards.awards import awards
from models.queries.deciding.round_list import Deciding
from models.record import Record
from models.values.direct_award import ROUTE_WORDS
from models.values.rows import RoundRows
from tests.gui.listed.page_user import PageUser, Uses
from tests.gui.pressing import words_in
from tests.models.conftest import OPENER
from tests.models.operations.awards.proposals import BOXING
from tests.models.operations.awards.test_gate import (
    capped,
    changed_proposal,
    first,
    pot_of,
    proposal,
    raised,
    recommend_small,
    reserve,
    signature,
    variation,
)
from tests.models.operations.budgets import allocate

NOTHING_FOUND = Deciding((), (), (), (), (), (), frozenset(), frozenset(), {})
Way = Callable[[Record, RoundRows], tuple[Operation, Actor]]
Change = Callable[[Record], object]
Asks = Callable[..., DataForm]

DECISIONS: tuple[Way, ...] = (first, raised, reserve)
OF_ROUND: tuple[Way, ...] = (*DECISIONS, variation, signature)
WAYS: tuple[Way, ...] = (*OF_ROUND, proposal, changed_proposal)
"""Decision, correction, reserve award, variation, its signature, direct award, its change: all to £1,600."""
pytestmark = pytest.mark.usefixtures("dressed")


def vary(user: PageUser) -> PageUser:
    return user.open("A-031-01").press("Vary…").fill(amount="1,600", reason="more to do")


def sign(user: PageUser) -> PageUser:
    return user.open("A-031-01").press("Sign the variation…").fill(by="Cora Command")


def begin_direct(user: PageUser, *, is_change: bool) -> PageUser:
    ask_award(user.tools, Place(next(one for one in user.lines if one.is_direct is is_change), None))
    return user


def propose(user: PageUser) -> PageUser:
    begin_direct(user, is_change=False).fill(year="2026/27").agree()
    user.fill(organisation=BOXING.organisation, amount_pence="1,600", area="Coventry")
    return user.fill(route=ROUTE_WORDS[BOXING.route])


def change_proposal(user: PageUser) -> PageUser:
    choice = begin_direct(user, is_change=True).form["what"]
    user.fill(what=choice.itemText(1)).agree()
    return user.fill(amount_pence="1,600")


BY_PAGE = {variation: vary, signature: sign, proposal: propose, changed_proposal: change_proposal}
"""What a person does on Awards, up to the button."""


@pytest.fixture
def asks(qtbot: QtBot, at: Uses, tmp_path: Path) -> Asks:
    """Return the dialog of a way, once its round was changed by others in the meantime."""
    holder = QWidget()
    qtbot.addWidget(holder)

    def ask(way: Way, rows: RoundRows, *changes: Change) -> DataForm:
        path = tmp_path / "made.panel"
        with Record.create(path, OPENER) as record:
            operation, _ = way(record, rows)
            for change in changes:
                change(record)
            if isinstance(operation, RecordDecisions):
                told = record.ask(lambda session: before_deciding(session, operation, 2026))
        if way in BY_PAGE:
            return BY_PAGE[way](at(PAGE, path)).form
        form = record_form(
            *(NOTHING_FOUND, ("Once it is signed it stays.",), "Record 1 decision", replace),
            is_last=True,
            doubts=told.doubts,
            beyond=told.beyond,
        )
        return FinalDataForm(form, holder)

    return ask


DOUBTS: dict[str, tuple[RoundRows, tuple[Change, ...], str, str]] = {
    "award": (capped(150_000), (), "over_cap", "for one award"),
    "organisation": (capped(None, 150_000), (), "over_cap", "for one organisation"),
    "ten times": (
        capped(pot=440_000),
        (partial(pot_of, pence=1_000_000), recommend_small),
        "amount_is_right",
        "the usual award of £100",
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("doubt", DOUBTS)
def test_what_is_to_be_confirmed_greys_the_button_until_it_is_ticked(
    asks: Asks, way: Way, doubt: str
) -> None:
    rows, changes, tick, words = DOUBTS[doubt]

    dialog = asks(way, rows, *changes)

    assert words in words_in(dialog)
    assert (dialog.do.isEnabled(), dialog.do.toolTip()) == (False, WAITS)
    dialog[tick].setChecked(True)
    assert dialog.do.isEnabled()


def take_the_rest(record: Record) -> None:
    """Leave nothing in the pot beside what is agreed, or a part of what is recommended."""
    pot_of(record, sum(row.agreed_pence for row in record.ask(lambda s: awards(s, 1))) or 200_000)


BUDGETS: dict[str, tuple[tuple[Way, ...], Change, str]] = {
    "round": (OF_ROUND, take_the_rest, "over the round budget of Coventry"),
    "year": (WAYS, partial(allocate, Coventry=100_000), "over the money of Coventry for 2026/27"),
}


@pytest.mark.parametrize(
    ("budget", "way"), [(budget, way) for budget, (ways, *_) in BUDGETS.items() for way in ways]
)
def test_a_budget_that_is_passed_asks_by_whom_it_is_allowed(asks: Asks, budget: str, way: Way) -> None:
    _, change, words = BUDGETS[budget]

    dialog = asks(way, capped(pot=400_000), change)

    assert words in words_in(dialog)
    for name in ("allowed_name", "allowed_post", "allowed_why"):
        assert dialog[name].isVisibleTo(dialog)
    if way in DECISIONS:
        dialog["notice"].setText("032/2026")
        dialog["legal_power"].setText("An act")
    fields = [name for name in dialog.fields if name.startswith("allowed_")]
    for name in fields:
        assert not dialog.do.isEnabled()
        takes = re.search(r"It takes £([0-9,.]+), no more and no less", dialog.do.toolTip())
        dialog[name].setText(takes[1] if takes and name.startswith("allowed_pence") else "Jo Sample")
    assert "allows it" not in dialog.do.toolTip()
    assert "no more and no less" not in dialog.do.toolTip()


def test_nobody_signs_in_the_window_whom_no_list_names(asks: Asks) -> None:
    dialog = asks(signature, capped(pot=440_000))
    assert dialog.do.isEnabled()

    dialog["by"].setText("Zed Nobody")

    assert "not Zed Nobody. Record the person as a signatory" in words_in(dialog)
    assert not dialog.do.isEnabled()
