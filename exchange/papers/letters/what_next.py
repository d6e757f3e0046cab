"""The sentences of a letter on what happens next, by when, and who does it."""

from collections.abc import Iterator
from datetime import date

from exchange.papers.letters.account_words import account_words
from exchange.papers.letters.on_awards import rest_of, sign_version_of
from exchange.papers.letters.payment_words import is_late
from exchange.papers.letters.sentences import (
    CONFIRM_FIRST,
    NO_OUTCOMES,
    NOT_BEFORE,
    OTHER_DAYS,
    WHICH_PART,
    decision_of,
    instead_of,
    money_of,
    office_address,
    to_office,
    whom_to_ask,
    within_days,
)
from models.papers.agreements.grant_now import GrantNow
from models.papers.letters.letter import Letter
from models.papers.letters.letter_kinds import DIRECT_OFFER, UNDECIDED
from models.papers.letters.letters import Letters
from models.reference.reporting import year_ends_on
from scoring.counted import counted
from scoring.written.days import full_day
from scoring.written.text import with_capital

WITHOUT = "We cannot consider it without."
NO_NEED = "You need not apply again"
OVER = (
    "The round was closed before a decision was made on it, so it can get no money of this round. You are "
    "welcome to apply again in a later one."
)
"""What whoever applied hears once a round is closed in which nobody decided."""


def steps_to_accept(letters: Letters, letter: Letter, today: date) -> tuple[str, ...]:
    """Return what the recipient of an offer does next; nobody described a project who applied for nothing.

    Of a grant that changed since, the letter on the change comes with the agreement and says the same. What
    is signed is not asked for again.
    """
    now = letter.now or GrantNow()
    if letter.since or letter.signed_on is not None:
        sign = f"{sign_version_of(letters, letter)} {rest_of(letter)}".rstrip()
    else:
        send = f"We will {_sends(letters, now)}."
        to = f"return it to {to_office(letters)}{within_days(letters)}"
        sign = f"{send} Please sign it and {to}."
    first = (CONFIRM_FIRST,) if now.to_confirm else ()
    if letter.has_agreement:
        account, back = _account_of(letters, letter, today), _pay_back_of(letter, now)
        return (*first, sign, *_which_part(letters, letter), *account, *back)
    do = "do what it is for" if letter.kind == DIRECT_OFFER else "do what you described"
    where = " at the same address" if office_address(letters) else ""
    bank = "send you a copy and ask for your bank details. Please do not send them before."
    return (
        *first,
        *(() if letter.since and letter.asks_before_signing else _which_part(letters, letter)),
        sign,
        f"We will then sign it too{' and send you a copy.' if now.has_account else f', {bank}'}",
        f"If you do not want the grant, or cannot {do}, please tell us{where}.",
        NOT_BEFORE,
    )


def _sends(letters: Letters, now: GrantNow) -> str:
    """Return that the agreement is sent, and within how many working days where the office says so."""
    is_after = now.is_unsettled or now.to_confirm
    send = f"{'then ' if is_after else ''}send you the grant agreement"
    if letters.agreement_days is None:
        return send
    days = counted(letters.agreement_days, "working day")
    answered = "agreeing with you on your answer" if now.asks_days else "your answer"
    return f"{send} within {days} of {answered if is_after else 'this letter'}"


def _which_part(letters: Letters, letter: Letter) -> Iterator[str]:
    """Yield that a recipient is to say, by when, what it will do with the money: its agreement waits."""
    now, days = letter.now, letters.sign_within_days
    if now is None or not now.is_unsettled:
        return
    what = NO_OUTCOMES if now.lacks_outcomes else WHICH_PART
    if letter.has_agreement:
        yield f"Unless you have done so, please tell us {what}."
        return
    by = "" if days is None else f"within {counted(days, 'day')} of this letter"
    told = ", ".join(filter(None, (f"at {to_office(letters)}" if now.asks_days else "", by)))
    yield f"Please tell us{f', {told},' if told else ''} {what}."
    if now.asks_days and letter.start_on is not None:
        yield OTHER_DAYS.format(full_day(letter.start_on))


def _account_of(letters: Letters, letter: Letter, today: date) -> Iterator[str]:
    """Yield what is done about the account of a grant of which nothing more can be paid without it."""
    now = letter.now
    if now is None or not now.paid_on or now.is_all_paid:
        return
    yield account_words(
        whom_to_ask(letters),
        has_account=now.has_account,
        is_checked=now.is_account_checked,
        is_late=is_late(letter, today),
    )


def _pay_back_of(letter: Letter, now: GrantNow) -> Iterator[str]:
    """Yield that money which was asked back is still to come: the letter on it says how it is paid."""
    if left := now.to_pay_back_pence:
        yield f"Please pay back {money_of(letter)(left)}, as our letter on it says."


def reserve_holds(letters: Letters, today: date) -> str:
    """Return until when the reserve list holds: as long as its round, whose money is awarded in its year."""
    return f"The reserve list holds until the round is closed{_at_the_latest(letters, today)}."


def _at_the_latest(letters: Letters, today: date) -> str:
    """Return the last day of a round's money, "" where it is past or not known."""
    ends = year_ends_on(letters.year)
    if ends is None or ends < today:
        return ""
    return f", on {full_day(ends)} at the latest"


