"""Each way to set the money of an award by a decision asks each check in its dialog, before the button."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.listed.confirming import WAITS
from gui.listed.form import DataForm, FinalDataForm
from gui.pages.deciding.decisions.acts import before_deciding
from gui.pages.deciding.decisions.forms import record_form
from models.operation import Actor, Operation
from models.operations.deciding.deciding import RecordDecisions
from models.queries.deciding.round_list import Deciding
from models.record import Record
from models.values.rows import RoundRows
from tests.gui.pressing import words_in
from tests.models.conftest import OPENER
from tests.models.operations.awards.test_gate import capped, first, pot_of, reserve
from tests.models.operations.budgets import allocate

NOTHING_FOUND = Deciding((), (), (), (), (), (), frozenset(), frozenset(), {})
Way = Callable[[Record, RoundRows], tuple[Operation, Actor]]


def correction(record: Record, rows: RoundRows) -> tuple[Operation, Actor]:
    """Raise what was decided: £1,000 becomes £1,600."""
    operation, actor = reserve(record, rows)
    assert isinstance(operation, RecordDecisions)
    least = replace(operation.lines[0], amount_pence=100_000)
    record.perform(replace(operation, lines=(least,), notice="030/2026"), actor)
    return operation, actor


WAYS: tuple[Way, ...] = (first, correction, reserve)
pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def asked(holder: QWidget, folder: Path, way: Way, rows: RoundRows, pot: int = 0, year: int = 0) -> DataForm:
    """Return the dialog that records a way, where its pot and the year's money (pence) are set after."""
    with Record.create(folder / "office.panel", OPENER) as record:
        operation, _ = way(record, rows)
        assert isinstance(operation, RecordDecisions)
        if pot:
            pot_of(record, pot)
        if year:
            allocate(record, Coventry=year)
        told = record.ask(lambda session: before_deciding(session, operation, 2026))
    form = record_form(
        *(NOTHING_FOUND, ("Once it is signed it stays.",), "Record 1 decision", replace),
        is_last=True,
        doubts=told.doubts,
        beyond=told.beyond,
    )
    return FinalDataForm(form, holder)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("caps", "words"),
    [((150_000, None), "for one award"), ((None, 150_000), "for one organisation")],
    ids=["award", "organisation"],
)
def test_a_cap_greys_the_button_until_it_is_ticked(
    holder: QWidget, tmp_path: Path, way: Way, caps: tuple[int | None, int | None], words: str
) -> None:
    dialog = asked(holder, tmp_path, way, capped(*caps))

    assert words in words_in(dialog)
    assert (dialog.do.isEnabled(), dialog.do.toolTip()) == (False, WAITS)
    dialog["over_cap"].setChecked(True)
    assert dialog.do.isEnabled()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("pot", "year", "words"),
    [
        (200_000, 0, "over the round budget of Coventry"),
        (0, 100_000, "over the money of Coventry for 2026/27"),
    ],
    ids=["round", "year"],
)
def test_a_budget_that_is_passed_asks_by_whom_it_is_allowed(
    holder: QWidget, tmp_path: Path, way: Way, pot: int, year: int, words: str
) -> None:
    dialog = asked(holder, tmp_path, way, capped(pot=400_000), pot, year)

    assert words in words_in(dialog)
    for name in ("allowed_name", "allowed_post", "allowed_why"):
        assert dialog[name].isVisibleTo(dialog)
    dialog["notice"].setText("032/2026")
    dialog["legal_power"].setText("An act")
    dialog.do.click()
    assert dialog.problem.text() == "Name who allows it."
