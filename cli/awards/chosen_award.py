"""The award that the options name, and what an action on it prints."""

import argparse
from functools import partial

from cli.arguments import acting
from cli.awards.award_text import award_json
from cli.output import print_json, say
from models.operation import Actor, Operation
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.direct.award_lines import AwardLine, award_lines_of
from models.queries.awards.direct.direct_awards import find_award
from models.record import Record
from scoring.refused import Refused


def chosen_award(record: Record, options: argparse.Namespace) -> AwardLine:
    """Return the award that the options name, by its reference or its application's."""
    return award_named(record, str(options.award).strip())


def award_named(record: Record, reference: str) -> AwardLine:
    """Return the award of a reference, its own or its application's."""
    found = record.ask(partial(find_award, reference=reference))
    lines = () if found is None else record.ask(partial(award_lines_of, round_id=found[0]))
    line = next((one for one in lines if found and one.application.reference == found[1]), None)
    if line is None:
        raise Refused(
            f"There is no award {reference} in this record. grant-panel award RECORD list names them."
        )
    return line


def decided_row(line: AwardLine, otherwise: str) -> AwardRow:
    """Return what is decided of an award; refused where nothing is yet, in a sentence with that end."""
    if line.row is None:
        raise Refused(f"{line.reference} is not decided yet{otherwise}")
    return line.row


def perform(
    record: Record, operation: Operation, options: argparse.Namespace, actor: Actor | None = None
) -> str:
    """Make a change for the person whom the options name, or another, and return what it says."""
    return record.perform(operation, actor or acting(record, operation, options)).words


def print_award(record: Record, words: str, options: argparse.Namespace) -> int:
    """Print what was done to the award, or with --json the award as it stands now."""
    if options.json:
        print_json(award_json(chosen_award(record, options)))
    else:
        say(words)
    return 0