def apply_again_of(letter: Letter) -> str:
    """Return that whoever was refused may apply again, and of the feedback where there is any.

    Nothing of that is said where a decision took another's place and nothing of the marks is why: a group
    that was awarded money and gave it up, or dissolved, is not invited again.
    """
    asks = "If something in this letter is not clear, please ask us."
    if not letter.feedback:
        return asks if letter.replaces else f"You may apply again in a later round. {asks}"
    return (
        "You may apply again in a later round, and we hope that this feedback helps you with it. If "
        "something in it is not clear, please ask us."
    )


def not_so_of(letter: Letter) -> str:
    """Return what whoever was stopped does where that is wrong, "" where the sum asked for proves it."""
    if letter.is_proved:
        return ""
    return (
        "If this is not so, and your application shows it, please tell us where, within 28 days of this "
        "letter."
    )


def rounds_of(letters: Letters) -> str:
    """Return when the next round of the fund opens and where rounds are announced, as far as it is known."""
    website, known = letters.letterhead.website, []
    if letters.next_round is not None:
        name, opens = letters.next_round
        known.append(f"The next round, “{name}”, opens on {full_day(opens)}.")
    if website:
        known.append(f"Our rounds are announced on {website}.")
    return " ".join(known)


def send_by_of(letters: Letters, letter: Letter) -> str:
    """Return until when what is missing may be sent, or that it is too late and where the next round is."""
    if letter.is_open:
        return f"Please send us what is missing as soon as you can. {WITHOUT}"
    if letter.send_by is None:
        late = "It is too late to send us more for this round. You are welcome to apply again in a later one."
        return " ".join(filter(None, (late, rounds_of(letters), instead_of(letter))))
    hears = "" if letter.answer_by is None else hears_of(letter)
    without = "We cannot consider your application without it." if letter.reason or hears else WITHOUT
    by = f"Please send us what is missing by {full_day(letter.send_by)}. {without}"
    return " ".join(filter(None, (by, letter.reason, hears)))


def incomplete_of(letter: Letter) -> str:
    """Return that an application is not complete, or was not when it was too late to send more.

    The office puts forward what a panel decides on, and says so of itself.
    """
    if letter.send_by is None and not letter.is_open:
        when = f" when the panel met on {full_day(letter.met_on)}" if letter.met_on else ""
        when = f" when applications closed on {full_day(letter.closed_on)}" if letter.closed_on else when
        return (
            f"It was not complete{when}, so our office could not put it forward for a decision. We are sorry "
            "that we could not award it anything."
        )
    return "It is not complete, so we cannot consider it as it stands."


def asks_of(letter: Letter) -> str:
    """Return that an application that is deferred is to be added to, and by when; what stands below it."""
    by = "" if letter.send_by is None else f" by {full_day(letter.send_by)}"
    if letter.wanted:
        return f"Please send us{by}:"
    return f"Please send us what is asked for under “Why”{by}." if by else ""


def deferred_until(letters: Letters, letter: Letter, today: date) -> str:
    """Return by when an application that is deferred is decided: by a day, else while its round has money.

    Once its round is closed nothing is decided on it.
    """
    said = f"{OVER} {rounds_of(letters)}".rstrip() if letter.is_over else _until(letters, letter, today)
    before = instead_of(letter) if letter.kind == UNDECIDED else ""  # a decision says so itself
    return " ".join(filter(None, (said, before)))


def _until(letters: Letters, letter: Letter, today: date) -> str:
    if letter.answer_by is not None:
        return f"We will decide on it, and write to you, by {full_day(letter.answer_by)}. {NO_NEED}."
    last = _at_the_latest(letters, today)
    closed = f" before the round is closed{last}" if last else ""
    asks = "" if letter.wanted or letter.send_by else "tell you if we need anything from you, and "
    return f"We will {asks}write to you with our decision{closed}. {NO_NEED}."


def hears_of(letter: Letter) -> str:
    """Return by when whoever applied hears, as far as a day is named."""
    by = "once it is taken" if letter.answer_by is None else f"by {full_day(letter.answer_by)}"
    return f"We will write to you with the decision {by}, whatever it is."


def referral_of(letter: Letter) -> str:
    """Return that an application goes to another fund, which one if it is known, and who decided so."""
    to = with_capital(letter.referred_to) if letter.referred_to else "Another fund"
    return f"{to} fits it better, so we have passed it on there. {decision_of(letter)}"


def referred_until(letter: Letter) -> str:
    """Return who writes next about an application that is referred, and by when."""
    who = letter.referred_to or "the other fund"
    by = "" if letter.answer_by is None else f" by {full_day(letter.answer_by)}"
    ask = f" If you have heard nothing{by}, please ask us."
    return f"{NO_NEED}: {who} will write to you{by}. Until then please do not count on a grant.{ask}"


def confirm_minimal(letters: Letters, letter: Letter) -> str:
    """Return what the recipient of minimal financial assistance confirms, and by when, or that it did."""
    if letter.now is not None and letter.now.confirmed_on is not None:
        on = full_day(letter.now.confirmed_on)
        return f"You confirmed on {on} that the grant does not take you over the limit, thank you."
    days = letters.sign_within_days
    within = "" if days is None else f" within {counted(days, 'day')} of the date of this letter"
    return (
        f"Reply in writing{within} that the grant does not take you over the limit, with your name and post."
    )


def once_confirmed(letter: Letter) -> str:
    """Return what waits for the confirmation of minimal financial assistance, "" once that is there."""
    if letter.asks_nothing:
        return ""
    return (
        "Nothing is signed or paid before we have your confirmation. Once we have it, we go on with your "
        "agreement."
    )
