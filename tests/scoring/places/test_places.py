"""Totals out of marks, and the places that they give."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.places.totals import (
    exact_sums,
    from_columns,
    left_to_share,
    share_words,
    split_range,
    with_split,
)
from scoring.rank import rank
from scoring.ranking import CriterionResult, Status
from scoring.round import Application, Area, ChairDecision, ChairDecisionKind, NotApplicable, Round
from scoring.scheme import Band, Basis, Combine, Criterion, Method, RankedBy, Scheme, Side
from tests.scoring.builders import (
    agreed,
    application,
    cost_round,
    criterion,
    one_question,
    places_of,
    published,
    sheet,
    simple_round,
)


def tie(reference: str, place: int) -> ChairDecision:
    return ChairDecision(reference, ChairDecisionKind.TIE, place)


def test_tied_totals_share_a_place_and_skip_the_next():
    ranking = rank(simple_round({"A": 90, "B": 80, "C": 80, "D": 70}))

    assert places_of(ranking.standings) == {"A": "1", "B": "=2", "C": "=2", "D": "4"}


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


def two_questions(tie_breaks: tuple[str, ...], *rows: tuple[str, int, int], **more: object) -> Round:
    scheme = Scheme(
        (criterion("A1", 50), criterion("A2", 50)),
        scale_maximum=100,
        combine=Combine.MEAN,
        ladder=tie_breaks,
        not_applicable_allowed=True,
    )
    applications = more.pop("applications", tuple(application(r) for r, _, _ in rows))
    sheets = tuple(sheet(r, a, b) for r, a, b in rows)
    return Round("F", "R", scheme, (Area("Coventry", 0),), applications, sheets, **more)  # type: ignore[arg-type]


def test_a_rule_that_separates_gives_places_and_says_so():
    round_ = two_questions(("criterion:A1",), ("X", 60, 40), ("Y", 70, 30), ("Z", 50, 50))

    standings = rank(round_).standings

    assert [(s.reference, s.place, s.tied, s.place_by) for s in standings] == [
        ("Y", 1, False, "criterion:A1"),
        ("X", 2, False, "criterion:A1"),
        ("Z", 3, False, "criterion:A1"),
    ]


def test_every_one_of_an_equal_score_carries_the_last_rule_that_parted_it():
    applications = (application("X", 900), application("Y", 800), application("Z"), application("W"))
    rows = (("X", 60, 40), ("Y", 60, 40), ("Z", 50, 50), ("W", 50, 50))
    round_ = two_questions(("criterion:A1", "requested"), *rows, applications=applications)

    standings = rank(round_).standings

    # A1 parts {X, Y} from {W, Z}; the amount asked parts Y from X; nothing parts W from Z
    assert [(s.reference, s.place, s.tied, s.place_by) for s in standings] == [
        ("Y", 1, False, "requested"),
        ("X", 2, False, "requested"),
        ("W", 3, True, "criterion:A1"),
        ("Z", 3, True, "criterion:A1"),
    ]


def test_a_rule_that_one_of_the_equals_cannot_answer_is_passed_over_for_that_group():
    rows = (("X", 50, 50), ("Y", 60, 40), ("Z", 50, 0))
    round_ = two_questions(("criterion:A1", "received"), *rows, not_applicable=(NotApplicable("Z", "A2"),))

    standings = rank(round_).standings

    # Z: A2 set aside, so its total is 50; all three have 50, A1 answers for all: Y 60, X 50, Z 50
    assert places_of(standings) == {"Y": "1", "X": "=2", "Z": "=2"}
    not_applicable = two_questions(("criterion:A2",), *rows, not_applicable=(NotApplicable("Z", "A2"),))
    assert places_of(rank(not_applicable).standings) == {"X": "=1", "Y": "=1", "Z": "=1"}


def test_earlier_receipt_goes_first_and_a_missing_date_passes_the_rule_over():
    early, late = datetime(2026, 3, 1), datetime(2026, 3, 1, 9)
    both = (application("X", received_at=late), application("Y", received_at=early))
    scheme = one_question(ladder=("received",))

    placed = rank(simple_round({"X": 50, "Y": 50}, scheme=scheme, applications=both)).standings
    unknown = (both[0], application("Y"))
    shared = rank(simple_round({"X": 50, "Y": 50}, scheme=scheme, applications=unknown)).standings

    assert places_of(placed) == {"Y": "1", "X": "2"}
    assert places_of(shared) == {"X": "=1", "Y": "=1"}


def test_the_chair_is_the_last_rule_and_needs_a_decision_for_every_one():
    totals = {"X": 50, "Y": 50, "Z": 40}

    decided = rank(simple_round(totals, chair_decisions=(tie("X", 2), tie("Y", 1), tie("Z", 1)))).standings
    half = rank(simple_round(totals, chair_decisions=(tie("X", 1),))).standings
    same = rank(simple_round(totals, chair_decisions=(tie("X", 1), tie("Y", 1)))).standings

    assert [(s.reference, s.place, s.place_by) for s in decided] == [
        ("Y", 1, "chair"), ("X", 2, "chair"), ("Z", 3, None),
    ]  # fmt: skip
    assert places_of(half) == places_of(same) == {"X": "=1", "Y": "=1", "Z": "3"}


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


def test_areas_come_in_their_order_and_places_are_per_area():
    round_ = simple_round(
        {"A": 50, "B": 60, "C": 70},
        areas=(Area("Walsall", 0), Area("Coventry", 0)),
        applications=(application("A"), application("B", area="Walsall"), application("C")),
    )

    standings = rank(round_).standings

    assert [(s.area, s.reference, s.place) for s in standings] == [
        ("Walsall", "B", 1), ("Coventry", "C", 1), ("Coventry", "A", 2),
    ]  # fmt: skip


RULES = ("quality", "requested", "received", "chair", "criterion:A1", "criterion:A2", "cost")


@st.composite
def tied_rounds(draw) -> Round:
    tie_breaks = tuple(draw(st.lists(st.sampled_from(RULES), unique=True, max_size=5)))
    count = draw(st.integers(2, 8))
    rows = [(f"R{i}", draw(st.integers(48, 50)), draw(st.integers(50, 52))) for i in range(count)]
    dates = st.none() | st.integers(1, 2).map(lambda day: datetime(2026, 1, day))
    applications = tuple(
        Application(r, r, "Coventry", draw(st.integers(1, 2)) * 100, received_at=draw(dates))
        for r, _, _ in rows
    )
    decisions = tuple(tie(r, draw(st.integers(1, 2))) for r, _, _ in rows if draw(st.booleans()))
    return two_questions(tie_breaks, *rows, applications=applications, chair_decisions=decisions)


@given(tied_rounds())
def test_places_are_competition_places_in_order_of_score(round_):
    standings = rank(round_).standings

    for standing in standings:
        better = sum(1 for s in standings if s.place < standing.place)
        sharing = sum(1 for s in standings if s.place == standing.place)
        assert standing.place == better + 1
        assert standing.tied == (sharing > 1)
    scores = [s.total_1e2 for s in standings]
    assert scores == sorted(scores, reverse=True)


@given(tied_rounds(), st.randoms())
def test_the_order_in_which_applications_are_given_never_matters(round_, random):
    shuffled = list(round_.applications)
    random.shuffle(shuffled)
    sheets = list(round_.sheets)
    random.shuffle(sheets)

    again = rank(replace(round_, applications=tuple(shuffled), sheets=tuple(sheets)))

    assert again.standings == rank(round_).standings


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


def test_worked_example_of_the_published_rules():
    standing = only(round_of(published(), sheet("X1", *EXAMPLE)))

    # Q = 100·(25·0.8 + 15·0.6 + 15·1 + 15·0.6 + 10·0.8)/80 = 100·61/80; C = 100·14/20;
    # T = (80·76.25 + 20·70)/100
    assert (standing.quality_1e2, standing.cost_1e2, standing.total_1e2) == (7625, 7000, 7500)
    # 25·0.8, 15·0.6, 15·1, 15·0.6, 10·0.8, 15·0.8, 5·0.4
    assert [c.points_1e2 for c in standing.criteria] == [2000, 900, 1500, 900, 800, 1200, 200]


def test_not_applicable_shares_its_weight_on_its_own_side_alone():
    not_applicable = (NotApplicable("X1", "A7"),)

    standing = only(round_of(published(), sheet("X1", *EXAMPLE[:6], None), not_applicable=not_applicable))

    # C = 100·12/15 = 80; T = 0.8·76.25 + 0.2·80 = 77; A6 carries 15·20/15 = 20, points 20·0.8
    assert (standing.quality_1e2, standing.cost_1e2, standing.total_1e2) == (7625, 8000, 7700)
    assert standing.criteria[5][1:] == (400, 2000, 1600)
    assert standing.criteria[6] == ("A7", None, 0, 0)


def test_a_side_emptied_by_not_applicable_leaves_the_application_incomplete():
    not_applicable = (NotApplicable("X1", "A6"), NotApplicable("X1", "A7"))

    standing = only(round_of(published(), sheet("X1", *EXAMPLE), not_applicable=not_applicable))

    assert standing.status is Status.INCOMPLETE
    assert standing.reasons == ("no criterion left on the cost side",)


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


BANDS = tuple(Band(Decimal(bound), Decimal(score)) for bound, score in ((1000, 100), (2500, 60), (5000, 20)))


@pytest.mark.parametrize(
    ("pounds", "score_1e2"),
    [("999.99", 10_000), (1000, 10_000), ("1000.01", 6000), (5000, 2000), ("5000.01", 0)],
)
def test_bands_give_the_score_of_the_first_bound_that_is_not_below(pounds, score_1e2):
    criteria = (criterion("Q", 70), criterion("C", 30, "cost", method=Method.BANDS, bands=BANDS))
    scheme = Scheme(criteria, combine=Combine.MEAN)

    standing = only(simple_round({"X1": 5}, scheme=scheme, asks={"X1": pounds}))

    assert standing.cost_1e2 == score_1e2


@pytest.mark.parametrize(
    ("basis", "more", "score_1e2"),
    [
        # £1,000 / 40 people = £25 each: 100 · (100 − 25)/100
        (Basis.UNIT, {"beneficiaries": 40}, 7500),
        # £1,000 of £3,000 is 33.33… %: 100 · (100 − 33.33…)/100 = 66.67
        (Basis.SHARE, {"total_cost_pence": 300_000}, 6667),
    ],
)
def test_the_basis_is_a_head_or_a_share_of_total_cost(basis, more, score_1e2):
    linear = criterion("C", 30, "cost", method=Method.LINEAR, basis=basis, low=Decimal(0), high=Decimal(100))
    scheme = Scheme((criterion("Q", 70), linear), combine=Combine.MEAN)

    standing = only(simple_round({"X1": 5}, scheme=scheme, applications=(application("X1", **more),)))

    assert standing.criteria[1].value_1e2 == score_1e2


def test_spread_gives_all_a_hundred_when_all_are_equal():
    standings = rank(cost_round("spread", "A")).standings

    assert standings[0].cost_1e2 == 10_000


@st.composite
def schemes(draw):
    quality = draw(st.lists(st.integers(1, 400_000), min_size=1, max_size=4))
    cost = draw(st.lists(st.integers(1, 400_000), min_size=0, max_size=3))
    left = 1_000_000 - sum(quality) - sum(cost)
    if left <= 0:
        quality, cost, left = [400_000], [100_000], 500_000
    weights = [("quality", w) for w in [*quality, left]] + [("cost", w) for w in cost]
    criteria = tuple(Criterion(f"K{i}", "", Side(s), w) for i, (s, w) in enumerate(weights))
    combine = draw(st.sampled_from([Combine.MEAN, Combine.MEDIAN, Combine.TRIMMED, Combine.CONSENSUS]))
    return Scheme(
        criteria, scale_maximum=draw(st.integers(1, 12)), combine=combine, not_applicable_allowed=True
    )


def by_hand(combine: Combine, marks: list[int]) -> Fraction:
    """Return the panel's value as the rules say it, without the product's columns."""
    ordered = sorted(marks)
    if combine is Combine.MEDIAN:
        middle = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
        return Fraction(middle, 2)
    if combine is Combine.TRIMMED:
        ordered = ordered[1:-1]
    return Fraction(sum(ordered), len(ordered))


@given(schemes(), st.data())
def test_totals_are_the_published_formula_rounded_once(scheme, data):
    members = data.draw(st.integers(5, 6))
    marks = st.lists(
        st.integers(0, scheme.scale_maximum), min_size=len(scheme.criteria), max_size=len(scheme.criteria)
    )
    rows = [data.draw(marks) for _ in range(members)]
    codes = [c.code for c in scheme.criteria]
    not_applicable = set(data.draw(st.lists(st.sampled_from(codes), max_size=2)))
    for side in Side:
        on_side = [c.code for c in scheme.criteria if c.side is side]
        if set(on_side) <= not_applicable:
            not_applicable -= set(on_side[:1])
    round_ = round_of(
        scheme,
        *[sheet("X1", *row, member=f"M{i}") for i, row in enumerate(rows)],
        not_applicable=tuple(NotApplicable("X1", code) for code in not_applicable),
        agreed=(agreed("X1", *rows[0]),),
    )

    standing = only(round_)

    columns = dict(zip(codes, zip(*rows, strict=True), strict=True))
    values = {
        code: Fraction(rows[0][i])
        if scheme.combine is Combine.CONSENSUS
        else by_hand(scheme.combine, list(columns[code]))
        for i, code in enumerate(codes)
        if code not in not_applicable
    }
    sums = exact_sums(scheme, {code: value / scheme.scale_maximum for code, value in values.items()})
    for exact, shown in zip(sums, (standing.quality_1e2, standing.cost_1e2, standing.total_1e2), strict=True):
        assert (exact is None and shown is None) or abs(exact * 100 - shown) <= Fraction(1, 2)
    points = sum(c.points_1e2 for c in standing.criteria)
    assert abs(points - standing.total_1e2) <= len(codes)


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


def test_the_split_scales_each_side_in_proportion_in_whole_numbers() -> None:
    moved = with_split(scheme(*ACF), 70)

    # Quality 70/80: 21.875, 13.125 thrice, 8.75 -> 21, 13, 13, 13, 8 make 68; .875 and .75 are largest.
    # Cost 30/20: 22.5 and 7.5 -> 22 and 7 make 29; equal remainders, so the earlier has it.
    assert percents(moved) == [22, 13, 13, 13, 9, 23, 7]


def test_every_criterion_keeps_a_weight() -> None:
    # 5 of 100 for five criteria of quality: shares 1.5625, .9375 thrice, .625 round to 1 each.
    assert percents(with_split(scheme(*ACF), 0)) == [1, 1, 1, 1, 1, 71, 24]
    assert percents(with_split(scheme(("A1", 98), ("A2", 1), ("A6", 1)), 2)) == [1, 1, 98]


@pytest.mark.parametrize(
    ("weights", "least_and_most"),
    [(ACF, (5, 98)), ((("A1", 100),), (100, 100)), ((("A6", 100),), (0, 0))],
)
def test_the_split_stops_where_a_criterion_would_have_nothing(
    weights: tuple[tuple[str, int], ...], least_and_most: tuple[int, int]
) -> None:
    assert split_range(scheme(*weights)) == least_and_most


def test_a_scheme_of_one_side_keeps_its_split() -> None:
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
