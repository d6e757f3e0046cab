"""Totals out of marks, and the places that they give."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.places.totals import (
    from_columns,
    left_to_share,
    share_words,
    split_range,
    with_split,
)
from scoring.rank import rank
from scoring.ranking import CriterionResult, Status
from scoring.round import Area, ChairDecision, ChairDecisionKind, NotApplicable, Round
from scoring.scheme import Combine, Criterion, Method, RankedBy, Scheme, Side
from tests.scoring.builders import (
    application,
    cost_round,
    criterion,
    one_question,
    places_of,
    published,
    sheet,
    simple_round,
)


def test_totals_that_differ_only_beyond_the_second_decimal_are_a_tie():
    scheme = Scheme(
        (criterion("A", 50), criterion("B", 50)), scale_maximum=3_000_000, combine=Combine.MEAN, quorum=1
    )
    round_ = Round(
        "F", "R", scheme, (Area("Coventry", 0),), (application("A"), application("B")),
        (sheet("A", 1_500_001, 1_500_000), sheet("B", 1_500_000, 1_500_000)),
    )  # fmt: skip

    standings = rank(round_).standings

    assert [s.total_1e2 for s in standings] == [5000, 5000]
    assert places_of(standings) == {"A": "=1", "B": "=1"}


def test_price_per_quality_point_ranks_the_printed_price_lowest_first():
    scheme = published(
        ranked_by=RankedBy.PRICE_PER_QUALITY_POINT, minimum_quality=Decimal(1), ladder=("received",)
    )
    applications = (application("A", 3000), application("B", 1500), application("C", 100))
    sheets = (sheet("A", *[5] * 7), sheet("B", *[2] * 7), sheet("C", *[0] * 7))
    round_ = Round("F", "R", scheme, (Area("Coventry", 10**7),), applications, sheets)

    standings = rank(round_).standings

    # A: £3,000 / 100 = £30.00; B: £1,500 / 40 = £37.50; C has no quality, so no price: last
    assert [(s.reference, s.price_pence, s.place) for s in standings] == [
        ("A", 3000, 1), ("B", 3750, 2), ("C", None, 3),
    ]  # fmt: skip


EXAMPLE = (4, 3, 5, 3, 4, 4, 2)


def round_of(scheme: Scheme, *sheets: object, **more: object) -> Round:
    return Round(
        "Fund",
        "Round",
        scheme,
        (Area("Coventry", 1_000_000),),
        (application("X1"),),
        tuple(sheets),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def only(round_: Round):
    return rank(round_).standings[0]


def test_worked_example_of_the_published_rules_also_with_a_criterion_set_aside() -> None:
    standing = only(round_of(published(), sheet("X1", *EXAMPLE)))

    # Q = 100·(25·0.8 + 15·0.6 + 15·1 + 15·0.6 + 10·0.8)/80 = 100·61/80; C = 100·14/20;
    # T = (80·76.25 + 20·70)/100
    assert (standing.quality_1e2, standing.cost_1e2, standing.total_1e2) == (7625, 7000, 7500)
    # 25·0.8, 15·0.6, 15·1, 15·0.6, 10·0.8, 15·0.8, 5·0.4
    assert [c.points_1e2 for c in standing.criteria] == [2000, 900, 1500, 900, 800, 1200, 200]

    not_applicable = (NotApplicable("X1", "A7"),)

    standing = only(round_of(published(), sheet("X1", *EXAMPLE[:6], None), not_applicable=not_applicable))

    # C = 100·12/15 = 80; T = 0.8·76.25 + 0.2·80 = 77; A6 carries 15·20/15 = 20, points 20·0.8
    assert (standing.quality_1e2, standing.cost_1e2, standing.total_1e2) == (7625, 8000, 7700)
    assert standing.criteria[5][1:] == (400, 2000, 1600)
    assert standing.criteria[6] == ("A7", None, 0, 0)


@pytest.mark.parametrize(
    ("method", "names", "more", "expected"),
    [
        ("lowest", "AB", {}, {"A": 8180, "B": 8250}),
        ("lowest", "ABC", {}, {"A": 6200, "B": 5948}),
        ("mean", "AB", {}, {"A": 6874, "B": 6976}),
        ("mean", "ABD", {}, {"A": 8564, "B": 8250}),
        ("spread", "AB", {}, {"A": 5600, "B": 8250}),
        ("linear", "ABC", {"low": Decimal(0), "high": Decimal(5000)}, {"A": 5600, "B": 5670, "C": 3800}),
    ],
)
def test_cost_methods_give_the_published_facts(method, names, more, expected):
    standings = rank(cost_round(method, names, **more)).standings

    assert {s.reference: s.total_1e2 for s in standings if s.reference in expected} == expected


@pytest.mark.parametrize("combine", list(Combine))
@pytest.mark.parametrize("sheets", range(5))
def test_a_scheme_of_computed_criteria_alone_asks_no_number_of_sheets(combine: Combine, sheets: int):
    priced = criterion("C", 100, "cost", method=Method.LINEAR, low=Decimal(0), high=Decimal(3000))
    scheme = Scheme((priced,), combine=combine, quorum=0)

    standing = only(round_of(scheme, *(sheet("X1", member=f"M{n}") for n in range(sheets))))

    # asks £1,000: 100·(3000 − 1000)/3000 = 66.67
    assert (standing.status, standing.total_1e2) == (Status.RANKED, 6667)


ACF = (("A1", 25), ("A2", 15), ("A3", 15), ("A4", 15), ("A5", 10), ("A6", 15), ("A7", 5))


def scheme(*weights: tuple[str, int]) -> Scheme:
    """Return a scheme whose sixth and seventh criteria are on the cost side."""
    return Scheme(
        tuple(
            Criterion(code, code, Side.COST if code in ("A6", "A7") else Side.QUALITY, weight * 10_000)
            for code, weight in weights
        )
    )


def percents(found: Scheme) -> list[int]:
    return [criterion.weight_1e4 // 10_000 for criterion in found.criteria]


def test_every_criterion_keeps_a_weight_and_one_side_its_split() -> None:
    # 5 of 100 for five criteria of quality: shares 1.5625, .9375 thrice, .625 round to 1 each.
    assert percents(with_split(scheme(*ACF), 0)) == [1, 1, 1, 1, 1, 71, 24]
    assert percents(with_split(scheme(("A1", 98), ("A2", 1), ("A6", 1)), 2)) == [1, 1, 98]

    assert percents(with_split(scheme(("A1", 60), ("A2", 40)), 50)) == [60, 40]


@pytest.mark.parametrize(
    ("weights", "left", "words"),
    [
        ((("A1", 97),), 30_000, "3 still to share"),
        ((("A1", 80), ("A6", 20)), 0, "Weights add to 100"),
        ((("A1", 80), ("A6", 22)), -20_000, "2 over 100"),
    ],
)
def test_what_is_left_to_100_is_said(weights: tuple[tuple[str, int], ...], left: int, words: str) -> None:
    assert (left_to_share(scheme(*weights)), share_words(scheme(*weights))) == (left, words)


@given(st.lists(st.integers(1, 100), min_size=5, max_size=7), st.integers(-5, 105))
def test_whatever_the_weights_the_split_is_whole_and_adds_to_100(weights: list[int], quality: int) -> None:
    codes = ["A1", "A2", "A3", "A6", "A7", "A4", "A5"]
    before = scheme(*zip(codes, weights, strict=False))
    least, most = split_range(before)

    after = with_split(before, quality)

    assert after.quality_1e4 == min(max(quality, least), most) * 10_000
    assert after.quality_1e4 + after.cost_1e4 == 1_000_000
    assert all(weight >= 1 for weight in percents(after))


def test_columns_that_are_fewer_than_the_fields_are_a_fault() -> None:
    with pytest.raises(TypeError, match="CriterionResult has 4 fields, not 2"):
        from_columns(CriterionResult, ["A1"], [100])


def tie(reference: str, place: int) -> ChairDecision:
    return ChairDecision(reference, ChairDecisionKind.TIE, place)


def test_the_chair_is_the_last_rule_and_needs_a_decision_for_every_one():
    totals = {"X": 50, "Y": 50, "Z": 40}

    decided = rank(simple_round(totals, chair_decisions=(tie("X", 2), tie("Y", 1), tie("Z", 1)))).standings
    half = rank(simple_round(totals, chair_decisions=(tie("X", 1),))).standings
    same = rank(simple_round(totals, chair_decisions=(tie("X", 1), tie("Y", 1)))).standings

    assert [(s.reference, s.place, s.place_by) for s in decided] == [
        ("Y", 1, "chair"), ("X", 2, "chair"), ("Z", 3, None),
    ]  # fmt: skip
    assert places_of(half) == places_of(same) == {"X": "=1", "Y": "=1", "Z": "3"}


@pytest.mark.parametrize(
    ("combine", "marks", "shown"),
    [
        (Combine.MEAN, (1, 2, 2), "1.67"),  # 5/3
        (Combine.MEAN, (0, 1, 0, 0, 0, 0, 0, 0), "0.13"),  # 1/8 = 0.125, half up
        (Combine.MEDIAN, (5, 0, 3), "3.00"),
        (Combine.MEDIAN, (5, 0, 2, 3), "2.50"),  # (2 + 3)/2
        (Combine.TRIMMED, (5, 5, 1, 0, 0), "2.00"),  # one 5 and one 0 go: (5 + 1 + 0)/3
    ],
)
def test_combining_rules(combine, marks, shown):
    scheme = Scheme((Criterion("A", "A", Side.QUALITY, 1_000_000),), combine=combine)
    sheets = [sheet("X1", mark, member=f"M{i}") for i, mark in enumerate(marks)]

    value = only(round_of(scheme, *sheets)).criteria[0].value_1e2

    assert f"{value // 100}.{value % 100:02d}" == shown


@given(st.integers(1, 900_000))
def test_splitting_a_criterion_never_moves_the_other_side(part):
    part = min(part, 799_999)
    whole = (Criterion("Q", "", Side.QUALITY, 800_000), Criterion("C", "", Side.COST, 200_000))
    split = (
        Criterion("Q1", "", Side.QUALITY, part),
        Criterion("Q2", "", Side.QUALITY, 800_000 - part),
        whole[1],
    )

    before = only(round_of(Scheme(whole, combine=Combine.MEAN), sheet("X1", 4, 2)))
    after = only(round_of(Scheme(split, combine=Combine.MEAN), sheet("X1", 4, 4, 2)))

    assert (before.quality_1e2, before.cost_1e2, before.total_1e2) == (
        after.quality_1e2,
        after.cost_1e2,
        after.total_1e2,
    )


@pytest.mark.parametrize(
    ("marked_by", "words"),
    [
        pytest.param({"A": "M1 M2", "B": "M1 M2", "C": "M1 M2"}, [], id="one panel"),
        pytest.param(
            {"A": "M1 M2", "B": "M1 M2", "C": "M1 M3", "D": "M2"},
            [
                "Coventry: not the same members marked C and D as the rest of the list; "
                "a strict or a generous member can move their places."
            ],
            id="two with others",
        ),
        pytest.param(
            {f"A{number}": "M1 M2" if number < 7 else "M3 M2" for number in range(13)},
            [
                "Coventry: not the same members marked 6 of 13 applications as the rest of the list; "
                "a strict or a generous member can move their places."
            ],
            id="many are counted",
        ),
    ],
)
def test_applications_compared_by_different_members_are_named(
    marked_by: dict[str, str], words: list[str]
) -> None:
    scheme = one_question(quorum=1)
    sheets = tuple(
        sheet(reference, 50, member=member)
        for reference, members in marked_by.items()
        for member in members.split()
    )
    compared = replace(simple_round(dict.fromkeys(marked_by, 50), scheme=scheme), sheets=sheets)
    by_agreement = replace(compared, scheme=one_question(quorum=1, combine=Combine.CONSENSUS))

    assert [line for line in rank(compared).warnings if "same members" in line] == words
    assert [line for line in rank(by_agreement).warnings if "same members" in line] == []
