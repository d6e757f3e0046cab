"""`grant-panel year-end`: how a fund's year ended, line by line, and what was spent read from a workbook."""

import argparse
from collections.abc import Iterator

from cli.frame.output import Column, Json, answer, as_table, told, told_of
from cli.frame.record import open_record, perform
from exchange.papers.finance.returned import ExpenditureReading, read_expenditure
from models.operations.awards.year_end import SetSpent, SpentChange
from models.papers.year.year_end_lines import YearEnd
from models.queries.awards.budget import chosen_budget
from models.queries.awards.year_facts import year_end
from models.record import Record
from models.reference.reporting import last_day
from scoring.counted import counted
from scoring.money import pounds
from scoring.refused import Refused

_NAME = "Area, line or award"
MONEY = (
    Column("Money", "money_pence"),
    Column("Commitment", "committed_pence"),
    Column("Spent", "spent=whole_spent_pence"),
    Column("", "spent_up_to=end.spent.as_at"),
    Column("", "spent_from", lambda line: "payments" if line.end.spent is None else line.end.spent.source),
    Column("Unspent", "left_pence"),
    Column("", "held_by_open_rounds=held_left_pence"),
    Column("Carried forward", "carried_forward=carried_pence", otherwise="not decided"),
)
"""The money of a line, as it is listed and told."""


def run(options: argparse.Namespace) -> None:
    """Record what the workbook says, where one is given, and print how the year stands."""
    if options.dry_run and options.expenditure is None:
        raise Refused("Name the workbook to try, with --expenditure FILE.")
    to_change = options.expenditure is not None and not options.dry_run
    with open_record(options.record, options, to_change=to_change) as record:
        fund, year = record.ask(chosen_budget, fund=options.fund, year=options.year)
        words = tuple(_spent(record, options, fund, year)) if options.expenditure is not None else ()
        found = record.ask(year_end, fund=fund, year=year)
    answer(options, lambda: _document(found), words, _lines(found))


def _spent(record: Record, options: argparse.Namespace, fund: str, year: str) -> Iterator[str]:
    """Read the workbook, record what differs, and yield what is said of it."""
    stands = record.ask(year_end, fund=fund, year=year)
    reading = read_expenditure(options.expenditure, stands, last_day(year))
    changes = tuple(SpentChange(one.line, one.award, one.now, one.before) for one in reading.figures)
    if options.dry_run:
        yield f"{_counted(reading)} would be recorded. Nothing was changed."
        yield from _told(reading)
    elif changes:
        operation = SetSpent(fund, year, changes)
        yield perform(record, operation, options)
    else:
        yield "Every figure in the workbook is recorded already. Nothing was changed."


def _counted(reading: ExpenditureReading) -> str:
    return f"Sheet {reading.sheet}: {counted(len(reading.figures), 'figure')}, {pounds(reading.total_pence)},"


def _told(reading: ExpenditureReading) -> Iterator[str]:
    for one in reading.figures:
        before = "" if one.before is None else f" (before: {pounds(one.before.whole_pence)})"
        yield f"{one.award or one.line}: {pounds(one.now.whole_pence)}{before}"


def _lines(found: YearEnd) -> Iterator[str]:
    yield f"{found.of.fund} {found.of.year}"
    yield from as_table((Column(found.area_label.labelled(_NAME), "line=name"), *MONEY), found.lines)
    yield from found.notes


def _document(found: YearEnd) -> Json:
    return {
        **told(found, "of.fund of.year"),
        "lines": [told_of((Column("", "line=name"), *MONEY), line) for line in found.lines],
        "notes": list(found.notes),
    }
