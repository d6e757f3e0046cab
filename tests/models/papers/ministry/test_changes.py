"""What a correction says that changed: late returns, providers, people and spending."""

from datetime import date

from msgspec.structs import replace

from models.papers.ministry.changes import changed_in
from models.papers.ministry.summing import (
    NOT_PLANNED,
    PURPOSE,
    SERVICE,
    MinistryReturn,
    PeopleLine,
    ProviderLine,
    ReportedReturn,
    SpendLine,
    unchosen,
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


def test_the_grant_of_the_ministry_is_told_apart_from_the_money_of_the_fund() -> None:
    told = replace(BEFORE, grant_pence=190_000_00)
    apart = replace(told, ministry_pence=170_000_00)

    assert changed_in(told, apart) == ("The grant for 2026/27: £170,000.00, was none.",)
    assert changed_in(apart, replace(apart, ministry_pence=160_000_00)) == (
        "The grant for 2026/27: £160,000.00, was £170,000.00.",
    )
    assert changed_in(apart, told) == ("The grant for 2026/27: none, was £170,000.00.",)


def test_other_money_of_the_fund_is_a_change() -> None:
    told = replace(BEFORE, grant_pence=100_000_00)

    assert changed_in(told, replace(told, grant_pence=90_000_00)) == (
        "The fund’s money for 2026/27: £90,000.00, was £100,000.00.",
    )
    assert changed_in(told, BEFORE) == ("The fund’s money for 2026/27: none, was £100,000.00.",)


def told_of(old: ProviderLine, new: ProviderLine) -> tuple[str, ...]:
    return changed_in(replace(BEFORE, providers=(old,)), replace(BEFORE, providers=(new,)))


def test_what_was_missing_of_an_award_is_told_once() -> None:
    late = "Return 1 (quarter 1), due on 28 Jan 2027, has not come in."
    bare = replace(QUIET, award="A-1", purpose="", missing=(unchosen(PURPOSE), unchosen(SERVICE)))
    chosen = replace(bare, purpose="Recover", service="Shelter", missing=())
    assert told_of(bare, chosen) == (
        "A-1, permitted purpose: Recover, was none.",
        "A-1, service area: Shelter, was none.",
    )
    assert told_of(bare, replace(bare, missing=(NOT_PLANNED,))) == (f"A-1: {NOT_PLANNED}",)
    assert told_of(replace(bare, missing=(NOT_PLANNED,)), bare) == (
        f"A-1: “{NOT_PLANNED}” does not hold any more.",
    )
    waits = replace(bare, returns=HARBOUR.returns[:1], missing=(late,))
    to_come = replace(waits, missing=(late.replace("has not come in", "is still to come"),))
    assert told_of(to_come, waits) == (), "the day on which it was due went by"
    moved = replace(HARBOUR.returns[0], due_on=date(2027, 2, 15))
    assert told_of(waits, replace(waits, returns=(moved,))) == (
        "A-1, return 1 (quarter 1): due on 15 Feb 2027, was due on 28 Jan 2027.",
    )
    assert told_of(waits, bare) == ("A-1, return 1 (quarter 1): none, was due on 28 Jan 2027.",)
