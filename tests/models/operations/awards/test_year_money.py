"""The money of a fund's year: allocated, drawn on, moved, planned; whatever is done, what is left adds up."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from msgspec import Struct, field
from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.budget import (
    ChangeBudget,
    Contribute,
    Given,
    MoveMoney,
    SetSpendingPlan,
    allocating,
    carry_forward_change,
    over_commitment_change,
)
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.awards.year_end import SetYearLines
from models.operations.deciding.deciding import RecordDecisions
from models.operations.set_up.areas import AddArea, RenameArea, SetPot
from models.operations.set_up.office import RemoveFund, SetFundYear, SetUpOffice
from models.operations.set_up.rounds import CloseRound, ReopenRound
from models.operations.set_up.scheme import PublishScheme
from models.papers.year.year_facts import YearLine
from models.queries.awards.budget import drawn_plans, fund_budget, spending_plans
from models.queries.awards.year_facts import year_end
from models.queries.set_up.criteria import start_choices
from models.queries.set_up.funds import FundYearMoney
from models.queries.set_up.rounds import scheme
from models.record import Record
from models.values.awards import Returned
from models.values.recommending import LineDecision
from scoring.budget.figures import Figures, Purses
from scoring.budget.limits import PlanLine, SpendingPlan
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.made_once import made_once
from tests.models.operations.budgets import (
    ACF,
    BY,
    YEAR,
    KeptBooks,
    allocate,
    allow,
    area_of,
    carry,
    decision,
    opened,
    publish,
    start,
)
from tests.models.operations.deciding_rounds import CHAIR, DAY, FINANCE, REASON
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import FUND, OFFICER, refused, refuses, set_up_office, undo
from tests.models.year_rounds import Grant, award_all, round_of
from tests.scoring.budget.test_figures import Event, figures, worked_out

MOVE = MoveMoney(ACF, YEAR, "Coventry", "Dudley", 10_000, "Dudley is short", BY)
GIVEN = Contribute(ACF, YEAR, "Coventry", 184_200, "PCC Office Funding")


def planning(words: str = "", percent: Decimal | None = None, **more: Any) -> SetSpendingPlan:
    return SetSpendingPlan(ACF, YEAR, "Coventry", SpendingPlan(words, percent, **more))


PLANNED = planning("Patrols in the evening ", Decimal("72.5"), pays_statutory=False)


@pytest.fixture
def office(record: Record) -> Record:
    """An office that has £150,000 this year, £115,000 of it for Coventry and £20,000 for Dudley."""
    record.perform(SetUpOffice("Office", (replace(FUND, amounts=((YEAR, 15_000_000),)),)), OFFICER)
    allocate(record, Coventry=11_500_000, Dudley=(2_000_000, 100_000))
    return record


def test_allocations_with_start_up_money_never_exceed_the_amount_of_the_year(office: Record) -> None:
    # 115,000 + 20,000 + 1,000 of 150,000: 14,000 are left to allocate.
    allocate(office, Walsall=(1_300_000, 100_000))
    words = r"has £150,000\.00 for 2026/27, and £150,000\.01 would be allocated, £0\.01 more"
    refused(words, allocate, office, Solihull=1)

    # Carry-forward is on top and entered once.
    carry(office, "Coventry", 800_000, 30_000)
    assert area_of(office).carried == Purses(800_000, 30_000)
    assert area_of(office).allocated_pence == 12_330_000
    refused(r"£8,300\.00 is carried forward to Coventry in 2026/27 already", carry, office, "coventry", 1)


def test_six_rounds_of_20000_are_refused_against_115000(office: Record) -> None:
    for number in range(5):
        opened(office, f"Round {number}", Coventry=2_000_000)
    sixth = start(office, "Round 5", Coventry=2_000_000)
    assert area_of(office).left_pence == 1_500_000

    words = r"Coventry has £15,000\.00 left.*takes £20,000\.00.*Nothing was published"
    refused(words, publish, office, sixth)

    allow(office, "Coventry", 499_999)
    refused(r"£4,999\.99 above it is allowed, and £0\.01 more is not", publish, office, sixth)
    allow(office, "Coventry", 500_000)
    publish(office, sixth)
    assert area_of(office).left_pence == -500_000

    taken = office.ask(lambda s: over_commitment_change(s, ACF, YEAR, "Coventry", None))
    refuses(office, r"£5,000\.00 over the money for 2026/27 depends on it", taken)
    unnamed = replace(decision(1_000), decided_by="Cora Chief")
    with pytest.raises(Refused, match="Give the name and the post of the person who allows it"):
        office.ask(lambda s: over_commitment_change(s, ACF, YEAR, "Coventry", unnamed))


def test_closing_gives_the_rest_of_the_pots_back_and_reopening_takes_it(office: Record) -> None:
    number = opened(office, "Autumn", Coventry=2_000_000, Dudley=500_000)

    closed = office.perform(CloseRound(number), OFFICER)

    assert closed.words == "The round Autumn is closed."
    assert area_of(office).left_pence == 11_500_000
    with pytest.raises(Refused, match=r"The round is closed\. An officer reopens it"):
        office.perform(SetPot(number, Area("Coventry", 1), Area("Coventry", 2_000_000)), OFFICER)
    refuses(office, "The round is closed", CloseRound(number))
    allocate(office, Coventry=1_999_999)
    refused("The round stays closed", undo, office, closed)
    allocate(office, Coventry=2_000_000)
    reopened = undo(office, closed)
    assert area_of(office).left_pence == 0
    refuses(office, "The round is not closed", ReopenRound(number))
    assert undo(office, reopened).words.startswith("The round Autumn is closed")


def test_a_draft_and_a_round_with_recommended_money_are_not_closed(recommended: Record) -> None:
    draft = start(recommended, "Spring", Coventry=1)
    refuses(recommended, "still being set up", CloseRound(draft))
    refuses(recommended, "Money is recommended on ACF-001, ACF-002 and not decided yet", CloseRound(1))

    for of in ("ACF-001", "ACF-002"):  # nobody decides what was withdrawn
        recommended.perform(SetWithdrawn(1, of, is_withdrawn=True, reason="They closed."), OFFICER)
    assert recommended.perform(CloseRound(1), OFFICER).words == "The round Autumn is closed."


def test_changes_made_together_are_undone_together(office: Record) -> None:
    """What the office gives is a line below nothing."""
    outcome = office.perform(ChangeBudget("Change the money of 2026/27", (GIVEN, MOVE)), OFFICER)

    assert area_of(office).figures == Figures(11_490_000, -184_200, -184_200, -184_200, 11_674_200)
    (line,) = [one for one in office.ask(lambda s: year_end(s, ACF, YEAR)).lines if one.name == "Coventry"]
    assert (line.committed_pence, line.spent_pence) == (-184_200, -184_200)
    undo(office, undo(office, outcome))
    assert area_of(office).left_pence == 11_674_200
    opened(office, "Autumn", Coventry=11_600_000)
    refused("The contribution stays", undo, office, outcome)
    refuses(office, "There is nothing to change", ChangeBudget("Change nothing", ()))


def test_what_does_not_hold_together_is_refused(office: Record) -> None:
    for operation, words in (
        (replace(MOVE, amount_pence=0), "What is moved is an amount above"),
        (replace(MOVE, reason=" "), "Say why the money is moved"),
        (replace(MOVE, authority=" "), "Name by whose authority"),
        (replace(MOVE, source="Cups"), "has no area “Cups” in 2026/27. Its areas: Coventry, Dudley"),
        (replace(MOVE, target="coventry"), "Name another area"),
        (replace(MOVE, year="2027/28"), "has no area “Coventry” in 2027/28. Its areas: none yet"),
        (replace(MOVE, fund="No Fund"), "no fund No Fund in this record"),
        (replace(MOVE, is_back=True), "no longer recorded"),
        (replace(GIVEN, amount_pence=-184_200), "What the office gives is an amount above"),
        (replace(GIVEN, reason=""), "Say what the contribution is for"),
        (replace(GIVEN, line="Cups"), "has no area “Cups”"),
        (replace(GIVEN, is_back=True), "no longer recorded"),
        (replace(PLANNED, line="Nowhere"), "has no area “Nowhere”"),
        (planning("Patrols", Decimal("100.01")), "a percentage from 0 to 100"),
        (planning("Patrols", Decimal("33.333")), "a percentage from 0 to 100"),
        (planning(lines=(PlanLine(" ", 1),)), "has no purpose"),
        (planning(lines=(PlanLine("Wardens", 1), PlanLine("wardens ", 2))), "is in the spending plan twice"),
        (planning(lines=(PlanLine("Wardens", 1, -1),)), "less than £0.00"),
    ):
        refuses(office, words, operation)
    assert plans(office) == {}


def test_money_is_moved_only_between_areas_with_an_allocation(office: Record) -> None:
    outcome = office.perform(MOVE, FINANCE)
    assert outcome.words == "£100.00 moved from Coventry to Dudley in 2026/27."
    assert area_of(office).allocated_pence == 11_490_000
    assert area_of(office, "Dudley").allocated_pence == 2_110_000
    lines = {line.name: line.budget_pence for line in office.ask(lambda s: year_end(s, ACF, YEAR)).lines}
    assert lines == {"Coventry": 11_490_000, "Dudley": 2_110_000}
    start(office, "Autumn", Walsall=1)
    words = r"Walsall has no allocation for 2026/27\. Record one first, even if it is £0\.00"
    refuses(office, words, replace(MOVE, target="Walsall"))
    with pytest.raises(Refused, match="Walsall has no allocation for 2026/27, so there is nothing to move"):
        office.perform(replace(MOVE, source="Walsall"), OFFICER)


def test_what_is_paid_counts_and_what_comes_back_is_there_again(decided: Record) -> None:
    ready_to_pay(decided, "ACF-001", DAY, FINANCE)
    decided.perform(CloseRound(1), OFFICER)
    decided.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)
    allocate(decided, Coventry=290_000)
    # Awards of 1,000 and 2,000 of 2,900: 100 over. The first part of the first is decided: 330.
    assert area_of(decided).figures == Figures(290_000, 300_000, 300_000, 33_000, -10_000)

    back = decided.perform(SetReturned(1, "ACF-001", (Returned(15_000, DAY, "one day fewer"),), ()), OFFICER)

    assert area_of(decided).figures == Figures(290_000, 285_000, 285_000, 18_000, 5_000)
    refused("What came back stays as it was", undo, decided, back)
    allocate(decided, Coventry=300_000)
    undo(decided, back)
    assert area_of(decided).left_pence == 0

    # What comes back in a later year is that year's money.
    allocate(decided, "2027/28", Coventry=100_000)
    came = Returned(15_000, date(2027, 5, 4), "one day fewer")

    decided.perform(SetReturned(1, "ACF-001", (came,), ()), OFFICER)

    assert area_of(decided).figures == Figures(300_000, 300_000, 300_000, 33_000, 0)
    assert area_of(decided, year="2027/28").figures == Figures(100_000, -15_000, -15_000, -15_000, 115_000)

    # Nor is an award withdrawn that is decided in part.
    allocate(decided, Coventry=350_000)
    decided.perform(ReopenRound(1), OFFICER)
    with pytest.raises(Refused, match="A part of the award on ACF-001 is paid"):
        decided.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="they folded"), OFFICER)


def test_applications_of_no_area_are_a_line_of_their_own(record: Record) -> None:
    set_up_office(record)
    rows = round_of((Grant("Coventry", "Kite Club", "Kites", 50_000),), fund=ACF, year=YEAR)
    award_all(
        record, replace(rows, applications=(replace(rows.applications[0], area=None),)), notice="001/2026"
    )

    assert area_of(record, "No area").figures == Figures(None, 50_000, 50_000, 0, None)


def test_pots_are_proposed_from_what_is_left(office: Record) -> None:
    opened(office, "Autumn", Coventry=2_000_000, Dudley=2_500_000 - 600_000)
    choices = office.ask(start_choices)

    proposed = choices.proposed(ACF, YEAR, (Area("coventry", 5), Area("Dudley", 5), Area("Walsall", 5)))

    # Of 115,000 20,000 is held; of 20,000 for projects 19,000 is.
    assert proposed == (Area("coventry", 9_500_000), Area("Dudley", 100_000), Area("Walsall", 5))
    assert choices.proposed(ACF, YEAR, ()) == (Area("Coventry", 9_500_000), Area("Dudley", 100_000))
    assert choices.proposed(ACF, "2027/28", (Area("Dudley", 5),)) == (Area("Dudley", 5),)

    # An area that is added or renamed in an open round draws on its money.
    number = opened(office, "Winter", Walsall=100_001)
    refuses(office, "The area was not added", AddArea(number, Area("Dudley", 100_001)))
    refuses(office, "Walsall keeps its name", RenameArea(number, "Walsall", "Dudley"))
    office.perform(RenameArea(number, "Walsall", "Coventry"), OFFICER)
    assert area_of(office).committed_pence == 2_100_001


def test_the_amount_of_a_year_is_not_lowered_below_what_is_allocated(office: Record) -> None:
    fund, stands = replace(FUND, amounts=((YEAR, 15_000_000),)), FundYearMoney(YEAR, 15_000_000)
    refuses(office, "has figures of a year on Budget or Year end", RemoveFund(fund))
    with pytest.raises(Refused, match=r"£136,000\.00 of Active Citizens Fund is allocated for 2026/27"):
        office.perform(SetFundYear("ACF", YEAR, replace(stands, amount_pence=13_599_999), stands), OFFICER)

    lowered = replace(stands, amount_pence=13_600_000)
    outcome = office.perform(SetFundYear("ACF", YEAR, lowered, stands), OFFICER)
    undo(office, outcome)

    # Lines kept without a round count toward the amount.
    kites = (YearLine("Kites", 1_400_000),)
    office.perform(SetYearLines(ACF, YEAR, kites, ()), OFFICER)
    with pytest.raises(Refused, match=r"£0\.01 more.*Nothing was changed"):
        office.perform(SetYearLines(ACF, YEAR, (YearLine("Kites", 1_400_001),), kites), OFFICER)
    gone = office.perform(SetFundYear("ACF", YEAR, None, stands), OFFICER)
    allocate(office, Coventry=99_000_000)
    refused("Lower the allocations on Budget first", undo, office, gone)


def plans(record: Record) -> dict[str, SpendingPlan]:
    return dict(record.ask(lambda session: spending_plans(session, (1, YEAR))))


def test_a_line_of_an_award_says_what_that_stands_at_and_what_is_paid_of_it(half_paid: Record) -> None:
    # ACF-001 got £1,000.00, of which £500.00 is paid
    allocate(half_paid, Coventry=1_000_000)
    lines = (PlanLine("Wardens", 150_000, award="acf-001"), PlanLine("Shelter", 10_000, 5_000, 2_000))

    wrong = planning(lines=(replace(lines[0], award="A-999-09"),))
    refuses(half_paid, "There is no award A-999-09 of the fund in 2026/27", wrong)
    half_paid.perform(planning(lines=lines), OFFICER)

    shown = half_paid.ask(lambda session: drawn_plans(session, (1, YEAR)))["Coventry"].lines
    assert shown == (replace(lines[0], awarded_pence=100_000, spent_pence=50_000), lines[1])
    assert plans(half_paid)["Coventry"].lines == lines


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


@made_once
def _base(record: Record) -> None:
    """Make four awards in a round, and two more rounds that are not open."""
    record.perform(SetUpOffice("Office", (replace(FUND, amounts=((YEAR, AMOUNT),)),)), OFFICER)
    award_all(record, round_of(GRANTS, fund=ACF, year=YEAR, name=BASE), notice="001/2026")
    for name in (FIRST, SECOND):
        start(record, name, **dict.fromkeys(AREAS, 40_000))
    allocate(record, North=150_000)


class YearMoney(KeptBooks):
    """Allocations, rounds, corrections, withdrawals, moves, contributions, authorities, undo, at random."""

    @initialize()
    def begin(self) -> None:
        self.begin_with(_base, Books())
        self.books.allocated[NORTH] = 150_000
        self.books.pots = {(BASE, area): 2 * ASKED for area in AREAS}
        self.books.pots |= {(name, area): 40_000 for name in (FIRST, SECOND) for area in AREAS}
        self.books.stages = {BASE: "open", FIRST: "set up", SECOND: "set up"}
        self.notice = 1

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
        outcome = "fund" if pence == ASKED else "part_fund"
        line = LineDecision(f"G-{of:03d}", "change", outcome, pence, REASON, "less or more is needed")
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
            refuses(self.record, ".", inverse)
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
            assert own == worked_out(expected[name])


TestYearMoney = YearMoney.TestCase
TestYearMoney.settings = settings(
    max_examples=4, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
