"""What is signed as papers: the lines before a signature, and the notice of what was decided."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from exchange.papers.document.values import (
    Block,
    Column,
    Document,
    Heading,
    Para,
    Table,
    Together,
)
from exchange.papers.paper_words import NO_AREA, crime_type, text_or_dash
from exchange.papers.paper_writing import prose
from exchange.papers.templates.blocks import filled
from models.papers.notice import Allocation, NoticeOfDecision
from models.papers.status import DRAFT, PaperStatus
from models.papers.to_sign import ToSign
from scoring.money import column_money
from scoring.written.names import round_names

BEFORE = "Draft before signing: nothing here is signed yet"


def to_sign_document(value: ToSign, status: PaperStatus) -> Document:
    """Return the paper; each copy says that it is of before the signature."""
    return replace(
        prose(
            value,
            status,
            filled("to_sign", value),
            (*round_names(value.fund, value.round, value.year), value.area),
        ),
        status=BEFORE,
        is_draft=True,
    )


TO_SIGN = "For signature, not decided until signed"
GOES_WITH_IT = "For the decision, which is signed on the public part"
"""What a notice that is not decided says on each page: nobody signs what calls itself a draft."""
MOST_TOGETHER = 20
"""The allocations of an area that are not parted by the end of a page."""
UNSTATED, ALL_AREAS = "Not stated", "All areas"
ANNEX_PASSED_ON = "Annex 2"
BETWEEN = "; "
"""What parts a crime type from a priority."""


def notice_document(notice: NoticeOfDecision, status: PaperStatus) -> Document:
    """Return the notice, or the part of it that is printed apart, as a paper."""
    paper = prose(notice, status, _notice_blocks(notice), (notice.subject,))
    if notice.is_decided:
        return paper
    words = GOES_WITH_IT if notice.confidential else TO_SIGN
    return replace(paper, status=status.words.replace(DRAFT, words), is_draft=False)


def _notice_blocks(notice: NoticeOfDecision) -> Iterator[Block]:
    yield from filled("notice", notice)
    if notice.unnamed:
        yield unnamed(notice)
    if notice.allocations and not notice.confidential:
        yield Heading("Annex 1: allocations")
        yield from annex(notice)
        yield from by_crime_type(notice)
    if not notice.confidential:
        yield from passed_on(notice)
        yield from taken_back(notice)


def annex(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield the annex: each area over its allocations with their sum, and at the end that of all areas."""
    areas = notice.subtotals(by_area=True)
    if len(areas) == 1:
        yield _allocations(notice, notice.allocations, ("Total", notice.total_pence))
        return
    whole = notice.letterhead.area_label.labelled(ALL_AREAS)
    for area, subtotal in areas:
        heading = Heading(area or notice.letterhead.area_label.said(NO_AREA), 2)
        here = [line for line in notice.allocations if line.area == area]
        total = [(whole, notice.total_pence)] if area == areas[-1][0] else []
        table = _allocations(notice, here, ("Subtotal", subtotal), *total)
        if len(here) <= MOST_TOGETHER:
            yield Together((heading, table))
        else:
            yield from (heading, table)


def _allocations(notice: NoticeOfDecision, lines: Sequence[Allocation], *sums: tuple[str, int]) -> Table:
    """Return allocations with their sums; a column that no line of the notice fills is left out."""
    types = [line.crime_type for line in _every(notice) if line.crime_type]
    has_awards = any(line.award for line in lines)
    columns = (
        Column("Reference", 1.2),
        Column("Service provided", 2.7),
        Column("Recipient", 2.7),
        *([Column(_kinds(notice, types), 2.8)] if types else []),
        *([Column("Award", 1.2)] if has_awards else []),
        Column("Allocation", 1.5, is_figure=True),
    )
    rows = [
        (
            line.reference,
            line.service + (f"\nSuperseded by notice {line.superseded_by}" if line.superseded_by else ""),
            line.recipient,
            *([text_or_dash(_in_lines(line.crime_type))] if types else []),
            *([line.award] if has_awards else []),
            money_of(notice, line.amount_pence),
        )
        for line in lines
    ]
    totals = [(words, *("",) * (len(columns) - 2), money_of(notice, pence)) for words, pence in sums]
    last = frozenset(range(len(rows), len(rows) + len(totals)))
    return Table("", columns, (*rows, *totals), last, has_pence=_has_pence(notice))


