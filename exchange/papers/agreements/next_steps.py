"""What a recipient does with an agreement, what follows the signature, and by when it is to be back."""

from datetime import date, timedelta

from exchange.papers.agreements.sums import money_of, sums_as_in, what_is_left
from exchange.papers.headed import named
from exchange.papers.letters.account_words import ASKS, account_words
from exchange.papers.letters.filling import Lines
from exchange.papers.letters.hold_words import hold_words
from exchange.papers.letters.payment_words import when_of, when_signed
from exchange.papers.letters.sentences import (
    CONFIRM_FIRST,
    NO_OUTCOMES,
    NOT_BEFORE,
    OTHER_DAYS,
    WHICH_PART,
    contact_of,
)
from models.papers.agreements.grant_agreement import AgreedPart, GrantAgreement
from scoring.written.days import full_day
from scoring.written.text import with_article

STILL_TO_COME = "We will pay {} as set out under “How it is paid”."
OTHER_MONEY = "other public money"
"""Stands in a clause that asks to be told of it before anybody signs."""
TELL_OF_IT = "Before you sign, tell us of any {} that has to be counted with this grant: see “{}” below."


def next_steps(agreement: GrantAgreement, today: date) -> Lines:
    """Say what the recipient does now."""
    to = (
        agreement.sends_to
        or agreement.letterhead.email
        or next((text for _, text in agreement.contact), with_article(named(agreement)))
    )
    what = "letter" if agreement.is_letter else "agreement"
    if agreement.signed_on is not None:
        return _signed(agreement, agreement.signed_on, what, to, today)
    return (
        CONFIRM_FIRST if agreement.to_confirm else _tell_of_other_money(agreement),
        _sign_first(agreement, what, to, f"{_by(agreement, today)}{_before_start(agreement, today)}"),
        _other_days(agreement),
        *_after_signing(agreement, today),
        _pay_back(agreement),
        f"{'' if is_under_way(agreement) else f'{NOT_BEFORE} '}Please tell us if anything changes.",
    )


def _tell_of_other_money(agreement: GrantAgreement) -> str:
    """Ask what a clause asks for before the signature; "" where none does, or what is signed is another."""
    if agreement.is_signed or agreement.awaits_answer:
        return ""
    asked = (heading for heading, words in agreement.clauses if OTHER_MONEY in words)
    return next((TELL_OF_IT.format(OTHER_MONEY, heading) for heading in asked), "")


def what_first(agreement: GrantAgreement) -> str:
    """Return why nothing is to be signed yet, in the place of the signatures; "" where something is."""
    if not agreement.awaits_answer:
        return ""
    return (
        f"This is not for signature yet. Once you have told us {_to_settle(agreement)}, and we agree on it, "
        "we will send you the agreement to sign."
    )


def _other_days(agreement: GrantAgreement) -> str:
    """Say how a project is moved that would start while it is still agreed what it does."""
    if not (agreement.awaits_answer and agreement.is_dated):
        return ""
    return OTHER_DAYS.format(full_day(agreement.start_on))


def _signed(agreement: GrantAgreement, on: date, what: str, to: str, today: date) -> Lines:
    """Say of one that is signed as it stands that nothing is to be signed, and what is paid yet."""
    signed = f"This {what} was signed on {full_day(on)}, thank you."
    first = _to_settle(agreement)
    open_yet = f"Unless you have done so, tell us {first}."
    return (
        f"{signed} {open_yet if first else 'You need do nothing more about it.'}",
        *(() if agreement.is_paid else (_still_to_come(agreement), _account(agreement, to, today))),
        _pay_back(agreement),
        "Please tell us if anything changes.",
    )


def _account(agreement: GrantAgreement, to: str, today: date) -> str:
    """Say what is done about the account, "" of what was issued before that was known."""
    if agreement.has_account is None:
        return ""
    days = [one.due_on for one in agreement.parts if one.paid_on is None]
    return account_words(
        to,
        has_account=agreement.has_account,
        is_checked=agreement.is_account_checked,
        is_late=not agreement.held_for and any(day is not None and day < today for day in days),
    )


