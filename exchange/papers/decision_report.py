"""A report on decisions as a committee paper: numbered paragraphs, then risks and implications."""

from collections.abc import Iterator

from exchange.papers.document.values import Block, Column, Document, Heading, Pairs, Para, Table
from exchange.papers.paper_words import pounds
from exchange.papers.prose import prose
from models.papers.decision_report import AreaDecided, DecisionReport
from models.papers.status import PaperStatus
from scoring.written.days import long_day


def decision_report_document(report: DecisionReport, status: PaperStatus) -> Document:
    """Return the report as a paper."""
    return prose(report, status, _blocks(report), (report.committee, report.meeting))


def _blocks(report: DecisionReport) -> Iterator[Block]:
    if report.author:
        yield Pairs((("Report of", report.author),))
    number = 0
    parts = (
        ("Purpose", report.purpose),
        ("Background", report.background),
        ("Decisions", tuple(f"Notice {n} of {long_day(day)}." for n, day in report.notices)),
        ("Recommendation", report.recommendation),
    )
    for heading, texts in parts:
        yield Heading(heading)
        for text in texts:
            number += 1
            yield Para(text, number=f"{number}.")
        if heading == "Decisions":
            yield _table(report)
            for area in report.areas:
                if area.over:
                    number += 1
                    yield Para(f"{area.area}: {area.over}.", number=f"{number}.")
    yield Heading("Appendix 1: risks and implications")
    for heading, text in report.implications:
        yield Heading(heading, 2)
        yield Para(text)
    if report.contact:
        yield Heading("Contact", 2)
        yield Pairs(report.contact)


def _table(report: DecisionReport) -> Table:
    rows = [_row(area) for area in report.areas]
    sums: frozenset[int] = frozenset()
    if len(rows) > 1:
        sums = frozenset({len(rows)})
        rows.append(_whole(report.areas))
    columns = (
        Column("Area", 2),
        Column("Applications", 1.4, is_figure=True),
        Column("Awards", 1, is_figure=True),
        *(Column(words, 1.5, is_figure=True) for words in _heads(report.areas)),
    )
    return Table(f"Decided in {report.round}", columns, tuple(rows), sums)


def _heads(areas: tuple[AreaDecided, ...]) -> tuple[str, ...]:
    """Return the heads of the columns of money; reports issued earlier have no tolerance."""
    if any(area.tolerance_pence is None for area in areas):
        return ("Pot", "Committed", "Asked", "Awarded", "Left")
    return ("Pot", "Tolerance", "Committed", "Asked", "Awarded", "Left of the pot", "Over the pot")


def _whole(areas: tuple[AreaDecided, ...]) -> tuple[str, ...]:
    """Return the row of all areas: each figure is the sum of those above it, and no pot helps another."""
    counts = (sum(area.applications for area in areas), sum(area.awards for area in areas))
    money = (sum(column) for column in zip(*map(_money, areas), strict=True))
    return ("All areas", *map(str, counts), *map(pounds, money))


def _row(area: AreaDecided) -> tuple[str, ...]:
    return (area.area, str(area.applications), str(area.awards), *map(pounds, _money(area)))


def _money(area: AreaDecided) -> tuple[int, ...]:
    decided = (area.committed_pence, area.asked_pence, area.awarded_pence)
    if area.tolerance_pence is None:
        return (area.pot_pence, *decided, area.left_pence)
    return (area.pot_pence, area.tolerance_pence, *decided, max(area.left_pence, 0), max(-area.left_pence, 0))
