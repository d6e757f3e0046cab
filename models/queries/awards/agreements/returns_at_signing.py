"""The returns that an agreement asks for once it is signed: they are planned with its signature."""

from collections.abc import Iterator

from msgspec.structs import replace

from models.operations.awards.agreements.sign_agreement import SignAgreement
from models.papers.agreements.grant_agreement import GrantAgreement
from models.papers.kinds import AGREEMENT
from models.papers.monitoring.award_monitoring import AwardMonitoring, PlannedReturn
from models.papers.monitoring.monitoring_plan import asked_returns, day_fault
from models.queries.awards.agreements.issued import with_versions
from models.queries.awards.agreements.signed_as_it_stands import issued_values
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import monitored_rows, reporting_rules
from models.queries.papers.issues import newest_issue
from models.session import Session


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
