"""`grant-panel vary`: change an award after it was made, have that signed, or withdraw it."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import (
    acting,
    add_award,
    add_command,
    add_json,
    add_person,
    add_record,
    for_the_office,
    is_named,
)
from cli.awards.amounts import MISSING, pence_of
from cli.awards.varied_text import varied_json, varied_lines
from cli.days import day, past_day
from cli.output import print_json, print_lines, say
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.operation import Operation
    from models.operations.awards.variations.signing import SignVariation
    from models.queries.awards.variations.finding import FoundAward
    from models.record import Record
    from models.session import Session
    from models.values.award_terms import Part, Terms

DATED = "A change is dated the day it was made"
_TERMS = ("amount", "starts", "ends", "outcomes", "profile", "part", "conditions", "recipient")


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(commands, "vary", run, "vary an award, or print how it was varied")
    add_record(parser)
    add_award(parser)
    parser.add_argument(
        "--amount", metavar="POUNDS", help="what the award becomes, before anything recovered"
    )
    parser.add_argument("--starts", metavar="DATE", type=day, help="the day on which the project starts")
    parser.add_argument("--ends", metavar="DATE", type=day, help="the day on which it ends")
    parser.add_argument("--outcomes", metavar="TEXT", help="what is to be achieved")
    parser.add_argument(
        "--profile", metavar="CODE", help="the payment profile for what has not been paid yet"
    )
    words = "a part still to be paid, like 500=receipts or 500=receipts@2027-03-01; repeat for each"
    parser.add_argument("--part", metavar="POUNDS=WAITS FOR[@DATE]", action="append", help=words)
    words = "a condition; repeat for each; they replace all there were"
    parser.add_argument("--conditions", metavar="TEXT", action="append", help=words)
    parser.add_argument("--recipient", metavar="NAME", help="what the recipient is called now")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why; the letter and papers print it")
    parser.add_argument("--on", metavar="DATE", type=day, help="the day of it; without it today")
    parser.add_argument("--sign", action="store_true", help="sign the waiting variation, as --as NAME")
    parser.add_argument(
        "--post", metavar="POST", help="for which post it is signed, where a step has several"
    )
    parser.add_argument(
        "--interests", metavar="TEXT", default="none", help="interests of the person who signs"
    )
    words = "record from paper what the last step of the chain signed"
    parser.add_argument("--from-paper", action="store_true", help=words)
    parser.add_argument("--withdraw", action="store_true", help="withdraw the waiting one, with --reason")
    add_person(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Make the change that is asked for and print how the award stands."""
    from cli.record.opening import open_record
    from models.queries.awards.variations.finding import find_award
    from models.queries.deciding.decisions import chain_of

    is_change = _is_change(options)
    chosen = partial(find_award, reference=options.award)
    with open_record(options.record, options, to_change=is_change) as record:
        found = record.ask(chosen)
        words = _change(record, options, found) if is_change else ""
        chain = record.ask(partial(chain_of, round_id=found.round_id))
        stands = record.ask(chosen)
        over = record.ask(partial(_over_the_pot, found=stands)) if is_change else ()
    award = stands.award
    if options.json:
        print_json(varied_json(award, chain))
        return 0
    say(*filter(None, [words]))
    print_lines(varied_lines(award, chain))
    print_lines(over)
    return 0


def _is_change(options: argparse.Namespace) -> bool:
    """Return whether the award is changed, not printed alone; refused where options do not go together."""
    given = any(getattr(options, name) is not None for name in _TERMS)
    if sum((given, options.sign, options.withdraw)) > 1:
        raise Refused("Vary, sign or withdraw, each with a separate command. Nothing was changed.")
    is_change = bool(given or options.sign or options.withdraw)
    if options.reason and not is_change:
        raise Refused("Say what is varied, such as --amount POUNDS, with the reason. Nothing was changed.")
    if not options.sign and (options.from_paper or options.post):
        raise Refused("--from-paper and --post belong to a signature: add --sign. Nothing was changed.")
    return is_change


def _over_the_pot(session: "Session", found: "FoundAward") -> tuple[str, ...]:
    """Return which pots of the round are passed, with a variation that waits, and who allows that."""
    from models.queries.deciding.allowances import over_lines

    waits = found.award.proposed
    changed = {} if waits is None else {found.award.application: waits.to_pence}
    return over_lines(session, found.round_id, changed)


def _change(record: "Record", options: argparse.Namespace, found: "FoundAward") -> str:
    from models.operations.awards.variations.signing import WithdrawVariation
    from models.operations.awards.variations.vary import VaryAward
    from models.queries.awards.variations.amendments import with_moved_returns

    round_id, award = found
    operation: Operation
    if options.sign:
        signing = record.ask(partial(_signing, options=options, found=found))
        who = for_the_office(options) if options.from_paper else acting(record, signing, options)
        return record.perform(signing, who).words
    if options.withdraw:
        operation = WithdrawVariation(round_id, award.application, _waiting(found), options.reason)
    else:
        number, on = len(award.variations) + 1, past_day(options.on, DATED)
        moved = partial(with_moved_returns, round_id=round_id, award=award, terms=_terms(options))
        terms = record.ask(moved)
        operation = VaryAward(round_id, award.application, number, terms, options.reason, on)
    return record.perform(operation, acting(record, operation, options)).words


def _signing(session: "Session", options: argparse.Namespace, found: "FoundAward") -> "SignVariation":
    """Return the signature that is asked for, at the step that the variation waits for."""
    from models.operations.awards.variations.signing import SignVariation
    from models.queries.deciding.decisions import chain_of

    if not is_named(options):
        raise Refused("Say who signs, with --as NAME.")
    number, chain = _waiting(found), chain_of(session, found.round_id)
    row = found.award.variations[number - 1]
    step = row.turn(chain, from_paper=options.from_paper)
    post = chain[step].post_signed(options.post) if options.post else chain[step].post
    return SignVariation(
        found.round_id,
        found.award.application,
        number,
        step,
        options.person.strip(),
        post,
        past_day(options.on, DATED),
        options.interests,
        options.from_paper,
    )


def _waiting(found: "FoundAward") -> int:
    if found.award.proposed is None:
        raise Refused(f"No variation of {found.award.reference} waits for a signature.")
    return found.award.proposed.number


def _terms(options: argparse.Namespace) -> "Terms":
    from models.values.award_terms import Terms

    return Terms(
        amount_pence=None if options.amount is None else pence_of(options.amount, MISSING),
        start_on=options.starts,
        end_on=options.ends,
        outcomes=options.outcomes,
        profile=options.profile,
        parts=None if options.part is None else tuple(map(_part, options.part)),
        conditions=None if options.conditions is None else tuple(options.conditions),
        recipient=options.recipient,
    )


def _part(written: str) -> "Part":
    from models.values.award_terms import Part

    amount, equals, rest = written.partition("=")
    trigger, at, due = rest.rpartition("@")
    if not equals or not rest.strip():
        raise Refused(f"“{written}” is not a part. Write it like 500=receipts, or 500=receipts@2027-03-01.")
    try:
        due_on = day(due) if at else None
    except argparse.ArgumentTypeError as no:
        raise Refused(f"“{written}”: {no}.") from no
    return Part(pence_of(amount, MISSING), (trigger if at else rest).strip(), due_on)
