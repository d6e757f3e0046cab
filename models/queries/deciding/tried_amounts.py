"""Amounts tried in the list and not saved: the list they give, and what recording them comes to."""

from collections.abc import Mapping

from msgspec.structs import replace

from models.queries.deciding.reasons_and_conditions import Given
from models.queries.deciding.recommendations import SCOPE, RecommendationRow
from models.queries.deciding.round_figures import RoundFigures
from models.values.recommending import recommendation, scope_of, whole_pence
from models.values.round_list import Listed, Mark, RoundList, with_amounts
from scoring import money
from scoring.explaining.what_if import Moved
from scoring.ranking import Standing

Amounts = Mapping[str, int]
"""What is tried by reference, in pence; nought for no money."""


def tried_list(listed: RoundList, amounts: Amounts) -> RoundList:
    """Return the list with the tried amounts in place of its own, and each pot as it would be."""
    if not amounts:
        return listed
    lines = tuple(_tried(line, amounts) for line in listed.lines)
    areas = with_amounts(listed.areas, lines, {area.area for area in listed.areas})
    return replace(listed, lines=lines, areas=areas)


def changes(listed: RoundList, amounts: Amounts, area: str | None) -> tuple[Moved, ...]:
    """Return what the tried amounts change, in the list's order."""
    return tuple(
        Moved(
            line.standing.reference,
            line.standing.organisation,
            line.standing.area,
            None,
            None,
            line.amount_pence or 0,
            amounts[line.standing.reference],
        )
        for line in listed.of_area(area)
        if line.standing.reference in amounts and (line.amount_pence or 0) != amounts[line.standing.reference]
    )


def outcome_of(standing: Standing, pence: int) -> Mark:
    """Return the outcome that an amount is."""
    if not pence:
        return Mark.RESERVE
    return Mark.FUND if pence in (whole_pence(standing), standing.requested_pence) else Mark.PART


def lacks_scope(figures: RoundFigures, amounts: Amounts) -> tuple[str, ...]:
    """Return the tried parts of which nothing recorded says what they pay for."""
    scopes = {row.application: scope_of(row.conditions) for row in figures.recorded}
    return tuple(
        s.reference
        for s in figures.ranking.standings
        if s.reference in amounts
        and outcome_of(s, amounts[s.reference]) is Mark.PART
        and not scopes.get(s.reference)
    )


def as_edits(
    figures: RoundFigures, amounts: Amounts, reason: str, scope: str
) -> tuple[RecommendationRow, ...]:
    """Return the tried amounts as recommendations; conditions recorded with money before stay."""
    said = Given(figures.standard, {row.application: row for row in figures.recorded})
    return tuple(
        _edit(standing, amounts[standing.reference], reason, scope, said)
        for standing in figures.ranking.standings
        if standing.reference in amounts
    )


def tried_words(moved: tuple[Moved, ...]) -> str:
    """Return every tried amount by reference: "W-019 £1,500 (was £1,870)"."""
    return "; ".join(
        f"{one.reference} {money.short_pounds(one.after_pence)} (was {money.short_pounds(one.before_pence)})"
        for one in moved
    )


def _tried(line: Listed, amounts: Amounts) -> Listed:
    pence = amounts.get(line.standing.reference)
    if pence is None or pence == (line.amount_pence or 0):
        return line
    mark = outcome_of(line.standing, pence)
    words = "Tried, not saved"
    return replace(
        line, mark=mark, amount_pence=pence or None, reason=words, is_tried=True, was_pence=line.amount_pence
    )


def _edit(standing: Standing, pence: int, reason: str, scope: str, said: Given) -> RecommendationRow:
    mark = outcome_of(standing, pence)
    before = said.conditions(standing.reference, mark.value)
    kept = tuple(one for one in before if not one.startswith(SCOPE))
    if mark is Mark.PART:
        kept = (f"{SCOPE}{scope_of(before) or scope}", *kept)
    return recommendation(standing, mark.value, pence or None, reason, conditions=kept)
