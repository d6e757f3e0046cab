"""What a correction says that changed: late returns, providers, people and spending."""

from datetime import date

from msgspec.structs import replace

from models.papers.ministry.changes import changed_in
from models.papers.ministry.summing import (
    MinistryReturn,
    PeopleLine,
    ProviderLine,
    ReportedReturn,
    SpendLine,
)

DUE = date(2027, 1, 28)
HARBOUR = ProviderLine(
    "A-1",
    "V-1",
    "Harbour House",
    "Autumn",
    "Support",
    "",
    100_000,
    50_000,
    0,
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


def test_nothing_changed_is_no_change() -> None:
    assert changed_in(BEFORE, replace(BEFORE, marking="OFFICIAL-SENSITIVE")) == ()


def test_money_that_moved_between_two_of_one_purpose_is_told_though_no_sum_changed() -> None:
    had, has = (replace(QUIET, paid_pence=pence) for pence in (50_000, 0))
    gets, got = (replace(HARBOUR, paid_pence=pence, evidenced_pence=pence) for pence in (0, 50_000))

    changes = changed_in(replace(BEFORE, providers=(gets, had)), replace(BEFORE, providers=(got, has)))

    assert changes == (
        f"{HARBOUR.award}: paid less returned £500.00, was £0.00.",
        f"{HARBOUR.award}: evidenced £500.00, was £0.00.",
        f"{QUIET.award}: paid less returned £0.00, was £500.00.",
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
        "Return 1 of A-1 (Harbour Homes) came in late, on 1 Feb 2027.",
        "A-1: no permitted purpose is chosen any more; before, it was “Support”.",
        "A-1: service area is now “Domestic violence”; before, none was chosen.",
        "A-1: award £1,200.00, was £1,000.00.",
        "A-1 is of Harbour Homes, Autumn; was Harbour House, Autumn.",
        "A-1: Return 1 gives no spend.",
        "A-3 (Lantern Project) is new.",
        "A-2 (Quiet Rooms) is no longer part of the period.",
        "People, category of need “Money”: 1,200, was 0.",
        "People, category of need “Shelter”: 0, was 3.",
        "Service area “Domestic violence”: £500.00 paid less returned, was £0.00.",
        "Service area “Domestic violence”: £0.01 evidenced, was £0.00.",
        "Service area “Old line”: £0.00 paid less returned, was £500.00.",
    )


def test_the_grant_of_the_ministry_is_told_apart_from_the_money_of_the_fund() -> None:
    told = replace(BEFORE, grant_pence=190_000_00)
    apart = replace(told, ministry_pence=170_000_00)

    assert changed_in(told, replace(told, ministry_pence=190_000_00)) == ()
    assert changed_in(told, apart) == (
        "The grant for 2026/27 is £170,000.00, was £190,000.00, which is from all sources.",
    )
    assert changed_in(apart, replace(apart, ministry_pence=160_000_00)) == (
        "The grant for 2026/27 is £160,000.00, was £170,000.00.",
    )
    assert changed_in(apart, told) == ("The grant for 2026/27 is not recorded any more, was £170,000.00.",)


def test_other_money_of_the_fund_is_a_change_where_the_version_before_told_one() -> None:
    told = replace(BEFORE, grant_pence=100_000_00)

    assert changed_in(BEFORE, told) == ()  # a version from before returns told their grant
    assert changed_in(told, replace(told, grant_pence=90_000_00)) == (
        "The fund’s money for 2026/27 is £90,000.00, was £100,000.00.",
    )
    assert changed_in(told, BEFORE) == (
        "The fund’s money for 2026/27 is not recorded any more, was £100,000.00.",
    )
