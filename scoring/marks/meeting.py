"""What a meeting has before it: for each application the members' marks side by side, and who may speak.

Originals are frozen; the agreed mark stands apart. A spread of two marks or more is flagged, whatever the
scale, and must be settled before the item closes: by an agreed mark with its reason under
consensus, else by a note of what was said, since there the members' own marks count.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from scoring.marks.sheets import first_handed_in, not_applicable_of, spread
from scoring.round import AFTER_MEETING, Application, Interest, Round, Sheet, is_in_the_running
from scoring.scheme import Combine, Criterion
from scoring.written.text import listed

_MOST_EXACT = 11
"""Up to so many different groups of leavers the best order is found for certain: 2^11 sets of groups."""

_NOBODY: frozenset[str] = frozenset()


REOPENED = "reopened after others’ marks could be seen"
REOPENED_SIGN = "R"
"""Stands behind a mark of a sheet that was, or that was handed in late."""
REOPENED_MEANS = f"{REOPENED}, or {AFTER_MEETING}"

FLAGGED_FROM = 2
"""The spread, in marks, from which a criterion is to be discussed."""


SETTLED_HEADS = {
    Combine.CONSENSUS: "Agreed",
    Combine.MEAN: "Mean",
    Combine.MEDIAN: "Median",
    Combine.TRIMMED: "Trimmed mean",
}
"""What the column is called that has what counts on a criterion."""


def counts_words(combine: Combine) -> str:
    """Say that marks are not agreed and what counts instead; "" under consensus."""
    if combine is Combine.CONSENSUS:
        return ""
    settled = SETTLED_HEADS[combine].lower()
    return f"Marks are not agreed in this round: the {settled} of the members’ marks counts."


class Sign(StrEnum):
    """What one member's cell holds: a mark, or one of the four things that are not a mark."""

    MARK = "mark"
    NONE = "no mark"
    NOT_APPLICABLE = "not applicable"
    ABSTAINED = "abstained"
    ASIDE = "stood aside"


class Cell(NamedTuple):
    """One member's cell on one criterion; `mark` is set for `Sign.MARK` alone.

    `is_reopened` says of a mark that its sheet was opened again after others' marks could be seen.
    """

    sign: Sign
    mark: int | None = None
    is_reopened: bool = False


class Reopened(NamedTuple):
    """A member's sheet that was opened again after others' marks could be seen, and why.

    `first` are the marks that it was first handed in with, nothing where they are closed under an interest;
    `is_in` says that it is handed in again.
    """

    member: str
    why: str
    first: tuple[int | None, ...]
    is_in: bool


class Line(NamedTuple):
    """One criterion of an item: the members' cells in their order, the spread, and what was agreed.

    `spread` is highest minus lowest mark as first handed in before the meeting, None with fewer than two.
    """

    code: str
    title: str
    cells: tuple[Cell, ...]
    spread: int | None
    agreed: int | None
    is_not_applicable: bool

    @property
    def is_flagged(self) -> bool:
        """Whether the members are two marks or more apart."""
        return self.spread is not None and self.spread >= FLAGGED_FROM

    @property
    def is_outside(self) -> bool:
        """Whether the agreed mark is below every member's mark, or above every one."""
        marks = [cell.mark for cell in self.cells if cell.mark is not None]
        return self.agreed is not None and bool(marks) and not min(marks) <= self.agreed <= max(marks)

    @property
    def needs_word(self) -> bool:
        """Whether an agreed mark on it needs its reason: members are apart, or none gave so high or low."""
        return self.is_flagged or self.is_outside

    @property
    def same(self) -> int | None:
        """Return the mark that all members gave, None when they differ or fewer than two marked."""
        marks = [cell.mark for cell in self.cells if cell.mark is not None]
        return marks[0] if len(marks) > 1 and len({*marks}) == 1 else None


class Item(NamedTuple):
    """One application on the agenda. `away` must leave the room; `abstained` stay but do not count.

    `reopened` are the sheets that were opened again after others' marks could be seen.

    An adviser with an interest leaves as a member does, after those who mark.
    """

    reference: str
    organisation: str
    area: str | None
    lines: tuple[Line, ...]
    away: tuple[str, ...]
    abstained: tuple[str, ...]
    reopened: tuple[Reopened, ...] = ()

    @property
    def spread(self) -> int:
        """Return the widest spread of the item, 0 when there is none."""
        return max((line.spread or 0 for line in self.lines if not line.is_not_applicable), default=0)

    def left(self, combine: Combine, notes: Sequence[str]) -> tuple[str, ...]:
        """Return the codes to settle before the item closes; `notes` are the panel's words by criterion.

        Under consensus: each without an agreed mark, and without a reason for it one that is flagged or
        outside every member's mark.
        Else: each that is flagged and of which nothing that was said is noted.
        """
        said = zip(self.lines, notes or ("",) * len(self.lines), strict=True)
        return tuple(
            line.code
            for line, note in said
            if not line.is_not_applicable and _is_left(line, combine, note.strip())
        )

    def deciding(self, members: Sequence[str]) -> tuple[str, ...]:
        """Return the members who are in the room for this item and count toward its quorum."""
        out = {*self.away, *self.abstained}
        return tuple(member for member in members if member not in out)


