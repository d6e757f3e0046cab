"""`grant-panel load` and `save`: a round from a workbook into a record, and back."""

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from cli.frame.output import say, warn
from cli.frame.record import for_the_office, is_named, open_record, person, warn_of_plain
from cli.frame.rounds import refuse_record, scored_round_of
from cli.frame.typed import today
from exchange.atomic import kept_beside
from exchange.round_workbook.read import read_round
from exchange.round_workbook.write import write_round
from models.operation import Actor, Operation
from models.operations.applications.organisations import apart_said, merges_said
from models.operations.deciding.chair_decisions import refuse_unruled
from models.operations.panel.reopened import with_reason
from models.operations.set_up.load import LoadRound
from models.operations.set_up.replace import ReplaceRound
from models.papers.kinds import SCHEDULE
from models.permissions.viewing import refuse_closed
from models.queries.applications.applications import gate_results
from models.queries.awards.year_facts import over_year_lines
from models.queries.deciding.challenges import challenged_in
from models.queries.deciding.signatories import seat_rows
from models.queries.panel.panel import refuse_one_person
from models.queries.papers.issues import issued_papers
from models.queries.permissions.reading import refuse_other_roles
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_word, find_round, rounds
from models.record import Record
from models.session import Session
from models.values.rows import RoundRows, dated
from scoring.refused import Refused
from scoring.written.area_label import AREA


def load(options: argparse.Namespace) -> None:
    """Read the workbook, and only then change the record."""
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
        round_id = record.ask(find_round, name=rows.name, fund=rows.fund, year=rows.year or None)
        for asked in (apart, merges):
            said += [record.perform(one, for_the_office(options)).words for one in record.ask(asked)]
        over = record.ask(over_year_lines, round_id=round_id)
    say(*said)
    warn((*rows.warnings, *over))


def _tried(
    session: Session,
    operation: Operation,
    by: Actor,
    then: tuple[Callable[[Session], tuple[Operation, ...]], ...],
) -> None:
    """Try a change out and what comes after it, which may be refused."""
    operation.apply(session, by, datetime.now(UTC))
    for asked in then:
        for one in asked(session):
            one.apply(session, by, datetime.now(UTC))


def _merges(session: Session, rows: RoundRows, source: str) -> tuple[Operation, ...]:
    """Return the merges of the organisations that the workbook counts as one."""
    round_id = find_round(session, rows.name, rows.fund, rows.year or None)
    return merges_said(session, round_id, rows.merged, f"Counted as one organisation in {source}")


def _apart(session: Session, rows: RoundRows, source: str) -> tuple[Operation, ...]:
    """Return what keeps apart the branches of one organisation that the workbook counts as several."""
    round_id = find_round(session, rows.name, rows.fund, rows.year or None)
    return apart_said(session, round_id, rows.merged, f"Counted as another organisation in {source}")


def _operation(record: Record, rows: RoundRows, options: argparse.Namespace) -> Operation:
    if not options.replace:
        refuse_unruled(rows)
        if not options.same_person:
            refuse_one_person(rows.members)
        return LoadRound(rows, source=options.workbook.name)
    round_id = record.ask(find_round, name=rows.name, fund=rows.fund, year=rows.year or None)
    before = record.ask(round_rows, round_id=round_id)
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


def save(options: argparse.Namespace) -> None:
    """Write the workbook, and say what it does not hold."""
    refuse_record(options.workbook)
    with open_record(options.record, options, to_change=False) as record:
        chosen = scored_round_of(record, options)
        if is_named(options):
            round_id = chosen.line.round_id
            record.ask(refuse_other_roles, name=person(options), round_id=round_id)
            refuse_closed(chosen.rows, chosen.sight, None)
        seats = record.ask(seat_rows, round_id=chosen.line.round_id)
        label = record.ask(area_word, day=today())
        others = ", ".join(_others(record, chosen.line.round_id, len(chosen.recommended)))
    word = "" if label == AREA else label.one
    written = write_round(replace(chosen.rows, seats=seats), options.workbook, area_word=word)
    say(kept_beside(options.workbook, written) or f"Saved the round {chosen.line.words} as {written}.")
    say(f"A workbook is not a backup: the record also has {others}.")


def _others(record: Record, round_id: int, recommended: int) -> Iterator[str]:
    """Yield what the record has of the round, or beside it, that a workbook does not hold."""
    singly = len(record.ask(gate_results, round_id=round_id))
    issued = record.ask(issued_papers, round_id=round_id)
    schedules = sum(one.kind == SCHEDULE and one.round_id == round_id for one in issued)
    yield f"its journal of {record.head().seq} rows"
    yield "the words for each mark"
    for count, what in (
        (singly, "results of single gates"),
        (recommended, "recommendations"),
        (schedules, "issued schedules"),
        (len(record.ask(challenged_in, round_id=round_id)), "challenged applications"),
        (len(record.ask(rounds)) - 1, "other rounds"),
    ):
        if count:
            yield f"{what} ({count})"
