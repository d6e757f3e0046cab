"""`grant-panel award RECORD profile`, `due`, `proof`, `hold` and `agree`: how it is paid, and for what."""

import argparse
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from cli.awards.award import decided_row, of_award
from cli.frame.typed import past_day, today, typed_day
from exchange.cells.values import read_whole
from models.operation import Operation
from models.operations.awards.monitoring import SetAgreedOutputs
from models.operations.awards.paying import SetInstalments
from models.operations.awards.payment_terms import HoldAward, Proof, SetDue, SetProof
from models.papers.monitoring.monitoring import AgreedOutput
from models.queries.awards.awards import parts_of, payments
from models.queries.awards.awards_page import AwardLine
from models.queries.awards.monitoring import monitored_award
from models.record import Record
from models.values.awards import Instalment
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.text import Unreadable

CAME = "A proof is dated the day it came in"


@of_award
def pay_in_parts(record: Record, line: AwardLine, options: argparse.Namespace) -> Operation | str:
    """Pay an award in the parts of one of its fund's profiles."""
    row = decided_row(line, ", so nothing of it is paid.")
    ways = record.ask(payments, round_id=line.round.round_id)
    way = next((way for way in ways if way.code == options.profile.strip()), None)
    if way is None:
        known = listed([one.code for one in ways])
        raise Refused(f"The fund has no payment profile “{options.profile}”. Its profiles: {known}.")
    parts = parts_of(row.amount_pence, way)
    of = line.application.reference
    return SetInstalments(line.round.round_id, of, way.code, parts, row.instalments)


@of_award
def due(record: Record, line: AwardLine, options: argparse.Namespace) -> Operation | str:
    """Set when an instalment is due."""
    number, part = unpaid_part(line, options)
    on, of = typed_day(options.on, today(), options), line.application.reference
    return SetDue(line.round.round_id, of, number, on, part.due_on)


@of_award
def proof(record: Record, line: AwardLine, options: argparse.Namespace) -> Operation | str:
    """Record that what an instalment waits for came in, or take that back."""
    number, part = unpaid_part(line, options)
    stands = None if part.proof_on is None else Proof(part.proof_on, part.proof)
    came = None if options.remove else Proof(past_day(options.on, CAME), options.words.strip())
    return SetProof(line.round.round_id, line.application.reference, number, came, stands)


@of_award
def hold(record: Record, line: AwardLine, options: argparse.Namespace) -> Operation | str:
    """Pay nothing more of an award for now, or lift that."""
    row, reason = decided_row(line, ", so nothing of it is held."), options.reason.strip()
    if bool(reason) is options.lift:
        raise Refused("Say why nothing more is paid, with --reason TEXT, or --lift the hold.")
    return HoldAward(line.round.round_id, line.application.reference, reason, row.held_for)


def unpaid_part(line: AwardLine, options: argparse.Namespace) -> tuple[int, Instalment]:
    """Return the instalment that is named, else the first that is not paid; refused where there is none."""
    parts = decided_row(line, ", so nothing is paid.").instalments
    unpaid = [number for number, part in enumerate(parts, 1) if part.paid_on is None]
    return _part(line, options.instalment or next(iter(unpaid), None), "is paid in full")


def paid_part(line: AwardLine, options: argparse.Namespace) -> tuple[int, Instalment]:
    """Return the instalment that is named, else the last that is paid; refused where there is none."""
    parts = decided_row(line, ", so nothing is paid.").instalments
    paid = [number for number, part in enumerate(parts, 1) if part.paid_on is not None]
    number, part = _part(line, options.instalment or next(reversed(paid), None), "has no payment")
    if part.paid_on is None:
        raise Refused(f"Instalment {number} of {line.reference} is not paid.")
    return number, part


def _part(line: AwardLine, number: int | None, otherwise: str) -> tuple[int, Instalment]:
    if number is None:
        raise Refused(f"{line.reference} {otherwise}.")
    parts = line.row.instalments if line.row is not None else ()
    if not 1 <= number <= len(parts):
        raise Refused(f"{line.reference} has no instalment {number}.")
    return number, parts[number - 1]


class Point(NamedTuple):
    """One thing as it was typed: what changes, or what is done with the figure to reach, None without one."""

    words: str
    target: int | None = None
    is_outcome: bool = False


def outcome(text: str) -> Point:
    """Return an outcome as typed."""
    return Point(text.strip(), is_outcome=True)


def output(text: str) -> Point:
    """Return an output as typed; raises ArgumentTypeError where what follows the last "=" is no figure."""
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


@of_award
def agree(record: Record, line: AwardLine, options: argparse.Namespace) -> Operation | str:
    """Record what is agreed in place of what was, or print what stands where nothing is given."""
    decided_row(line, ". What it is for is agreed once it is.")
    number, of = line.round.round_id, line.application.reference
    award = record.ask(monitored_award, round_id=number, application=of)
    if not options.points:
        return "\n".join(_told(line.reference, award.outputs))
    outputs = tuple(_numbered(options.points, award.outputs))
    return SetAgreedOutputs(number, of, outputs, award.outputs)


def _numbered(points: Sequence[Point], before: Iterable[AgreedOutput]) -> Iterable[AgreedOutput]:
    """Return what is agreed, by number: what stood before keeps its own, by which returns tell of it."""
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


def _told(reference: str, outputs: Iterable[AgreedOutput]) -> Iterable[str]:
    """Return what is agreed on an award, a line each."""
    said = [f"{one.words}{'' if one.target is None else f': {one.target:,}'}" for one in outputs]
    return (f"Agreed on {reference}:", *said) if said else (f"Nothing is agreed on {reference} yet.",)


TYPES = {"--outcome": outcome, "--output": output}
