"""What is agreed and asked for on an award: its outputs, when it reports, and visits."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import the_application
from models.operations.awards.monitoring_rows import put_outputs, put_plan, put_visits
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.operations.set_up.round_state import require_known_round
from models.papers.monitoring.award_monitoring import AgreedOutput, AwardMonitoring, PlannedReturn, Visit
from models.papers.monitoring.monitoring_plan import POINTS
from models.queries.awards.monitoring import monitored, return_bands
from models.reference.fund_defaults import ReturnBand
from models.schema.awards.monitoring import return_band_table
from models.session import Session
from scoring.counted import counted
from scoring.refused import Refused

MOST_ROWS = 60
MOST_FIGURE = 10**9
LONGEST = 8_000
"""Most characters of one text: what is longer does not go whole into a cell of the form and back."""
_TOUCHED = frozenset({Topic.AWARDS})


class SetReturnBands(RegisteredOperation, frozen=True):
    """Set how often awards of a round report by their amount; () leaves it to the fund again."""

    kind: ClassVar[str] = "set return bands"
    round_id: int
    bands: tuple[ReturnBand, ...]
    replacing: tuple[ReturnBand, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Set how often awards report"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused unless amounts rise and the last band is for any amount."""
        require_known_round(session, self.round_id)
        refuse_changed(return_bands(session, self.round_id), self.replacing, "How often awards report")
        self._check()
        remove(session, return_band_table, return_band_table.c.round_id == self.round_id)
        rows = [
            {
                "round_id": self.round_id,
                "number": number,
                "up_to_pence": band.up_to_pence,
                "points": band.points,
            }
            for number, band in enumerate(self.bands, 1)
        ]
        put(session, return_band_table, rows)
        words = "How often awards of this round report is set." if self.bands else "The fund's rule is back."
        return Outcome(_TOUCHED, self.exchanged("bands"), words)

    def _check(self) -> None:
        if not self.bands:
            return
        *below, last = (band.up_to_pence for band in self.bands)
        amounts = [0, *(pence or 0 for pence in below)]
        if last is not None or any(after <= before for before, after in pairwise(amounts)):
            raise Refused(
                "Each amount must be higher than the one before, and the last line must be for any amount."
            )
        if any(band.points not in POINTS for band in self.bands):
            raise Refused("Awards report at the end, half way and at the end, or quarterly. Choose one.")


