"""The list of awards for the public as a workbook, as plain CSV and as pages, the same lines in each.

Conditions that several awards have stand in full once, by number, on a sheet or under a heading of their own;
a line of the CSV, which a program reads, has all of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from exchange.papers.document.grouping import MOST_LETTERS
from exchange.papers.document.values import Block, Column, Document, Heading, Para, Table, Together
from exchange.papers.headed import named
from exchange.papers.paper_words import NONE_GIVEN, paper_sentence
from exchange.papers.schedule.schedule_conditions import in_one_cell, numbers_in_words
from exchange.papers.transparency.pages import list_document
from exchange.papers.transparency.public_list import Sheet, Tick, up_to, write_list_csv, write_list_xlsx
from exchange.papers.transparency.taken_back import gone_blocks, gone_sheet
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet, column_sum, column_total
from models.papers.publication import PublicationList, PublishedAward
from models.papers.status import PaperStatus
from scoring.money import column_money

COLUMNS = (
    TableColumn("Award reference", 14),
    TableColumn("Fund", 18, "wrapped"),
    TableColumn("Financial year", 9),
    TableColumn("Recipient", 24, "wrapped"),
    TableColumn("Registration no.", 12, "wrapped"),
    TableColumn("Project", 22, "wrapped"),
    TableColumn("Purpose", 40, "wrapped"),
    TableColumn("Reasons", 30, "wrapped"),
    TableColumn("Conditions", 18, "wrapped"),
    TableColumn("From", 11, "day"),
    TableColumn("To", 11, "day"),
    TableColumn("Area", 14, "wrapped"),
    TableColumn("Amount", 12, "pounds"),
    TableColumn("Decided on", 11, "day"),
    TableColumn("Notice", 9),
    TableColumn("Decided at first", 12, "pounds"),
    TableColumn("Changed since", 28, "wrapped"),
    TableColumn("Classified as", 24, "wrapped"),
    TableColumn("Decided by", 24, "wrapped"),
)
PRINTED = 15
"""The columns that are printed, on one page's width: up to the notice."""
NUMBER_OF_A_CONDITION = TableColumn("No.", 7, "count")


NONE = "No grant was awarded in this period."
NONE_STANDS = "No grant that was awarded in this period stands."
SUMS, CONDITIONS = "By fund and area", "Conditions"
"""The sheet, and the heading on pages, with the conditions that several awards have."""
JOINED = {
    "Fund": (("Fund", "Financial year", "Area"), ", "),
    "From and to": (("From", "To"), " to "),
    "Decided": (("Decided on", "Notice"), ", notice "),
}
"""The columns of a line that stand in one row on pages, under a name, and what stands between them."""
IN_FULL = "Conditions in full"
"""Heads the conditions of a file without sheets or pages, one after the other."""
NO_CONDITIONS = "None"
ON_A_SHEET, AT_THE_END = "in full on the sheet Conditions", "in full at the end"

Told = Callable[[PublishedAward], str]
"""Says the conditions of an award."""


def write_publication_xlsx(
    published: PublicationList, status: PaperStatus, path: Path, tick: Tick = None
) -> Path:
    """Write the list as a workbook and return the path it really has."""
    numbers = _shared(published)
    sheet = _sheet(published, partial(_conditions, numbers, ON_A_SHEET), status)
    after = (
        *gone_sheet(published, published.gone),
        *_sums_sheet(published),
        *_conditions_sheet(published, numbers),
    )
    return write_list_xlsx(published, status, path, tick, sheet, after, PRINTED)


def write_publication_csv(
    published: PublicationList, status: PaperStatus, path: Path, tick: Tick = None
) -> Path:
    """Write the list as CSV, a line of the file for each award, and return its path."""
    columns = tuple(replace(c, heading=IN_FULL) if c.heading == CONDITIONS else c for c in COLUMNS)
    return write_list_csv(path, tick, columns, _lines(published, _in_full))


def publication_document(published: PublicationList, status: PaperStatus) -> Document:
    """Return the list as pages."""
    numbers = _shared(published)
    heads = ("Award reference", "Recipient", "Amount")
    sheet = _sheet(published, partial(_conditions, numbers, AT_THE_END), status)
    after = (*gone_blocks(published.gone), *_sums(published), *_conditions_blocks(numbers))
    none = up_to(NONE_STANDS if published.none_stands else NONE, published.ends_on, status)
    return list_document(published, status, sheet, heads, none, after, JOINED)


