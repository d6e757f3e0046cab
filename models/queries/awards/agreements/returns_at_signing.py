"""The returns that an agreement asks for once it is signed: they are planned with its signature."""

from datetime import date

from msgspec.structs import replace

from models.operations.awards.agreements.sign_agreement import SignAgreement
from models.papers.monitoring.award_monitoring import PlannedReturn
from models.papers.monitoring.monitoring_plan import planned_returns
from models.queries.awards.monitoring import monitored_rows, reporting_rules
from models.session import Session


def with_returns(session: Session, signing: SignAgreement) -> SignAgreement:
    """Return a signature with the returns that the agreement names, where none are planned yet."""
    if signing.on is None:
        return signing
    found = _returns(session, signing.round_id, signing.application, signing.on)
    return replace(signing, returns=found, replacing_returns=()) if found else signing


def _returns(session: Session, round_id: int, application: str, on: date) -> tuple[PlannedReturn, ...]:
    """Return the returns by the rules of its round of an award signed on a day; () where some are planned."""
    signed = monitored_rows(session, round_id, signed={application: on})
    terms = next((one for row, one in signed if row.application == application), None)
    if terms is None or terms.planned:
        return ()
    return planned_returns(
        terms.amount_pence, terms.start_on, terms.end_on, *reporting_rules(session, round_id)
    )
