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
    Room,
    Signature,
    Table,
    Together,
)
from exchange.papers.paper_words import given
from exchange.papers.prose import prose
from models.papers.notice import Allocation, NoticeOfDecision
from models.papers.status import PaperStatus
from scoring.counted import counted
from scoring.money import column_money
from scoring.written.days import full_day

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
    yield from _taken(notice) if notice.is_decided else _to_sign(notice)
    yield from _advice(notice)
    yield Heading("Annex 1: allocations")
    yield from annex(notice)
    yield from _by_crime_type(notice)


def _taken(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield what was decided, with what interests, by whom and when."""
    assert notice.decided_on is not None, "it was decided"
    yield Para(f"{_allocated(notice, 'made')} {_others(notice, 'was', 'were')}".strip(), Look.LEAD)
    yield from _interests(notice)
    signed = [(one.name, one.post, one.on) for one in notice.also_signed]
    last = (notice.decided_by, notice.post, notice.decided_on)
    yield Pairs(tuple(("Signed", f"{name}, {post}, {full_day(on)}") for name, post, on in (*signed, last)))


def _to_sign(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield the decision as whoever signs takes it, with room for interests, name and date."""
    them = "We" if len(notice.to_sign) > 1 else "I"
    many = len(notice.allocations)
    what = "the allocation" if many == 1 else f"the {many} allocations"
    total = f"{_money(notice, notice.total_pence)} in all" if many > 1 else _money(notice, notice.total_pence)
    found = f"{them} approve {what} in Annex 1: {total}."
    yield Para(f"{found} {_others(notice, 'is', 'are')}".strip(), Look.LEAD)
    yield Para(_ended(notice.interests))
    yield Together((Para("Interests:"), Room(2), *(Signature(post) for post in notice.to_sign)))


def _allocated(notice: NoticeOfDecision, done: str) -> str:
    lines = len(notice.allocations)
    many = "The allocation" if lines == 1 else f"The {lines} allocations"
    total = _money(notice, notice.total_pence)
    return f"{many} in Annex 1 {'is' if lines == 1 else 'are'} {done}: {total} in all."


def _others(notice: NoticeOfDecision, one: str, several: str) -> str:
    """Return how many applications get nothing, "" for none."""
    if not notice.others:
        return ""
    return f"{counted(notice.others, f'application {one}', f'applications {several}')} not funded."


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


def annex(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield the annex: each area over its allocations with their sum, and the total of all of them."""
    areas = notice.subtotals(by_area=True)
    if len(areas) == 1:
        yield _allocations(notice, notice.allocations, "Total", notice.total_pence)
        return
    for area, subtotal in areas:
        yield Heading(area or notice.letterhead.area_label.said("No area"), 2)
        here = [line for line in notice.allocations if line.area == area]
        yield _allocations(notice, here, "Subtotal", subtotal)
    yield Pairs((("Total of all allocations", _money(notice, notice.total_pence)),))


def _allocations(notice: NoticeOfDecision, lines: Sequence[Allocation], last: str, pence: int) -> Table:
    """Return allocations and their sum; a column that no line of the notice fills is left out."""
    has_types = any(line.crime_type for line in notice.allocations)
    rows = [
        (line.reference, _service(line), line.recipient, *([given(line.crime_type)] if has_types else []))
        for line in lines
    ]
    amounts = [_money(notice, line.amount_pence) for line in lines]
    blank = (last, *("",) * (2 + has_types), _money(notice, pence))
    columns = (
        Column("Reference", 1.8),
        Column("Service provided", 2.8),
        Column("Recipient", 2.6),
        *([Column("Crime type", 2.0)] if has_types else []),
        Column("Allocation", 1.6, is_figure=True),
    )
    cells = tuple((*row, amount) for row, amount in zip(rows, amounts, strict=True))
    return Table("", columns, (*cells, blank), frozenset({len(cells)}))


def _money(notice: NoticeOfDecision, pence: int) -> str:
    """Return a figure of the paper: all of them with pence where one of them has some."""
    return column_money(line.amount_pence for line in notice.allocations)(pence)


def _service(line: Allocation) -> str:
    return line.service + (f"\nSuperseded by notice {line.superseded_by}" if line.superseded_by else "")


def _by_crime_type(notice: NoticeOfDecision) -> Iterator[Block]:
    found: Sequence[tuple[str, int]] = notice.subtotals(by_area=False)
    if not 1 < len(found) < len(notice.allocations):
        return  # it sums nothing
    rows = [(given(crime_type), _money(notice, amount)) for crime_type, amount in found]
    rows.append(("Total", _money(notice, notice.total_pence)))
    columns = (Column("Crime type", 3), Column("Allocation", 1, is_figure=True))
    yield Table("By crime type", columns, tuple(rows), frozenset({len(rows) - 1}))
