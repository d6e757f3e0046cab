"""Whether a round requires a reason beside each mark."""

from enum import StrEnum

from sqlalchemy import select

from models.schema.set_up.round import reason_rule_table
from models.session import Session
from models.store.parts import part


class ReasonRule(StrEnum):
    """What a round says of the reason beside each mark."""

    ASKED = "asked"
    REQUIRED = "required"
    NOT_ASKED = "not asked"


@part
def reason_rule(session: Session, round_id: int) -> ReasonRule:
    """Return a round's rule; a reason is asked for, and may be left out, where nothing was said."""
    found = session.scalar(select(reason_rule_table.c.rule).where(reason_rule_table.c.round_id == round_id))
    return ReasonRule.ASKED if found is None else ReasonRule(found)
