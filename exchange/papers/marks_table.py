"""The members' marks on one application as a table: criterion, marks, spread, what was agreed and why."""

from collections.abc import Sequence

from exchange.papers.document.values import Column, Table
from exchange.papers.paper_words import text_or_dash
from models.papers.minutes import MinuteLine
from scoring.marks.meeting import SETTLED_HEADS
from scoring.scheme import Combine


def marks_table(
    lines: Sequence[MinuteLine],
    members: Sequence[str],
    combine: Combine,
    *,
    most: int,
    share: float,
    caption: str = "",
) -> Table:
    """Return the table; more members than `most` share one column, so that the reasons keep their room."""
    is_wide = len(members) > most
    columns = (
        Column("Criterion", 3.2),
        *(Column(name, 3 if is_wide else share) for name in (("Marks",) if is_wide else members)),
        Column("Spread", 0.8),
        Column(SETTLED_HEADS[combine], 1),
        Column("Reason" if combine is Combine.CONSENSUS else "Discussion", 6),
    )
    return Table(caption, columns, tuple(_row(line, is_wide=is_wide) for line in lines))


def _row(line: MinuteLine, *, is_wide: bool) -> tuple[str, ...]:
    marks = (", ".join(line.marks),) if is_wide else line.marks
    return (line.criterion, *marks, line.spread, line.agreed, text_or_dash(line.reason))
