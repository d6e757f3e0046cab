"""The payments of a grant as its letter lists them: what is paid, late, held or waits, and for what."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from models.papers.agreements.grant_now import GrantNow
from models.papers.letters.letter import Letter
from models.values.awards import (
    DAYS_TO_PAY,
    MORE,
    ON_THE_DAY,
    trigger_words,
    waits_for_a_day,
    waits_for_signature,
)

MOST_LISTED = 4
"""How many equal parts at equal times are listed one by one; more are told in one line."""
State = Literal["paid", "was due", "held", "on signature", "due", "came", "open"]


class Payment(Struct, frozen=True):
    """A payment on the day of a letter, in pence: what it waits for, how it stands, and the day of that.

    Where it waits for its day alone it is not `after` anything, "". It `is_next` where the agreement's next
    version is to be signed, and `is_awaited` where its recipient has still to send what it waits for. Equal
    payments of which there are `many` go on `until` a day, every `months`.
    """

    pence: int
    after: str
    state: State
    on: date | None = None
    is_next: bool = False
    many: int = 1
    until: date | None = None
    months: int = 0
    is_awaited: bool = False


def payments_of(letter: Letter, today: date) -> tuple[Payment, ...]:
    """Return what is paid, then what is late, then what is to come; many that are alike as one."""
    found = tuple(_each(letter, today))
    order: tuple[tuple[State, ...], ...] = (("paid",), ("was due",))
    first = [[one for one in found if one.state in states] for states in order]
    rest = [one for one in found if one.state not in ("paid", "was due")]
    return tuple(one for group in (*first, rest) for one in _joined(group))


def _each(letter: Letter, today: date) -> Iterator[Payment]:
    now = letter.now or GrantNow()
    for number, (pence, trigger) in enumerate(letter.payments):
        due, paid_on, proof_on = (_at(days, number) for days in (letter.due, now.paid_on, now.proof_on))
        trigger = trigger.strip()
        is_on_signature = trigger == MORE or waits_for_signature(trigger)
        after = "" if is_on_signature or trigger.casefold() == ON_THE_DAY else trigger_words(trigger)
        if paid_on is not None:
            yield Payment(pence, after, "paid", paid_on)
            continue
        is_signed = _is_signed(letter, trigger)
        if due is None and is_on_signature and letter.signed_on is not None and letter.now is not None:
            due = letter.signed_on + timedelta(days=DAYS_TO_PAY)
        state, on = _state(letter, trigger, due, proof_on, is_signed=is_signed, today=today)
        is_awaited = bool(after) and proof_on is None and not waits_for_a_day(trigger)
        yield Payment(pence, after, state, on, is_next=trigger == MORE, is_awaited=is_awaited)


def _state(
    letter: Letter, trigger: str, due: date | None, proof_on: date | None, *, is_signed: bool, today: date
) -> tuple[State, date | None]:
    """Return how a part stands that is not paid, and its day; nothing is late that is held or not signed."""
    is_on_signature = trigger == MORE or waits_for_signature(trigger)
    if letter.now is not None and letter.now.held_for:
        is_own_day = trigger.casefold() == ON_THE_DAY and due is not None and due >= today
        return "held", due if is_own_day else None
    if due is not None and due < today:
        if is_signed:
            return "was due", due
        waits = is_on_signature or waits_for_a_day(trigger)
        return ("on signature" if waits else "came" if proof_on else "open"), None
    if due is not None:
        return "due", due
    if is_on_signature:
        return "on signature", None
    return ("came" if proof_on else "open"), None


def _is_signed(letter: Letter, trigger: str) -> bool:
    """Whether what a part waits for is signed: the next version, or else any."""
    is_any = letter.has_agreement or bool(letter.paid_pence)
    return letter.signed_on is not None or (is_any and trigger != MORE)


def _at(days: Sequence[date | None], number: int) -> date | None:
    return days[number] if number < len(days) else None


def _joined(parts: Sequence[Payment]) -> Sequence[Payment]:
    """Return many equal payments at equal times as one, others as they are: late, or waiting for papers."""
    days = [one.on for one in parts if one.on is not None]
    if any(one.is_awaited or one.state == "was due" for one in parts):
        return parts
    if len(parts) <= MOST_LISTED or len({(one.pence, one.state) for one in parts}) > 1:
        return parts
    if parts[0].state == "held":
        return [Payment(parts[0].pence, "", "held", many=len(parts))]
    steps = {_months_between(first, then) for first, then in pairwise(days)}
    if len(days) < len(parts) or (parts[0].state != "paid" and (len(steps) > 1 or 0 in steps)):
        return parts
    months = steps.pop() if len(steps) == 1 else 0
    return [Payment(parts[0].pence, "", parts[0].state, days[0], False, len(parts), days[-1], months)]


def _months_between(first: date, then: date) -> int:
    """Return how many months lie between two days of a month that are alike, 0 for others."""
    months = (then.year - first.year) * 12 + then.month - first.month
    ends = [day.day == monthrange(day.year, day.month)[1] for day in (first, then)]
    return months if first.day == then.day or all(ends) else 0