def _sums(published: PublicationList) -> Iterator[Block]:
    """Yield the sum of each fund and of each area of it, where there are several."""
    found = _by_fund_and_area(published)
    if len(found) < 2:
        return
    show = column_money(sum(amounts) for amounts in found.values())
    rows = [(*of, str(len(amounts)), show(sum(amounts))) for of, amounts in found.items()]
    whole = sum(award.amount_pence for award in published.awards)
    rows.append(("Total", "", str(len(published.awards)), show(whole)))
    columns = (
        Column("Fund", 3),
        Column("Area", 2),
        Column("Awards", 1, is_figure=True),
        Column("Amount", 1.5, is_figure=True),
    )
    yield Table(SUMS, columns, tuple(rows), frozenset({len(rows) - 1}))


def _by_fund_and_area(published: PublicationList) -> dict[tuple[str, str], list[int]]:
    """Return the amounts of each area of each fund, in the order of their names."""
    found: dict[tuple[str, str], list[int]] = {}
    for award in published.awards:
        found.setdefault((award.fund, award.area), []).append(award.amount_pence)
    return dict(sorted(found.items()))


def _sums_sheet(published: PublicationList) -> Iterator[TableSheet]:
    """Yield the same sums as a sheet, where there are several."""
    found = _by_fund_and_area(published)
    if len(found) > 1:
        columns = (
            TableColumn("Fund", 40, "wrapped"),
            TableColumn("Area", 30, "wrapped"),
            TableColumn("Awards", 10, "count"),
            TableColumn("Amount", 18, "pounds"),
        )
        rows = [(*of, len(amounts), sum(amounts)) for of, amounts in found.items()]
        many, whole = len(published.awards), sum(award.amount_pence for award in published.awards)
        total = ("Total", None, column_total(3, len(rows), many), column_sum(4, len(rows), whole))
        note = f"{named(published)}. What each area of each fund was awarded."
        yield TableSheet(SUMS, SUMS, note, columns, rows, (total,))


def _shared(published: PublicationList) -> dict[str, int]:
    """Return the conditions that several awards have, each with its number from 1."""
    held = Counter(text for award in published.awards for text in dict.fromkeys(_said(award)))
    return {text: number for number, text in enumerate((t for t, times in held.items() if times > 1), 1)}


def _conditions(numbers: Mapping[str, int], where: str, award: PublishedAward) -> str:
    """Return an award's conditions, those that others have too by their numbers."""
    shared = [text for text in _said(award) if text in numbers]
    own = [text for text in _said(award) if text not in numbers]
    if not award.conditions:
        return NO_CONDITIONS
    return "\n".join([*([f"{numbers_in_words(shared, numbers)} ({where})"] if shared else []), *own])


def _in_full(award: PublishedAward) -> str:
    return in_one_cell(_said(award))


def _said(award: PublishedAward) -> tuple[str, ...]:
    """Return an award's conditions as a paper says them."""
    return tuple(map(paper_sentence, award.conditions))


def _conditions_sheet(published: PublicationList, numbers: Mapping[str, int]) -> Iterator[TableSheet]:
    if numbers:
        note = f"{named(published)}. The sheet Awards names them by these numbers."
        columns = (NUMBER_OF_A_CONDITION, TableColumn("Condition", 110, "wrapped"))
        rows = [(number, text) for text, number in numbers.items()]
        yield TableSheet(CONDITIONS, CONDITIONS, note, columns, rows)


def _conditions_blocks(numbers: Mapping[str, int]) -> Iterator[Block]:
    if not numbers:
        return
    told = tuple(Para(text, number=f"{number}.") for text, number in numbers.items())
    if sum(map(len, numbers)) <= MOST_LETTERS:
        yield Together((Heading(CONDITIONS), *told))
    else:
        yield Heading(CONDITIONS)
        yield from told


def _sheet(published: PublicationList, told: Told, status: PaperStatus) -> Sheet:
    """Return the list; one of a time that is not over says up to which day it goes."""
    order = up_to("By the day of decision", published.ends_on, status)
    return ("Awards", order, COLUMNS, _lines(published, told))


def _lines(published: PublicationList, told: Told) -> list[tuple[TableCell, ...]]:
    return [_cells(award, told) for award in published.awards]


def _cells(award: PublishedAward, told: Told) -> tuple[TableCell, ...]:
    return (
        award.reference,
        award.fund,
        award.year,
        award.recipient,
        award.numbers,
        award.project,
        award.purpose or NONE_GIVEN,
        award.reasons,
        told(award),
        award.start_on,
        award.end_on,
        award.area,
        award.amount_pence,
        award.decided_on,
        award.notice,
        award.first_pence,
        paper_sentence(award.amended),
        award.counted_under,
        award.decided_by,
    )
