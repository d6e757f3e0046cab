"""Changes to the money of a fund's year, for the tests of what they do."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from models.operation import Actor, Operation, Outcome
from models.operations.awards.budget import Given, allocating, carry_forward_change, over_commitment_change
from models.operations.set_up.rounds import StartRound
from models.operations.set_up.scheme import PublishScheme
from models.papers.year.year_facts import YearDecision
from models.queries.awards.budget import fund_budget
from models.queries.set_up.rounds import find_round, scheme
from models.record import Record
from models.values.rounds import AreaDates, RoundKey
from scoring.budget.figures import AreaBudget
from scoring.round import Area
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.deciding_rounds import CHAIR
from tests.models.rounds import OFFICER, assert_replays, refuses

ACF, YEAR, DAY = "Active Citizens Fund", "2026/27", date(2026, 4, 1)
BY = "Cora Chief, Chief Executive"


def decision(pence: int = 0, start_up_pence: int = 0, reason: str = "as agreed") -> YearDecision:
    return YearDecision(pence, start_up_pence, reason, BY, DAY)


def allocate(record: Record, year: str = YEAR, **areas: int | Given | None) -> Outcome:
    """Allocate project money, or project and start-up money, to areas."""
    given = {area: (money, None) if isinstance(money, int) else money for area, money in areas.items()}
    return record.perform(record.ask(lambda s: allocating(s, ACF, year, given, decision())), OFFICER)


def carry(record: Record, area: str, pence: int, start_up_pence: int = 0) -> Outcome:
    """Carry money forward into the year."""
    given: dict[str, Given] = {area: (pence, start_up_pence)}
    return record.perform(
        record.ask(lambda s: carry_forward_change(s, ACF, YEAR, given, decision())), OFFICER
    )


def allow(record: Record, area: str, pence: int) -> Outcome:
    """Let an area commit more than its project money."""
    found = record.ask(
        lambda s: over_commitment_change(s, ACF, YEAR, area, decision(pence, reason="a late grant"))
    )
    return record.perform(found, OFFICER)


def start(record: Record, name: str, **pots: int) -> int:
    """Start a round with pots and return its number; it is not open yet."""
    areas = tuple(Area(area, pence) for area, pence in pots.items())
    record.perform(StartRound(RoundKey(ACF, YEAR, name), areas, 1, AreaDates()), OFFICER)
    return record.ask(lambda s: find_round(s, name, ACF, YEAR))


def publish(record: Record, round_id: int) -> Outcome:
    """Open a round."""
    return record.perform(PublishScheme(round_id, record.ask(lambda s: scheme(s, round_id))), CHAIR)


def opened(record: Record, name: str, **pots: int) -> int:
    """Start and open a round with pots, and return its number."""
    number = start(record, name, **pots)
    publish(record, number)
    return number


def area_of(record: Record, area: str = "Coventry", year: str = YEAR) -> AreaBudget:
    """Return the money of an area."""
    return record.ask(lambda s: fund_budget(s, (1, year))).of(area)


class KeptBooks(RuleBasedStateMachine):
    """Changes at random to a record, beside which books are kept by hand."""

    def begin_with(self, base: Callable[[Record], object], books: Any) -> None:
        """Begin with a record's base and these books of it."""
        self.folder = Path(tempfile.mkdtemp())
        self.record = Record.create(self.folder / "office.panel", OPENER, clock=TickingClock())
        base(self.record)
        self.books = books
        self.undoing: list[tuple[Operation, Any]] = []

    def teardown(self) -> None:
        if hasattr(self, "record"):
            assert_replays(self.record)
            self.record.close()
            shutil.rmtree(self.folder)

    def attempt(
        self, operation: Operation, after: Any, *, is_refused: bool = False, actor: Actor = OFFICER
    ) -> None:
        """Perform a change that leads to these books, or see it refused and nothing changed."""
        if is_refused:
            refuses(self.record, ".", operation, actor)
            return
        outcome = self.record.perform(operation, actor)
        if operation.is_barrier:
            self.undoing.clear()
        else:
            assert outcome.inverse is not None
            self.undoing.append((outcome.inverse, self.books))
        self.books = after
