"""Who allows an award to go over a budget: recorded with the change that needs it, and taken back with it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from msgspec.structs import replace

from models.operations.awards.budget import award_authority
from models.operations.awards.year_end import DecideYearEnd
from models.operations.deciding.recommendations import AllowOverPot
from models.session import Session
from scoring.allocating.gate import Beyond
from scoring.money import pounds
from scoring.ranking import Allowance
from scoring.written.text import Refused

Authority = AllowOverPot | DecideYearEnd
"""What is allowed over the budget of a round, or over an area's money of the year."""
NOTHING_OVER = "Nothing here goes over a budget, so nobody needs to allow it. Leave out who allows it."


class Budgeted(Protocol):
    """A change that sets the money of awards."""

    def beyond(self, session: Session) -> Sequence[Beyond]:
        """Return which budgets it passes by money that nobody allows."""
        ...


Change = TypeVar("Change", bound=Budgeted)


def authorised(session: Session, change: Change, given: Iterable[Allowance]) -> Change:
    """Return a change with those who allow what it takes over budgets; Refused where it passes none.

    One authority is recorded for each budget of its area that is passed, for what this takes of it and no
    more: nobody allows another award by the way. One for less than that is refused with the change.
    """
    by_area, beyond = {one.area: one for one in given}, change.beyond(session)
    if by_area and not beyond:
        raise Refused(NOTHING_OVER)
    for area, one in by_area.items():
        most = max((of.pence for of in beyond if of.area == area), default=one.pence)
        if one.pence > most:
            raise Refused(f"{area}: this takes {pounds(most)} more than is allowed. Allow that and no more.")
    allowed = (_authority(session, change, one, by_area[one.area]) for one in beyond if one.area in by_area)
    made: Any = change
    authorised_change: Change = replace(made, allowed=tuple(allowed))
    return authorised_change


def _authority(session: Session, change: Any, beyond: Beyond, given: Allowance) -> Authority:
    given = replace(given, pence=min(given.pence, beyond.pence))
    if beyond.year:
        return award_authority(session, beyond.fund, beyond.year, given)
    return AllowOverPot(change.round_id, given)


def record_allowed(session: Session, allowed: Iterable[Authority]) -> tuple[Authority, ...]:
    """Record who allows money over budgets, and return what takes that back."""
    done: list[Any] = [one.apply(session).inverse for one in allowed]
    return tuple(reversed(done))


def pots_allowed(allowed: Iterable[Authority]) -> tuple[Allowance, ...]:
    return tuple(one.allowed for one in allowed if isinstance(one, AllowOverPot))


def year_allowed_pence(allowed: Iterable[Authority]) -> int:
    """Return how much more is allowed over the money of a year, in pence."""
    changes = (change for one in allowed if isinstance(one, DecideYearEnd) for change in one.changes)
    sums = ((one.now, one.before) for one in changes)
    return sum((now.pence if now else 0) - (before.pence if before else 0) for now, before in sums)


def authority_words(allowed: Iterable[Authority]) -> str:
    """Return who allows how much, for History: "Jo Sample, Commissioner: £460.00 over the pot of Wyre"."""
    return "; ".join(_words(allowed))


def _words(allowed: Iterable[Authority]) -> Iterator[str]:
    for one in allowed:
        if isinstance(one, AllowOverPot):
            of = one.allowed
            yield f"{of.name}, {of.post}: {pounds(of.pence)} over the pot of {of.area}"
            continue
        for change in one.changes:
            if change.now is not None:
                sums = f"{pounds(change.now.pence)} over the money of {change.line} for {one.year}"
                yield f"{change.now.decided_by}: {sums}"


def allowed_words(allowed: Sequence[Authority]) -> str:
    """Return the same after what was done: " Allowed by …."; "" for nothing."""
    words = authority_words(allowed)
    return f" Allowed by {words}." if words else ""
