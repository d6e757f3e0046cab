"""A fund's return to the Ministry as a workbook: people, spending, providers, and a correction's changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from exchange.atomic import Tick
from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Pairs,
    Para,
    Signature,
    Table,
    Together,
)
from exchange.papers.paper_words import NONE_GIVEN, pounds
from exchange.papers.paper_writing import named, office_book, prose
from exchange.xlsx.table_book import TableColumn, TableSheet, write_table_book
from models.papers.ministry.summing import MinistryReturn, SpendLine
from models.papers.status import PaperStatus
from scoring.money import short_pounds
from scoring.written.text import counted, listed

AGREES = "The figures agree with the office's accounts, and"
MISSING = "what is missing is said under Providers."
LATER = "Providers says up to which day the next return of each award tells."
BEYOND = "where more spend is evidenced than was paid is said under Providers."
MISSING_AND_BEYOND = (
    "what is missing, and where more spend is evidenced than was paid, is said under Providers."
)
COMPLETE = "nothing is missing."
UNSIGNED = "It is not submitted itself, and nobody signs it."
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


def starting_later(value: MinistryReturn) -> str:
    """Return which awards of the period are in a later return, "" where none is."""
    if not value.later:
        return ""
    total = short_pounds(value.later_pence)
    many = f"1 award of {total}" if value.later == 1 else f"{counted(value.later, 'award')}, {total} in all"
    starts, its = ("starts", "it is") if value.later == 1 else ("start", "they are")
    return (
        f"{many}, decided in this period, {starts} after it: {its} in the return of the period of the start."
    )


def comparing(value: MinistryReturn) -> str:
    """Return that it is a draft to compare with what other periods submitted, "" where none did."""
    others = value.submitted_beside
    if not others:
        return ""
    were, have = ("was", "has") if len(others) == 1 else ("were", "have")
    named = listed(list(others))
    return f"A draft to compare with: {named} {were} submitted and {have} part of this money. {UNSIGNED}"


def signing_note(value: MinistryReturn) -> str:
    """Return what those who sign the return say by it: what is missing is never called complete."""
    if value.submitted_beside:
        return comparing(value)
    if value.warned:
        return f"{AGREES} {MISSING_AND_BEYOND if value.silent else BEYOND}"
    rest = MISSING if value.silent else LATER if value.not_due else COMPLETE
    return f"{AGREES} {rest}"


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
STILL_MISSING = "Providers, below, says what is still missing."
NOBODY = "No people are told of, for no award runs in this period."
NOTHING_SPENT = "Nothing was paid or came back in this period, and no return gives evidence of spending."
LEFT_OUT = "Lines without either are left out; the workbook has them all."


def ministry_document(value: MinistryReturn, status: PaperStatus) -> Document:
    """Return the return as a paper."""
    head = value.letterhead
    if value.submitted_beside:  # nobody signs what is there to compare with
        value = replace(value, letterhead=replace(head, signatory=""))
    return prose(value, status, _blocks(value), (value.control,), is_landscape=True)


def _blocks(value: MinistryReturn) -> Iterator[Block]:
    if value.corrects:
        yield Heading(f"Correction of version {value.corrects}")
        yield Para(f"Reason: {value.reason or 'none is given yet'}")
        yield Bullets(value.changes)
    yield from (Para(words) for words in (comparing(value),) if words)
    yield Pairs(tuple((what, pounds(pence)) for what, pence in summed(value)))
    yield from (Para(words) for words in (starting_later(value),) if words)
    yield from _people(value)
    yield Heading("Spending")
    if any(map(_has_money, value.spending)):
        yield Para(f"{SPENDING_NOTE} {LEFT_OUT}")
        yield from (_spending(value, kind) for kind in value.kinds)
    else:
        yield Para(NOTHING_SPENT)
    yield from _providers(value)
    if not (value.letterhead.signatory or value.submitted_beside):
        yield Together((Para(signing_note(value)), *signatures(value)))


def _people(value: MinistryReturn) -> Iterator[Block]:
    yield Heading("People supported")
    if not any(one.given for one in value.people):
        why = (NOBODY_COUNTED, STILL_MISSING if value.silent else LATER if value.not_due else "")
        yield Para(" ".join(filter(None, why)) if value.providers else NOBODY)
        return
    yield Para(PEOPLE_NOTE)
    for title in dict.fromkeys(one.title for one in value.people):
        mine = (one for one in value.people if one.title == title)
        rows = tuple((o.line, f"{o.people:,}" if o.given else NONE_GIVEN, f"{o.given:,}") for o in mine)
        heads = (Column(title, 4), Column("People", 1, True), Column("Awards with numbers", 1, True))
        yield Table("", heads, rows)


def _spending(value: MinistryReturn, kind: str) -> Table:
    lines = [one for one in value.spending_by(kind) if _has_money(one)]
    rows = [(one.line, pounds(one.paid_pence), pounds(one.evidenced_pence)) for one in lines]
    total = ("Total", pounds(value.paid_pence), pounds(value.evidenced_pence))
    heads = (Column(kind, 4), Column("Paid less returned", 1.2, True), Column("Spend evidenced", 1.2, True))
    return Table("", heads, (*rows, total), frozenset({len(rows)}))


def _has_money(line: SpendLine) -> bool:
    return bool(line.paid_pence or line.evidenced_pence)


def _providers(value: MinistryReturn) -> Iterator[Block]:
    yield Heading("Providers")
    if not value.providers:
        yield Para(NO_PROVIDERS)
        return
    once = said_once(value)
    if once:
        yield Para(once)
    rows: tuple[tuple[str, ...], ...] = tuple(
        (
            f"{one.award}, {one.organisation}",
            one.round_name,
            pounds(one.awarded_pence),
            pounds(one.paid_pence),
            pounds(one.evidenced_pence),
            one.reports,
            value.to_settle(one) or ("Nothing" if one.returns and not once else ""),
        )
        for one in value.providers
    )
    heads: tuple[Column, ...] = (
        Column("Award", 2.2),
        Column("Round", 1.4),
        Column("Stands at", 1.1, True),
        Column("Paid less returned", 1.1, True),
        Column("Evidenced", 1.1, True),
        Column("Returns", 1.5),
        Column(TO_SETTLE if value.warned else "Missing", 3),
    )
    if not any(map(value.to_settle, value.providers)):
        heads, rows = heads[:-1], tuple(row[:-1] for row in rows)
    yield Table("", heads, rows)


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
    return write_table_book(office_book(value, status, tuple(_sheets(value))), path, tick)


def _sheets(value: MinistryReturn) -> Iterator[TableSheet]:
    yield _people_blocks(value)
    yield from (_spending_blocks(value, kind) for kind in value.kinds)
    yield _provider_blocks(value)
    yield _summary(value)
    if value.corrects:
        note = f"It corrects version {value.corrects}. Reason: {value.reason or 'none is given yet'}"
        columns = (TableColumn("What changed", 110, "wrapped", str),)
        yield TableSheet("Changes", f"{value.title}: what changed", note, columns, value.changes)


def _people_blocks(value: MinistryReturn) -> TableSheet:
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


def _spending_blocks(value: MinistryReturn, kind: str) -> TableSheet:
    columns = (TableColumn(kind, 60, "wrapped", "line"), *_MONEY)
    title = f"Spending by {kind.lower()}: {value.fund}, {value.period_words}"
    return TableSheet(f"By {kind.lower()}", title, SPENDING_NOTE, columns, value.spending_by(kind))


def _provider_blocks(value: MinistryReturn) -> TableSheet:
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
