"""Whether money of an award that waits for its agreement may lapse before the project ends."""

from models.papers.order import PaperOrder
from models.queries.awards.agreements.grant_agreement import award_named
from models.queries.awards.monitoring import monitored_award
from models.queries.papers.notices.pots import first_to_lapse, lapses_words
from models.queries.set_up.round_facts import round_facts
from models.session import Session
from scoring.written.days import full_day


def lapsing_words(session: Session, order: PaperOrder) -> str:
    """Return what an agreement should say where its fund's money lapses before its project ends, else ""."""
    assert order.round_id is not None, "an agreement is on an award of a round"
    award = award_named(session, order.round_id, order.award)
    end = monitored_award(session, order.round_id, award.application).end_on
    if end is None or award.agreed_on is not None:
        return ""
    day = first_to_lapse(session, round_facts(session, order.round_id).line)
    if day is None or day >= end:
        return ""
    return (
        f"{award.reference}: money of the fund {lapses_words(day, order.today)}, and the "
        f"project runs to {full_day(end)}. Say in a condition by when the grant is to be spent, unless you "
        "have leave to carry it forward."
    )
