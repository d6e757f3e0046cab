"""What is agreed and asked for on an award: outputs, when it reports, visits, and its returns."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Table

from models.operation import Outcome
from models.operations.operation_base import (
    RETURN,
    TOLD,
    InRound,
    OnApplication,
    in_known_round,
    refuse_changed,
    the_application,
    the_award,
)
from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    AwardReturn,
    ReturnContent,
    Visit,
)
from models.papers.monitoring.monitoring_plan import POINTS
from models.queries.awards.monitoring import monitored, monitored_award, return_bands
from models.reference.defaults import REFERENCE_TITLES, ReturnBand
from models.schema.monitoring import (
    agreed_output_table,
    award_return_table,
    output_progress_table,
    return_band_table,
    supported_number_table,
    visit_table,
)
from models.session import Session, Values, numbered, put, remove, replace_rows, row_of, set_values
from models.trouble import refuse, required
from models.values.awards import PlannedReturn
from models.values.rows import by_application
from scoring.written.text import Refused

Numbered = AgreedOutput | PlannedReturn
_NOT_IN: Values = {"received_on": None, "said": "", "spent_pence": None}
"""What is known of a return that has not come in."""


def put_plan(
    session: Session, number: int, returns: Sequence[PlannedReturn], replacing: Sequence[PlannedReturn]
) -> None:
    """Put an application's returns in; those that stay keep what they say."""
    _put_numbered(session, award_return_table, number, (returns, replacing), _NOT_IN)


def _put_numbered(
    session: Session,
    table: Table,
    number: int,
    rows: tuple[Sequence[Numbered], Sequence[Numbered]],
    new: Values,
) -> None:
    """Put an application's numbered rows in, in place of others; one that stays is changed."""
    now, before = rows
    standing = {each.number for each in before}
    gone = standing - {each.number for each in now}
    remove(session, table, application_id=number, number=gone)
    for each in now:
        if each.number in standing:
            key = {"application_id": number, "number": each.number}
            set_values(session, table, key, **row_of(table, each))
    came = (each for each in now if each.number not in standing)
    put(session, table, [{**row_of(table, each, application_id=number), **new} for each in came])


def put_content(session: Session, number: int, of: int, said: ReturnContent | None) -> None:
    """Record what a return says, in place of what it said; None makes it one that has not come in."""
    key = {"application_id": number, "return_number": of}
    progress = (
        []
        if said is None
        else [row_of(output_progress_table, one, output_number=one.output) for one in said.progress]
    )
    supported = [] if said is None else [row_of(supported_number_table, one) for one in said.supported]
    replace_rows(session, output_progress_table, key, progress)
    replace_rows(session, supported_number_table, key, supported)
    values = dict(_NOT_IN)
    if said is not None:
        values |= {"received_on": said.received_on, "said": said.words, "spent_pence": said.spent_pence}
    set_values(session, award_return_table, {"application_id": number, "number": of}, **values)


MOST_ROWS = 60
MOST_FIGURE = 10**9
LONGEST = 8_000
"""Most characters of one text: what is longer does not go whole into a cell of the form and back."""
MOST_PENCE = 10**14


class SetReturnBands(InRound, frozen=True):
    """Set how often awards of a round report by their amount; () leaves it to the fund again."""

    kind = "set return bands"
    titled = "Set how often awards report"
    told = "{0.bands:How often awards of this round report is set|The fund's rule is back}."
    bands: tuple[ReturnBand, ...]
    replacing: tuple[ReturnBand, ...]

    @in_known_round
    def apply(self, session: Session) -> Outcome:
        """Set it; refused unless amounts rise and the last band is for any amount."""
        self.refuse_stale(return_bands(session, self.round_id), "How often awards report")
        self._check()
        rows = numbered(return_band_table, self.bands)
        replace_rows(session, return_band_table, {"round_id": self.round_id}, rows)
        return self.done_exchanging("bands")

    def _check(self) -> None:
        if not self.bands:
            return
        *below, last = (band.up_to_pence for band in self.bands)
        amounts = [0, *(pence or 0 for pence in below)]
        is_rising = last is None and all(before < after for before, after in pairwise(amounts))
        refuse(RETURN.bands(is_rising, all(band.points in POINTS for band in self.bands)))


