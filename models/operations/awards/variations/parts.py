"""The parts in which a varied award is still to be paid; those that are paid stay as they are."""

from collections.abc import Sequence

from models.queries.awards.award_rows import AwardRow
from models.reference.fund_defaults import Payment
from models.values.award_parts import MORE, Instalment
from models.values.award_terms import Part, Terms
from scoring.money import pounds, share
from scoring.refused import Refused


def varied_parts(award: AwardRow, terms: Terms, ways: Sequence[Payment]) -> tuple[Instalment, ...]:
    """Return an award's instalments under other terms: the paid ones, then those still to be paid.

    These are the terms' own, else shared by the profile that they name, else in proportion to what stood;
    they add up to what is not paid, to the penny.
    """
    amount = award.amount_pence if terms.amount_pence is None else terms.amount_pence
    left = amount - award.paid_pence
    paid = tuple(part for part in award.instalments if part.paid_on is not None)
    if terms.parts is not None:
        return (*paid, *_own(terms.parts, left))
    open_parts = [part for part in award.instalments if part.paid_on is None]
    weights = [(part.amount_pence, part) for part in open_parts]
    if terms.profile:
        way = next(one for one in ways if one.code == terms.profile)
        weights = [(percent, Instalment(percent, trigger)) for percent, trigger in way.parts]
    return (*paid, *_shared(left, weights))


def _own(parts: Sequence[Part], left: int) -> tuple[Instalment, ...]:
    if any(part.amount_pence <= 0 or not part.trigger.strip() for part in parts):
        raise Refused("Each instalment must have an amount above £0.00 and say what it waits for.")
    total = sum(part.amount_pence for part in parts)
    if total != left:
        raise Refused(
            f"The instalments still to be paid add up to {pounds(total)}, and {pounds(left)} of the award is "
            "not paid. Make them equal."
        )
    return tuple(Instalment(part.amount_pence, part.trigger, due_on=part.due_on) for part in parts)


def _shared(left: int, weights: Sequence[tuple[int, Instalment]]) -> tuple[Instalment, ...]:
    if not weights:
        return (Instalment(left, MORE),) if left else ()
    keys = [f"{number:03d}" for number in range(len(weights))]
    shares = share(left, [(key, weight) for key, (weight, _) in zip(keys, weights, strict=True)])
    named = ((shares[key], part) for key, (_, part) in zip(keys, weights, strict=True))
    return tuple(
        Instalment(pence, part.trigger, None, part.due_on, part.proof_on, part.proof)
        for pence, part in named
        if pence
    )
