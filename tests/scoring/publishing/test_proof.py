"""What a scheme must satisfy before it is published."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.publishing.proof import check_scheme, effective_weight
from scoring.refused import Refused
from scoring.scheme import Band, Method, RankedBy, Scheme
from tests.scoring.builders import criterion, published


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
    with pytest.raises(Refused, match=words):
        check_scheme(scheme)


@given(st.integers(1, 999_999))
def test_effective_weight_is_the_stated_weight_whatever_the_split(weight_1e4):
    parts = (criterion("A", 100), criterion("B", 100, "cost"))
    scheme = Scheme(
        (replace(parts[0], weight_1e4=weight_1e4), replace(parts[1], weight_1e4=1_000_000 - weight_1e4))
    )

    check_scheme(scheme)
