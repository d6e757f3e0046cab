"""What a trial would change of the list on show, and why an amount cannot be recommended."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from models.queries.deciding.award_gate import OpenAmount
from models.queries.deciding.decided_anew import DECIDED
from models.queries.deciding.reasons import Given
from models.queries.deciding.round_list import (
    OUTCOME_WORDS,
    PROPOSED_AS,
    Listed,
    Mark,
    RoundFigures,
    RoundList,
    with_amounts,
)
from models.values.recommending import (
    FUNDED,
    SCOPE,
    RecommendationRow,
    recommendation,
    scope_of,
    whole_pence,
)
from models.values.rows import by_application, by_reference
from scoring import money
from scoring.allocating.allocation import whole_pots
from scoring.allocating.gate import Beyond
from scoring.allocating.over_pot import REMEDY, left_closed, over_of_area, pot_uses
from scoring.explaining.what_if import Moved, moved
from scoring.ranking import PotUse, Ranking, Standing


class Problem(NamedTuple):
    """Why an amount cannot be; `is_over` when only an authority is wanting, which can be named there."""

    words: str
    is_over: bool = False


def money_problem(
    figures: RoundFigures, standing: Standing, outcome: str, amount: int | None
) -> Problem | None:
    """Return why an outcome with its amount cannot be, None when it can."""
    if amount is None:
        return None
    asked = standing.requested_pence
    words = beyond_asked(standing, amount) or DECIDED.parted(outcome, amount, whole_pence(standing), asked)
    if words:
        return Problem(words)
    if all(use.area != standing.area for use in figures.ranking.areas):
        return Problem(f"{standing.reference} has no area yet, so no pot.")
    use = first_pot_beyond(figures, (recommendation(standing, outcome, amount, "-"),))
    return None if use is None else Problem(beyond_words(use), is_over=not use.closed)


def pot_beyond(
    figures: RoundFigures, award: OpenAmount, outcome: str, amount: int | None
) -> tuple[Beyond, ...]:
    """Return the pot that an amount passes and that nobody allows; () where what is left is not shown."""
    if outcome not in FUNDED or any(use.closed and award.area in use.areas for use in figures.ranking.areas):
        return ()
    return tuple(one for one in award.beyond(amount) if not one.year)


def beyond_asked(standing: Standing, amount: int) -> str:
    """Say that an amount is more than is asked, or none; "" when it is neither."""
    if 0 < amount <= standing.requested_pence:
        return ""
    return f"Recommend between £0.01 and the {money.pounds(standing.requested_pence)} requested."


def beyond_words(use: PotUse) -> str:
    """Return the sentence of a pot past which nobody allows what is recommended."""
    if use.closed:
        return f"This is over what the pot of {use.area} has; {left_closed(use.closed)}. {REMEDY}"
    show = money.short_pounds
    whose = "their" if use.parts else "its"
    words = f"This takes {use.area} {show(use.over_pence)} over {whose} {show(use.pot_pence)} pot"
    if use.beyond_pence < use.over_pence:
        words += f", {show(use.beyond_pence)} more than is allowed"
    return f"{words}. {REMEDY}"


def over_line(figures: RoundFigures, standing: Standing, outcome: str, amount: int | None) -> str:
    """Return what an amount takes its pot over by, and who allows that; "" where it does not."""
    if not amount:
        return ""
    return "".join(over_lines(figures, (recommendation(standing, outcome, amount, "-"),)))


def over_lines(figures: RoundFigures, items: Sequence[RecommendationRow]) -> tuple[str, ...]:
    """Return for each pot of which money is given what is over it with that, and who allows it."""
    paid = _paid(figures, items)
    uses = (use for use in _uses(figures, items) if not paid.isdisjoint(use.areas))
    return tuple(over_of_area(use, money.short_pounds) for use in uses if use.over_pence)


def first_pot_beyond(figures: RoundFigures, items: Sequence[RecommendationRow]) -> PotUse | None:
    """Return the first pot that recommendations take past what is allowed; one that gets no more is none."""
    paid = _paid(figures, items)
    for before, after in zip(_uses(figures, ()), _uses(figures, items), strict=True):
        is_more = after.given_pence > before.given_pence
        if after.beyond_pence and is_more and not paid.isdisjoint(after.areas):
            return after
    return None


def _uses(figures: RoundFigures, items: Sequence[RecommendationRow]) -> tuple[PotUse, ...]:
    """Return how every pot stands, whole, with what is recorded, and with recommendations in its place."""
    after = {row.application: row.amount_pence or 0 for row in figures.recorded} | {**figures.takes}
    after |= {item.application: item.amount_pence or 0 for item in items}
    given = Counter[str]()
    for standing in figures.ranking.standings:
        given[standing.area or ""] += after.get(standing.reference, 0)
    return whole_pots(pot_uses(figures.ranking.areas, given))


def _paid(figures: RoundFigures, items: Sequence[RecommendationRow]) -> set[str | None]:
    """Return the areas of the applications that items give money."""
    paid = {item.application for item in items if item.amount_pence}
    return {s.area for s in figures.ranking.standings if s.reference in paid}


_FARES_AS = {Mark.BELOW: "below a minimum", Mark.OPEN: "not ranked"}


class Fares(NamedTuple):
    """How an application fares: its outcome and pence, 0 where it gets nothing."""

    mark: Mark
    pence: int

    @property
    def words(self) -> str:
        """Return it as a sentence says it: "fund £4,500", "below a minimum"."""
        words = _FARES_AS.get(self.mark, OUTCOME_WORDS[self.mark].lower())
        return f"{words} {money.short_pounds(self.pence)}" if self.pence else words


class Changed(NamedTuple):
    """One application that would fare otherwise than the list shows."""

    organisation: str
    before: Fares
    after: Fares

    @property
    def words(self) -> str:
        """Return the change: "Pendeford Parents £1,870 to £900", "Heronsgate fund £900 to reserve"."""
        if self.before.pence and self.after.pence:
            amounts = (money.short_pounds(self.before.pence), money.short_pounds(self.after.pence))
            return f"{self.organisation} {amounts[0]} to {amounts[1]}"
        return f"{self.organisation} {self.before.words} to {self.after.words}"


def proposed(standing: Standing) -> Fares:
    """Return how an application fares by the rule."""
    if standing.outcome is None:
        return Fares(Mark.OPEN, 0)
    return Fares(PROPOSED_AS[standing.outcome], standing.offer_pence or 0)


def trial_changes(
    before: Ranking, after: Ranking, area: str | None, listed: RoundList | None
) -> tuple[Changed, ...]:
    """Return what a trial moves, against the list; None where the list is not what it is compared with.

    What the trial leaves as it was is no change, even where the panel recommended otherwise than the rule.
    """
    shown = recorded_lines(listed)
    old = by_reference(before.standings)
    new = by_reference(after.standings)
    found = []
    for was in (old[one.reference] for one in moved(before, after, area)):
        stood, stands = shown.get(was.reference, proposed(was)), proposed(new[was.reference])
        if stood != stands:
            found.append(Changed(was.organisation, stood, stands))
    return tuple(found)


def recorded_lines(listed: RoundList | None) -> dict[str, Fares]:
    """Return how the recorded lines of a list fare, by reference."""
    lines: Sequence[Listed] = () if listed is None else listed.lines
    return {
        line.standing.reference: Fares(line.mark, line.amount_pence or 0)
        for line in lines
        if line.is_recorded and line.mark is not None
    }


def tried_list(listed: RoundList, amounts: Mapping[str, int]) -> RoundList:
    """Return the list with amounts that are tried, in pence by reference, and each pot as it would be."""
    if not amounts:
        return listed
    lines = tuple(_tried(line, amounts.get(line.standing.reference)) for line in listed.lines)
    areas = with_amounts(listed.areas, lines, {area.area for area in listed.areas})
    return replace(listed, lines=lines, areas=areas)


def _tried(line: Listed, pence: int | None) -> Listed:
    was_pence = line.amount_pence or 0
    if pence is None or pence == was_pence:
        return line
    is_whole = pence in (whole_pence(line.standing), line.standing.requested_pence)
    mark = Mark.FUND if is_whole else Mark.PART if pence else Mark.RESERVE
    words = "Tried, not saved"
    tried = {"amount_pence": pence or None, "takes_pence": None, "was_pence": was_pence}
    return replace(line, mark=mark, reason=words, **tried)


def tried_changes(tried: RoundList) -> tuple[Moved, ...]:
    """Return what the amounts that are tried change of the list."""
    return tuple(
        Moved(*line.standing[:3], None, None, line.was_pence, line.amount_pence or 0)
        for line in tried.lines
        if line.was_pence is not None
    )


def tried_words(changes: Sequence[Moved]) -> str:
    """Return every tried amount by reference: "W-019 £1,500 (was £1,870)"."""
    return "; ".join(
        f"{one.reference} {money.short_pounds(one.after_pence)} (was {money.short_pounds(one.before_pence)})"
        for one in changes
    )


def as_edits(
    figures: RoundFigures, tried: RoundList, reason: str, scope: str = ""
) -> tuple[RecommendationRow, ...]:
    """Return the tried amounts as recommendations; conditions recorded with money before stay.

    `scope` is what those parts pay for of which nothing recorded says it.
    """
    said = Given(figures.standard, by_application(figures.recorded))
    return tuple(_edit(line, reason, scope, said) for line in tried.lines if line.was_pence is not None)


def _edit(line: Listed, reason: str, scope: str, said: Given) -> RecommendationRow:
    assert line.mark is not None, "what is tried has an outcome"
    before = said.conditions(line.standing.reference, line.mark.value)
    kept = tuple(one for one in before if not one.startswith(SCOPE))
    if line.mark is Mark.PART and (pays_for := scope_of(before) or scope):
        kept = (f"{SCOPE}{pays_for}", *kept)
    return recommendation(line.standing, line.mark.value, line.amount_pence, reason, conditions=kept)
