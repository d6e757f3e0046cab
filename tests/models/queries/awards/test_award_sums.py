"""Whether the sums of awards agree, and when they are paid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operations.awards.agreements import SignAgreement
from models.operations.awards.paying import SetInstalments
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.awards_page import (
    AwardDifference,
    MonthSum,
    award_differences,
    awards_page,
    month_sums,
)
from models.record import Record
from models.values.awards import Instalment
from scoring.allocating.over_pot import PotUse, over_words
from scoring.ranking import Allowance
from tests.models.operations.awards.varied_awards import half_paid, sign_both, vary
from tests.models.operations.deciding_rounds import DAY, decided
from tests.models.rounds import OFFICER

TODAY = date(2026, 12, 10)
HALVES = (Instalment(5_000, "signature"), Instalment(5_001, "the end"))
POT = PotUse("Coventry", 10_001, 0, 0)
ROW = AwardRow("ACF-001", "A-031-01", "Allotment Friends", "Coventry", 10_001, "", None, HALVES)


def words(found: tuple[AwardDifference, ...]) -> list[str]:
    return [difference.words for difference in found]


def test_sums_that_agree_are_not_spoken_of() -> None:
    assert award_differences((ROW,), {"ACF-001": 10_001, "ACF-002": 0}, (POT,)) == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            replace(ROW, instalments=HALVES[:1]),
            "A-031-01: instalments of £50 are £50.01 less than the award of £100.01.",
        ),
        (
            replace(ROW, instalments=(*HALVES, Instalment(1, "x"))),
            "A-031-01: instalments of £100.02 are £0.01 more than the award of £100.01.",
        ),
    ],
)
def test_instalments_that_differ_are_named_with_by_how_much(row: AwardRow, said: str) -> None:
    found = award_differences((row,), {"ACF-001": 10_001}, (POT,))

    assert words(found) == [said]
    assert found[0].application == "ACF-001"


def test_a_condition_written_for_the_agreement_names_it_wherever_else_it_is_told() -> None:
    said = ("This agreement ends in May.", "As this grant agreement says.", "No agreement with others.")
    row = replace(ROW, contract=said)

    assert row.bound_by == said
    assert row.bound_elsewhere == (
        "The grant agreement ends in May.",
        "As the grant agreement says.",
        "No agreement with others.",
    )


def test_an_award_is_what_was_decided() -> None:
    found = award_differences((ROW,), {"ACF-001": 10_000, "ACF-002": 5}, ())

    assert words(found) == [
        "A-031-01: the award is £100.01, the decision £100.",
        "ACF-002 was decided for funding but has no award.",
    ]


def test_an_area_over_its_pot_and_tolerance_is_named() -> None:
    pots = (PotUse("Coventry", 10_000, 0, 0), PotUse("Dudley", 0, 5, 0))
    found = award_differences((ROW,), {"ACF-001": 10_001}, pots)

    assert words(found) == ["Coventry: awards of £100.01: £0.01 over the pot, not allowed by anybody yet."]


def test_an_area_over_its_pot_as_far_as_somebody_allows_it_adds_up() -> None:
    allowed = Allowance("Coventry", 1, "A. Example", "Commissioner", "a penny")
    pot = PotUse("Coventry", 10_000, 0, 0, allowances=(allowed,))

    assert award_differences((ROW,), {"ACF-001": 10_001}, (pot,)) == ()


def test_a_decided_round_adds_up(record: Record) -> None:
    decided(record)

    found = record.ask(lambda session: awards_page(session, 1))

    # the pot of Coventry is £3,500 and the awards £1,000 and £2,000
    assert [(use.area, use.given_pence, use.left_pence) for use in found.pots] == [
        ("Coventry", 300_000, 50_000),
        ("Dudley", 0, 0),
    ]
    assert found.decided == {"ACF-001": 100_000, "ACF-002": 200_000, "ACF-003": 0}
    assert award_differences(found.awards, found.decided, found.pots) == ()


def test_what_was_signed_over_the_pot_in_a_variation_adds_up_and_names_who_signed(record: Record) -> None:
    half_paid(record)
    vary(record, amount_pence=190_000)
    sign_both(record)

    found = record.ask(lambda session: awards_page(session, 1))

    # £3,500 in the pot of Coventry; £1,900 and £2,000 awarded
    assert award_differences(found.awards, found.decided, found.pots) == ()
    use = next(use for use in found.pots if use.area == "Coventry")
    assert over_words(use) == (
        "£400.00 over the pot, allowed by Dan Decides, Chief Executive (up to £900.00): "
        "variation 1 of A-031-01"
    )


def test_months_follow_payment_or_what_is_due(record: Record) -> None:
    decided(record)
    parts = (
        Instalment(60_000, "signature", due_on=date(2027, 1, 31)),
        Instalment(30_000, "the end", due_on=date(2026, 12, 5)),
        Instalment(10_000, "later"),
    )
    usual = record.ask(lambda s: awards(s, 1))[0].instalments
    record.perform(SetInstalments(1, "ACF-001", "", parts, usual), OFFICER)
    record.perform(SignAgreement(1, "ACF-001", DAY, None), OFFICER)

    first = record.ask(lambda s: awards(s, 1))[:1]

    assert month_sums(first, TODAY) == (
        MonthSum(date(2026, 12, 1), 0, 30_000),
        MonthSum(date(2027, 1, 1), 0, 60_000),
        MonthSum(None, 0, 10_000),
    )
    paid = replace(first[0], instalments=(replace(parts[0], paid_on=date(2026, 12, 9)), *parts[1:]))
    assert month_sums((paid,), TODAY)[0] == MonthSum(date(2026, 12, 1), 60_000, 30_000)


def test_a_day_that_was_over_before_anybody_signed_is_no_month_of_a_payment() -> None:
    parts = (
        Instalment(60_000, "end of quarter 1", due_on=date(2026, 12, 9)),
        Instalment(1, "x", due_on=TODAY),
    )
    row = replace(ROW, instalments=parts)

    unsigned, signed = month_sums((row,), TODAY), month_sums((replace(row, agreed_on=DAY),), TODAY)

    assert unsigned == (MonthSum(date(2026, 12, 1), 0, 1), MonthSum(None, 0, 60_000))
    assert signed == (MonthSum(date(2026, 12, 1), 0, 60_001),)


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(st.lists(st.tuples(st.integers(1, 10**9), DAYS, DAYS), max_size=30))
def test_the_months_hold_every_penny_once(parts: list[tuple[int, date | None, date | None]]) -> None:
    made = tuple(Instalment(pence, "x", paid, due) for pence, paid, due in parts)

    found = month_sums((replace(ROW, instalments=made),), TODAY)

    assert sum(month.total_pence for month in found) == sum(pence for pence, _, _ in parts)
    assert sum(month.paid_pence for month in found) == sum(pence for pence, paid, _ in parts if paid)
    dated = [month.first for month in found if month.first is not None]
    assert dated == sorted(set(dated))
