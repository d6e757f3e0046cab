"""What the chair signed and the deciding office decided, line by line."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import canonical
from models.fund_defaults import SignOff
from models.schema.application import ApplicationTable
from models.schema.decision import DecisionTable, SignatureTable, SignOffTable
from models.schema.panel import InterestTable, MemberTable
from models.schema.person import PersonTable
from models.schema.round import RoundTable
from models.schema.sheet import MarkTable, SheetTable
from scoring.round import InterestKind

DEFAULT_CHAIN = (SignOff("decider", "Chief Executive"),)
"""Who decides in a round that says nothing about it."""


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """The chair's signature under the recommendation on an application."""

    application: str
    signed_by: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One line of a signing: what was decided at a step, by whom, on what figures.

    `verdict` is agree, change or send_back; `notice` and `legal_power` are "" before the last step.
    `reason` is why it reduces crime or helps victims; one with `ended_by` no longer stands.
    """

    number: int
    application: str
    step: int
    is_last: bool
    verdict: str
    outcome: str
    amount_pence: int | None
    reason: str
    change_reason: str
    conditions: tuple[str, ...]
    is_exception: bool
    total_1e2: int | None
    place: int | None
    tied: bool
    ended_by: int | None
    post: str
    signed_by: str
    signed_on: date
    notice: str
    interests: str = ""
    legal_power: str = ""
    is_from_paper: bool = False

    @property
    def stands(self) -> bool:
        """Whether it holds: not sent back, not superseded."""
        return self.ended_by is None and self.verdict != "send_back"


def chain_of(session: Session, round_id: int) -> tuple[SignOff, ...]:
    """Return who signs after the panel, in order."""
    text = session.scalars(select(RoundTable.chain).where(RoundTable.id == round_id)).one()
    return canonical.from_text(tuple[SignOff, ...], text) or DEFAULT_CHAIN


def signatures(session: Session, round_id: int) -> tuple[SignatureRow, ...]:
    """Return the chair's signatures, in the order of the round's applications."""
    table = SignatureTable
    rows = session.execute(
        select(ApplicationTable.reference, table.signed_by, table.signed_on)
        .join(table, table.application_id == ApplicationTable.id)
        .where(ApplicationTable.round_id == round_id)
        .order_by(ApplicationTable.position)
    )
    return tuple(SignatureRow(*row) for row in rows)


def decisions(session: Session, round_id: int) -> tuple[DecisionRow, ...]:
    """Return every line that was ever decided in a round, oldest first."""
    line, signing = DecisionTable, SignOffTable
    rows = session.execute(
        select(ApplicationTable.reference, line, signing)
        .join(line, line.application_id == ApplicationTable.id)
        .join(signing, signing.id == line.sign_off_id)
        .where(ApplicationTable.round_id == round_id)
        .order_by(line.id)
    )
    return tuple(_row(reference, decided, signed) for reference, decided, signed in rows)


def final_decisions(rows: Sequence[DecisionRow]) -> dict[str, DecisionRow]:
    """Return the decision that stands on each application that the last step decided."""
    return {row.application: row for row in rows if row.is_last and row.stands}


def steps_done(rows: Sequence[DecisionRow], application: str) -> int:
    """Return how many steps of the chain stand on an application."""
    return sum(row.application == application and row.stands for row in rows)


def scorers(session: Session, round_id: int) -> frozenset[str]:
    """Return who gave a mark in a round, by name."""
    names = session.scalars(
        select(PersonTable.name)
        .distinct()
        .join(MemberTable, MemberTable.person_id == PersonTable.id)
        .join(SheetTable, SheetTable.member_id == MemberTable.id)
        .join(MarkTable, MarkTable.sheet_id == SheetTable.id)
        .where(MemberTable.round_id == round_id, MarkTable.mark.is_not(None))
    )
    return frozenset(names)


def declared_by(session: Session, round_id: int, name: str) -> frozenset[str]:
    """Return the applications that a person, as a member of the panel, declared an interest in."""
    rows = session.execute(
        select(ApplicationTable.reference, InterestTable.kind)
        .join(InterestTable, InterestTable.application_id == ApplicationTable.id)
        .join(MemberTable, MemberTable.id == InterestTable.member_id)
        .join(PersonTable, PersonTable.id == MemberTable.person_id)
        .where(MemberTable.round_id == round_id, PersonTable.name == name)
    )
    return frozenset(reference for reference, kind in rows if InterestKind(kind).is_conflict)


def earlier_hands(session: Session, round_id: int, step: int, name: str) -> dict[str, str]:
    """Return as what a person signed before a step of the chain, by application.

    Whether it stands still or was superseded makes no difference, nor how the name is spaced or cased.
    """
    return hands_of(signatures(session, round_id), decisions(session, round_id), step, name)


def hands_of(
    signed: Sequence[SignatureRow], decided: Sequence[DecisionRow], step: int, name: str
) -> dict[str, str]:
    """Return the same of rows at hand: "for the panel", "as NPU commander"."""
    wanted = plain_name(name)
    found = {row.application: "for the panel" for row in signed if plain_name(row.signed_by) == wanted}
    earlier = (row for row in decided if row.step < step and plain_name(row.signed_by) == wanted)
    return found | {row.application: f"as {row.post}" for row in earlier}


def plain_name(name: str) -> str:
    """Return a name as it is compared: without case and extra spaces."""
    return " ".join(name.split()).casefold()


def _row(reference: str, decided: DecisionTable, signed: SignOffTable) -> DecisionRow:
    return DecisionRow(
        number=decided.id,
        application=reference,
        step=signed.step,
        is_last=signed.is_last,
        verdict=decided.verdict,
        outcome=decided.outcome,
        amount_pence=decided.amount_pence,
        reason=decided.reason,
        change_reason=decided.change_reason,
        conditions=tuple(json.loads(decided.conditions)),
        is_exception=decided.is_exception,
        total_1e2=decided.total_1e2,
        place=decided.place,
        tied=decided.tied,
        ended_by=decided.ended_by,
        post=signed.post,
        signed_by=signed.signed_by,
        signed_on=signed.signed_on,
        notice=signed.notice or "",
        interests=signed.interests,
        legal_power=signed.legal_power,
        is_from_paper=signed.is_from_paper,
    )
