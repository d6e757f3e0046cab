"""Whether an agreement drawn again says what both sides signed, so that nobody has to sign it once more."""

from datetime import date

from msgspec.structs import replace

from models.papers.agreements.grant_agreement import AgreedPart, AgreedReturn, GrantAgreement
from models.papers.issued import Issued
from models.papers.kinds import AGREEMENT, KINDS
from models.papers.order import PaperOrder
from models.queries.awards.agreements.issued import with_versions
from models.queries.awards.award_rows import AwardRow
from models.queries.papers.issues import issues
from models.reference.clauses import without_break
from models.session import Session
from models.values.direct_award import BREAK

TERMS = ("organisation", "amount_pence", "conditions", "points", "clauses")
"""What both sides agree on, beside parts, returns and, where somebody named them, the days."""


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


def returns_as_in(was: GrantAgreement, now: GrantAgreement) -> tuple[AgreedReturn, ...]:
    """Return an agreement's returns as an earlier version could say them: up to which day, or not at all."""
    if any(one.covers_to for one in was.returns):
        return now.returns
    return tuple(replace(one, covers_to=None) for one in now.returns)


def break_as_in(was: GrantAgreement, now: GrantAgreement) -> GrantAgreement:
    """Return an agreement that says of a contract's break what an earlier version says, where that says less.

    The clause on ending did not know of it, and the condition did not say who may end the contract. With
    other clauses it is signed anew, and says what these say.
    """
    plain = tuple((heading, without_break(text)) for heading, text in now.clauses)
    if was.clauses != plain:
        return now
    worded = {_before_colon(one): one for one in was.conditions if one.startswith(BREAK)}
    return replace(
        now,
        clauses=plain,
        conditions=tuple(worded.get(_before_colon(one), one) for one in now.conditions),
    )


def _before_colon(condition: str) -> str:
    return condition.partition(":")[0]


def _is_same(signed: GrantAgreement, now: GrantAgreement) -> bool:
    """Say whether two agreements bind to the same; what was paid or proved since changes nothing."""
    now = break_as_in(signed, now)
    named = (*TERMS, "start_on", "end_on") if signed.is_dated and now.is_dated else TERMS
    if any(getattr(signed, name) != getattr(now, name) for name in named):
        return False
    if returns_as_in(signed, now) != signed.returns:
        return False
    return list(map(_as_agreed, signed.parts)) == list(map(_as_agreed, now.parts))


def _as_agreed(part: AgreedPart) -> AgreedPart:
    return replace(part, due_on=None, paid_on=None, proof_on=None)
