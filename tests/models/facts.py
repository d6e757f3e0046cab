"""The smallest operation there can be: one fact about the record, set, replaced or refused."""

from typing import ClassVar

from msgspec import Struct
from sqlalchemy import delete, insert, select

from models.operation import Outcome
from models.schema.journal import setting_table
from models.session import Session, row_at
from models.values import canonical
from scoring.written.text import Refused


class SetFact(Struct, frozen=True):
    """Set a fact by name; "" is refused after the row is written, to show that nothing stays."""

    kind: ClassVar[str] = "set fact"
    is_barrier: ClassVar[bool] = False
    name: str
    value: str

    @property
    def label(self) -> str:
        return f"Set {self.name}"

    def apply(self, session: Session) -> Outcome:
        before = row_at(session, setting_table, self.name)
        session.execute(delete(setting_table).where(setting_table.c.name == self.name))
        row = {"name": self.name, "value": canonical.dumps(self.value)}
        session.execute(insert(setting_table), row)
        if not self.value:
            raise Refused(f"{self.name} needs a value.")
        inverse = None if before is None else SetFact(self.name, before.value)
        return Outcome(inverse, f"{self.name} is {self.value}.")


def facts(session: Session) -> dict[str, str]:
    """Return the facts that tests set, by name."""
    rows = session.execute(
        select(setting_table.c.name, setting_table.c.value).where(setting_table.c.name.like("fact%"))
    )
    return {name: value.strip('"') for name, value in rows}
