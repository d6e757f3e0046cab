"""What letters and agreements say of the parts in which a grant is paid: what each waits for, and when."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from exchange.papers.letters.hold_words import LIFTED, once_lifted
from exchange.papers.letters.sentences import money_of
from models.papers.agreements.grant_now import GrantNow
from models.papers.letters.letter import Letter
from models.papers.letters.letter_kinds import VARIATION
from models.values.awards import (
    DAYS_TO_PAY,
    MORE,
    ON_THE_DAY,
    PROJECT_END,
    quarter_of,
    trigger_words,
    waits_for_a_day,
    waits_for_signature,
)
from scoring.written.days import full_day
from scoring.written.text import cardinal, with_capital

WITHIN_DAYS = f"within {DAYS_TO_PAY} days of the last signature"
"""When a part is due that waits for the signatures, in letter and agreement as finance pays it."""
NEW_VERSION = "the new version of the agreement"
MOST_LISTED = 4
"""How many equal parts at equal times are listed one by one; more are told in a sentence."""
CHECKED = "we have checked your bank details"
LATE = " (it was due on "
"""Begins what is said of a part that is not paid though its day is gone by."""
_STEPS = {1: "month", 3: "three months", 6: "six months", 12: "year"}


class _Part(NamedTuple):
    """A payment as a letter lists it: how much, what it waits for, its day, when paid, when proof came."""

    pence: int
    trigger: str
    due: date | None
    paid_on: date | None
    proof_on: date | None


def parts_of(letter: Letter, today: date) -> Iterator[str]:
    """Yield each part: how much, what it waits for, and when it is due, or when it was paid.

    Many that are alike are told in a sentence; what is paid stands first, then what is late. Nothing is due
    or late that is on hold.
    """
    parts = tuple(_parts(letter))
    late = [part for part in parts if _is_late(letter, part, today)]
    to_come = [part for part in parts if part.paid_on is None and part not in late]
    yield from _paid(letter, [part for part in parts if part.paid_on is not None])
    yield from (_one_part(letter, part, today) for part in late)
    yield from _to_come(letter, to_come, today)


def is_late(letter: Letter, today: date) -> bool:
    """Whether a part is not paid though its day is gone by."""
    return any(_is_late(letter, part, today) for part in _parts(letter))


def _is_late(letter: Letter, part: _Part, today: date) -> bool:
    is_due = part.paid_on is None and not _is_held(letter) and _is_signed_once(letter)
    return is_due and _is_past(part.due, today)


def _is_signed_once(letter: Letter) -> bool:
    """Whether any version of the agreement is signed: nothing is due before that."""
    return letter.has_agreement or bool(letter.paid_pence)


def _is_held(letter: Letter) -> bool:
    return letter.now is not None and bool(letter.now.held_for)


def _parts(letter: Letter) -> Iterator[_Part]:
    now = letter.now or GrantNow()
    days = (letter.due, now.paid_on, now.proof_on)
    of_each = zip(letter.payments, *(_for_each(letter, found) for found in days), strict=True)
    for (pence, trigger), due, paid_on, proof_on in of_each:
        yield _Part(pence, trigger.strip(), due or _day_of(letter, trigger.strip()), paid_on, proof_on)


def _for_each(letter: Letter, days: Sequence[date | None]) -> Sequence[date | None]:
    """Return a day for each payment, None where none is known."""
    return (*days, *[None] * len(letter.payments))[: len(letter.payments)]


def _day_of(letter: Letter, trigger: str) -> date | None:
    """Return the last day of a part without one of its own that waited for a signature which is there."""
    if letter.now is None or letter.signed_on is None or not _is_on_signature(trigger):
        return None
    return letter.signed_on + timedelta(days=DAYS_TO_PAY)


def _is_on_signature(trigger: str) -> bool:
    return trigger == MORE or waits_for_signature(trigger)


def _paid(letter: Letter, parts: Sequence[_Part]) -> Iterator[str]:
    show, days = money_of(letter), [full_day(part.paid_on) for part in parts if part.paid_on is not None]
    if len(parts) > MOST_LISTED and len({part.pence for part in parts}) == 1:
        many = with_capital(cardinal(len(parts)))
        yield f"{many} payments of {show(parts[0].pence)} each, paid from {days[0]} to {days[-1]}"
        return
    yield from (f"{show(part.pence)}, paid on {day}" for part, day in zip(parts, days, strict=True))


def _to_come(letter: Letter, parts: Sequence[_Part], today: date) -> Iterator[str]:
    days = [None if _is_past(part.due, today) else part.due for part in parts]
    steps = at_equal_times([part.pence for part in parts], [part.trigger for part in parts], days)
    if steps:
        many = with_capital(cardinal(len(parts)))
        when = LIFTED if _is_held(letter) else steps
        yield f"{many} payments of {money_of(letter)(parts[0].pence)} each, {when}"
        return
    yield from (_one_part(letter, part, today) for part in parts)


def _one_part(letter: Letter, part: _Part, today: date) -> str:
    """Return a part that is not paid, with what it waits for yet and when it is due."""
    return f"{money_of(letter)(part.pence)}{_still_to_do(letter, part, today)}"


def _still_to_do(letter: Letter, part: _Part, today: date) -> str:
    """Return what a part waits for and when it is due, as its line goes on; of a held part no day."""
    waits = _waits(letter, part)
    if _is_held(letter):
        return f" {_once_lifted(part, today) if waits is None else once_lifted(waits)}"
    is_too_soon = _is_past(part.due, today) and not _is_signed_once(letter)
    due = None if is_too_soon else part.due
    if waits is None:
        return f" {when_signed(part.trigger) if is_too_soon else when_of(part.trigger, due, today=today)}"
    usual = f", {WITHIN_DAYS}" if _is_on_signature(part.trigger) else ""
    return f"{' ' if waits else ''}{waits}{_by(due, today) or usual}"


def _waits(letter: Letter, part: _Part) -> str | None:
    """Return what a part waits for where some of it is there: signature, account or papers; else None."""
    trigger = part.trigger
    if _is_on_signature(trigger):
        is_checked = bool(letter.paid_pence) if letter.now is None else letter.now.is_account_checked
        is_known = letter.now is not None or letter.kind == VARIATION
        if is_known and _is_signed(letter, trigger):
            return "" if is_checked else f"once {CHECKED}"
        if letter.now is not None and is_checked and trigger != MORE:
            return "once both of us have signed the agreement"
    return None if part.proof_on is None else now_that_it_came(trigger)


def now_that_it_came(trigger: str) -> str:
    """Return when a part is paid whose papers came in, as a sentence goes on."""
    return f"now that we have your {_lowered(trigger)}"


def _once_lifted(part: _Part, today: date) -> str:
    """Return what a held part waits for beside the hold; it is not paid before a day of its own."""
    if part.trigger.casefold() != ON_THE_DAY:
        return once_lifted(_waits_for(part.trigger, part.due))
    if part.due is None or _is_past(part.due, today):
        return LIFTED
    return f"{LIFTED}, and not before {full_day(part.due)}"


def _is_signed(letter: Letter, trigger: str) -> bool:
    """Whether what a part waits for is signed: the next version, or else any."""
    return letter.signed_on is not None or (letter.has_agreement and trigger != MORE)


def when_of(trigger: str, due: date | None, agreement: str = NEW_VERSION, today: date | None = None) -> str:
    """Return what a part waits for and when it is due, as a sentence goes on.

    `agreement` is what is signed where it waits for the agreement's next version. A day before `today` is
    gone by and is not promised.
    """
    words = trigger.strip()
    if due is not None and words.casefold() == ON_THE_DAY:
        return _by(due, today).lstrip() if _is_past(due, today) else f"on {full_day(due)}"
    is_usual = due is None and _is_on_signature(words)
    return f"{_waits_for(words, due, agreement)}{f', {WITHIN_DAYS}' if is_usual else _by(due, today)}"


def when_signed(trigger: str) -> str:
    """Return when a part is paid whose day went by before anybody signed, as a sentence goes on."""
    quarter = quarter_of(trigger)
    if quarter:
        return f"for quarter {quarter} of the project, which is over, {WITHIN_DAYS}"
    if trigger == PROJECT_END:
        return f"as the project is over, {WITHIN_DAYS}"
    return WITHIN_DAYS if trigger.strip().casefold() == ON_THE_DAY else when_of(trigger, None)


def _is_past(due: date | None, today: date | None) -> bool:
    return due is not None and today is not None and due < today


def _by(due: date | None, today: date | None) -> str:
    """Return when a part is due, as a sentence goes on, or was where that day is gone by."""
    if due is None:
        return ""
    return f"{LATE}{full_day(due)})" if _is_past(due, today) else f", due on {full_day(due)}"


def _lowered(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _waits_for(words: str, due: date | None, agreement: str = NEW_VERSION) -> str:
    plain = words.casefold()
    if not words:
        return "when we tell you"
    if words == MORE:
        return f"once both of us have signed {agreement}"
    if waits_for_signature(words):
        return f"once both of us have signed the agreement and {CHECKED}"
    if plain.startswith("proof"):
        return f"once we have your {_lowered(words)}"
    if plain.startswith("end of"):
        return f"at the {with_quarter(_lowered(words), due)}"
    return f"when this is met: {words}"


def with_quarter(trigger: str, due: date | None) -> str:
    """Return what a part waits for, a quarter as one of the project: reports are on quarters of the year.

    Of one whose day is not known yet it says after how many months it ends.
    """
    quarter = quarter_of(trigger)
    months = f", {cardinal(3 * quarter)} months after it starts" if quarter and due is None else ""
    return f"{trigger_words(trigger)}{months}"


def at_equal_times(amounts: Sequence[int], triggers: Sequence[str], due: Sequence[date | None]) -> str:
    """Return how often and from when to when many equal parts are paid that wait for their days alone.

    "every three months from 31 March 2027 to 31 December 2029"; "" where they are few or not alike.
    """
    days = [day for day in due if day is not None]
    is_alike = len(set(amounts)) == 1 and all(map(waits_for_a_day, triggers))
    if len(days) != len(amounts) or len(days) <= MOST_LISTED or not is_alike:
        return ""
    gaps = {_months_between(first, then) for first, then in pairwise(days)}
    step = _STEPS.get(next(iter(gaps)), "") if len(gaps) == 1 else ""
    return f"every {step} from {full_day(days[0])} to {full_day(days[-1])}" if step else ""


def _months_between(first: date, then: date) -> int:
    """Return how many months lie between two days of a month that are alike, 0 for others."""
    months = (then.year - first.year) * 12 + then.month - first.month
    ends = [day.day == monthrange(day.year, day.month)[1] for day in (first, then)]
    return months if first.day == then.day or all(ends) else 0
