"""Every dialog through the real window: left with Esc nothing changes; accepted, one thing does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.reason import ReasonDialog
from gui.dialogs.recommend import RecommendDialog
from gui.dialogs.stage import StageDialog
from gui.dialogs.tie import TieDialog
from gui.pages.applications.form import ApplicationForm
from gui.pages.criteria.amend_dialog import AmendDialog
from gui.pages.criteria.start_dialog import StartDialog
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.member_dialog import MemberDialog
from gui.pages.scoring.hand_in import HandInDialog
from gui.pages.scoring.interest import InterestDialog
from models.operation import Actor
from models.operations.load import LoadRound
from models.operations.marks import SetMark
from models.operations.office import SetUpOffice
from models.record import Opener, Record
from models.schemes import shipped_funds
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.deciding import make_recommended
from tests.gui.meeting_rounds import meeting_record
from tests.gui.test_scoring_page import made_scoring_record  # noqa: F401  a fixture
from tests.journeys.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
STAGES = {"intake": (), "meeting": ("scoring", "meeting")}
CODES = ("A1", "A2", "A3", "A4", "A5", "A6", "A7")


@dataclass(frozen=True, slots=True)
class Case:
    """A dialog: in which record, at which page, how it is asked for, filled in and accepted."""

    record: str
    keys: str
    kind: type[Any]
    button: Callable[[Any], QWidget] | None
    fields: tuple[tuple[str, str], ...] = ()
    deed: str = "do"
    ask: Callable[[User], object] | None = None


def _recommend(user: User) -> None:
    user.window.main.ranking.deeds.edit("W-002")


def _decide_tie(user: User) -> None:
    user.window.main.ranking.deeds._decide_tie("W-009")


def _amend(user: User) -> None:
    page: Any = user.window.main.pages.current
    if page.amend.isVisible():  # going back from the question goes on amending
        user.click(page.amend)
    page.criteria.list.rows[0].weight.setValue(24)
    page.criteria.list.rows[1].weight.setValue(16)
    user.click(page.publish)


CASES = {
    "start a round": Case(
        "empty", "Ctrl+3", StartDialog, lambda page: page.empty.button, (("areas", "Dudley £9,000"),), "start"
    ),
    "new application": Case(
        "intake",
        "Ctrl+2",
        ApplicationForm,
        lambda page: page.by_hand,
        (("organisation", "Canal Scouts"), ("amount_requested", "900")),
        "save",
    ),
    "withdraw": Case(
        "meeting", "Ctrl+2", ReasonDialog, lambda page: page.detail.withdraw, (("reason", "closed down"),)
    ),
    "add a member": Case("scoring", "Ctrl+4", MemberDialog, lambda page: page.add, (("name", "Una Test"),)),
    "correct a member": Case(
        "scoring", "Ctrl+4", MemberDialog, lambda page: page.edit, (("organisation", "Trust"),)
    ),
    "declare": Case("scoring", "Ctrl+4", DeclareDialog, lambda page: page.declare),
    "amend the criteria": Case("scoring", "Ctrl+3", AmendDialog, None, (("reason", "Advice"),), ask=_amend),
    "hand in": Case("scoring", "Ctrl+5", HandInDialog, lambda page: page.hand_in),
    "abstain": Case("scoring", "Ctrl+5", ReasonDialog, lambda page: page.form.footer.abstain),
    "interest": Case(
        "scoring",
        "Ctrl+5",
        InterestDialog,
        lambda page: page.form.footer.declare,
        (("detail", "a neighbour"),),
    ),
    "not applicable": Case(
        "meeting", "Ctrl+6", ReasonDialog, lambda page: page.settle.aside, (("reason", "It does not apply."),)
    ),
    "move an area on": Case("meeting", "Ctrl+6", StageDialog, None, deed="on", ask=lambda user: _stage(user)),
    "recommend": Case(
        "recommended",
        "Ctrl+7",
        RecommendDialog,
        None,
        (("amount", "100"), ("reason", "less")),
        ask=_recommend,
    ),
    "decide a tie": Case(
        "recommended", "Ctrl+7", TieDialog, None, (("reason", "the wider area"),), ask=_decide_tie
    ),
    "record recommendations": Case("ranked", "Ctrl+7", ConfirmDialog, lambda page: page.record),
    "sign": Case("recommended", "Ctrl+8", ConfirmDialog, lambda page: page.sign),
}


def _stage(user: User) -> None:
    user.area(WOLVERHAMPTON)
    user.click(user.window.main.header.stages)


@pytest.fixture
def records(tmp_path: Path, made_scoring_record: Path) -> Callable[[str], Path]:  # noqa: F811
    """How a closed record is made at one stage or another."""

    def make(name: str) -> Path:
        path = tmp_path / f"{name}.panel"
        if name == "empty":
            with Record.create(path, Opener("Priya Nair", "tests")) as record:
                record.perform(SetUpOffice("Office", shipped_funds()), Actor("Priya Nair"))
        elif name == "scoring":
            path.write_bytes(made_scoring_record.read_bytes())
            with Record.open(path, Opener("Priya Nair", "tests")) as record:
                for code in CODES:
                    record.perform(SetMark(1, "NAIR", "W-003", code, 4, None), Actor("Priya Nair"))
        elif name == "ranked":
            with Record.create(path, Opener("Priya Nair", "tests")) as record:
                record.perform(LoadRound(wolverhampton_round()), Actor("Priya Nair"))
        elif name in STAGES:
            meeting_record(path, *STAGES[name])
        else:
            make_recommended(path)
        return path

    return make


@pytest.mark.parametrize("name", list(CASES))
def test_a_dialog_left_changes_nothing_and_accepted_changes_one_thing(
    user: User, records: Callable[[str], Path], name: str
) -> None:
    case = CASES[name]
    user.open(records(case.record))
    if case.record != "empty":
        user.be("Priya Nair", "chair")
    changes: list[object] = []
    user.window.workspace.changed.connect(changes.append)
    user.press(case.keys)

    _ask(user, case)
    user.press("Esc")
    assert not user.has_dialog
    assert changes == []

    _ask(user, case)
    dialog = user.dialog(case.kind)
    for field, text in case.fields:
        _fill(user, dialog, field, text)
    if isinstance(dialog, DeclareDialog):
        user.click(dialog.rest)
    user.click(getattr(dialog, case.deed))
    assert not user.has_dialog
    assert user.failures == []
    assert len(changes) == 1


def _ask(user: User, case: Case) -> None:
    if case.ask is not None:
        case.ask(user)
        user.settle()
    else:
        assert case.button is not None
        button = case.button(user.window.main.pages.current)
        assert isinstance(button, QPushButton)
        user.click(button)
    user.dialog(case.kind)


def _fill(user: User, dialog: Any, field: str, text: str) -> None:
    box = (
        dialog.boxes[field] if hasattr(dialog, "boxes") and field in dialog.boxes else getattr(dialog, field)
    )
    assert isinstance(box, QLineEdit | QPlainTextEdit)
    user.fill(box, text)
