"""What a panel chooses from when it recommends: the fund's conditions and its codes to decline."""

from msgspec import Struct

from models.queries.set_up.funds import round_rules
from models.reference.fund_defaults import Condition, DeclineCode, in_use
from models.session import Session


class Library(Struct, frozen=True):
    """A fund's conditions and decline codes, each with the words that an applicant reads."""

    conditions: tuple[Condition, ...] = ()
    decline_codes: tuple[DeclineCode, ...] = ()


def library(session: Session, round_id: int) -> Library:
    """Return what may be chosen in a round."""
    rules = round_rules(session, round_id)
    return Library(in_use(rules.conditions), in_use(rules.decline_codes))
