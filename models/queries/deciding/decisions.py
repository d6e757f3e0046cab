"""What the panel recommends, the chair signed and the deciding office decided, line by line."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Row, select

from models.queries.rows import of_round
from models.queries.set_up.rounds import row_of_round
from models.reference.sign_off import DEFAULT_CHAIN, Chain
from models.schema.applications import application_table
from models.schema.deciding import decision_table, recommendation_table, sign_off_table, signature_table
from models.schema.panel import (
    interest_table,
    mark_table,
    member_table,
    person_table,
    sheet_table,
    signer_interest_table,
)
from models.schema.set_up import round_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from models.values import canonical
from models.values.recommending import DecisionRow, RecommendationRow
from scoring.ranking import Ranking, Status
from scoring.round import InterestKind
from scoring.schedule.exceptions import no_money_words
from scoring.written.names import is_same_text

_INTERESTS = (
    select(application_table.c.reference, interest_table.c.kind, person_table.c.name)
    .join(interest_table, interest_table.c.application_id == application_table.c.id)
    .join(member_table, member_table.c.id == interest_table.c.member_id)
    .join(person_table, person_table.c.id == member_table.c.person_id)
    .where(member_table.c.round_id == OF_ROUND)
    .union_all(
        select(application_table.c.reference, signer_interest_table.c.kind, person_table.c.name)
        .join(signer_interest_table, signer_interest_table.c.application_id == application_table.c.id)
        .join(person_table, person_table.c.id == signer_interest_table.c.person_id)
        .where(signer_interest_table.c.round_id == OF_ROUND)
    )
)


class SignatureRow(Struct, frozen=True):
    """The chair's signature under the recommendation on an application."""

    application: str
    signed_by: str
    signed_on: date


_SIGNATURES = of_round(SignatureRow, signature_table).order_by(application_table.c.position)
_SIGNING = {
    name: sign_off_table.c[name] for name in set(sign_off_table.c.keys()) - set(decision_table.c.keys())
}
_DECISIONS = (
    of_round(DecisionRow, decision_table, number=decision_table.c.id, **_SIGNING)
    .join(sign_off_table, sign_off_table.c.id == decision_table.c.sign_off_id)
    .order_by(decision_table.c.id)
)


@part
def chain_of(session: Session, round_id: int) -> Chain:
    """Return who signs after the panel, in order."""
    text = row_of_round(session.execute(select(round_table.c.chain).where(round_table.c.id == round_id)))[0]
    return canonical.from_text(Chain, text) or DEFAULT_CHAIN


@part
def signatures(session: Session, round_id: int) -> tuple[SignatureRow, ...]:
    """Return the chair's signatures, in the order of the round's applications."""
    return tuple(SignatureRow(*row) for row in session.execute(_SIGNATURES, {"of_round": round_id}))


@part
def decisions(session: Session, round_id: int) -> tuple[DecisionRow, ...]:
    """Return every line that was ever decided in a round, oldest first."""
    return tuple(_with_changes(_row(row) for row in session.execute(_DECISIONS, {"of_round": round_id})))


def _with_changes(rows: Iterable[DecisionRow]) -> Iterator[DecisionRow]:
    """Yield lines, oldest first: one that agrees bears why somebody changed it before in the same pass."""
    why: dict[str, str] = {}
    for row in rows:
        if row.verdict == "agree" and row.application in why:
            yield replace(row, change_reason=why[row.application])
        else:
            yield row
        if row.verdict == "change" and not row.is_last and not row.is_taken_back:
            why[row.application] = row.change_reason
        elif row.is_last or row.verdict == "send_back":
            why.pop(row.application, None)


def final_decisions(rows: Sequence[DecisionRow]) -> dict[str, DecisionRow]:
    """Return the decision that stands on each application that the last step decided."""
    return {row.application: row for row in rows if row.is_last and row.is_in_force}


