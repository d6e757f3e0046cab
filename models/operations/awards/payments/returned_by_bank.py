"""A payment that the bank sent back: it is taken back, and the award is held in the same step."""

from datetime import date

from models.operations.awards.paying import PayInstalment
from models.operations.awards.payment_terms import HoldAward
from models.queries.awards.award_rows import AwardRow
from scoring.money import pounds
from scoring.refused import Refused
from scoring.written.days import full_day


def taken_back_by_bank(
    round_id: int, row: AwardRow, number: int, *, came_on: date, reason: str
) -> PayInstalment:
    """Return the change that takes instalment `number`, from 1, back and holds its award.

    `reason` is what the bank gives. A hold that stands already keeps its words before those of this one.
    Refused for what is not paid, for a day before it was, and without a reason.
    """
    part = row.instalments[number - 1]
    if part.paid_on is None:
        raise Refused(f"Instalment {number} of {row.reference} is not paid.")
    if came_on < part.paid_on:
        paid = f"Instalment {number} of {row.reference} was paid on {full_day(part.paid_on)}"
        raise Refused(f"{paid}, after {full_day(came_on)}. The bank sends nothing back before that.")
    if not reason.strip():
        raise Refused("Say why the bank sent it back, such as “account closed”.")
    what = f"instalment {number}, {pounds(part.amount_pence)}, paid on {full_day(part.paid_on)}"
    because = reason.strip().rstrip(".")
    why = (
        f"on {full_day(came_on)} the bank sent back {what} ({because}), and the account is to be checked anew"
    )
    held = "; ".join(filter(None, (row.held_for.rstrip("."), why)))
    hold = HoldAward(round_id, row.application, held, row.held_for)
    return PayInstalment(round_id, row.application, number, None, part.paid_on, hold)
