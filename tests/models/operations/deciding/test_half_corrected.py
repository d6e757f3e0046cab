"""Until all have signed a correction, the round budget, the year and the papers hold the larger amount."""

from copy import deepcopy

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from msgspec import Struct
from msgspec.structs import replace

from models.operation import Actor
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.variations import VaryAward, WithdrawVariation
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.turns import TakeBackSignature
from models.operations.set_up.people import NameSignatories
from models.papers.order import PaperOrder
from models.queries.awards.awards_page import awards_page
from models.queries.deciding.allowances import given_amounts, pot_uses, waiting_words
from models.queries.papers.decision_report import decision_report
from models.queries.papers.to_sign import schedule
from models.queries.set_up.next_stage import checklist_words, next_stages
from models.record import Record
from models.values.awards import Terms
from models.values.recommending import LineDecision
from scoring.schedule.values import pot_uses as printed_uses
from scoring.written.text import Refused
from tests.models.made_once import made_once
from tests.models.operations.awards.test_varied_always import NOW
from tests.models.operations.budgets import KeptBooks, allocate, area_of
from tests.models.operations.deciding.test_chain import (
    ABE,
    AMBASSADOR,
    COMMANDER,
    CORA,
    WITH_PEOPLE,
    correct,
    sign,
    signed_round,
    signing,
)
from tests.models.operations.deciding_rounds import DAY, REASON, declare_to_sign, every_line
from tests.models.rounds import OFFICER, refuses

POT = 600_000
"""Coventry has £6,000.00 in the year; £1,000.00 and £2,000.00 are awarded, the third is on reserve."""
OF = st.sampled_from(("ACF-001", "ACF-002", "ACF-003"))
PENCE = st.one_of(st.none(), st.integers(50_000, 200_000))
HANDS = ((CORA, COMMANDER), (ABE, AMBASSADOR))


@made_once
def with_reserve(record: Record) -> Record:
    """Have two of three lines funded and one kept in reserve by commander and ambassador together."""
    signed_round(record, third="reserve")
    record.perform(NameSignatories(1, WITH_PEOPLE), OFFICER)
    declare_to_sign(record, CORA, ABE)
    sign(record, CORA, COMMANDER, *every_line())
    sign(record, ABE, AMBASSADOR, *every_line(), notice="031/2026")
    allocate(record, Coventry=POT)
    return record


def change(of: str, pence: int | None) -> LineDecision:
    """Return a correction of a line to an amount, None for none."""
    if pence is None:
        return LineDecision(of, "change", "decline", change_reason="not needed any more")
    return LineDecision(of, "change", "part_fund", pence, REASON, "money came free")


def held(record: Record) -> tuple[int, int, int, int]:
    """Return what the round budget, the year, Awards and the printed schedule hold, in pence."""
    order = PaperOrder("schedule", NOW, round_id=1)
    return (
        record.ask(lambda s: pot_uses(s, 1, given_amounts(s, 1)))[0].given_pence,
        area_of(record).project_used_pence,
        record.ask(lambda s: awards_page(s, 1)).pots[0].given_pence,
        printed_uses(record.ask(lambda s: schedule(s, order)))[0].given_pence,
    )


@pytest.mark.parametrize(
    ("of", "pence", "holds", "words"),
    [
        ("ACF-002", 150_000, 300_000, "£500 will come free"),
        ("ACF-001", None, 300_000, "£1,000 will come free"),
        ("ACF-003", 120_000, 420_000, "£1,200 will be added to what is agreed"),
    ],
)
def test_a_half_signed_correction_holds_one_sum_everywhere_and_is_named_on_papers(
    record: Record, of: str, pence: int | None, holds: int, words: str
) -> None:
    correct(with_reserve(record), CORA, COMMANDER, change(of, pence))

    area = area_of(record)
    assert held(record) == (holds,) * 4
    assert (area.decided_pence, area.adds_pence) == (300_000, holds - 300_000)
    assert record.ask(lambda s: waiting_words(s, 1)) == {
        "Coventry": f"Coventry: {words} once the change is fully signed."
    }
    report = record.ask(lambda s: decision_report(s, PaperOrder("decision-report", NOW, 1)))
    to = "no money" if pence is None else f"£{pence // 100:,}.00"
    (named,) = report.changes
    assert named.startswith(f"{CORA.name}, {COMMANDER}, signed a correction of {of} to {to} on ")
    assert report.areas[0].awarded_pence == 300_000
    assert report.areas[0].taken_pence == holds
    stages = record.ask(lambda s: next_stages(s, 1, DAY))
    assert checklist_words(stages[:1]) == "3 applications decided, 1 correction waits for a signature"


