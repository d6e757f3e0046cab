"""A fund's return to the Ministry as a workbook: people, spending, providers, and a correction's changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from exchange.atomic import Tick
from exchange.papers.document.values import Block, Document, Heading, Pairs, Para, Signature, Together
from exchange.papers.paper_writing import named, office_book, prose, table_of
from exchange.xlsx.table import TableColumn, TableSheet, columns_of
from exchange.xlsx.table_book import write_table_book
from models.papers.ministry.summing import MinistryReturn
from models.papers.paper_words import Sentences, pounds
from models.papers.status import PaperStatus

SAID = Sentences("given")
_POSTS = (("Chief executive", ""), ("Chief finance officer", ""))


def summed(value: MinistryReturn) -> tuple[tuple[str, int], ...]:
    """Return the sums of the return in pence, first what is recorded of the money of the fund's year."""
    awarded = sum(one.awarded_pence for one in value.providers)
    return (
        *_of_year(value),
        ("Awards of this return, as they stand", awarded),
        ("Paid less returned", value.paid_pence),
        ("Spend evidenced", value.evidenced_pence),
    )


def _of_year(value: MinistryReturn) -> Iterator[tuple[str, int]]:
    """Yield the Ministry's own grant, and what the fund has where that is not the grant alone."""
    own, whole, year = value.ministry_pence, value.grant_pence, value.grant_year
    if own is not None:
        yield f"Grant for {year}", own
    if whole is not None and whole != own:
        yield f"The fund’s money for {year}" + (", from all sources" if own is not None else ""), whole


def signatures(value: MinistryReturn) -> Iterator[Signature]:
    """Yield a place to sign for whoever signs the return, else for those who answer for it.

    None on a draft to compare with.
    """
    if value.submitted_beside:
        return
    head = value.letterhead
    for what, who in (("", head.signatory),) if head.signatory else head.people or _POSTS:
        name, _, post = who.partition(",")
        yield Signature(post.strip() or what, name.strip())


NOBODY_COUNTED = "No return for this period tells of people supported yet."
NOTHING_SPENT = "Nothing was paid or came back in this period, and no return gives evidence of spending."
LEFT_OUT = "Lines without either are left out; the workbook has them all."
OF_THE_WORKBOOK = ("Application", "Permitted purpose", "Service area")
"""The columns of providers that are left out on pages: the sums by them stand above."""


def ministry_document(value: MinistryReturn, status: PaperStatus) -> Document:
    """Return the return as a paper."""
    head = value.letterhead
    if value.submitted_beside:  # nobody signs what is there to compare with
        value = replace(value, letterhead=replace(head, signatory=""))
    return prose(value, status, _blocks(value), (value.control,), is_landscape=True)


def _blocks(value: MinistryReturn) -> Iterator[Block]:
    if value.corrects:
        yield from _section(_changes(value))
    yield from (Para(words) for words in (SAID.comparing(value),) if words)
    yield Pairs(tuple((what, pounds(pence)) for what, pence in summed(value)))
    people = _people(value)
    is_counted = any(one.given for one in value.people)
    yield from _section(people if is_counted else replace(people, rows=(), nothing=NOBODY_COUNTED, note=""))
    yield Heading("Spending")
    spent = [one for one in value.spending if one.paid_pence or one.evidenced_pence]
    yield Para(f"{SPENDING_NOTE} {LEFT_OUT}" if spent else NOTHING_SPENT)
    for sheet in _spending(replace(value, spending=tuple(spent))):
        yield table_of(sheet, caption=sheet.name)
    yield from _section(_providers(value))
    if not (value.letterhead.signatory or value.submitted_beside):
        yield Together((Para(SAID.signing(value)), *signatures(value)))


def _section(sheet: TableSheet) -> Iterator[Block]:
    """Yield a sheet as a part of the paper: its name, its note, and its table or that there is nothing."""
    yield Heading(sheet.name)
    yield from (Para(words) for words in (sheet.note, "" if sheet.rows else sheet.nothing) if words)
    if sheet.rows:
        yield table_of(sheet, without=OF_THE_WORKBOOK)


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
_PEOPLE = columns_of("ministry people", people=lambda one: one.people if one.given else None)
_MONEY = columns_of("ministry money")


def write_ministry_xlsx(value: MinistryReturn, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    return write_table_book(office_book(value, status, tuple(_sheets(value))), path, tick)


def _sheets(value: MinistryReturn) -> Iterator[TableSheet]:
    people = _people(value)
    note = (f"{named(value)}. {value.control}.", SAID.comparing(value), people.note)
    yield replace(people, note=" ".join(filter(None, note)))
    yield from _spending(value)
    yield _providers(value)
    yield _summary(value)
    if value.corrects:
        yield _changes(value)


def _changes(value: MinistryReturn) -> TableSheet:
    note = f"It corrects version {value.corrects}. Reason: {value.reason or 'none is given yet'}"
    columns = (TableColumn("What changed", 110, "wrapped", str),)
    return TableSheet("Changes", f"{value.title}: what changed", note, columns, value.changes)


def _people(value: MinistryReturn) -> TableSheet:
    return TableSheet("People", value.title, PEOPLE_NOTE, _PEOPLE, value.people, frozen_columns=2)


class _ToSign(NamedTuple):
    """A sum of the return, or a line to sign on."""

    what: str
    pence: int | None = None
    to_sign: str | None = None


def _summary(value: MinistryReturn) -> TableSheet:
    """Return the sheet that is signed: the return's sums, and lines to sign on."""
    columns = columns_of("ministry to sign")
    rows = [_ToSign(what, pence) for what, pence in summed(value)]
    rows += [
        _ToSign(f"Signed by: {one.post}", to_sign=f"{one.name} {TO_WRITE}".strip())
        for one in signatures(value)
    ]
    return TableSheet("To sign", f"{value.title}: to sign", SAID.signing(value), columns, rows)


def _spending(value: MinistryReturn) -> Iterator[TableSheet]:
    for kind in value.kinds:
        columns = (TableColumn(kind, 60, "wrapped", "line"), *_MONEY)
        title = f"Spending by {kind.lower()}: {value.fund}, {value.period_words}"
        yield TableSheet(f"By {kind.lower()}", title, SPENDING_NOTE, columns, value.spending_by(kind))


def _providers(value: MinistryReturn) -> TableSheet:
    columns = columns_of("ministry providers", to_settle=value.to_settle)
    note = "Every award that runs in the period, or has money or a return in it."
    note = " ".join(filter(None, (note, SAID.starting_later(value), SAID.missing_for_all(value))))
    return TableSheet(
        *("Providers", f"{value.title}: providers", note, columns, value.providers),
        has_total=bool(value.providers),
        frozen_columns=3,
        nothing="No award runs in this period.",
    )
