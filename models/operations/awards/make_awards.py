"""Making the awards that decisions call for, and writing what a variation makes of one."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace
from sqlalchemy import select

from models.operations.awards.monitoring import put_plan, the_monitored
from models.operations.operation_base import AWARD
from models.operations.rows.write_applications import application_ids
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards, parts_of, payments
from models.queries.awards.variations import variations
from models.reference.defaults import Payment
from models.schema.awards import award_table, instalment_table, variation_table
from models.schema.forms import LARGEST
from models.schema.personal import ERASED
from models.session import Session, moment, numbered, pairs_of, put, remove, replace_rows, set_values
from models.trouble import refuse
from models.values.awards import MORE, Instalment, Part, PlannedReturn, Terms
from models.values.recommending import FUNDED, LineDecision
from scoring.money import share
from scoring.written.text import Refused


def make_awards(
    session: Session, round_id: int, notice: str, lines: Sequence[LineDecision], numbers: Mapping[str, int]
) -> None:
    """Make an award of each line that is funded, in place of one it had; its parts are the fund's usual.

    A hold on the one before holds on.
    """
    applicants = application_ids(session, round_id)
    held = pairs_of(session, award_table.c.application_id, award_table.c.held_for)
    chosen = [applicants[line.application] for line in lines]
    for table in (instalment_table, award_table):
        remove(session, table, application_id=chosen)
    funded = [line for line in lines if line.outcome in FUNDED and line.verdict != "send_back"]
    usual = payments(session, round_id)[0]
    prefix = _prefix(session, notice)
    rows = [
        {
            "application_id": applicants[line.application],
            "decision_id": numbers[line.application],
            "reference": f"{prefix}-{index:02d}",
            "amount_pence": line.amount_pence,
            "profile": usual.code,
            "agreed_on": None,
            "held_for": held.get(applicants[line.application]),
        }
        for index, line in enumerate(funded, start=1)
    ]
    put(session, award_table, rows)
    for line in funded:
        assert line.amount_pence is not None
        put_parts(session, applicants[line.application], parts_of(line.amount_pence, usual))


def put_parts(session: Session, application_id: int, parts: Sequence[Instalment]) -> None:
    """Put an award's instalments in, paid ones as paid, in place of those it had."""
    rows = ({**row, "proof": row["proof"] or None} for row in numbered(instalment_table, parts))
    replace_rows(session, instalment_table, {"application_id": application_id}, rows)


def require_no_agreement(session: Session, round_id: int, references: Sequence[str]) -> None:
    """Refuse where the agreement on an award is signed, or it was varied: that is not decided again."""
    agreed = {row.application for row in awards(session, round_id) if row.agreed_on is not None}
    varied = {row.application for row in variations(session, round_id) if not row.ended_because}
    refuse(AWARD.settled(sorted(agreed.intersection(references)), sorted(varied.intersection(references))))


def require_unpaid(session: Session, round_id: int, reference: str) -> None:
    """Refuse where a part of an application's award is paid: it is not withdrawn then."""
    if any(row.application == reference and row.paid_pence for row in awards(session, round_id)):
        raise Refused(f"A part of the award on {reference} is paid, so it can no longer be withdrawn.")


def _prefix(session: Session, notice: str) -> str:
    """Return what the references of a notice's awards begin with: "A-031" for 031/2026.

    Numbers begin anew each year, so one that another year's awards bear has its own year in it.
    """
    number, _, year = notice.partition("/")
    prefix = f"A-{number}"
    taken = session.scalars(
        select(award_table.c.reference).where(award_table.c.reference.startswith(f"{prefix}-"))
    )
    return f"{prefix}-{year}" if taken.first() is not None else prefix


OUTCOMES = "outcomes"
"""The term that is given only where it changes: once erased, whether it did cannot be told any more."""