class SetAgreedOutputs(OnApplication, frozen=True):
    """Set what is agreed with the recipient of an award, all of it in order."""

    kind = "set agreed outputs"
    titled = "Set what is agreed on {0.application}"
    told = "{0.outputs:output or outcome is/outputs and outcomes are} agreed on {1.reference}."
    outputs: tuple[AgreedOutput, ...]
    replacing: tuple[AgreedOutput, ...]

    def apply(self, session: Session) -> Outcome:
        """Set it; refused where a return tells of one that would go."""
        award = the_monitored(session, self.round_id, self.application)
        self.refuse_stale(award.outputs, f"What is agreed on {self.application}")
        self._check(award)
        number = self.its_number(session)
        _put_numbered(session, agreed_output_table, number, (self.outputs, self.replacing), {})
        return self.done_exchanging("outputs", award)

    def _check(self, award: AwardMonitoring) -> None:
        numbers = [each.number for each in self.outputs]
        require_numbers(numbers)
        if numbers != sorted(numbers):
            raise Refused("What is agreed must stay in the order of its numbers.")
        require_short(each.words for each in self.outputs)
        refuse(*(RETURN.output(each, MOST_FIGURE) for each in self.outputs))
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


class PlanReturns(InRound, frozen=True):
    """Set when awards report, all of them or none.

    Whether a return can be due on its day is asked where days are typed (`day_fault`).
    """

    kind = "plan returns"
    told = "{1:return is/returns are} planned on {0.plans:award}."
    plans: tuple[AwardPlan, ...]

    @property
    def label(self) -> str:
        of = self.plans[0].application if len(self.plans) == 1 else f"{len(self.plans)} awards"
        return f"Plan the returns of {of}"

    @in_known_round
    def apply(self, session: Session) -> Outcome:
        """Set them; refused where a return that came in would go."""
        if not self.plans:
            raise Refused("There is no award to plan returns of.")
        awards = by_application(monitored(session, self.round_id))
        for plan in self.plans:
            require_plan(plan, awards.get(plan.application))
            number = the_application(session, self.round_id, plan.application)
            put_plan(session, number, plan.returns, plan.replacing)
        back = tuple(AwardPlan(plan.application, plan.replacing, plan.returns) for plan in self.plans)
        return self.done(replace(self, plans=back), sum(len(plan.returns) for plan in self.plans))


def require_plan(plan: AwardPlan, award: AwardMonitoring | None) -> None:
    """Refuse returns that cannot be planned so."""
    if award is None:
        raise Refused(f"{plan.application} has no award.")
    refuse_changed(award.planned, plan.replacing, f"The returns of {plan.application}", "were changed")
    require_numbers([each.number for each in plan.returns])
    is_said = all(each.words.strip() for each in plan.returns)
    is_in_order = tuple(sorted(plan.returns, key=attrgetter("due_on", "number"))) == plan.returns
    kept = {each.number for each in plan.returns}
    gone = [one.plan.number for one in award.received if one.plan.number not in kept]
    refuse(RETURN.planned(award.reference, is_said, is_in_order, gone))


class SetVisits(OnApplication, frozen=True):
    """Set the visits to an award's project, all of them in order."""

    kind = "set visits"
    titled = "Record the visits to {0.application}"
    told = "{0.visits:visit is/visits are} recorded on {1.reference}."
    visits: tuple[Visit, ...]
    replacing: tuple[Visit, ...]

    def apply(self, session: Session) -> Outcome:
        """Set them; refused without who went and what was seen."""
        award = the_monitored(session, self.round_id, self.application)
        self.refuse_stale(award.visits, f"The visits to {self.application}", "were changed")
        if any(not each.who.strip() or not each.seen.strip() for each in self.visits):
            raise Refused("Say of each visit who went and what was seen.")
        require_short(each.seen for each in self.visits)
        key = {"application_id": self.its_number(session)}
        replace_rows(session, visit_table, key, numbered(visit_table, self.visits, visited_on="on"))
        return self.done_exchanging("visits", award)


