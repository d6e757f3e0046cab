"""The result of a round's sums, as frozen values (shapes only; `scoring.rank` works them out)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from scoring.scheme import Scheme


class Allowance(Struct, frozen=True):
    """Money over one area's pot and tolerance that somebody allows, in pence, with name, post and reason.

    `on` is the day on which it was allowed, None where that is not known.
    It covers what people set by hand. The rule offers none of it, and no percentage changes with it. One that
    was recorded with a change of `awards` ("ACF-001, ACF-002") covers what is over since, and no other award.
    """

    area: str
    pence: int
    name: str
    post: str
    reason: str
    on: date | None = None
    awards: str = ""

    def is_for(self, references: Collection[str]) -> bool:
        """Whether it was recorded with a change of some awards, by the references of their applications."""
        return not {*self.awards.split(", ")}.isdisjoint(references)


class Status(StrEnum):
    """Whether an application is ranked, and if not, the first reason that holds."""

    WITHDRAWN = "withdrawn"
    INELIGIBLE = "ineligible"
    INCOMPLETE = "incomplete"
    NOT_QUORATE = "not quorate"
    RANKED = "ranked"


class Outcome(StrEnum):
    """What the allocation rule proposes for a ranked application."""

    FUND = "fund"
    PART = "part"
    RESERVE = "reserve"
    BELOW = "below"
    TIE = "tie"


class Why(StrEnum):
    """Which rule gives an application money, or leaves it without."""

    FITS = "fits"
    CAPPED = "capped"
    PART = "part"
    SKIPPED = "skipped"
    TOO_MUCH = "does not fit"
    STOPPED = "list stopped"
    ORGANISATION = "organisation's cap"
    BELOW = "below threshold"
    TIED = "tied"
    WAITS = "waits for a tie"


class Cause(Struct, frozen=True):
    """Why the rule proposes what it does, sums in pence.

    `asks_pence` is the request as the caps let it count, `left_pence` what was left when its turn came.
    `least_pence` is what a part must reach, None where the rule gives no parts or nothing was left;
    `is_own_least` that the applicant named it, else it is half of the request, rounded up. The list stopped
    `at`, or those are tied, by reference. `cap_pence` is the cap that makes the offer less than the request:
    of one award where `is_of_award`, else of one organisation, of which other applications took what is
    `used`, by reference.
    """

    why: Why
    asks_pence: int = 0
    left_pence: int = 0
    least_pence: int | None = None
    is_own_least: bool = False
    at: tuple[str, ...] = ()
    cap_pence: int = 0
    is_of_award: bool = False
    used: tuple[tuple[str, int], ...] = ()


class CriterionResult(NamedTuple):
    """One criterion of one application, as printed: whole hundredths, half up.

    `value_1e2` is the panel's value (marks of M, or a score of 100), None when not applicable;
    `weight_1e2` is the weight after re-sharing; `points_1e2` is weight times fraction.
    """

    code: str
    value_1e2: int | None
    weight_1e2: int
    points_1e2: int


class Standing(NamedTuple):
    """Where one application stands. Scores are as shown: whole hundredths of a point, half up.

    Only a ranked application has quality, cost, total, place and outcome; `cost_1e2` is None when the
    scheme has no cost side, `quality_1e2` when it has no quality side. `price_pence` is set only when
    the round is ranked by price per quality point and quality is above nought. `place_by` is the tie
    rule that won the place. `offer_pence` is None unless the outcome is fund or part.
    """

    reference: str
    organisation: str
    area: str | None
    requested_pence: int
    status: Status
    reasons: tuple[str, ...]
    counting_members: int
    quality_1e2: int | None = None
    cost_1e2: int | None = None
    total_1e2: int | None = None
    price_pence: int | None = None
    place: int | None = None
    tied: bool = False
    place_by: str | None = None
    below_threshold: tuple[str, ...] = ()
    criteria: tuple[CriterionResult, ...] = ()
    offer_pence: int | None = None
    outcome: Outcome | None = None
    cause: Cause | None = None
    is_closed: bool = False
    """Whether its place, marks and money are closed to who reads: what it asks only counts in sums."""

    @property
    def is_ranked(self) -> bool:
        return self.status is Status.RANKED


class PotUse(NamedTuple):
    """An area's pot and what is given of it, in pence; what was committed before counts as used.

    In a ranking what is given is what the rule offers. `tolerance_pence` is what the published percentage
    comes to, rounded down to the penny, `tolerance_by` who stands behind it, "" for nobody named.
    `allowances` is what was allowed over the pot later; the rule offers none of it. `shared_with` names the
    areas that share one pot, this one among them, and is empty for a pot of its own: `pot_pence` is then this
    area's part of the pot, and `own_pence` what it put in. Of a pot that is shared and told whole, `area`
    names all that share it and `parts` are theirs. `pot_now` is the area's
    money of today, where that was changed since the decision. What is given and left of it is not
    told to who reads where it is `closed` by applications in which they have an interest.
    """

    area: str
    pot_pence: int
    committed_pence: int
    given_pence: int
    tolerance_pence: int = 0
    tolerance_percent: Decimal = Decimal(0)
    tolerance_by: str = ""
    allowances: tuple[Allowance, ...] = ()
    shared_with: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    start_up_pence: int = 0
    own_pence: int = 0
    stopped_by_tie: bool = False
    parts: tuple["PotUse", ...] = ()
    pot_now: "PotUse | None" = None

    @property
    def today(self) -> "PotUse":
        """Return the same given from the pot of today, which may have been changed since the decision."""
        if self.pot_now is None:
            return self
        return self.pot_now._replace(
            given_pence=self.given_pence, allowances=self.allowances, closed=self.closed
        )

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas whose pot it is: those that share it, else its own."""
        return self.shared_with or (self.area,)

    @property
    def to_award_pence(self) -> int:
        """Return the pot less what was committed before, below nothing where that was more."""
        return self.pot_pence - self.committed_pence

    @property
    def available_pence(self) -> int:
        """Return what the rule may offer, below nothing where more was committed before."""
        return self.to_award_pence + self.tolerance_pence

    @property
    def remaining_pence(self) -> int:
        return self.available_pence - self.given_pence

    @property
    def used_pence(self) -> int:
        return self.committed_pence + self.given_pence

    @property
    def left_pence(self) -> int:
        """Return what is left of the pot alone; nought where it is passed."""
        return max(self.pot_pence - self.used_pence, 0)

    @property
    def is_spent(self) -> bool:
        return bool(self.given_pence) and not self.left_pence

    @property
    def over_pence(self) -> int:
        return max(self.used_pence - self.pot_pence, 0)

    @property
    def allowed_pence(self) -> int:
        """Return what was allowed later, of a pot told whole in each area no more than is used there."""
        if self.parts:
            return sum(min(part.allowed_pence, part.used_pence) for part in self.parts)
        return sum(one.pence for one in self.allowances)

    @property
    def limit_pence(self) -> int:
        """Return what may be given in all: pot, tolerance and what was allowed later."""
        return self.pot_pence + self.tolerance_pence + self.allowed_pence

    @property
    def beyond_pence(self) -> int:
        """Return what no decision may take; where nothing is given, none did: it was committed before."""
        return max(self.used_pence - self.limit_pence, 0) if self.given_pence else 0

    def beyond_since_pence(self, before: "PotUse", own: Collection[str] = ()) -> int:
        """Return how much of what is given now nobody allows, given what stood before a change.

        What is allowed for other awards than its `own` covers what was over before, and no more.
        """
        every = [one for part in self.parts or (self,) for one in part.allowances]
        others = sum(one.pence for one in every if one.awards and not one.is_for(own))
        unused = max(others - before.over_pence, 0)
        beyond = max(self.used_pence - max(self.limit_pence - unused, 0), 0)
        return beyond if self.given_pence else 0

    def with_more(self, pence: int) -> "PotUse":
        """Return how the pot stands once so much more is given of it."""
        return self._replace(given_pence=self.given_pence + pence)

    @property
    def is_past(self) -> bool:
        return self.used_pence > self.limit_pence

    @property
    def is_before(self) -> bool:
        """Whether what was committed before passes by itself what may be given, and nothing is given."""
        return self.is_past and not self.given_pence


class Step(NamedTuple):
    """A step: the rule, what was done in words, the exact figure (such as "229/3"), and it as shown.

    `told` are the words as people read them, "" where those are the same.
    """

    rule: str
    words: str
    exact: str
    shown: str
    told: str = ""

    @property
    def read(self) -> str:
        return self.told or self.words


class Ranking(NamedTuple):
    """A round's standings in printed order: areas in their order, then place, then reference.

    Those not ranked follow in each area in order of reference; those without an area come last. What was
    decided stands as it was then: `recalculated` has those that would come out otherwise today.
    """

    fund: str
    round: str
    scheme: Scheme
    standings: tuple[Standing, ...]
    areas: tuple[PotUse, ...]
    warnings: tuple[str, ...]
    recalculated: tuple[Standing, ...] = ()
