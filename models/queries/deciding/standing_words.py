"""The standing words that are suggested to whoever signs: the legal power, and a statement of interests."""

from datetime import date

from models.queries.set_up.office import newest_office, office_on
from models.reference.fund_defaults import FundDefaults
from models.session import Session

TO_STATE = (
    "I have no disclosable pecuniary interest in this decision, and take it in compliance with the code of "
    "conduct of this office. Any interest is stated below."
)
"""What a signer states where the office has no words of its own (source paper S4)."""


def power_of(session: Session, defaults: FundDefaults) -> str:
    """Return the legal power under which a fund's awards are usually made, else the office's; "" for none."""
    return defaults.legal_power or " ".join(newest_office(session).get("legal_power").split())


def standing_interests(session: Session) -> str:
    """Return how whoever signs for the office usually states interests, on one line; "" for none."""
    return " ".join(newest_office(session).get("interests_statement").split())


def interests_to_state(session: Session, day: date | None = None) -> str:
    """Return what a notice has its signer state: the office's words of a day, else of now, or ours."""
    office = newest_office(session) if day is None else office_on(session, day)
    return " ".join(office.get("interests_statement").split()) or TO_STATE


def disclosed_beside(interests: str, standing: str) -> str:
    """Return what somebody disclosed beside the words that everybody states: "none" where it is nothing."""
    stated = interests.strip()
    return (stated.removeprefix(standing).strip() or "none") if stated.startswith(standing) else stated
