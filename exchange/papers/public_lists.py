"""The lists that an office publishes: awards, spending, contracts and subsidies, as pages, sheets and CSV."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from exchange.papers.document.layout import MOST_LETTERS
from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Pairs,
    Para,
    Table,
    Together,
)
from exchange.papers.paper_words import NONE_GIVEN, paper_sentence, short_day
from exchange.papers.paper_writing import named, office_book, prose
from exchange.papers.schedule.schedule_words import in_one_cell, numbers_in_words
from exchange.xlsx.table_book import (
    TableCell,
    TableColumn,
    TableSheet,
    Tick,
    row_cells,
    write_table_book,
    write_table_csv,
)
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from models.papers.transparency.lists import (
    ContractList,
    PublicationList,
    PublishedAward,
    SpendingList,
    SubsidyList,
)
from models.values.awards import KINDS
from scoring.money import column_money
from scoring.written.days import full_day
from scoring.written.text import in_one_run, with_capital

Joined = Mapping[str, tuple[Sequence[str], str]]
"""The columns that stand in one row under a name, and what stands between them."""
NOT_JOINED: Joined = {}
GONE = "Taken back since"


class PublicList(Struct, frozen=True):
    """A list: its name, what its order is, its columns, and the fact of each line.

    On pages `heads` are the columns that head a line, and what is `joined` under a name stands in one row,
    in the place of the first column of it. Of a wide sheet the first `printed_columns` alone are printed.
    """

    name: str
    order: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Any]
    heads: tuple[str, ...]
    joined: Joined = NOT_JOINED
    printed_columns: int = 0


def write_list_xlsx(
    value: PaperValue,
    status: PaperStatus,
    path: Path,
    tick: Tick,
    listed: PublicList,
    after: Sequence[TableSheet] = (),
) -> Path:
    """Write a list as a workbook, `after` it other sheets, and return the path it really has."""
    note = f"{named(value)}. {value.control}. {listed.order}."
    sheet = TableSheet(
        *(listed.name, value.title, note, listed.columns, listed.rows), printed_columns=listed.printed_columns
    )
    return write_table_book(office_book(value, status, (sheet, *after)), path, tick)


def list_document(
    value: PaperValue, status: PaperStatus, listed: PublicList, none: str, after: Sequence[Block] = ()
) -> Document:
    """Return a list as a paper; `none` says that there is no line, `after` are the blocks below all lines."""
    first = Heading(f"{listed.name}, {listed.order[:1].lower()}{listed.order[1:]}")
    blocks = (first, *_blocks(listed)) if listed.rows else (Para(none),)
    return prose(value, status, (*blocks, *after), (value.control,))


def _blocks(listed: PublicList) -> Iterator[Block]:
    lines = row_cells(listed.columns, listed.rows)
    by_column = zip(listed.columns, zip(*lines, strict=True), strict=True)
    shown = [column_money(_sums(column, cells)) for column, cells in by_column]
    for line in lines:
        told = {
            column.heading: _cell_text(cell, column, show)
            for column, cell, show in zip(listed.columns, line, shown, strict=True)
        }
        head = Heading(", ".join(filter(None, (told[name] for name in listed.heads))), 2)
        rows = {name: text for name, text in told.items() if text and name not in listed.heads}
        yield Together((head, Pairs(tuple(_in_rows(rows, listed.joined).items()))))


def _in_rows(rows: Mapping[str, str], joined: Joined) -> dict[str, str]:
    """Return the rows of a line, with those that are joined in one."""
    under = {of: name for name, (columns, _) in joined.items() for of in columns}
    found: dict[str, list[str]] = {}
    for name, text in rows.items():
        found.setdefault(under.get(name, name), []).append(text)
    between = {name: sign for name, (_, sign) in joined.items()}
    return {name: between.get(name, "").join(texts) for name, texts in found.items()}


def _sums(column: TableColumn, cells: Sequence[TableCell]) -> list[int]:
    """Return the sums in a column, which are all told with pence where one has some."""
    return [cell for cell in cells if column.kind == "pounds" and isinstance(cell, int)]


def _cell_text(cell: TableCell, column: TableColumn, show: Callable[[int], str]) -> str:
    if column.kind == "pounds" and isinstance(cell, int):
        return show(cell)
    if isinstance(cell, date):
        return short_day(cell)
    return "" if cell is None else in_one_run(str(cell))


def up_to(words: str, ends_on: date | None, status: PaperStatus) -> str:
    """Return words on a list, with the day to which it goes where its time is not over on the paper's day."""
    if ends_on is None or status.dated >= ends_on:
        return words
    end = "." if words.endswith(".") else ""
    return f"{words.removesuffix('.')}, up to {full_day(status.dated)}{end}"


