"""Keeping a recipient's name off lists for the public, and giving it again."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import asdict

from models.operation import Actor, Outcome, Topic
from models.operations.finders import the_application
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.operations.set_up.round_state import require_known_round
from models.queries.awards.awards import awards
from models.queries.awards.withheld import withheld_names
from models.schema.awards import withheld_name_table
from models.session import Session
from models.values.awards import WithheldName
from scoring.refused import Refused


class SetWithheldName(RegisteredOperation, frozen=True):
    """Withhold from the public who has an award, or is to have it; None lets the name be given again.

    It may be withheld before the decision, so that the notice that is signed names nobody.
    """

    kind: ClassVar[str] = "set withheld name"
    round_id: int
    application: str
    withheld: WithheldName | None
    replacing: WithheldName | None

    @property
    def label(self) -> str:
        """Return the change in words."""
        what = "Name" if self.withheld is None else "Withhold"
        return f"{what} the recipient of {self.application} on public lists"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused without a ground, a reason and whoever decided it."""
        require_known_round(session, self.round_id)
        number, table = the_application(session, self.round_id, self.application), withheld_name_table
        held = {one.application: one.reference for one in awards(session, self.round_id)}
        named = held.get(self.application, self.application)
        refuse_changed(withheld_names(session).get(number), self.replacing, f"The name of {named}")
        for _, fault in () if self.withheld is None else self.withheld.faults():
            raise Refused(fault)
        remove(session, table, table.c.application_id == number)
        if self.withheld is not None:
            put(session, table, [{"application_id": number, **asdict(self.withheld)}])
        said = "may be named again" if self.withheld is None else f"is not named: {self.withheld.printed}"
        words = f"On public lists the recipient of {named} {said}."
        return Outcome(frozenset({Topic.APPLICATIONS, Topic.AWARDS}), self.exchanged("withheld"), words)
