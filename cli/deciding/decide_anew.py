"""Recording from paper the new decision that the answer to a challenge calls for."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from cli.arguments import for_the_office
from cli.awards.amounts import MISSING, pence_of
from cli.deciding import draft_notice
from cli.deciding.decide import stated_words
from cli.deciding.new_decision import add_scope_to, new_line, signed_anew
from cli.output import warn
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.operations.deciding.deciding import RecordDecisions
    from models.operations.deciding.decision_lines import LineDecision
    from models.queries.deciding.challenges.challenges import HeldChallenge
    from models.record import Record
    from models.session import Session


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what a new decision says."""
    words = "record from paper that the new decision awards this much, with --notice, --signed-by and --post"
    parser.add_argument("--award", metavar="POUNDS", help=words)
    words = "record from paper that the new decision is to decline"
    parser.add_argument("--no-award", action="store_true", help=words)
    words = "why the award reduces crime or helps victims; it is published"
    parser.add_argument("--award-reason", metavar="TEXT", default="", help=words)
    add_scope_to(parser)
    parser.add_argument("--notice", metavar="NNN/YYYY", default="", help="the number of the new notice")
    parser.add_argument("--signed-by", metavar="NAME", default="", help="who signed the new decision")
    parser.add_argument("--post", metavar="POST", default="", help="the post of who signed it")
    parser.add_argument("--interests", metavar="TEXT", help="the interests that the signer stated")
    parser.add_argument("--power", metavar="TEXT", help="the legal power; else the fund's, or the office's")
    draft_notice.add_to(parser, "of the new decision: ")


def is_asked(options: argparse.Namespace) -> bool:
    """Whether a new decision is to be recorded, or its notice to be written."""
    return options.award is not None or options.no_award


def decide(record: "Record", held: "HeldChallenge", options: argparse.Namespace) -> str:
    """Record the new decision and return what it says; warn of a reserve that its money goes past.

    Refused where the answer calls for none.
    """
    from models.queries.deciding.passed_over import passing_over

    if options.finding is not None:
        raise Refused("Answer first; then record the new decision with a separate command.")
    if not held.waits_for_decision:
        raise Refused(
            f"{held.words} waits for no new decision. Its answer calls for one where --new-decision says so."
        )
    if options.draft is not None:
        line = record.ask(partial(_line, held=held, options=options))
        return draft_notice.write_draft(record, held.round_id, (line,), options)
    if not options.signed_by.strip() or not options.post.strip():
        raise Refused("Say who signed the new decision, with --signed-by NAME and --post POST.")
    operation = record.ask(partial(_decision, held=held, options=options))
    changed = {line.application: line.amount_pence for line in operation.lines}
    past = record.ask(partial(passing_over, round_id=held.round_id, changed=changed))
    words = record.perform(operation, for_the_office(options)).words
    warn(past)
    return words


def _decision(session: "Session", held: "HeldChallenge", options: argparse.Namespace) -> "RecordDecisions":
    return signed_anew(
        session,
        held.round_id,
        (_line(session, held, options),),
        by=options.signed_by,
        post=options.post,
        on=options.on,
        notice=options.notice,
        stated=stated_words(session, held.round_id, options),
    )


def _line(session: "Session", held: "HeldChallenge", options: argparse.Namespace) -> "LineDecision":
    """Return what is to be decided; refused where a signed agreement is to be varied instead."""
    from models.queries.awards.awards import awards

    award = next((one for one in awards(session, held.round_id) if one.application == held.application), None)
    if award is not None and held.has_agreement and not options.no_award:
        raise Refused(
            f"The agreement on {award.reference} is signed, or it was varied. Vary it: grant-panel vary "
            f"RECORD {award.reference} --amount POUNDS --reason TEXT; then say that this carried the answer "
            f'out: grant-panel challenge RECORD set {held.number} --carried-out-by "variation N". Or decline '
            "it, with --no-award."
        )
    why = f"{held.words}, {held.challenge.finding.value if held.challenge.finding else ''}."
    pence = None if options.no_award else pence_of(options.award, MISSING)
    return new_line(
        session,
        held.round_id,
        held.application,
        pence,
        reason=options.award_reason,
        why=why,
        pays_for=options.pays_for,
    )
