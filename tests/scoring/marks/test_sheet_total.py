"""What one member's sheet comes to while it is filled in, and that it ends at the panel's total."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.marks.sheets import sheet_total, spread
from scoring.rank import rank
from scoring.round import Application, Area, Round, Sheet
from scoring.scheme import Basis, Combine, Criterion, Method, Scheme, Side

WEIGHTS = (("A1", 25), ("A2", 15), ("A3", 15), ("A4", 15), ("A5", 10), ("A6", 15), ("A7", 5))
ACF = Scheme(
    tuple(
        Criterion(code, code, Side.COST if code in ("A6", "A7") else Side.QUALITY, weight * 10_000)
        for code, weight in WEIGHTS
    ),
    combine=Combine.MEAN,
)
ALL_APPLICABLE: frozenset[str] = frozenset()


def test_an_unfinished_sheet_says_how_much_of_the_whole_is_marked() -> None:
    total = sheet_total(ACF, (4, 5, 4, 4, None, None, None), ALL_APPLICABLE)

    # 25 x 0.8 + 15 x 1 + 15 x 0.8 + 15 x 0.8 = 20 + 15 + 12 + 12 = 59; 25 + 15 + 15 + 15 = 70
    assert total.words == "59.00 of 70 marked, 100 in all"
    assert total.missing == ("A5", "A6", "A7")
    assert not total.is_complete


def test_a_sheet_without_a_mark_has_no_points_and_lacks_everything() -> None:
    total = sheet_total(ACF, (None,) * 7, ALL_APPLICABLE)

    assert total.words == "0.00 of 0 marked, 100 in all"
    assert len(total.missing) == 7


def test_a_full_sheet_is_out_of_the_whole() -> None:
    total = sheet_total(ACF, (4, 3, 5, 3, 4, 4, 2), ALL_APPLICABLE)

    assert total.words == "75.00 of 100"  # the worked example of the rules
    assert total.is_complete


def test_a_criterion_set_aside_shares_its_weight_on_its_own_side() -> None:
    total = sheet_total(ACF, (4, 3, 5, 3, 4, 4, None), frozenset({"A7"}))

    assert total.words == "77.00 of 100"  # 61 + 20 x 0.8 = 77


def test_a_computed_criterion_is_no_gap_and_is_said_apart() -> None:
    cost = Criterion("C", "Cost", Side.COST, 300_000, Method.LOWEST, Basis.REQUESTED)
    scheme = Scheme((Criterion("Q", "Quality", Side.QUALITY, 700_000), cost))

    total = sheet_total(scheme, (4,), ALL_APPLICABLE)

    assert total.words == "56.00 of 70 marked, 100 in all, 30 from figures"  # 70 x 0.8
    assert total.is_complete


def test_the_spread_is_the_highest_minus_the_lowest_of_at_least_two() -> None:
    assert spread((2, None, 5, 4)) == 3
    assert spread((2, None)) is None


@given(
    marks=st.tuples(*[st.integers(0, 5)] * 7),
    weights=st.lists(st.integers(1, 400_000), min_size=7, max_size=7),
)
def test_a_full_sheet_shows_the_total_that_the_panel_will_see(
    marks: tuple[int, ...], weights: list[int]
) -> None:
    of_whole = 1_000_000 - sum(weights[:-1])
    if of_whole <= 0:
        return
    shared = (*weights[:-1], of_whole)
    scheme = Scheme(
        tuple(
            Criterion(code, code, Side.COST if code in ("A6", "A7") else Side.QUALITY, weight)
            for (code, _), weight in zip(WEIGHTS, shared, strict=True)
        ),
        combine=Combine.MEAN,
    )
    round_ = Round(
        "Fund",
        "Round",
        scheme,
        (Area("Dudley", 1),),
        (Application("D-1", "Group", "Dudley", 100),),
        (Sheet("M1", "D-1", marks, submitted=True),),
    )

    (standing,) = rank(round_).standings

    assert sheet_total(scheme, marks, ALL_APPLICABLE).points_1e2 == standing.total_1e2