def test_the_first_to_sign_a_correction_is_refused_past_the_years_money(record: Record) -> None:
    with_reserve(record)
    allocate(record, Coventry=300_000)
    # the open round holds its pot of £9,000.00; what awards use of the year may not rise past £3,000.00
    first = replace(signing(CORA, COMMANDER, change("ACF-003", 50_000)), correcting=True)

    refuses(record, r"has £0\.00 left of its money for 2026/27, and this takes £500\.00", first, CORA)


class Kept(Struct):
    """A line by hand, in pence: what is agreed, what is proposed (None for nothing), who has signed it."""

    agreed: int
    proposed: int | None = None
    by: int | None = None
    variation: int = 0

    @property
    def held(self) -> int:
        return max(self.agreed, self.proposed or 0)


class HalfCorrected(KeptBooks):
    """Corrections by either of two, signatures, lines sent back, variations and withdrawals at random."""

    @initialize()
    def begin(self) -> None:
        books = {"ACF-001": Kept(100_000), "ACF-002": Kept(200_000), "ACF-003": Kept(0)}
        self.begin_with(with_reserve, books)
        self.notice = 100

    def decide(self, hand: int, line: LineDecision, after: dict[str, Kept], *, correcting: bool) -> None:
        """Have one of the two sign, where the rules let them."""
        by, post = HANDS[hand]
        self.notice += 1
        is_last = correcting is False and line.verdict != "send_back"
        made = signing(by, post, line, notice=f"{self.notice}/2026" if is_last else "")
        self.attempt_any(replace(made, correcting=correcting), after, by)

    def attempt_any(
        self,
        operation: RecordDecisions | VaryAward | WithdrawVariation | TakeBackSignature | SetWithdrawn,
        after: dict[str, Kept],
        actor: Actor = OFFICER,
    ) -> None:
        try:
            self.record.perform(operation, actor)
        except Refused:
            return
        self.books = after

    @rule(of=OF, pence=PENCE, hand=st.integers(0, 1))
    def correct(self, of: str, pence: int | None, hand: int) -> None:
        after = deepcopy(self.books)
        if after[of].by is None:
            after[of].proposed, after[of].by = pence or 0, hand
            self.decide(hand, change(of, pence), after, correcting=True)

    @rule(of=OF)
    def agree(self, of: str) -> None:
        after, by = deepcopy(self.books), self.books[of].by
        if by is not None:
            after[of] = replace(after[of], agreed=after[of].proposed or 0, proposed=None, by=None)
            self.decide(1 - by, LineDecision(of), after, correcting=False)

    @rule(of=OF)
    def send_back(self, of: str) -> None:
        after, by = deepcopy(self.books), self.books[of].by
        if by is not None:
            after[of] = replace(after[of], proposed=None, by=None)
            back = LineDecision(of, "send_back", change_reason="ask for a quote")
            self.decide(1 - by, back, after, correcting=False)

    @rule(of=OF, pence=st.integers(50_000, 250_000))
    def vary(self, of: str, pence: int) -> None:
        after, kept = deepcopy(self.books), self.books[of]
        if kept.by is None and kept.agreed:
            after[of] = replace(kept, proposed=pence, variation=kept.variation + 1)
            terms, number = Terms(amount_pence=pence), kept.variation + 1
            self.attempt_any(VaryAward(1, of, number, terms, "costs changed", DAY), after)

    @rule(of=OF)
    def withdraw_variation(self, of: str) -> None:
        after, kept = deepcopy(self.books), self.books[of]
        if kept.by is None and kept.proposed is not None:
            after[of] = replace(kept, proposed=None)
            self.attempt_any(WithdrawVariation(1, of, kept.variation, "they declined it"), after)

    @rule()
    def withdraw_award(self) -> None:
        after = deepcopy(self.books)
        after["ACF-001"] = Kept(0, variation=after["ACF-001"].variation)
        self.attempt_any(SetWithdrawn(1, "ACF-001", True, "They gave up."), after)

    @invariant()
    def one_sum_is_held_everywhere(self) -> None:
        lines = self.books.values()
        total, agreed = sum(one.held for one in lines), sum(one.agreed for one in lines)
        area = area_of(self.record)
        use = self.record.ask(lambda s: pot_uses(s, 1, given_amounts(s, 1)))[0]
        assert (use.given_pence, area.project_used_pence, area.decided_pence) == (total, total, agreed)
        assert area.adds_pence == total - agreed

    def teardown(self) -> None:
        if hasattr(self, "record"):
            assert held(self.record) == (sum(one.held for one in self.books.values()),) * 4
        super().teardown()


TestHalfCorrected = HalfCorrected.TestCase
TestHalfCorrected.settings = settings(
    max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
