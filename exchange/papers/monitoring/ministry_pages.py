"""A fund's return to the Ministry as a paper to read: the same figures as its workbook."""

from collections.abc import Iterator

from msgspec.structs import replace

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
from exchange.papers.monitoring.ministry import (
    NO_PROVIDERS,
    PEOPLE_NOTE,
    SPENDING_NOTE,
    TO_SETTLE,
    said_once,
)
from exchange.papers.monitoring.ministry_summary import (
    LATER,
    comparing,
    signatures,
    signing_note,
    starting_later,
    summed,
)
from exchange.papers.paper_words import NONE_GIVEN, pounds
from exchange.papers.prose import prose
from models.papers.ministry.values import MinistryReturn, SpendLine
from models.papers.status import PaperStatus

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
