"""`grant-panel award RECORD withhold`: a recipient whose name the public is not told."""

import argparse
from typing import TYPE_CHECKING

from cli.arguments import add_award
from cli.awards.award_text import withheld_words
from models.values.withheld_name import GROUNDS, WithheldName
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.record import Record

_NEEDED = ("ground", "reason", "by", "post")


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what is recorded; without any of it what stands is printed."""
    add_award(parser)
    parser.add_argument("--ground", choices=tuple(GROUNDS), help="what the public reads instead of the name")
    parser.add_argument("--reason", metavar="TEXT", type=str.strip, help="why, for the record alone")
    parser.add_argument("--by", metavar="NAME", type=str.strip, help="who decided that it is withheld")
    parser.add_argument("--post", metavar="POST", type=str.strip, help="that person's post")
    words = "another word that would reveal who it is, such as the name of a house; may be repeated"
    parser.add_argument("--word", metavar="WORD", type=str.strip, action="append", default=[], help=words)
    parser.add_argument("--remove", action="store_true", help="allow the name to be given again")


def withhold(record: "Record", options: argparse.Namespace) -> int:
    """Record what was said, or print what stands where nothing is said."""
    from cli.awards.chosen_award import chosen_award, decided_row, perform, print_award
    from models.operations.awards.withhold_name import SetWithheldName

    line = chosen_award(record, options)
    stands = decided_row(line, ". A name is withheld of an award that is.").withheld
    now = None if options.remove else _now(stands, options)
    if now == stands:
        return print_award(record, f"Recipient of {line.reference}: {withheld_words(stands)}.", options)
    operation = SetWithheldName(line.round.round_id, line.application.reference, now, stands)
    return print_award(record, perform(record, operation, options), options)


def _now(stands: WithheldName | None, options: argparse.Namespace) -> WithheldName | None:
    given = [getattr(options, name) for name in _NEEDED]
    if not any(given) and not options.word:
        return stands
    if not all(given):
        raise Refused("A name is withheld with all of --ground, --reason, --by and --post.")
    ground, reason, by, post = given
    return WithheldName(ground, reason, by, post, "\n".join(options.word))
