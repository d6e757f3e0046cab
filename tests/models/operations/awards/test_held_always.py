"""Whatever is done to the awards of a round, its budget and the year's hold what is worked out by hand."""

from copy import deepcopy
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from msgspec import Struct, field
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.paying import SetReturned
from models.operations.awards.successions import SetSuccessor
from models.operations.awards.variations import SignVariation, VaryAward, WithdrawVariation
from models.papers.order import PaperOrder
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.year_facts import record_years
from models.queries.deciding.allowances import given_amounts, pot_uses
from models.queries.papers.to_sign import schedule
from models.record import Record
from models.values.awards import Returned, Successor, Terms
from models.values.recommending import LineDecision
from scoring.schedule.values import pot_uses as printed_uses
from scoring.written.text import Refused
from tests.models.both_signed import sign_as
from tests.models.made_once import made_once
from tests.models.operations.awards.test_varied_always import NOW
from tests.models.operations.awards.varied_awards import half_paid
from tests.models.operations.budgets import KeptBooks, allocate, area_of
from tests.models.operations.deciding_rounds import COMMANDER, DAY, DECIDER, FINANCE, REASON, last_step
from tests.models.rounds import OFFICER

POT = 350_000
"""Coventry has £3,500.00 in the round and in the year: £1,000.00 and £2,000.00 of it are awarded."""
OF = st.sampled_from(("ACF-001", "ACF-002"))
PENCE = st.integers(20_000, 260_000)
STEPS = ((0, COMMANDER, "NPU commander"), (1, DECIDER, "Chief Executive"))


class Kept(Struct):
    """An award by hand, in pence: what both have signed, and what each variation since then proposes.

    `before` are the amounts before these, `numbers` theirs, and `back` is what came back of it in its year.
    """

    agreed: int
    proposed: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    back: int = 0
    made: int = 0
    is_withdrawn: bool = False

    @property
    def held(self) -> int:
        """Return the larger of the agreed and the proposed amount, less what came back."""
        return 0 if self.is_withdrawn else max(self.agreed, *self.proposed[-1:], 0) - self.back

    @property
    def decided(self) -> int:
        return 0 if self.is_withdrawn else self.agreed - self.back

    @property
    def free_later(self) -> int:
        """Return what comes free once both sign the newest proposal."""
        return self.held - (self.proposed[-1] - self.back) if self.proposed and not self.is_withdrawn else 0


Books = dict[str, Kept]


@made_once
def _base(record: Record) -> None:
    half_paid(record)
    allocate(record, Coventry=POT)


