"""The minutes of a meeting as values: who was there, and item by item what was said and agreed."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from models.permissions.role import is_asked_for_marks
from models.values.rows import AgreedRow, RoundRows, scored_round
from scoring.counted import counted
from scoring.marks.meeting import REOPENED_MEANS, REOPENED_SIGN, Cell, Item, Line, Sign, reopened_words
from scoring.money import score
from scoring.rank import rank
from scoring.round import InterestKind
from scoring.schedule.values import PLAIN, Letterhead
from scoring.scheme import Combine

SIGNS = {Sign.NONE: "[ ]", Sign.NOT_APPLICABLE: "n/a", Sign.ABSTAINED: "A", Sign.ASIDE: "⊘"}
_NO_VALUE, _NOT_APPLICABLE = "–", SIGNS[Sign.NOT_APPLICABLE]
NO_QUORUM = "No quorum"
"""How it begins who could take part in an item where they were too few."""
_CODE = re.compile(r"\b[A-Z]{1,3}\d{1,3}\b")
_SIGN_WORDS = {
    Sign.NONE: "no mark",
    Sign.NOT_APPLICABLE: "not applicable",
    Sign.ABSTAINED: "abstained",
    Sign.ASIDE: "declared an interest",
}


def sign_words(printed: Collection[str]) -> str:
    """Return what the signs among these marks mean, "" where there are none."""
    said = [f"{SIGNS[one]} {words}" for one, words in _SIGN_WORDS.items() if SIGNS[one] in printed]
    if any(mark.endswith(f" {REOPENED_SIGN}") for mark in printed):
        said.append(f"{REOPENED_SIGN} {REOPENED_MEANS}")
    return " · ".join(said)


class Presence(Struct, frozen=True):
    """A member's attendance at the meeting of an area: present or absent."""

    area: str
    name: str
    state: str


class MinuteLine(Struct, frozen=True):
    """One criterion of an item as the minutes print it."""

    criterion: str
    marks: tuple[str, ...]
    spread: str
    agreed: str
    reason: str


class MinuteItem(Struct, frozen=True):
    """One application of the meeting: who left, the lines, any dissent, and whether it closed.

    `present` and `decided` are as they were when it closed, None while it is open. `result` is what
    the panel recommends with amount and reason, "" while it recommends nothing; `recommended_pence` is the
    amount, None while nothing is recommended. `area` is "" without one.
    `withdrawn` says of interests that members took back who, when, what and why; `waits` is what an item that
    is not ranked lacks, "" for one that is. `tie` is what the chair decided between it and its equals.
    `room` is who could take part, "" where `decided` tells it. `number` is its place
    in the order of the meeting, as the panel book has it.
    `score` is its total and its place among those ranked with it, "" for one that has none. `reopened` says
    which score sheets were opened again after others' marks
    could be seen, and why. `not_agreed` are the criteria without an agreed mark, by code and name. `late`
    says by name of interests that
    were declared once the member had marked when, and that the sheet is not counted.
    """

    reference: str
    organisation: str
    project: str
    away: tuple[str, ...]
    abstained: tuple[str, ...]
    lines: tuple[MinuteLine, ...]
    dissent: str
    is_closed: bool
    present: tuple[str, ...] | None = None
    decided: tuple[str, ...] | None = None
    result: str = ""
    area: str = ""
    withdrawn: tuple[str, ...] = ()
    recommended_pence: int | None = None
    waits: str = ""
    tie: str = ""
    room: str = ""
    number: int = 0
    score: str = ""
    not_agreed: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    late: tuple[tuple[str, str], ...] = ()

    @property
    def has_quorum(self) -> bool:
        """Whether enough could take part to agree anything, as far as that was kept."""
        return not self.room.startswith(NO_QUORUM)

    @property
    def is_considered(self) -> bool:
        """Whether the panel has come to it: it is closed, or something of it was agreed."""
        return self.is_closed or any(line.agreed not in (_NO_VALUE, _NOT_APPLICABLE) for line in self.lines)


