"""Who allows an award to go over a budget: recorded with the change that needs it, and taken back with it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from msgspec.structs import replace
from sqlalchemy import func, select

from models.operation import Outcome
from models.operations.awards.year_end import refuse_used
from models.operations.deciding.signing import beyond_words, has_signatures
from models.operations.operation_base import DECIDING, InRound, remove_newest, require_known_round, the_area
from models.queries.applications.applications import areas_by_reference
from models.queries.awards.budget import budget_key
from models.queries.deciding.allowances import authorities, given_amounts
from models.schema.deciding import area_allowance_table, decision_table, sign_off_table
from models.schema.forms import LARGEST
from models.session import Session, put_new, row_of, stamp
from models.trouble import refuse
from models.values.recommending import DecisionRow
from scoring.allocating.gate import Beyond
from scoring.money import pounds
from scoring.ranking import Allowance
from scoring.written.text import Refused


class AllowOverPot(InRound, frozen=True):
    """Record that somebody allows money over the pot of one area. It adds to what was allowed there before.

    It covers what people set by hand: no percentage, no offer of the rule and no other area changes with it.
    One `of_year` is over the area's money of the year, and recorded with the awards that need it.
    `is_back` takes the newest back that says this, as long as nothing that was signed needs it.
    """

    kind = "allow over pot"
    titled = (
        "{0.is_back:Take back the|Record who allows} {0.allowed.pence:pounds} {0.is_back:allowed |}over the "
        "pot of {0.allowed.area}"
    )
    told = (
        "{0.is_back:Took back the {0.allowed.pence:pounds} allowed over the pot of {0.allowed.area}|"
        "{0.allowed.name}, {0.allowed.post}, allows {0.allowed.pence:pounds} over the pot of "
        "{0.allowed.area}. No other area and no percentage changes with it}."
    )
    allowed: Allowance
    is_back: bool = False
    of_year: bool = False

    @property
    def detail(self) -> str:
        return "" if self.is_back else f"{self.allowed.name}, {self.allowed.post}"

    @property
    def reason(self) -> str:
        return "" if self.is_back else self.allowed.reason

    def apply(self, session: Session) -> Outcome:
        """Record it; refused without name, post, amount or reason, or before publishing.

        Refused to be taken back while what is signed rests on it: that of an award goes with its change.
        """
        if self.is_back and self.of_year:
            refuse_used(session, budget_key(session, self.round_id), self.allowed)
        outcome = self.recorded(session)
        if self.is_back:
            self._check_signed(session)
        return outcome

    def recorded(self, session: Session) -> Outcome:
        """Record it, or take it back, with the change of awards that it is of."""
        stage = require_known_round(session, self.round_id)
        said = _columns(self.allowed, the_area(session, self.round_id, self.allowed.area))
        said |= {"of_year": self.of_year}
        if self.is_back:
            none = f"That is not allowed over the pot of {self.allowed.area} now."
            remove_newest(session, area_allowance_table, said, none)
        elif stage == "set up":
            raise Refused("The criteria are not published yet. Set the tolerance in the draft.")
        else:
            _check(self.allowed)
            put_new(session, area_allowance_table, [{**stamp(session, "recorded"), **said}])
        return self.done_turning("is_back")

    def _check_signed(self, session: Session) -> None:
        if not has_signatures(session, self.round_id, self.allowed.area):
            return
        given = given_amounts(session, self.round_id)
        words = beyond_words(session, self.round_id, given, {self.allowed.area})
        if words:
            raise Refused(f"What is signed depends on it. Without it, {words} Nothing was taken back.")


def _columns(allowed: Allowance, area_id: int) -> dict[str, object]:
    others = {"area_id": area_id, "amount_pence": allowed.pence, "allowed_on": allowed.on}
    return row_of(area_allowance_table, allowed, **others)


def _check(allowed: Allowance) -> None:
    is_trimmed = all(text == text.strip() for text in (allowed.name, allowed.post, allowed.reason))
    refuse(DECIDING.allowed(allowed, is_trimmed, LARGEST))


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


def _authority(session: Session, change: Any, beyond: Beyond, given: Allowance) -> AllowOverPot:
    """Return who allows what passes a budget, for the awards of a change in its area."""
    round_id = getattr(change, "round_id", 0)  # of a first award without a competition it comes with it
    lines = getattr(change, "lines", getattr(change, "items", (change,)))
    raised = [of for of in lines if getattr(of, "verdict", "") == "change" and of.amount_pence]
    every = [of.application for of in raised or lines]
    area_of = areas_by_reference(session, round_id) if round_id else {}
    awards = ", ".join([of for of in every if area_of.get(of) == beyond.area] or every)
    given = replace(given, pence=min(given.pence, beyond.pence), awards=awards)
    return AllowOverPot(round_id, given, of_year=bool(beyond.year))


def record_allowed(session: Session, allowed: Iterable[AllowOverPot]) -> tuple[AllowOverPot, ...]:
    """Record who allows money over budgets, and return what takes that back."""
    done: list[Any] = [one.recorded(session).inverse for one in allowed]
    return tuple(reversed(done))


def recorded_with(
    session: Session, round_id: int, own: Collection[str], since: datetime | None = None
) -> tuple[AllowOverPot, ...]:
    """Return what takes back what was allowed for some awards alone, or of that what was since a moment."""
    return tuple(
        AllowOverPot(round_id, one, is_back=True, of_year=is_of_year)
        for one, at, is_of_year in authorities(session, round_id)
        if one.awards and {*one.awards.split(", ")} <= {*own} and (since is None or at >= since)
    )


def end_allowed(session: Session, round_id: int, signed: Mapping[str, Sequence[DecisionRow]]) -> None:
    """Take back who allowed money with signatures that go, by the application of each.

    What was allowed for several awards ends with the last of them.
    """
    numbers = [row.number for rows in signed.values() for row in rows]
    recorded = select(func.min(sign_off_table.c.recorded_at)).join(decision_table)
    since = session.scalar(recorded.where(decision_table.c.id.in_(numbers)))
    if since is not None:
        record_allowed(session, recorded_with(session, round_id, signed, since))


def pots_allowed(allowed: Iterable[AllowOverPot]) -> tuple[Allowance, ...]:
    """Return what is allowed over pots with a change that is not made yet, for any award of it."""
    return tuple(replace(one.allowed, awards="") for one in allowed if not one.of_year)


def year_allowed_pence(allowed: Iterable[AllowOverPot]) -> int:
    """Return how much more is allowed over the money of a year, in pence."""
    return sum(one.allowed.pence for one in allowed if one.of_year)


def authority_words(allowed: Iterable[AllowOverPot]) -> str:
    """Return who allows how much, for History: "Jo Sample, Commissioner: £460.00 over the pot of Wyre"."""
    return "; ".join(_words(one) for one in allowed if not one.is_back)


def _words(change: AllowOverPot) -> str:
    one = change.allowed
    over = f"the money of {one.area} for the year" if change.of_year else f"the pot of {one.area}"
    return f"{one.name}, {one.post}: {pounds(one.pence)} over {over}"


def allowed_words(allowed: Sequence[AllowOverPot]) -> str:
    """Return the same after what was done: " Allowed by …."; "" for nothing."""
    words = authority_words(allowed)
    return f" Allowed by {words}." if words else ""
