"""What letters and agreements say of the parts in which a grant is paid: what each waits for, and when."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from exchange.papers.letters.sentences import money_of
from models.papers.letters import VARIATION, Letter
from models.values.award_parts import DAYS_TO_PAY, MORE, quarter_of, waits_for_signature
from scoring.counted import noun
from scoring.written.days import full_day
from scoring.written.number_words import cardinal
from scoring.written.text import with_capital

WITHIN_DAYS = f"within {DAYS_TO_PAY} days of the last signature"
"""When a part is due that waits for the signatures, in letter and agreement as finance pays it."""
ON_THE_DAY = "on the day"
"""What a part waits for that waits for its day alone."""
MOST_LISTED = 4
"""How many equal parts at equal times are listed one by one; more are told in a sentence."""
CHECKED = "we have checked your bank details"
_STEPS = {1: "month", 3: "three months", 6: "six months", 12: "year"}


def parts_of(letter: Letter) -> Iterator[str]:
    """Yield each part: how much, what it waits for, and when it is due; many that are alike in a sentence."""
    show = money_of(letter)
    due = (*letter.due, *[None] * len(letter.payments))[: len(letter.payments)]
    amounts, triggers = [pence for pence, _ in letter.payments], [words for _, words in letter.payments]
    steps = at_equal_times(amounts, triggers, due)
    if steps:
        many = len(amounts)
        yield f"{with_capital(cardinal(many))} {noun(many, 'payment')} of {show(amounts[0])} each, {steps}"
        return
    for amount, trigger, day in zip(amounts, triggers, due, strict=True):
        yield f"{show(amount)}{_still_to_do(letter, trigger, day)}"


def _still_to_do(letter: Letter, trigger: str, due: date | None) -> str:
    """Return what a part waits for yet: a signature that is there is not waited for any more."""
    is_anew = trigger == MORE
    is_signed = letter.signed_on is not None or (letter.is_agreed and not is_anew)
    if letter.kind != VARIATION or not is_signed or not (is_anew or waits_for_signature(trigger)):
        return f" {when_of(trigger, due)}"
    return f"{'' if letter.paid_pence else f' once {CHECKED}'}{_by(due) or f', {WITHIN_DAYS}'}"


def when_of(trigger: str, due: date | None, agreement: str = "the new version of the agreement") -> str:
    """Return what a part waits for and when it is due, as a sentence goes on.

    `agreement` is what is signed where it waits for the agreement's next version.
    """
    words = trigger.strip()
    if due is not None and words.casefold() == ON_THE_DAY:
        return f"on {full_day(due)}"
    if words == MORE:
        return f"once both of us have signed {agreement}{_by(due) or f', {WITHIN_DAYS}'}"
    is_usual = due is None and waits_for_signature(words)
    return f"{_waits_for(words, due)}{f', {WITHIN_DAYS}' if is_usual else _by(due)}"


def _by(due: date | None) -> str:
    return "" if due is None else f", due on {full_day(due)}"


def _waits_for(words: str, due: date | None) -> str:
    plain = words.casefold()
    if not words:
        return "when we tell you"
    if waits_for_signature(words):
        return f"once both of us have signed the agreement and {CHECKED}"
    if plain.startswith("proof"):
        return f"once we have your {words[:1].lower()}{words[1:]}"
    if plain.startswith("end of"):
        return f"at the {words[:1].lower()}{words[1:]}{'' if due else quarter_in_months(words)}"
    return f"when this is met: {words}"


def quarter_in_months(trigger: str) -> str:
    """Return after how many months a quarter ends whose day is not known yet, "" for anything else."""
    quarter = quarter_of(trigger)
    return f", {cardinal(3 * quarter)} months after the project starts" if quarter else ""


def at_equal_times(amounts: Sequence[int], triggers: Sequence[str], due: Sequence[date | None]) -> str:
    """Return how often and from when to when many equal parts are paid that wait for their days alone.

    "every three months from 31 March 2027 to 31 December 2029"; "" where they are few or not alike.
    """
    days = [day for day in due if day is not None]
    waits = (quarter_of(words) or words.strip().casefold() == ON_THE_DAY for words in triggers)
    if len(days) != len(amounts) or len(days) <= MOST_LISTED or len(set(amounts)) > 1 or not all(waits):
        return ""
    gaps = {_months_between(first, then) for first, then in pairwise(days)}
    step = _STEPS.get(next(iter(gaps)), "") if len(gaps) == 1 else ""
    return f"every {step} from {full_day(days[0])} to {full_day(days[-1])}" if step else ""


def _months_between(first: date, then: date) -> int:
    """Return how many months lie between two days of a month that are alike, 0 for others."""
    months = (then.year - first.year) * 12 + then.month - first.month
    ends = [day.day == monthrange(day.year, day.month)[1] for day in (first, then)]
    return months if first.day == then.day or all(ends) else 0