class Minutes(Struct, frozen=True):
    """The minutes of one area's meeting, or of all areas (`area` None).

    `members` are those who mark, in the order of the marks of each line; `confirmed` is (area, who put it
    down, when), UTC; `agreement` says how far they agreed, nothing where fewer than two of them count.
    `held` says by area when and where it met, `left_open` why it moved on with items open, and `quorum` is
    how many must agree an item; `chairs` are those of the members who chair,
    `advisers` those who give no marks, `note_takers` who writes the minutes, and
    `chaired` what the office wrote on who took the chair in the chair's place.
    Of areas that keep no day of a meeting `planned` has the day on which it was to be; `pots` says by area
    what is recommended of its pot, and `left_out` is (reference and name, why) of what the panel did not see.
    `interests` are sentences on what members declared, `ties` by area those on what the chair put in order,
    `unasked` those on areas of which nothing was before the panel.
    `unrecorded` names by area the members of whom no attendance is recorded where others' is, `unexplained`
    the references of items that were open when their area moved on without the chair's word why.
    `open_items` are those that an area moved on with open.
    `combine` is the round's rule: but under consensus what is printed as agreed is the value that counts.
    """

    office: str
    fund: str
    round: str
    year: str
    area: str | None
    marking: str
    members: tuple[str, ...]
    attendance: tuple[Presence, ...]
    items: tuple[MinuteItem, ...]
    confirmed: tuple[tuple[str, str, datetime], ...]
    agreement: tuple[str, ...] = ()
    combine: Combine = Combine.CONSENSUS
    letterhead: Letterhead = PLAIN
    held: tuple[tuple[str, str], ...] = ()
    left_open: tuple[tuple[str, str], ...] = ()
    quorum: int = 0
    chairs: tuple[str, ...] = ()
    planned: tuple[tuple[str, date], ...] = ()
    pots: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    interests: tuple[str, ...] = ()
    ties: tuple[tuple[str, str], ...] = ()
    unasked: tuple[str, ...] = ()
    note_takers: tuple[str, ...] = ()
    advisers: tuple[str, ...] = ()
    chaired: tuple[str, ...] = ()
    unrecorded: tuple[tuple[str, str], ...] = ()
    unexplained: tuple[tuple[str, str], ...] = ()
    open_items: tuple[str, ...] | None = None

    @property
    def numbered(self) -> tuple[tuple[int, MinuteItem], ...]:
        """Return the items with their numbers, between which is missing what never came before the panel."""
        return tuple((item.number or n, item) for n, item in enumerate(self.items, 1))

    @property
    def title(self) -> str:
        """Return the title of the paper."""
        return "Moderation record and minutes"

    @property
    def control(self) -> str:
        """Return how many items there are and how many are closed."""
        many, closed = len(self.items), sum(item.is_closed for item in self.items)
        return f"{counted(many, 'item')}, {closed} closed"


def minutes(
    rows: RoundRows,
    items: tuple[Item, ...],
    *,
    head: tuple[str, Letterhead],
    area: str | None,
    attendance: tuple[Presence, ...],
    confirmed: tuple[tuple[str, str, datetime], ...],
    closed: Collection[str],
    marking: str,
    agreement: tuple[str, ...] = (),
    present: Mapping[str, tuple[str, ...]] | None = None,
    decided: Mapping[str, tuple[str, ...]] | None = None,
    held: tuple[tuple[str, str], ...] = (),
    left_open: tuple[tuple[str, str], ...] = (),
    planned: tuple[tuple[str, date], ...] = (),
) -> Minutes:
    """Return the minutes; `items` are in running order, their cells in the order of the marking members.

    `present` and `decided` are names by reference, of items that kept who was there when they closed.
    """
    width = len(items[0].lines[0].cells) if items and items[0].lines else 0
    values = counting_values(rows)
    names = {member.code: member.name for member in rows.members}
    marking_members = [m.name for m in rows.members if is_asked_for_marks(m.role)][:width]
    return Minutes(
        office=head[0],
        letterhead=head[1],
        fund=rows.fund,
        round=rows.name,
        year=rows.year,
        area=area,
        marking=marking,
        members=tuple(marking_members),
        attendance=attendance,
        items=tuple(
            replace(
                _item(rows, item, names, closed, values.get(item.reference)),
                present=(present or {}).get(item.reference),
                decided=(decided or {}).get(item.reference),
            )
            for item in items
        ),
        confirmed=confirmed,
        agreement=agreement,
        combine=rows.scheme.combine,
        held=held,
        left_open=left_open,
        planned=planned,
        quorum=rows.scheme.quorum,
    )


