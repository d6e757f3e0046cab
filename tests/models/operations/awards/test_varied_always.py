"""Whatever becomes of an award, its papers and the year's money are the sums kept by hand beside them."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from msgspec import Struct, field
from msgspec.structs import replace

from models.operations.awards.agreements import SignAgreement
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.awards.variations import AskBack, WithdrawVariation
from models.operations.deciding.challenges import SetChallenge
from models.operations.set_up.office import SetPublisher
from models.papers.order import PaperOrder
from models.queries.awards.agreements import grant_agreement
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.budget import round_budget
from models.queries.awards.finance import finance
from models.queries.awards.monitoring import monitoring
from models.queries.awards.variation_letters import award_letters
from models.queries.awards.year_facts import record_years
from models.queries.papers.governance import governance_report
from models.queries.papers.letters import letters
from models.queries.papers.open_data import open_data
from models.queries.papers.to_sign import schedule
from models.queries.papers.transparency.disclosure import disclosure
from models.queries.papers.transparency.lists import publication, spending
from models.record import Record
from models.values.awards import Returned
from scoring.schedule.lines import stands_words
from scoring.schedule.values import pot_uses
from tests.models.made_once import made_once
from tests.models.operations.awards.varied_awards import JULY, MARCH, allow_over, half_paid, signing, varying
from tests.models.operations.budgets import KeptBooks, allocate
from tests.models.operations.deciding.challenged import APPEAL
from tests.models.operations.deciding_rounds import COMMANDER, DAY, DECIDER, FINANCE
from tests.models.rounds import OFFICER

ALLOCATED, BESIDE = 400_000, 200_000
"""Coventry has £4,000.00, of which another award takes £2,000.00."""
NOW = datetime(2026, 11, 3, tzinfo=UTC)
PENCE = st.integers(1, 260_000)


class Books(Struct):
    """What happened to the award, kept by hand in pence: came back as (pence, whether in the same year).

    What is `agreed` both have signed; `unsigned` are the numbers of the variations in effect that they have
    not, each with the amount before it.
    """

    amount: int = 100_000
    agreed: int = 100_000
    payments: list[int] = field(default_factory=lambda: [50_000])
    asked: int = 0
    back: list[tuple[int, bool]] = field(default_factory=list)
    waiting: int | None = None
    varied: int = 0
    unsigned: list[tuple[int, int]] = field(default_factory=list)
    is_challenged: bool = False

    @property
    def proposed(self) -> int:
        """Return the amount proposed, which is the agreed one where nothing waits."""
        return self.amount if self.waiting is None else self.waiting

    @property
    def held(self) -> int:
        """Return the larger of what is agreed and what is proposed, as budgets hold it."""
        return max(self.agreed, self.proposed)

    @property
    def paid(self) -> int:
        """Return all that was paid."""
        return sum(self.payments)

    @property
    def own_back(self) -> int:
        """Return what came back in the award's own year."""
        return sum(pence for pence, is_own in self.back if is_own)

    @property
    def all_back(self) -> int:
        """Return all that came back."""
        return sum(pence for pence, _ in self.back)

    @property
    def stands(self) -> int:
        """Return what the award stands at for the public: what is agreed, less what came back."""
        return self.agreed - self.all_back

    @property
    def spent_above_500(self) -> int:
        """Return what the list of spending above £500.00 adds up to, in both years."""
        came = [pence for pence, _ in self.back]
        return sum(pence for pence in self.payments if pence > 50_000) - sum(p for p in came if p > 50_000)


@made_once
def _base(record: Record) -> None:
    half_paid(record)
    allocate(record, Coventry=ALLOCATED)
    allow_over(record, 100_000)
    record.perform(SetPublisher("360G-office", "GB-COH-1"), OFFICER)


