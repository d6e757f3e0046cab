"""What is to be settled before any more of an award is paid, though nothing holds it up."""

from collections.abc import Iterable, Iterator, Mapping

from models.queries.awards.agreements.issued import (
    TO_RENEW,
    TO_SIGN_AGAIN,
    IssuedAgreement,
    agreement_waits,
    issued_agreements,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.session import Session
from scoring.money import pounds


def look_first(row: AwardRow, issued: IssuedAgreement | None) -> str:
    """Return what its agreement waits for, and what was asked back and has still to come; "" for nothing."""
    return "; ".join(_causes(row, agreement_waits(row, issued)))


def look_at_first(row: AwardRow) -> str:
    """Return the same of an award that says itself what its agreement waits for."""
    unsigned = TO_SIGN_AGAIN if row.wants_signature else ""
    return "; ".join(_causes(row, TO_RENEW if row.wants_agreement else unsigned))


def look_before_paying(session: Session, applications: Iterable[tuple[int, str]]) -> Mapping[str, str]:
    """Return the same of awards that are paid, by application; by round and reference. It bars no payment."""
    chosen, found = set(applications), dict[str, str]()
    for number in sorted({of for of, _ in chosen}):
        issued = issued_agreements(session, number)
        for row in awards(session, number):
            words = look_first(row, issued.get(row.reference))
            if words and (number, row.application) in chosen:
                found[row.application] = words
    return found


def _causes(row: AwardRow, waits: str) -> Iterator[str]:
    if waits:
        yield waits
    due = sum(one.outstanding_pence(row.returned) for one in row.asked_back)
    if due:
        yield f"{pounds(due)} that was asked back has still to come"
