"""What a trial would change of the list on show: what is recorded there stands before it, not the rule."""

from collections.abc import Sequence
from typing import NamedTuple

from models.values.round_list import OUTCOME_WORDS, PROPOSED_AS, Listed, Mark, RoundList
from scoring import money
from scoring.explaining.what_if import moved
from scoring.ranking import Ranking, Standing

FARES_AS = {Mark.BELOW: "below a minimum", Mark.OPEN: "not ranked"}


class Fares(NamedTuple):
    """How an application fares: its outcome and pence, 0 where it gets nothing."""

    mark: Mark
    pence: int

    @property
    def words(self) -> str:
        """Return it as a sentence says it: "fund £4,500", "below a minimum"."""
        words = FARES_AS.get(self.mark, OUTCOME_WORDS[self.mark].lower())
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
