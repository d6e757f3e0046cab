"""`grant-panel retention RECORD erase`: erase what applicants wrote, and what was written of them."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.actions import add_acting, add_changing
from cli.arguments import acting, add_round, person
from cli.output import print_json, say
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.copies.backup import Copy
    from models.record import Record

COPIES_HOLD = "Copies made before hold it still: {}. Delete them, or let newer ones take their place."


def add(commands: "Commands") -> None:
    """Add the subcommand with its action."""
    actions = add_acting(commands, "retention", "erase what applicants wrote")
    erasing = add_changing(
        actions, "erase", "erase what was written in and of applications, for good", _erase
    )
    erasing.add_argument("references", metavar="REF", nargs="+", help="an application's reference")
    add_round(erasing, required=False)
    words = "on what ground: a rule of keeping, or who asked for it"
    erasing.add_argument("--ground", metavar="TEXT", type=str.strip, required=True, help=words)
    words = "who authorised it, name and post; without it whoever gives the command"
    erasing.add_argument("--authorised-by", metavar="NAME", type=str.strip, help=words)
    words = "also where the journal can then no longer be done over again without being told of it"
    erasing.add_argument("--all-the-same", action="store_true", help=words)


def _erase(record: "Record", options: argparse.Namespace) -> int:
    """Erase, and say what is kept and which copies still hold it."""
    from models.journal.erasing import UNTOLD, erase, kept_words, proved_erasure_of, undecided_words
    from models.packs.member_record import refuse_in_members_own
    from models.queries.retention.chosen import chosen_applications
    from models.queries.set_up.rounds import find_round

    record.ask(partial(refuse_in_members_own, action="this"))
    within = None
    if options.round is not None:
        named = partial(find_round, name=options.round, fund=options.fund, year=options.year)
        within = record.ask(named)
    chosen = record.ask(partial(chosen_applications, references=options.references, round_id=within))
    by = options.authorised_by or person(options)
    found = record.ask(partial(proved_erasure_of, applications=chosen, ground=options.ground, person=by))
    if not (found.is_whole or options.all_the_same):
        raise Refused(f"{UNTOLD} Give --all-the-same to erase it even so.")
    outcome, copies = erase(record, found.operation, acting(record, found.operation, options))
    if options.json:
        print_json(
            {
                "erased": [reference for _, reference in chosen],
                "whole": found.is_whole,
                "copies": [str(one.path) for one in copies],
            }
        )
    else:
        say(outcome.words, *undecided_words(found.undecided), *kept_words(found), *_of_copies(copies))
    return 0


def _of_copies(copies: "tuple[Copy, ...]") -> tuple[str, ...]:
    named = ", ".join(one.path.name for one in copies)
    return (COPIES_HOLD.format(named),) if copies else ()
