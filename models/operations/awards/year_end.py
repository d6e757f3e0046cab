"""The end of a fund's year: its lines without a round, what was spent, and what is decided of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.operation_base import SETTING, TOLD, RegisteredOperation, is_plain_name, refuse_changed
from models.papers.year.year_facts import (
    ALLOCATION,
    CARRY,
    DEEDS,
    OVER,
    LineEnd,
    Spent,
    YearDecision,
    YearLine,
)
from models.queries.applications.applications import awarded
from models.queries.awards.budget import as_allowance, fund_budget, overspends
from models.queries.awards.year_end_figures import Item, Key, year_figures
from models.queries.awards.year_facts import fund_number, year_end
from models.queries.set_up.rounds import rounds_of_year
from models.reference.reporting import year_after
from models.schema.forms import LARGEST
from models.schema.set_up import year_decision_table, year_line_table, year_spent_table
from models.session import Session, actor_name, numbered, replace_row, replace_rows, row_of
from models.trouble import refuse
from scoring.budget.limits import allocation_refusal, lowered_words
from scoring.money import pounds
from scoring.ranking import Allowance
from scoring.written.names import is_same_text, text_key, typed_key
from scoring.written.text import Refused

MOST_TOLD = 8
SPENT = "expenditure"
Figure = Spent | YearDecision | None
_YEAR = re.compile(r"(\d{4})/(\d{2})")


class YearItems(Struct, frozen=True):
    """A fund's year as changes find it: its lines, its awards by reference, and what stands for each.

    `following` are the areas and lines of the year after, which the year's decisions may give money.
    """

    key: Key
    lines: frozenset[str]
    following: frozenset[str]
    awards: Mapping[str, str]
    ends: Mapping[Item, LineEnd]

    def item(self, line: str, award: str) -> Item:
        """Return how a line, or an award by its reference, is known; refused where there is none."""
        refuse(SETTING.year_item(self.key[1], line, award, line in self.lines, award in self.awards))
        return line, self.awards.get(award, "")

    def receiver(self, line: str) -> Item:
        """Return how a line that gets money in the year after is known; it may be new there."""
        if line in self.lines | self.following:
            return line, ""
        known = (one for one in sorted(self.lines | self.following) if is_same_text(one, line))
        refuse(SETTING.receiver(line, bool(line) and line == line.strip(), next(known, "")))
        return line, ""

    def end_of(self, item: Item) -> LineEnd:
        return self.ends.get(item, LineEnd())


def the_key(session: Session, fund: str, year: str) -> Key:
    """Return the number of a fund and its year; refused where there is no such year."""
    found = _YEAR.fullmatch(year)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        raise Refused(f"“{year}” is not a financial year. Write it like 2026/27.")
    return fund_number(session, fund), year


def the_items(session: Session, fund: str, year: str) -> YearItems:
    """Return a fund's year."""
    key = the_key(session, fund, year)
    rounds = {line.round_id for line in rounds_of_year(session, key)}
    awards = {one.award: one.uid for one in awarded(session) if one.round_id in rounds}
    lines = frozenset(line.name for line in year_end(session, fund, year).lines)
    own = {area.area for area in fund_budget(session, key).areas}
    following = {area.area for area in fund_budget(session, (key[0], year_after(year))).areas}
    ends = year_figures(session).ends_of(key)
    return YearItems(key, lines | own | areas_of(session, key), frozenset(following), awards, ends)


def areas_of(session: Session, key: Key) -> frozenset[str]:
    """Return the areas of the rounds of a fund's year."""
    return frozenset(area.name for line in rounds_of_year(session, key) for area in line.areas)


def _figures(changes: Sequence["_Change"]) -> str:
    """Say for History whose figure is what now and was what before; of many, the first few."""
    said = [f"{one.whose}: {_pounds(one.now)} (was {_pounds(one.before)})" for one in changes[:MOST_TOLD]]
    more = len(changes) - MOST_TOLD
    return "; ".join([*said, *([f"and {more:,} more"] if more > 0 else [])])


def _pounds(figure: Figure) -> str:
    return "nothing" if figure is None else pounds(figure.whole_pence)


