"""Every payment, recovery and return counts in one period: parts of a year come to the year, to the penny."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.papers.ministry.summing import (
    FundReporting,
    OfLine,
    Paid,
    ReportedAward,
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


def test_a_return_on_the_time_before_an_award_was_decided_is_the_first_to_report() -> None:
    due = AwardReturn(PlannedReturn(1, date(2026, 7, 28), "quarter 1", date(2026, 6, 30)))
    terms = AwardMonitoring("V-1", "A-1", "Harbour House", "", "", 1, 0, START, END, returns=(due,))
    award = ReportedAward(terms, "Autumn", date(2026, 11, 21), ())

    assert FundReporting((award,), (), (), LISTED).first_day == date(2026, 6, 30)


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
