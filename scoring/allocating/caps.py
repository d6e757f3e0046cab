"""What one award, and one organisation over all areas of a round, may be offered (section 6)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scoring.ranking import Standing
from scoring.round import Application, Round
from scoring.written.names import is_same_text, text_key


class _Granted(NamedTuple):
    application: Application
    pence: int


class Caps:
    """The caps of a round and what has been offered under them so far, in pence."""

    def __init__(self, round_: Round) -> None:
        self.per_award = round_.scheme.cap_per_award_pence
        self.per_organisation = round_.scheme.cap_per_organisation_pence
        self._applications = {a.reference: a for a in round_.applications}
        self._granted: dict[tuple[str, str], list[_Granted]] = {}

    def left(self, reference: str) -> int | None:
        """Return what the organisation's cap still allows, None when there is no such cap."""
        if self.per_organisation is None:
            return None
        application = self._applications[reference]
        alike = {
            granted.application.reference: granted.pence
            for key in identities(application)
            for granted in self._granted.get(key, ())
            if same_organisation(application, granted.application)
        }
        return max(self.per_organisation - sum(alike.values()), 0)

    def offer(self, standing: Standing) -> int:
        """Return the request, no more than the cap per award and what is left of the organisation's."""
        limits = (standing.requested_pence, self.per_award, self.left(standing.reference))
        return min(limit for limit in limits if limit is not None)

    def count(self, reference: str, pence: int) -> None:
        """Count an offer against the organisation's cap."""
        application = self._applications[reference]
        for key in identities(application):
            self._granted.setdefault(key, []).append(_Granted(application, pence))

    def depend_on_order(self, offers: Iterable[tuple[Standing, int]]) -> bool:
        """Whether tied offers to one organisation together pass what its cap still allows."""
        tied = [(self._applications[s.reference], offer, self.left(s.reference)) for s, offer in offers]
        return any(
            left is not None and left < sum(o for other, o, _ in tied if same_organisation(one, other))
            for one, offer, left in tied
            if offer > 0
        )


def over_caps(round_: Round, reference: str) -> Iterator[str]:
    """Yield in words which caps an application asks more than: by itself, and with its organisation's others.

    What was withdrawn counts with nobody's.
    """
    scheme = round_.scheme
    asks = next(one for one in round_.applications if one.reference == reference)
    if scheme.cap_per_award_pence is not None and asks.requested_pence > scheme.cap_per_award_pence:
        yield "over the cap for one award"
    alike = [one for one in round_.applications if not one.withdrawn and same_organisation(one, asks)]
    most, asked = scheme.cap_per_organisation_pence, sum(one.requested_pence for one in alike)
    if most is not None and len(alike) > 1 and asked > most:
        yield "over the cap for one organisation, with its other applications"


def same_organisation(one: Application, other: Application) -> bool:
    """Whether two applications come from one organisation.

    It is the office's word that they do, else the same charity or company number where both have one, else
    the same name without regard to case and extra spaces.
    """
    if one.one_with and one.one_with == other.one_with:
        return True
    numbers = (
        (one.charity_number, other.charity_number),
        (one.company_number, other.company_number),
    )
    both_have = [a == b for a, b in numbers if a and b]
    if both_have:
        return any(both_have)
    return is_same_text(one.organisation, other.organisation)


def identities(application: Application) -> list[tuple[str, str]]:
    """Return what the organisation goes by: two that are the same share one of these, and so may others."""
    keys = (
        ("charity", application.charity_number),
        ("company", application.company_number),
        ("name", text_key(application.organisation)),
        ("one", application.one_with),
    )
    return [key for key in keys if key[1]]