class SetYearLines(RegisteredOperation, frozen=True):
    """Set all lines of a fund's year that are kept without a round, in order. `replacing` stood there."""

    kind = "set year lines"
    titled = "Set the lines of {0.fund} in {0.year}"
    told = "{0.fund} has {0.lines:line} of its own in {0.year}."
    fund: str
    year: str
    lines: tuple[YearLine, ...]
    replacing: tuple[YearLine, ...]

    def apply(self, session: Session) -> Outcome:
        """Set them; refused where names clash, or where a line with figures would go."""
        key = the_key(session, self.fund, self.year)
        figures = year_figures(session)
        self.refuse_stale(figures.lines_of(key), f"The lines of {self.year}", "were changed")
        self._check(areas_of(session, key))
        names = {line.name for line in self.lines}
        for line in self.replacing:
            if line.name not in names and (line.name, "") in figures.ends_of(key):
                raise Refused(f"“{line.name}” has figures. Remove them before the line.")
        before = fund_budget(session, key)
        of_year = {"fund_id": key[0], "year": key[1]}
        replace_rows(session, year_line_table, of_year, numbered(year_line_table, self.lines))
        if words := allocation_refusal(before, fund_budget(session, key)):
            raise Refused(f"{words} Nothing was changed.")
        return self.done_exchanging("lines")

    def _check(self, areas: frozenset[str]) -> None:
        seen: set[str] = set(map(text_key, areas))
        for line in self.lines:
            key = text_key(line.name)
            refuse(SETTING.line(line, is_plain_name(line.name), key in seen))
            seen.add(key)


class _OfItem(Struct, frozen=True):
    """What is said of a line, or of an award by its reference."""

    @property
    def whose(self) -> str:
        of: Any = self
        return str(of.award or of.line)


class SpentChange(_OfItem, frozen=True):
    """What is recorded for a line, or an award by its reference, and what stood there; None is nothing."""

    deed: ClassVar[str] = SPENT
    line: str
    award: str
    now: Spent | None
    before: Spent | None


class _OfYearEnd(RegisteredOperation, frozen=True):
    """Figures of a fund's year, each in place of the one before it: all of it or nothing."""

    what: ClassVar[str]
    fund: str
    year: str
    changes: tuple[Any, ...]

    @property
    def label(self) -> str:
        return TOLD.year_label(self.changes, *self._told_of)

    @property
    def _told_of(self) -> tuple[str, str, str]:
        """Return what all are of, "" where they differ, the year, and the one after, which it gives money."""
        deeds = {change.deed for change in self.changes}
        return deeds.pop() if len(deeds) == 1 else "", self.year, year_after(self.year)

    @property
    def detail(self) -> str:
        """Return what was recorded and what stood there before, for History."""
        return _figures(self.changes)

    def _places(
        self, session: Session, check: Callable[[YearItems, Any], Item]
    ) -> tuple[Key, tuple[Item, ...]]:
        """Return the year, and of what each figure is; refused for none, and for two of one."""
        found = the_items(session, self.fund, self.year)
        if not self.changes:
            raise Refused(f"There is no {self.what} to record. Nothing was changed.")
        items = tuple(check(found, change) for change in self.changes)
        if len({(item, one.deed) for item, one in zip(items, self.changes, strict=True)}) < len(items):
            raise Refused("A line or an award is named twice. Nothing was changed.")
        return found.key, items

    def _outcome(self, more: str = "") -> Outcome:
        back = tuple(replace(one, now=one.before, before=one.now) for one in self.changes)
        inverse: Any = replace(self, changes=back)
        return Outcome(inverse, f"{TOLD.year_end(self.changes, *self._told_of)}{more}")


class SetSpent(_OfYearEnd, frozen=True):
    """Record expenditure; each figure stands in place of the one before it. All of it or nothing."""

    kind = "set expenditure"
    what = SPENT
    changes: tuple[SpentChange, ...]

    def apply(self, session: Session) -> Outcome:
        """Record it; refused without a source, below £0.00, and where another figure stands by now."""
        key, items = self._places(session, _checked_spent)
        for item, change in zip(items, self.changes, strict=True):
            _put_spent(session, key, item, change.now)
        return self._outcome()


def _checked_spent(found: YearItems, change: SpentChange) -> Item:
    item = found.item(change.line, change.award)
    whose, now = change.whose, change.now
    refuse_changed(found.end_of(item).spent, change.before, f"The expenditure of {whose}")
    if now is None:
        return item
    refuse(SETTING.spent(whose, now, bool(change.award)))
    return item


