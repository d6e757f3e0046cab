"""Writing any paper in any of its forms, under its office's head; each writer is loaded when first used."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from exchange.atomic import Tick
from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Look,
    Pairs,
    Para,
    Signature,
    Table,
    Together,
)
from exchange.xlsx.table import (
    ABOUT,
    TOTAL,
    TableBook,
    TableCell,
    TableColumn,
    TableSheet,
    columns_of,
    row_cells,
)
from models.papers.kinds import KINDS, PaperKind, has_pence
from models.papers.office import NO_NAME
from models.papers.order import PaperValue
from models.papers.paper_words import NONE_GIVEN, pounds, short_day
from models.papers.status import PaperStatus
from scoring.money import in_one_form, one_form
from scoring.written.area_label import AREA, AreaLabel
from scoring.written.text import Refused, in_one_run, list_item, listed


def headed(document: Document, value: PaperValue, status: PaperStatus) -> Document:
    """Return a paper under the head of its office, with who signs for it and its standing words last."""
    head = value.letterhead
    label = head.area_label
    people = (who if what.casefold() in who.casefold() else f"{what}: {who}" for what, who in head.people)
    return replace(
        document,
        blocks=(*(_labelled(block, label) for block in document.blocks), *_closing(value)),
        above=head.named(document.above),
        reached=(*people, *head.reached),
        logo=status.logo,
    )


def _labelled(block: Block, label: AreaLabel) -> Block:
    match block:
        case _ if label == AREA:
            return block
        case Together():
            return replace(block, blocks=tuple(_labelled(each, label) for each in block.blocks))
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
    columns = columns_of("about")
    note = "Who this paper is from, as it was on the paper's day."
    return (TableSheet(ABOUT, ABOUT, note, columns, found),)


def prose(
    value: PaperValue,
    status: PaperStatus,
    blocks: Iterable[Block],
    under: Iterable[str],
    *,
    is_landscape: bool = False,
) -> Document:
    """Return a paper of these blocks; `under` stands below its title, what is empty left out."""
    return Document(
        title=value.title,
        blocks=tuple(blocks),
        made_at=status.made_at,
        subtitle=in_one_form(" · ".join(filter(None, under))),
        above=value.office,
        marking=value.marking,
        status=status.words,
        is_draft=status.is_draft,
        below=status.below,
        is_landscape=is_landscape,
    )


def written(
    texts: Iterable[str], numbers: Iterator[int] | None = None, look: Look = Look.BODY
) -> Iterator[Para | Bullets]:
    """Yield what an office wrote, a paragraph a line, with a number each where there are any.

    Lines that begin with a sign such as "•" or "-" are the items of a list, which have none.
    """
    for is_list, lines in groupby(texts, lambda line: bool(list_item(line))):
        if is_list:
            yield Bullets(tuple(map(list_item, lines)))
        else:
            yield from (
                Para(line, look, number="" if numbers is None else f"{next(numbers)}.") for line in lines
            )


def table_of(sheet: TableSheet, *, caption: str = "", without: Collection[str] = ()) -> Table:
    """Return the table of a sheet for pages, with its sums, `without` the columns of these headings.

    A column of texts in which nothing stands is left out, and so is one that is hidden.
    """
    every = [column for column in sheet.columns if not (column.is_hidden or column.heading in without)]
    cells = list(zip(*row_cells(every, sheet.rows), strict=True)) or [()] * len(every)
    shown = [(c, own) for c, own in zip(every, cells, strict=True) if is_figure(c) or any(own)]
    said = [[cell_words(cell, column) for cell in own] for column, own in shown]
    rows = list(zip(*said, strict=True))
    if any(column.is_summed for column, _ in shown):
        rows.append((TOTAL, *(_sum_words(column, own) for column, own in shown[1:])))
    columns = tuple(Column(column.heading, column.width, is_figure(column)) for column, _ in shown)
    return Table(caption, columns, tuple(rows), frozenset(range(len(sheet.rows), len(rows))))


def is_figure(column: TableColumn) -> bool:
    return column.kind in ("count", "pounds")


def _sum_words(column: TableColumn, cells: Iterable[TableCell]) -> str:
    return cell_words(sum(c for c in cells if isinstance(c, int)), column) if column.is_summed else ""


def cell_words(cell: TableCell, column: TableColumn) -> str:
    """Return a cell as pages say it: a figure that is not there is a dash."""
    if cell is None:
        return NONE_GIVEN if is_figure(column) else ""
    if isinstance(cell, int):
        return pounds(cell) if column.kind == "pounds" else f"{cell:,}"
    return short_day(cell) if isinstance(cell, date) else in_one_run(str(cell))


def write_paper(
    kind: str, value: PaperValue, status: PaperStatus, path: Path, tick: Tick = None, **beside: Any
) -> Path:
    """Write a paper in the form that the path's ending asks for and return the path it really has.

    `beside` is what a writer takes that is not among the values: `sure` of an award schedule.
    """
    found = KINDS[kind]
    with one_form(has_pence=found.always_has_pence or has_pence(value)):
        return _written(found, value, status, path, tick, **beside)


def _written(
    found: PaperKind, value: PaperValue, status: PaperStatus, path: Path, tick: Tick, **beside: Any
) -> Path:
    ending = path.suffix.casefold()
    name = found.writers.get(ending) or found.writers.get("")
    if name is not None:
        written: Path = found.load(name)(value, status, path, tick, **beside)
        return written
    if ending not in found.endings:
        endings = listed(found.endings, "or")
        raise Refused(f"{found.code} writes a file that ends in {endings}; {path.name} does not. Rename it.")
    return _write_document(headed(found.load(found.document)(value, status), value, status), path, tick)


def _write_document(document: Document, path: Path, tick: Tick) -> Path:
    if path.suffix.casefold() == ".pdf":
        from exchange.papers.document.pdf import write_document_pdf

        return write_document_pdf(document, path, tick)
    from exchange.papers.document.docx import write_document_docx

    return write_document_docx(document, path, tick)
