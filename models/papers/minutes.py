"""The minutes of a meeting as values: who was there, and item by item what was said and agreed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.rows import AgreedRow, RoundRows
from scoring.meeting import Cell, Item, Line, Sign

SIGNS = {Sign.NONE: "[ ]", Sign.NOT_APPLICABLE: "n/a", Sign.ABSTAINED: "A", Sign.ASIDE: "⊘"}
SIGN_WORDS = "[ ] no mark · n/a not applicable · A abstained · ⊘ stood aside"


@dataclass(frozen=True, slots=True)
class Presence:
    """A member's attendance at the meeting of an area: present or absent."""

    area: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class MinuteLine:
    """One criterion of an item as the minutes print it."""

    criterion: str
    marks: tuple[str, ...]
    spread: str
    agreed: str
    reason: str


@dataclass(frozen=True, slots=True)
class MinuteItem:
    """One application of the meeting: who left, the lines, any dissent, and whether it closed."""

    reference: str
    organisation: str
    project: str
    away: tuple[str, ...]
    abstained: tuple[str, ...]
    lines: tuple[MinuteLine, ...]
    dissent: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one area's meeting, or of all areas (`area` None).

    `members` are those who mark, in the order of the marks of each line; `confirmed` is (area, who put it
    down, when), UTC; `agreement` says how far they agreed, nothing where fewer than two of them count.
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

    @property
    def title(self) -> str:
        """Return the title of the paper."""
        return "Moderation record and minutes"

    @property
    def control(self) -> str:
        """Return how many items there are and how many are closed."""
        many, closed = len(self.items), sum(item.is_closed for item in self.items)
        return f"{many} {'item' if many == 1 else 'items'}, {closed} closed"


def minutes(
    rows: RoundRows,
    items: tuple[Item, ...],
    *,
    office: str,
    area: str | None,
    attendance: tuple[Presence, ...],
    confirmed: tuple[tuple[str, str, datetime], ...],
    closed: Collection[str],
    marking: str,
    agreement: tuple[str, ...] = (),
) -> Minutes:
    """Return the minutes; `items` are in running order, their cells in the order of the marking members."""
    width = len(items[0].lines[0].cells) if items and items[0].lines else 0
    names = {member.code: member.name for member in rows.members}
    marking_members = [m.name for m in rows.members if m.role.strip().casefold() != "adviser"][:width]
    return Minutes(
        office=office,
        fund=rows.fund,
        round=rows.name,
        year=rows.year,
        area=area,
        marking=marking,
        members=tuple(marking_members),
        attendance=attendance,
        items=tuple(_item(rows, item, names, closed) for item in items),
        confirmed=confirmed,
        agreement=agreement,
    )


def _item(rows: RoundRows, item: Item, names: dict[str, str], closed: Collection[str]) -> MinuteItem:
    agreed = next((row for row in rows.agreed if row.application == item.reference), None)
    aside = {r.criterion: r.reason for r in rows.not_applicable if r.application == item.reference}
    project = next((a.project for a in rows.applications if a.reference == item.reference), "")
    return MinuteItem(
        reference=item.reference,
        organisation=item.organisation,
        project=project,
        away=tuple(names.get(code, code) for code in item.away),
        abstained=tuple(names.get(code, code) for code in item.abstained),
        lines=minute_lines(item, agreed, aside),
        dissent="" if agreed is None else agreed.dissent,
        is_closed=item.reference in closed,
    )


def minute_lines(item: Item, agreed: AgreedRow | None, aside: Mapping[str, str]) -> tuple[MinuteLine, ...]:
    """Return an item's criteria as papers print them; `aside` is why a criterion does not apply, by code."""
    return tuple(_line(number, line, agreed, aside) for number, line in enumerate(item.lines))


def _line(number: int, line: Line, agreed: AgreedRow | None, aside: Mapping[str, str]) -> MinuteLine:
    reason = agreed.reasons[number] if agreed is not None and agreed.reasons else ""
    if line.is_aside:
        reason = f"Not applicable: {aside.get(line.code, '')}"
    return MinuteLine(
        criterion=f"{line.code} {line.title}",
        marks=tuple(map(_mark, line.cells)),
        spread="–" if line.spread is None else str(line.spread),
        agreed="n/a" if line.is_aside else "–" if line.agreed is None else str(line.agreed),
        reason=reason,
    )


def _mark(cell: Cell) -> str:
    return SIGNS[cell.sign] if cell.mark is None else str(cell.mark)