def _put_spent(session: Session, key: Key, item: Item, now: Spent | None) -> None:
    row = now and row_of(year_spent_table, now, amount_pence=now.pence, source=now.source.strip())
    replace_row(session, year_spent_table, _place(key, item), row)


def _place(key: Key, item: Item) -> dict[str, object]:
    return {"fund_id": key[0], "year": key[1], "line": item[0], "award": item[1]}


class DecisionChange(_OfItem, frozen=True):
    """What was decided of a line, or of an award by its reference, and what stood there; None is nothing."""

    deed: str
    line: str
    award: str
    now: YearDecision | None
    before: YearDecision | None


_Change = SpentChange | DecisionChange


class DecideYearEnd(_OfYearEnd, frozen=True):
    """Record what was decided at the end of a year, by whom, when and why. All of it or nothing."""

    kind = "decide year end"
    what = "decision"
    changes: tuple[DecisionChange, ...]

    @property
    def reason(self) -> str:
        return "; ".join(dict.fromkeys(c.now.reason for c in self.changes if c.now and c.now.reason))

    def apply(self, session: Session) -> Outcome:
        """Record it; refused without a name, without a reason, and where another decision stands by now."""
        key, items = self._places(session, _checked)
        self._check_authority(session)
        for one in self.changes:
            if one.deed == OVER and one.now is None and one.before is not None:
                refuse_used(session, key, as_allowance(one.line, one.before))
        after = key[0], year_after(self.year)
        before = fund_budget(session, after)
        for item, change in zip(items, self.changes, strict=True):
            _put(session, key, item, change)
        now = fund_budget(session, after)
        if words := allocation_refusal(before, now):
            raise Refused(f"{words} Nothing was changed.")
        lowered = lowered_words(before, now)
        return self._outcome(f" {lowered}" if lowered else "")

    def _check_authority(self, session: Session) -> None:
        """Refuse an authority for less than is over; one may be given before anything is."""
        allowed = [change for change in self.changes if change.deed == OVER and change.now is not None]
        if not allowed:
            return
        lines = {typed_key(line.name): line for line in year_end(session, self.fund, self.year).lines}
        for change in allowed:
            line, now = lines.get(typed_key(change.line)), change.now
            over = 0 if line is None else line.over_pence
            if now is not None and now.pence < over:
                raise Refused(
                    f"{change.line} is committed {pounds(over)} over its money, and {pounds(now.pence)} does "
                    "not cover it."
                )


def refuse_used(session: Session, key: Key, allowed: Allowance) -> None:
    """Refuse to take back what somebody allows over a year's money while awards rest on it."""
    every = overspends(session, key)
    used = sum(one.used_pence for one in every if one.year and one.allowed == allowed)
    if used:
        raise Refused(f"{pounds(used)} over the money for {key[1]} depends on it. Nothing was taken back.")


def _checked(found: YearItems, change: DecisionChange) -> Item:
    if change.deed not in DEEDS:
        raise Refused(f"“{change.deed}” is not decided at the end of a year.")
    gives = change.deed in (ALLOCATION, CARRY) and not change.award
    item = found.receiver(change.line) if gives else found.item(change.line, change.award)
    whose, now = change.whose, change.now
    if change.award and change.deed != CARRY:
        raise Refused(f"{whose} is an award: the {change.deed} is decided for its area.")
    refuse_changed(current(found.end_of(item), change.deed), change.before, f"The {change.deed} of {whose}")
    if now is not None:
        refuse(SETTING.year_end(change, now, LARGEST))
    return item


def current(end: LineEnd, deed: str) -> YearDecision | None:
    """Return what stands of one deed at the end of a line's year."""
    return {CARRY: end.carried, ALLOCATION: end.allocated, OVER: end.authority}[deed]


def _put(session: Session, key: Key, item: Item, change: DecisionChange) -> None:
    now = change.now
    row = now and {
        **row_of(year_decision_table, now, amount_pence=now.pence, recorded_by=actor_name(session)),
        "reason": now.reason.strip(),
        "decided_by": now.decided_by.strip(),
    }
    replace_row(session, year_decision_table, {**_place(key, item), "deed": change.deed}, row)
