"""Every term of an award as it stands, which a variation changes."""

from models.queries.applications.applications import applications
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import monitored_award
from models.session import Session
from models.values.award_terms import Part, Terms


def terms_of(session: Session, round_id: int, award: AwardRow) -> Terms:
    """Return every term of an award as it stands; dates that nobody gave are None."""
    row = next(one for one in applications(session, round_id) if one.reference == award.application)
    now = award.terms
    return Terms(
        amount_pence=award.amount_pence,
        start_on=now.start_on or row.start_on,
        end_on=now.end_on or row.end_on,
        outcomes=row.outcomes if now.outcomes is None else now.outcomes,
        profile=award.profile,
        parts=unpaid(award),
        conditions=award.conditions,
        recipient=award.organisation,
        returns=monitored_award(session, round_id, row.reference).planned,
    )


def agreed_words(session: Session, round_id: int, award: AwardRow) -> str:
    """Return the outcomes to be edited: as varied, else as agreed, a line for each, else as applied for."""
    of = monitored_award(session, round_id, award.application)
    agreed = "\n".join(one.words for one in of.outputs)
    return (agreed or of.wished) if of.varied is None else of.varied


def unpaid(award: AwardRow) -> tuple[Part, ...]:
    """Return the parts of an award that are not paid."""
    return tuple(
        Part(part.amount_pence, part.trigger, part.due_on)
        for part in award.instalments
        if part.paid_on is None
    )
