"""What became of earlier applications of an organisation, for those who judge or pay another of its."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace
from sqlalchemy import select

from models.queries.applications.endings import UNKNOWN, withdrawals
from models.queries.applications.organisations.went_before import Earlier
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import decisions, final_decisions
from models.schema.applications import application_table
from models.schema.awards import recovery_table
from models.session import Session
from models.values.recommending import DecisionRow
from scoring.counted import listed
from scoring.money import column_money, pounds, short_pounds
from scoring.written.days import full_day


def became_of(session: Session, earlier: Iterable[Earlier], day: date = date.max) -> Mapping[Earlier, str]:
    """Return where each earlier application stood on a day: what was awarded and paid, or recommended."""
    found, here = dict[Earlier, str](), tuple(earlier)
    for number in sorted({one.round_id for one in here}):
        made = {row.application: row for row in awards(session, number)}
        decided = final_decisions(decisions(session, number))
        of_round = [one for one in here if one.round_id == number]
        for one, then in _on(session, number, of_round, day).items():
            award, last = made.get(one.reference), decided.get(one.reference)
            signed = last if last is not None and last.signed_on <= day else None
            found[one] = _words(then, None if award is None else _stood(award, day), signed)
    return found


def _on(session: Session, round_id: int, earlier: Sequence[Earlier], day: date) -> Mapping[Earlier, Earlier]:
    """Return of each application of a round what was known of it on a day."""
    is_past = day < date.max and any(one.is_withdrawn for one in earlier)
    gone = withdrawals(session, round_id, is_brief=True) if is_past else {}
    return {one: _known(one, gone.get(one.reference, UNKNOWN).on, day) for one in earlier}


def _known(one: Earlier, withdrawn_on: date | None, day: date) -> Earlier:
    if withdrawn_on is not None and withdrawn_on > day:
        one = replace(one, is_withdrawn=False)
    if one.advised_on is not None and one.advised_on > day:
        return replace(one, outcome="", funded_pence=None)
    return one


def _stood(award: AwardRow, day: date) -> AwardRow | None:
    """Return an award as it stood at the end of a day, None where no money was decided by then."""
    made = (*award.earlier, *((award.decision,) if award.decision else ()))
    decision = next((one for one in reversed(made) if one.signed_on <= day), None)
    if decision is None or not decision.amount_pence:
        return None
    varied = tuple(one for one in award.varied if (one.effective_on or one.proposed_on) <= day)
    return replace(
        award,
        amount_pence=decision.amount_pence + sum(one.change_pence for one in varied),
        decision=decision,
        variations=varied,
        instalments=tuple(
            replace(part, paid_on=None) if part.paid_on and part.paid_on > day else part
            for part in award.instalments
        ),
        returned=tuple(one for one in award.returned if one.on <= day),
        asked_back=tuple(one for one in award.asked_back if one.asked_on <= day),
    )


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
    sums = row.first_pence, row.agreed_pence, row.proposed_pence or 0
    show = column_money((*sums, row.paid_pence, row.returned_pence))
    made = row.decision or decided
    on = "" if made is None else f" on {full_day(made.signed_on)}"
    yield f"{show(row.first_pence)} awarded{on} ({row.reference})"
    if row.agreed_pence != row.first_pence:
        yield f", now {show(row.agreed_pence)}"
    if row.proposed_pence is not None:
        yield f", {show(row.proposed_pence)} proposed"
    if not row.paid_pence:
        yield ", withdrawn since" if is_withdrawn else ", nothing paid yet"
    else:
        yield f", {show(row.paid_pence)} paid" if row.outstanding_pence else ", paid"
    if row.returned_pence:
        yield f", {show(row.returned_pence)} came back"
    if owed_pence(row):
        yield f", {short_pounds(owed_pence(row))} still to be paid back"
