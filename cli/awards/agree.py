"""`grant-panel award RECORD agree`: what is agreed with the recipient of an award: outcomes and outputs."""

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cli.arguments import add_award

if TYPE_CHECKING:
    from models.papers.monitoring.award_monitoring import AgreedOutput
    from models.record import Record


class Point(NamedTuple):
    """One thing as it was typed: what changes, or what is done with the figure to reach, None without one."""

    words: str
    target: int | None = None
    is_outcome: bool = False


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what is agreed; without it what stands is printed."""
    add_award(parser)
    words = "what the grant is to change; give it again for each. All that is agreed is given together"
    parser.add_argument("--outcome", dest="points", metavar="TEXT", action="append", type=outcome, help=words)
    words = "what is done and how much of it, such as “Sessions held=40”; give it again for each"
    parser.add_argument("--output", dest="points", metavar="TEXT=N", action="append", type=output, help=words)


def outcome(text: str) -> Point:
    """Return an outcome as typed."""
    return Point(text.strip(), is_outcome=True)


def output(text: str) -> Point:
    """Return an output as typed; raises ArgumentTypeError where what follows the last "=" is no figure."""
    from exchange.cells.values import read_whole
    from scoring.written.text import Unreadable

    words, is_split, figure = text.rpartition("=")
    if not is_split:
        return Point(text.strip())
    try:
        target = read_whole(figure)
    except Unreadable:
        target = None
    if target is None or target < 0:
        raise argparse.ArgumentTypeError(f"{figure.strip() or 'nothing'} is no figure to reach, such as 40")
    return Point(words.strip(), target)


def agree(record: "Record", options: argparse.Namespace) -> int:
    """Record what is agreed in place of what was, or print what stands where nothing is given."""
    from functools import partial

    from cli.awards.chosen_award import chosen_award, decided_row, perform, print_award
    from models.operations.awards.monitoring import SetAgreedOutputs
    from models.queries.awards.monitoring import monitored_award

    line = chosen_award(record, options)
    decided_row(line, ". What it is for is agreed once it is.")
    number, of = line.round.round_id, line.application.reference
    award = record.ask(partial(monitored_award, round_id=number, application=of))
    if options.points is None:
        return print_award(record, "\n".join(_told(line.reference, award.outputs)), options)
    outputs = tuple(_numbered(options.points, award.outputs))
    operation = SetAgreedOutputs(number, of, outputs, award.outputs)
    return print_award(record, perform(record, operation, options), options)


def _numbered(points: Sequence[Point], before: Iterable["AgreedOutput"]) -> Iterable["AgreedOutput"]:
    """Return what is agreed, by number: what stood before keeps its own, by which returns tell of it."""
    from msgspec.structs import replace

    from models.papers.monitoring.award_monitoring import AgreedOutput

    known = {(one.words, one.is_outcome): one for one in before}
    free = max((one.number for one in known.values()), default=0)
    found = []
    for point in points:
        was = known.pop((point.words, point.is_outcome), None)
        if was is None:
            free += 1
            was = AgreedOutput(free, point.words, is_outcome=point.is_outcome)
        found.append(replace(was, target=point.target))
    return sorted(found, key=lambda one: one.number)


def _told(reference: str, outputs: Iterable["AgreedOutput"]) -> Iterable[str]:
    """Return what is agreed on an award, a line each."""
    said = [f"{one.words}{'' if one.target is None else f': {one.target:,}'}" for one in outputs]
    return (f"Agreed on {reference}:", *said) if said else (f"Nothing is agreed on {reference} yet.",)
