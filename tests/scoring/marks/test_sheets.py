"""Score sheets: their sums, how severe a member is, and what a reason should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.marks.sheets import ADVICE, Named, Severity, comparisons, severities, sheet_total, spread
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


MARK = st.integers(0, 5)


def test_a_gap_is_the_own_mark_less_the_mean_of_the_others() -> None:
    sheets = [("M1", f"A{n}", (2, 4)) for n in range(5)]
    sheets += [("M2", f"A{n}", (5, 4)) for n in range(5)]
    sheets += [("M3", f"A{n}", (4, 3)) for n in range(5)]

    found = {severity.member: severity for severity in severities(sheets)}

    # M1: 2 − 4.5 = −2.5 and 4 − 3.5 = 0.5, together −1.
    assert found["M1"] == Severity("M1", (-100,) * 5, -100)
    # M2: 5 − 3 = 2 and 4 − 3.5 = 0.5, together 1.25.
    assert found["M2"].mean_1e2 == 125
    assert found["M3"].mean_1e2 == -25
    assert found["M1"].shared == 5


def test_four_shared_applications_say_nothing() -> None:
    sheets = [(member, f"A{n}", (3,)) for n in range(4) for member in ("M1", "M2")]
    sheets.append(("M1", "A4", (3,)))

    assert severities(sheets) == ()


def test_a_criterion_that_only_one_marked_counts_for_nobody() -> None:
    sheets = [("M1", f"A{n}", (5, None)) for n in range(5)] + [("M2", f"A{n}", (4, 0)) for n in range(5)]

    assert [severity.mean_1e2 for severity in severities(sheets)] == [100, -100]


def test_an_application_with_no_criterion_in_common_is_not_shared() -> None:
    sheets = [("M1", f"A{n}", (5, None)) for n in range(6)] + [("M2", f"A{n}", (None, 0)) for n in range(6)]

    assert severities(sheets) == ()


def test_gaps_of_halves_round_up() -> None:
    sheets = [("M1", f"A{n}", (1, 0, 0)) for n in range(5)] + [("M2", f"A{n}", (0, 0, 0)) for n in range(5)]

    assert [severity.mean_1e2 for severity in severities(sheets)] == [33, -33]


@given(st.lists(st.tuples(MARK, MARK), min_size=5, max_size=12))
def test_two_members_stand_to_each_other_as_mirror_images(marks: list[tuple[int, int]]) -> None:
    sheets = [(f"M{who}", f"A{n}", (pair[who],)) for n, pair in enumerate(marks) for who in (0, 1)]

    first, second = severities(sheets)

    assert first.gaps_1e2 == tuple(-gap for gap in second.gaps_1e2)


@given(st.lists(st.tuples(MARK, MARK, MARK), min_size=5, max_size=12))
def test_members_who_mark_alike_have_no_gap(marks: list[tuple[int, int, int]]) -> None:
    sheets = [(member, f"A{n}", row) for n, row in enumerate(marks) for member in ("M1", "M2", "M3")]

    assert {severity.mean_1e2 for severity in severities(sheets)} == {0}


EVERYONE = (
    Named("W-014", "Bilston Boxing Futures"),
    Named("W-021", "Heath Town Youth Voice"),
    Named("W-006", "Ring Road Runners CIC"),
    Named("W-011", "St Chad's Tenants"),
)


def said(reason: str) -> tuple[str, ...]:
    return comparisons(reason, "W-021", EVERYONE)


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "   ",
        "Clear measures: attendance, exclusions and calls, each with a baseline.",
        "Attendance was better than expected at the pilot.",
        "W-021 has letters from six neighbours.",
        "Heath Town Youth Voice names its trustees.",
        "Less than half of the budget is itemised.",
        "More than 60 young people took part.",
        "The plan shares W-0145 as a code.",
    ],
)
def test_a_reason_about_the_criterion_is_not_flagged(reason: str) -> None:
    assert said(reason) == ()


@pytest.mark.parametrize(
    ("reason", "sign"),
    [
        ("Not as clear as w-014.", "It names W-014."),
        ("As Bilston boxing futures has shown.", "It names Bilston Boxing Futures (W-014)."),
        ("Less reach than Ring Road Runners", "It names Ring Road Runners CIC (W-006)."),
        ("St Chad’s Tenants did this well", "It names St Chad's Tenants (W-011)."),
        ("Better than the boxing club.", "It says “Better than”."),
        ("It reaches fewer people than the others.", "It says “than the others”."),
        ("Weak compared with other bids.", "It says “compared with other bids”."),
        ("The strongest application.", "It says “strongest application”."),
        ("Best of all on this.", "It says “Best of all”."),
    ],
)
def test_a_comparison_with_another_applicant_is_named(reason: str, sign: str) -> None:
    assert said(reason) == (sign, ADVICE)


def test_one_phrase_is_flagged_once() -> None:
    assert said("Better than the others.") == ("It says “Better than”.", ADVICE)


def test_the_same_sign_is_told_once() -> None:
    assert said("Better than W-014. W-014 is better than this.")[:2] == (
        "It names W-014.",
        "It says “Better than”.",
    )


def test_two_applications_of_one_organisation_do_not_flag_one_another() -> None:
    twice = (*EVERYONE, Named("W-030", "Heath Town Youth Voice"))

    assert comparisons("Heath Town Youth Voice names its trustees.", "W-021", twice) == ()
