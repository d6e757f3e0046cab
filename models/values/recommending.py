"""What the panel recommends and what is decided on it, as values, and how the panel changes it."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from scoring.money import short_pounds
from scoring.ranking import Outcome, Standing
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome
from scoring.written.text import listed

PROPOSED_WORDS = {
    Outcome.FUND: "fund",
    Outcome.PART: "part_fund",
    Outcome.RESERVE: "reserve",
    Outcome.BELOW: "decline",
}


FUNDED = ("fund", "part_fund")
"""The outcomes that are money, and that conditions go with."""
OUTCOMES = (*FUNDED, "reserve", "decline", "defer", "refer")
SCOPE = "Reduced scope: "
"""How the condition begins that says what a part-fund pays for."""


class RecommendationRow(Struct, frozen=True):
    """A recommendation with a copy of the figures it was taken on.

    `outcome` is fund, part_fund, reserve, decline, defer or refer; `amount_pence` is set for the first
    two alone. `code` is a decline code or "". Scores are whole hundredths, None when it had none.
    """

    application: str
    outcome: str
    amount_pence: int | None
    reason: str
    code: str = ""
    conditions: tuple[str, ...] = ()
    is_exception: bool = False
    quality_1e2: int | None = None
    cost_1e2: int | None = None
    total_1e2: int | None = None
    place: int | None = None
    tied: bool = False

    @property
    def is_departure(self) -> bool:
        return self.is_exception and self.outcome in FUNDED

    def without_figures(self, why: str) -> "RecommendationRow":
        """Return a recommendation that tells nothing but that it is there."""
        return RecommendationRow(self.application, PanelOutcome.DEFER, None, why)

    @property
    def outcome_words(self) -> str:
        """Return the outcome with its amount: "fund £2,400"."""
        word = OUTCOME_WORDS[PanelOutcome(self.outcome)].lower()
        return f"{word} {short_pounds(self.amount_pence)}" if self.amount_pence else word


BELOW_THRESHOLD = "below-threshold"
"""The decline code of an application that a floor bars."""


class LineDecision(Struct, frozen=True):
    """What is decided on one application: agree, change or send_back.

    With agree, outcome and money are those that stand before. `reason` is why it reduces crime or helps
    victims, `change_reason` why the line differs or goes back; conditions of None are those before, or the
    standard ones where there was no money before.
    """

    application: str
    verdict: str = "agree"
    outcome: str = ""
    amount_pence: int | None = None
    reason: str = ""
    change_reason: str = ""
    conditions: tuple[str, ...] | None = None


def recommendation(
    standing: Standing,
    outcome: str,
    amount_pence: int | None,
    reason: str,
    *,
    code: str = "",
    conditions: tuple[str, ...] = (),
) -> RecommendationRow:
    """Return what is recorded, with a copy of the figures it is taken on."""
    is_below = bool(standing.below_threshold) and outcome == "decline"
    return RecommendationRow(
        application=standing.reference,
        outcome=outcome,
        amount_pence=amount_pence if outcome in FUNDED else None,
        reason=reason.strip(),
        code=code or (BELOW_THRESHOLD if is_below else ""),
        conditions=conditions if outcome in FUNDED else (),
        is_exception=is_exception(standing, outcome),
        quality_1e2=standing.quality_1e2,
        cost_1e2=standing.cost_1e2,
        total_1e2=standing.total_1e2,
        place=standing.place,
        tied=standing.tied,
    )


def scope_of(conditions: Sequence[str]) -> str:
    """Return what a part-fund pays for, "" when that is not stated."""
    return next((one.removeprefix(SCOPE) for one in conditions if one.startswith(SCOPE)), "")


def lacks_scope(item: RecommendationRow) -> bool:
    """Whether a recommendation is a part-fund and does not say what that pays for."""
    return item.outcome == PanelOutcome.PART_FUND and not scope_of(item.conditions)


def unstated_words(items: Iterable[RecommendationRow]) -> str:
    """Say of which part-funds it is not stated what they pay for, "" where it is of each."""
    parts = [one.application for one in items if lacks_scope(one)]
    return f"Not stated yet: what the part-fund of {listed(parts)} pays for." if parts else ""


def whole_pence(standing: Standing) -> int:
    """Return what funding an application in full is: what it asks, or the cap that the rule offers."""
    is_capped = standing.outcome is Outcome.FUND and standing.offer_pence is not None
    return standing.offer_pence if is_capped and standing.offer_pence else standing.requested_pence


def is_exception(standing: Standing, outcome: str) -> bool:
    """Whether an outcome goes against the order: money where the rule gives none, or none where it does.

    To defer or refer says something else than the order does, so it is no exception.
    """
    gets = PROPOSED_WORDS.get(standing.outcome, "") in FUNDED if standing.outcome is not None else False
    if outcome in FUNDED:
        return not gets or bool(standing.below_threshold)
    return gets and outcome in ("reserve", "decline")


def is_as_proposed(standing: Standing, outcome: str) -> bool:
    """Whether an outcome is what the rule proposes, so that the rule's reason will do."""
    return standing.outcome is not None and PROPOSED_WORDS.get(standing.outcome) == outcome


class DecisionRow(Struct, frozen=True):
    """One line of a signing: what was decided at a step, by whom, on what figures.

    `is_last` says that it decided the line: nobody has to sign after it. `verdict` is agree, change or
    send_back; `notice` and `legal_power` are "" before it is decided. `reason` is why it reduces crime or
    helps victims; `change_reason` why it was changed or sent back, on one that agrees why what it
    agrees with was changed. One with `ended_by` no longer stands. `unsigned_because` says why it goes
    without the signature of a step before it.
    """

    number: int
    application: str
    step: int
    is_last: bool
    verdict: str
    outcome: str
    amount_pence: int | None
    reason: str
    change_reason: str
    conditions: tuple[str, ...]
    is_exception: bool
    total_1e2: int | None
    ended_by: int | None
    post: str
    signed_by: str
    signed_on: date
    notice: str
    interests: str = ""
    legal_power: str = ""
    is_from_paper: bool = False
    unsigned_because: str = ""

    @property
    def is_in_force(self) -> bool:
        """Whether it is neither sent back nor superseded."""
        return self.ended_by is None and self.verdict != "send_back"

    @property
    def is_taken_back(self) -> bool:
        """Whether whoever signed it took it back, before anybody signed after."""
        return self.ended_by == self.number
