"""What is over a pot, who allows it, and what nobody allows."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.allocating.over_pot import (
    BEFORE,
    PotUse,
    allowed_by,
    last_within,
    left_closed,
    over_by_post,
    over_of_area,
    over_words,
    pot_use,
    refusal,
    short_over,
    unused_words,
    with_allowances,
)
from scoring.ranking import Allowance, AreaStanding, Ranking
from scoring.scheme import Scheme

LATER = Allowance("Coventry", 87_000, "Jo Sample", "Chief Executive", "the last two are one project.")
BARE = PotUse("Coventry", 2_000_000, 0, 2_187_000)
PUBLISHED = PotUse("Coventry", 2_000_000, 0, 2_099_650, 100_000, Decimal(5), "A. Example, Commissioner")
BOTH = PotUse("Coventry", 2_000_000, 0, 2_187_000, 100_000, Decimal(5), "A. Example", (LATER,))


def test_the_day_on_which_it_was_allowed_is_said_where_it_is_known() -> None:
    known = replace(LATER, on=date(2026, 6, 16))

    assert allowed_by(known, is_part=True) == (
        "allowed by Jo Sample, Chief Executive, on 16 June 2026 (up to £870.00): the last two are one project"
    )
    assert allowed_by(LATER) == "allowed by Jo Sample, Chief Executive: the last two are one project"


def test_what_is_within_the_pot_says_nothing() -> None:
    within = PotUse("Coventry", 2_000_000, 100_000, 1_900_000)

    assert (within.left_pence, within.over_pence, within.beyond_pence) == (0, 0, 0)
    assert (over_words(within), short_over(within), refusal(within)) == ("", "", "")


@given(st.integers(0, 9_00), st.integers(0, 20_00), st.integers(0, 2_00), st.integers(0, 2_00))
def test_an_area_that_gives_nothing_waits_for_nobody_to_allow_it(
    pot: int, committed: int, tolerance: int, later: int
) -> None:
    """Whatever was committed of its pot before, and whatever of that a tolerance or authority covers."""
    allowances = (replace(LATER, pence=later),) if later else ()
    use = PotUse("Overton", pot, committed, 0, tolerance, Decimal(5), allowances=allowances)

    assert (use.beyond_pence, refusal(use)) == (0, "")
    for words in (over_words(use), short_over(use), over_by_post(use)):
        assert "not allowed by anybody" not in words
        assert "allowed by " not in words or tolerance or later
    past = committed > pot + tolerance + later
    assert (BEFORE in over_words(use)) == (BEFORE in short_over(use)) == use.is_before == past


@given(st.integers(0, 9_00), st.integers(0, 20_00), st.integers(1, 9_00))
def test_what_an_area_gives_past_its_pot_somebody_must_allow(pot: int, committed: int, given: int) -> None:
    use = PotUse("Overton", pot, committed, given)

    assert use.beyond_pence == max(committed + given - pot, 0)
    assert bool(refusal(use)) == ("not allowed by anybody yet" in over_words(use)) == bool(use.beyond_pence)


def test_pot_tolerance_and_what_is_over_are_three_figures() -> None:
    # 21,870 of a pot of 20,000 with 1,000 published and 870 allowed later
    assert (BOTH.pot_pence, BOTH.tolerance_pence, BOTH.over_pence) == (2_000_000, 100_000, 187_000)
    assert (BOTH.limit_pence, BOTH.beyond_pence, BOTH.left_pence) == (2_187_000, 0, 0)


def test_an_area_says_its_name_before_what_is_over_and_nothing_within() -> None:
    assert over_of_area(BARE) == "Coventry: £1,870 over the pot, not allowed by anybody yet."
    assert over_of_area(PotUse("Coventry", 2_000_000, 0, 1_900_000)) == ""


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (BARE, "£1,870.00 over the pot, not allowed by anybody yet"),
        (
            PUBLISHED,
            "£996.50 over the pot, allowed by A. Example, Commissioner: the published tolerance of 5%",
        ),
        (
            PotUse("Coventry", 100_000, 0, 104_000, 5_000, Decimal(5)),
            "£40.00 over the pot, allowed by the published tolerance of 5%; no authority is named",
        ),
        (
            PotUse("Coventry", 2_000_000, 0, 2_087_000, allowances=(LATER,)),
            "£870.00 over the pot, allowed by Jo Sample, Chief Executive: the last two are one project",
        ),
        (
            PotUse("Coventry", 2_000_000, 10_000, 2_050_000, allowances=(LATER,)),
            "£600.00 over the pot, allowed by Jo Sample, Chief Executive (up to £870.00): the last two are "
            "one project",
        ),
        (
            BOTH,
            "£1,870.00 over the pot: £1,000.00 allowed by A. Example: the published tolerance of 5%; "
            "£870.00 allowed by Jo Sample, Chief Executive: the last two are one project",
        ),
        (
            PotUse("Coventry", 2_000_000, 0, 2_100_000, allowances=(LATER,)),
            "£1,000.00 over the pot: £870.00 allowed by Jo Sample, Chief Executive: the last two are one "
            "project; £130.00 not allowed by anybody yet",
        ),
    ],
)
def test_what_is_over_names_who_allows_it(use: PotUse, words: str) -> None:
    assert over_words(use) == words
    assert over_by_post(use) == words.replace("Jo Sample, Chief Executive", "the Chief Executive")


def test_what_is_allowed_and_not_used_is_told_as_well() -> None:
    within = PotUse("Coventry", 2_000_000, 0, 1_000_000, allowances=(LATER,))

    assert unused_words(within) == (
        "£870.00 not used, allowed by Jo Sample, Chief Executive: the last two are one project"
    )
    assert unused_words(BOTH) == ""
    two = PotUse("Coventry", 2_000_000, 0, 2_087_000, allowances=(LATER, LATER))
    assert unused_words(two) == unused_words(within)


def test_what_is_over_in_short_says_whether_it_is_allowed() -> None:
    assert short_over(PUBLISHED) == "£996.50 over the pot, within the tolerance"
    assert short_over(BOTH) == "£1,870.00 over the pot, allowed"
    assert short_over(BARE) == "£1,870.00 over the pot, not allowed by anybody yet"


def test_money_past_what_is_allowed_is_refused_with_figures_and_remedy() -> None:
    remedy = "Lower an amount, move one to reserve, or record who allows it and by how much."
    part = PotUse("Coventry", 2_000_000, 50_000, 2_100_000, allowances=(LATER,))

    assert refusal(BARE) == (
        f"Coventry: £21,870.00 is £1,870.00 over the £20,000.00 pot, and nobody allows that. {remedy}"
    )
    assert refusal(part) == (
        "Coventry: £21,500.00, £500.00 committed before, is £1,500.00 over the £20,000.00 pot, and nobody "
        f"allows £630.00 of that. {remedy}"
    )


def test_a_ranking_carries_what_was_allowed_and_offers_none_of_it() -> None:
    area = AreaStanding("Coventry", 2_000_000, 0, 50_000, 2_050_000, 1_900_000, False)
    other = area._replace(area="Dudley")
    scheme = Scheme((), tolerance_percent=Decimal(5), tolerance_authority="A. Example")

    carrying = with_allowances(Ranking("F", "R", scheme, (), (area, other), ()), (LATER,))

    assert [one.allowances for one in carrying.areas] == [(LATER,), ()]
    assert [one.available_pence for one in carrying.areas] == [2_050_000, 2_050_000]
    use = pot_use(carrying.areas[0], scheme)
    assert (use.given_pence, use.tolerance_pence, use.limit_pence) == (1_900_000, 100_000, 2_187_000)


def test_the_line_of_a_limit_is_drawn_under_the_last_award_that_keeps_it() -> None:
    # £1,000 was committed; with £15,000 it is £16,000, with £5,000 more £21,000, over the pot of £20,000
    use = PotUse("Coventry", 2_000_000, 100_000, 2_100_000)

    assert last_within(use, [1_500_000, None, 500_000], 2_000_000) == 0
    assert last_within(use, [None, None], 2_000_000) == -1


def test_an_allowance_of_which_nothing_is_used_is_not_said() -> None:
    more = Allowance("Coventry", 50_000, "Al Extra", "Commissioner", "a second one.")
    use = PotUse("Coventry", 2_000_000, 0, 2_050_000, 0, Decimal(0), "", (LATER, more))

    assert "Jo Sample" in over_words(use)
    assert "Al Extra" not in over_words(use)


def test_a_pot_that_is_closed_to_who_reads_tells_no_sum() -> None:
    closed = replace(BOTH, closed=("ACF-002",))

    assert over_words(closed) == left_closed(("ACF-002",))
    assert left_closed(("ACF-002",)).endswith("until the decision, since you declared an interest in ACF-002")
    assert left_closed(()) == ""
