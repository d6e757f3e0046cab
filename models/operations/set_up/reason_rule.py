"""Saying whether a round requires a reason beside each mark."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import func, select

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.operations.set_up.round_state import require_round
from models.queries.set_up.scheme import ReasonRule, reason_rule
from models.schema.panel.panel import member_table
from models.schema.panel.sheet import sheet_table
from models.schema.set_up.round import reason_rule_table
from models.session import Session
from models.values.as_done import as_done
from scoring.refused import Refused


class SetReasonRule(RegisteredOperation, frozen=True):
    """Say whether reasons are asked for, required or not asked for; `replacing` is what stood there.

    It holds back a sheet that is handed in without its reasons, and changes no total.
    """

    kind: ClassVar[str] = "set reason rule"
    round_id: int
    rule: ReasonRule
    replacing: ReasonRule

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Set the reason beside each mark to “{self.rule}”"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused once a sheet is handed in, which was filled in under the rule as it is."""
        require_round(session, self.round_id)
        refuse_changed(reason_rule(session, self.round_id), self.replacing, "The rule for reasons")
        handed_in = select(func.count()).select_from(sheet_table).join(member_table)
        mine = (member_table.c.round_id == self.round_id) & sheet_table.c.is_submitted.is_(True)
        if session.scalar(handed_in.where(mine)):
            raise Refused("Sheets have been handed in already under this rule for reasons, so it stays.")
        remove(session, reason_rule_table, reason_rule_table.c.round_id == self.round_id)
        if self.rule is not ReasonRule.ASKED:
            put(session, reason_rule_table, [{"round_id": self.round_id, "rule": self.rule.value}])
        inverse = self.exchanged("rule")
        return Outcome(frozenset({Topic.SCHEME, Topic.MARKS}), inverse, f"{as_done(self.label)}.")
