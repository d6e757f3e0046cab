"""Whatever is done to a year's money, what is left is the allocation less the lines."""

import shutil
import tempfile
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec import Struct, field
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.budget import (
    Contribute,
    Given,
    MoveMoney,
    allocating,
    carry_forward_change,
    over_commitment_change,
)
from models.operations.deciding.deciding import RecordDecisions
from models.operations.set_up.areas import SetPot
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.rounds import CloseRound, ReopenRound
from models.operations.set_up.scheme import PublishScheme
from models.queries.awards.budget import fund_budget
from models.queries.set_up.rounds import scheme
from models.record import Record
from models.values.recommending import LineDecision
from scoring.budget.figures import Figures
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.budgets import ACF, BY, YEAR, allocate, decision, start
from tests.models.operations.deciding_rounds import CHAIR, REASON
from tests.models.rounds import FUND, OFFICER, assert_replays
from tests.models.year_rounds import Grant, award_all, round_of
from tests.scoring.budget.test_figures import Event, figures

NORTH, SOUTH = AREAS = ("North", "South")
BASE, FIRST, SECOND = ROUNDS = ("Base", "First", "Second")
ASKED = 50_000
GRANTS = tuple(Grant(area, f"{area} Club {n}", "Kites", ASKED) for area in AREAS for n in (1, 2))
AMOUNT = 400_000
PENCE = st.integers(0, 160_000)
AREA, ROUND = st.sampled_from(AREAS), st.sampled_from(ROUNDS)
AWARD = st.integers(0, len(GRANTS) - 1)


class Books(Struct):
    """What happened, kept by hand: amounts in pence by area, round and award."""

    allocated: dict[str, int] = field(default_factory=dict)
    lines: list[Event] = field(default_factory=list)
    allowed: dict[str, int] = field(default_factory=dict)
    pots: dict[tuple[str, str], int] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    awards: list[int] = field(default_factory=lambda: [ASKED] * len(GRANTS))
    withdrawn: set[int] = field(default_factory=set)

    def events(self) -> list[Event]:
        """Return all of it as events."""
        found = [Event(area, "project", pence) for area, pence in self.allocated.items()]
        found += self.lines
        found += [Event(area, "pot", pence, name) for (name, area), pence in self.pots.items()]
        awards = ((n, pence) for n, pence in enumerate(self.awards) if n not in self.withdrawn)
        return found + [Event(GRANTS[n].area, "award", pence, BASE) for n, pence in awards]

    def figures(self) -> dict[str, dict[str, int | None]]:
        """Return the five figures by area, and under "" the fund's."""
        return figures(self.events(), {name for name, stage in self.stages.items() if stage == "open"})

    def takes_too_much(self, before: "Books") -> bool:
        """Whether an area commits or decides more than before, and more than it has and is allowed."""
        then, now = before.figures(), self.figures()
        return any(
            now[area]["allocated"] is not None
            and (now[area][sum_] or 0) > (then[area][sum_] or 0)
            and (now[area][sum_] or 0) > (now[area]["allocated"] or 0) + self.allowed.get(area, 0)
            for area in AREAS
            for sum_ in ("committed", "decided")
        )


@cache
def _base() -> Path:
    """Make a record with four awards in a round, and two more rounds that are not open."""
    path = Path(tempfile.mkdtemp()) / "office.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        fund = replace(FUND, amounts=((YEAR, AMOUNT),))
        record.perform(SetUpOffice("Office", (fund,)), OFFICER)
        award_all(record, round_of(GRANTS, fund=ACF, year=YEAR, name=BASE), notice="001/2026")
        for name in (FIRST, SECOND):
            start(record, name, **dict.fromkeys(AREAS, 40_000))
        allocate(record, North=150_000)
    return path