def gone_blocks(gone: Sequence[str]) -> Iterator[Block]:
    """Yield what was awarded in the time of a list and taken back since: an earlier list may name it."""
    if gone:
        yield Heading(GONE)
        yield Bullets(tuple(paper_sentence(f"{words}.") for words in gone))


def gone_sheet(value: PaperValue, gone: Sequence[str]) -> Iterator[TableSheet]:
    """Yield it as a sheet of its own."""
    if gone:
        note = f"{named(value)}. An earlier list may name it; it is in no sum."
        columns = (TableColumn("What was decided", 110, "wrapped", paper_sentence),)
        yield TableSheet(GONE, GONE, note, columns, gone)


BY_DAY = "By the day of decision"
SPENDING_COLUMNS = (
    TableColumn("Paid on", 11, "day", "on"),
    TableColumn("Paid to", 24, "wrapped", "payee"),
    TableColumn("Registration no.", 12, "wrapped", "numbers"),
    TableColumn("Amount", 12, "pounds", "amount_pence", is_summed=True),
    TableColumn("What", 12, "wrapped", "what"),
    TableColumn("Fund", 18, "wrapped", "fund"),
    TableColumn("Area", 14, "wrapped", "area"),
    TableColumn("Purpose", 32, "wrapped", "purpose"),
    TableColumn("Reasons", 32, "wrapped", "reasons"),
    TableColumn("Award reference", 14, "text", "award"),
    TableColumn("How it was awarded", 16, "wrapped", "route"),
)
CONTRACT_COLUMNS = (
    TableColumn("Award reference", 14, "text", "award"),
    TableColumn("Supplier", 24, "wrapped", "supplier"),
    TableColumn("Registration no.", 12, "wrapped", "numbers"),
    TableColumn("Contract", 24, "wrapped", "what"),
    TableColumn("Purpose", 30, "wrapped", "purpose"),
    TableColumn("Fund", 18, "wrapped", "fund"),
    TableColumn("How it was awarded", 20, "wrapped", "route_words"),
    TableColumn("Why there was no competition", 28, "wrapped", "route_reason"),
    TableColumn("Amount", 13, "pounds", "amount_pence", is_summed=True),
    TableColumn("From", 11, "day", "starts_on"),
    TableColumn("To", 11, "day", "ends_on"),
    TableColumn("Option years", 8, "count", lambda contract: contract.option_years or None),
    TableColumn("May be ended early on", 11, "day", "break_on"),
    TableColumn("Decided on", 11, "day", "decided_on"),
    TableColumn("Notice", 9, "text", "notice"),
    TableColumn("Agreed on", 11, "day", lambda contract: contract.agreed_on or NOT_SIGNED),
    TableColumn("Changed since", 30, "wrapped", "changed"),
    TableColumn("Decided by", 24, "wrapped", "decided_by"),
)
NOT_SIGNED = "Not signed yet"
"""What stands for the day of an agreement that both sides have still to sign."""
SUBSIDY_COLUMNS = (
    TableColumn("Award reference", 14, "text", "award"),
    TableColumn("Recipient", 24, "wrapped", "organisation"),
    TableColumn("Registration no.", 12, "wrapped", "numbers"),
    TableColumn("What it is", 26, "wrapped", lambda subsidy: KINDS[subsidy.kind]),
    TableColumn("Instrument", 12, "wrapped", lambda _: GRANT),
    TableColumn("Legal basis", 24, "wrapped", "legal_power"),
    TableColumn("Fund", 18, "wrapped", "fund"),
    TableColumn("Project", 24, "wrapped", "project"),
    TableColumn("Purpose", 34, "wrapped", "purpose"),
    TableColumn("Amount", 13, "pounds", "amount_pence", is_summed=True),
    TableColumn("Decided on", 11, "day", "decided_on"),
    TableColumn("Notice", 9, "text", "notice"),
    TableColumn("Confirmed on", 11, "day", "confirmed_on"),
)
GRANT = "Direct grant"
"""What every award is in the words of the database."""
NOT_HELD = (
    "The database also asks for the size of the recipient, its sector and its region, which are chosen there."
)
NO_SUBSIDY = "No award decided in this period is a subsidy above the threshold."


