"""The monitoring of a round as a workbook: what stands, what is missing, and the sheets to fill in."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from exchange.papers.headed import named, office_book, office_sheets
from exchange.papers.monitoring.monitoring_form import form_sheets, send_back
from exchange.xlsx.table_book import (
    TableBook,
    TableCell,
    TableColumn,
    TableSheet,
    column_sum,
    column_total,
    write_table_book,
)
from models.papers.monitoring.award_monitoring import AwardMonitoring
from models.papers.monitoring.monitoring import Monitoring
from models.papers.monitoring.monitoring_plan import behind_words
from models.papers.status import PaperStatus
from scoring.written.days import full_day

Tick = Callable[[int, int], None] | None
"""Called with (done, total) in rows; may raise to cancel."""

Cells = tuple[TableCell, ...]

NOT_AGREED, NOT_PLANNED = "No output is recorded yet.", "No return is planned yet."
NOT_SIGNED = "No return is planned yet, as its agreement is not signed."

_AWARDS = (
    TableColumn("Award", 12),
    TableColumn("Application", 13),
    TableColumn("Recipient", 24, "wrapped"),
    TableColumn("Project", 20, "wrapped"),
    TableColumn("Area", 13, "wrapped"),
    TableColumn("Stands at", 12, "pounds"),
    TableColumn("Paid less returned", 12, "pounds"),
    TableColumn("Spend evidenced", 12, "pounds"),
    TableColumn("Returns planned", 9, "count"),
    TableColumn("Received", 9, "count"),
    TableColumn("Overdue", 9, "count"),
    TableColumn("Next due on", 12, "day"),
    TableColumn("Last visit", 12, "day"),
    TableColumn("Progress", 28, "apart"),
    TableColumn("To look at", 28, "wrapped"),
    TableColumn("Counted under", 26, "wrapped"),
)
_OVERDUE = (
    TableColumn("Days overdue", 10, "count"),
    TableColumn("Due on", 12, "day"),
    TableColumn("Award", 13, "apart"),
    TableColumn("Application", 13),
    TableColumn("Recipient", 30, "wrapped"),
    TableColumn("Area", 18, "wrapped"),
    TableColumn("Return", 8, "count"),
    TableColumn("Report on", 16, "apart"),
    TableColumn("Paid less returned", 13, "pounds"),
    TableColumn("Paid without evidence", 14, "pounds"),
)
_AGREED = (
    TableColumn("Award", 12),
    TableColumn("Application", 13),
    TableColumn("Recipient", 28, "wrapped"),
    TableColumn("Output", 8, "count"),
    TableColumn("Kind", 11, "apart"),
    TableColumn("What was agreed", 46, "wrapped"),
    TableColumn("Figure agreed", 12, "count"),
    TableColumn("Reached in all", 12, "count"),
    TableColumn("Last said", 46, "apart"),
)
_VISITS = (
    TableColumn("Award", 12),
    TableColumn("Application", 13),
    TableColumn("Recipient", 28, "wrapped"),
    TableColumn("Visited on", 12, "day"),
    TableColumn("By", 24, "apart"),
    TableColumn("What was seen", 80, "wrapped"),
)
_MINISTRY = (
    TableColumn("Counted by", 18),
    TableColumn("Line", 60, "wrapped"),
    TableColumn("People supported", 16, "count"),
    TableColumn("Awards with numbers", 16, "count"),
    TableColumn("Due, without numbers", 16, "count"),
)


def write_monitoring_xlsx(value: Monitoring, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write the round's workbook, without sheets that nothing stands on; return the path it really has."""
    more = (_overdue(value), _agreed(value), *form_sheets(value), _visits(value))
    sheets = (_awards(value), *(sheet for sheet in more if sheet.rows))
    if value.lists:
        sheets = (*sheets, _ministry(value))
    return write_table_book(office_book(value, status, sheets), path, tick)


def write_monitoring_form(
    value: Monitoring, application: str, made_at: datetime, path: Path, tick: Tick = None
) -> Path:
    """Write the form for one award alone, to be sent to its recipient; it tells of nobody else."""
    own = replace(value, awards=tuple(a for a in value.awards if a.application == application))
    sheets = (*form_sheets(own, send_back(own)), *office_sheets(own))
    book = TableBook(own.title, value.marking, "To be filled in", made_at, sheets)
    return write_table_book(book, path, tick)


