"""What a trial would change of the list on show: what is recorded there stands before it, not the rule."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from models.queries.deciding.reasons import Given
from models.queries.deciding.round_figures import RoundFigures
from models.queries.deciding.round_list import (
    OUTCOME_WORDS,
    PROPOSED_AS,
    Listed,
    Mark,
    RoundList,
    with_amounts,
)
from models.values.recommending import SCOPE, RecommendationRow, recommendation, scope_of, whole_pence
from scoring import money
from scoring.explaining.what_if import Moved, moved
from scoring.ranking import Ranking, Standing

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

    reference: str
    organisation: str
    area: str | None
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
    old = {standing.reference: standing for standing in before.standings}
    new = {standing.reference: standing for standing in after.standings}
    found = (_changed(old[one.reference], new[one.reference], shown) for one in moved(before, after, area))
    return tuple(one for one in found if one.before != one.after)


def recorded_lines(listed: RoundList | None) -> dict[str, Fares]:
    """Return how the recorded lines of a list fare, by reference."""
    lines: Sequence[Listed] = () if listed is None else listed.lines
    return {
        line.standing.reference: Fares(line.mark, line.amount_pence or 0)
        for line in lines
        if line.is_recorded and line.mark is not None
    }


def _changed(before: Standing, after: Standing, shown: dict[str, Fares]) -> Changed:
    stood = shown.get(before.reference, proposed(before))
    return Changed(before.reference, before.organisation, before.area, stood, proposed(after))


_Amounts = Mapping[str, int]
"""What is tried by reference, in pence; nought for no money."""


def tried_list(listed: RoundList, amounts: _Amounts) -> RoundList:
    """Return the list with the tried amounts in place of its own, and each pot as it would be."""
    if not amounts:
        return listed
    lines = tuple(_tried(line, amounts) for line in listed.lines)
    areas = with_amounts(listed.areas, lines, {area.area for area in listed.areas})
    return replace(listed, lines=lines, areas=areas)


def changes(listed: RoundList, amounts: _Amounts, area: str | None) -> tuple[Moved, ...]:
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


def _outcome_of(standing: Standing, pence: int) -> Mark:
    """Return the outcome that an amount is."""
    if not pence:
        return Mark.RESERVE
    return Mark.FUND if pence in (whole_pence(standing), standing.requested_pence) else Mark.PART


def lacks_scope(figures: RoundFigures, amounts: _Amounts) -> tuple[str, ...]:
    """Return the tried parts of which nothing recorded says what they pay for."""
    scopes = {row.application: scope_of(row.conditions) for row in figures.recorded}
    return tuple(
        s.reference
        for s in figures.ranking.standings
        if s.reference in amounts
        and _outcome_of(s, amounts[s.reference]) is Mark.PART
        and not scopes.get(s.reference)
    )


def as_edits(
    figures: RoundFigures, amounts: _Amounts, reason: str, scope: str
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


def _tried(line: Listed, amounts: _Amounts) -> Listed:
    pence = amounts.get(line.standing.reference)
    if pence is None or pence == (line.amount_pence or 0):
        return line
    mark = _outcome_of(line.standing, pence)
    words = "Tried, not saved"
    return replace(
        line, mark=mark, amount_pence=pence or None, reason=words, is_tried=True, was_pence=line.amount_pence
    )


def _edit(standing: Standing, pence: int, reason: str, scope: str, said: Given) -> RecommendationRow:
    mark = _outcome_of(standing, pence)
    before = said.conditions(standing.reference, mark.value)
    kept = tuple(one for one in before if not one.startswith(SCOPE))
    if mark is Mark.PART:
        kept = (f"{SCOPE}{scope_of(before) or scope}", *kept)
    return recommendation(standing, mark.value, pence or None, reason, conditions=kept)
