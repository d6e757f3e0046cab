"""`grant-panel award RECORD withhold`: a recipient, or an applicant, whose name the public is not told."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import add_award
from cli.awards.award_text import withheld_json, withheld_words
from cli.output import print_json, say
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
    """Record what was said, or print what stands where nothing is said; also before the decision."""
    from cli.awards.chosen_award import perform, print_award
    from models.operations.awards.withhold_name import SetWithheldName
    from models.queries.awards.withheld.names import withheld_in

    round_id, of, name = _whose(record, options)
    stands = record.ask(partial(withheld_in, round_id=round_id)).get(of)
    now = None if options.remove else _now(stands, options)
    words = f"Recipient of {name}: {withheld_words(stands)}."
    if now != stands:
        words = perform(record, SetWithheldName(round_id, of, now, stands), options)
    if options.json and name != of:
        return print_award(record, words, options)
    if options.json:
        print_json({"award": name, "application": of, "withheld": withheld_json(now)})
    else:
        say(words)
    return 0


def _whose(record: "Record", options: argparse.Namespace) -> tuple[int, str, str]:
    """Return round, application, and the award's reference, the application's while none is decided."""
    from models.queries.awards.awards import awards
    from models.queries.awards.direct.direct_awards import find_award

    reference = str(options.award).strip()
    found = record.ask(partial(find_award, reference=reference))
    if found is None:
        raise Refused(f"There is no award and no application {reference} in this record.")
    round_id, of = found
    held = {row.application: row.reference for row in record.ask(partial(awards, round_id=round_id))}
    return round_id, of, held.get(of, of)


def _now(stands: WithheldName | None, options: argparse.Namespace) -> WithheldName | None:
    given = [getattr(options, name) for name in _NEEDED]
    if not any(given) and not options.word:
        return stands
    if not all(given):
        raise Refused("A name is withheld with all of --ground, --reason, --by and --post.")
    ground, reason, by, post = given
    return WithheldName(ground, reason, by, post, "\n".join(options.word))
