"""`grant-panel award RECORD recover`: ask for money from an award back, and record what came of it."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import acting, add_award
from cli.awards.amounts import MISSING, pence_of
from cli.awards.varied_text import varied_json, varied_lines
from cli.days import day, past_day
from cli.output import print_json, print_lines, say
from scoring.refused import Refused
from scoring.written.days import full_day

if TYPE_CHECKING:
    from models.queries.awards.variations.finding import FoundAward
    from models.queries.awards.variations.recoveries import Recovery
    from models.record import Record

ASKED = "A request is dated the day it was made"
CAME = "Money is dated the day it was received"


ASKED_ON = "when it was asked; without it today, or the day on which it was received where that is given"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the options of the action."""
    add_award(parser)
    parser.add_argument("--amount", metavar="POUNDS", help="ask for this much back, with --reason")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why; the letter gives it")
    parser.add_argument("--asked-on", metavar="DATE", type=day, help=ASKED_ON)
    words = "how much was received; without it all that was due"
    parser.add_argument("--received", metavar="POUNDS", help=words)
    parser.add_argument(
        "--received-on", metavar="DATE", type=day, help="when it was received; without it today"
    )
    parser.add_argument("--request", metavar="N", type=int, help="for which request, where there are several")


def recover(record: "Record", options: argparse.Namespace) -> int:
    """Ask for the money, record what came, and print how the award stands."""
    from models.queries.awards.variations.finding import find_award
    from models.queries.deciding.decisions import chain_of

    chosen = partial(find_award, reference=options.award)
    is_received = options.received is not None or options.received_on is not None
    if options.amount is None and not is_received:
        raise Refused(
            "Say how much to ask for back, with --amount POUNDS, or how much was received, with "
            "--received POUNDS."
        )
    _check_days(options)
    said = []
    if options.amount is not None:
        said.append(_ask(record, options, record.ask(chosen)))
    if is_received:
        said.append(_receive(record, options, record.ask(chosen)))
    round_id, award = record.ask(chosen)
    chain = record.ask(partial(chain_of, round_id=round_id))
    if options.json:
        print_json(varied_json(award, chain))
        return 0
    say(*said)
    print_lines(varied_lines(award, chain))
    return 0


def _check_days(options: argparse.Namespace) -> None:
    """Refuse a day before anything is asked, so that nothing is half done."""
    came, asked = past_day(options.received_on, CAME), options.asked_on
    if options.amount is not None and options.received_on is not None and asked is not None and came < asked:
        raise Refused(
            f"It was asked for on {full_day(asked)} and received before. {CAME}. Nothing was recorded."
        )


def _ask(record: "Record", options: argparse.Namespace, found: "FoundAward") -> str:
    from models.operations.awards.variations.recoveries import AskBack

    number, on = len(found.award.asked_back) + 1, past_day(options.asked_on or options.received_on, ASKED)
    amount = pence_of(options.amount, MISSING)
    asked = AskBack(found.round_id, found.award.application, number, amount, on, options.reason)
    return record.perform(asked, acting(record, asked, options)).words


def _receive(record: "Record", options: argparse.Namespace, found: "FoundAward") -> str:
    from models.operations.awards.payment_terms import SetReturned
    from models.values.award_parts import Returned

    award, request = found.award, _request(options, found)
    left = request.outstanding_pence(award.returned)
    amount = left if options.received is None else pence_of(options.received, MISSING)
    on = past_day(options.received_on, CAME)
    came = Returned(amount, on, request.reason, request.number)
    operation = SetReturned(found.round_id, award.application, (*award.returned, came), award.returned)
    return record.perform(operation, acting(record, operation, options)).words


def _request(options: argparse.Namespace, found: "FoundAward") -> "Recovery":
    """Return the request that money came for: the one named, else the only one of which some is to come."""
    award = found.award
    waiting = [one for one in award.asked_back if one.outstanding_pence(award.returned)]
    if options.amount is not None:
        return award.asked_back[-1]
    named = [one for one in award.asked_back if one.number == options.request]
    if options.request is not None and not named:
        raise Refused(f"{award.reference} has no request {options.request}. Correct the number.")
    if named:
        return named[0]
    if len(waiting) > 1:
        numbers = ", ".join(str(one.number) for one in waiting)
        raise Refused(f"Requests {numbers} of {award.reference} are open. Say which with --request N.")
    if not waiting:
        raise Refused(
            f"No money was asked back from {award.reference}. Ask for it first, with --amount POUNDS."
        )
    return waiting[0]
