"""What an office publishes of awards, spending, contracts and subsidies, or gives of a round on request."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from exchange.atomic import Tick
from exchange.papers.document.values import Block, Document, Heading, Pairs, Para, Together
from exchange.papers.paper_writing import cell_words, named, office_book, prose, table_of
from exchange.papers.schedule.schedule_sheets import in_one_cell, numbers_in_words
from exchange.papers.templates.blocks import filled
from exchange.xlsx.table import TableColumn, TableSheet, columns_of, row_cells
from exchange.xlsx.table_book import write_table_book, write_table_csv
from models.papers.paper_words import paper_sentence, said_rules, without_capital
from models.papers.status import PaperStatus
from models.papers.transparency.lists import NONE as NO_MARK
from models.papers.transparency.lists import (
    ContractList,
    Disclosure,
    Given,
    GivenRound,
    PublicationList,
    PublishedAward,
    SpendingList,
    SubsidyList,
)
from models.values.awards import KINDS
from models.values.rows import gathered
from scoring.written.days import full_day
from scoring.written.text import with_capital

Listed = PublicationList | SpendingList | ContractList | SubsidyList
Joined = Mapping[str, tuple[Sequence[str], str]]
"""The columns that stand in one row under a name, and what stands between them."""
NOT_JOINED: Joined = {}
NO_SUMS: Mapping[tuple[str, str], Sequence[int]] = {}
NO_CONDITIONS: Mapping[str, int] = {}
GONE = "Taken back since"
SPENDING_COLUMNS = columns_of("spending")
CONTRACT_COLUMNS = columns_of("contracts")
SUBSIDY_COLUMNS = columns_of(
    "subsidies", what_it_is=lambda subsidy: KINDS[subsidy.kind], instrument=lambda _: GRANT
)
GRANT = "Direct grant"
"""What every award is in the words of the database."""
NOT_HELD = (
    "The database also asks for the size of the recipient, its sector and its region, which are chosen there."
)
NO_MORE = (
    "What an earlier version listed and this one does not was sent back or corrected since, or is not above "
    "the limit any more."
)
NO_SUBSIDY = "No award decided in this period is a subsidy above the threshold."
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
ON_A_SHEET, AT_THE_END = "in full on the sheet Conditions", "in full at the end"


class PublicList(Struct, frozen=True):
    """A list: its name, what its order is, its columns, the fact of each line, and what is said of no line.

    On pages `heads` are the columns that head a line, and what is `joined` under a name stands in one row,
    in the place of the first column of it. Of a wide sheet the first `printed_columns` alone are printed.
    `beside` is said besides, `gone` are sentences on what was awarded in its time and taken back since: an
    earlier list may name it. `sums` are the amounts of each area of each fund, `conditions` those that
    several awards have, each with its number from 1.
    """

    name: str
    order: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Any]
    none: str
    heads: tuple[str, ...]
    joined: Joined = NOT_JOINED
    printed_columns: int = 0
    beside: str = ""
    gone: tuple[str, ...] = ()
    sums: Mapping[tuple[str, str], Sequence[int]] = NO_SUMS
    conditions: Mapping[str, int] = NO_CONDITIONS


def write_list_xlsx(value: Listed, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write a list as a workbook and return the path it really has."""
    listed = _list_of(value, status, ON_A_SHEET)
    order = ". ".join(filter(None, (listed.order, listed.beside.rstrip("."))))
    note = f"{named(value)}. {value.control}. {order}."
    sheet = TableSheet(
        *(listed.name, value.title, note, listed.columns, listed.rows), printed_columns=listed.printed_columns
    )
    behind = (replace(one, note=f"{named(value)}. {one.note}") for one in _behind(listed))
    return write_table_book(office_book(value, status, (sheet, *behind)), path, tick)


