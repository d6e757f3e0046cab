"""The list of awards for the public as a workbook, as plain CSV and as pages, the same lines in each.

Conditions that several awards have stand in full once, by number, on a sheet or under a heading of their own;
a line of the CSV, which a program reads, has all of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from exchange.papers.document.grouping import MOST_LETTERS
from exchange.papers.document.values import Block, Column, Document, Heading, Para, Table, Together
from exchange.papers.headed import named
from exchange.papers.paper_words import NONE_GIVEN, paper_sentence
from exchange.papers.schedule.schedule_words import in_one_cell, numbers_in_words
from exchange.papers.transparency.lists import (
    PublicList,
    gone_blocks,
    gone_sheet,
    list_document,
    up_to,
    write_list_xlsx,
)
from exchange.xlsx.table_book import TableColumn, TableSheet, Tick, write_table_csv
from models.papers.publication import PublicationList, PublishedAward
from models.papers.status import PaperStatus
from scoring.money import column_money

PRINTED = 15
"""The columns that are printed, on one page's width: up to the notice."""
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
    listed = _listed(published, partial(_conditions, numbers, ON_A_SHEET), status)
    after = (
        *gone_sheet(published, published.gone),
        *_sums_sheet(published),
        *_conditions_sheet(published, numbers),
    )
    return write_list_xlsx(published, status, path, tick, listed, after)


def write_publication_csv(
    published: PublicationList, status: PaperStatus, path: Path, tick: Tick = None
) -> Path:
    """Write the list as CSV, a line of the file for each award, and return its path."""
    return write_table_csv(path, _columns(_in_full, IN_FULL), published.awards, tick)


def publication_document(published: PublicationList, status: PaperStatus) -> Document:
    """Return the list as pages."""
    numbers = _shared(published)
    listed = _listed(published, partial(_conditions, numbers, AT_THE_END), status)
    after = (*gone_blocks(published.gone), *_sums(published), *_conditions_blocks(numbers))
    none = up_to(NONE_STANDS if published.none_stands else NONE, published.ends_on, status)
    return list_document(published, status, listed, none, after)


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
            TableColumn("Fund", 40, "wrapped", lambda each: each[0][0]),
            TableColumn("Area", 30, "wrapped", lambda each: each[0][1]),
            TableColumn("Awards", 10, "count", lambda each: len(each[1]), is_summed=True),
            TableColumn("Amount", 18, "pounds", lambda each: sum(each[1]), is_summed=True),
        )
        note = f"{named(published)}. What each area of each fund was awarded."
        yield TableSheet(SUMS, SUMS, note, columns, tuple(found.items()))


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
        columns = (
            TableColumn("No.", 7, "count", numbers.get),
            TableColumn("Condition", 110, "wrapped", str),
        )
        yield TableSheet(CONDITIONS, CONDITIONS, note, columns, tuple(numbers))


def _conditions_blocks(numbers: Mapping[str, int]) -> Iterator[Block]:
    if not numbers:
        return
    told = tuple(Para(text, number=f"{number}.") for text, number in numbers.items())
    if sum(map(len, numbers)) <= MOST_LETTERS:
        yield Together((Heading(CONDITIONS), *told))
    else:
        yield Heading(CONDITIONS)
        yield from told


def _listed(published: PublicationList, told: Told, status: PaperStatus) -> PublicList:
    """Return the list; one of a time that is not over says up to which day it goes."""
    order, heads = (
        up_to("By the day of decision", published.ends_on, status),
        ("Award reference", "Recipient", "Amount"),
    )
    return PublicList("Awards", order, _columns(told), published.awards, heads, JOINED, PRINTED)


def _columns(told: Told, conditions: str = CONDITIONS) -> tuple[TableColumn, ...]:
    """Return the columns of the list, in which conditions are told so under this heading."""
    return (
        TableColumn("Award reference", 14, "text", "reference"),
        TableColumn("Fund", 18, "wrapped", "fund"),
        TableColumn("Financial year", 9, "text", "year"),
        TableColumn("Recipient", 24, "wrapped", "recipient"),
        TableColumn("Registration no.", 12, "wrapped", "numbers"),
        TableColumn("Project", 22, "wrapped", "project"),
        TableColumn("Purpose", 40, "wrapped", lambda award: award.purpose or NONE_GIVEN),
        TableColumn("Reasons", 30, "wrapped", "reasons"),
        TableColumn(conditions, 18, "wrapped", told),
        TableColumn("From", 11, "day", "start_on"),
        TableColumn("To", 11, "day", "end_on"),
        TableColumn("Area", 14, "wrapped", "area"),
        TableColumn("Amount", 12, "pounds", "amount_pence", is_summed=True),
        TableColumn("Decided on", 11, "day", "decided_on"),
        TableColumn("Notice", 9, "text", "notice"),
        TableColumn("Decided at first", 12, "pounds", "first_pence"),
        TableColumn("Changed since", 28, "wrapped", lambda award: paper_sentence(award.amended)),
        TableColumn("Classified as", 24, "wrapped", "counted_under"),
        TableColumn("Decided by", 24, "wrapped", "decided_by"),
    )
