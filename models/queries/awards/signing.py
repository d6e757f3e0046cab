"""What is told as an agreement is signed: what to look at first, the returns it asks for, the copy."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from models.issuing import draft_status, paper_sha256
from models.operations.awards.agreements import SignAgreement
from models.papers.agreements.grant_agreement import GrantAgreement
from models.papers.kinds import AGREEMENT
from models.papers.monitoring.monitoring import AwardMonitoring
from models.papers.monitoring.monitoring_plan import asked_returns, day_fault
from models.papers.order import PaperOrder, PaperValue
from models.papers.status import PaperStatus
from models.queries.applications.organisations import owed_elsewhere, owed_pence
from models.queries.awards.agreements import TO_RENEW, TO_SIGN_AGAIN, issued_values, with_versions
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.monitoring import monitored_rows, reporting_rules
from models.queries.papers.issues import newest_issue
from models.session import Session
from models.values.awards import PlannedReturn
from scoring.money import pounds


def look_at_first(row: AwardRow, elsewhere: str = "") -> str:
    """Return what its agreement waits for, and what was asked back and has still to come; "" for nothing.

    The award says itself what its agreement waits for, here and below; `elsewhere` is what its payee owes of
    other awards.
    """
    return "; ".join((*_causes(row, waits_words(row)), *filter(None, (elsewhere,))))


def waits_words(row: AwardRow) -> str:
    """Return what its agreement waits for, "" for nothing."""
    unsigned = TO_SIGN_AGAIN if row.wants_signature else ""
    waits = TO_RENEW if row.wants_agreement else unsigned
    return "; ".join(filter(None, (waits, row.proposed_words)))


def look_before_paying(session: Session, applications: Iterable[tuple[int, str]]) -> Mapping[str, str]:
    """Return the same of awards that are paid, by application; by round and reference. It bars no payment."""
    chosen, found = set(applications), dict[str, str]()
    for number in sorted({of for of, _ in chosen}):
        elsewhere = owed_elsewhere(session, number)
        for row in with_versions(session, number, awards(session, number)):
            words = look_at_first(row, elsewhere.get(row.application, ""))
            if words and (number, row.application) in chosen:
                found[row.application] = words
    return found


def _causes(row: AwardRow, waits: str) -> Iterator[str]:
    if waits:
        yield waits
    due = owed_pence(row)
    if due:
        yield f"{pounds(due)} that was asked back has still to come"


def with_returns(session: Session, signing: SignAgreement) -> SignAgreement:
    """Return a signature with the returns that the agreement names, where they are not planned so yet.

    What is planned of one that was signed before stays, and so does all of one of which a return came in.
    """
    if signing.on is None:
        return signing
    signed = monitored_rows(session, signing.round_id, signed={signing.application: signing.on})
    row, terms = next((one for one in signed if one[0].application == signing.application), (None, None))
    if row is None or terms is None or (terms.planned and (signing.replacing or terms.received)):
        return signing
    found = _returns(session, signing, row, terms)
    is_planned = not found or found == terms.planned
    return signing if is_planned else replace(signing, returns=found, replacing_returns=terms.planned)


def _returns(
    session: Session, signing: SignAgreement, row: AwardRow, terms: AwardMonitoring
) -> tuple[PlannedReturn, ...]:
    """Return what the newest version asks for; without one that holds, what it would on the day it is signed.

    Where others were planned since that version was issued, these stay.
    """
    rules = reporting_rules(session, signing.round_id)
    unsigned_on = signing.on if signing.replacing is None else None
    newest = newest_issue(session, AGREEMENT, signing.round_id, row.reference)
    (before,) = with_versions(session, signing.round_id, (replace(row, agreed_on=signing.replacing),))
    if newest is None or before.wants_agreement:
        return asked_returns(terms, *rules, unsigned_on)
    named = tuple(_named(issued_values(newest), asked_returns(terms, *rules, None)))
    if terms.planned and not {one.due_on for one in named} <= {one.due_on for one in terms.planned}:
        return terms.planned
    is_past = any(day_fault(one, terms.start_on) for one in named)
    return asked_returns(terms, *rules, unsigned_on) if is_past else named


def _named(issued: GrantAgreement, planned: tuple[PlannedReturn, ...]) -> Iterator[PlannedReturn]:
    """Yield what a version asks for, counted from 1."""
    told = {one.due_on: one.covers_to for one in planned}
    for number, one in enumerate(issued.returns, 1):
        yield PlannedReturn(number, one.due_on, one.words, one.covers_to or told.get(one.due_on))


class SignedCopy(NamedTuple):
    """What an agreement says that was signed as it was issued, and what its copy says of itself."""

    value: GrantAgreement
    status: PaperStatus


def signed_copy(session: Session, order: PaperOrder, value: PaperValue) -> SignedCopy | None:
    """Return an agreement that was issued with these values and signed since; None of any other paper.

    The version itself is no other for it: its file asks to be signed still.
    """
    if not isinstance(value, GrantAgreement) or order.round_id is None or value.signed_on is None:
        return None
    newest = newest_issue(session, AGREEMENT, order.round_id, value.award)
    if newest is None or newest.sha256 != paper_sha256(AGREEMENT, value):
        return None
    status = replace(draft_status(session, order, value), signed_on=value.signed_on)
    return SignedCopy(value, replace(status, version=newest.version, issued_at=newest.issued_at))