class VariedAward(KeptBooks):
    """Variations, signatures, payments, recoveries and undo, at random."""

    @initialize()
    def begin(self) -> None:
        self.begin_with(_base, Books())

    def teardown(self) -> None:
        if hasattr(self, "record"):
            self.every_paper_has_the_same_sums()
        super().teardown()

    def award(self) -> AwardRow:
        return self.record.ask(lambda s: awards(s, 1))[0]

    def is_too_much(self, after: Books) -> bool:
        return after.held > self.books.held and after.held - after.own_back + BESIDE > ALLOCATED

    @rule(pence=PENCE)
    def vary(self, pence: int) -> None:
        after, books = deepcopy(self.books), self.books
        after.varied += 1
        if pence > books.amount:
            after.waiting = pence
        else:
            after.unsigned.append((after.varied, books.amount))
            after.amount = pence
        is_refused = books.waiting is not None or pence < books.paid or pence == books.amount
        operation = varying(books.varied + 1, amount_pence=pence)
        self.attempt(operation, after, is_refused=is_refused or self.is_too_much(after))

    @rule()
    def sign(self) -> None:
        number, pence = self.books.varied, self.books.waiting
        if pence is None:
            return
        after = deepcopy(self.books)
        if not self.award().variations[-1].signatures:
            self.attempt(signing(0, COMMANDER, "NPU commander", number=number), after, actor=COMMANDER)
        after = deepcopy(after)
        after.unsigned.append((number, after.amount))
        after.amount, after.waiting = pence, None
        self.attempt(signing(1, DECIDER, "Chief Executive", number=number), after, actor=DECIDER)

    @rule()
    def sign_agreement(self) -> None:
        if not self.books.unsigned:
            return
        after = deepcopy(self.books)
        after.agreed, after.unsigned = after.amount, []
        on = self.award().agreed_on or DAY
        self.attempt(SignAgreement(1, "ACF-001", on + timedelta(days=1), on), after)

    @rule()
    def withdraw(self) -> None:
        after, books, number = deepcopy(self.books), self.books, self.books.varied
        is_refused = books.waiting is None and not books.unsigned
        if books.waiting is not None:
            after.waiting = None
        elif books.unsigned:
            number, after.amount = after.unsigned.pop()
        operation = WithdrawVariation(1, "ACF-001", number, "the recipient declined")
        is_refused = is_refused or after.amount < books.paid or self.is_too_much(after)
        self.attempt(operation, after, is_refused=is_refused)

    @rule()
    def pay(self) -> None:
        parts = self.award().instalments
        unpaid = [number for number, part in enumerate(parts, 1) if not (part.paid_on or part.needs_proof)]
        if not unpaid:
            return
        after = deepcopy(self.books)
        after.payments.append(parts[unpaid[0] - 1].amount_pence)
        self.attempt(PayInstalment(1, "ACF-001", unpaid[0], DAY, None), after, actor=FINANCE)

    @rule(pence=PENCE)
    def ask_back(self, pence: int) -> None:
        after, award = deepcopy(self.books), self.award()
        after.asked += pence
        operation = AskBack(1, "ACF-001", len(award.asked_back) + 1, pence, DAY, "not spent")
        self.attempt(operation, after, is_refused=pence > self.books.paid - self.books.asked)

    @rule(is_own=st.booleans())
    def receive(self, is_own: bool) -> None:
        award = self.award()
        waiting = [one for one in award.asked_back if one.outstanding_pence(award.returned)]
        if not waiting:
            return
        pence = max(waiting[0].outstanding_pence(award.returned) // 2, 1)
        after = deepcopy(self.books)
        after.back.append((pence, is_own))
        came = Returned(pence, MARCH if is_own else JULY, "not spent", waiting[0].number)
        self.attempt(SetReturned(1, "ACF-001", (*award.returned, came), award.returned), after)

    @rule()
    def challenge(self) -> None:
        after = deepcopy(self.books)
        after.is_challenged = True
        operation = SetChallenge(1, "ACF-001", 1, APPEAL, None)
        self.attempt(operation, after, is_refused=self.books.is_challenged)

    @rule()
    def undo(self) -> None:
        if self.undoing:
            inverse, before = self.undoing.pop()
            is_payment = isinstance(inverse, PayInstalment)
            self.record.perform(inverse, FINANCE if is_payment else OFFICER)
            self.books = before
            self.every_paper_has_the_same_sums()

    @invariant()
    def every_sum_is_the_one_kept_by_hand(self) -> None:
        books, award = self.books, self.award()
        assert (award.amount_pence, award.paid_pence) == (books.amount, books.paid)
        assert (award.stands_pence, award.first_pence) == (books.stands, 100_000)
        area = self.record.ask(lambda s: round_budget(s, 1)).areas[0]
        decided = books.agreed - books.own_back + BESIDE
        assert (area.decided_pence, area.paid_pence) == (decided, books.paid - books.own_back)
        assert area.project_used_pence == books.held - books.own_back + BESIDE
        assert (area.adds_pence, area.frees_pence) == (books.held - books.agreed, books.held - books.proposed)
        found = {of.year: of for of in self.record.ask(record_years).years}["2026/27"]
        assert sum(one.awarded_pence for one in found.awards) == decided

    def every_paper_has_the_same_sums(self) -> None:
        books, stands = self.books, self.books.stands
        to_come, taken = books.asked - books.all_back, books.held - books.own_back + BESIDE

        def order(kind: str, month: date | None = None) -> PaperOrder:
            return PaperOrder(kind, NOW, round_id=None if month else 1, month=month)

        paid = self.record.ask(lambda s: finance(s, order("finance")))
        assert (paid.whole.amount_pence, paid.whole.paid_pence) == (books.amount + BESIDE, books.paid)
        assert (paid.whole.returned_pence, paid.whole.to_come_pence) == (books.all_back, to_come)
        listed = self.record.ask(lambda s: publication(s, order("publication", DAY.replace(day=1))))
        printed = self.record.ask(lambda s: schedule(s, order("schedule")))
        assert printed.whole.awarded_pence == 100_000 + BESIDE, "a schedule shows what was decided"
        assert printed.stands == stands_words(100_000 + BESIDE, stands + BESIDE, taken)
        assert pot_uses(printed)[0].given_pence == taken, "what came back later frees nothing"
        agreed = self.record.ask(lambda s: grant_agreement(s, replace(order("agreement"), award="ACF-001")))
        assert (agreed.amount_pence, sum(part.amount_pence for part in agreed.parts)) == (books.amount,) * 2
        assert agreed.to_come_back_pence == to_come
        offer = self.record.ask(lambda s: letters(s, order("letters"))).letters[0]
        assert offer.now is not None
        paid_on = zip(offer.payments, offer.now.paid_on, strict=True)
        came = [(pence, on is not None) for (pence, _), on in paid_on]
        assert sum(pence for pence, _ in came) == books.amount
        assert sum(pence for pence, is_paid in came if is_paid) == books.paid
        assert offer.now.to_pay_back_pence == to_come
        data = self.record.ask(lambda s: open_data(s, order("360giving")))
        given = self.record.ask(lambda s: disclosure(s, order("disclosure")))
        watched = self.record.ask(lambda s: monitoring(s, order("monitoring")))
        public = {
            "publication": sum(one.amount_pence for one in listed.awards),
            "360Giving": sum(one.awarded_pence for one in data.grants),
            "disclosure": sum(one.awarded_pence or 0 for one in given.lines),
            "finance": sum(one.stands_pence for one in paid.awards),
        }
        assert public == dict.fromkeys(public, stands + BESIDE), "what is told both have signed"
        own = {
            "monitoring": sum(one.amount_pence for one in watched.awards),
            "agreement": agreed.stands_pence + BESIDE,
        }
        proposed = books.amount - books.all_back + BESIDE
        assert own == dict.fromkeys(own, proposed), "what is paid by, and to be signed, is as varied"
        told_of = self.record.ask(
            lambda s: governance_report(s, PaperOrder("governance", NOW, year="2026/27"))
        )
        decided = books.agreed - books.own_back + BESIDE
        assert sum(fund.figures.decided_pence for fund in told_of.funds) == decided
        years = ("2026/27", "2027/28")
        spent = [PaperOrder("spending", NOW, period=year) for year in years]
        told = [one for of in spent for one in self.record.ask(partial(spending, order=of)).payments]
        assert sum(one.amount_pence for one in told) == books.spent_above_500
        if books.asked:
            sent = self.record.ask(partial(award_letters, order=order("award-letters"))).letters
            assert sum(one.to_pay_back_pence or 0 for one in sent) == books.asked - books.all_back


TestVariedAward = VariedAward.TestCase
TestVariedAward.settings = settings(
    max_examples=5, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
