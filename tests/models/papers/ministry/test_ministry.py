"""Every payment, recovery and return counts in one period; what a correction says that changed."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.papers.ministry.summing import (
    FundReporting,
    MinistryReturn,
    OfLine,
    Paid,
    PeopleLine,
    ProviderLine,
    ReportedAward,
    ReportedReturn,
    SpendLine,
    changed_in,
    people_in,
    providers_in,
    spending_in,
    starting_later,
)
from models.papers.monitoring.monitoring import AwardMonitoring, AwardReturn, ReturnContent, SupportedNumber
from models.reference.defaults import ListKind, ReferenceList
from models.reference.reporting import Every, Period, period_of
from models.values.awards import PlannedReturn

START, END = date(2026, 4, 1), date(2028, 3, 31)
LATER = date(2030, 1, 1)
DAYS = st.dates(START, END)
NEEDS = ("Shelter", "Money")
LISTED = ((ListKind.PERMITTED, ("Refer", "Support")), (ListKind.SERVICE, ("Line",)))


@st.composite
def awards(draw: st.DrawFn) -> ReportedAward:
    number = draw(st.integers(1, 99))
    money = draw(st.lists(st.builds(Paid, DAYS, st.integers(-5_000, 90_000)), max_size=4))
    returns = []
    for of, (day, pence, people) in enumerate(
        draw(st.lists(st.tuples(DAYS, st.integers(0, 9_999), st.integers(0, 50)), max_size=3)), 1
    ):
        told = (SupportedNumber("needs", draw(st.sampled_from((*NEEDS, "Gone"))), people),)
        said = ReturnContent(day, "", pence, (), told)
        returns.append(AwardReturn(PlannedReturn(of, day + timedelta(28), "part", day), said))
    terms = AwardMonitoring(
        f"V-{number}", f"A-{number}", "Harbour House", "", "", 1, 0, START, END, returns=tuple(returns)
    )
    purpose, service = draw(st.sampled_from(("", "Refer", "Old"))), draw(st.sampled_from(("", "Line")))
    return ReportedAward(terms, "Autumn", START, tuple(money), purpose, service)


def test_awards_decided_in_a_period_that_start_after_it_are_counted_and_are_none_of_its_providers() -> None:
    terms = AwardMonitoring("V-1", "A-1", "Harbour House", "", "", 4_500, 0, date(2027, 1, 4), END)
    later = ReportedAward(terms, "Autumn", date(2026, 11, 19), ())
    now = replace(later, terms=replace(terms, start_on=date(2026, 12, 31)))
    of = FundReporting((later, now, later), (), (), LISTED)
    third, fourth = (period_of(day, Every.QUARTER) for day in (date(2026, 12, 1), date(2027, 2, 1)))

    assert starting_later(of, third) == (2, 9_000)  # twice £45
    assert len(providers_in(of, third, LATER)) == 1
    assert starting_later(of, fourth) == (0, 0)
    assert len(providers_in(of, fourth, LATER)) == 3


@given(
    st.lists(awards(), max_size=5),
    st.lists(st.builds(OfLine, DAYS, st.just("Line"), st.integers(1, 999)), max_size=2),
)
def test_periods_of_any_length_come_to_the_same_and_to_the_ledger(
    found: list[ReportedAward], gifts: list[OfLine]
) -> None:
    lists = (ReferenceList("needs", "Category of need", NEEDS),)
    of = FundReporting(tuple(found), tuple(gifts), lists, LISTED)
    ledger = Counter[tuple[str, str]]()
    evidence = Counter[tuple[str, str]]()
    people = Counter[str]()
    for award in found:
        for kind, line in (("Permitted purpose", award.purpose), ("Service area", award.service)):
            ledger[kind, line or "Not chosen"] += sum(one.pence for one in award.money)
            evidence[kind, line or "Not chosen"] += sum(
                one.said.spent_pence or 0 for one in award.terms.returns if one.said
            )
        for one in award.terms.returns:
            assert one.said is not None
            people[one.said.supported[0].line] += one.said.supported[0].supported
    for gift in gifts:
        ledger["Permitted purpose", "The office itself"] -= gift.pence
        ledger["Service area", "Line"] -= gift.pence

    for every in Every:
        parts = _parts(every)
        assert _sum(of, parts, "paid_pence") == _only(ledger)
        assert _sum(of, parts, "evidenced_pence") == _only(evidence)
        counted = Counter[str]()
        for period in parts:
            counted.update({one.line: one.people for one in people_in(of, period)})
        assert +counted == +people
        shown = [one.paid_pence for period in parts for one in providers_in(of, period, LATER)]
        assert sum(shown) - sum(gift.pence for gift in gifts) == sum(
            pence for (kind, _), pence in ledger.items() if kind == "Service area"
        )


def _parts(every: Every) -> list[Period]:
    found = [period_of(START, every)]
    while found[-1].ends_on < END:
        found.append(found[-1].next)
    return found


def _sum(of: FundReporting, periods: list[Period], name: str) -> dict[tuple[str, str], int]:
    found = Counter[tuple[str, str]]()
    for period in periods:
        for one in spending_in(of, period):
            found[one.kind, one.line] += getattr(one, name)
    return _only(found)


def _only(found: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    return Counter({key: pence for key, pence in found.items() if pence})


DUE = date(2027, 1, 28)
HARBOUR = ProviderLine(
    *("A-1", "V-1", "Harbour House", "Autumn", "Support", "", 100_000, 50_000, 0),
    (ReportedReturn(1, "quarter 1", DUE, None), ReportedReturn(2, "quarter 2", DUE, date(2027, 1, 5))),
    ("Return 1 (quarter 1), due on 28 Jan 2027, has not come in.", "No service area is chosen."),
)
QUIET = replace(HARBOUR, award="A-2", organisation="Quiet Rooms", returns=(), missing=())
BEFORE = MinistryReturn(
    office="",
    fund="Victims Fund",
    fund_code="VF",
    period="2026/27-Q3",
    period_words="Q3",
    begins_on=date(2026, 10, 1),
    ends_on=date(2026, 12, 31),
    marking="OFFICIAL",
    people=(PeopleLine("needs", "Category of need", "Shelter", 3, 1),),
    spending=(SpendLine("Service area", "Old line", 50_000),),
    providers=(HARBOUR, QUIET),
)


def test_money_that_moved_between_two_of_one_purpose_is_told_though_no_sum_changed() -> None:
    had, has = (replace(QUIET, paid_pence=pence) for pence in (50_000, 0))
    gets, got = (replace(HARBOUR, paid_pence=pence, evidenced_pence=pence) for pence in (0, 50_000))

    changes = changed_in(replace(BEFORE, providers=(gets, had)), replace(BEFORE, providers=(got, has)))

    assert changes == (
        f"{HARBOUR.award}, paid less returned: £500.00, was £0.00.",
        f"{HARBOUR.award}, evidenced: £500.00, was £0.00.",
        f"{QUIET.award}, paid less returned: £0.00, was £500.00.",
    )


def test_every_kind_of_change_is_a_sentence() -> None:
    came = ReportedReturn(1, "quarter 1", DUE, date(2027, 2, 1))
    moved = replace(
        HARBOUR,
        organisation="Harbour Homes",
        purpose="",
        service="Domestic violence",
        awarded_pence=120_000,
        returns=(came, HARBOUR.returns[1]),
        missing=("Return 1 gives no spend.",),
    )
    after = replace(
        BEFORE,
        providers=(moved, replace(QUIET, award="A-3", organisation="Lantern Project")),
        people=(PeopleLine("needs", "Category of need", "Money", 1_200, 1),),
        spending=(SpendLine("Service area", "Domestic violence", 50_000, 1),),
    )

    assert changed_in(BEFORE, after) == (
        "A-1, return 1 (quarter 1): came in 1 Feb 2027, was due on 28 Jan 2027.",
        "A-1, service area: Domestic violence, was none.",
        "A-1, award: £1,200.00, was £1,000.00.",
        "A-1, recipient: Harbour Homes, Autumn, was Harbour House, Autumn.",
        "A-1, permitted purpose: none, was Support.",
        "A-1: Return 1 gives no spend.",
        "A-3 (Lantern Project) is new.",
        "A-2 (Quiet Rooms) is no longer part of the period.",
        "People, category of need “Money”: 1,200, was none.",
        "Service area “Domestic violence”, paid less returned: £500.00, was none.",
        "Service area “Domestic violence”, evidenced: £0.01, was none.",
        "People, category of need “Shelter”: none, was 3.",
        "Service area “Old line”, paid less returned: none, was £500.00.",
    )
