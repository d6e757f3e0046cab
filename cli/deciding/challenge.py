"""`grant-panel challenge`: reviews, complaints and appeals against decisions, and what came of them."""

import argparse
from collections.abc import Iterator

from msgspec.structs import replace

from cli.deciding.anew import decide, is_asked
from cli.frame.output import (
    Column,
    Json,
    answer,
    as_table,
    on_one_line,
    print_json,
    print_lines,
    say,
    told,
)
from cli.frame.record import changes, perform, reads
from cli.frame.typed import past_day, today
from models.operation import Operation
from models.operations.deciding.challenges import AddChallenge, RemoveChallenge, SetChallenge
from models.queries.awards.variations import Recovery, VariationRow
from models.queries.deciding.challenges import (
    Change,
    HeldChallenge,
    answer_days,
    decided_words,
    find_application,
    find_challenge,
    held_challenges,
    next_challenge,
)
from models.queries.set_up.rounds import find_round
from models.record import Record
from models.session import Session
from models.values.awards import KIND_WORDS, Challenge, ChallengeKind, Finding
from models.values.recommending import DecisionRow
from scoring.refused import Refused
from scoring.written.days import short_day

RECEIVED = "A challenge is dated the day it was received"
DONE = "What is recorded of it is dated the day it was done"
_FINDINGS = {finding.value.replace(" ", "-"): finding for finding in Finding}
CHALLENGES = (
    Column("No.", "number"),
    Column("Kind", "kind", lambda one: KIND_WORDS[one.challenge.kind]),
    Column("Application", "application"),
    Column("Organisation", "organisation"),
    Column("Received", "challenge.received_on"),
    Column("State", "state", lambda one: one.state(today())),
)
_FACTS = ("asked_by", "grounds", "address", "looked_at_by", "looked_at_post", "due_on", "acknowledged_on")


@reads
def list_challenges(record: Record, options: argparse.Namespace) -> None:
    """List the challenges."""
    found = [one for one in record.ask(held_challenges) if one.is_open or not options.open]
    if options.json:
        print_json({"challenges": [challenge_json(one) for one in found]})
        return
    if not found:
        say("No challenge waits for the office." if options.open else "No decision was challenged.")
    print_lines(as_table(CHALLENGES, found))


@reads
def show_challenge(record: Record, options: argparse.Namespace) -> None:
    """Show all that is known of a challenge."""
    held = _held(record, options)
    answer(options, lambda: challenge_json(held), challenge_words(held))


@changes
def add(record: Record, options: argparse.Namespace) -> None:
    """Record a challenge."""
    challenge, found = record.ask(_new, options=options)
    operation = AddChallenge(*found, record.ask(next_challenge), challenge)
    options.number = operation.number
    _perform(record, operation, options)


def _new(session: Session, options: argparse.Namespace) -> tuple[Challenge, tuple[int, str]]:
    """Return the challenge that is to be recorded, and its application."""
    within = find_round(session, options.round, options.fund, options.year) if options.round else None
    received = past_day(options.received, RECEIVED)
    due = options.due_on or answer_days(session, received).answer_by
    asked = Challenge(ChallengeKind(options.kind), "", "", received, due)
    return _with_facts(asked, options), find_application(session, options.application, within)


@changes
def set_facts(record: Record, options: argparse.Namespace) -> None:
    """Change what is known of a challenge."""
    held = _held(record, options)
    changed = _with_facts(held.challenge, options)
    if options.carried_out_by is not None:
        changed = replace(changed, carried_out_by=options.carried_out_by.replace("-", " ").casefold())
    if changed == held.challenge:
        raise Refused(f"{held.words} already has that. Give what changes, such as --acknowledged DATE.")
    _change(record, held, changed, options)


@changes
def answer_challenge(record: Record, options: argparse.Namespace) -> None:
    """Answer it, or record from paper what was decided anew on its answer."""
    held = _held(record, options)
    if is_asked(options):
        words = decide(record, held, options)
        _print(record, words, options)
        return
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
    _change(record, held, answered, options)


@changes
def remove(record: Record, options: argparse.Namespace) -> None:
    """Remove a challenge that was recorded by mistake."""
    held = _held(record, options)
    operation = RemoveChallenge(held.round_id, held.application, held.number, held.challenge)
    words = perform(record, operation, options)
    answer(options, lambda: {"challenge": held.number, "state": "taken out"}, words)


def _with_facts(challenge: Challenge, options: argparse.Namespace) -> Challenge:
    """Return a challenge with the facts that the options give."""
    past_day(options.acknowledged_on, DONE)
    given = {name: getattr(options, name) for name in _FACTS}
    return replace(challenge, **{name: value for name, value in given.items() if value is not None})


def _change(record: Record, held: HeldChallenge, becomes: Challenge, options: argparse.Namespace) -> None:
    operation = SetChallenge(held.round_id, held.application, held.number, becomes, held.challenge)
    _perform(record, operation, options)


def _perform(record: Record, operation: Operation, options: argparse.Namespace) -> None:
    _print(record, perform(record, operation, options), options)


def _print(record: Record, words: str, options: argparse.Namespace) -> None:
    """Print what was done, or with --json the challenge as it stands now."""
    answer(options, lambda: challenge_json(_held(record, options)), words)


def _held(record: Record, options: argparse.Namespace) -> HeldChallenge:
    return record.ask(find_challenge, number=options.number)


def challenge_json(held: HeldChallenge) -> Json:
    """Return all that is known of a challenge; null is not known, or not yet."""
    said = held.challenge
    return {
        "challenge": held.number,
        "kind": said.kind.value,
        **told(held, "application organisation"),
        **told(said, "asked_by address? grounds received_on acknowledged_on due_on"),
        "is_late": said.finding is None and said.due_on < today(),
        **told(
            said,
            "looked_at_by? looked_at_post? finding reasons? remedy? answered_on",
            "calls_for_decision carried_out_by?",
        ),
        "state": held.state(today()),
        "decision": None if held.decision is None else _decision(held.decision),
        "changed_by": None if held.changed_by is None else _changed(held.changed_by),
    }


def challenge_words(held: HeldChallenge) -> tuple[str, ...]:
    """Return all that is known of a challenge in lines for people."""
    return tuple(map(on_one_line, _words(held)))


def _decision(row: DecisionRow) -> Json:
    return told(row, "outcome amount_pence notice decided_on=signed_on")


def _changed(row: Change) -> Json:
    if isinstance(row, VariationRow):
        return told(row, "variation=number amount=to_pence")
    if isinstance(row, Recovery):
        return told(row, "asked_back=amount_pence asked_on")
    return _decision(row)


def _words(held: HeldChallenge) -> Iterator[str]:
    said = held.challenge
    yield f"{held.words}, {held.organisation}: {held.state(today())}"
    yield f"Against: {decided_words(held.decision)}"
    yield f"Asked by {said.asked_by} on {short_day(said.received_on)}: {said.grounds}"
    if said.address:
        yield f"Letters go to {', '.join(said.address.splitlines())}"
    if said.acknowledged_on:
        yield f"Acknowledged on {short_day(said.acknowledged_on)}"
    if said.looked_at_by:
        yield f"Looked at by {', '.join(filter(None, (said.looked_at_by, said.looked_at_post)))}"
    if said.answered_on:
        yield f"Answered on {short_day(said.answered_on)}: {said.reasons}"
