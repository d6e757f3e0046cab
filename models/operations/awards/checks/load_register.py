"""Loading what an extract of a public register says of organisations of the record."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import asdict

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.queries.awards.checks.registers import loaded_registers
from models.schema.awards.checks import register_entry_table, register_extract_table
from models.session import Session
from models.values.diligence.registers import BANKS, REGISTERS, Extract
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.days import full_day

LONGEST = 2_000


class LoadRegister(RegisteredOperation, frozen=True):
    """Keep what an extract says, in the place of the one before; None takes it out of the record."""

    kind: ClassVar[str] = "load register"
    register: str
    extract: Extract | None
    replacing: Extract | None

    @property
    def label(self) -> str:
        """Return the change in words."""
        verb = "Remove" if self.extract is None else "Load"
        return f"{verb} the {REGISTERS.get(self.register, 'register')}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Keep it; refused where it is dated after today, or where another stands."""
        if self.register not in REGISTERS:
            raise Refused(f"“{self.register[:40]}” is not a register. The registers: {', '.join(REGISTERS)}.")
        held = loaded_registers(session).get(self.register)
        refuse_changed(
            None if held is None else held.extract,
            self.replacing,
            f"The {REGISTERS[self.register]}",
            "was loaded",
        )
        if self.extract is not None:
            _check(self.extract, at)
        for table in (register_entry_table, register_extract_table):
            remove(session, table, table.c.register == self.register)
        if self.extract is not None:
            self._put(session, self.extract, actor, at)
        return Outcome(frozenset({Topic.AWARDS}), self.exchanged("extract"), self._words())

    def _put(self, session: Session, extract: Extract, actor: Actor, at: datetime) -> None:
        about = {
            "register": self.register,
            "extract_on": extract.extract_on,
            "file": extract.file,
            "rows": extract.rows,
            "odd_rows": extract.odd_rows,
            "loaded_by": actor.name,
            "loaded_at": at,
        }
        put(session, register_extract_table, [about])
        rows = [{"register": self.register, **asdict(entry)} for entry in extract.entries]
        put(session, register_entry_table, rows)

    def _words(self) -> str:
        if self.extract is None:
            return f"The {REGISTERS[self.register]} is no longer loaded."
        if self.register in BANKS:
            rows = counted(self.extract.rows, "row")
            return f"The {REGISTERS[self.register]} is loaded: {self.extract.words}, {rows}."
        found = len({entry.key for entry in self.extract.entries if entry.is_found})
        looked = len({entry.key for entry in self.extract.entries})
        return (
            f"The {REGISTERS[self.register]} is loaded: {self.extract.words}, "
            f"{counted(self.extract.rows, 'row')}; it has {found:,} of the {looked:,} looked for."
        )


def _check(extract: Extract, at: datetime) -> None:
    if extract.extract_on > at.date():
        raise Refused(
            f"The extract is dated {full_day(extract.extract_on)}, which is still to come. "
            "Check the file and the day."
        )
    said = (value for one in extract.entries for value in asdict(one).values())
    if any(isinstance(text, str) and len(text) > LONGEST for text in (extract.file, *said)):
        raise Refused(f"A text of the extract is longer than {LONGEST:,} characters. Download it again.")
    places = [(one.key, one.place) for one in extract.entries]
    if len(set(places)) < len(places):
        raise Refused("The extract has two entries for one place. Load the file again.")
