"""Changes to a draft scheme, and what follows from each."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from scoring.publishing.drafting import (
    bands_text,
    free_rules,
    moved_criterion,
    read_bands,
    tie_break_words,
    with_criterion,
    with_method,
    with_new_criterion,
    with_scale,
    with_side,
    with_weight,
    without_criterion,
)
from scoring.publishing.proof import scheme_faults
from scoring.refused import Refused
from scoring.scheme import Band, Criterion, Method, Scheme, Side

NEED = Criterion("A1", "Need", Side.QUALITY, 800_000, floor=Decimal(5))
VALUE = Criterion("A6", "Value", Side.COST, 200_000)
SCHEME = Scheme((NEED, VALUE), ladder=("criterion:A1", "received", "chair"))


def codes(scheme: Scheme) -> list[str]:
    return [criterion.code for criterion in scheme.criteria]


def test_a_rule_follows_the_new_code_of_its_criterion() -> None:
    changed = with_criterion(SCHEME, "A1", replace(NEED, code="N1"))

    assert codes(changed) == ["N1", "A6"]
    assert changed.ladder == ("criterion:N1", "received", "chair")


def test_one_weight_changes_alone() -> None:
    assert [c.weight_1e4 for c in with_weight(SCHEME, "A6", 17).criteria] == [800_000, 170_000]


@pytest.mark.parametrize("method", Method)
def test_every_method_comes_with_figures_that_can_be_published(method: Method) -> None:
    scheme = with_criterion(SCHEME, "A6", with_method(VALUE, method))

    assert list(scheme_faults(scheme)) == []


def test_a_floor_on_marks_is_not_a_floor_on_scores() -> None:
    floored = replace(VALUE, floor=Decimal(2))

    assert with_method(floored, Method.LOWEST).floor is None
    assert with_method(floored, Method.JUDGED).floor == 2


def test_a_computed_criterion_that_goes_to_the_quality_side_is_judged() -> None:
    computed = with_method(VALUE, Method.LINEAR)

    assert with_side(computed, Side.QUALITY) == replace(VALUE, side=Side.QUALITY)
    assert with_side(computed, Side.COST) == computed
    assert with_side(NEED, Side.COST).side is Side.COST


def test_a_new_criterion_has_the_next_free_code() -> None:
    assert codes(with_new_criterion(SCHEME)) == ["A1", "A6", "A2"]
    assert codes(with_new_criterion(with_criterion(SCHEME, "A1", replace(NEED, code="7"))))[-1] == "A1"


def test_a_criterion_goes_with_its_rule() -> None:
    left = without_criterion(SCHEME, "A1")

    assert (codes(left), left.ladder) == (["A6"], ("received", "chair"))


@pytest.mark.parametrize(("by", "order"), [(1, ["A6", "A1"]), (-1, ["A1", "A6"]), (5, ["A6", "A1"])])
def test_a_criterion_moves_as_far_as_it_goes(by: int, order: list[str]) -> None:
    assert codes(moved_criterion(SCHEME, "A1", by)) == order


def test_the_rules_that_are_left_can_be_added() -> None:
    assert free_rules(SCHEME) == ("criterion:A6", "quality", "cost", "requested")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("criterion:A1", "A1 Need, higher first"),
        ("requested", "Amount requested, lower first"),
        ("criterion:Z9", "criterion:Z9"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    assert tie_break_words(SCHEME, rule) == words


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
    with pytest.raises(Refused, match="Write bands as"):
        read_bands(text)
