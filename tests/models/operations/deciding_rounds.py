"""A round whose recommendations are before the deciding office, for the tests of what it decides."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.applications.corrections import CorrectApplication
from models.operations.deciding import deciding
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.members import DeclareToSign
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.people import NameSignatories
from models.queries.deciding.decisions import chain_of
from models.queries.deciding.signatories import Signatory, signatories
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.reference.defaults import Payment
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area, InterestKind
from tests.models.made_once import made_once
from tests.models.rounds import FUND, OFFICER, application, load, workbook_rows

CHAIR = Actor("Ravi Example", "chair")
COMMANDER = Actor("Cora Command", "commander")
DECIDER = Actor("Dan Decides", "decider")
FINANCE = Actor("Finn Pays", "finance")
DAY = date(2026, 12, 2)
THIRDS = Payment("thirds", "In three parts", ((33, "signature"), (33, "half way"), (34, "the end")))
REASON = "The patrols that the neighbours run keep the estate quiet."
POWER = "Police Reform and Social Responsibility Act 2011, section 9"


def sign_too(record: Record, *people: Actor) -> None:
    """Record people as signing beside the others, each for the one post of their role."""
    there = record.ask(lambda session: signatories(session, 1))
    named = (*there, *(Signatory(one.name, one.role) for one in people))
    record.perform(NameSignatories(1, named, reason="Both sign now."), OFFICER)


def deciding_rows() -> RoundRows:
    """Return three applications to Coventry for £1,000, £2,000 and £3,000, with a pot of £3,500."""
    marks = ((5, 5, 5), (4, 4, 4), (3, 3, 3))
    return replace(
        workbook_rows(),
        areas=(Area("Coventry", 350_000), Area("Dudley", 0)),
        applications=tuple(application(number) for number in (1, 2, 3)),
        members=(MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ravi Example", "chair")),
        interests=(InterestRow("M2", None, InterestKind.NONE),),
        sheets=tuple(SheetRow("M1", f"ACF-00{n}", True, given) for n, given in enumerate(marks, 1)),
        agreed=(),
        not_applicable=(),
        chair_decisions=(),
    )


def reasoned(items: Sequence[RecommendationRow]) -> tuple[RecommendationRow, ...]:
    """Return recommendations with the panel's reason on all that gets money."""
    return tuple(replace(item, reason=REASON if item.amount_pence else "") for item in items)


def declare_to_sign(record: Record, *signers: Actor, stating: str = "") -> None:
    """Have people who sign declare that they have no interest in what a round holds."""
    for one in signers:
        none = InterestRow(one.name, None, InterestKind.NONE, stating)
        record.perform(DeclareToSign(1, one.name, (none,)), one)


@made_once
def recommended(
    record: Record, rows: RoundRows | None = None, corrected: CorrectApplication | None = None
) -> Record:
    """Recommend £1,000 for the first, £2,000 for the second, reserve for the third."""
    record.perform(SetUpOffice("Office", (replace(FUND, payments=(THIRDS,)),)), OFFICER)
    load(record, rows or deciding_rows())
    if corrected is not None:
        record.perform(corrected, OFFICER)
    declare_to_sign(record, COMMANDER, DECIDER)
    for stage in ("scoring", "meeting", "recommending"):
        record.perform(MoveAreas(1, ("Coventry",), stage), CHAIR)
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    record.perform(RecordRecommendations(1, reasoned(proposed(ranked))), OFFICER)
    return record


@made_once
def signed(
    record: Record, rows: RoundRows | None = None, corrected: CorrectApplication | None = None
) -> Record:
    """Have the chair sign what is recommended."""
    recommended(record, rows, corrected).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    return record


def first_step(*lines: LineDecision, by: Actor = COMMANDER) -> RecordDecisions:
    """Return the commander's signing of these lines."""
    return RecordDecisions(1, 0, by.name, "NPU commander", DAY, "none", lines)


def last_step(*lines: LineDecision, by: Actor = DECIDER, notice: str = "031/2026") -> RecordDecisions:
    """Return the Chief Executive's decisions on these lines."""
    return RecordDecisions(
        1, 1, by.name, "Chief Executive", DAY, "none", lines, notice=notice, legal_power=POWER
    )


def paper(step: RecordDecisions, /, **changes: object) -> RecordDecisions:
    """Return a step that an officer records from paper."""
    return replace(step, from_paper=True, unsigned_because="They are away.", **changes)


def last_from_paper(
    record: Record, round_id: int, *lines: LineDecision, notice: str, on: date = DAY
) -> RecordDecisions:
    """Return the decision of the last step of a round's chain as an officer records it from paper."""
    chain = record.ask(lambda session: chain_of(session, round_id))
    who = (DECIDER.name, chain[-1].post)
    return paper(RecordDecisions(round_id, len(chain) - 1, *who, on, "none", lines, notice=notice))


def every_line() -> tuple[LineDecision, ...]:
    """Return agreement on all three lines."""
    return tuple(LineDecision(f"ACF-00{number}") for number in (1, 2, 3))


def end_while_deciding(path: str) -> None:
    """Take the last step, and come to an end between the signature and the awards: a task that is forked."""
    deciding.make_awards = lambda *what: os._exit(9)
    with Record.open(Path(path), Opener("Grace Okoro", "tests")) as record:
        record.perform(last_step(*every_line()), DECIDER)


def decide(record: Record, *lines: LineDecision) -> Outcome:
    """Take lines that are recommended, else all three, through the chain, the chair's signature first."""
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*(lines or every_line())), COMMANDER)
    return record.perform(last_step(*(lines or every_line())), DECIDER)


@made_once
def decided(
    record: Record, rows: RoundRows | None = None, corrected: CorrectApplication | None = None
) -> Outcome:
    """Take all three lines through the whole chain."""
    signed(record, rows, corrected).perform(first_step(*every_line()), COMMANDER)
    return record.perform(last_step(*every_line()), DECIDER)
