"""The forms of the Decisions page: change a line, and record what was answered under a notice."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from gui.listed.form import Choice, Day, Field, Form, Line, Money, Saying, Values
from gui.pages.deciding.decisions.lines import WORDS
from gui.pages.deciding.decisions.lines import Line as DecidedLine
from gui.pages.deciding.recommend import NO_SCOPE, SCOPE_NAME, WHAT_FOR_HINT
from models.values.recommending import FUNDED, SCOPE, scope_of
from scoring import money
from scoring.written.days import full_day

WHY = "Why it reduces crime or helps victims"
NEEDED = "Write why it reduces crime or helps victims: it is published with the decision."
WIDE = 560
IN_A_LINE = 60
"""So many letters of a legal power stand whole in its field."""
NONE = "none"
STATE_NONE = "State no interests and {}"
INTERESTS_HINT = "Which, if there are any"
AS_DECLARED = "As declared; Panel & interests changes it"
PRINT = "Print for signature…"
NO_NOTICE = "Each notice of decision has a number of its own, like 031/2026."
NO_POWER = "Name the legal power."
NO_WHY = "Say why it is changed. The reason is recorded with the decision."
EARLY = "{} is before the last signature in the record, of {}. Check the year."
TO_COME = "That day is still to come. A decision is recorded once it is signed."


class Paper(Struct, frozen=True):
    """What goes with decisions: the day, the signer's interests, and at the last step notice and power."""

    on: date
    interests: str
    notice: str
    legal_power: str


class Change(Struct, frozen=True):
    """What a line is changed to and why; `reason` is why it gets money, None where that was not asked.

    `scope` is what less than was requested pays for, "" where that was not asked.
    """

    outcome: str
    amount_pence: int | None
    why: str
    reason: str | None = None
    scope: str = ""

    def conditions(self, before: Iterable[str]) -> tuple[str, ...]:
        """Return the conditions of the money: those before, with what it pays for now in front."""
        others = (one for one in before if not one.startswith(SCOPE))
        return (*((f"{SCOPE}{self.scope}",) if self.scope else ()), *others)


def change_form(
    line: DecidedLine,
    own_words: str | None,
    shortage: Callable[[int], str],
    does: Callable[[Change], Any],
) -> Form:
    """Return what asks for another outcome or amount on a line, and why.

    `own_words` are those on why it gets money so far; None leaves them to a later step. `shortage` says of an
    amount what is short of the year's money for it: it is named as the amount is typed.
    """
    asked, is_direct = line.row.requested_pence, line.direct is not None

    def too_much(pence: int | None) -> str:
        is_right = pence is not None and 0 < pence <= asked
        return (
            ""
            if is_right
            else f"Type an amount up to the {money.short_pounds(asked)} requested, such as 1,870."
        )

    def is_part(values: Values) -> bool:
        return is_funded(values) and not is_direct and 0 < (values["amount"] or 0) < asked

    def short(values: Values) -> str:
        return shortage(values["amount"] or 0) if is_funded(values) else ""

    def changed(
        outcome: str, amount: int | None, scope: str | None, reason: str, words: str | None = None
    ) -> Any:
        return does(Change(outcome, amount, reason, words, scope or ""))

    options = tuple((word, outcome) for outcome, word in WORDS.items())
    why = Line("words", WHY, value=" ".join((own_words or "").split()), wanted=NEEDED, unless=is_not_funded)
    return Form(
        title=f"Change {line.reference}",
        action="Change",
        sentences=_before(line),
        does=changed,
        width=WIDE,
        fields=(
            Choice("outcome", "Outcome", options=options, value=line.current.outcome, are_pills=True),
            Money("amount", "Amount", value=line.current.amount_pence, only=is_funded, check=too_much),
            Saying(short, "danger", weight=600),
            Line(
                *("scope", SCOPE_NAME),
                value=scope_of(line.conditions),
                hint=WHAT_FOR_HINT,
                wanted=NO_SCOPE,
                only=is_part,
            ),
            Line(
                *("reason", "Why it is changed"),
                hint="The applicant reads this, and the notice says it",
                wanted=NO_WHY,
            ),
            *(() if own_words is None else (why,)),
        ),
    )


def is_funded(values: Values) -> bool:
    """Whether the outcome that is chosen gives money."""
    return values["outcome"] in FUNDED


def is_not_funded(values: Values) -> bool:
    """Whether it gives none."""
    return not is_funded(values)


def _before(line: DecidedLine) -> tuple[str, ...]:
    """Return what is recommended or proposed on a line, and what was changed since."""
    amount = f" {line.amount}" if line.recommended.amount_pence is not None else ""
    what = f"{WORDS[line.recommended.outcome].lower()}{amount}"
    asked = money.short_pounds(line.row.requested_pence)
    first = f"The panel recommends: {what}, of {asked} requested."
    if line.direct is not None:
        first = f"Proposed without a competition: {what}."
    return (first, *((f"Since then it was changed: {line.changed}.",) if line.changed else ()))


class Suggested(Struct, frozen=True):
    """What is suggested of the paper: the next notice number, the fund's usual power, standing interests.

    What the signer has declared stays as it is. A day before `signed`, when the step before was signed, is
    pointed out and not refused: on paper it may have been so.
    """

    today: date
    number: str = ""
    power: str = ""
    interests: str = ""
    is_declared: bool = False
    signed: date | None = None


def record_form(
    words: Sequence[str],
    action: str,
    suggested: Suggested,
    does: Callable[[Paper], Any],
    *,
    is_last: bool,
    fault: str = "",
    draft: Callable[[str], None] | None = None,
) -> Form:
    """Return what states counts and sums, and asks for what goes with decisions.

    Where no interest is typed the button says that it states none. A `fault` keeps them from being recorded;
    with a `draft` the notice can be printed for signature first, under the number that is typed.
    """

    def early(values: Values) -> str:
        day, signed = values["on"], suggested.signed
        if day is None or signed is None or day >= signed:
            return ""
        return EARLY.format(full_day(day), full_day(signed))

    def worded(values: Values) -> str:
        is_stated = values["interests"] not in ("", NONE)
        return action if is_stated else STATE_NONE.format(action[0].lower() + action[1:])

    def print_draft(values: Values) -> None:
        assert draft is not None, "the button is there for it"
        draft(values.get("notice", ""))

    def recorded(on: date, interests: str, notice: str = "", power: str = "") -> Any:
        return does(Paper(on, interests or NONE, notice, power))

    notice: tuple[Field | Saying, ...] = (
        Line("notice", "Notice number", value=suggested.number, hint="031/2026", wanted=NO_NOTICE),
        Line("power", "Legal power", value=suggested.power, wanted=NO_POWER),
        Saying(_whole_power, "text2"),
    )
    return Form(
        title="Record decisions",
        action=action,
        sentences=tuple(words),
        does=recorded,
        is_final=True,
        width=WIDE,
        held=fault,
        worded=worded,
        focus="interests",
        beside=None if draft is None else (PRINT, print_draft),
        fields=(
            Day("on", "Signed on", value=suggested.today, to_come=TO_COME),
            Saying(early, "warning", size=13),
            Line(
                *("interests", "Interests"),
                value=suggested.interests,
                hint=INTERESTS_HINT,
                is_fixed=suggested.is_declared,
                tip=AS_DECLARED if suggested.is_declared else "",
            ),
            *(notice if is_last else ()),
        ),
    )


def _whole_power(values: Values) -> str:
    """Return the whole of a power that its field would cut: it is what is signed."""
    power = str(values["power"])
    return power if len(power) > IN_A_LINE else ""
