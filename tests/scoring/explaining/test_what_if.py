"""Another split, rule or way to combine, tried beside the official list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.explaining.what_if import Trial, compared, has_two_sides, moved, tried, with_split
from scoring.rank import rank
from scoring.ranking import Outcome
from scoring.round import Round
from scoring.scheme import Allocation, Combine, Scheme
from tests.scoring.builders import application, criterion, one_question, published, sheet, simple_round

SCHEME = Scheme((criterion("Q", 80), criterion("C", 20, "cost")), combine=Combine.MEAN)


def two() -> Round:
    """Return X, strong on quality, and Y, strong on cost; the pot pays for one."""
    return replace(
        simple_round({}, scheme=SCHEME, pot=1000),
        applications=(application("X"), application("Y")),
        sheets=(sheet("X", 4, 1), sheet("Y", 3, 5)),
    )


def test_a_split_shares_weights_in_proportion_within_each_side() -> None:
    scheme = with_split(published(), 70)

    assert (scheme.quality_1e4, scheme.cost_1e4) == (700_000, 300_000)
    assert scheme.criteria[0].weight_1e4 == 218_750  # 25 of 80 at 70 is 21.875
    assert scheme.criteria[6].weight_1e4 == 75_000  # 5 of 20 at 30 is 7.5


@given(st.integers(5, 95))
def test_no_weight_is_lost_whatever_the_split(share: int) -> None:
    assert sum(c.weight_1e4 for c in with_split(published(), share).criteria) == 1_000_000


def test_a_side_never_loses_all_its_weight() -> None:
    with pytest.raises(ValueError, match="from 5 to 95"):
        with_split(published(), 100)


def test_a_trial_names_who_would_fare_otherwise_and_leaves_the_round() -> None:
    # 80:20 X 64 + 4 = 68, Y 48 + 20 = 68: a tie that the chair decides; 90:10 X 72 + 2 = 74, Y 54 + 10 = 64
    round_ = two()
    official = rank(round_)
    assert [s.outcome for s in official.standings] == [Outcome.TIE, Outcome.TIE]

    found = moved(official, tried(round_, Trial(quality_percent=90)))

    assert [(m.reference, m.before_pence, m.after_pence) for m in found] == [("X", 0, 100_000), ("Y", 0, 0)]
    assert found[0].words == "Group X £0 to £1,000"
    assert found[1].words == "Group Y tie to reserve"
    assert rank(round_) == official


def test_only_the_area_on_show_is_compared() -> None:
    official = rank(two())

    assert moved(official, tried(two(), Trial(quality_percent=90)), "Dudley") == ()


def test_nothing_tried_is_the_official_list() -> None:
    assert Trial().is_official
    assert tried(two(), Trial()) == rank(two())


def test_the_rule_and_the_way_to_combine_are_tried() -> None:
    round_ = simple_round({"A": 90, "B": 80, "C": 70}, pot=1000, asks={"A": 800, "B": 400, "C": 200})

    under_skip = tried(round_, Trial(combine=Combine.MEDIAN, allocation=Allocation.SKIP))

    assert [s.offer_pence for s in under_skip.standings] == [80_000, None, 20_000]


def test_a_scheme_of_one_side_has_no_split_to_try() -> None:
    round_ = simple_round({"A": 90})

    assert not has_two_sides(one_question())
    assert tried(round_, Trial(quality_percent=70)) == rank(round_)


def test_weights_of_a_side_without_any_stay() -> None:
    assert with_split(one_question(), 70).criteria[0].weight_1e4 == 700_000


def three(quorum: int) -> Round:
    """Return X with three sheets and Y with two, of which M3 marked X alone."""
    scheme = replace(SCHEME, quorum=quorum)
    return replace(
        simple_round({}, scheme=scheme, pot=10_000),
        applications=(application("X"), application("Y")),
        sheets=(
            sheet("X", 5, 5, member="M1"),
            sheet("X", 5, 5, member="M2"),
            sheet("X", 0, 0, member="M3"),
            sheet("Y", 3, 3, member="M1"),
            sheet("Y", 3, 3, member="M2"),
        ),
    )


def test_leaving_a_member_out_takes_their_marks_and_lowers_the_quorum_where_they_count() -> None:
    # quorum 3: X counts three and is ranked; Y counts two and is not. Without M3 X counts two of two.
    round_ = three(3)
    assert [s.reference for s in rank(round_).standings if s.place] == ["X"]

    after = tried(round_, Trial(without="M3"))

    # X had the mean of 5, 5, 0: 66.67 of 100; without M3 it has 100
    assert [(s.reference, s.total_1e2) for s in after.standings if s.place] == [("X", 10_000)]


def test_without_agreed_marks_of_ones_own_the_mean_is_compared_with_the_mean() -> None:
    round_ = three(2)
    consensus = replace(round_, scheme=replace(round_.scheme, combine=Combine.CONSENSUS))
    official = rank(consensus)
    assert not any(s.place for s in official.standings)  # nothing is agreed

    found = compared(consensus, official, Trial(without="M3"))

    assert found.is_on_mean
    assert [s.total_1e2 for s in found.before.standings] == [6_667, 6_000]
    assert [s.total_1e2 for s in found.after.standings] == [10_000, 6_000]


def test_every_other_trial_is_compared_with_the_official_list() -> None:
    round_ = two()
    official = rank(round_)

    found = compared(round_, official, Trial(quality_percent=90))

    assert found.before is official
    assert not found.is_on_mean


def test_a_panel_of_one_left_out_leaves_nobody_ranked() -> None:
    round_ = two()
    (member,) = {s.member for s in round_.sheets}

    assert not any(s.place for s in tried(round_, Trial(without=member)).standings)
