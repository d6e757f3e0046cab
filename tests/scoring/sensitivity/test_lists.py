"""Many lists at once are the lists made one by one: places, ties, floors, caps and every rule."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.rank import rank
from scoring.round import ChairDecision, ChairDecisionKind, Round
from scoring.sensitivity.figures import Figures, Lists, figures_of
from scoring.sensitivity.split import drawn_weights, lists_under
from tests.oracle.rounds import contested_rounds, rounds
from tests.scoring.builders import one_question, simple_round
from tests.scoring.sensitivity.by_hand import Listed, list_by_hand, official, with_a_tie_on_the_line

EASY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MADE = st.one_of(rounds(), contested_rounds(), contested_rounds().map(with_a_tie_on_the_line))


def row_of(figures: Figures, lists: Lists, row: int) -> Listed:
    pairs = zip(lists.offers[row], lists.places[row], strict=True)
    return {
        reference: (int(offer), int(place))
        for reference, (offer, place) in zip(figures.references, pairs, strict=True)
    }


@given(MADE)
@EASY
def test_the_published_weights_give_the_official_list(round_: Round) -> None:
    figures = figures_of(round_, rank(round_))
    published = np.array([[c.weight_1e4 for c in round_.scheme.criteria]], dtype=np.int64)

    lists = lists_under(figures, published, is_across=False)

    assert row_of(figures, lists, 0) == official(round_)


@given(MADE, st.integers(0, 99), st.booleans())
@EASY
def test_drawn_weights_give_the_lists_made_one_by_one(round_: Round, seed: int, is_across: bool) -> None:
    figures = figures_of(round_, rank(round_))
    weights = drawn_weights(figures, 4, seed, Decimal("7.5"))

    lists = lists_under(figures, weights, is_across=is_across)

    scheme = round_.scheme
    for row, drawn in enumerate(weights.tolist()):
        by_code = {c.code: Fraction(w) for c, w in zip(scheme.criteria, drawn, strict=True)}
        quality = Fraction(scheme.quality_1e4, scheme.quality_1e4 + scheme.cost_1e4)
        if is_across:
            own = sum(by_code[c.code] for c in scheme.criteria if c.side == "quality")
            quality = own / sum(by_code.values())
        assert row_of(figures, lists, row) == list_by_hand(figures, by_code, quality)


@pytest.mark.parametrize(("rules", "first"), [(("chair", "requested"), "B"), (("requested", "chair"), "A")])
def test_a_rule_that_only_some_can_answer_comes_before_those_below_it(
    rules: tuple[str, ...], first: str
) -> None:
    """Equal scores of A, who asks for less, and B, whom the chair puts first; C has no decision."""
    decided = [ChairDecision(of, ChairDecisionKind.TIE, place) for of, place in (("B", 1), ("A", 2))]
    round_ = simple_round(
        {"A": 60, "B": 60, "C": 50},
        asks={"A": 900, "B": 1000, "C": 800},
        scheme=one_question(ladder=rules),
        chair_decisions=tuple(decided),
    )
    figures = figures_of(round_, rank(round_))
    published = np.array([[c.weight_1e4 for c in round_.scheme.criteria]], dtype=np.int64)

    listed = row_of(figures, lists_under(figures, published, is_across=False), 0)

    assert min(listed, key=lambda reference: listed[reference][1]) == first
    assert listed == official(round_)
