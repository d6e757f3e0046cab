"""From places to money: the three rules, caps, tolerance and ties on the budget line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.allocating.rule_notes import rule_note
from scoring.rank import rank
from scoring.ranking import Outcome
from scoring.round import Area, ChairDecision, ChairDecisionKind
from scoring.scheme import Allocation
from tests.scoring.builders import application, one_question, simple_round


def outcomes(round_):
    return {s.reference: (str(s.outcome), (s.offer_pence or 0) // 100) for s in rank(round_).standings}


def allocated(allocation, asks, pot, **more):
    """Return outcomes with the offers in pounds, for applications ranked in the order given."""
    totals = {name: 99 - i for i, name in enumerate(asks)}
    scheme = one_question(allocation=Allocation(allocation), **more)
    return outcomes(simple_round(totals, pot=pot, asks=asks, scheme=scheme))


def test_stop_funds_down_the_list_to_the_first_that_does_not_fit():
    assert allocated("stop", {"A": 600, "B": 500, "C": 100}, 1000) == {
        "A": ("fund", 600), "B": ("reserve", 0), "C": ("reserve", 0),
    }  # fmt: skip


def test_skip_tries_the_next_and_names_what_it_skipped():
    totals = {"A": 90, "B": 80, "C": 70}
    asks = {"A": 600, "B": 500, "C": 100}
    round_ = simple_round(totals, pot=1000, asks=asks, scheme=one_question(allocation=Allocation.SKIP))

    ranking = rank(round_)

    assert outcomes(round_) == {"A": ("fund", 600), "B": ("reserve", 0), "C": ("fund", 100)}
    assert rule_note(ranking.standings[1]) == "skipped: asks £500.00, £400.00 left"
    assert (ranking.areas[0].offered_pence, ranking.areas[0].remaining_pence) == (70_000, 30_000)


def test_part_offers_what_is_left_when_it_is_half_and_then_stops():
    assert allocated("part", {"A": 600, "B": 800, "C": 100}, 1000) == {
        "A": ("fund", 600), "B": ("part", 400), "C": ("reserve", 0),
    }  # fmt: skip
    assert allocated("part", {"A": 600, "B": 801, "C": 100}, 1000)["B"] == ("reserve", 0)


def test_part_goes_by_the_stated_minimum_where_there_is_one():
    applications = (application("A", 600), application("B", 500, minimum_pence=40_001))
    scheme = one_question(allocation=Allocation.PART)
    round_ = simple_round({"A": 90, "B": 80}, pot=1000, applications=applications, scheme=scheme)

    assert outcomes(round_)["B"] == ("reserve", 0)
    enough = (applications[0], replace(applications[1], minimum_pence=40_000))
    assert outcomes(replace(round_, applications=enough))["B"] == ("part", 400)


def test_a_request_over_the_cap_that_was_let_in_is_offered_the_cap():
    round_ = simple_round({"A": 90}, asks={"A": 5200}, scheme=one_question(cap_per_award_pence=500_000))

    standing = rank(round_).standings[0]

    assert (standing.outcome, standing.offer_pence) == (Outcome.FUND, 500_000)
    assert rule_note(standing) == "fund, capped at £5,000.00 of £5,200.00 asked"


def test_an_organisations_cap_is_one_over_all_areas_and_a_used_up_one_stops_no_list():
    group = {"organisation": "Made-up Youth  Club"}
    applications = (
        application("A", 700, **group),
        application("B", 700, area="Dudley", organisation="made-up youth club"),
        application("C", 700, area="Dudley", organisation="Made-up Youth Club"),
        application("D", 100, area="Dudley"),
    )
    round_ = simple_round(
        {"A": 90, "B": 80, "C": 70, "D": 60},
        areas=(Area("Coventry", 100_000), Area("Dudley", 100_000)),
        applications=applications,
        scheme=one_question(cap_per_organisation_pence=100_000),
    )

    assert outcomes(round_) == {
        "A": ("fund", 700), "B": ("fund", 300), "C": ("reserve", 0), "D": ("fund", 100),
    }  # fmt: skip


def test_numbers_tell_organisations_apart_where_both_have_one():
    applications = (
        application("A", 700, organisation="Same Name", charity_number="1000001"),
        application("B", 700, organisation="Same Name", charity_number="1000002"),
        application("C", 700, organisation="Other Name", charity_number="1000001"),
    )
    scheme = one_question(cap_per_organisation_pence=100_000)
    round_ = simple_round({"A": 90, "B": 80, "C": 70}, applications=applications, scheme=scheme)

    assert outcomes(round_) == {"A": ("fund", 700), "B": ("fund", 700), "C": ("fund", 300)}


def test_available_is_pot_with_tolerance_less_committed_to_the_penny():
    area = Area("Coventry", 33_333, committed_pence=40_000)
    round_ = simple_round({"A": 90}, areas=(area,), scheme=one_question(tolerance_percent=Decimal("2.4")))

    ranking = rank(round_)

    # 33333 × 1.024 = 34132.992, so 34132 − 40000
    assert ranking.areas[0].available_pence == -5868
    assert ranking.standings[0].outcome is Outcome.RESERVE
    assert len(ranking.warnings) == 1


def test_below_threshold_is_not_a_candidate_until_the_chair_excepts_it():
    scheme = one_question(minimum_total=Decimal(60))
    round_ = simple_round({"A": 90, "B": 50}, scheme=scheme)
    allowed = replace(round_, chair_decisions=(ChairDecision("B", ChairDecisionKind.EXCEPTION),))

    assert outcomes(round_)["B"] == ("below", 0)
    assert outcomes(allowed)["B"] == ("fund", 1000)
    assert rank(allowed).standings[1].below_threshold == ("total 50.00 is below the minimum of 60.00",)


@pytest.mark.parametrize("allocation", ["stop", "skip", "part"])
def test_a_tie_that_straddles_the_line_stops_the_list_and_asks_for_the_chair(allocation):
    totals = {"A": 90, "B": 80, "C": 80, "D": 70, "E": 10}
    asks = dict.fromkeys(totals, 400)
    scheme = one_question(allocation=Allocation(allocation), minimum_total=Decimal(20))
    round_ = simple_round(totals, pot=900, asks=asks, scheme=scheme)

    ranking = rank(round_)

    assert outcomes(round_) == {
        "A": ("fund", 400), "B": ("tie", 0), "C": ("tie", 0), "D": ("tie", 0), "E": ("below", 0),
    }  # fmt: skip
    assert ranking.areas[0].stopped_by_tie


def test_tied_ones_that_all_fit_are_funded_and_tied_ones_of_which_none_would_fit_go_to_reserve():
    totals = {"A": 90, "B": 80, "C": 80, "D": 70}
    asks = {"A": 400, "B": 300, "C": 300, "D": 50}

    def given_pot(pot, rule):
        return outcomes(
            simple_round(totals, pot=pot, asks=asks, scheme=one_question(allocation=Allocation(rule)))
        )

    assert given_pot(1000, "stop")["C"] == ("fund", 300)
    assert given_pot(600, "stop") == {
        "A": ("fund", 400), "B": ("reserve", 0), "C": ("reserve", 0), "D": ("reserve", 0),
    }  # fmt: skip
    assert given_pot(600, "skip")["D"] == ("fund", 50)
    # under part, B or C taken first would get the £200 left, more than half of £300
    assert given_pot(600, "part")["B"] == ("tie", 0)


def test_a_cap_that_makes_tied_offers_depend_on_their_order_is_a_straddling_tie():
    applications = (
        application("A", 700, organisation="One Group"),
        application("B", 700, organisation="One Group"),
    )
    scheme = one_question(cap_per_organisation_pence=100_000)
    round_ = simple_round({"A": 80, "B": 80}, applications=applications, scheme=scheme)

    assert outcomes(round_) == {"A": ("tie", 0), "B": ("tie", 0)}
    untied = simple_round({"A": 81, "B": 80}, applications=applications, scheme=scheme)
    assert outcomes(untied) == {"A": ("fund", 700), "B": ("fund", 300)}


@given(
    st.sampled_from(list(Allocation)),
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 60)), min_size=1, max_size=9),
    st.integers(0, 150),
    st.none() | st.integers(1, 50),
    st.none() | st.integers(1, 80),
)
def test_offers_never_pass_the_money_the_request_or_the_caps(allocation, rows, pot, award_cap, group_cap):
    applications = tuple(
        application(f"R{i}", asks, organisation=f"Group {i % 3}") for i, (_, asks) in enumerate(rows)
    )
    scheme = one_question(
        allocation=allocation,
        cap_per_award_pence=award_cap and award_cap * 100,
        cap_per_organisation_pence=group_cap and group_cap * 100,
    )
    totals = {f"R{i}": 50 + score for i, (score, _) in enumerate(rows)}

    ranking = rank(simple_round(totals, pot=pot, applications=applications, scheme=scheme))

    offers = {s.reference: s.offer_pence or 0 for s in ranking.standings}
    assert ranking.areas[0].offered_pence == sum(offers.values()) <= max(pot * 100, 0)
    for standing in ranking.standings:
        assert (standing.offer_pence is not None) == (standing.outcome in (Outcome.FUND, Outcome.PART))
        assert offers[standing.reference] <= standing.requested_pence
        assert award_cap is None or offers[standing.reference] <= award_cap * 100
        assert standing.cause
    for group in range(3):
        given_to = sum(p for r, p in offers.items() if int(r[1:]) % 3 == group)
        assert group_cap is None or given_to <= group_cap * 100
