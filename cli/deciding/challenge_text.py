"""Challenges to decisions as the command prints them: a table and lines for people, JSON for scripts."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cli.days import iso_day, today
from cli.output import on_one_line, table
from models.values.challenge import KIND_WORDS
from scoring.money import plain_pounds, plain_pounds_if_any
from scoring.written.days import short_day

if TYPE_CHECKING:
    from models.queries.deciding.challenges.challenges import Change, HeldChallenge
    from models.queries.deciding.decisions import DecisionRow

Json = dict[str, object]


def challenge_table(held: "Sequence[HeldChallenge]") -> Iterator[str]:
    """Yield challenges as a table."""
    rows = [
        (
            str(one.number),
            KIND_WORDS[one.challenge.kind],
            one.application,
            one.organisation,
            short_day(one.challenge.received_on),
            one.state(today()),
        )
        for one in held
    ]
    if rows:
        yield from table(("No.", "Kind", "Application", "Organisation", "Received", "State"), rows)


def challenge_json(held: "HeldChallenge") -> Json:
    """Return all that is known of a challenge; null is not known, or not yet."""
    said = held.challenge
    return {
        "challenge": held.number,
        "kind": said.kind.value,
        "application": held.application,
        "organisation": held.organisation,
        "asked_by": said.asked_by,
        "address": said.address or None,
        "grounds": said.grounds,
        "received_on": iso_day(said.received_on),
        "acknowledged_on": iso_day(said.acknowledged_on),
        "due_on": iso_day(said.due_on),
        "is_late": said.finding is None and said.due_on < today(),
        "looked_at_by": said.looked_at_by or None,
        "looked_at_post": said.looked_at_post or None,
        "finding": None if said.finding is None else said.finding.value,
        "reasons": said.reasons or None,
        "remedy": said.remedy or None,
        "answered_on": iso_day(said.answered_on),
        "calls_for_decision": said.calls_for_decision,
        "carried_out_by": said.carried_out_by or None,
        "state": held.state(today()),
        "decision": None if held.decision is None else _decision(held.decision),
        "changed_by": None if held.changed_by is None else _changed(held.changed_by),
    }


def challenge_words(held: "HeldChallenge") -> tuple[str, ...]:
    """Return all that is known of a challenge in lines for people."""
    return tuple(map(on_one_line, _words(held)))


def _decision(row: "DecisionRow") -> Json:
    return {
        "outcome": row.outcome,
        "amount": plain_pounds_if_any(row.amount_pence),
        "notice": row.notice,
        "decided_on": iso_day(row.signed_on),
    }


def _changed(row: "Change") -> Json:
    from models.queries.awards.variations.recoveries import Recovery
    from models.queries.awards.variations.variations import VariationRow

    if isinstance(row, VariationRow):
        return {"variation": row.number, "amount": plain_pounds(row.to_pence)}
    if isinstance(row, Recovery):
        return {"asked_back": plain_pounds(row.amount_pence), "asked_on": iso_day(row.asked_on)}
    return _decision(row)


def _words(held: "HeldChallenge") -> Iterator[str]:
    from models.queries.deciding.challenges.challenges import decided_words

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
