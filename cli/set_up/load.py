"""`grant-panel load`: a round workbook into a record."""

import argparse
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cli.arguments import ON_PAPER, add_command, add_person, add_record, for_the_office
from cli.days import today
from cli.output import say, warn
from scoring.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.arguments import Commands
    from models.operation import Actor, Operation
    from models.record import Record
    from models.session import Session
    from models.values.rows import RoundRows


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(
        commands, "load", run, "make a round from a workbook, or bring one up to date from it"
    )
    add_record(parser)
    parser.add_argument("workbook", metavar="WORKBOOK", type=Path, help="the round workbook")
    parser.add_argument("--replace", action="store_true", help="bring the round of that name up to date")
    parser.add_argument(
        "--reopen-because",
        metavar="TEXT",
        default="",
        help="why sheets that were handed in, or members, are otherwise in the workbook (with --replace)",
    )
    parser.add_argument(
        "--same-person", choices=["no"], help="members of one name are two people, not one counted twice"
    )
    add_person(parser, ON_PAPER)


def run(options: argparse.Namespace) -> int:
    """Read the workbook, and only then change the record."""
    from cli.record.opening import open_record, warn_of_plain
    from cli.set_up.source import refuse_record
    from exchange.round_workbook.read import read_round
    from models.queries.awards.year_facts import over_year_lines
    from models.queries.set_up.rounds import find_round

    refuse_record(options.workbook)
    if options.reopen_because and not options.replace:
        raise Refused("--reopen-because goes with --replace: a new round has no sheets to reopen.")
    rows = read_round(options.workbook)
    with open_record(options.record, options, to_change=True) as record:
        operation = _operation(record, rows, options)
        merges = partial(_merges, rows=rows, source=options.workbook.name)
        apart = partial(_apart, rows=rows, source=options.workbook.name)
        if rows.merged:  # refused before anything is loaded
            record.try_out(
                partial(_tried, operation=operation, by=for_the_office(options), then=(apart, merges))
            )
        said = [record.perform(operation, for_the_office(options)).words]
        warn_of_plain(record, rows.fund)
        round_id = record.ask(partial(find_round, name=rows.name, fund=rows.fund, year=rows.year or None))
        for asked in (apart, merges):
            said += [record.perform(one, for_the_office(options)).words for one in record.ask(asked)]
        over = record.ask(partial(over_year_lines, round_id=round_id))
    say(*said)
    warn((*rows.warnings, *over))
    return 0


def _tried(
    session: "Session",
    operation: "Operation",
    by: "Actor",
    then: "tuple[Callable[[Session], tuple[Operation, ...]], ...]",
) -> None:
    """Try a change out and what comes after it, which may be refused."""
    operation.apply(session, by, datetime.now(UTC))
    for asked in then:
        for one in asked(session):
            one.apply(session, by, datetime.now(UTC))


def _merges(session: "Session", rows: "RoundRows", source: str) -> "tuple[Operation, ...]":
    """Return the merges of the organisations that the workbook counts as one."""
    from models.operations.applications.organisations import merges_said
    from models.queries.set_up.rounds import find_round

    round_id = find_round(session, rows.name, rows.fund, rows.year or None)
    return merges_said(session, round_id, rows.merged, f"Counted as one organisation in {source}")


def _apart(session: "Session", rows: "RoundRows", source: str) -> "tuple[Operation, ...]":
    """Return what keeps apart the branches of one organisation that the workbook counts as several."""
    from models.operations.applications.organisations import apart_said
    from models.queries.set_up.rounds import find_round

    round_id = find_round(session, rows.name, rows.fund, rows.year or None)
    return apart_said(session, round_id, rows.merged, f"Counted as another organisation in {source}")


def _operation(record: "Record", rows: "RoundRows", options: argparse.Namespace) -> "Operation":
    from models.operations.deciding.chair_decisions import refuse_unruled
    from models.operations.panel.reopened import with_reason
    from models.operations.panel.withdrawn_interests import dated
    from models.operations.set_up.load import LoadRound
    from models.operations.set_up.replace import ReplaceRound
    from models.queries.panel.namesakes import refuse_one_person
    from models.queries.set_up.round_rows import round_rows
    from models.queries.set_up.rounds import find_round

    if not options.replace:
        refuse_unruled(rows)
        if not options.same_person:
            refuse_one_person(rows.members)
        return LoadRound(rows, source=options.workbook.name)
    round_id = record.ask(partial(find_round, name=rows.name, fund=rows.fund, year=rows.year or None))
    before = record.ask(partial(round_rows, round_id=round_id))
    refuse_unruled(rows, before)
    declared = dated(before.interests, rows.interests, today())
    because = options.reopen_because.strip()
    rows = replace(rows, interests=declared)
    if because:
        rows = with_reason(rows, before, because)
    if not options.same_person:
        refuse_one_person(rows.members, before.members)
    return ReplaceRound(
        round_id,
        rows,
        source=options.workbook.name,
        reopen_because=because,
    )
