"""A report on decisions as a committee paper: numbered paragraphs, then risks and implications."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import NamedTuple

from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    NewPage,
    Pairs,
    Para,
    Table,
)
from exchange.papers.paper_words import paper_sentence
from exchange.papers.prose import prose, written
from models.papers.decision_report import AreaDecided, DecisionReport
from models.papers.status import PaperStatus
from scoring.counted import counted, listed
from scoring.money import column_money, short_pounds
from scoring.written.days import full_day
from scoring.written.text import as_sentence

APPENDIX = "Appendix 1: risks and implications"
APPENDIX_NAMED = "Appendix 1 sets out the risks and implications."
WHO, WHO_NAMED = "Appendix 2: awards", "Appendix 2 names each recipient, project and amount"
GIVEN_UP = "not taken up since"
CHANGED = "Changed since the decision:"
STANDS = "Stands at"
ANNEX = "whose annex names each recipient, project and amount"
ANNEXES_NAME = "their annexes name each recipient, project and amount"
BY_ONE = "It was decided by"
"""How it begins, by whom a notice was decided."""
REMINDER = "Still to be written:"
TO_WRITE = "_" * 30
"""A line to write on, where nobody wrote anything."""


def decision_report_document(report: DecisionReport, status: PaperStatus) -> Document:
    """Return the report as a paper; a draft reminds of what only a person can write."""
    told = dict(report.reminders) if status.is_draft else {}
    day = report.meeting or full_day(status.dated)
    return prose(report, status, _blocks(report, told), (report.committee, day))


def _blocks(report: DecisionReport, reminders: Mapping[str, str]) -> Iterator[Block]:
    if report.author:
        yield Pairs((("Report of", report.author),))
    numbers = count(1)
    parts = (
        ("Purpose", report.purpose),
        ("Background", (*report.background, *_appendices(report))),
        ("Decisions", _decisions(report)),
        ("Recommendation", report.recommendation),
    )
    for heading, texts in parts:
        yield Heading(heading)
        yield from written(texts, numbers)
        if heading == "Decisions":
            yield from _changes(report, numbers)
            yield _table(report)
            if report.asked_was:
                yield _numbered(f"Asked: {report.asked_was}.", numbers)
            yield from (_numbered(words, numbers) for words in report.shared)
            for area in report.areas:
                if area.over:
                    yield _numbered(f"{area.area}: {area.over}.", numbers)
    if report.contact:
        yield Heading("Contact")
        yield Pairs(report.contact)
    yield NewPage()
    yield Heading(APPENDIX)
    told = (
        f"{REMINDER} {reminders[of]}" if of in reminders else text.strip() or TO_WRITE
        for of, text in report.implications
    )
    rows = tuple((of, said) for (of, _), said in zip(report.implications, told, strict=True))
    yield Table("", (Column("Subject", 1), Column("Risks and implications", 3)), rows)
    yield from _who(report)


def _appendices(report: DecisionReport) -> Iterator[str]:
    """Yield what each appendix has, and what the one on awards keeps from the public."""
    yield APPENDIX_NAMED
    if not report.allocations:
        return
    of = counted(report.unnamed, "recipient whose name is", "recipients whose names are")
    hidden = short_pounds(report.unlisted_pence)
    kept = (
        f"{of} withheld" if report.unnamed else "",
        f"{hidden} that is awarded under a notice that is withheld" if report.unlisted_pence else "",
    )
    less = listed(list(filter(None, kept)))
    yield f"{WHO_NAMED}, but for {less}." if less else f"{WHO_NAMED}."


def _who(report: DecisionReport) -> Iterator[Block]:
    """Yield who is awarded what, as the annexes of the notices have it together."""
    if not report.allocations:
        return
    lines = report.allocations
    show, has_areas = column_money(line.amount_pence for line in lines), len(report.areas) > 1
    rows = [
        (
            "\n".join(filter(None, (line.award, line.reference))),
            line.recipient,
            f"{line.service} ({GIVEN_UP})" if line.reference in report.not_taken_up else line.service,
            *([line.area] if has_areas else []),
            show(line.amount_pence),
        )
        for line in lines
    ]
    total = show(sum(line.amount_pence for line in lines))
    rows.append(("Total", "", "", *([""] if has_areas else []), total))
    area = [Column("Area", 2.6)] if has_areas else []
    columns = (Column("Award and application", 1.3), Column("Recipient", 2.6), Column("Project", 2.6), *area)
    yield Heading(WHO)
    yield Table(
        "", (*columns, Column("Awarded", 1.2, is_figure=True)), tuple(rows), frozenset({len(rows) - 1})
    )
    if report.unlisted_pence:
        yield Para(f"{short_pounds(report.unlisted_pence)} more is awarded under a notice that is withheld.")


def _numbered(text: str, numbers: Iterator[int]) -> Para:
    return Para(text, number=f"{next(numbers)}.")


def _changes(report: DecisionReport, numbers: Iterator[int]) -> Iterator[Block]:
    """Yield what became of awards since they were decided, each on a line, and what all stand at."""
    if report.changes:
        yield _numbered(CHANGED, numbers)
        yield Bullets(tuple(map(paper_sentence, report.changes)))
    if report.stands:
        yield _numbered(report.stands, numbers)


def _decisions(report: DecisionReport) -> tuple[str, ...]:
    return (*_notices(report), *report.signed_before, *map(paper_sentence, report.changed))


def _notices(report: DecisionReport) -> Iterator[str]:
    """Yield each notice; those of which the same is told, decided by the same person, stand together."""
    together = dict[str, list[tuple[str, date]]]()
    for number, day in report.notices:
        alike = _decided_by(report, number) if _where(report, number) == ANNEX else ""
        together.setdefault(alike or number, []).append((number, day))
    for by, notices in together.items():
        if len(notices) == 1:
            yield _notice(report, *notices[0])
        else:
            they = by.replace(BY_ONE, "were decided by", 1).rstrip(".")
            yield f"Notices {_dated(notices)} {they}; {ANNEXES_NAME}."


def _dated(notices: Sequence[tuple[str, date]]) -> str:
    """Return notices with their days: "031/2026 of 18 November 2026, and 042/2026 and 043/2026 of …"."""
    days = dict.fromkeys(day for _, day in notices)
    told = [f"{listed([of for of, on in notices if on == day])} of {full_day(day)}" for day in days]
    if len(days) == len(notices):
        return listed(told)
    return ", and ".join(filter(None, ("; ".join(told[:-1]), told[-1])))


def _decided_by(report: DecisionReport, number: str) -> str:
    by = dict(report.decided_by).get(number, "")
    return by if by.startswith(BY_ONE) else ""


def _notice(report: DecisionReport, number: str, day: date) -> str:
    """Return a notice as the report lists it, and where to read who is given what."""
    by = dict(report.decided_by).get(number, "").removeprefix("It ").rstrip(".")
    where, _, ground = _where(report, number).partition(". ")
    said = f"Notice {number} of {full_day(day)}"
    if not by or not where:
        said = f"{', '.join(filter(None, (said, where)))}{by and f' {by}'}"
    elif where.startswith("whose "):
        said = f"{said} {by}; its {where.removeprefix('whose ')}"
    else:
        said = f"{said}, {where}, {by}"
    return " ".join(filter(None, (as_sentence(said), ground)))


def _where(report: DecisionReport, number: str) -> str:
    """Return what a notice does with money, or where to read who is given what, "" where no award is made.

    Of one that is withheld the ground follows, a sentence of its own.
    """
    taken_back = dict(report.without_awards).get(number)
    if taken_back == 0:
        return "which awards no money"
    if taken_back:
        return f"which takes back {short_pounds(taken_back)} that was awarded before"
    is_awarding = any(area.awards for area in report.areas)
    return dict(report.withheld).get(number, ANNEX) if is_awarding else ""


def _table(report: DecisionReport) -> Table:
    areas = tuple(area for area in report.areas if area.is_decided)
    found = [(column, [column.of(area) for area in areas]) for column in MONEY]
    shown = [(column, pence) for column, pence in found if _is_shown(column, pence, areas)]
    show = column_money(one for _, pence in shown for one in pence)
    rows = [
        (area.area, str(area.applications), str(area.awards), *(show(pence[at]) for _, pence in shown))
        for at, area in enumerate(areas)
    ]
    sums: frozenset[int] = frozenset()
    if len(rows) > 1:
        sums = frozenset({len(rows)})
        counts = (sum(area.applications for area in areas), sum(area.awards for area in areas))
        rows.append(("Total", *map(str, counts), *(show(sum(pence)) for _, pence in shown)))
    columns = (
        Column("Area", 3),
        Column("Applications", 1.2, is_figure=True),
        Column("Awards", 1, is_figure=True),
        *(Column(column.heading, 1.4, is_figure=True) for column, _ in shown),
    )
    return Table(f"Decided in {report.round}", columns, tuple(rows), sums)


def _is_shown(column: "MoneyColumn", pence: Sequence[int], areas: Sequence[AreaDecided]) -> bool:
    """Whether a column says what no other does: that of what stands where it is not what was awarded."""
    if column.heading == STANDS:
        return any(area.stands_pence is not None for area in areas)
    return column.is_kept or any(pence)


class MoneyColumn(NamedTuple):
    """A column of money: its heading, what an area has in it, and whether it stays where all have nothing."""

    heading: str
    of: Callable[[AreaDecided], int]
    is_kept: bool = False


MONEY = (
    MoneyColumn("Pot", lambda area: area.pot_pence, is_kept=True),
    MoneyColumn("Tolerance", lambda area: area.tolerance_pence or 0),
    MoneyColumn("Committed before", lambda area: area.committed_pence),
    MoneyColumn("Asked", lambda area: area.asked_pence, is_kept=True),
    MoneyColumn("Awarded", lambda area: area.awarded_pence, is_kept=True),
    MoneyColumn(STANDS, lambda area: area.now_pence),
    MoneyColumn("Pot left", lambda area: max(area.left_pence, 0), is_kept=True),
    MoneyColumn("Over pot", lambda area: max(-area.left_pence, 0)),
)
"""Each figure of all areas is the sum of those above it: no pot helps another.

Headings are short: beside so many sums a column is as narrow as its longest word, and each word is a line.
"""
