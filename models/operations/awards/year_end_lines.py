"""Keeping the lines of a fund's year that has no round: grants with their money."""

from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.awards.year_end_rules import areas_of, the_key
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.papers.year.year_end import YearLine
from models.queries.awards.budget import fund_budget
from models.queries.awards.year_end_figures import Key, year_figures
from models.schema.awards.year_end import year_line_table
from models.session import Session
from scoring.budget.limits import allocation_refusal
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.names import text_key


class SetYearLines(RegisteredOperation, frozen=True):
    """Set all lines of a fund's year that are kept without a round, in order. `replacing` stood there."""

    kind: ClassVar[str] = "set year lines"
    fund: str
    year: str
    lines: tuple[YearLine, ...]
    replacing: tuple[YearLine, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Set the lines of {self.fund} in {self.year}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set them; refused where names clash, or where a line with figures would go."""
        key = the_key(session, self.fund, self.year)
        figures = year_figures(session)
        refuse_changed(figures.lines_of(key), self.replacing, f"The lines of {self.year}", "were changed")
        self._check(areas_of(session, key))
        names = {line.name for line in self.lines}
        for line in self.replacing:
            if line.name not in names and (line.name, "") in figures.ends_of(key):
                raise Refused(f"“{line.name}” has figures. Remove them before the line.")
        before = fund_budget(session, key)
        _put(session, key, self.lines)
        if words := allocation_refusal(before, fund_budget(session, key)):
            raise Refused(f"{words} Nothing was changed.")
        count = len(self.lines)
        words = f"{self.fund} has {counted(count, 'line')} of its own in {self.year}."
        return Outcome(frozenset({Topic.AWARDS}), self.exchanged("lines"), words)

    def _check(self, areas: frozenset[str]) -> None:
        seen: set[str] = set(map(text_key, areas))
        for line in self.lines:
            if not line.name or line.name != line.name.strip():
                raise Refused("Each line must have a name, without spaces before or after it.")
            if text_key(line.name) in seen:
                raise Refused(f"“{line.name}” is there already, as a line or as an area of a round.")
            if min(line.pot_pence, line.start_up_pence, line.committed_pence) < 0:
                raise Refused(f"The money of “{line.name}” is below £0.00. Correct the amount.")
            seen.add(text_key(line.name))


def _put(session: Session, key: Key, lines: tuple[YearLine, ...]) -> None:
    table, (fund_id, year) = year_line_table, key
    remove(session, table, (table.c.fund_id == fund_id) & (table.c.year == year))
    rows = [
        {
            "fund_id": fund_id,
            "year": year,
            "name": line.name,
            "position": position,
            "pot_pence": line.pot_pence,
            "start_up_pence": line.start_up_pence,
            "committed_pence": line.committed_pence,
        }
        for position, line in enumerate(lines)
    ]
    put(session, table, rows)
