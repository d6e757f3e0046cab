"""What became of earlier applications of an organisation, for those who judge or pay another of its."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select

from models.queries.applications.intake import Earlier
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import DecisionRow, decisions, final_decisions
from models.schema.applications.application import application_table
from models.schema.awards.variation import recovery_table
from models.session import Session
from scoring.counted import listed
from scoring.money import column_money, pounds, short_pounds
from scoring.written.days import full_day


def became_of(session: Session, earlier: Iterable[Earlier]) -> Mapping[Earlier, str]:
    """Return where each earlier application stands: what was awarded and paid, or recommended so far."""
    found, here = dict[Earlier, str](), tuple(earlier)
    for number in sorted({one.round_id for one in here}):
        made = {row.application: row for row in awards(session, number)}
        decided = final_decisions(decisions(session, number))
        for one in here:
            if one.round_id == number:
                found[one] = _words(one, made.get(one.reference), decided.get(one.reference))
    return found


def owed_elsewhere(session: Session, round_id: int) -> Mapping[str, str]:
    """Return what the payees of a round still owe of other awards, by application."""
    table, other = application_table, application_table.alias()
    pairs = session.execute(
        select(table.c.reference, other.c.round_id, other.c.reference)
        .join(other, other.c.organisation_id == table.c.organisation_id)
        .where(table.c.round_id == round_id, other.c.id != table.c.id)
        .where(other.c.id.in_(select(recovery_table.c.application_id)))
        .order_by(table.c.position, other.c.round_id, other.c.position)
    ).all()
    held = {number: awards(session, number) for number in sorted({number for _, number, _ in pairs})}
    found: dict[str, list[str]] = {}
    for of, number, reference in pairs:
        for row in held[number]:
            if row.application == reference and owed_pence(row):
                found.setdefault(of, []).append(f"{pounds(owed_pence(row))} of {row.reference}")
    return {of: f"its payee has still to pay back {listed(words)}" for of, words in found.items()}


def owed_pence(row: AwardRow) -> int:
    """Return how much of what was asked back of an award has still to come."""
    return sum(one.outstanding_pence(row.returned) for one in row.asked_back)


def _words(one: Earlier, award: AwardRow | None, decided: DecisionRow | None) -> str:
    if award is not None:
        return "".join(_of_award(award, decided, is_withdrawn=one.is_withdrawn))
    if one.is_withdrawn:
        return "withdrawn"
    if decided is not None:
        return "nothing awarded"
    if one.funded_pence:
        return f"{short_pounds(one.funded_pence)} recommended, not decided yet"
    return "nothing recommended" if one.outcome else "nothing recommended yet"


def _of_award(row: AwardRow, decided: DecisionRow | None, *, is_withdrawn: bool) -> Iterator[str]:
    """Yield what was awarded, what it became, and what was paid, came back and is owed of it."""
    show = column_money((row.first_pence, row.amount_pence, row.paid_pence, row.returned_pence))
    on = "" if decided is None else f" on {full_day(decided.signed_on)}"
    yield f"{show(row.first_pence)} awarded{on} ({row.reference})"
    if row.amount_pence != row.first_pence:
        yield f", now {show(row.amount_pence)}"
    if not row.paid_pence:
        yield ", withdrawn since" if is_withdrawn else ", nothing paid yet"
    else:
        yield f", {show(row.paid_pence)} paid" if row.outstanding_pence else ", paid"
    if row.returned_pence:
        yield f", {show(row.returned_pence)} came back"
    if owed_pence(row):
        yield f", {short_pounds(owed_pence(row))} still to be paid back"
