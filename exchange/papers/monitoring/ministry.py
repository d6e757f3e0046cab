"""A fund's return to the Ministry as a workbook: people, spending, providers, and a correction's changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exchange.papers.headed import named, office_book
from exchange.papers.monitoring.ministry_summary import (
    comparing,
    signatures,
    signing_note,
    starting_later,
    summed,
)
from exchange.xlsx.table_book import TableColumn, TableSheet, Tick, write_table_book
from models.papers.ministry.values import MinistryReturn
from models.papers.status import PaperStatus

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
    TableColumn("Counted by", 18, "text", "title"),
    TableColumn("Which", 48, "wrapped", "line"),
    TableColumn("People", 12, "count", lambda one: one.people if one.given else None),
    TableColumn("Awards with numbers", 12, "count", "given"),
)
_MONEY = (
    TableColumn("Paid less returned", 16, "pounds", "paid_pence", is_summed=True),
    TableColumn("Spend evidenced", 16, "pounds", "evidenced_pence", is_summed=True),
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
        note = f"It corrects version {value.corrects}. Reason: {value.reason or 'none is given yet'}"
        columns = (TableColumn("What changed", 110, "wrapped", str),)
        yield TableSheet("Changes", f"{value.title}: what changed", note, columns, value.changes)


def _people(value: MinistryReturn) -> TableSheet:
    note = " ".join(filter(None, (f"{named(value)}. {value.control}.", comparing(value), PEOPLE_NOTE)))
    return TableSheet("People", value.title, note, _PEOPLE, value.people, frozen_columns=2)


class _ToSign(NamedTuple):
    """A sum of the return, or a line to sign on."""

    what: str
    pence: int | None = None
    to_sign: str | None = None


def _summary(value: MinistryReturn) -> TableSheet:
    """Return the sheet that is signed: the return's sums, and lines to sign on."""
    columns = (
        TableColumn("What", 56, "wrapped", "what"),
        TableColumn("Amount", 18, "pounds", "pence"),
        TableColumn("Name, signature and date", 60, "wrapped", "to_sign"),
    )
    rows = [_ToSign(what, pence) for what, pence in summed(value)]
    rows += [
        _ToSign(f"Signed by: {one.post}", to_sign=f"{one.name} {TO_WRITE}".strip())
        for one in signatures(value)
    ]
    return TableSheet("To sign", f"{value.title}: to sign", signing_note(value), columns, rows)


def _spending(value: MinistryReturn, kind: str) -> TableSheet:
    columns = (TableColumn(kind, 60, "wrapped", "line"), *_MONEY)
    title = f"Spending by {kind.lower()}: {value.fund}, {value.period_words}"
    return TableSheet(f"By {kind.lower()}", title, SPENDING_NOTE, columns, value.spending_by(kind))


def _providers(value: MinistryReturn) -> TableSheet:
    columns = (
        TableColumn("Award", 12, "text", "award"),
        TableColumn("Application", 13, "text", "application"),
        TableColumn("Provider", 26, "wrapped", "organisation"),
        TableColumn("Round", 18, "wrapped", "round_name"),
        TableColumn("Permitted purpose", 26, "wrapped", "purpose"),
        TableColumn("Service area", 22, "wrapped", "service"),
        TableColumn("Stands at", 13, "pounds", "awarded_pence", is_summed=True),
        TableColumn("Paid less returned", 13, "pounds", "paid_pence", is_summed=True),
        TableColumn("Spend evidenced", 13, "pounds", "evidenced_pence", is_summed=True),
        TableColumn("Returns", 20, "apart", "reports"),
        TableColumn(TO_SETTLE, 44, "wrapped", value.to_settle),
    )
    note = "Every award that runs in the period, or has money or a return in it."
    note = " ".join(filter(None, (note, starting_later(value), said_once(value))))
    return TableSheet(
        *("Providers", f"{value.title}: providers", note, columns, value.providers),
        has_total=bool(value.providers),
        frozen_columns=3,
        nothing=NO_PROVIDERS,
    )


def said_once(value: MinistryReturn) -> str:
    """Return the sentence on what is missing for every award, "" where nothing is."""
    missing = value.missing_for_all
    return f"Missing for all {len(value.providers):,} awards: {' '.join(missing)}" if missing else ""
