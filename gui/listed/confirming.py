"""What a form asks to be confirmed of the money of an award before its button is pressed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from gui.listed.acts import Made
from gui.listed.authority import NO_POST, NO_REASON
from gui.listed.form import Across, Field, Line, Money, Saying, Tick, Values
from gui.record.clock import current_day
from gui.text import ours
from models.operation import Operation
from models.operations.awards.authorities import authorised
from models.queries.deciding.award_gate import OpenAmount
from scoring.allocating.gate import Beyond, Concern, Doubt
from scoring.money import short_pounds
from scoring.ranking import Allowance

Doubts = Callable[[Values], Sequence[Doubt]]
"""What is to be confirmed, as things are typed."""
WORDS = {
    Concern.CAP: "Award it although it is over the cap",
    Concern.TENFOLD: "The amount is right",
}
WAITS = "Correct the amount, or tick that it is right."
SAY_WHO = "Say who does."
SUM, ALLOWED = "allowed_pence", ("allowed_name", "allowed_post", "allowed_why")


def name_of(concern: Concern) -> str:
    return concern.replace("-", "_")


def confirm_fields(doubts: Doubts) -> tuple[Saying | Tick, ...]:
    """Return a sentence and a tick for each concern, shown where there is one."""
    return tuple(
        field
        for concern in Concern
        for field in (
            Saying(partial(_words, doubts, concern), "danger", 13, 600, only=partial(_has, doubts, concern)),
            Tick(name_of(concern), WORDS[concern], only=partial(_has, doubts, concern)),
        )
    )


def waits_for_tick(doubts: Doubts, values: Values) -> str:
    """Return why the button cannot be pressed yet, "" where all is confirmed."""
    return WAITS if any(not values[name_of(one.concern)] for one in doubts(values)) else ""


def confirmed_in(said: dict[str, Any]) -> tuple[str, ...]:
    """Return what is confirmed, and take its ticks out of what a form says."""
    return tuple(one for one in Concern if said.pop(name_of(one), None))


def authority_fields(
    beyond: Callable[[Values], Sequence[Beyond]], areas: Sequence[str] = ("",)
) -> tuple[Saying | Field | Across, ...]:
    """Return what asks who allows money over budgets, shown while one is passed, and how much in each area.

    Where one area is chosen in the form, no area is named.
    """

    def over(values: Values) -> bool:
        return bool(beyond(values))

    def excess(values: Values) -> str:
        found = [one.words(short_pounds) for one in beyond(values)]
        return " ".join((*found, SAY_WHO)) if found else ""

    asked = partial(Line, only=over, holds=True)
    who = asked("allowed_name", "Authorised by", wanted="Name who allows it.")
    post = asked("allowed_post", "Job title", wanted=ours(NO_POST))
    sums = tuple(_sum_field(beyond, area) for area in areas)
    why = asked("allowed_why", "Why it is allowed", wanted=ours(NO_REASON))
    return Saying(excess, "danger", 13, 600, only=over), Across((who, post)), Across(sums), why


def amount_words(award: OpenAmount, then: str, pence: int | None) -> str:
    """Return what is to be confirmed or allowed of a typed amount, and `then` who does; "" for nothing."""
    found = (
        *(one.words for one in award.doubts(pence)),
        *(one.words(short_pounds) for one in award.beyond(pence)),
    )
    return " ".join((*found, then)) if found else ""


def _sum_field(beyond: Callable[[Values], Sequence[Beyond]], area: str) -> Money:
    def needed(values: Values) -> int:
        return max((one.pence for one in beyond(values) if area in ("", one.area)), default=0)

    def is_other(pence: int | None, values: Values) -> str:
        is_it = (pence or 0) == needed(values)
        return "" if is_it else f"It takes {short_pounds(needed(values))}, no more and no less."

    name, words = (f"{one}{area and ', '}{area}" for one in (SUM, "Authorised overspend for this"))
    return Money(name, words, only=lambda values: needed(values) > 0, fits=is_other, holds=True)


def allowances_in(said: dict[str, Any], area: str = "") -> tuple[Allowance, ...]:
    """Return who allows money over budgets, and take it out of what a form says; () for nobody.

    `area` is the one that is chosen in a form that names none.
    """
    name, post, why = (" ".join((said.pop(one, None) or "").split()) for one in ALLOWED)
    sums = {key.removeprefix(SUM).removeprefix(", "): said.pop(key) for key in [*said] if key.startswith(SUM)}
    return tuple(
        Allowance(of or area, pence, name, post, why, current_day()) for of, pence in sums.items() if pence
    )


def with_allowed(change: Operation, allowed: Sequence[Allowance]) -> Operation | Made:
    """Return a change, made with those who allow its money where somebody is named."""
    made: Any = change
    return Made(partial(authorised, change=made, given=allowed)) if allowed else change


def _words(doubts: Doubts, concern: Concern, values: Values) -> str:
    return " ".join(one.words for one in doubts(values) if one.concern is concern)


def _has(doubts: Doubts, concern: Concern, values: Values) -> bool:
    return bool(_words(doubts, concern, values))
