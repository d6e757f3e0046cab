"""A paper with every kind of block, and texts that try to be more than text."""

from datetime import UTC, datetime

from exchange.papers.document.values import (
    Bar,
    BlankLines,
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Signature,
    Table,
    Together,
)

HOSTILE = '<b>Bold</b> & =1+1 <img src="x"/> \x01 {name} Siân Ślązak'
READ_BACK = '<b>Bold</b> & =1+1 <img src="x"/> {name} Siân Ślązak'
"""What is left of it on paper: the control character is made a space."""


def allocations(lines: int) -> Table:
    """Return a table of `lines` allocations of £10.00 and their sum."""
    rows = tuple((f"Service {n}", "Hate crime", "£10.00") for n in range(1, lines + 1))
    columns = (Column("Service", 3), Column("Crime type", 2), Column("Allocation", 1, is_figure=True))
    return Table("Allocations", columns, (*rows, ("Total", "", f"£{10 * lines}.00")), frozenset({lines}))


def paper(*, lines: int = 3, is_landscape: bool = False) -> Document:
    """Return a paper that uses every block."""
    blocks = (
        Heading("Summary"),
        Para("First line.\n\nSecond line.", Look.LEAD),
        Para(HOSTILE, number="1."),
        Heading("Detail", 2),
        Bullets(("one thing", "another thing")),
        Pairs((("Contact officer", "Tess Example"), ("Note", HOSTILE))),
        allocations(lines),
        Together(
            (Chart("Spend", "Coventry spent most.", (Bar("Coventry", 5, "£5 of £8", 8),)), Para("After"))
        ),
        NewPage(),
        BlankLines(8),
        Signature("Chief Executive"),
    )
    return Document(
        "Notice of Decision 031/2026",
        blocks,
        datetime(2026, 12, 2, 14, 5, tzinfo=UTC),
        "Active Citizens Fund",
        "Office of the Example Commissioner",
        status="Draft, not issued",
        is_draft=True,
        below=("Generated 2 Dec 2026.", ""),
        is_landscape=is_landscape,
    )
