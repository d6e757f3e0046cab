"""What an agreement says of how it is paid: each part in a row, all of them in a line, and what is first."""

from collections.abc import Callable
from datetime import date

from exchange.papers.agreements.next_steps import is_under_way
from exchange.papers.agreements.sums import money_of, what_is_left
from exchange.papers.letters.filling import Lines
from exchange.papers.letters.hold_words import NOT_BEFORE_LIFTED, ON_HOLD
from exchange.papers.letters.payment_words import (
    ON_THE_DAY,
    WITHIN_DAYS,
    at_equal_times,
    now_that_it_came,
    waits_for_a_day,
    when_signed,
    with_quarter,
)
from models.papers.agreements.grant_agreement import AgreedPart, GrantAgreement
from models.values.award_parts import MORE, waits_for_signature
from scoring.counted import listed, noun
from scoring.written.days import full_day
from scoring.written.text import cardinal, with_capital

SIGNED = "once the agreement is signed"
SIGNED_ANEW = "once both of us have signed this agreement"
NO_DUE = "As soon as that is done"
NOW = "Now that it came in"
STILL_TO_PAY = "We will pay {} once what is named beside it is done and we have checked your bank details."
STILL_TO_PAY_UNCHECKED = "We will pay {} once we have checked your bank details."
STILL_TO_PAY_CHECKED = "We will pay {} once what is named beside it is done."
STILL_TO_PAY_NOW = "We will pay {}. We need nothing more from you for it."
"""What is done for the money to be paid: all of it, or what is still to come of it."""
ALL_PAID = "All of it is paid."
BEFORE_PAYING = "We will pay nothing before both of us have signed and we have checked your bank details."


def part_values(
    number: int, one: AgreedPart, agreement: GrantAgreement, today: date, show: Callable[[int | None], str]
) -> dict[str, Lines]:
    """Return what stands in the row of a part."""
    due = with_capital(WITHIN_DAYS) if _waits_for_this(one) else NO_DUE if one.proof_on is None else NOW
    if is_past_unsigned(one, agreement, today):
        due = f"{with_capital(WITHIN_DAYS)}, as its day is past" if waits_for_a_day(one.trigger) else due
    elif one.due_on is not None and not (one.due_on < today and _waits_yet(one, agreement)):
        due = f"{'Was due on ' if one.due_on < today else ''}{full_day(one.due_on)}"
    if agreement.held_for:
        due = with_capital(ON_HOLD)
    if one.paid_on is not None:
        due = f"Paid on {full_day(one.paid_on)}"
    return {
        "payment_number": (str(number),),
        "payment_amount": (show(one.amount_pence),),
        "payment_for": (with_capital(_trigger(one)),),
        "payment_due": (due,),
    }


def is_past_unsigned(one: AgreedPart, agreement: GrantAgreement, today: date) -> bool:
    """Whether a part's day went by before anybody signed: nothing was due on it."""
    is_signed = agreement.is_signed or agreement.signed_on is not None
    is_paid = any(part.paid_on is not None for part in agreement.parts)
    return one.due_on is not None and one.due_on < today and not (is_signed or is_paid)


def _waits_for_this(one: AgreedPart) -> bool:
    """Whether a part waits for the agreement in which it stands: the first, or a varied award's next."""
    return waits_for_signature(one.trigger) or one.trigger == MORE


def _waits_yet(one: AgreedPart, agreement: GrantAgreement) -> bool:
    """Whether a part waits for a signature that is still to come."""
    is_there = agreement.signed_on is not None or (agreement.is_signed and one.trigger != MORE)
    return _waits_for_this(one) and not is_there


def _is_ready(one: AgreedPart, agreement: GrantAgreement) -> bool:
    """Whether nothing more of the recipient's has to come before a part is paid."""
    if one.proof_on is not None:
        return True
    return _waits_for_this(one) and not _waits_yet(one, agreement)


def _state(one: AgreedPart, agreement: GrantAgreement, today: date) -> str:
    if one.paid_on is not None:
        return f"paid on {full_day(one.paid_on)}"
    if agreement.held_for:
        return ON_HOLD
    if _waits_yet(one, agreement):
        return SIGNED_ANEW if one.trigger == MORE else SIGNED
    if is_past_unsigned(one, agreement, today):
        return when_signed(one.trigger) if waits_for_a_day(one.trigger) else one.trigger
    if one.proof_on is not None and one.due_on is None:
        return now_that_it_came(one.trigger)
    if one.due_on is None:
        return WITHIN_DAYS if _waits_for_this(one) else with_quarter(one.trigger, None)
    due, is_gone = full_day(one.due_on), one.due_on < today
    if _waits_for_this(one):
        return f"{'was ' if is_gone else ''}due on {due}"
    is_day = one.trigger.strip().casefold() == ON_THE_DAY
    when = f"was due on {due}" if is_gone else f"{'on ' if is_day else ''}{due}"
    return when if is_day else f"{with_quarter(one.trigger, one.due_on)}, {when}"


def _trigger(one: AgreedPart) -> str:
    """Return what a part waits for, a signature always in the same words."""
    if one.trigger == MORE:
        return "this agreement signed"
    if waits_for_signature(one.trigger):
        return "agreement signed"
    if one.proof_on is not None and one.paid_on is None:
        return f"{one.trigger}, which came in on {full_day(one.proof_on)}"
    return with_quarter(one.trigger, one.due_on)


def paid_in_parts(agreement: GrantAgreement, today: date) -> Lines:
    """Say in a line how it is paid: "In two payments: £2,000 (paid) and £2,000 (receipts)".

    Many alike that wait for their days are told in a sentence.
    """
    show, whole = money_of(agreement), agreement.parts
    in_payments = f"In {cardinal(len(whole))} {noun(len(whole), 'payment')}"
    is_open = [one.paid_on is None and not is_past_unsigned(one, agreement, today) for one in whole]
    due = [one.due_on if is_so else None for one, is_so in zip(whole, is_open, strict=True)]
    steps = at_equal_times([one.amount_pence for one in whole], [one.trigger for one in whole], due)
    if steps and not agreement.held_for:
        return (f"{in_payments} of {show(whole[0].amount_pence)} each, {steps}",)
    parts = [f"{show(one.amount_pence)} ({_state(one, agreement, today)})" for one in whole]
    return (f"{in_payments}: {listed(parts)}",)


def paid_before(agreement: GrantAgreement) -> str:
    """Say what is done before anything more is paid."""
    if agreement.is_paid:
        return ALL_PAID
    if agreement.held_for:
        return NOT_BEFORE_LIFTED
    if agreement.signed_on is None and not is_under_way(agreement):
        return BEFORE_PAYING
    is_ready = all(_is_ready(one, agreement) for one in agreement.parts if one.paid_on is None)
    if agreement.is_account_checked:
        words = STILL_TO_PAY_NOW if is_ready else STILL_TO_PAY_CHECKED
    else:
        words = STILL_TO_PAY_UNCHECKED if is_ready else STILL_TO_PAY
    return words.format(what_is_left(agreement))