def _is_left(line: Line, combine: Combine, note: str) -> bool:
    if combine is Combine.CONSENSUS:
        return line.agreed is None or (line.needs_word and not note)
    return line.is_flagged and line.agreed is None and not note


Belongs = Callable[[str, str | None], bool]
"""Whether a member, by code, is on the panel of an area."""


def meeting_items(
    round_: Round, members: Sequence[str], belongs: Belongs = lambda member, area: True
) -> tuple[Item, ...]:
    """Return an item for each application that is up for discussion, in the order of the round.

    Withdrawn ones and those that failed a gate are left out. `members` are the codes of those who mark.
    """
    sheets = {(s.member, s.application): s for s in round_.sheets if s.submitted}
    first = {(s.member, s.application): s for s in first_handed_in(round_).sheets if s.submitted}
    facts = _Facts(
        round_.scheme.judged,
        tuple(members),
        sheets,
        first,
        round_.barred,
        _leaving(round_.interests, members),
        {row.application: row.marks for row in round_.agreed},
        not_applicable_of(round_),
        belongs,
    )
    reopened = [sheet for sheet in round_.sheets if sheet.reopened]
    return tuple(
        _item(facts, application, [sheet for sheet in reopened if sheet.application == application.reference])
        for application in round_.applications
        if is_in_the_running(application.eligibility, is_withdrawn=application.withdrawn)
    )


def _leaving(interests: Sequence[Interest], members: Sequence[str]) -> dict[str | None, tuple[str, ...]]:
    """Return who leaves the room by application: those who mark in their order, then advisers."""
    order = {member: number for number, member in enumerate(members)}
    found: dict[str | None, dict[str, None]] = {}
    for one in interests:
        if one.kind.is_conflict:
            found.setdefault(one.application, {})[one.member] = None
    return {
        of: tuple(sorted(people, key=lambda one: order.get(one, len(order)))) for of, people in found.items()
    }


class _Facts(NamedTuple):
    judged: tuple[Criterion, ...]
    members: tuple[str, ...]
    sheets: dict[tuple[str, str], Sheet]
    first: dict[tuple[str, str], Sheet]
    declared: frozenset[tuple[str, str | None]]
    leaving: dict[str | None, tuple[str, ...]]
    agreed: dict[str, tuple[int | None, ...]]
    not_applicable: dict[str, frozenset[str]]
    belongs: Belongs


def _item(facts: _Facts, application: Application, reopened: Sequence[Sheet]) -> Item:
    of = application.reference
    away = facts.leaving.get(of, ())
    abstained = tuple(m for m in facts.members if (m, of) in facts.declared and m not in away)
    elsewhere = frozenset(m for m in facts.members if not facts.belongs(m, application.area))
    lines = tuple(
        _line(facts, of, elsewhere, number, criterion) for number, criterion in enumerate(facts.judged)
    )
    again = tuple(
        Reopened(
            sheet.member,
            sheet.reopened,
            () if sheet.member in away else sheet.first,
            sheet.submitted,
        )
        for sheet in reopened
    )
    return Item(of, application.organisation, application.area, lines, away, abstained, again)


