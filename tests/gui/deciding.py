"""A record whose recommendations for Wolverhampton are before the deciding office."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtWidgets import QLabel, QWidget

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.page import Identity
from models.operation import Actor
from models.operations.awards.paying import SetInstalments
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.people import GiveRole, NameSignatories
from models.queries.awards.awards import awards, parts_of, payments
from models.queries.deciding.decisions import recommendations
from models.queries.deciding.reasons import said_so_far
from models.queries.deciding.signatories import Signatory
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.reference.sign_off import SignOff
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.round import Area
from scoring.scheme import Allocation
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.gui.listed.page_user import PageUser
from tests.gui.pressing import answer, box_of
from tests.models.made_once import file_made_once
from tests.models.operations.deciding_rounds import declare_to_sign
from tests.models.ready_to_pay import ready_to_pay

CHAIR = Actor("Priya Nair", "chair")
OFFICER = Actor("Grace Okoro", "officer")
COMMANDER = Actor("Cora Command", "commander")
DECIDER = Actor("Dan Decides", "decider")
FINANCE = Actor("Finn Pays", "finance")
JOINT = (SignOff("decider", "Area commander", ("Community Ambassador",), per_area=True),)
DAY = date(2024, 12, 2)
REASON = "Fewer break-ins on the estate."
SIGNED = "05/12/2024"
"""When an agreement was signed: a day that is past whenever the tests are run."""


def at_page(window: Window, record: Path, person: Identity, key: str) -> Window:
    """Open a record in a window and show a page of it to somebody."""
    window.controller.open(record)
    window.main.tools.use_as(person)
    window.main.tools.go(key)
    return window


def open_anew(window: Window, record: Path, person: Identity, key: str) -> None:
    """Leave whatever a window asks, and show a page of another record in it."""
    while (asked := window.controller.dialog) is not None:
        asked.reject()
    at_page(window, record, person, key)


def record_answers(window: Window, page: DecisionsPage, notice: str = "") -> DataForm:
    """Record what is answered, stating no interests, under a notice where one is asked for."""
    if not isinstance(window.controller.dialog, DataForm):
        page.record.click()
    has_notice = "notice" in box_of(window, DataForm).fields
    return answer(window, interests="none", **({"notice": notice} if has_notice else {}))


def said_on(pane: QWidget) -> str:
    """Return the words in sight on a pane, a line for each label."""
    return "\n".join(label.text() for label in pane.findChildren(QLabel) if label.isVisible())


def _reasoned(items: Sequence[RecommendationRow]) -> tuple[RecommendationRow, ...]:
    return tuple(replace(item, reason=REASON if item.amount_pence else "") for item in items)


def make_at_recommending(path: Path, rows: RoundRows, *people: Actor) -> None:
    """Make a record with a round whose first area is at its recommending, and with who decides or pays."""
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(SetUpOffice("Office", shipped_funds()), OFFICER)
        record.perform(LoadRound(rows), OFFICER)
        for actor in people:
            own = (WOLVERHAMPTON,) if actor is COMMANDER else ()
            record.perform(GiveRole(1, actor.name, actor.role, areas=own), OFFICER)
        declare_to_sign(record, COMMANDER, DECIDER)
        for stage in ("scoring", "meeting", "recommending"):
            record.perform(MoveAreas(1, (WOLVERHAMPTON,), stage), CHAIR)


@file_made_once
def make_ranked(path: Path, why: str = "") -> Path:
    """Make a record in which nothing is recommended yet; `why` stands with the first agreed mark of each."""
    rows = wolverhampton_round(allocation=Allocation.SKIP)
    agreed = tuple(replace(row, reasons=(why, *row.reasons[1:])) for row in rows.agreed)
    make_at_recommending(path, replace(rows, agreed=agreed), COMMANDER, DECIDER, FINANCE)
    return path


@file_made_once
def make_recommended(path: Path) -> Path:
    """Make a record with recommendations that the chair has not signed."""
    make_ranked(path)
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
        said = record.ask(lambda session: said_so_far(session, 1))
        record.perform(RecordRecommendations(1, _reasoned(proposed(ranked, given=said))), OFFICER)
    return path


@file_made_once
def make_joint(path: Path) -> Path:
    """Make a record signed by its chair, before commander and ambassador of the area, who decide jointly."""
    rows = wolverhampton_round(allocation=Allocation.SKIP)
    rows = replace(rows, areas=(*rows.areas, Area("Coventry", 0)))
    fund = replace(shipped_funds()[0], chain=JOINT)
    people = (
        Signatory("Cora Command", "decider", JOINT[0].posts[0], (WOLVERHAMPTON,)),
        Signatory("Abe Envoy", "decider", JOINT[0].posts[1], (WOLVERHAMPTON,)),
    )
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(SetUpOffice("Office", (fund,)), OFFICER)
        record.perform(LoadRound(rows), OFFICER)
        record.perform(NameSignatories(1, people), OFFICER)
        declare_to_sign(record, *(Actor(one.name, one.role) for one in people))
        for stage in ("scoring", "meeting", "recommending"):
            record.perform(MoveAreas(1, (WOLVERHAMPTON,), stage), CHAIR)
        ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
        said = record.ask(lambda session: said_so_far(session, 1))
        record.perform(RecordRecommendations(1, _reasoned(proposed(ranked, given=said))), OFFICER)
        record.perform(SignRecommendations(1, WOLVERHAMPTON, DAY), CHAIR)
    return path


@file_made_once
def make_decided(path: Path) -> Path:
    """Make a record in which every recommendation went through the whole chain."""
    make_recommended(path)
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        sign_and_decide(record, COMMANDER, DECIDER)
    return path


def sign_and_decide(record: Record, *steps: Actor, post: str = "Post", **how: bool) -> None:
    """Have the chair sign what is recommended, and each step of the chain take it as it is."""
    record.perform(SignRecommendations(1, WOLVERHAMPTON, DAY), CHAIR)
    items = record.ask(lambda session: recommendations(session, 1))
    lines = tuple(LineDecision(item.application) for item in items)
    for step, actor in enumerate(steps):
        under: dict[str, Any] = how | {
            "notice": "031/2026" if step else "",
            "legal_power": "an Act" if step else "",
        }
        record.perform(RecordDecisions(1, step, actor.name, post, DAY, "none", lines, **under), actor)


def make_payable(path: Path, profile: str = "") -> Path:
    """Make the same with the first award agreed and its account verified; `profile` says how it is paid."""
    make_decided(path)
    with Record.open(path, Opener("Grace Okoro", "tests")) as record:
        award = record.ask(lambda session: awards(session, 1))[0]
        for way in record.ask(lambda session: payments(session, 1)):
            if way.code == profile:
                parts = parts_of(award.amount_pence, way)
                paid = SetInstalments(1, award.application, profile, parts, award.instalments)
                record.perform(paid, FINANCE)
        on = datetime.strptime(SIGNED, "%d/%m/%Y").date()
        ready_to_pay(record, award.application, on, FINANCE, post="Commander")
    return path


def payable(user: PageUser) -> list[int]:
    """Return the numbers of the instalments that the person may mark as paid, or take back."""
    ways = ("mark as paid today", "take back")
    buttons = user.view.detail.buttons
    return [n for n in range(1, 7) if any(f"Instalment {n}: {way}" in buttons for way in ways)]


def mark_paid(user: PageUser, number: int = 1) -> None:
    """Mark an instalment as paid today, told that no check of due diligence is settled."""
    user.press(f"Instalment {number}: mark as paid today")
    assert "Due diligence on " in user.asked
    assert "checks is settled" in user.asked
    user.agree()
