"""Applications without money, each said by its own outcome."""

import re

from hypothesis import given
from hypothesis import strategies as st

from models.papers.without_money import count_without_money, without_money_words
from scoring.schedule.lines import FORMS, WITHOUT_MONEY, PanelOutcome


@given(st.lists(st.sampled_from(PanelOutcome)))
def test_each_outcome_is_said_with_its_own_number_and_money_never(outcomes: list[PanelOutcome]) -> None:
    words = without_money_words(count_without_money(outcomes))

    assert all((f" {FORMS[one].was}" in words) == (one in outcomes) for one in WITHOUT_MONEY)
    assert set(FORMS) == set(PanelOutcome), "each outcome has its forms"
    numbers = [int(each) for each in re.findall(r"\d+", words)]
    assert sum(numbers) == sum(outcome in WITHOUT_MONEY for outcome in outcomes)
    assert words.count(" was ") == numbers.count(1)
