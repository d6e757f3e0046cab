"""What one award, and one organisation over all areas of a round, may be offered (section 6)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from scoring.allocating.organisations import same_organisations
from scoring.ranking import Standing
from scoring.round import Round


class Caps:
    """The caps of a round and what has been offered under them so far, in pence."""

    def __init__(self, round_: Round) -> None:
        self.per_award = round_.scheme.cap_per_award_pence
        self.per_organisation = round_.scheme.cap_per_organisation_pence
        self._of = {} if self.per_organisation is None else same_organisations(round_.applications)
        self._granted: Counter[str] = Counter()

    def left(self, reference: str) -> int | None:
        """Return what the organisation's cap still allows, None when there is no such cap."""
        if self.per_organisation is None:
            return None
        return max(self.per_organisation - self._granted[self._of[reference]], 0)

    def offer(self, standing: Standing) -> int:
        """Return the request, no more than the cap per award and what is left of the organisation's."""
        limits = (standing.requested_pence, self.per_award, self.left(standing.reference))
        return min(limit for limit in limits if limit is not None)

    def count(self, reference: str, pence: int) -> None:
        """Count an offer against the organisation's cap."""
        if self.per_organisation is not None:
            self._granted[self._of[reference]] += pence

    def depend_on_order(self, offers: Iterable[tuple[Standing, int]]) -> bool:
        """Whether tied offers to one organisation together pass what its cap still allows."""
        if self.per_organisation is None:
            return False
        tied: Counter[str] = Counter()
        for standing, offer in offers:
            tied[self._of[standing.reference]] += offer
        return any(self._granted[of] + offer > self.per_organisation for of, offer in tied.items() if offer)


def over_caps(round_: Round, reference: str) -> Iterator[str]:
    """Yield in words which caps an application asks more than: by itself, and with its organisation's others.

    What was withdrawn counts with nobody's.
    """
    scheme = round_.scheme
    asks = next(one for one in round_.applications if one.reference == reference)
    if scheme.cap_per_award_pence is not None and asks.requested_pence > scheme.cap_per_award_pence:
        yield "over the cap for one award"
    of = same_organisations(round_.applications)
    alike = [one for one in round_.applications if not one.withdrawn and of[one.reference] == of[reference]]
    most, asked = scheme.cap_per_organisation_pence, sum(one.requested_pence for one in alike)
    if most is not None and len(alike) > 1 and asked > most:
        yield "over the cap for one organisation, with its other applications"
