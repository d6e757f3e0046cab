"""Why an amount cannot be recommended: beyond what is asked, or over the pot."""

from collections.abc import Sequence
from decimal import Decimal

from gui.dialogs.recommend_parts import Problem
from gui.pages.round_figures import RoundFigures
from models.queries.recommendations import RecommendationRow
from models.recommending import over_pot_pence, recommendation, tolerance_needed, whole_pence
from scoring import money
from scoring.ranking import AreaStanding, Standing

REMEDIES = "Lower an amount, move one to reserve, or record who allows it and by how much."


def problem(figures: RoundFigures, standing: Standing, outcome: str, amount: int | None) -> Problem | None:
    """Return why an outcome with its amount cannot be, None when it can."""
    if amount is None:
        return None
    words = beyond_asked(standing, amount)
    if words:
        return Problem(words)
    whole = whole_pence(standing)
    if outcome == "fund" and amount not in (whole, standing.requested_pence):
        return Problem(f"To fund is to give {money.short_pounds(whole)}. For a part of it choose part-fund.")
    if outcome == "part_fund" and amount == standing.requested_pence:
        return Problem("That is all that is asked. Choose fund, or lower the amount.")
    area = area_of(figures, standing)
    if area is None:
        return Problem(f"{standing.reference} has no area yet, so no pot.")
    over = over_by(figures, area, recommendation(standing, outcome, amount, "-"))
    return Problem(over_words(area, over), is_over=True) if over else None


def beyond_asked(standing: Standing, amount: int) -> str:
    """Say that an amount is more than is asked, or none; "" when it is neither."""
    if 0 < amount <= standing.requested_pence:
        return ""
    return f"Recommend between £0.01 and the {money.pounds(standing.requested_pence)} asked."


def over_words(area: AreaStanding, over: int) -> str:
    """Return the sentence of an area whose recommendations do not fit."""
    pot = money.short_pounds(area.pot_pence)
    allowed = area.available_pence + area.committed_pence > area.pot_pence
    what = f"what its {pot} pot and the tolerance allow" if allowed else f"its {pot} pot"
    return f"This takes {area.area} {money.short_pounds(over)} over {what}. {REMEDIES}"


def area_of(figures: RoundFigures, standing: Standing) -> AreaStanding | None:
    """Return the money of an application's area, None when it has no area yet."""
    return next((area for area in figures.ranking.areas if area.area == standing.area), None)


def over_by(figures: RoundFigures, area: AreaStanding, item: RecommendationRow) -> int:
    """Return by how much one recommendation takes its area over what is available."""
    own = [s.reference for s in figures.ranking.standings if s.area == area.area]
    return over_pot_pence(area, figures.recorded, own, item)


def bulk_over(figures: RoundFigures, items: Sequence[RecommendationRow]) -> tuple[AreaStanding, int] | None:
    """Return the first area that gets money and is over its pot with it, and by how much."""
    after = {row.application: row.amount_pence or 0 for row in figures.recorded}
    after |= {item.application: item.amount_pence or 0 for item in items}
    paid = {item.application for item in items if item.amount_pence}
    for area in figures.ranking.areas:
        own = {s.reference for s in figures.ranking.standings if s.area == area.area}
        over = sum(after.get(of, 0) for of in own) - area.available_pence
        if over > 0 and own & paid:
            return area, over
    return None


def percent_needed(figures: RoundFigures, standing: Standing, item: RecommendationRow) -> Decimal | None:
    """Return the percentage over every pot that one recommendation takes, None where none will do."""
    area = area_of(figures, standing)
    return None if area is None else tolerance_needed(area, over_by(figures, area, item))
