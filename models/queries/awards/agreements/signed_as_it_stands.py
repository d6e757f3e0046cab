"""Whether an agreement drawn again says what both sides signed, so that nobody has to sign it once more."""

from datetime import date

from models.papers.agreements.grant_agreement import GrantAgreement
from models.papers.issued import Issued
from models.papers.kinds import AGREEMENT, KINDS
from models.papers.order import PaperOrder
from models.queries.awards.agreements.issued import with_versions
from models.queries.awards.award_rows import AwardRow
from models.queries.papers.issues import issues
from models.session import Session

TERMS = ("organisation", "amount_pence", "conditions", "points", "clauses", "returns")
"""What both sides agree on, beside parts and, where somebody named them, the days."""


def signed_as_it_stands(
    session: Session, order: PaperOrder, found: GrantAgreement, award: AwardRow
) -> date | None:
    """Return the day on which an award's agreement was signed as it stands, None where it is to be signed.

    Where the version that was signed is known, what it says tells; of one on other paper its day does.
    """
    assert order.round_id is not None, "an agreement is on an award of a round"
    (row,) = with_versions(session, order.round_id, (award,))
    day = row.agreement.signed_anew_on or row.agreed_on
    if day is None or row.wants_agreement or row.wants_signature:
        return None
    every = issues(session, AGREEMENT, order.round_id, found.award)
    number = row.agreement.signed_version
    of_then = (one for one in every if one.issued_at.date() <= day)
    signed = next((one for one in every if one.version == number), None if number else next(of_then, None))
    return day if signed is None or _is_same(issued_values(signed), found) else None


def issued_values(issued: Issued) -> GrantAgreement:
    """Return what an agreement was issued with."""
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