def _every(notice: NoticeOfDecision) -> tuple[Allocation, ...]:
    return (*notice.allocations, *notice.taken_back)


def _has_pence(notice: NoticeOfDecision) -> bool:
    """Whether a figure of the annexes has pence: those of all areas have some then."""
    return any(line.amount_pence % 100 for line in _every(notice))


def _kinds(notice: NoticeOfDecision, types: Iterable[str]) -> str:
    """Return what the lines are for as a heading: as the office chose it, else as a form asks it."""
    asked = "Crime type and priority" if any(BETWEEN in text for text in types) else "Crime type"
    return notice.kinds or asked


def _in_lines(kinds: str) -> str:
    """Return crime type and priority, where both are said each on a line."""
    return crime_type(kinds).replace(BETWEEN, f"{BETWEEN.rstrip()}\n")


def taken_back(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield what an earlier notice awarded and this one takes back, with the sum of it."""
    if notice.taken_back:
        yield Heading(f"Annex {notice.back_annex}: allocations taken back")
        yield _allocations(notice, notice.taken_back, ("Total", notice.taken_back_pence))


def unnamed(notice: NoticeOfDecision) -> Together:
    """Return who gets the money of the lines that the public part does not name, and with what sum."""
    total = ("Total", sum(line.amount_pence for line in notice.unnamed))
    return Together(
        (Heading("Who gets what the public part withholds"), _allocations(notice, notice.unnamed, total))
    )


def passed_on(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield what recipients pass on to others, with the sum of it."""
    if not notice.passed_on:
        return
    money = column_money(one.amount_pence for one in notice.passed_on)
    rows = [
        (one.reference, one.by, one.recipient, one.purpose, money(one.amount_pence))
        for one in notice.passed_on
    ]
    rows.append(("Total", "", "", "", money(sum(one.amount_pence for one in notice.passed_on))))
    columns = (
        Column("Reference", 1.5),
        Column("Passed on by", 2.4),
        Column("To", 2.4),
        Column("For", 2.4),
        Column("Amount", 1.3, is_figure=True),
    )
    yield Heading(f"{ANNEX_PASSED_ON}: grants passed on")
    yield Table("", columns, tuple(rows), frozenset({len(rows) - 1}))
    for line in notice.allocations:
        given = [one.amount_pence for one in notice.passed_on if one.reference == line.reference]
        kept = line.amount_pence - sum(given)
        if given and kept:
            yield Para(f"{line.reference}: {money_of(notice, kept)} of the award is not passed on.")


def money_of(notice: NoticeOfDecision, pence: int) -> str:
    """Return a figure of the paper: all of them with pence where one of them has some."""
    return column_money(line.amount_pence for line in _every(notice))(pence)


def by_crime_type(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield the sum of each crime type, or of each with its priority, where that sums anything.

    What is not stated stands last. Nothing is summed where one row would be a part of another, as "Domestic
    abuse" is of "Domestic violence; Domestic abuse": neither is then all that was awarded for it.
    """
    found = sorted(notice.subtotals(by_area=False), key=lambda one: not one[0])
    stated = [set(kind.split(BETWEEN)) for kind, _ in found if kind]
    is_part = any(one < other for one in stated for other in stated)
    if is_part or not 1 < len(found) < len(notice.allocations):
        return
    rows = [(_in_lines(kind) or UNSTATED, money_of(notice, amount)) for kind, amount in found]
    rows.append(("Total", money_of(notice, notice.total_pence)))
    of = _kinds(notice, (kind for kind, _ in found)).replace(" or ", " and ")
    columns = (Column(of, 3), Column("Allocation", 1, is_figure=True))
    last, caption = frozenset({len(rows) - 1}), f"By {of[:1].lower()}{of[1:]}"
    yield Table(caption, columns, tuple(rows), last, has_pence=_has_pence(notice))
