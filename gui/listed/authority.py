"""Record who allows money over the pot of one area, and how much."""

from collections.abc import Callable
from typing import Any

from gui.listed.form import Day, Form, Line, Money, Note
from gui.record.clock import current_day
from gui.text import ours
from gui.widgets.typed import NO_AMOUNT
from scoring.money import short_pounds
from scoring.ranking import Allowance

ONE_POT = (
    "It is for {area} alone: no percentage and no other area changes with it. Every paper of the area prints "
    "it with name, post and reason. It can be undone until something is signed."
)
TO_COME = "That day is still to come. Money over a pot is allowed on a day that has come."
NO_POST = "Name the post in which it is allowed, such as Chief Executive."
NO_REASON = "Say why it is allowed: every paper of the area prints the reason."


def authority_form(
    area: str,
    words: str,
    needed: int,
    does: Callable[[Allowance], Any],
    left: Callable[[], Any] | None = None,
) -> Form:
    """Return what asks for a name, a post, an amount, a day and a reason.

    `needed` is the least amount that will do, in pence.
    """

    def too_little(pence: int) -> str:
        is_enough = not pence or pence >= needed
        short = "" if is_enough else f"{short_pounds(pence)} is not enough: it takes {short_pounds(needed)}."
        return short if pence else NO_AMOUNT

    def allowed(name: str, post: str, amount: int, on: Any, reason: str) -> Any:
        who = (" ".join(name.split()), " ".join(post.split()))
        return does(Allowance(area, amount, *who, reason, on))

    return Form(
        title="Record authority",
        sentences=(words, ours(ONE_POT.format(area=area))),
        action="Record this authority",
        does=allowed,
        left=left,
        fields=(
            Line("name", "Who allows it", wanted="Name who allows it.", holds=True),
            Line("post", "Post of the person who allows it", wanted=NO_POST, holds=True),
            Money(
                *("amount", f"By how much, in pounds over the pot of {area}"),
                value=needed or None,
                check=too_little,
            ),
            Day("on", "Allowed on", value=current_day(), to_come=TO_COME),
            Note("reason", "Reason", height=64, wanted=ours(NO_REASON), holds=True),
        ),
    )
