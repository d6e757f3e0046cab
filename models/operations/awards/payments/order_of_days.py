"""The order of an award's days: papers, then the payment on them, then money asked back, then it comes."""

from datetime import date

from models.queries.awards.award_rows import AwardRow
from models.values.award_parts import Returned
from scoring.money import pounds
from scoring.refused import Refused
from scoring.written.days import full_day

CORRECT = "Correct the day."


def refuse_before_proof(award: AwardRow, number: int, on: date) -> None:
    """Refuse a day of a payment, its instalment counted from 1, before the papers came that it waits for."""
    if not 1 <= number <= len(award.instalments):
        return
    part = award.instalments[number - 1]
    if part.came_after(on):
        assert part.proof_on is not None, "papers that came had a day"
        raise Refused(
            f"The proof for instalment {number} of {award.reference} came in on {full_day(part.proof_on)}, "
            f"after {full_day(on)}. Nothing is paid on it before that: correct the day."
        )


def refuse_asked_early(award: AwardRow, pence: int, on: date) -> None:
    """Refuse to ask for more back on a day than had been paid by then."""
    paid = award.paid_by_pence(on)
    if paid < pence <= award.may_be_asked_pence:
        raise Refused(
            f"By {full_day(on)} {pounds(paid)} of {award.reference} had been paid, so {pounds(pence)} cannot "
            f"have been asked back on that day. {CORRECT}"
        )


def refuse_come_early(award: AwardRow, came: tuple[Returned, ...], known: tuple[Returned, ...]) -> None:
    """Refuse money that came, beside what is known of, before it was asked for, or before it was paid."""
    asked = {one.number: one.asked_on for one in award.asked_back}
    for one in (part for part in came if part not in known):
        day = None if one.recovery is None else asked.get(one.recovery)
        if day is not None and one.on < day:
            raise Refused(
                f"Money of {award.reference} was asked back on {full_day(day)}, so nothing came of that on "
                f"{full_day(one.on)}. {CORRECT}"
            )
        back = sum(part.amount_pence for part in came if part.on <= one.on)
        paid = award.paid_by_pence(one.on)
        if paid < back <= award.paid_pence:
            raise Refused(
                f"By {full_day(one.on)} {pounds(paid)} of {award.reference} had been paid, so {pounds(back)} "
                f"cannot have come back by then. {CORRECT}"
            )


def refuse_moved_past(before: AwardRow, after: AwardRow) -> None:
    """Refuse to move a payment past a day on which money of it was asked back, or came."""
    for day in (*(one.asked_on for one in before.asked_back), *(one.on for one in before.returned)):
        if after.paid_by_pence(day) < _needed_by(before, day) <= before.paid_by_pence(day):
            raise Refused(
                f"Money of {before.reference} was asked back or came on {full_day(day)}, so it was paid "
                f"before that. {CORRECT}"
            )


def _needed_by(award: AwardRow, day: date) -> int:
    """Return how much must have been paid by a day for what was asked back on it, or came by then."""
    came = sum(one.amount_pence for one in award.returned if one.on <= day)
    return max([came, *(one.amount_pence for one in award.asked_back if one.asked_on == day)])
