"""A notice of decision as a paper: the decision first, then facts and advice, then the annex."""

from collections.abc import Iterator, Sequence

from exchange.papers.document.values import (
    Block,
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
from exchange.papers.paper_words import given, pounds, short_day
from exchange.papers.prose import prose
from models.papers.notice import Allocation, NoticeOfDecision
from models.papers.status import PaperStatus
from scoring.counted import counted
from scoring.written.days import long_day

INTERESTS = "Interests stated by the signer before this decision was taken:"
JOINT_INTERESTS = "Interests stated by those who signed jointly, before this decision was taken:"


def notice_document(notice: NoticeOfDecision, status: PaperStatus) -> Document:
    """Return the notice as a paper."""
    return prose(notice, status, _blocks(notice), (notice.subject,))


def _blocks(notice: NoticeOfDecision) -> Iterator[Block]:
    if notice.contact:
        yield Pairs(notice.contact)
    yield Heading("Executive summary")
    yield Para(notice.summary)
    yield Heading("Decision")
    yield Para(_decision(notice), Look.LEAD)
    yield from _interests(notice)
    others = (Signature(one.post, one.name, short_day(one.on)) for one in notice.also_signed)
    yield Together((*others, Signature(notice.post, notice.decided_by, short_day(notice.decided_on))))
    yield from _advice(notice)
    yield Heading("Annex 1: allocations")
    yield annex(notice)
    yield from _by_crime_type(notice)


def _decision(notice: NoticeOfDecision) -> str:
    lines = len(notice.allocations)
    many = "The allocation" if lines == 1 else f"The {lines} allocations"
    found = f"{many} in Annex 1 {'is' if lines == 1 else 'are'} made: {pounds(notice.total_pence)} in all."
    further = counted(notice.others, "application was", "applications were")
    others = f" {further} not funded." if notice.others else ""
    return f"{found}{others} Decided on {long_day(notice.decided_on)}."


def _interests(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield what whoever signed stated, each by name where several signed jointly."""
    if not notice.also_signed:
        yield Para(f"{INTERESTS} {_ended(notice.interests)}")
        return
    yield Para(JOINT_INTERESTS)
    stated = [(one.name, one.post, one.interests) for one in notice.also_signed]
    for name, post, interests in (*stated, (notice.decided_by, notice.post, notice.interests)):
        yield Para(f"{name}, {post}: {_ended(interests)}")


def _ended(text: str) -> str:
    """Return a statement as a sentence's end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _advice(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield the numbered facts and advice, whose numbers run through the headings."""
    parts = (
        ("Introduction and background", notice.background),
        ("Financial implications", notice.financial),
        ("Legal implications", notice.legal),
    )
    number = 0
    for heading, texts in parts:
        if texts:
            yield Heading(heading)
        for text in texts:
            number += 1
            yield Para(text, number=f"{number}.")
    yield Heading("Schedule of background papers")
    for text in notice.papers:
        yield Para(text)
    yield Heading("Public access to information")
    yield Para(notice.access)


def annex(notice: NoticeOfDecision) -> Table:
    """Return the annex: every allocation, a subtotal for each area where there are several, and the total."""
    areas = notice.subtotals(by_area=True)
    several = len(areas) > 1
    rows: list[tuple[str, ...]] = []
    sums: list[int] = []
    for area, subtotal in areas:
        here = [line for line in notice.allocations if line.area == area]
        rows += [_row(line) for line in here]
        if several:
            sums.append(len(rows))
            rows.append((f"Subtotal, {area or 'no area'}", "", "", "", pounds(subtotal)))
    sums.append(len(rows))
    rows.append(("Total", "", "", "", pounds(notice.total_pence)))
    columns = (
        Column("Reference", 1.8),
        Column("Service provided", 2.8),
        Column("Recipient", 2.4),
        Column("Crime type", 1.8),
        Column("Allocation", 1.5, is_figure=True),
    )
    return Table("", columns, tuple(rows), frozenset(sums))


def _row(line: Allocation) -> tuple[str, ...]:
    later = f"\nSuperseded by notice {line.superseded_by}" if line.superseded_by else ""
    return (
        line.reference,
        f"{line.service}{later}",
        line.recipient,
        given(line.crime_type),
        pounds(line.amount_pence),
    )


def _by_crime_type(notice: NoticeOfDecision) -> Iterator[Block]:
    found: Sequence[tuple[str, int]] = notice.subtotals(by_area=False)
    if len(found) < 2:
        return
    rows = [(given(crime_type), pounds(amount)) for crime_type, amount in found]
    rows.append(("Total", pounds(notice.total_pence)))
    columns = (Column("Crime type", 3), Column("Allocation", 1, is_figure=True))
    yield Table("By crime type", columns, tuple(rows), frozenset({len(rows) - 1}))