def decided_with(rows: Sequence[DecisionRow], notice: str) -> dict[str, DecisionRow]:
    """Return the decisions as they stood when a notice was signed, without what was decided later."""
    last = max((row.number for row in rows if row.notice == notice), default=0)
    stood = (row for row in rows if row.is_last and row.number <= last and row.verdict != "send_back")
    return {row.application: row for row in stood if not row.is_taken_back}


@part
def signed_lines(session: Session, round_id: int) -> frozenset[str]:
    """Return the applications whose recommendation the chair signed, or the deciding office decided on."""
    signed = {row.application for row in signatures(session, round_id)}
    return frozenset(signed | set(final_decisions(decisions(session, round_id))))


def signed_words(named: str) -> str:
    """Say that the recommendation on what is named is signed, and what would change it."""
    return f"The recommendation on {named} is signed. It changes only when the deciding office sends it back."


def earlier_decisions(rows: Sequence[DecisionRow]) -> dict[str, tuple[DecisionRow, ...]]:
    """Return the decisions that others took the place of, by application, oldest first."""
    found: dict[str, list[DecisionRow]] = {}
    for row in rows:
        if row.is_last and not row.is_in_force and row.verdict != "send_back" and not row.is_taken_back:
            found.setdefault(row.application, []).append(row)
    return {of: tuple(some) for of, some in found.items()}


@part
def scorers(session: Session, round_id: int) -> frozenset[str]:
    """Return who gave a mark in a round, by name."""
    names = session.scalars(
        select(person_table.c.name)
        .distinct()
        .join(member_table, member_table.c.person_id == person_table.c.id)
        .join(sheet_table, sheet_table.c.member_id == member_table.c.id)
        .join(mark_table, mark_table.c.sheet_id == sheet_table.c.id)
        .where(member_table.c.round_id == round_id, mark_table.c.mark.is_not(None))
    )
    return frozenset(names)


@part
def declared_by(session: Session, round_id: int, name: str) -> frozenset[str]:
    """Return the applications that a person declared an interest in, as a member or as one who signs."""
    rows = session.execute(_INTERESTS, {"of_round": round_id})
    conflicts = ((of, who) for of, kind, who in rows if InterestKind(kind).is_conflict)
    return frozenset(of for of, who in conflicts if is_same_text(who, name))


def gave_marks(session: Session, round_id: int, name: str) -> bool:
    """Whether a person gave a mark in a round."""
    return any(is_same_text(scorer, name) for scorer in scorers(session, round_id))


def _row(found: Row[*tuple[Any, ...]]) -> DecisionRow:
    notice, conditions = found.notice or "", tuple(json.loads(found.conditions))
    return DecisionRow(**{**found._mapping, "notice": notice, "conditions": conditions})


def unlike_the_rule(
    items: Sequence[RecommendationRow], recorded: Iterable[RecommendationRow]
) -> tuple[RecommendationRow, ...]:
    """Return those on which something else was recorded than the rule proposes: another outcome or amount."""
    before = {row.application: row.outcome_words for row in recorded}
    return tuple(
        item for item in items if before.get(item.application, item.outcome_words) != item.outcome_words
    )


def lost_their_total(ranking: Ranking, recorded: Iterable[RecommendationRow]) -> Iterator[str]:
    """Yield of which money was recommended on a total that is none any more, and what is to be done.

    So it is where a member who gave marks declares an interest afterwards. What is withdrawn is told apart.
    """
    now = {one.reference: one.status for one in ranking.standings}
    for row in recorded:
        status = now.get(row.application, Status.RANKED)
        if row.amount_pence and row.total_1e2 is not None and status not in (Status.RANKED, Status.WITHDRAWN):
            yield no_money_words(row.application, status)


_RECOMMENDATIONS = of_round(RecommendationRow, recommendation_table).order_by(application_table.c.position)


@part
def recommendations(session: Session, round_id: int) -> tuple[RecommendationRow, ...]:
    """Return a round's recommendations in the order of its applications."""
    rows = (row._asdict() for row in session.execute(_RECOMMENDATIONS, {"of_round": round_id}))
    return tuple(
        RecommendationRow(**{**row, "conditions": tuple(json.loads(row["conditions"]))}) for row in rows
    )
