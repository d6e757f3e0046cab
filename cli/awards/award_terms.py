"""`grant-panel award RECORD profile`, `due`, `proof` and `hold`: how an award is paid, and what for."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import add_award
from cli.days import day, past_day, today, typed_day
from scoring.counted import listed
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.queries.awards.direct.award_lines import AwardLine
    from models.record import Record
    from models.values.award_parts import Instalment

CAME = "A proof is dated the day it came in"
_WHICH = "which instalment, counting from 1; without it the first that is not paid"


def add_profile_to(parser: argparse.ArgumentParser) -> None:
    """Add how an award is paid."""
    add_award(parser)
    words = "the payment profile of the fund, by its code: fund RECORD show FUND lists them"
    parser.add_argument("--profile", metavar="CODE", required=True, help=words)


def add_due_to(parser: argparse.ArgumentParser) -> None:
    """Add when an instalment is due."""
    add_award(parser)
    parser.add_argument("--instalment", metavar="N", type=int, help=_WHICH)
    parser.add_argument("--on", metavar="DAY", required=True, help='the day; "" for none yet')


def add_proof_to(parser: argparse.ArgumentParser) -> None:
    """Add what came in of what an instalment waits for."""
    add_award(parser)
    parser.add_argument("--instalment", metavar="N", type=int, help=_WHICH)
    parser.add_argument("--words", metavar="TEXT", default="", help="what came in, such as receipts 1 to 4")
    parser.add_argument("--on", metavar="DAY", type=day, help="when; without it today")
    parser.add_argument("--remove", action="store_true", help="take back what was recorded")


def add_hold_to(parser: argparse.ArgumentParser) -> None:
    """Add why nothing more is paid."""
    add_award(parser)
    parser.add_argument(
        "--reason",
        metavar="TEXT",
        default="",
        help="why nothing more is paid for now, as the recipient reads it",
    )
    parser.add_argument("--lift", action="store_true", help="let it be paid again")


def pay_in_parts(record: "Record", options: argparse.Namespace) -> int:
    """Pay an award in the parts of one of its fund's profiles."""
    from cli.awards.chosen_award import chosen_award, decided_row, perform, print_award
    from models.operations.awards.paying import SetInstalments
    from models.queries.awards.awards import parts_of, payments

    line = chosen_award(record, options)
    row = decided_row(line, ", so nothing of it is paid.")
    ways = record.ask(partial(payments, round_id=line.round.round_id))
    way = next((way for way in ways if way.code == options.profile.strip()), None)
    if way is None:
        known = listed([one.code for one in ways])
        raise Refused(f"The fund has no payment profile “{options.profile}”. Its profiles: {known}.")
    parts = parts_of(row.amount_pence, way)
    of = line.application.reference
    operation = SetInstalments(line.round.round_id, of, way.code, parts, row.instalments)
    return print_award(record, perform(record, operation, options), options)


def due(record: "Record", options: argparse.Namespace) -> int:
    """Set when an instalment is due."""
    from cli.awards.chosen_award import chosen_award, perform, print_award
    from models.operations.awards.payment_terms import SetDue

    line = chosen_award(record, options)
    number, part = unpaid_part(line, options)
    on, of = typed_day(options.on, today(), options), line.application.reference
    operation = SetDue(line.round.round_id, of, number, on, part.due_on)
    return print_award(record, perform(record, operation, options), options)


def proof(record: "Record", options: argparse.Namespace) -> int:
    """Record that what an instalment waits for came in, or take that back."""
    from cli.awards.chosen_award import chosen_award, perform, print_award
    from models.operations.awards.payment_terms import Proof, SetProof

    line = chosen_award(record, options)
    number, part = unpaid_part(line, options)
    stands = None if part.proof_on is None else Proof(part.proof_on, part.proof)
    came = None if options.remove else Proof(past_day(options.on, CAME), options.words.strip())
    operation = SetProof(line.round.round_id, line.application.reference, number, came, stands)
    return print_award(record, perform(record, operation, options), options)


def hold(record: "Record", options: argparse.Namespace) -> int:
    """Pay nothing more of an award for now, or lift that."""
    from cli.awards.chosen_award import chosen_award, decided_row, perform, print_award
    from models.operations.awards.payment_terms import HoldAward

    line = chosen_award(record, options)
    row, reason = decided_row(line, ", so nothing of it is held."), options.reason.strip()
    if bool(reason) is options.lift:
        raise Refused("Say why nothing more is paid, with --reason TEXT, or --lift the hold.")
    operation = HoldAward(line.round.round_id, line.application.reference, reason, row.held_for)
    return print_award(record, perform(record, operation, options), options)


def unpaid_part(line: "AwardLine", options: argparse.Namespace) -> "tuple[int, Instalment]":
    """Return the instalment that is named, else the first that is not paid; refused where there is none."""
    from cli.awards.chosen_award import decided_row

    parts = decided_row(line, ", so nothing is paid.").instalments
    unpaid = [number for number, part in enumerate(parts, 1) if part.paid_on is None]
    return _part(line, options.instalment or next(iter(unpaid), None), "is paid in full")


def paid_part(line: "AwardLine", options: argparse.Namespace) -> "tuple[int, Instalment]":
    """Return the instalment that is named, else the last that is paid; refused where there is none."""
    from cli.awards.chosen_award import decided_row

    parts = decided_row(line, ", so nothing is paid.").instalments
    paid = [number for number, part in enumerate(parts, 1) if part.paid_on is not None]
    number, part = _part(line, options.instalment or next(reversed(paid), None), "has no payment")
    if part.paid_on is None:
        raise Refused(f"Instalment {number} of {line.reference} is not paid.")
    return number, part


def _part(line: "AwardLine", number: int | None, otherwise: str) -> "tuple[int, Instalment]":
    if number is None:
        raise Refused(f"{line.reference} {otherwise}.")
    parts = line.row.instalments if line.row is not None else ()
    if not 1 <= number <= len(parts):
        raise Refused(f"{line.reference} has no instalment {number}.")
    return number, parts[number - 1]