def write_spending_xlsx(value: SpendingList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of spending as a workbook and return the path it really has."""
    listed = _told_besides(_spending(value, status), value.came_back)
    return write_list_xlsx(value, status, path, tick, listed)


def write_spending_csv(value: SpendingList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of spending as CSV and return its path."""
    return write_table_csv(path, SPENDING_COLUMNS, value.payments, tick)


def spending_document(value: SpendingList, status: PaperStatus) -> Document:
    """Return the list of spending as pages."""
    after = (Para(value.came_back),) if value.came_back else ()
    none = up_to("Nothing above the limit was paid in this period.", value.ends_on, status)
    return list_document(value, status, _spending(value, status), none, after)


def _spending(value: SpendingList, status: PaperStatus) -> PublicList:
    order, heads = up_to("By day", value.ends_on, status), ("Paid on", "Paid to", "Amount")
    return PublicList("Spending", order, SPENDING_COLUMNS, value.payments, heads)


def _told_besides(listed: PublicList, words: str) -> PublicList:
    """Return a list whose sheet says something besides its order."""
    return replace(listed, order=f"{listed.order}. {words.rstrip('.')}") if words else listed


def write_contracts_xlsx(value: ContractList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of contracts as a workbook and return the path it really has."""
    after = tuple(gone_sheet(value, value.gone))
    return write_list_xlsx(value, status, path, tick, _contracts(value, status), after)


def write_contracts_csv(value: ContractList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of contracts as CSV and return its path."""
    return write_table_csv(path, CONTRACT_COLUMNS, value.contracts, tick)


def contracts_document(value: ContractList, status: PaperStatus) -> Document:
    """Return the list of contracts as pages."""
    none = up_to(
        "No contract above the limit that was awarded in this period stands."
        if value.gone
        else "No contract above the limit was awarded in this period.",
        value.ends_on,
        status,
    )
    return list_document(value, status, _contracts(value, status), none, tuple(gone_blocks(value.gone)))


def _contracts(value: ContractList, status: PaperStatus) -> PublicList:
    order, heads = up_to(BY_DAY, value.ends_on, status), ("Award reference", "Supplier", "Amount")
    return PublicList("Contracts", order, CONTRACT_COLUMNS, value.contracts, heads)


def write_subsidies_xlsx(value: SubsidyList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of subsidies as a workbook and return the path it really has."""
    listed = _told_besides(_subsidies(value, status), NOT_HELD if value.subsidies else "")
    return write_list_xlsx(value, status, path, tick, listed)


def write_subsidies_csv(value: SubsidyList, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the list of subsidies as CSV and return its path."""
    return write_table_csv(path, SUBSIDY_COLUMNS, value.subsidies, tick)


def subsidies_document(value: SubsidyList, status: PaperStatus) -> Document:
    """Return the list of subsidies as pages."""
    after = (Para(NOT_HELD),) if value.subsidies else ()
    none = up_to(NO_SUBSIDY, value.ends_on, status)
    return list_document(value, status, _subsidies(value, status), none, after)


def _subsidies(value: SubsidyList, status: PaperStatus) -> PublicList:
    """Return the list as it is read; what is handed on as CSV keeps the legal basis as it was written."""
    begun = [replace(one, legal_power=with_capital(one.legal_power)) for one in value.subsidies]
    order, heads = up_to(BY_DAY, value.ends_on, status), ("Award reference", "Recipient", "Amount")
    return PublicList("Subsidies", order, SUBSIDY_COLUMNS, begun, heads)


PRINTED = 15
"""The columns that are printed, on one page's width: up to the notice."""
NONE = "No grant was awarded in this period."
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
    after = (*gone_blocks(published.gone), *_sums_blocks(published), *_conditions_blocks(numbers))
    none = up_to(
        "No grant that was awarded in this period stands." if published.none_stands else NONE,
        published.ends_on,
        status,
    )
    return list_document(published, status, listed, none, after)


def _sums_blocks(published: PublicationList) -> Iterator[Block]:
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
        return "None"
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
