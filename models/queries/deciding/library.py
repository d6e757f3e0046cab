"""What a panel chooses from when it recommends: the fund's conditions and its codes to decline."""

from dataclasses import dataclass

from models.queries.set_up.round_facts import round_facts
from models.reference.fund_defaults import Condition, DeclineCode
from models.session import Session


@dataclass(frozen=True, slots=True)
class Library:
    """A fund's conditions and decline codes, each with the words that an applicant reads."""

    conditions: tuple[Condition, ...] = ()
    decline_codes: tuple[DeclineCode, ...] = ()


def library(session: Session, round_id: int) -> Library:
    """Return what may be chosen in a round."""
    defaults = round_facts(session, round_id).defaults
    return Library(defaults.conditions, defaults.decline_codes)