def reopened_words(item: Item, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence on each sheet of an item that was reopened after others' marks could be seen."""
    return tuple(_reopened_sentence(item, one, names.get(one.member, one.member)) for one in item.reopened)


def _reopened_sentence(item: Item, one: Reopened, name: str) -> str:
    pairs = zip(item.lines, one.first, strict=False)
    marks = listed([f"{line.code} {mark}" for line, mark in pairs if mark is not None])
    first = f" It was first handed in with {marks}." if marks else ""
    now = "" if one.is_in else f" It is not handed in{' again' if one.first else ''}."
    return f"The score sheet of {name} was {reopened_because(one.why.rstrip('.'))}.{first}{now}"


def reopened_because(why: str) -> str:
    """Return how a sheet came to be marked as reopened: that, or handed in after the meeting had begun."""
    return why if why.startswith(AFTER_MEETING) else f"{REOPENED}: {why}"


def _line(
    facts: _Facts, reference: str, elsewhere: frozenset[str], number: int, criterion: Criterion
) -> Line:
    is_not_applicable = criterion.code in facts.not_applicable.get(reference, frozenset())
    cells = tuple(
        Cell(Sign.NONE)
        if member in elsewhere
        else _cell(facts, member, reference, number, is_not_applicable=is_not_applicable)
        for member in facts.members
    )
    there = (m for m, cell in zip(facts.members, cells, strict=True) if cell.sign in (Sign.MARK, Sign.NONE))
    first = [sheet.marks[number] for m in there if (sheet := facts.first.get((m, reference))) is not None]
    agreed = facts.agreed.get(reference)
    mark = agreed[number] if agreed else None
    return Line(criterion.code, criterion.title, cells, spread(first), mark, is_not_applicable)


def _cell(facts: _Facts, member: str, reference: str, number: int, *, is_not_applicable: bool) -> Cell:
    if member in facts.leaving.get(reference, ()):
        return Cell(Sign.ASIDE)
    if (member, reference) in facts.declared:
        return Cell(Sign.ABSTAINED)
    if is_not_applicable:
        return Cell(Sign.NOT_APPLICABLE)
    sheet = facts.sheets.get((member, reference))
    mark = None if sheet is None else sheet.marks[number]
    if sheet is None or mark is None:
        return Cell(Sign.NONE)
    return Cell(Sign.MARK, mark, bool(sheet.reopened))


class Agenda(NamedTuple):
    """One item to be placed: its widest spread in marks, and the members who must be out for it."""

    reference: str
    spread: int
    away: frozenset[str]


def by_widest_spread(items: Sequence[Agenda]) -> tuple[str, ...]:
    """Return the references with the widest spread first; equal spreads keep their order."""
    return tuple(item.reference for item in sorted(items, key=attrgetter("spread"), reverse=True))


def by_fewest_exits(items: Sequence[Agenda]) -> tuple[str, ...]:
    """Return the references in an order that moves as few people through the door as there can be.

    Items with the same people out stand together. One person leaving or coming back counts one; the meeting
    starts and ends with everybody in the room. Beyond eleven different groups of leavers the nearest
    group is always taken next, which need not be the least. Example: out for A {x}, B {}, C {x}, in the
    order given: 4 movements; B, A, C: 2.
    """
    groups: dict[frozenset[str], list[str]] = {}
    for item in items:
        groups.setdefault(item.away, []).append(item.reference)
    rest = [away for away in groups if away]
    order = _exact(rest) if len(rest) <= _MOST_EXACT else _nearest(rest)
    first = groups.get(_NOBODY, [])
    return (*first, *(reference for away in order for reference in groups[away]))


def through_areas(items: Sequence[Item], areas: Iterable[str]) -> tuple[Item, ...]:
    """Return the items as a meeting takes them: area by area in that order, each with the fewest exits.

    Meeting, book and minutes number them so; those of no area come last.
    """
    by_reference = {item.reference: item for item in items}
    found: list[Item] = []
    for area in (*areas, None):
        here = [Agenda(i.reference, i.spread, frozenset(i.away)) for i in items if i.area == area]
        found += [by_reference[reference] for reference in by_fewest_exits(here)]
    return tuple(found)


_Best = dict[tuple[int, int], tuple[int, tuple[int, ...]]]
"""The exits and the order of a set of groups, by the set and its last."""


def _exact(groups: list[frozenset[str]]) -> list[frozenset[str]]:
    """Return the groups in the best order, the first of equals, by taking ever larger sets of them."""
    best: _Best = {(1 << number, number): (len(group), (number,)) for number, group in enumerate(groups)}
    for taken in range(1, 1 << len(groups)):
        for last in range(len(groups)):
            found = best.get((taken, last))
            if found is not None:
                _extend(groups, best, taken, last, found)
    whole = (1 << len(groups)) - 1
    ends = [(best[whole, last][0] + len(group), best[whole, last][1]) for last, group in enumerate(groups)]
    return [groups[number] for number in min(ends)[1]] if ends else []


def _extend(
    groups: list[frozenset[str]],
    best: _Best,
    taken: int,
    last: int,
    found: tuple[int, tuple[int, ...]],
) -> None:
    cost, order = found
    for number, group in enumerate(groups):
        if taken >> number & 1:
            continue
        key = (taken | 1 << number, number)
        offered = (cost + len(groups[last] ^ group), (*order, number))
        if key not in best or offered < best[key]:
            best[key] = offered


def _nearest(groups: list[frozenset[str]]) -> list[frozenset[str]]:
    left, order, here = list(groups), [], _NOBODY
    while left:
        number = min(range(len(left)), key=[len(here ^ group) for group in left].__getitem__)
        here = left.pop(number)
        order.append(here)
    return order
