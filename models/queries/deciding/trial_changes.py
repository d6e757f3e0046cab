"""What a trial would change of the list on show, and why an amount cannot be recommended."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

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
    SCOPE,
    RecommendationRow,
    recommendation,
    scope_of,
    whole_pence,
)
from models.values.rows import by_application, by_reference
from scoring import money
from scoring.allocating.over_pot import REMEDY, left_closed, over_of_area, pot_uses, pot_words
from scoring.explaining.what_if import Moved, moved
from scoring.ranking import PotUse, Ranking, Standing


class Problem(NamedTuple):
    """Why an amount cannot be; `is_over` when only an authority is wanting."""

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
    if area_of(figures, standing) is None:
        return Problem(f"{standing.reference} has no area yet, so no pot.")
    use = first_pot_beyond(figures, (recommendation(standing, outcome, amount, "-"),))
    return Problem(beyond_words(use), is_over=True) if use is not None else None


def beyond_asked(standing: Standing, amount: int) -> str:
    """Say that an amount is more than is asked, or none; "" when it is neither."""
    if 0 < amount <= standing.requested_pence:
        return ""
    return f"Recommend between £0.01 and the {money.pounds(standing.requested_pence)} requested."


def beyond_words(use: PotUse) -> str:
    """Return the sentence of an area whose recommendations nobody allows."""
    if use.closed:
        return f"This is over what the pot of {use.area} has; {left_closed(use.closed)}. {REMEDY}"
    show = money.short_pounds
    pot = pot_words(use, show).removeprefix("the ").removeprefix("its ")
    words = f"This takes {use.area} {show(use.over_pence)} over its {pot}"
    if use.beyond_pence < use.over_pence:
        words += f", {show(use.beyond_pence)} more than is allowed"
    return f"{words}. {REMEDY}"


def over_line(figures: RoundFigures, standing: Standing, outcome: str, amount: int | None) -> str:
    """Return what an amount takes its area over the pot by, and who allows it; "" where it does not."""
    area = area_of(figures, standing)
    if area is None or not amount:
        return ""
    item = recommendation(standing, outcome, amount, "-")
    return over_of_area(use_with(figures, area, (item,)))


def over_lines(figures: RoundFigures, items: Sequence[RecommendationRow]) -> tuple[str, ...]:
    """Return for each area that gets money what is over its pot with it, and who allows that."""
    uses = (use_with(figures, area, items) for area in _paid(figures, items))
    return tuple(over_of_area(use) for use in uses if use.over_pence)


def area_of(figures: RoundFigures, standing: Standing) -> PotUse | None:
    """Return the money of an application's area, None when it has no area yet."""
    return next((area for area in figures.ranking.areas if area.area == standing.area), None)


def use_with(figures: RoundFigures, area: PotUse, items: Sequence[RecommendationRow]) -> PotUse:
    """Return how a pot stands with what is recorded, and with recommendations in its place."""
    return next(use for use in _uses(figures, items) if use.area == area.area)


def first_pot_beyond(figures: RoundFigures, items: Sequence[RecommendationRow]) -> PotUse | None:
    """Return the first pot that recommendations take past what is allowed; one that gets no more is none.

    Of a shared pot it is the first area that is past it.
    """
    before, after = _uses(figures, ()), _uses(figures, items)
    for area in _paid(figures, items):
        sharing = area.areas
        past = next((use for use in after if use.beyond_pence and use.area in sharing), None)
        if past is not None and _given(after, sharing) > _given(before, sharing):
            return past
    return None


def _uses(figures: RoundFigures, items: Sequence[RecommendationRow]) -> tuple[PotUse, ...]:
    """Return how every pot stands with what is recorded, and with recommendations in its place."""
    after = {row.application: row.amount_pence or 0 for row in figures.recorded}
    after |= {item.application: item.amount_pence or 0 for item in items}
    given = Counter[str]()
    for standing in figures.ranking.standings:
        given[standing.area or ""] += after.get(standing.reference, 0)
    return pot_uses(figures.ranking.areas, given)


def _given(uses: Sequence[PotUse], areas: Collection[str]) -> int:
    return sum(use.given_pence for use in uses if use.area in areas)


def _paid(figures: RoundFigures, items: Sequence[RecommendationRow]) -> list[PotUse]:
    paid = {item.application for item in items if item.amount_pence}
    areas = {s.area for s in figures.ranking.standings if s.reference in paid}
    return [area for area in figures.ranking.areas if area.area in areas]


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
    return replace(line, mark=mark, amount_pence=pence or None, reason=words, was_pence=was_pence)


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
