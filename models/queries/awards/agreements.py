"""Which version of each award's agreement is the newest, whether it is signed, and what it waits for."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import select

from models.papers.grant_agreement import GrantAgreement
from models.papers.issued import Issued
from models.papers.kinds import AGREEMENT, KINDS
from models.papers.letters.letter import GrantNow
from models.papers.monitoring.monitoring import AwardMonitoring
from models.papers.monitoring.monitoring_plan import varied_outputs
from models.papers.order import PaperOrder
from models.queries.awards.award_checks import undecided_matches
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import monitored_rows
from models.queries.papers.issues import issues
from models.queries.set_up.funds import fund_rules_of
from models.schema.awards import agreement_template_table
from models.session import Session
from models.values.awards import Instalment
from models.values.recommending import SCOPE

TERMS = ("organisation", "amount_pence", "conditions", "points", "clauses", "returns")
"""What both sides agree on, beside parts and, where somebody named them, the days."""
TO_RENEW = "varied since it was agreed: the agreement needs a new version"
TO_SIGN_AGAIN = "varied since it was agreed: the new version of the agreement is not signed"


def never_issued(award: str) -> str:
    return f"The agreement of {award} was never issued from this record."


def with_agreements(session: Session, round_id: int, rows: Iterable[AwardRow]) -> tuple[AwardRow, ...]:
    """Return awards that say by when their agreements are to come back, and whose wait for a person."""
    days = fund_rules_of(session, round_id).agreement_days
    made = tuple(replace(row, agree_by=_back_by(row, days)) for row in rows)
    matches = undecided_matches(session, round_id, {row.application for row in made}, date.today())
    return tuple(replace(row, match=matches.get(row.application, "")) for row in made)


def _back_by(row: AwardRow, days: int) -> date | None:
    """Return the day by which an agreement is to come back, None where it waits for no signature."""
    first, newest = row.agreement.sent_on if row.agreed_on is None else None, row.newest_version
    sent = first or (None if newest is None else newest.issued_on)
    waits = row.wants_signature or row.agreed_on is None
    return None if sent is None or not waits else sent + timedelta(days=days)


def agreement_template(session: Session, fund_id: int) -> str:
    """Return the office's own template in base64, "" where the one that ships is used."""
    return (
        session.scalar(
            select(agreement_template_table.c.content).where(agreement_template_table.c.fund_id == fund_id)
        )
        or ""
    )


def grant_now(
    award: AwardRow,
    parts: Sequence[Instalment],
    *,
    leaves_open: bool = False,
    lacks_outcomes: bool = False,
) -> GrantNow:
    """Return how a grant stands; `parts` are the payments that its letter lists."""
    asked = sum(one.amount_pence for one in award.asked_back)
    came = asked - sum(one.outstanding_pence(award.returned) for one in award.asked_back)
    return GrantNow(
        has_account=award.bank is not None,
        is_account_checked=award.bank is not None and bool(award.bank.checked_by),
        paid_on=tuple(part.paid_on for part in parts),
        proof_on=tuple(part.proof_on for part in parts),
        asked_back_pence=asked,
        came_of_it_pence=came,
        other_back_pence=award.returned_pence - came,
        confirmed_on=None if award.subsidy is None else award.subsidy.confirmed_on,
        leaves_open=leaves_open,
        held_for=award.holds_up,
        lacks_outcomes=lacks_outcomes,
        to_confirm=bool(award.before_signing),
        asks_days=award.agreed_on is None and (leaves_open or lacks_outcomes),
    )


class Unsettled(NamedTuple):
    """Applications of whose awards nobody settled what less than was asked is for, or any outcome."""

    which_part: frozenset[str]
    outcomes: frozenset[str]


def is_part(award: AwardRow) -> bool:
    """Whether an award is less than was asked, as it was decided or by a variation."""
    return min(award.first_pence, award.amount_pence) < award.applied.requested_pence


def is_scoped(award: AwardRow) -> bool:
    """Whether a condition says what of the application the award pays for."""
    return any(one.startswith(SCOPE) for one in award.conditions)


def is_amount_varied(award: AwardRow) -> bool:
    """Whether a change of an award says what it leaves out: one of payments alone says nothing."""
    return any(one.change_pence for one in award.varied)


def is_drafted(of: AwardMonitoring) -> bool:
    """Whether what is agreed is no more than the applicant's own words on the outcomes."""
    return not (of.outputs or varied_outputs(of)) and bool(of.wished.strip())


def lacks_outcomes(of: AwardMonitoring) -> bool:
    """Whether neither the office nor the application says what a grant is to bring about."""
    return not (of.outputs or varied_outputs(of) or of.wished.strip())


def unsettled(session: Session, round_id: int) -> Unsettled:
    """Return the applications whose awards leave open what they are for."""
    rows = monitored_rows(session, round_id)
    return Unsettled(
        which_part=frozenset(a.application for a, of in rows if is_drafted(of) and not is_scoped(a)),
        outcomes=frozenset(a.application for a, of in rows if lacks_outcomes(of)),
    )


def waits_for_answer(which_part: Collection[str], award: AwardRow) -> str:
    """Return what the recipient of an award has still to say of it, for who pays it; "" for nothing.

    `which_part` are the applications of whose awards nobody settled what less than was asked is for.
    """
    is_change = award.agreed_on is not None and is_amount_varied(award)
    if (
        award.application not in which_part
        or is_change
        or award.amount_pence >= award.applied.requested_pence
    ):
        return ""
    return "its recipient has still to say which part of its application the money is for"


def signed_as_it_stands(
    session: Session, order: PaperOrder, found: GrantAgreement, award: AwardRow
) -> date | None:
    """Return the day on which an award's agreement was signed as it stands, None where it is to be signed.

    Where the version that was signed is known, what it says tells; of one on other paper its day does.
    """
    day = award.agreement.signed_anew_on or award.agreed_on
    if day is None or award.wants_agreement or award.wants_signature:
        return None
    every = issues(session, AGREEMENT, order.of_round, found.award)
    number = award.agreement.signed_version
    of_then = (one for one in every if one.issued_at.date() <= day)
    signed = next((one for one in every if one.version == number), None if number else next(of_then, None))
    said = issued_values(signed)
    return day if said is None or _is_same(said, found) else None


def issued_values(issued: Issued | None) -> GrantAgreement | None:
    """Return what an agreement was issued with, None where it was not, or that is erased."""
    if issued is None or not issued.content:
        return None
    value = KINDS[AGREEMENT].value_of(issued.content)
    assert isinstance(value, GrantAgreement), "what an agreement was issued with"
    return value


def _is_same(signed: GrantAgreement, now: GrantAgreement) -> bool:
    """Say whether two agreements bind to the same; what was paid or proved since changes nothing."""
    named = (*TERMS, "start_on", "end_on") if signed.is_dated and now.is_dated else TERMS
    if any(getattr(signed, name) != getattr(now, name) for name in named):
        return False
    parts = ([(one.amount_pence, one.trigger) for one in of.parts] for of in (signed, now))
    return next(parts) == next(parts)
