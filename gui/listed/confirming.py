"""What a form asks to be confirmed of the money of an award before its button is pressed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from gui.listed.form import Saying, Tick, Values
from scoring.allocating.gate import Concern, Doubt

Doubts = Callable[[Values], Sequence[Doubt]]
"""What is to be confirmed, as things are typed."""
WORDS = {
    Concern.CAP: "Award it although it is over the cap",
    Concern.TENFOLD: "The amount is right",
}
WAITS = "Correct the amount, or tick that it is right."


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


def _words(doubts: Doubts, concern: Concern, values: Values) -> str:
    return " ".join(one.words for one in doubts(values) if one.concern is concern)


def _has(doubts: Doubts, concern: Concern, values: Values) -> bool:
    return bool(_words(doubts, concern, values))
