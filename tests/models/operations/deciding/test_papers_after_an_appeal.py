"""An award won on appeal, varied twice and partly recovered: every paper's total is the sum kept by hand."""

import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.operations.awards.agreements import SignAgreement
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.awards.variations import AskBack, SignVariation, VaryAward
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPublisher
from models.papers.kinds import KINDS
from models.papers.order import PaperOrder, PaperValue
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.budget import round_budget
from models.queries.awards.year_facts import record_years
from models.record import Record
from models.values.awards import Returned, Terms
from scoring.money import pounds
from scoring.schedule.lines import stands_words
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.budgets import allocate
from tests.models.operations.deciding.challenged import ANEW, DECLINED, anew, upheld
from tests.models.operations.deciding_rounds import COMMANDER, DECIDER, FINANCE
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER

NOW = datetime(2027, 3, 20, tzinfo=UTC)
CAME = date(2027, 3, 10)
OTHERS, ALLOCATED = 300_000, 400_000
"""The two awards beside it take £3,000.00 of the year's £4,000.00; the pot has £500.00 left."""


@cache
def _base() -> Path:
    path = Path(tempfile.mkdtemp()) / "office.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        upheld(record)
        allocate(record, Coventry=ALLOCATED)
        record.perform(SetOfficeFacts((FactChange("spending_over", "£0.00"),)), OFFICER)
        record.perform(SetPublisher("360G-example", "GB-GOR-PB123"), OFFICER)
    return path


def _award(record: Record) -> AwardRow:
    return next(row for row in record.ask(lambda s: awards(s, 1)) if row.application == DECLINED)


def _vary(record: Record, number: int, pence: int) -> None:
    """Vary the award, signed by the chain where it takes more money."""
    before = _award(record).amount_pence
    terms = Terms(end_on=date(2027, 9, number)) if pence == before else Terms(amount_pence=pence)
    record.perform(VaryAward(1, DECLINED, number, terms, "costs changed", ANEW), OFFICER)
    for step, by, post in ((0, COMMANDER, "NPU commander"), (1, DECIDER, "Chief Executive")):
        if pence > before:
            signing = SignVariation(1, DECLINED, number, step, by.name, post, ANEW, "none")
            record.perform(signing, by)


def _recover(record: Record, pence: int) -> None:
    record.perform(AskBack(1, DECLINED, 1, pence, ANEW, "not spent"), OFFICER)
    back = (Returned(pence, CAME, "not spent", 1),)
    record.perform(SetReturned(1, DECLINED, back, ()), OFFICER)


def _paper(record: Record, kind: str, *, period: str = "", notice: str = "") -> PaperValue:
    order = PaperOrder(kind, NOW, round_id=None if period else 1, period=period, notice=notice)
    return record.ask(lambda s: KINDS[kind].ask(s, order))


@given(
    won=st.integers(3, 50_000),
    varied=st.tuples(st.integers(0, 100_000), st.integers(0, 100_000)),
    recovered=st.integers(1, 100),
)
@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_total_is_the_sum_kept_by_hand(won: int, varied: tuple[int, int], recovered: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(_base(), Path(folder) / "office.panel"))
        with Record.open(path, OPENER, clock=TickingClock()) as record:
            record.perform(anew(won), DECIDER)
            ready_to_pay(record, DECLINED, ANEW, FINANCE)
            record.perform(PayInstalment(1, DECLINED, 1, ANEW, None), FINANCE)
            paid = _award(record).paid_pence
            first, last = (max(pence, paid) for pence in varied)
            _vary(record, 1, first)
            _vary(record, 2, last)
            signed = SignAgreement(1, DECLINED, ANEW + timedelta(days=1), _award(record).agreed_on)
            record.perform(signed, OFFICER)
            back = max(paid * recovered // 100, 1)
            _recover(record, back)

            _assert_sums(record, won, last, (paid, back))


def _assert_sums(record: Record, won: int, amount: int, moved: tuple[int, int]) -> None:
    """Every paper, the year's money and its tables against what was decided, varied, paid and recovered."""
    paid, back = moved
    stands = OTHERS + amount - back
    schedule, finance = _paper(record, "schedule"), _paper(record, "finance")
    report = _paper(record, "decision-report")
    for shown in (schedule.whole.awarded_pence, report.areas[0].awarded_pence):  # type: ignore[attr-defined]
        assert shown == OTHERS + won, "what was decided, whatever became of it"
    told = stands_words(OTHERS + won, stands)
    assert schedule.stands == told  # type: ignore[attr-defined]
    assert report.stands == told  # type: ignore[attr-defined]
    whole = finance.whole  # type: ignore[attr-defined]
    assert (whole.amount_pence, whole.paid_pence, whole.returned_pence) == (OTHERS + amount, paid, back)
    published = _paper(record, "publication", period="2026/27").awards  # type: ignore[attr-defined]
    assert sum(one.amount_pence for one in published) == stands
    assert [one.first_pence or 0 for one in published if one.notice == "040/2026"] == [0]
    grants = _paper(record, "360giving").grants  # type: ignore[attr-defined]
    assert sum(one.awarded_pence for one in grants) == stands
    spent = _paper(record, "spending", period="2026/27").payments  # type: ignore[attr-defined]
    assert sum(one.amount_pence for one in spent) == paid - back
    given_out = _paper(record, "disclosure")
    lines = given_out.lines  # type: ignore[attr-defined]
    assert sum(one.awarded_pence or 0 for one in lines) == stands
    now = f"; {pounds(stands)} today, with what changed since (A-" if stands != OTHERS + won else ""
    assert f", {pounds(OTHERS + won)} awarded{now}" in given_out.control  # type: ignore[attr-defined]
    for notice, pence in (("031/2026", OTHERS), ("040/2026", won)):
        assert _paper(record, "notice", notice=notice).total_pence == pence  # type: ignore[attr-defined]
    area = record.ask(lambda s: round_budget(s, 1)).areas[0]
    assert (area.decided_pence, area.paid_pence) == (stands, paid - back)
    year = next(of for of in record.ask(record_years).years if of.year == "2026/27")
    assert sum(one.awarded_pence for one in year.awards) == stands
    assert sum(one.awarded_pence or 0 for one in year.applied) == stands
    monitored = _paper(record, "monitoring").awards  # type: ignore[attr-defined]
    assert sum(one.amount_pence for one in monitored) == stands
    assert sum(one.paid_pence for one in monitored) == paid - back
