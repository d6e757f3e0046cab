"""The sentences of a letter on an award that is made: what a variation comes to, what is asked back."""

from datetime import date, timedelta

from exchange.papers.letters.sentences import (
    NO_OUTCOMES,
    WHICH_PART,
    money_of,
    office_address,
    to_office,
    whom_to_ask,
    within_days,
)
from models.papers.letters.letter import Letter
from models.papers.letters.letter_kinds import VARIATION
from models.papers.letters.letters import DAYS_TO_PAY_BACK, Letters
from scoring.written.days import full_day

STAYS = "All else in your agreement stays as it is."


def sign_version_of(letters: Letters, letter: Letter) -> str:
    """Return what is done with the agreement's new version: sign it and send it back, or nothing more."""
    if letter.signed_on is None:
        which = "our letter on the change" if letter.since else "this letter"
        if letter.asks_before_signing:
            return _tell_first(letters, letter, which)
        return (
            f"Please sign {_paper_of(letter)}, which comes with {which}, and return it to "
            f"{to_office(letters)}{within_days(letters)}."
        )
    now = " as it now stands" if letter.since or letter.kind == VARIATION else ""
    signed = f"The agreement{now} was signed on {full_day(letter.signed_on)}, thank you."
    if not (letter.now and letter.now.is_unsettled):
        return f"{signed} You need do nothing more about it."
    return signed


def _tell_first(letters: Letters, letter: Letter, which: str) -> str:
    """Return that a recipient signs once it is settled what the money is for, as its agreement says."""
    what = NO_OUTCOMES if letter.now and letter.now.lacks_outcomes else WHICH_PART
    at = f", at {office_address(letters)}" if office_address(letters) else ""
    return (
        f"The agreement comes with {which}. Please do not sign it yet: tell us first"
        f"{at}{within_days(letters)}, {what}. We will then send you the agreement again, with what we agree "
        "on, to sign."
    )


def rest_of(letter: Letter) -> str:
    """Return what holds of an agreement beside what changes, and what a recipient does who does not agree.

    Nothing once it is signed as it now stands.
    """
    if letter.signed_on is not None:
        return ""
    if letter.is_agreed:
        rest, holds = STAYS, "your agreement stays as it was"
    else:
        rest, holds = "It takes the place of any that we sent you before.", "nothing is paid"
    asks = "If you do not agree with a change, please tell us before you sign"
    return f"{rest} {asks}: until both of us have signed, {holds}."


def recovery_of(letter: Letter) -> str:
    """Return what is asked back, or was and how much of it came, under which clause and who decided it."""
    show, asked = money_of(letter), letter.asked_back_pence
    under = f"Under {letter.clause} of your agreement we" if letter.clause else "We"
    who = f" This was decided for us by {letter.decided_by}." if letter.decided_by else ""
    if not letter.came_back_pence:
        paid = f" {show(letter.paid_pence)} has been paid to you." if letter.paid_pence else ""
        return f"{paid} {under} now ask you to pay {show(asked)} of it back.{_comes_to(letter)}{who}".strip()
    words = f"{under} asked you on {full_day(letter.decided_on)} to pay {show(asked)} of it back.{who}"
    if not letter.to_pay_back_pence:
        return f"{words} All of that came, thank you."
    came, left = show(letter.came_back_pence), show(letter.to_pay_back_pence)
    return f"{words} {came} of that came, thank you; {left} is still to be paid."


def _comes_to(letter: Letter) -> str:
    """Return what the grant comes to without the money that is asked back, now and before."""
    left, show = letter.comes_to_pence, money_of(letter)
    if not left:
        return ""
    before = letter.asked_before_pence
    less = f", less the {show(before)} that we asked you before to pay back as well" if before else ""
    return f" The grant then comes to {show(left)} in all{less}."


def pay_back_of(letters: Letters, letter: Letter, today: date) -> str:
    """Return what the recipient does about money that is asked back: the agreement gives time to answer."""
    left, show = letter.to_pay_back_pence, money_of(letter)
    if not left:
        return "You need do nothing more about this money."
    by = full_day(letter.pay_back_by or letters.pay_back_by or today + timedelta(days=DAYS_TO_PAY_BACK))
    to = whom_to_ask(letters)
    instead = (
        f" {show(letter.to_come_pence)} of your grant is still to come: you may ask us to take it off that "
        "instead."
        if letter.to_come_pence >= left
        else ""
    )
    return (
        f"Please pay {show(left)} by {by} and give the reference {letter.award}. To be told the account to "
        f"pay into, please contact {to}.{instead} If you think that this is not right, or cannot pay it at "
        f"once, please tell us by {by} too, and say why: we will answer before we take it any further."
    )


def varied_of(letter: Letter) -> str:
    """Return what a grant comes to with a variation, from when, and what has been paid of it."""
    show = money_of(letter)
    is_same = letter.was_pence in (None, letter.offered_pence)
    now = "The amount stays" if is_same else "With the change the grant is"
    paid = f", of which {show(letter.paid_pence)} has been paid" if letter.paid_pence else ""
    whole = f"{now} {show(letter.offered_pence)}{paid}."
    who = f" They were agreed for us by {letter.decided_by}." if letter.decided_by else ""
    return f"{whole} {_in_force(letter)}{who}"


def _in_force(letter: Letter) -> str:
    """Return from when the changes hold: nothing of an agreement changes before both have signed it."""
    day = full_day(letter.decided_on)
    if letter.signed_on is not None:
        return f"The changes hold from {day}."
    return f"The changes are to hold from {day}, once both of us have signed {_paper_of(letter)}."


def _paper_of(letter: Letter) -> str:
    return "the new version of the agreement" if letter.is_agreed else "the agreement"
