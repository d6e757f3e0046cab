"""What a variation has to keep to: something changes, within what is paid, and each value is sound."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from models.operations.rows.write_applications import LARGEST
from models.queries.awards.award_rows import AwardRow
from models.reference.fund_defaults import Payment
from models.schema.personal import ERASED
from models.values.award_terms import Terms
from scoring.counted import listed
from scoring.money import pounds
from scoring.refused import Refused
from scoring.written.days import short_day

OUTCOMES = "outcomes"
"""The term that is given only where it changes: once erased, whether it did cannot be told any more."""


def what_changes(terms: Terms, stands: Terms) -> Terms:
    """Return those of some terms that differ from what stands; refused where none does."""
    if terms.outcomes is not None and terms.outcomes == stands.outcomes != ERASED:
        raise Refused("The outcomes are unchanged. Leave them out, or give the new ones.")
    same = {
        name: None
        for name in terms.said
        if getattr(terms, name) == getattr(stands, name) and name != OUTCOMES
    }
    if terms.profile and terms.amount_pence is not None:
        same.pop("profile", None)
    found = replace(terms, **same)
    if not found.said:
        raise Refused("The variation changes nothing. Give at least one change.")
    return found


def require_sound(award: AwardRow, becomes: Terms, stands: Terms, ways: Sequence[Payment]) -> None:
    """Refuse terms that an award cannot have."""
    for fault in _faults(award, becomes, replace(stands, **_stated(becomes)), ways):
        raise Refused(fault)


def _stated(terms: Terms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in terms.said}


def _faults(award: AwardRow, becomes: Terms, after: Terms, ways: Sequence[Payment]) -> Iterator[str]:
    pence = becomes.amount_pence
    if pence is not None and not 0 < pence <= LARGEST:
        yield f"{award.reference} can be varied only to an amount above £0.00. Withdraw it instead."
    if pence is not None and pence < award.paid_pence:
        yield (
            f"{pounds(award.paid_pence)} of {award.reference} is paid, so it cannot be varied to "
            f"{pounds(pence)}. Ask for money back instead."
        )
    if after.start_on and after.end_on and after.end_on < after.start_on:
        yield (
            f"{award.reference} would end on {short_day(after.end_on)}, before it starts on "
            f"{short_day(after.start_on)}. Correct the dates."
        )
    if becomes.recipient is not None and not becomes.recipient.strip():
        yield "Say what the recipient is called now."
    if becomes.conditions is not None and not all(one.strip() for one in becomes.conditions):
        yield "A condition is blank. Write it, or leave it out."
    codes = [way.code for way in ways]
    if becomes.profile and becomes.profile not in codes:
        yield f"The fund has no payment profile “{becomes.profile}”. Its profiles: {listed(codes)}."
