"""How an award stands and how it came to that, as JSON and as lines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.days import iso_day, today
from cli.output import table
from scoring.counted import listed
from scoring.money import plain_pounds, plain_pounds_if_any, pounds
from scoring.written.days import short_day

if TYPE_CHECKING:
    from models.queries.awards.award_rows import AwardRow
    from models.queries.awards.variations.recoveries import Recovery
    from models.queries.awards.variations.variations import VariationRow
    from models.reference.sign_off import Chain
    from models.values.award_terms import Terms

Json = dict[str, object]


def varied_json(award: "AwardRow", chain: "Chain") -> Json:
    """Return an award as it stands with its variations and what was asked back."""
    return {
        "award": award.reference,
        "application": award.application,
        "recipient": award.organisation,
        "decided": plain_pounds(award.first_pence),
        "amount": plain_pounds(award.amount_pence),
        "agreed": None if award.agreed_on is None else plain_pounds(award.agreed_pence),
        "proposed": plain_pounds_if_any(award.proposed_pence),
        "recovered": plain_pounds(award.returned_pence),
        "stands_at": plain_pounds(award.stands_pence),
        "paid": plain_pounds(award.paid_pence),
        "outstanding": plain_pounds(award.outstanding_pence),
        "conditions": list(award.bound_by),
        "instalments": [
            {
                "number": number,
                "amount": plain_pounds(part.amount_pence),
                "waits_for": part.trigger,
                "due_on": iso_day(award.due_on(part)),
                "is_late": number in award.late(today()),
                "paid_on": iso_day(part.paid_on),
            }
            for number, part in enumerate(award.instalments, 1)
        ],
        "variations": [_variation(row, chain, award) for row in award.variations],
        "recoveries": [_recovery(one, award) for one in award.asked_back],
    }


def varied_lines(award: "AwardRow", chain: "Chain") -> Iterator[str]:
    """Yield the same as lines."""
    from models.queries.awards.variations.amendments import change_words

    back = f", {pounds(award.returned_pence)} of it recovered" if award.returned_pence else ""
    yield (
        f"{award.reference}, {award.organisation}: {pounds(award.agreed_pence)}{back}, "
        f"{pounds(award.paid_pence)} paid, {pounds(award.outstanding_pence)} outstanding."
    )
    if award.proposed_words:
        yield f"{award.proposed_words}."
    rows = [
        (str(row.number), _state(row, chain, award), "; ".join(change_words(row)), row.reason)
        for row in award.variations
    ]
    if rows:
        yield from table(("Variation", "State", "What changes", "Why"), rows)
    asked = [
        (
            str(one.number),
            short_day(one.asked_on),
            pounds(one.amount_pence),
            pounds(one.outstanding_pence(award.returned)),
            one.reason,
        )
        for one in award.asked_back
    ]
    if asked:
        yield from table(("Asked back", "On", "Amount", "Still to come", "Why"), asked, right=(2, 3))


def _state(row: "VariationRow", chain: "Chain", award: "AwardRow") -> str:
    waits = row.waits(chain)
    if waits is not None:
        return f"waits for the {listed(waits.posts)}"
    if not row.is_in_effect:
        return row.state
    day = "" if row.effective_on is None else f" from {short_day(row.effective_on)}"
    return f"proposed{day}, not signed by both" if row.number in award.unsigned else f"agreed{day}"


def _variation(row: "VariationRow", chain: "Chain", award: "AwardRow") -> Json:
    waits = row.waits(chain)
    state = "proposed" if row.number in award.unsigned else "agreed" if row.is_in_effect else row.state
    return {
        "number": row.number,
        "state": state,
        "from": plain_pounds(row.from_pence),
        "to": plain_pounds(row.to_pence),
        "was": _terms(row.was),
        "becomes": _terms(row.becomes),
        "reason": row.reason,
        "proposed_on": iso_day(row.proposed_on),
        "proposed_by": row.proposed_by,
        "effective_on": iso_day(row.effective_on),
        "waits_for": [] if waits is None else list(waits.posts),
        "signatures": [
            {
                "post": one.post,
                "name": one.signed_by,
                "on": iso_day(one.signed_on),
                "interests": one.interests,
            }
            for one in row.signatures
        ],
    }


def _terms(terms: "Terms") -> Json:
    """Return what terms say, and null for what they do not."""
    parts = terms.parts
    return {
        "amount": plain_pounds_if_any(terms.amount_pence),
        "starts_on": iso_day(terms.start_on),
        "ends_on": iso_day(terms.end_on),
        "outcomes": terms.outcomes,
        "profile": terms.profile,
        "instalments": None
        if parts is None
        else [
            {"amount": plain_pounds(p.amount_pence), "waits_for": p.trigger, "due_on": iso_day(p.due_on)}
            for p in parts
        ],
        "conditions": None if terms.conditions is None else list(terms.conditions),
        "recipient": terms.recipient,
        "returns": None
        if terms.returns is None
        else [{"number": one.number, "due_on": iso_day(one.due_on)} for one in terms.returns],
    }


def _recovery(one: "Recovery", award: "AwardRow") -> Json:
    return {
        "number": one.number,
        "amount": plain_pounds(one.amount_pence),
        "asked_on": iso_day(one.asked_on),
        "reason": one.reason,
        "asked_by": one.asked_by,
        "received": [
            {"amount": plain_pounds(part.amount_pence), "on": iso_day(part.on)}
            for part in one.received(award.returned)
        ],
        "outstanding": plain_pounds(one.outstanding_pence(award.returned)),
    }
