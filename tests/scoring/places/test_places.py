"""Places: competition places over the shown score, then down the tie-break rules once."""

from datetime import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.rank import rank
from scoring.round import Application, Area, ChairDecision, ChairDecisionKind, NotApplicable, Round
from scoring.scheme import Combine, RankedBy, Scheme
from tests.scoring.builders import (
    application,
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
