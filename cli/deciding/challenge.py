"""`grant-panel challenge`: reviews, complaints and appeals against decisions, and what came of them."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cli.actions import add_acting, add_action, add_changing
from cli.arguments import acting, add_round, in_lines
from cli.days import day, past_day
from cli.deciding import decide_anew
from cli.deciding.challenge_text import challenge_json, challenge_table, challenge_words
from cli.output import print_json, print_lines, say
from models.values.challenge import ChallengeKind, Finding
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.operation import Operation
    from models.queries.deciding.challenges.challenges import HeldChallenge
    from models.record import Record
    from models.session import Session
    from models.values.challenge import Challenge

RECEIVED = "A challenge is dated the day it was received"
DONE = "What is recorded of it is dated the day it was done"
_FINDINGS = {finding.value.replace(" ", "-"): finding for finding in Finding}
_TEXTS = {
    "asked_by": ("--by", "NAME", "who asks"),
    "grounds": ("--grounds", "TEXT", "what is asked, and on what grounds"),
    "address": ("--address", "TEXT", "where to send letters, where the person who asks is not the applicant"),
    "looked_at_by": ("--looked-at-by", "NAME", "who looks at it: nobody with a part in the decision"),
    "looked_at_post": ("--looked-at-post", "POST", "the post of the person who looks at it"),
}
_IN_LINES = ("grounds", "address")
"""What may have several lines, each after \\n."""


def add(commands: "Commands") -> None:
    """Add the subcommand with its actions."""
    words = "list, record and answer challenges to decisions"
    actions = add_acting(commands, "challenge", words)
    listing = add_action(actions, "list", "list the challenges", _list)
    listing.add_argument("--open", action="store_true", help="only those waiting for the office")
    _add_number(add_action(actions, "show", "show all that is known of a challenge", _show))
    adding = add_changing(actions, "add", "record a challenge", _add)
    adding.add_argument("application", metavar="APPLICATION", help="its reference, or its award's")
    add_round(adding, required=False)
    kinds = [kind.value for kind in ChallengeKind]
    adding.add_argument("--kind", choices=kinds, required=True, help="what is asked for")
    adding.add_argument(
        "--received", metavar="DATE", type=day, help="the day it was received; without it today"
    )
    _add_facts(adding)
    changing = add_changing(actions, "set", "change what is known of a challenge", _set)
    _add_number(changing)
    _add_facts(changing)
    words = 'what was done on its answer: "variation 2", "request 1", or "nothing" yet'
    changing.add_argument("--carried-out-by", metavar="WHAT", type=str.strip, help=words)
    words = "answer a challenge, or record the new decision on it"
    answering = add_changing(actions, "decide", words, _decide)
    _add_number(answering)
    _add_answer(answering)
    removing = add_changing(actions, "remove", "remove a challenge that was recorded by mistake", _remove)
    _add_number(removing)


def _add_number(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="N", type=int, help="the challenge's number")


def _add_facts(parser: argparse.ArgumentParser) -> None:
    for name, (option, shown, words) in _TEXTS.items():
        read = in_lines if name in _IN_LINES else str.strip
        parser.add_argument(option, dest=name, metavar=shown, type=read, help=words)
    words = "by when it is answered; without it the office's working days after it was received"
    parser.add_argument("--due", dest="due_on", metavar="DATE", type=day, help=words)
    words = "the day on which it was acknowledged"
    parser.add_argument("--acknowledged", dest="acknowledged_on", metavar="DATE", type=day, help=words)


def _add_answer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--finding", choices=sorted(_FINDINGS), help="what was found")
    words = "why; the letter gives them"
    parser.add_argument("--reasons", metavar="TEXT", type=in_lines, default="", help=words)
    words = "what will be done about it, where it is upheld; the letter tells it"
    parser.add_argument("--remedy", metavar="TEXT", type=in_lines, default="", help=words)
    for name in ("looked_at_by", "looked_at_post"):
        option, shown, words = _TEXTS[name]
        parser.add_argument(option, dest=name, metavar=shown, type=str.strip, help=words)
    words = "the day of the answer, or of the new decision; without it today"
    parser.add_argument("--on", metavar="DATE", type=day, help=words)
    words = "the answer calls for a new decision"
    parser.add_argument("--new-decision", action="store_true", help=words)
    decide_anew.add_to(parser)


def _list(record: "Record", options: argparse.Namespace) -> int:
    from models.queries.deciding.challenges.challenges import held_challenges

    found = [one for one in record.ask(held_challenges) if one.is_open or not options.open]
    if options.json:
        print_json({"challenges": [challenge_json(one) for one in found]})
        return 0
    if not found:
        say("No challenge waits for the office." if options.open else "No decision was challenged.")
    print_lines(challenge_table(found))
    return 0


def _show(record: "Record", options: argparse.Namespace) -> int:
    held = _held(record, options)
    if options.json:
        print_json(challenge_json(held))
    else:
        say(*challenge_words(held))
    return 0


def _add(record: "Record", options: argparse.Namespace) -> int:
    from models.operations.deciding.challenges import AddChallenge
    from models.queries.deciding.challenges.challenges import next_challenge

    challenge, found = record.ask(partial(_new, options=options))
    operation = AddChallenge(*found, record.ask(next_challenge), challenge)
    options.number = operation.number
    return _perform(record, operation, options)


def _new(session: "Session", options: argparse.Namespace) -> tuple["Challenge", tuple[int, str]]:
    """Return the challenge that is to be recorded, and its application."""
    from models.queries.deciding.challenges.challenges import answer_days, find_application
    from models.queries.set_up.rounds import find_round
    from models.values.challenge import Challenge

    within = find_round(session, options.round, options.fund, options.year) if options.round else None
    received = past_day(options.received, RECEIVED)
    due = options.due_on or answer_days(session, received).answer_by
    asked = Challenge(ChallengeKind(options.kind), "", "", received, due)
    return _with_facts(asked, options), find_application(session, options.application, within)


def _set(record: "Record", options: argparse.Namespace) -> int:
    held = _held(record, options)
    changed = _with_facts(held.challenge, options)
    if options.carried_out_by is not None:
        changed = replace(changed, carried_out_by=options.carried_out_by.replace("-", " ").casefold())
    if changed == held.challenge:
        raise Refused(f"{held.words} already has that. Give what changes, such as --acknowledged DATE.")
    return _change(record, held, changed, options)


def _decide(record: "Record", options: argparse.Namespace) -> int:
    """Answer it, or record from paper what was decided anew on its answer."""
    held = _held(record, options)
    if decide_anew.is_asked(options):
        words = decide_anew.decide(record, held, options)
        return _print(record, words, options)
    if options.finding is None:
        raise Refused(
            "Say what was found, with --finding, or what was decided in its place, with --award POUNDS."
        )
    answered = replace(
        held.challenge,
        finding=_FINDINGS[options.finding],
        reasons=options.reasons.strip(),
        remedy=options.remedy.strip(),
        answered_on=past_day(options.on, DONE),
        calls_for_decision=options.new_decision,
        carried_out_by=held.challenge.carried_out_by if options.new_decision else "",
        looked_at_by=options.looked_at_by or held.challenge.looked_at_by,
        looked_at_post=options.looked_at_post or held.challenge.looked_at_post,
    )
    return _change(record, held, answered, options)


def _remove(record: "Record", options: argparse.Namespace) -> int:
    from models.operations.deciding.challenges import RemoveChallenge

    held = _held(record, options)
    operation = RemoveChallenge(held.round_id, held.application, held.number, held.challenge)
    words = record.perform(operation, acting(record, operation, options)).words
    if options.json:
        print_json({"challenge": held.number, "state": "taken out"})
    else:
        say(words)
    return 0


def _with_facts(challenge: "Challenge", options: argparse.Namespace) -> "Challenge":
    """Return a challenge with the facts that the options give."""
    past_day(options.acknowledged_on, DONE)
    given = {name: getattr(options, name) for name in (*_TEXTS, "due_on", "acknowledged_on")}
    return replace(challenge, **{name: value for name, value in given.items() if value is not None})


def _change(
    record: "Record", held: "HeldChallenge", becomes: "Challenge", options: argparse.Namespace
) -> int:
    from models.operations.deciding.challenges import SetChallenge

    operation = SetChallenge(held.round_id, held.application, held.number, becomes, held.challenge)
    return _perform(record, operation, options)


def _perform(record: "Record", operation: "Operation", options: argparse.Namespace) -> int:
    return _print(record, record.perform(operation, acting(record, operation, options)).words, options)


def _print(record: "Record", words: str, options: argparse.Namespace) -> int:
    """Print what was done, or with --json the challenge as it stands now."""
    if options.json:
        print_json(challenge_json(_held(record, options)))
    else:
        say(words)
    return 0


def _held(record: "Record", options: argparse.Namespace) -> "HeldChallenge":
    from models.queries.deciding.challenges.challenges import find_challenge

    return record.ask(partial(find_challenge, number=options.number))
