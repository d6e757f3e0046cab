"""Applications without money, each counted by its own outcome."""

from hypothesis import given
from hypothesis import strategies as st

from models.papers.notice import count_without_money
from scoring.schedule.lines import FORMS, WITHOUT_MONEY, PanelOutcome


@given(st.lists(st.sampled_from(PanelOutcome)))
def test_each_outcome_is_counted_with_its_own_number_and_money_never(outcomes: list[PanelOutcome]) -> None:
    found = dict(count_without_money(outcomes))

    assert found == {one.value: outcomes.count(one) for one in WITHOUT_MONEY if one in outcomes}
    assert set(FORMS) == set(PanelOutcome), "each outcome has its forms"
