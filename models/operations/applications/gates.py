"""Setting what an application comes to at one gate."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.applications.in_time import refuse_pass_of_late
from models.operations.applications.lookup import the_application, the_gate
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.panel.reopened import marking_opened
from models.operations.rows.write_applications import put_gate_results
from models.operations.rows.writing import remove
from models.operations.set_up.round_state import require_not_recommended, require_round
from models.queries.applications.applications import GateResult
from models.schema.applications.gate import gate_result_table, gate_table
from models.schema.personal import TextAbout
from models.session import Session
from scoring.refused import Refused

RESULT_WORDS = {
    "": "as it came",
    "pass": "passed",
    "fail": "failed",
    "waived": "waived",
    "to check": "to check",
}
RESULTS = tuple(RESULT_WORDS)


class SetGate(RegisteredOperation, frozen=True):
    """Set one gate of an application: pass, fail, waived or to check; "" lets its own word stand again.

    `replacing` is the result that stood there, "" for none. `set_by` is of a result that is put back; `asks`
    is the gate's question, by which the change is told.
    """

    kind: ClassVar[str] = "set gate"
    round_id: int
    application: str
    gate: str
    result: str
    reason: TextAbout = ""
    replacing: str = ""
    set_by: str = ""
    asks: str = ""

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Gate “{self.asks or self.gate}” of {self.application}: {RESULT_WORDS[self.result]}"

    @marking_opened
    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused for members, without a reason to fail or waive, or once recommended."""
        require_round(session, self.round_id)
        self._check(session)
        if self.result == "pass":
            refuse_pass_of_late(session, self.round_id, {(self.application, self.gate)})
        application_id = the_application(session, self.round_id, self.application)
        gate_id = the_gate(session, self.round_id, self.gate)
        table = gate_result_table
        key = (table.c.application_id == application_id) & (table.c.gate_id == gate_id)
        stands = session.execute(
            select(table.c.result, table.c.reason, table.c.set_by).where(key)
        ).one_or_none()
        before = ("", "", "") if stands is None else tuple(stands)
        refuse_changed(before[0], self.replacing, f"The gate {self.gate} of {self.application}", "was set")
        remove(session, table, key)
        if self.result:
            result = GateResult(
                self.application, self.gate, self.result, self.reason, self.set_by or actor.name
            )
            put_gate_results(session, self.round_id, (result,), at)
        was, why, by = before
        inverse = replace(self, result=was, reason=why, set_by=by, replacing=self.result)
        question = session.scalar(select(gate_table.c.question).where(gate_table.c.id == gate_id))
        words = (
            f"{self.application}, {RESULT_WORDS[self.result]}: “{question}”"  # cut short, it still says how
        )
        return Outcome(frozenset({Topic.GATES, Topic.APPLICATIONS}), inverse, words)

    def _check(self, session: Session) -> None:
        if self.result not in RESULTS:
            raise Refused(f"“{self.result}” is not one of {', '.join(RESULTS[1:])}.")
        if self.result in ("fail", "waived") and not self.reason.strip():
            raise Refused(f"Say why the gate {self.gate} is {self.result} for {self.application}.")
        require_not_recommended(session, self.round_id, (self.application,), "gates")