def _awards(value: Monitoring) -> TableSheet:
    rows = [_award(award, value) for award in value.awards]
    last: list[TableCell] = [None] * len(_AWARDS)
    last[0] = "Total"
    for column, sums in ((6, "stands_pence"), (7, "paid_pence"), (8, "evidenced_pence")):
        last[column - 1] = column_sum(column, len(rows), sum(getattr(a, sums) for a in value.awards))
    for column, count in zip((9, 10, 11), _counts(value), strict=True):
        last[column - 1] = column_total(column, len(rows), count)
    lacking = _lacking_on_all(value)
    all_lack = f" On all of them: {' '.join(lacking)}" if lacking else ""
    note = f"{named(value)}. {value.control}. As on {full_day(value.today)}.{all_lack}"
    printed = len(_AWARDS) - 1  # what it is counted under is long, and for sums alone
    return TableSheet(
        "Awards", value.title, note, _AWARDS, rows, (last,), frozen_columns=3, printed_columns=printed
    )


def _counts(value: Monitoring) -> tuple[int, int, int]:
    planned = sum(len(award.returns) for award in value.awards)
    return planned, sum(len(award.received) for award in value.awards), len(value.overdue)


def _award(award: AwardMonitoring, value: Monitoring) -> Cells:
    due = award.next_due
    return (
        award.reference,
        award.application,
        award.organisation,
        award.project,
        award.area,
        award.stands_pence,
        award.paid_pence,
        award.evidenced_pence,
        len(award.returns),
        len(award.received),
        len(award.overdue(value.today)),
        None if due is None else due.plan.due_on,
        max((visit.on for visit in award.visits), default=None),
        award.progress,
        _to_look_at(award, value),
        award.counted_under,
    )


def _to_look_at(award: AwardMonitoring, value: Monitoring) -> str:
    """Say what an officer is to look at: spend unlike payments, and what is lacking here and not on all."""
    words = [award.proposed, award.warning, award.unevidenced, award.early, award.ends_elsewhere]
    words.append(behind_words(award))
    on_all = _lacking_on_all(value)
    words += [one for one in _lacking(award) if one not in on_all]
    return " ".join(filter(None, words))


def _lacking(award: AwardMonitoring) -> list[str]:
    """Return what was not set up on an award."""
    planned = NOT_PLANNED if award.is_agreed else NOT_SIGNED
    return [*([] if award.outputs else [NOT_AGREED]), *([] if award.returns else [planned])]


def _lacking_on_all(value: Monitoring) -> list[str]:
    """Return what was set up on no award, of several."""
    lacking = list(map(_lacking, value.awards))
    known = (NOT_AGREED, NOT_PLANNED, NOT_SIGNED) if len(lacking) > 1 else ()
    return [one for one in known if all(one in each for each in lacking)]


def _overdue(value: Monitoring) -> TableSheet:
    rows = [
        (
            one.days,
            one.missing.plan.due_on,
            one.award.reference,
            one.award.application,
            one.award.organisation,
            one.award.area,
            one.missing.plan.number,
            one.missing.plan.words,
            one.award.paid_pence,
            one.at_risk_pence,
        )
        for one in value.overdue
    ]
    note = f"Returns that have not come in by {full_day(value.today)}, the longest first."
    return TableSheet("Overdue", value.title_of("overdue returns"), note, _OVERDUE, rows)


def _agreed(value: Monitoring) -> TableSheet:
    note = "What was agreed on each award, and what all returns add up to."
    return TableSheet(
        "Agreed", value.title_of("what was agreed"), note, _AGREED, list(_outputs(value)), frozen_columns=3
    )


def _outputs(value: Monitoring) -> Iterator[Cells]:
    for award in value.awards:
        for output in award.outputs:
            yield (
                award.reference,
                award.application,
                award.organisation,
                output.number,
                "Outcome" if output.is_outcome else "Output",
                output.words,
                output.target,
                award.achieved(output.number),
                award.newest_words(output.number),
            )


def _visits(value: Monitoring) -> TableSheet:
    rows = [
        (award.reference, award.application, award.organisation, visit.on, visit.who, visit.seen)
        for award in value.awards
        for visit in award.visits
    ]
    return TableSheet(
        "Visits", value.title_of("visits"), "Who visited a project, and what was seen.", _VISITS, rows
    )


def _ministry(value: Monitoring) -> TableSheet:
    rows = [
        (value.list_title(one.group), one.line, one.supported, one.given, one.missing) for one in value.sums
    ]
    note = (
        "People supported, summed over all returns of the round. Lists count the same people in different "
        "ways, so lists are not added together."
    )
    note = " ".join((note, *value.missing))
    return TableSheet(
        "Ministry return",
        value.title_of("the return to the Ministry"),
        note,
        _MINISTRY,
        rows,
        frozen_columns=2,
    )