def _pay_back(agreement: GrantAgreement) -> str:
    """Ask for what is still to come back; its own letter says by when and how."""
    left = agreement.to_come_back_pence
    still = money_of(agreement)(left)
    return f"Please pay the {still} that is still to come back, as our letter on it says." if left else ""


def _sign_first(agreement: GrantAgreement, what: str, to: str, by: str) -> str:
    """Tell the recipient to sign; of what it leaves open to settle that first, by the same day."""
    first = _to_settle(agreement)
    if first and not agreement.is_signed:
        at = "" if agreement.sends_to == "" else f", at {to},"
        again = f"Then sign the {what} that we send you again, and return it."
        then = f"We will then send you the {what} to sign." if agreement.awaits_answer else again
        return f"Tell us{by}{at} {first}. {then}"
    tell = f"Unless you have done so, tell us {first}. " if first else ""
    return f"{tell}Sign this {what} and return it to {to}{by}."


def _to_settle(agreement: GrantAgreement) -> str:
    """Return what the recipient tells before it is settled what the grant is for, "" where that is."""
    if agreement.settles_nothing:
        return NO_OUTCOMES
    return WHICH_PART if agreement.leaves_open else ""


def is_under_way(agreement: GrantAgreement) -> bool:
    """Whether some of it may be paid and spent already: it changed since, or a part is paid."""
    if agreement.is_first:
        return False
    return bool(agreement.changes) or agreement.is_begun


def _after_signing(agreement: GrantAgreement, today: date) -> Lines:
    """Say what follows the signature; of an award that changed since, some may be paid already."""
    if is_under_way(agreement):
        return (
            _then_we_sign(agreement),
            "" if agreement.is_paid else _still_to_come(agreement),
        )
    then = "Once you have signed it, we will" if agreement.awaits_answer else "We will then"
    return (
        f"{then} sign it too, send you a copy, and ask for your bank details. "
        "We will pay nothing before that.",
        *(_first_payment(agreement, one, today) for one in agreement.parts[:1]),
    )


def _then_we_sign(agreement: GrantAgreement) -> str:
    """Return what we do once a changed one is signed; what was issued before does not know of the account."""
    if agreement.has_account is None:
        return "We will then sign it too, send you a copy, and ask for your bank details unless we hold them."
    if agreement.has_account or agreement.is_paid:
        return "We will then sign it too and send you a copy."
    return f"We will then sign it too and send you a copy. We do not hold your bank details yet. {ASKS}"


def _first_payment(agreement: GrantAgreement, one: AgreedPart, today: date) -> str:
    """Return how much the first payment is, and when it is made."""
    if agreement.held_for:
        return _still_to_come(agreement)
    which = "The payment" if len(agreement.parts) == 1 else "The first payment"
    is_past = one.due_on is not None and one.due_on < today
    when = when_signed(one.trigger) if is_past else when_of(one.trigger, one.due_on)
    return f"{which} is {money_of(agreement)(one.amount_pence)}, {when}."


def _still_to_come(agreement: GrantAgreement) -> str:
    """Return that what is still to come is paid as agreed, or that it is on hold."""
    if not agreement.held_for:
        return STILL_TO_COME.format(what_is_left(agreement))
    contact = contact_of(agreement.contact) or with_article(named(agreement))
    return hold_words(sums_as_in(agreement, agreement.held_for), contact)


def _by(agreement: GrantAgreement, today: date) -> str:
    """Return " by " the day on which it is to be back, signed; nothing where none is set."""
    days = agreement.sign_within_days
    if agreement.sign_by is not None:
        return f" by {full_day(agreement.sign_by)}"
    return "" if days is None else f" by {full_day(today + timedelta(days=days))}"


def _before_start(agreement: GrantAgreement, today: date) -> str:
    """Return that it is to be back before a project that starts sooner than that."""
    start, days = agreement.start_on, agreement.sign_within_days
    if days is None or not today < start <= today + timedelta(days=days):
        return ""
    return f", and before the project starts on {full_day(start)} if you can"
