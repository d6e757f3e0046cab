"""`grant-panel year-end`: how a fund's year ended, line by line, and what was spent read from a workbook."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import acting, add_command, add_json, add_person, add_record, financial_year
from cli.output import print_json, print_lines, say, table
from scoring.counted import counted
from scoring.money import plain_pounds, plain_pounds_if_any, pounds
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from exchange.papers.year.year_end_reading import ExpenditureReading
    from models.papers.year.year_end_lines import YearEnd, YearEndLine
    from models.record import Record

_NAME = "Area, line or award"
_HEADS = ("Money", "Commitment", "Spent", "Unspent", "Carried forward")


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(
        commands, "year-end", run, "print how a fund's year ended, or record what was spent from a workbook"
    )
    add_record(parser)
    words = "the fund; without it the only one with money or rounds"
    parser.add_argument("--fund", metavar="NAME", help=words)
    words = "the financial year; without it the newest with rounds or allocations"
    parser.add_argument("--year", metavar="2026/27", type=financial_year, help=words)
    words = "record what finance's workbook says was spent, by area or award; all of it or nothing"
    parser.add_argument("--expenditure", metavar="FILE", type=Path, help=words)
    parser.add_argument("--dry-run", action="store_true", help="say what it would record, and record nothing")
    add_person(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Record what the workbook says, where one is given, and print how the year stands."""
    from cli.record.opening import open_record
    from models.queries.awards.budget import chosen_budget
    from models.queries.awards.year_end import year_end

    if options.dry_run and options.expenditure is None:
        raise Refused("Name the workbook to try, with --expenditure FILE.")
    to_change = options.expenditure is not None and not options.dry_run
    with open_record(options.record, options, to_change=to_change) as record:
        fund, year = record.ask(partial(chosen_budget, fund=options.fund, year=options.year))
        words = tuple(_spent(record, options, fund, year)) if options.expenditure is not None else ()
        found = record.ask(partial(year_end, fund=fund, year=year))
    if options.json:
        print_json(_document(found))
        return 0
    say(*words)
    print_lines(_lines(found))
    return 0


def _spent(record: "Record", options: argparse.Namespace, fund: str, year: str) -> Iterator[str]:
    """Read the workbook, record what differs, and yield what is said of it."""
    from exchange.papers.year.year_end_reading import read_expenditure
    from models.operations.awards.year_end import SetSpent, SpentChange
    from models.papers.year.year_facts import last_day
    from models.queries.awards.year_end import year_end

    stands = record.ask(partial(year_end, fund=fund, year=year))
    reading = read_expenditure(options.expenditure, stands, last_day(year))
    changes = tuple(SpentChange(one.line, one.award, one.now, one.before) for one in reading.figures)
    if options.dry_run:
        yield f"{_counted(reading)} would be recorded. Nothing was changed."
        yield from _told(reading)
    elif changes:
        operation = SetSpent(fund, year, changes)
        yield record.perform(operation, acting(record, operation, options)).words
    else:
        yield "Every figure in the workbook is recorded already. Nothing was changed."


def _counted(reading: "ExpenditureReading") -> str:
    return f"Sheet {reading.sheet}: {counted(len(reading.figures), 'figure')}, {pounds(reading.total_pence)},"


def _told(reading: "ExpenditureReading") -> Iterator[str]:
    for one in reading.figures:
        before = "" if one.before is None else f" (before: {pounds(one.before.whole_pence)})"
        yield f"{one.award or one.line}: {pounds(one.now.whole_pence)}{before}"


def _lines(found: "YearEnd") -> Iterator[str]:
    yield f"{found.of.fund} {found.of.year}"
    heads = (found.area_label.labelled(_NAME), *_HEADS)
    yield from table(heads, [_row(line) for line in found.lines], right=(1, 2, 3, 4, 5))
    yield from found.notes


def _row(line: "YearEndLine") -> tuple[str, ...]:
    money = (line.money_pence, line.committed_pence, line.whole_spent_pence, line.left_pence)
    carried = "not decided" if line.carried_pence is None else pounds(line.carried_pence)
    return (line.name, *map(pounds, money), carried)


def _document(found: "YearEnd") -> dict[str, object]:
    return {
        "fund": found.of.fund,
        "year": found.of.year,
        "lines": list(map(_line, found.lines)),
        "notes": list(found.notes),
    }


def _line(line: "YearEndLine") -> dict[str, object]:
    spent = line.end.spent
    return {
        "line": line.name,
        "money": plain_pounds(line.money_pence),
        "committed": plain_pounds(line.committed_pence),
        "spent": plain_pounds(line.whole_spent_pence),
        "spent_up_to": None if spent is None else spent.as_at.isoformat(),
        "spent_from": "payments" if spent is None else spent.source,
        "left": plain_pounds(line.left_pence),
        "held_by_open_rounds": plain_pounds(line.held_left_pence),
        "carried_forward": plain_pounds_if_any(line.carried_pence),
    }