class SetAgreedOutputs(RegisteredOperation, frozen=True):
    """Set what is agreed with the recipient of an award, all of it in order."""

    kind: ClassVar[str] = "set agreed outputs"
    round_id: int
    application: str
    outputs: tuple[AgreedOutput, ...]
    replacing: tuple[AgreedOutput, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Set what is agreed on {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused where a return tells of one that would go."""
        award = the_monitored(session, self.round_id, self.application)
        refuse_changed(award.outputs, self.replacing, f"What is agreed on {self.application}")
        self._check(award)
        number = the_application(session, self.round_id, self.application)
        put_outputs(session, number, self.outputs, self.replacing)
        count = len(self.outputs)
        noun = "output or outcome is" if count == 1 else "outputs and outcomes are"
        return Outcome(_TOUCHED, self.exchanged("outputs"), f"{count} {noun} agreed on {award.reference}.")

    def _check(self, award: AwardMonitoring) -> None:
        numbers = [each.number for each in self.outputs]
        require_numbers(numbers)
        if numbers != sorted(numbers):
            raise Refused("What is agreed must stay in the order of its numbers.")
        if any(not each.words.strip() for each in self.outputs):
            raise Refused("Say in each line what is agreed.")
        require_short(each.words for each in self.outputs)
        if any(each.target is not None and not 0 <= each.target <= MOST_FIGURE for each in self.outputs):
            raise Refused("A figure to reach must be a whole number, 0 or more.")
        kept = {each.number for each in self.outputs}
        for one in award.received:
            told = {each.output for each in one.said.progress} if one.said else set()
            for gone in (each for each in award.outputs if each.number in told - kept):
                raise Refused(
                    f"Return {one.plan.number} of {award.reference} mentions “{gone.words}”, so it stays. "
                    "Remove that from the return first."
                )


class AwardPlan(Struct, frozen=True):
    """When one award reports."""

    application: str
    returns: tuple[PlannedReturn, ...]
    replacing: tuple[PlannedReturn, ...]


class PlanReturns(RegisteredOperation, frozen=True):
    """Set when awards report, all of them or none.

    Whether a return can be due on its day is asked where days are typed (`day_fault`).
    """

    kind: ClassVar[str] = "plan returns"
    round_id: int
    plans: tuple[AwardPlan, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        if len(self.plans) == 1:
            return f"Plan the returns of {self.plans[0].application}"
        return f"Plan the returns of {len(self.plans)} awards"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set them; refused where a return that came in would go."""
        require_known_round(session, self.round_id)
        if not self.plans:
            raise Refused("There is no award to plan returns of.")
        awards = {award.application: award for award in monitored(session, self.round_id)}
        for plan in self.plans:
            require_plan(plan, awards.get(plan.application))
            number = the_application(session, self.round_id, plan.application)
            put_plan(session, number, plan.returns, plan.replacing)
        back = tuple(AwardPlan(plan.application, plan.replacing, plan.returns) for plan in self.plans)
        returns, many = sum(len(plan.returns) for plan in self.plans), len(self.plans)
        words = f"{counted(returns, 'return is', 'returns are')} planned on {counted(many, 'award')}."
        return Outcome(_TOUCHED, replace(self, plans=back), words)


def require_plan(plan: AwardPlan, award: AwardMonitoring | None) -> None:
    """Refuse returns that cannot be planned so."""
    if award is None:
        raise Refused(f"{plan.application} has no award.")
    refuse_changed(award.planned, plan.replacing, f"The returns of {plan.application}", "were changed")
    require_numbers([each.number for each in plan.returns])
    if any(not each.words.strip() for each in plan.returns):
        raise Refused("Say in a word or two what each return covers, such as “half way”.")
    in_order = sorted(plan.returns, key=_by_day)
    if tuple(in_order) != plan.returns:
        raise Refused("Returns must be planned in date order.")
    kept = {each.number for each in plan.returns}
    for one in award.received:
        if one.plan.number not in kept:
            raise Refused(
                f"Return {one.plan.number} of {award.reference} came in, so it stays. Take it back first."
            )


class SetVisits(RegisteredOperation, frozen=True):
    """Set the visits to an award's project, all of them in order."""

    kind: ClassVar[str] = "set visits"
    round_id: int
    application: str
    visits: tuple[Visit, ...]
    replacing: tuple[Visit, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Record the visits to {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set them; refused without who went and what was seen."""
        award = the_monitored(session, self.round_id, self.application)
        refuse_changed(award.visits, self.replacing, f"The visits to {self.application}", "were changed")
        if any(not each.who.strip() or not each.seen.strip() for each in self.visits):
            raise Refused("Say of each visit who went and what was seen.")
        require_short(each.seen for each in self.visits)
        number = the_application(session, self.round_id, self.application)
        put_visits(session, number, self.visits)
        count = len(self.visits)
        words = f"{counted(count, 'visit is', 'visits are')} recorded on {award.reference}."
        return Outcome(_TOUCHED, self.exchanged("visits"), words)


def the_monitored(session: Session, round_id: int, application: str) -> AwardMonitoring:
    """Return an award; refused where there is none, and of a round that is closed."""
    require_known_round(session, round_id)
    the_application(session, round_id, application)
    found = (award for award in monitored(session, round_id) if award.application == application)
    award = next(found, None)
    if award is None:
        raise Refused(f"{application} has no award.")
    return award


def require_numbers(numbers: list[int]) -> None:
    """Refuse rows that do not each have a number of their own, or too many of them."""
    if len(set(numbers)) < len(numbers) or any(number < 1 for number in numbers):
        raise Refused("Each line must have its own number, from 1.")
    if len(numbers) > MOST_ROWS:
        raise Refused(f"There is room for {MOST_ROWS} lines. Combine some of them.")


def require_short(texts: Iterable[str]) -> None:
    """Refuse a text that would not go whole into the form."""
    if any(len(text) > LONGEST for text in texts):
        raise Refused(
            f"A text is longer than {LONGEST:,} characters. Shorten it, and keep the whole elsewhere."
        )


def _by_day(plan: PlannedReturn) -> tuple[int, int]:
    return plan.due_on.toordinal(), plan.number
