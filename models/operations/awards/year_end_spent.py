"""Recording what was spent in a fund's year, line by line or award by award."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Actor, Outcome, Topic
from models.operations.awards.year_end_rules import YearItems, figure_changes, named, the_items
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.papers.year.year_end import Spent
from models.queries.awards.year_end_figures import Item, Key
from models.schema.awards.year_end import year_spent_table
from models.session import Session
from scoring.money import pounds
from scoring.refused import Refused


class SpentChange(Struct, frozen=True):
    """What is recorded for a line, or an award by its reference, and what stood there; None is nothing."""

    line: str
    award: str
    now: Spent | None
    before: Spent | None

    @property
    def turned(self) -> "SpentChange":
        """Return the change back."""
        return replace(self, now=self.before, before=self.now)


class SetSpent(RegisteredOperation, frozen=True):
    """Record expenditure; each figure stands in place of the one before it. All of it or nothing."""

    kind: ClassVar[str] = "set expenditure"
    fund: str
    year: str
    changes: tuple[SpentChange, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        if len(self.changes) == 1:
            only = self.changes[0]
            action = "Record" if only.now is not None else "Remove"
            return f"{action} the expenditure of {named(only.line, only.award)} in {self.year}"
        return f"Record {len(self.changes)} figures of expenditure in {self.year}"

    @property
    def detail(self) -> str:
        """Return what was recorded and what stood there before, for History."""
        return figure_changes([(named(c.line, c.award), c.now, c.before) for c in self.changes])

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused without a source, below £0.00, and where another figure stands by now."""
        found = the_items(session, self.fund, self.year)
        if not self.changes:
            raise Refused("There is no expenditure to record. Nothing was changed.")
        items = [_checked(found, change) for change in self.changes]
        if len(set(items)) < len(items):
            raise Refused("A line or an award is named twice. Nothing was changed.")
        for item, change in zip(items, self.changes, strict=True):
            _put(session, found.key, item, change.now)
        inverse = replace(self, changes=tuple(change.turned for change in self.changes))
        return Outcome(frozenset({Topic.AWARDS}), inverse, _words(self.changes))


def _checked(found: YearItems, change: SpentChange) -> Item:
    item = found.item(change.line, change.award)
    whose, now = named(change.line, change.award), change.now
    refuse_changed(found.end_of(item).spent, change.before, f"The expenditure of {whose}")
    if now is None:
        return item
    if min(now.pence, now.start_up_pence) < 0:
        raise Refused(f"The expenditure of {whose} is below £0.00. Correct the amount.")
    if not now.source.strip():
        raise Refused(f"Say where the expenditure of {whose} is from, such as a ledger and its date.")
    if change.award and now.start_up_pence:
        raise Refused(f"{whose} is an award, and start-up money is in no award. Record it for its area.")
    return item


def _words(changes: Sequence[SpentChange]) -> str:
    if len(changes) > 1:
        return f"{len(changes)} figures of expenditure were recorded."
    (only,) = changes
    whose = named(only.line, only.award)
    if only.now is None:
        return f"The expenditure of {whose} was removed."
    return f"{whose} spent {pounds(only.now.whole_pence)}."


def _put(session: Session, key: Key, item: Item, now: Spent | None) -> None:
    table, (fund_id, year), (line, award) = year_spent_table, key, item
    here = (
        (table.c.fund_id == fund_id)
        & (table.c.year == year)
        & (table.c.line == line)
        & (table.c.award == award)
    )
    remove(session, table, here)
    if now is None:
        return
    row = {
        "fund_id": fund_id,
        "year": year,
        "line": line,
        "award": award,
        "amount_pence": now.pence,
        "start_up_pence": now.start_up_pence,
        "as_at": now.as_at,
        "source": now.source.strip(),
    }
    put(session, table, [row])
