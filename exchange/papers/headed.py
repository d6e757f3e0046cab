"""What every paper says of the office: at its head in prose, and on a sheet of its own in a workbook."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from exchange.papers.document.values import (
    Block,
    Document,
    Heading,
    Pairs,
    Para,
    Signature,
    Table,
    Together,
)
from exchange.xlsx.table_book import ABOUT, FIRST, SECOND, TableBook, TableColumn, TableSheet
from models.papers.office import NO_NAME
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from scoring.written.area_label import AREA, AreaLabel


def headed(document: Document, value: PaperValue, status: PaperStatus) -> Document:
    """Return a paper under the head of its office, with who signs for it and its standing words last."""
    head = value.letterhead
    label = head.area_label
    return replace(
        document,
        blocks=(*(_labelled(block, label) for block in document.blocks), *_closing(value)),
        above=head.named(document.above),
        reached=(*(_person(what, who) for what, who in head.people), *head.reached),
        logo=status.logo,
    )


def _labelled(block: Block, label: AreaLabel) -> Block:
    """Return a block with its fixed headings in the office's word for an area."""
    match block:
        case _ if label == AREA:
            return block
        case Together():
            kept = tuple(_labelled(each, label) for each in block.blocks)
            return replace(block, blocks=kept)
        case Heading():
            return replace(block, text=label.labelled(block.text))
        case Pairs():
            return replace(block, rows=tuple((label.labelled(name), value) for name, value in block.rows))
        case Table():
            columns = tuple(replace(one, heading=label.labelled(one.heading)) for one in block.columns)
            rows = tuple((label.labelled(row[0]), *row[1:]) if row else row for row in block.rows)
            return replace(block, caption=label.labelled(block.caption), columns=columns, rows=rows)
        case _:
            return block


def office_book(
    value: PaperValue, status: PaperStatus, sheets: Sequence[TableSheet], marking: str = ""
) -> TableBook:
    """Return a workbook of these sheets and the office's own, in the office's word for an area."""
    every = (*sheets, *office_sheets(value))
    return TableBook(
        title=value.title,
        marking=marking or value.marking,
        status=status.words,
        made_at=status.made_at,
        sheets=every,
        area=value.letterhead.area_label,
        logo=status.logo,
    )


def _person(what: str, who: str) -> str:
    """Return who somebody is, with what they are in the office where their post does not say it."""
    return who if what.casefold() in who.casefold() else f"{what}: {who}"


def named(value: PaperValue) -> str:
    """Return the office's name, or that it has none yet, as a workbook's note begins."""
    return value.office or NO_NAME


def _closing(value: PaperValue) -> Iterator[Block]:
    head = value.letterhead
    if head.signatory:
        name, _, post = head.signatory.partition(",")
        yield Together((Signature(post.strip() or f"For {value.office or 'the office'}", name.strip()),))
    for heading, text in head.words:
        yield Heading(heading, 2)
        yield Para(text)


def office_sheets(value: PaperValue) -> tuple[TableSheet, ...]:
    """Return the sheet that says who a workbook is from; none while the office has said nothing of itself."""
    rows = [("Office", value.office), *value.letterhead.facts]
    found = [row for row in rows if row[1]]
    if not value.letterhead.facts:
        return ()
    columns = (TableColumn("What", 28, "text", FIRST), TableColumn("In words", 90, "wrapped", SECOND))
    note = "Who this paper is from, as it was on the paper's day."
    return (TableSheet(ABOUT, ABOUT, note, columns, found),)
