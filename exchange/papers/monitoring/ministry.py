"""A fund's return to the Ministry as a workbook: people, spending, providers, and a correction's changes."""

from collections.abc import Callable, Iterator
from pathlib import Path

from exchange.papers.headed import named, office_book
from exchange.papers.monitoring.ministry_summary import (
    comparing,
    signatures,
    signing_note,
    starting_later,
    summed,
)
from exchange.xlsx.table_book import (
    TableCell,
    TableColumn,
    TableSheet,
    column_sum,
    write_table_book,
)
from models.papers.ministry.values import MinistryReturn, ProviderLine
from models.papers.status import PaperStatus

Tick = Callable[[int, int], None] | None
"""Called with (done, total) in rows; may raise to cancel."""
Cells = tuple[TableCell, ...]

PEOPLE_NOTE = (
    "People in the returns whose time ends in the period. Lists count the same people in different ways, so "
    "lists are not added together."
)
SPENDING_NOTE = (
    "Paid less returned: what was paid in the period by the day of payment, less what came back in it. "
    "Evidenced: what the returns of the period give evidence of, and what was recorded as spent in a year "
    "beyond them."
)
TO_WRITE = "." * 44
TO_SETTLE = "Missing, or to be settled"
NO_PROVIDERS = "No award runs in this period."
_PEOPLE = (
    TableColumn("Counted by", 18),
    TableColumn("Which", 48, "wrapped"),
    TableColumn("People", 12, "count"),
    TableColumn("Awards with numbers", 12, "count"),
)
_MONEY = (TableColumn("Paid less returned", 16, "pounds"), TableColumn("Spend evidenced", 16, "pounds"))
_PROVIDERS = (
    TableColumn("Award", 12),
    TableColumn("Application", 13),
    TableColumn("Provider", 26, "wrapped"),
    TableColumn("Round", 18, "wrapped"),
    TableColumn("Permitted purpose", 26, "wrapped"),
    TableColumn("Service area", 22, "wrapped"),
    TableColumn("Stands at", 13, "pounds"),
    TableColumn("Paid less returned", 13, "pounds"),
    TableColumn("Spend evidenced", 13, "pounds"),
    TableColumn("Returns", 20, "apart"),
    TableColumn(TO_SETTLE, 44, "wrapped"),
)


def write_ministry_xlsx(value: MinistryReturn, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the workbook and return the path it really has."""
    return write_table_book(office_book(value, status, tuple(_sheets(value))), path, tick)


def _sheets(value: MinistryReturn) -> Iterator[TableSheet]:
    yield _people(value)
    yield from (_spending(value, kind) for kind in value.kinds)
    yield _providers(value)
    yield _summary(value)
    if value.corrects:
        rows = [(words,) for words in value.changes]
        note = f"It corrects version {value.corrects}. Reason: {value.reason or 'none is given yet'}"
        columns = (TableColumn("What changed", 110, "wrapped"),)
        yield TableSheet("Changes", f"{value.title}: what changed", note, columns, rows)


def _people(value: MinistryReturn) -> TableSheet:
    rows = [(one.title, one.line, one.people if one.given else None, one.given) for one in value.people]
    note = " ".join(filter(None, (f"{named(value)}. {value.control}.", comparing(value), PEOPLE_NOTE)))
    return TableSheet("People", value.title, note, _PEOPLE, rows, frozen_columns=2)


def _summary(value: MinistryReturn) -> TableSheet:
    """Return the sheet that is signed: the return's sums, and lines to sign on."""
    columns = (
        TableColumn("What", 56, "wrapped"),
        TableColumn("Amount", 18, "pounds"),
        TableColumn("Name, signature and date", 60, "wrapped"),
    )
    rows: list[Cells] = [(what, pence, None) for what, pence in summed(value)]
    rows += [(f"Signed by: {one.post}", None, f"{one.name} {TO_WRITE}".strip()) for one in signatures(value)]
    return TableSheet("To sign", f"{value.title}: to sign", signing_note(value), columns, rows)


def _spending(value: MinistryReturn, kind: str) -> TableSheet:
    rows = [(one.line, one.paid_pence, one.evidenced_pence) for one in value.spending_by(kind)]
    last: Cells = (
        "Total",
        column_sum(2, len(rows), value.paid_pence),
        column_sum(3, len(rows), value.evidenced_pence),
    )
    columns = (TableColumn(kind, 60, "wrapped"), *_MONEY)
    title = f"Spending by {kind.lower()}: {value.fund}, {value.period_words}"
    return TableSheet(f"By {kind.lower()}", title, SPENDING_NOTE, columns, rows, (last,))


def _providers(value: MinistryReturn) -> TableSheet:
    rows = [_provider(one, value.to_settle(one)) for one in value.providers]
    last: list[TableCell] = [None] * len(_PROVIDERS)
    last[0] = "Total"
    for column, name in ((7, "awarded_pence"), (8, "paid_pence"), (9, "evidenced_pence")):
        total = sum(getattr(one, name) for one in value.providers)
        last[column - 1] = column_sum(column, len(rows), total)
    note = "Every award that runs in the period, or has money or a return in it."
    note = " ".join(filter(None, (note, starting_later(value), said_once(value))))
    return TableSheet(
        *("Providers", f"{value.title}: providers", note, _PROVIDERS, rows),
        totals=(last,) if rows else (),
        frozen_columns=3,
        nothing=NO_PROVIDERS,
    )


def said_once(value: MinistryReturn) -> str:
    """Return the sentence on what is missing for every award, "" where nothing is."""
    missing = value.missing_for_all
    return f"Missing for all {len(value.providers):,} awards: {' '.join(missing)}" if missing else ""


def _provider(one: ProviderLine, missing: str) -> Cells:
    return (
        one.award,
        one.application,
        one.organisation,
        one.round_name,
        one.purpose,
        one.service,
        one.awarded_pence,
        one.paid_pence,
        one.evidenced_pence,
        one.reports,
        missing,
    )
