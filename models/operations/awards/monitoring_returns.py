"""Recording what returns say: typed one by one, or imported from a workbook all at once."""

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import the_application
from models.operations.awards.monitoring import MOST_FIGURE, require_short
from models.operations.awards.monitoring_rows import put_content
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.set_up.round_state import require_known_round
from models.papers.monitoring.award_monitoring import AwardMonitoring, AwardReturn, ReturnContent
from models.queries.awards.monitoring import monitored
from models.reference.schemes import REFERENCE_TITLES
from models.session import Session
from scoring.refused import Refused

MOST_PENCE = 10**14
_TOUCHED = frozenset({Topic.AWARDS})


class ReturnPut(Struct, frozen=True):
    """What one return says from now on; None is one that has not come in."""

    application: str
    number: int
    said: ReturnContent | None
    replacing: ReturnContent | None


class PutReturns(RegisteredOperation, frozen=True):
    """Record what returns say, all of them or none; `source` is the workbook they are from, "" if typed."""

    kind: ClassVar[str] = "put returns"
    round_id: int
    puts: tuple[ReturnPut, ...]
    source: str = ""

    @property
    def label(self) -> str:
        """Return the change in words."""
        if len(self.puts) > 1:
            return f"Import {len(self.puts)} returns"
        one = self.puts[0] if self.puts else ReturnPut("", 0, None, None)
        return f"{'Take back' if one.said is None else 'Record'} return {one.number} of {one.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record them; a return with more spend than payments is taken, with a warning."""
        require_known_round(session, self.round_id)
        if not self.puts:
            raise Refused("There is no return to record.")
        puts = [replace(one, said=in_order(one.said)) for one in self.puts]
        changed = {one.application for one in puts}
        if len({(one.application, one.number) for one in puts}) < len(puts):
            raise Refused("A return is recorded twice at once. Record each once.")
        before = {award.application: award for award in monitored(session, self.round_id)}
        for one in puts:
            number = the_application(session, self.round_id, one.application)
            _check(one, before.get(one.application))
            put_content(session, number, one.number, one.said)
        back = tuple(ReturnPut(one.application, one.number, one.replacing, one.said) for one in puts)
        warnings = [a.warning for a in monitored(session, self.round_id) if a.application in changed]
        words = [self._words(before), *filter(None, warnings)]
        return Outcome(_TOUCHED, replace(self, puts=back[::-1]), " ".join(words))

    def _words(self, before: dict[str, AwardMonitoring]) -> str:
        if len(self.puts) > 1:
            return f"{len(self.puts)} returns are recorded."
        one = self.puts[0]
        state = "has not come in" if one.said is None else "is recorded"
        return f"Return {one.number} of {before[one.application].reference} {state}."


def _check(one: ReturnPut, award: AwardMonitoring | None) -> None:
    if award is None:
        raise Refused(f"{one.application} has no award.")
    stands = the_return(award, one.number)
    refuse_changed(stands.said, one.replacing, f"Return {one.number} of {award.reference}")
    if one.said == one.replacing:
        raise Refused(f"Return {one.number} of {award.reference} says that already.")
    if one.said is not None:
        require_short((one.said.words, *(each.words for each in one.said.progress)))
        for fault in _faults(one.said, award):
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
    found = next((one for one in award.returns if one.plan.number == number), None)
    if found is None:
        raise Refused(f"{award.reference} has no return {number}. Plan it first.")
    return found


def _faults(said: ReturnContent, award: AwardMonitoring) -> Iterator[str]:
    """Yield what is wrong with what a return says."""
    if said.spent_pence is not None and not 0 <= said.spent_pence < MOST_PENCE:
        yield "the spend must be £0.00 or more."
    agreed, told = {each.number for each in award.outputs}, [each.output for each in said.progress]
    if not set(told) <= agreed or len(set(told)) < len(told):
        yield "each line of progress must be for one agreed output, with one line for each output."
    for each in said.progress:
        if each.achieved is None and not each.words.strip():
            yield "a line of progress needs a figure or words."
        if each.achieved is not None and not 0 <= each.achieved <= MOST_FIGURE:
            yield "a figure reached must be a whole number, 0 or more."
    keys = [(each.group, each.line) for each in said.supported]
    if len(set(keys)) < len(keys):
        yield "people must be counted once under each line."
    for count in said.supported:
        if count.group not in REFERENCE_TITLES or not count.line.strip():
            yield "people must be counted under a service area, a category of need or an indicator area."
        if not 0 <= count.supported <= MOST_FIGURE:
            yield "a number of people must be a whole number, 0 or more."