def the_monitored(session: Session, round_id: int, application: str) -> AwardMonitoring:
    """Return an award; refused where there is none, and of a round that is closed."""
    the_award(session, round_id, application)
    return monitored_award(session, round_id, application)


def require_numbers(numbers: list[int]) -> None:
    """Refuse rows that do not each have a number of their own, or too many of them."""
    is_apart = len(set(numbers)) == len(numbers) and min(numbers, default=1) >= 1
    refuse(RETURN.numbered(is_apart, len(numbers), MOST_ROWS))


def require_short(texts: Iterable[str]) -> None:
    refuse(RETURN.short(max(map(len, texts), default=0), LONGEST))


class ReturnPut(Struct, frozen=True):
    """What one return says from now on; None is one that has not come in."""

    application: str
    number: int
    said: ReturnContent | None
    replacing: ReturnContent | None


class PutReturns(InRound, frozen=True):
    """Record what returns say, all of them or none; `source` is the workbook they are from, "" if typed."""

    kind = "put returns"
    puts: tuple[ReturnPut, ...]
    source: str = ""

    @property
    def label(self) -> str:
        return TOLD.returns_label(self.puts)

    @in_known_round
    def apply(self, session: Session) -> Outcome:
        """Record them; a return with more spend than payments is taken, with a warning."""
        if not self.puts:
            raise Refused("There is no return to record.")
        puts = [replace(one, said=in_order(one.said)) for one in self.puts]
        changed = {one.application for one in puts}
        if len({(one.application, one.number) for one in puts}) < len(puts):
            raise Refused("A return is recorded twice at once. Record each once.")
        before = by_application(monitored(session, self.round_id))
        for one in puts:
            number = the_application(session, self.round_id, one.application)
            _check(one, before.get(one.application))
            put_content(session, number, one.number, one.said)
        back = tuple(ReturnPut(one.application, one.number, one.replacing, one.said) for one in puts)
        warnings = [a.warning for a in monitored(session, self.round_id) if a.application in changed]
        words = [TOLD.returns(self.puts, before[self.puts[0].application].reference), *filter(None, warnings)]
        return Outcome(replace(self, puts=back[::-1]), " ".join(words))


def _check(one: ReturnPut, award: AwardMonitoring | None) -> None:
    if award is None:
        raise Refused(f"{one.application} has no award.")
    stands = the_return(award, one.number)
    refuse_changed(stands.said, one.replacing, f"Return {one.number} of {award.reference}")
    if one.said == one.replacing:
        raise Refused(f"Return {one.number} of {award.reference} says that already.")
    if one.said is not None:
        require_short((one.said.words, *(each.words for each in one.said.progress)))
        for fault in filter(None, _faults(one.said, award)):
            raise Refused(f"Return {one.number} of {award.reference}: {fault}")


def in_order(said: ReturnContent | None) -> ReturnContent | None:
    """Return what a return says with its lines in the order in which the record keeps them."""
    if said is None:
        return None
    progress = sorted(said.progress, key=attrgetter("output"))
    supported = sorted(said.supported, key=attrgetter("group", "line"))
    return replace(said, progress=tuple(progress), supported=tuple(supported))


def the_return(award: AwardMonitoring, number: int) -> AwardReturn:
    """Return a planned return of an award by its number; refused where there is none."""
    return required(
        next((one for one in award.returns if one.plan.number == number), None),
        f"{award.reference} has no return {number}. Plan it first.",
    )


def _faults(said: ReturnContent, award: AwardMonitoring) -> Iterator[str]:
    """Yield what is wrong with what a return says, "" for nothing."""
    agreed, told = {each.number for each in award.outputs}, [each.output for each in said.progress]
    keys = [(each.group, each.line) for each in said.supported]
    is_apart = set(told) <= agreed and len(set(told)) == len(told)
    yield RETURN.returned(said, is_apart, len(set(keys)) == len(keys), MOST_PENCE)
    yield from (RETURN.progress(each, MOST_FIGURE) for each in said.progress)
    yield from (RETURN.supported(each, tuple(REFERENCE_TITLES), MOST_FIGURE) for each in said.supported)
