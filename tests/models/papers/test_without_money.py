"""Applications without money, each said by its own outcome."""

import re

from hypothesis import given
from hypothesis import strategies as st

from models.papers.without_money import SAID, count_without_money, without_money_words
from scoring.schedule.lines import PanelOutcome


@given(st.lists(st.sampled_from(PanelOutcome)))
def test_each_outcome_is_said_with_its_own_number_and_money_never(outcomes: list[PanelOutcome]) -> None:
    words = without_money_words(count_without_money(outcomes))

    assert all((f" {said}" in words) == (outcome in outcomes) for outcome, said in SAID.items())
    numbers = [int(each) for each in re.findall(r"\d+", words)]
    assert sum(numbers) == sum(outcome in SAID for outcome in outcomes)
    assert words.count(" was ") == numbers.count(1)
