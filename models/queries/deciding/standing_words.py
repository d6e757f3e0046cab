"""The standing words that are suggested to whoever signs: the legal power, and a statement of interests."""

from models.queries.set_up.office import newest_office
from models.reference.fund_defaults import FundDefaults
from models.session import Session


def power_of(session: Session, defaults: FundDefaults) -> str:
    """Return the legal power under which a fund's awards are usually made, else the office's; "" for none."""
    return defaults.legal_power or " ".join(newest_office(session).get("legal_power").split())


def standing_interests(session: Session) -> str:
    """Return how whoever signs for the office usually states interests, on one line; "" for none."""
    return " ".join(newest_office(session).get("interests_statement").split())
