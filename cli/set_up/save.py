"""`grant-panel save`: a round of a record as a workbook to fill in."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command, add_person, add_record, add_round, is_named, person
from cli.output import say

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.record import Record


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "save", run, "write a round as a workbook, ready for marks")
    add_record(parser)
    add_round(parser, required=True)
    parser.add_argument("workbook", metavar="WORKBOOK", type=Path, help="the workbook to write")
    add_person(parser)


def run(options: argparse.Namespace) -> int:
    """Write the workbook, and say what it does not hold."""
    from functools import partial

    from msgspec.structs import replace

    from cli.days import today
    from cli.record.opening import open_record
    from cli.set_up.rounds import scored_round_of
    from cli.set_up.source import refuse_record
    from exchange.atomic import kept_beside
    from exchange.round_workbook.write import write_round
    from models.permissions.reading import refuse_other_roles
    from models.permissions.viewing import refuse_closed
    from models.queries.set_up.scheme import area_word
    from models.queries.set_up.signing import seat_rows
    from scoring.written.area_label import AREA

    refuse_record(options.workbook)
    with open_record(options.record, options, to_change=False) as record:
        chosen = scored_round_of(record, options)
        if is_named(options):
            round_id = chosen.line.round_id
            record.ask(partial(refuse_other_roles, name=person(options), round_id=round_id))
            refuse_closed(chosen.rows, chosen.sight, None)
        seats = record.ask(partial(seat_rows, round_id=chosen.line.round_id))
        label = record.ask(partial(area_word, day=today()))
        others = ", ".join(_others(record, chosen.line.round_id, len(chosen.recommended)))
    word = "" if label == AREA else label.one
    written = write_round(replace(chosen.rows, seats=seats), options.workbook, area_word=word)
    say(kept_beside(options.workbook, written) or f"Saved the round {chosen.line.words} as {written}.")
    say(f"A workbook is not a backup: the record also has {others}.")
    return 0


def _others(record: "Record", round_id: int, recommended: int) -> Iterator[str]:
    """Yield what the record has of the round, or beside it, that a workbook does not hold."""
    from functools import partial

    from models.papers.kinds import SCHEDULE
    from models.queries.applications.applications import gate_results
    from models.queries.deciding.challenges.challenges import challenged_in
    from models.queries.papers.issues import issued_papers
    from models.queries.set_up.rounds import rounds

    singly = len(record.ask(partial(gate_results, round_id=round_id)))
    issued = record.ask(partial(issued_papers, round_id=round_id))
    schedules = sum(one.kind == SCHEDULE and one.round_id == round_id for one in issued)
    yield f"its journal of {record.head().seq} rows"
    yield "the words for each mark"
    for count, what in (
        (singly, "results of single gates"),
        (recommended, "recommendations"),
        (schedules, "issued schedules"),
        (len(record.ask(partial(challenged_in, round_id=round_id))), "challenged applications"),
        (len(record.ask(rounds)) - 1, "other rounds"),
    ):
        if count:
            yield f"{what} ({count})"
