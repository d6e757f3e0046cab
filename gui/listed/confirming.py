"""What a form asks to be confirmed of the money of an award before its button is pressed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from gui.listed.authority import NO_POST, NO_REASON
from gui.listed.form import Across, Field, Line, Money, Saying, Tick, Values
from gui.record.clock import current_day
from gui.text import ours
from scoring.allocating.gate import Concern, Doubt
from scoring.money import short_pounds
from scoring.ranking import Allowance

Doubts = Callable[[Values], Sequence[Doubt]]
"""What is to be confirmed, as things are typed."""
WORDS = {
    Concern.CAP: "Award it although it is over the cap",
    Concern.TENFOLD: "The amount is right",
}
WAITS = "Correct the amount, or tick that it is right."
OVER = "This is {} over {}, and nobody allows that yet. Say who does."


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
    beyond: Callable[[Values], int], budget: Callable[[Values], str]
) -> tuple[Saying | Field | Across, ...]:
    """Return what asks who allows money over a budget, so named, shown while that is passed, in pence."""

    def over(values: Values) -> bool:
        return beyond(values) > 0

    def excess(values: Values) -> str:
        return OVER.format(short_pounds(beyond(values)), budget(values)) if over(values) else ""

    def too_little(pence: int | None, values: Values) -> str:
        needed = beyond(values)
        return "" if (pence or 0) >= needed else f"It takes {short_pounds(needed)}."

    who = Line("allowed_name", "Authorised by", only=over, wanted="Name who allows it.")
    post = Line("allowed_post", "Job title", only=over, wanted=ours(NO_POST))
    sum_ = Money("allowed_pence", "Authorised overspend", only=over, fits=too_little)
    why = Line("allowed_why", "Why it is allowed", only=over, wanted=ours(NO_REASON))
    return Saying(excess, "danger", 13, 600, only=over), Across((who, post, sum_)), why


def allowance_in(said: dict[str, Any], area: str) -> Allowance | None:
    """Return who allows money over a round budget, and take it out of what a form says; None for nobody."""
    names = ("allowed_name", "allowed_post", "allowed_pence", "allowed_why")
    name, post, pence, why = (said.pop(one, None) for one in names)
    return Allowance(area, pence, name, post, why, current_day()) if name and pence else None


def _words(doubts: Doubts, concern: Concern, values: Values) -> str:
    return " ".join(one.words for one in doubts(values) if one.concern is concern)


def _has(doubts: Doubts, concern: Concern, values: Values) -> bool:
    return bool(_words(doubts, concern, values))
