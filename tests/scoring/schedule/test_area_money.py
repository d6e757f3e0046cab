"""What stands of a round's money is awarded, else recommended, and proposed while nothing is either."""

import pytest
from msgspec.structs import replace

from models.values.rows import scored_round
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.round import Area
from scoring.schedule.lines import Awarded, PanelOutcome, Recommended, Settled
from scoring.schedule.values import areas_money, given_pence
from tests.exchange.schedule_rounds import made_round, schedule_of

HALF = Recommended("ACF-001", PanelOutcome.PART_FUND, 12_345)
NONE = Recommended("ACF-002", PanelOutcome.DECLINE)


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    return rank(scored_round(made_round(3, areas=1)))


def test_an_award_stands_before_a_recommendation_and_that_before_what_the_rule_proposes(
    ranking: Ranking,
) -> None:
    proposed = {one.reference: one.offer_pence or 0 for one in ranking.standings}

    assert given_pence(ranking, Settled()) == proposed
    assert given_pence(ranking, Settled((HALF, NONE))) == {"ACF-001": 12_345, "ACF-002": 0}
    both = Settled((HALF, NONE), (Awarded("ACF-001", 10_000), Awarded("ACF-003", 500)))
    assert given_pence(ranking, both) == {"ACF-001": 10_000, "ACF-002": 0, "ACF-003": 500}


@pytest.mark.parametrize("settled", [Settled(), Settled(awarded=(Awarded("ACF-002", 99_900),))])
def test_a_pot_that_two_areas_share_has_in_one_of_them_left_what_the_other_leaves(settled: Settled) -> None:
    rows = made_round(4, areas=2)
    first, second = (Area(one.name, 300_000, shared_pot="Both") for one in rows.areas)
    shared = replace(rows, areas=(first, second))
    found, whole = rank(scored_round(shared)), schedule_of(shared, settled)

    (alone,) = areas_money(found, [one for one in whole.lines if one.area == first.name], settled, first.name)
    every = {one.area: one for one in areas_money(found, whole.lines, settled, None)}

    assert alone == every[first.name], "shown alone or with the other, it has the same money"
    assert [one.area for one in whole.areas] == list(every)