class HeldMoney(KeptBooks):
    """Decisions, variations, signatures, successions, recoveries and undo, on two awards and a reserve."""

    @initialize()
    def begin(self) -> None:
        self.begin_with(_base, {"ACF-001": Kept(100_000), "ACF-002": Kept(200_000), "ACF-003": Kept(0)})

    def award(self, of: str) -> AwardRow:
        return next(row for row in self.record.ask(lambda s: awards(s, 1)) if row.application == of)

    def attempt_any(self, operation: Operation, after: Books, actor: Actor = OFFICER) -> bool:
        """Perform a change where the rules let it; one that holds more than there is must be refused."""
        held = sum(one.held for one in after.values())
        is_too_much = held > POT and held > sum(one.held for one in self.books.values())
        try:
            outcome = self.record.perform(operation, actor)
        except Refused:
            return False
        assert not is_too_much, "it holds more than there is"
        if operation.is_barrier:
            self.undoing.clear()
        else:
            assert outcome.inverse is not None
            self.undoing.append((outcome.inverse, self.books))
        self.books = after
        return True

    @rule(of=OF, pence=PENCE)
    def vary(self, of: str, pence: int) -> None:
        after = deepcopy(self.books)
        kept = after[of]
        kept.made += 1
        kept.proposed.append(pence)
        kept.numbers.append(kept.made)
        self.attempt_any(VaryAward(1, of, kept.made, Terms(amount_pence=pence), "costs changed", DAY), after)

    @rule(of=OF)
    def sign_by_the_chain(self, of: str) -> None:
        proposed = self.award(of).proposed
        for step, by, post in STEPS if proposed is not None else ():
            signing = SignVariation(1, of, proposed.number, step, by.name, post, DAY, "none")
            self.attempt_any(signing, deepcopy(self.books), by)

    @rule(of=OF)
    def sign_by_both(self, of: str) -> None:
        row, after = self.award(of), deepcopy(self.books)
        if row.proposed is None and row.unsigned:
            after[of] = replace(after[of], agreed=after[of].proposed[-1], proposed=[], numbers=[])
        on = (row.agreed_on or DAY) + timedelta(days=1)
        self.attempt_any(sign_as(row, on), after) if row.proposed is None else None

    @rule(of=OF)
    def withdraw_variation(self, of: str) -> None:
        after = deepcopy(self.books)
        kept = after[of]
        if kept.proposed:
            kept.proposed.pop()
            declined = WithdrawVariation(1, of, kept.numbers.pop(), "the recipient declined it")
            self.attempt_any(declined, after)

    @rule()
    def withdraw_award(self) -> None:
        after = deepcopy(self.books)
        after["ACF-002"].is_withdrawn = True
        self.attempt_any(SetWithdrawn(1, "ACF-002", True, "They gave up."), after)

    @rule(of=OF, name=st.sampled_from(("Heirs CIO", "Later Heirs CIO", "")), is_next=st.booleans())
    def succeed(self, of: str, name: str, is_next: bool) -> None:
        """Let the next successor take an award over, or correct or take back the newest: no sum changes."""
        held = self.award(of).successors
        number = len(held) + (is_next or not held)
        taken = Successor(name, "", "", DAY + timedelta(days=number), "it converted") if name else None
        was = held[-1] if number == len(held) else None
        self.attempt_any(SetSuccessor(1, of, taken, was, number), deepcopy(self.books))

    @rule(pence=st.integers(1, 30_000))
    def recover(self, pence: int) -> None:
        after, row = deepcopy(self.books), self.award("ACF-001")
        after["ACF-001"].back += pence
        came = (*row.returned, Returned(pence, DAY, "not spent"))
        self.attempt_any(SetReturned(1, "ACF-001", came, row.returned), after, FINANCE)

    @rule(pence=st.integers(1, 100_000))
    def decide(self, pence: int) -> None:
        """Award money to the one on reserve, or another sum to it."""
        after = deepcopy(self.books)
        kept = after["ACF-003"]
        kept.agreed, kept.made = pence, kept.made + 1
        line = LineDecision("ACF-003", "change", "part_fund", pence, REASON, "money came free")
        decision = replace(last_step(line, notice=f"{100 + kept.made}/2026"), correcting=True)
        self.attempt_any(decision, after, DECIDER)

    @rule()
    def undo(self) -> None:
        if self.undoing:
            inverse, before = self.undoing.pop()
            self.record.perform(inverse, FINANCE if isinstance(inverse, SetReturned) else OFFICER)
            self.books = before

    @invariant()
    def budgets_hold_what_is_worked_out_by_hand(self) -> None:
        kept = list(self.books.values())
        held, decided = sum(one.held for one in kept), sum(one.decided for one in kept)
        use = self.record.ask(lambda s: pot_uses(s, 1, given_amounts(s, 1)))[0]
        area = area_of(self.record)
        assert (use.given_pence, area.project_used_pence, area.decided_pence) == (held, held, decided)
        assert (area.adds_pence, area.frees_pence) == (held - decided, sum(one.free_later for one in kept))
        years = {one.year: one for one in self.record.ask(record_years).years}
        assert sum(one.awarded_pence for one in years["2026/27"].awards) == decided

    def teardown(self) -> None:
        if hasattr(self, "record"):
            order = PaperOrder("schedule", NOW, round_id=1)
            printed = printed_uses(self.record.ask(lambda s: schedule(s, order)))[0]
            assert printed.given_pence == sum(one.held for one in self.books.values())
        super().teardown()


TestHeldMoney = HeldMoney.TestCase
TestHeldMoney.settings = settings(
    max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