def counting_values(rows: RoundRows) -> dict[str, dict[str, str]]:
    """Return what counts on each criterion by reference and code, as printed; nothing under consensus."""
    if rows.scheme.combine is Combine.CONSENSUS:
        return {}
    return {
        standing.reference: {
            result.code: score(result.value_1e2)
            for result in standing.criteria
            if result.value_1e2 is not None
        }
        for standing in rank(scored_round(rows)).standings
    }


def _item(
    rows: RoundRows,
    item: Item,
    names: dict[str, str],
    closed: Collection[str],
    values: Mapping[str, str] | None,
) -> MinuteItem:
    agreed = next((row for row in rows.agreed if row.application == item.reference), None)
    not_applicable = {r.criterion: r.reason for r in rows.not_applicable if r.application == item.reference}
    project = next((a.project for a in rows.applications if a.reference == item.reference), "")
    lines = minute_lines(
        item, agreed, not_applicable, None if rows.scheme.combine is Combine.CONSENSUS else values or {}
    )
    return MinuteItem(
        reference=item.reference,
        organisation=item.organisation,
        project=project,
        away=tuple(names.get(code, code) for code in item.away),
        abstained=tuple(names.get(code, code) for code in item.abstained),
        lines=lines,
        dissent="" if agreed is None else _named(agreed.dissent, names, rows),
        is_closed=item.reference in closed,
        area=item.area or "",
        withdrawn=tuple(_withdrawn(rows, item.reference, names)),
        not_agreed=tuple(line.criterion for line in lines if line.agreed == _NO_VALUE),
        reopened=reopened_words(item, names),
    )


def _named(words: str, names: Mapping[str, str], rows: RoundRows) -> str:
    """Return words with the names of members whose codes stand in them; a criterion's code is no member's.

    A code in brackets behind its own member's name stays: "Ann Sample (M3)".
    """
    criteria = {criterion.code for criterion in rows.scheme.criteria}

    def name(found: re.Match[str]) -> str:
        called = names.get(found[0], found[0])
        before = f"{called.removesuffix(f' ({found[0]})')} ("
        is_named = found[0] in criteria or words[: found.start()].endswith(before)
        return found[0] if is_named else called

    return _CODE.sub(name, words)


def _withdrawn(rows: RoundRows, reference: str, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what members who took an interest in an application back said of it."""
    for row in rows.interests:
        if row.application == reference and row.kind is InterestKind.NONE and row.detail.strip():
            yield f"{names.get(row.member, row.member)}: {row.detail.strip()}"


def minute_lines(
    item: Item,
    agreed: AgreedRow | None,
    not_applicable: Mapping[str, str],
    values: Mapping[str, str] | None = None,
) -> tuple[MinuteLine, ...]:
    """Return an item's criteria as papers print them; `not_applicable` is why one does not apply, by code.

    `values` are what counts instead of agreed marks, by code; None where marks are agreed.
    """
    return tuple(
        _line(number, line, agreed, not_applicable, values) for number, line in enumerate(item.lines)
    )


def _line(
    number: int,
    line: Line,
    agreed: AgreedRow | None,
    not_applicable: Mapping[str, str],
    values: Mapping[str, str] | None,
) -> MinuteLine:
    reason = agreed.reasons[number] if agreed is not None and agreed.reasons else ""
    if line.is_not_applicable:
        reason = f"Not applicable: {not_applicable.get(line.code, '')}"
    return MinuteLine(
        criterion=f"{line.code} {line.title}",
        marks=tuple(map(_mark, line.cells)),
        spread=_NO_VALUE if line.spread is None else str(line.spread),
        agreed=_NOT_APPLICABLE if line.is_not_applicable else _counts(line, values),
        reason=reason,
    )


def _counts(line: Line, values: Mapping[str, str] | None) -> str:
    if values is not None:
        return values.get(line.code, _NO_VALUE)
    return _NO_VALUE if line.agreed is None else str(line.agreed)


def _mark(cell: Cell) -> str:
    if cell.mark is None:
        return SIGNS[cell.sign]
    return f"{cell.mark} {REOPENED_SIGN}" if cell.is_reopened else str(cell.mark)
