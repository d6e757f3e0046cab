"""Why an offer is less than was asked, and why an application is on the reserve list, as facts.

Papers and letters say it in words of their own; nothing here is a sentence, and all sums are pence.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from scoring.allocating.organisations import given_beside, own_cap
from scoring.allocating.over_pot import PotUse
from scoring.ranking import Outcome, Standing
from scoring.round import Round
from scoring.scheme import Allocation, Scheme


class Less(StrEnum):
    """Which rule makes an offer less than was asked."""

    POT = "pot"
    AWARD_CAP = "cap of one award"
    ORGANISATION_CAP = "cap of one organisation"
    ORGANISATION_REST = "rest of the cap of one organisation"


class LessCause(Struct, frozen=True):
    """Why the rule offers less than was asked.

    `area` is whose pot it is, "" where the round has one alone; `most_pence` the cap. `least_pence` is what
    its applicant said it can go ahead with, None where it said nothing.
    """

    why: Less
    area: str = ""
    most_pence: int = 0
    least_pence: int | None = None


class Asking(Protocol):
    """An application as the causes are told from it, its area as whose pot it is."""

    @property
    def area(self) -> str | None:
        """Return whose pot it is, None where that is not named."""

    @property
    def requested_pence(self) -> int:
        """Return what it asks for."""

    @property
    def minimum_pence(self) -> int | None:
        """Return what its applicant needs at least, None where that is not said."""


def less_cause(
    scheme: Scheme, application: Asking, standing: Standing, offered_pence: int
) -> LessCause | None:
    """Return why; None for an offer that is whole, or that is not what the rule proposes."""
    if offered_pence >= application.requested_pence or offered_pence != standing.offer_pence:
        return None
    least, area = application.minimum_pence, application.area or ""
    if standing.outcome is Outcome.PART:
        return LessCause(Less.POT, area, least_pence=least)
    if offered_pence == scheme.cap_per_award_pence:
        return LessCause(Less.AWARD_CAP, area, offered_pence, least)
    if offered_pence == scheme.cap_per_organisation_pence:
        return LessCause(Less.ORGANISATION_CAP, area, offered_pence, least)
    return LessCause(Less.ORGANISATION_REST, area, scheme.cap_per_organisation_pence or 0, least)


def less_because(cause: LessCause | None) -> str:
    """Return the cause as papers of the panel and the office go on with it, "" for none."""
    if cause is None:
        return ""
    if cause.why is Less.POT:
        return (
            f"what was left of the pot{f' for {cause.area}' if cause.area else ''} at its place in the list"
        )
    return _CAPS[cause.why]


_CAPS = {
    Less.AWARD_CAP: "the most that an award may be",
    Less.ORGANISATION_CAP: "the most that one organisation may have",
    Less.ORGANISATION_REST: "what was left of the most that one organisation may have",
}


class Held(StrEnum):
    """Why an application on the reserve list got no money."""

    SPENT = "spent"
    SHORT = "too little left"
    STOPPED = "none goes first"
    OPEN = "not told by a sum"


class CapCause(Struct, frozen=True):
    """An organisation's other awards: what one may have, what it was awarded, and what of that is left."""

    most_pence: int
    awarded_pence: int
    left_pence: int


class PassedBy(Struct, frozen=True):
    """Awards to applications placed after one on the list, made since: how many, when, in which notices."""

    many: int
    days: tuple[date, ...]
    notices: tuple[str, ...]


class HeldCause(Struct, frozen=True):
    """Why an application is on the reserve list.

    The money of `area`, "" where the round has one pot alone, is spent, on those placed before it where
    `is_all_before`; or `left_pence` is less than `least_pence`: than what its applicant named, where
    `is_own_least`, than half of what it asked, where `is_half`, else than that. An equal is before it by the
    chair where `is_after_equal`.
    """

    why: Held = Held.OPEN
    area: str = ""
    left_pence: int = 0
    asked_pence: int = 0
    least_pence: int = 0
    is_own_least: bool = False
    is_half: bool = False
    is_all_before: bool = False
    own_least_pence: int = 0
    cap: CapCause | None = None
    is_after_equal: bool = False
    passed: PassedBy | None = None

    @property
    def is_told(self) -> bool:
        """Whether a cause is known that may be told."""
        return self.why is not Held.OPEN or self.cap is not None or self.is_after_equal

    @property
    def is_short_by_cap(self) -> bool:
        """Whether its organisation's cap leaves less than it needs, so that a place brings it nothing."""
        return self.cap is not None and (
            self.own_least_pence > self.cap.left_pence or not self.cap.left_pence
        )


def held_cause(
    scheme: Scheme,
    application: Asking,
    standing: Standing,
    use: PotUse | None,
    *,
    is_all_before: bool,
) -> HeldCause:
    """Return why; `use` is how its pot stands with what was decided, None without a pot.

    `is_all_before` says that all that was awarded of it went to applications placed before this one.
    """
    asked, least, left = application.requested_pence, application.minimum_pence, use.left_pence if use else 0
    held = HeldCause(
        area=application.area or "", left_pence=left, asked_pence=asked, own_least_pence=least or 0
    )
    if not left:
        return replace(held, why=Held.SPENT, is_all_before=is_all_before)
    if scheme.allocation is not Allocation.PART:
        if left < asked:
            return replace(held, why=Held.SHORT, least_pence=asked)
    elif least is not None:
        if left < least:
            return replace(held, why=Held.SHORT, least_pence=least, is_own_least=True)
    elif 2 * left < asked:
        return replace(held, why=Held.SHORT, least_pence=(asked + 1) // 2, is_half=True)
    if standing.outcome is Outcome.RESERVE and scheme.allocation is not Allocation.SKIP:
        return replace(held, why=Held.STOPPED)
    return held


def cap_cause(round_: Round, of: str, given: Mapping[str, int]) -> CapCause | None:
    """Return what an organisation's other awards leave for one of its applications, None where enough."""
    awarded = sum(given_beside(round_.applications, of, given).values())
    asked = next(one.requested_pence for one in round_.applications if one.reference == of)
    cap = own_cap(round_.scheme, awarded, asked)
    return None if cap is None else CapCause(cap.most_pence, awarded, cap.left_pence)