def write_list_csv(value: Listed, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write a list as CSV, in which nothing stands elsewhere, and return its path."""
    listed = _list_of(value, status, "")
    return write_table_csv(path, listed.columns, listed.rows, tick)


def list_document(value: Listed, status: PaperStatus) -> Document:
    """Return a list as pages."""
    listed = _list_of(value, status, AT_THE_END)
    first = Heading(f"{listed.name}, {without_capital(listed.order)}")
    none = Para(up_to(listed.none, value.ends_on, status))
    blocks = (first, *_blocks(listed)) if listed.rows else (none,)
    beside = (Para(listed.beside),) if listed.beside else ()
    parts = (part for one in _behind(listed) for part in (Heading(one.name), Para(one.note), table_of(one)))
    return prose(value, status, (*blocks, *beside, *parts), (value.control,))


def _list_of(value: Listed, status: PaperStatus, where: str) -> PublicList:
    """Return a list as it is read; `where` conditions of several awards stand in full, "" for in their cells.

    What is handed on as CSV keeps the legal basis as it was written.
    """
    decided = up_to("By the day of decision", value.ends_on, status)
    match value:
        case SpendingList():
            return PublicList(
                "Spending",
                up_to("By day", value.ends_on, status),
                SPENDING_COLUMNS,
                value.payments,
                "Nothing above the limit was paid in this period.",
                ("Paid on", "Paid to", "Amount"),
                beside=f"{value.came_back} {NO_MORE if (status.version or 0) > 1 else ''}".strip(),
            )
        case ContractList():
            stands = "that was awarded in this period stands" if value.gone else "was awarded in this period"
            heads, none = ("Award reference", "Supplier", "Amount"), f"No contract above the limit {stands}."
            return PublicList(
                *("Contracts", decided, CONTRACT_COLUMNS, value.contracts, none, heads), gone=value.gone
            )
        case SubsidyList():
            begun = [replace(one, legal_power=with_capital(one.legal_power)) for one in value.subsidies]
            rows, heads = begun if where else value.subsidies, ("Award reference", "Recipient", "Amount")
            return PublicList(
                *("Subsidies", decided, SUBSIDY_COLUMNS, rows, NO_SUBSIDY, heads),
                beside=NOT_HELD if value.subsidies else "",
            )
        case PublicationList():
            return _publication(value, decided, where)


def _publication(value: PublicationList, order: str, where: str) -> PublicList:
    numbers = _shared(value)
    told = partial(_conditions, numbers, where) if where else (lambda award: in_one_cell(_said(award)))
    columns = columns_of(
        "publication",
        conditions=CONDITIONS if where else IN_FULL,
        told=told,
        changed_since=lambda award: paper_sentence(award.amended),
    )
    sums = gathered(((award.fund, award.area), award.amount_pence) for award in value.awards)
    return PublicList(
        *("Awards", order, columns, value.awards, NONE_STANDS if value.gone else NONE),
        ("Award reference", "Recipient", "Amount"),
        JOINED,
        PRINTED,
        gone=value.gone,
        sums=dict(sorted(sums.items())) if len(sums) > 1 else NO_SUMS,
        conditions=numbers,
    )


def _blocks(listed: PublicList) -> Iterator[Block]:
    for line in row_cells(listed.columns, listed.rows):
        cells = zip(listed.columns, line, strict=True)
        told = {column.heading: "" if cell is None else cell_words(cell, column) for column, cell in cells}
        head = Heading(", ".join(filter(None, (told[name] for name in listed.heads))), 2)
        rows = {name: text for name, text in told.items() if text and name not in listed.heads}
        yield Together((head, Pairs(tuple(_in_rows(rows, listed.joined).items()))))


def _in_rows(rows: Mapping[str, str], joined: Joined) -> dict[str, str]:
    """Return the rows of a line, with those that are joined in one."""
    under = {of: name for name, (columns, _) in joined.items() for of in columns}
    found = gathered((under.get(name, name), text) for name, text in rows.items())
    between = {name: sign for name, (_, sign) in joined.items()}
    return {name: between.get(name, "").join(texts) for name, texts in found.items()}


def up_to(words: str, ends_on: date, status: PaperStatus) -> str:
    """Return words on a list, with the day to which it goes where its time is not over on the paper's day."""
    if status.dated >= ends_on:
        return words
    end = "." if words.endswith(".") else ""
    return f"{words.removesuffix('.')}, up to {full_day(status.dated)}{end}"


def _behind(listed: PublicList) -> Iterator[TableSheet]:
    """Yield what was taken back, the sums where there are several, and shared conditions."""
    if listed.gone:
        columns: tuple[TableColumn, ...] = (TableColumn("What was decided", 110, "wrapped", paper_sentence),)
        yield TableSheet(GONE, GONE, "An earlier list may name it; it is in no sum.", columns, listed.gone)
    if listed.sums:
        columns = columns_of(
            "publication sums", awards=lambda each: len(each[1]), amount=lambda each: sum(each[1])
        )
        note = "What each area of each fund was awarded."
        yield TableSheet(SUMS, SUMS, note, columns, tuple(listed.sums.items()))
    if numbers := listed.conditions:
        note = "The awards name them by these numbers."
        columns = columns_of("publication conditions", number=numbers.get, condition=str)
        yield TableSheet(CONDITIONS, CONDITIONS, note, columns, tuple(numbers))


def _shared(published: PublicationList) -> dict[str, int]:
    """Return the conditions that several awards have, each with its number from 1."""
    held = Counter(text for award in published.awards for text in dict.fromkeys(_said(award)))
    return {text: number for number, text in enumerate((t for t, times in held.items() if times > 1), 1)}


def _conditions(numbers: Mapping[str, int], where: str, award: PublishedAward) -> str:
    """Return an award's conditions, those that others have too by their numbers."""
    shared = [text for text in _said(award) if text in numbers]
    own = [text for text in _said(award) if text not in numbers]
    if not award.conditions:
        return "None"
    return "\n".join([*([f"{numbers_in_words(shared, numbers)} ({where})"] if shared else []), *own])


def _said(award: PublishedAward) -> tuple[str, ...]:
    """Return an award's conditions as a paper says them."""
    return tuple(map(paper_sentence, award.conditions))


COLUMNS = columns_of(
    "disclosure",
    awarded=lambda one: None if one.awarded_pence is None else one.first_pence,
    reasons=lambda line: paper_sentence(line.reasons),
)
CAME_ABOUT = TableColumn("How it came about", 40, "wrapped", lambda line: paper_sentence(line.came_about))
TODAY = TableColumn("Award today", 12, "pounds", "awarded_pence")
"""Stands where an award is not what was decided any more."""
FILES = TableColumn("Files", 40, "wrapped", lambda line: "; ".join(line.files))


def write_disclosure_xlsx(value: Disclosure, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write it as a workbook and return the path it really has."""
    if value.is_direct:
        return write_table_book(office_book(value, status, tuple(_direct_sheets(value))), path, tick)
    marks = (TableColumn(code, 8, "text", partial(_mark, code)) for code in value.codes)
    rounds = () if value.round else (TableColumn("Round", 24, "wrapped", "round"),)
    place = replace(COLUMNS[9], heading="Place in its list" if value.shares_lists else "Place in its area")
    columns = (*COLUMNS[:9], place, *marks, *COLUMNS[10:], *_beside(value), *rounds)
    panels = (f"{of.name}: {said}" if of.name else said for of in value.rounds for said in of.panel)
    shared = dict.fromkeys(words for one in value.rounds for words in one.shared)
    budgets = " ".join(("The budget of each area.", *shared))
    apart = "Awards without a competition", value.apart_words
    titles = (TableColumn("Title of the information", 90, "wrapped", str),)
    note = "How marks come to a total, a place and money."
    rules = _of_rounds(value, "Rules", note, "rules", lambda of: said_rules(of.rules))
    sheets = (
        _sheet(value, "Applications", f"{value.control}.", columns, value.lines),
        _of_rounds(value, "How it was judged", f"{'; '.join(panels)}.", "criteria", attrgetter("criteria")),
        *((rules,) if rules.rows else ()),
        _of_rounds(value, "Money", budgets, "budgets", attrgetter("areas")),
        *((_sheet(value, *apart, titles, value.apart),) if value.apart else ()),
        *_about_sheets(value),
    )
    return write_table_book(office_book(value, status, sheets), path, tick)


def _sheet(
    value: Disclosure, name: str, note: str, columns: tuple[TableColumn, ...], rows: Sequence[Any]
) -> TableSheet:
    return TableSheet(name, value.title, f"{named(value)}. {note}", columns, rows)


def _beside(value: Disclosure) -> Iterator[TableColumn]:
    """Yield the columns that only some have anything to say in."""
    yield from (TODAY,) if value.changed else ()
    yield from (FILES,) if value.has_files else ()


def _direct_sheets(value: Disclosure) -> Iterator[TableSheet]:
    """Yield the sheets of awards without a competition: no marks, no places, no criteria."""
    columns = (*COLUMNS[:5], CAME_ABOUT, *COLUMNS[6:8], *COLUMNS[10:], *_beside(value))
    yield _sheet(value, "Awards", f"{value.control}. {value.uncompeted}", columns, value.lines)
    columns = columns_of("disclosure who decided")
    decided = said_rules(value.rules)
    if decided:
        yield _sheet(value, "Who decided", "Who decided.", columns, decided)
    yield from _about_sheets(value)


def _about_sheets(value: Disclosure) -> Iterator[TableSheet]:
    if value.about:
        columns = columns_of("disclosure about")
        yield _sheet(value, "About", "About this information.", columns, value.about)


def disclosure_document(value: Disclosure, status: PaperStatus) -> Document:
    return prose(value, status, filled("disclosure", value), (value.control,))


def _mark(code: str, line: Given) -> str | None:
    """Return the mark under a criterion, None where no marks were agreed on a line."""
    return dict(line.marks).get(code, NO_MARK) if line.marks else None


class _OfRound(NamedTuple):
    """A criterion, a rule or a budget, and the round that it is of."""

    one: Any
    round: GivenRound


def _of_rounds(
    value: Disclosure, name: str, note: str, layout: str, told: Callable[[GivenRound], Iterable[Any]]
) -> TableSheet:
    """Return the sheet of what is told of each round; of several it is said which."""
    named = () if value.round else (TableColumn("Round", 30, "wrapped", "round.name"),)
    rows = [_OfRound(one, each) for each in value.rounds for one in told(each)]
    return _sheet(value, name, note, (*columns_of(f"disclosure {layout}"), *named), rows)