def what_changes(terms: Terms, stands: Terms) -> Terms:
    """Return those of some terms that differ from what stands; refused where none does."""
    if terms.outcomes is not None and terms.outcomes == stands.outcomes != ERASED:
        raise Refused("The outcomes are unchanged. Leave them out, or give the new ones.")
    same = {
        name: None
        for name in terms.said
        if getattr(terms, name) == getattr(stands, name) and name != OUTCOMES
    }
    if terms.profile and terms.amount_pence is not None:
        same.pop("profile", None)
    found = replace(terms, **same)
    if not found.said:
        raise Refused("The variation changes nothing. Give at least one change.")
    return found


def require_sound(award: AwardRow, becomes: Terms, stands: Terms, ways: Sequence[Payment]) -> None:
    is_blank = not all(one.strip() for one in becomes.conditions or ())
    profiles = tuple(way.code for way in ways)
    refuse(AWARD.varied(award, becomes, becomes.over(stands), LARGEST, profiles, is_blank))


def varied_parts(award: AwardRow, terms: Terms, ways: Sequence[Payment]) -> tuple[Instalment, ...]:
    """Return an award's instalments under other terms: the paid ones, then those still to be paid.

    These are the terms' own, else shared by the profile that they name, else in proportion to what stood;
    they add up to what is not paid, to the penny.
    """
    amount = award.amount_pence if terms.amount_pence is None else terms.amount_pence
    left = amount - award.paid_pence
    if terms.parts is not None:
        return (*award.paid_parts, *_own(terms.parts, left))
    weights = [(part.amount_pence, part) for part in award.open_parts]
    if terms.profile:
        way = next(one for one in ways if one.code == terms.profile)
        weights = [(percent, Instalment(percent, trigger)) for percent, trigger in way.parts]
    return (*award.paid_parts, *_shared(left, weights))


def are_whole(parts: Sequence[Instalment | Part]) -> bool:
    """Whether each part that is to be paid has an amount and what it waits for, and none is paid."""
    return all(
        part.amount_pence > 0 and part.trigger.strip() and getattr(part, "paid_on", None) is None
        for part in parts
    )


def _own(parts: Sequence[Part], left: int) -> tuple[Instalment, ...]:
    refuse(AWARD.open_parts(are_whole(parts), sum(part.amount_pence for part in parts), left))
    return tuple(Instalment(part.amount_pence, part.trigger, due_on=part.due_on) for part in parts)


def _shared(left: int, weights: Sequence[tuple[int, Instalment]]) -> tuple[Instalment, ...]:
    if not weights:
        return (Instalment(left, MORE),) if left else ()
    keys = [f"{number:03d}" for number in range(len(weights))]
    shares = share(left, [(key, weight) for key, (weight, _) in zip(keys, weights, strict=True)])
    named = ((shares[key], part) for key, (_, part) in zip(keys, weights, strict=True))
    return tuple(
        Instalment(pence, part.trigger, None, part.due_on, part.proof_on, part.proof)
        for pence, part in named
        if pence
    )


def set_award(
    session: Session, number: int, amount_pence: int, profile: str, parts: Sequence[Instalment]
) -> None:
    """Give an award (by its application's number) an amount, a profile and instalments, paid ones as paid."""
    set_values(session, award_table, {"application_id": number}, amount_pence=amount_pence, profile=profile)
    put_parts(session, number, parts)


def plan_returns(
    session: Session,
    round_id: int,
    award: AwardRow,
    stood: tuple[PlannedReturn, ...] | None,
    becomes: tuple[PlannedReturn, ...] | None,
) -> None:
    """Plan the returns of an award as a variation has them, where they still are as it found them.

    What came in since stays; None plans nothing.
    """
    if becomes is None:
        return
    reports = the_monitored(session, round_id, award.application)
    if reports.planned == stood:
        numbers = {one.number for one in becomes}
        came = (one.plan for one in reports.received if one.plan.number not in numbers)
        put_plan(session, award.number, (*becomes, *came), stood)


def set_state(
    session: Session, number: int, variation: int, state: str, on: date | None, because: str = ""
) -> None:
    """Set how a variation of an award is, with its day of effect and why it was withdrawn, "" where not."""
    set_values(
        session,
        variation_table,
        {"application_id": number, "number": variation},
        state=state,
        effective_on=on,
        ended_because=because,
        ended_at=moment(session) if because else None,
    )
