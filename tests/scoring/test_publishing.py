"""A scheme before it is published: changes to a draft, what it must satisfy, and dummies to try it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.explaining.words import method_words
from scoring.publishing import (
    bands_text,
    check_scheme,
    effective_weight,
    free_rules,
    moved_criterion,
    read_bands,
    scheme_faults,
    tie_break_words,
    with_criterion,
    with_method,
    with_new_criterion,
    with_scale,
    without_criterion,
)
from scoring.scheme import Band, Criterion, Method, RankedBy, Scheme, Side
from tests.models.rounds import refused
from tests.scoring.builders import criterion, published

NEED = Criterion("A1", "Need", Side.QUALITY, 800_000, floor=Decimal(5))
VALUE = Criterion("A6", "Value", Side.COST, 200_000)
SCHEME = Scheme((NEED, VALUE), ladder=("criterion:A1", "received", "chair"))


def codes(scheme: Scheme) -> list[str]:
    return [criterion.code for criterion in scheme.criteria]


@pytest.mark.parametrize("method", Method)
def test_every_method_comes_with_figures_that_can_be_published(method: Method) -> None:
    scheme = with_criterion(SCHEME, "A6", with_method(VALUE, method))

    assert list(scheme_faults(scheme)) == []


@pytest.mark.parametrize("highest", [0, 101])
def test_a_scale_ends_between_1_and_100(highest: int) -> None:
    faults = scheme_faults(
        replace(SCHEME, scale_maximum=highest, criteria=(replace(NEED, floor=None), VALUE))
    )

    assert [*faults] == [f"The highest mark must be from 1 to 100, not {highest}."]


def test_a_floor_on_marks_is_not_a_floor_on_scores() -> None:
    floored = replace(VALUE, floor=Decimal(2))

    assert with_method(floored, Method.LOWEST).floor is None
    assert with_method(floored, Method.JUDGED).floor == 2


def test_a_criterion_goes_with_its_rule_a_new_one_has_the_next_code_and_free_rules_can_be_added() -> None:
    left = without_criterion(SCHEME, "A1")

    assert (codes(left), left.ladder) == (["A6"], ("received", "chair"))

    assert codes(with_new_criterion(SCHEME)) == ["A1", "A6", "A2"]
    assert codes(with_new_criterion(with_criterion(SCHEME, "A1", replace(NEED, code="7"))))[-1] == "A1"

    assert free_rules(SCHEME) == ("criterion:A6", "quality", "cost", "requested")
    said = [tie_break_words(SCHEME, rule) for rule in ("criterion:A1", "received", "other")]
    assert said == ["A1 Need, higher first", "Date received, earlier first", "other"]

    changed = with_criterion(SCHEME, "A1", replace(NEED, code="N1"))

    assert codes(changed) == ["N1", "A6"]
    assert changed.ladder == ("criterion:N1", "received", "chair")


@pytest.mark.parametrize(("by", "order"), [(1, ["A6", "A1"]), (-1, ["A1", "A6"]), (5, ["A6", "A1"])])
def test_a_criterion_moves_as_far_as_it_goes(by: int, order: list[str]) -> None:
    assert codes(moved_criterion(SCHEME, "A1", by)) == order


def test_floors_come_down_to_a_shorter_scale() -> None:
    shorter = with_scale(SCHEME, 4, ((0, "Nothing", ""),))

    assert [criterion.floor for criterion in shorter.criteria] == [4, None]
    assert (shorter.scale_maximum, shorter.descriptors) == (4, ((0, "Nothing", ""),))


def test_bands_are_read_as_they_are_shown() -> None:
    bands = (Band(Decimal(1000), Decimal(100)), Band(Decimal("2500.5"), Decimal(60)))

    assert bands_text(bands) == "1000=100; 2500.5=60"
    assert read_bands("£1,000 = 100; 2500.5=60") == bands


@pytest.mark.parametrize(
    "text", ["", "1000", "1000=x", "1000=100;", "NaN=3", "4,50=60", "1000=60,5", "1,8700=60", "10£00=60"]
)
def test_bands_that_cannot_be_read_are_refused(text: str) -> None:
    refused("Write bands as", read_bands, text)


def cost_scheme(**more) -> Scheme:
    return Scheme((criterion("Q", 70), criterion("C", 30, "cost", **more)))


def test_the_published_scheme_carries_its_stated_weights():
    check_scheme(published())

    assert [effective_weight(published(), c) for c in published().criteria] == [25, 15, 15, 15, 10, 15, 5]


def banded(*bands: tuple[int, int]) -> Scheme:
    made = tuple(Band(Decimal(bound), Decimal(score)) for bound, score in bands)
    return cost_scheme(method=Method.BANDS, bands=made)


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        (Scheme((criterion("A", 60), criterion("B", 35))), "add up to 95, not 100"),
        (Scheme((criterion("A", 100, method=Method.LOWEST),)), "belongs on the cost side"),
        (cost_scheme(method=Method.LINEAR), "needs Low and High"),
        (cost_scheme(method=Method.LINEAR, low=Decimal(5), high=Decimal(5)), "below High"),
        (cost_scheme(method=Method.BANDS), "needs Bands"),
        (
            banded((5, 100), (5, 0)),
            "must rise",
        ),
        (banded((5, 101)), "from 0 to 100"),
        (banded((5, 60)), "is 30, but it can move the total by 18.00"),
        (cost_scheme(floor=Decimal(6)), "minimum mark must be from 0 to 5"),
        (published(ladder=("criterion:B9",)), "is not a tie-break rule"),
        (published(ladder=("quality", "quality")), "listed twice"),
        (published(ranked_by=RankedBy.PRICE_PER_QUALITY_POINT), "needs a minimum quality above 0"),
        (
            Scheme(
                (criterion("C", 100, "cost"),),
                ranked_by=RankedBy.PRICE_PER_QUALITY_POINT,
                minimum_quality=Decimal(1),
            ),
            "needs a quality side",
        ),
        (Scheme((criterion("A", 100), criterion("B", 0))), "must be above 0"),
    ],
)  # fmt: skip
def test_a_scheme_with_a_fault_is_refused_in_a_sentence(scheme, words):
    refused(words, check_scheme, scheme)


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (Method.MEAN, "Add D (quality 20, £20,000): A 85.64, B 82.50. A dear weak application"),
        (Method.SPREAD, "A (quality 80, £5,000) 56.00, B (75, £4,300) 82.50."),
        (Method.LINEAR, "A (quality 80, £5,000) 56.00, B (75, £4,300) 56.70, C (20, £1,000) 38.00"),
        # A is in the band to £5,000: 0.7 x 80 + 0.3 x 30 = 65; B to £4,500: 52.5 + 18 = 70.5; C: 14 + 30.
        (Method.BANDS, "A (quality 80, £5,000) 65.00, B (75, £4,300) 70.50, C (20, £1,000) 44.00"),
    ],
)
def test_every_formula_has_an_example_worked_by_the_rules(method: Method, words: str) -> None:
    assert words in method_words(method).example


@given(st.integers(1, 999_999))
def test_effective_weight_is_the_stated_weight_whatever_the_split(weight_1e4):
    parts = (criterion("A", 100), criterion("B", 100, "cost"))
    scheme = Scheme(
        (replace(parts[0], weight_1e4=weight_1e4), replace(parts[1], weight_1e4=1_000_000 - weight_1e4))
    )

    check_scheme(scheme)
