"""The members' marks on one application as a table: criterion, marks, spread, what was agreed and why."""

from collections.abc import Iterator, Sequence

from exchange.papers.document.values import Column, Table
from exchange.papers.paper_words import NONE_GIVEN, text_or_dash
from models.papers.minutes import SIGNS, MinuteLine
from scoring.marks.meeting import SETTLED_HEADS, Sign
from scoring.scheme import Combine

NO_MARK = SIGNS[Sign.NONE]


def marks_table(
    lines: Sequence[MinuteLine],
    members: Sequence[str],
    combine: Combine,
    *,
    most: int,
    share: float,
    caption: str = "",
) -> Table:
    """Return the table, without members who gave none of the marks, and without reasons where none is given.

    More members than `most` share one column, so that the reasons keep their room.
    """
    marked = who_marked(lines, members)
    members = [members[number] for number in marked]
    is_wide = len(members) > most
    columns = (
        Column("Criterion", 3.2),
        *(Column(name, 3 if is_wide else share) for name in (("Marks",) if is_wide else members)),
        Column("Spread", 0.8),
        Column(SETTLED_HEADS[combine], 1),
        Column("Reason" if combine is Combine.CONSENSUS else "Discussion", 6),
    )
    rows = tuple(_row(line, marked, is_wide=is_wide) for line in lines)
    if any(line.reason for line in lines):
        return Table(caption, columns, rows, is_close=True)
    return Table(caption, columns[:-1], tuple(row[:-1] for row in rows), is_close=True)


def initials(names: Sequence[str]) -> tuple[str, ...]:
    """Return the members' initials, numbered where two have the same, whatever tells their names apart."""
    parts = [[part for part in name.split() if not part.startswith("(")] for name in names]
    found = ["".join(part[0].upper() for part in of) or name for of, name in zip(parts, names, strict=True)]
    return tuple(
        f"{one}{found[: at + 1].count(one)}" if found.count(one) > 1 else one for at, one in enumerate(found)
    )


def key_of(members: Sequence[str], shown: Sequence[int]) -> str:
    """Return whose the initials are, of the members shown by where they stand among all."""
    short = initials(members)
    return " · ".join(f"{short[number]} {members[number]}" for number in shown)


def who_marked(lines: Sequence[MinuteLine], members: Sequence[str]) -> list[int]:
    """Return which members gave any of the marks, by where they stand among the members."""
    return [number for number in range(len(members)) if any(line.marks[number] != NO_MARK for line in lines)]


def printed(lines: Sequence[MinuteLine]) -> Iterator[str]:
    """Yield what stands in the cells of that table, nothing of an item that has none."""
    if is_marked(lines):
        yield from (line.agreed for line in lines)
        for own in zip(*(line.marks for line in lines), strict=True):
            yield from own if set(own) != {NO_MARK} else ()


def is_marked(lines: Sequence[MinuteLine]) -> bool:
    """Whether anything is to be told of these: a mark, an interest, or what was agreed."""
    return any(mark != NO_MARK for line in lines for mark in line.marks) or any(
        line.agreed != NONE_GIVEN for line in lines
    )


def _row(line: MinuteLine, marked: Sequence[int], *, is_wide: bool) -> tuple[str, ...]:
    given = tuple(line.marks[number] for number in marked)
    marks = (", ".join(given),) if is_wide else given
    return (line.criterion, *marks, line.spread, line.agreed, text_or_dash(line.reason))