class YearMoney(RuleBasedStateMachine):
    """Allocations, rounds, corrections, withdrawals, moves, contributions, authorities, undo, at random."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = Path(shutil.copy(_base(), self.folder / "office.panel"))
        self.record = Record.open(path, OPENER, clock=TickingClock())
        self.books = Books()
        self.books.allocated[NORTH] = 150_000
        self.books.pots = {(BASE, area): 2 * ASKED for area in AREAS}
        self.books.pots |= {(name, area): 40_000 for name in (FIRST, SECOND) for area in AREAS}
        self.books.stages = {BASE: "open", FIRST: "set up", SECOND: "set up"}
        self.undoing: list[tuple[Operation, Books]] = []
        self.notice = 1

    def teardown(self) -> None:
        if hasattr(self, "record"):
            assert_replays(self.record)
            self.record.close()
            shutil.rmtree(self.folder)

    def attempt(
        self, operation: Operation, after: Books, *, is_refused: bool = False, actor: Actor = OFFICER
    ) -> None:
        """Perform a change that leads to these books, or see it refused and nothing changed."""
        if is_refused:
            with pytest.raises(Refused):
                self.record.perform(operation, actor)
            return
        outcome = self.record.perform(operation, actor)
        if operation.is_barrier:
            self.undoing.clear()
        else:
            assert outcome.inverse is not None
            self.undoing.append((outcome.inverse, self.books))
        self.books = after

    @rule(area=AREA, pence=PENCE)
    def allocate(self, area: str, pence: int) -> None:
        after, before = deepcopy(self.books), sum(self.books.allocated.values())
        after.allocated[area] = pence
        given: dict[str, Given | None] = {area: (pence, None)}
        found = self.record.ask(lambda s: allocating(s, ACF, YEAR, given, decision()))
        now = sum(after.allocated.values())
        self.attempt(found, after, is_refused=now > max(AMOUNT, before))

    @rule(area=AREA, pence=PENCE)
    def carry(self, area: str, pence: int) -> None:
        if any(event.what == "carried" and event.area == area for event in self.books.lines):
            return
        after = deepcopy(self.books)
        after.lines.append(Event(area, "carried", pence))
        found = self.record.ask(lambda s: carry_forward_change(s, ACF, YEAR, {area: (pence, 0)}, decision()))
        self.attempt(found, after)

    @rule(area=AREA, pence=PENCE)
    def move(self, area: str, pence: int) -> None:
        to = SOUTH if area == NORTH else NORTH
        after, left = deepcopy(self.books), self.books.figures()[area]["left"]
        after.lines += [Event(area, "moved out", pence), Event(to, "moved in", pence)]
        is_refused = left is None or not 0 < pence <= left or to not in self.books.allocated
        self.attempt(MoveMoney(ACF, YEAR, area, to, pence, "need", BY), after, is_refused=is_refused)

    @rule(area=AREA, pence=PENCE)
    def contribute(self, area: str, pence: int) -> None:
        after = deepcopy(self.books)
        after.lines.append(Event(area, "contribution", pence))
        self.attempt(Contribute(ACF, YEAR, area, pence, "matched"), after, is_refused=not pence)

    @rule(area=AREA, pence=PENCE)
    def allow(self, area: str, pence: int) -> None:
        if area not in self.books.allocated:
            return
        after, now = deepcopy(self.books), self.books.figures()[area]
        after.allowed[area] = pence
        over = (now["decided"] or 0) - (now["allocated"] or 0)
        found = self.record.ask(
            lambda s: over_commitment_change(s, ACF, YEAR, area, decision(pence, reason="late"))
        )
        self.attempt(found, after, is_refused=pence < over)

    @rule(name=ROUND)
    def publish(self, name: str) -> None:
        if self.books.stages[name] != "set up":
            return
        after, number = deepcopy(self.books), ROUNDS.index(name) + 1
        after.stages[name] = "open"
        found = PublishScheme(number, self.record.ask(lambda s: scheme(s, number)))
        self.attempt(found, after, is_refused=after.takes_too_much(self.books), actor=CHAIR)

    @rule(name=ROUND, area=AREA, pence=PENCE)
    def set_pot(self, name: str, area: str, pence: int) -> None:
        after, number = deepcopy(self.books), ROUNDS.index(name) + 1
        after.pots[name, area] = pence
        found = SetPot(number, Area(area, pence), Area(area, self.books.pots[name, area]))
        is_closed = self.books.stages[name] == "closed"
        self.attempt(found, after, is_refused=is_closed or after.takes_too_much(self.books))

    @rule(name=ROUND)
    def close_or_reopen(self, name: str) -> None:
        after, number = deepcopy(self.books), ROUNDS.index(name) + 1
        is_open = self.books.stages[name] == "open"
        after.stages[name] = "closed" if is_open else "open"
        found = CloseRound(number) if is_open else ReopenRound(number)
        is_refused = self.books.stages[name] == "set up" or after.takes_too_much(self.books)
        self.attempt(found, after, is_refused=is_refused)

    @rule(of=AWARD, pence=st.integers(1, ASKED))
    def correct(self, of: int, pence: int) -> None:
        if of in self.books.withdrawn:
            return
        self.notice += 1
        after, area = deepcopy(self.books), GRANTS[of].area
        after.awards[of] = pence
        line = LineDecision(f"G-{of:03d}", "change", "part_fund", pence, REASON, "less or more is needed")
        found = RecordDecisions(
            1, 1, "Dan Decides", "Chief Executive", date(2026, 12, 2), "none", (line,),
            notice=f"{self.notice:03d}/2026", from_paper=True, correcting=True,
        )  # fmt: skip
        given = sum(paid for n, paid in enumerate(after.awards) if GRANTS[n].area == area)
        is_past_pot = pence > self.books.awards[of] and given > self.books.pots[BASE, area]
        is_closed = self.books.stages[BASE] == "closed"
        is_refused = is_closed or is_past_pot or after.takes_too_much(self.books)
        self.attempt(found, after, is_refused=is_refused)

    @rule(of=AWARD)
    def withdraw_or_reinstate(self, of: int) -> None:
        after, is_back = deepcopy(self.books), of in self.books.withdrawn
        after.withdrawn ^= {of}
        found = SetWithdrawn(1, f"G-{of:03d}", not is_back, reason="they folded")
        is_closed = self.books.stages[BASE] == "closed"
        self.attempt(found, after, is_refused=is_closed or after.takes_too_much(self.books))

    @precondition(lambda self: self.undoing)
    @rule()
    def undo(self) -> None:
        inverse, before = self.undoing[-1]
        if before.takes_too_much(self.books):
            with pytest.raises(Refused):
                self.record.perform(inverse, OFFICER)
            return
        self.record.perform(inverse, OFFICER)
        self.undoing.pop()
        self.books = before

    @invariant()
    def what_is_left_is_the_allocation_less_the_lines(self) -> None:
        if not hasattr(self, "record"):
            return
        found = self.record.ask(lambda s: fund_budget(s, (1, YEAR)))
        expected = self.books.figures()
        for name, own in (("", found.figures), *((area, found.of(area).figures) for area in AREAS)):
            assert own == Figures(
                expected[name]["allocated"],
                expected[name]["committed"] or 0,
                expected[name]["decided"] or 0,
                expected[name]["paid"] or 0,
                expected[name]["left"],
            )


TestYearMoney = YearMoney.TestCase
TestYearMoney.settings = settings(
    max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
