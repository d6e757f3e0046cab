"""The forms of the Decisions page: change a line, and record what was answered under a notice."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from gui.listed.confirming import (
    allowances_in,
    authority_fields,
    confirm_fields,
    confirmed_in,
    waits_for_tick,
    with_allowed,
)
from gui.listed.form import Choice, Day, Field, Form, Line, Money, Saying, Values
from gui.pages.deciding.decisions.lines import WORDS
from gui.pages.deciding.decisions.lines import Line as DecidedLine
from gui.pages.deciding.recommend import NO_SCOPE, SCOPE_NAME, WHAT_FOR_HINT
from gui.record.clock import current_day
from models.queries.deciding.decided_anew import DECIDED
from models.queries.deciding.round_list import Deciding
from models.values.recommending import FUNDED, SCOPE, LineDecision, scope_of
from scoring import money
from scoring.allocating.gate import Beyond, Doubt
from scoring.written.days import full_day

WHY = "Why it reduces crime or helps victims"
NEEDED = "Write why it reduces crime or helps victims: it is published with the decision."
WIDE = 560
IN_A_LINE = 60
"""So many letters of a legal power stand whole in its field."""
OFFERED = "These are the office's usual words, in the signer's name: confirm or change them."
NONE = "none"
NO_NOTICE = "Each notice of decision has a number of its own, like 031/2026."
EARLY = "{} is before the last signature in the record, of {}. Check the year."
TO_COME = "That day is still to come. A decision is recorded once it is signed."


def change_form(
    line: DecidedLine,
    answer: LineDecision,
    told: Callable[[int], str],
    does: Callable[[LineDecision], Any],
    *,
    whole_pence: int,
    asks_words: bool,
) -> Form:
    """Return what asks for another outcome or amount on a line, of which fund gives the whole, and why.

    It is handed on as the `answer` that it is, with the outcome and all. Where it `asks_words`, they say why
    it gets money; else that is left to a later step. `told` says of an amount, as it is typed, what of it is
    still to be confirmed or allowed.
    """
    asked = line.row.requested_pence
    held = line.current.outcome, line.current.amount_pence

    def no_amount(pence: int | None, values: Values) -> str:
        if pence is None or not 0 < pence <= asked:
            return f"Type an amount up to the {money.short_pounds(asked)} requested, such as 1,870."
        if (values["outcome"], pence) == held:
            return ""
        return DECIDED.parted(values["outcome"], pence, whole_pence, asked)

    def is_part(values: Values) -> bool:
        is_less = (values["outcome"], values["amount"]) == held and (held[1] or asked) < whole_pence
        return (is_less or values["outcome"] == "part_fund") and line.direct is None

    def fault(values: Values) -> str:
        pence = values["amount"]  # None while it cannot be read, which is said at the field
        return "" if pence is None or not is_funded(values) else no_amount(pence, values)

    def words(values: Values) -> str:
        pence = values["amount"]
        return fault(values) or told(pence) if pence and is_funded(values) else ""

    def changed(
        outcome: str, amount: int | None, scope: str | None, reason: str, words: str = answer.reason
    ) -> Any:
        others = (one for one in answer.conditions or () if not one.startswith(SCOPE))
        return does(
            replace(
                answer,
                outcome=outcome,
                amount_pence=amount,
                change_reason=reason,
                reason=words,
                conditions=(*((f"{SCOPE}{scope}",) if scope else ()), *others),
            )
        )

    options = tuple((word, outcome) for outcome, word in WORDS.items())
    why = Line(
        "words",
        WHY,
        value=" ".join(answer.reason.split()),
        wanted=NEEDED,
        unless=lambda values: not is_funded(values),
    )
    return Form(
        title=f"Change {line.reference}",
        action="Change",
        sentences=_before(line),
        does=changed,
        width=WIDE,
        waits=fault,
        fields=(
            Choice("outcome", "Outcome", options=options, value=line.current.outcome, are_pills=True),
            Money("amount", "Amount", value=line.current.amount_pence, only=is_funded, fits=no_amount),
            Saying(words, "danger", weight=600),
            Line(
                *("scope", SCOPE_NAME),
                value=scope_of(line.current.conditions),
                hint=WHAT_FOR_HINT,
                wanted=NO_SCOPE,
                only=is_part,
            ),
            Line(
                *("reason", "Why it is changed"),
                hint="The applicant reads this, and the notice says it",
                wanted="Say why it is changed. The reason is recorded with the decision.",
            ),
            *((why,) if asks_words else ()),
        ),
    )


def is_funded(values: Values) -> bool:
    return values["outcome"] in FUNDED


def _before(line: DecidedLine) -> tuple[str, ...]:
    """Return what is recommended on a line, and what was changed since."""
    asked = money.short_pounds(line.row.requested_pence)
    first = f"Recommended: {line.advised.lower()}, of {asked} requested."
    return (first, *((f"Since then it was changed: {line.changed}.",) if line.changed else ()))


def record_form(
    found: Deciding,
    words: Sequence[str],
    action: str,
    does: Callable[..., Any],
    *,
    is_last: bool,
    number: str = "",
    signed: date | None = None,
    fault: str = "",
    doubts: Sequence[Doubt] = (),
    beyond: Sequence[Beyond] = (),
) -> Form:
    """Return what states counts and sums, and asks for what goes with decisions.

    The `number` of the next notice is suggested, with the usual power and interests; what the signer has
    declared stays as it is, and where no interest is typed the button says that it states none. A day before
    `signed`, when the step before was signed, is pointed out and not refused: on paper it may have been so. A
    `fault` keeps them from being recorded, `doubts` until each is confirmed, and what is `beyond` a budget
    until somebody allows it.
    """

    def early(values: Values) -> str:
        day = values["on"]
        if day is None or signed is None or day >= signed:
            return ""
        return EARLY.format(full_day(day), full_day(signed))

    def worded(values: Values) -> str:
        is_stated = values["interests"] not in ("", NONE)
        return action if is_stated else f"State no interests and {action[0].lower() + action[1:]}"

    def recorded(interests: str, **said: Any) -> Any:
        confirmed, allowed = confirmed_in(said), allowances_in(said)
        return with_allowed(does(interests=interests or NONE, **said, confirmed=confirmed), allowed)

    areas = dict.fromkeys(one.area for one in beyond)
    notice: tuple[Field | Saying, ...] = (
        Line("notice", "Notice number", value=number, hint="031/2026", wanted=NO_NOTICE),
        Line("legal_power", "Legal power", value=found.legal_power, wanted="Name the legal power."),
        Saying(_whole_power, "text2"),
    )
    return Form(
        title=action,
        action=action,
        sentences=tuple(words),
        does=recorded,
        is_final=True,
        width=WIDE,
        waits=lambda values: fault or waits_for_tick(lambda _: doubts, values),
        worded=worded,
        focus="interests",
        fields=(
            *((Saying(fault, "danger", size=13, weight=600),) if fault else ()),
            *(confirm_fields(lambda _: doubts) if doubts else ()),
            *(authority_fields(lambda _: beyond, [*areas]) if beyond else ()),
            Day("on", "Signed on", value=current_day(), to_come=TO_COME),
            Saying(early, "warning", size=13),
            Line(
                *("interests", "Interests"),
                value=found.interests,
                hint="Which, if there are any",
                more=OFFERED if found.interests and not found.is_declared else "",
                is_fixed=found.is_declared,
                tip="As declared; Panel & interests changes it" if found.is_declared else "",
            ),
            *(notice if is_last else ()),
        ),
    )


def _whole_power(values: Values) -> str:
    """Return the whole of a power that its field would cut: it is what is signed."""
    power = str(values["legal_power"])
    return power if len(power) > IN_A_LINE else ""
