"""What an area's pot is on screen: how much, with whom it is shared, and what is left."""

from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from gui.pages.deciding.decisions.lines import Line
from gui.pages.deciding.decisions.words import card_lines
from gui.tables.ranking.lines import budget_words, left_words, tolerance_words
from models.values.rows import ApplicationRow
from scoring.allocating.over_pot import BEFORE
from scoring.ranking import PotUse

SHARED = ("East", "North", "West")


class _Recommended:
    is_exception = False


class _Line:
    """A line as far as the card looks at it."""

    row = ApplicationRow("A-1", "Kite Club", area="East")
    recommended = _Recommended()


def test_a_shared_pot_says_whose_it_is_where_money_is_ranked_and_decided() -> None:
    use = PotUse("East", 800_000, 0, 300_000, shared_with=SHARED)

    ranked = budget_words(use)
    card = card_lines([use], cast("list[Line]", [_Line()]))

    assert ranked == "£8,000 of the pot shared with North and West · £5,000 left"
    assert card == (
        "East: £8,000 in the pot, nothing committed before, £3,000 to fund, £5,000 left.",
        "East, North and West share one pot; each is shown with its part of it.",
    )


def test_a_pot_of_its_own_says_nothing_of_others() -> None:
    use = PotUse("East", 800_000, 0, 300_000)

    assert budget_words(use) == "£8,000 pot · £5,000 left"
    assert len(card_lines([use], cast("list[Line]", [_Line()]))) == 1


@given(st.integers(0, 900), st.integers(1, 2_000), st.integers(0, 200))
def test_what_was_committed_before_waits_for_nobody_to_allow_it(
    pot: int, committed: int, tolerance: int
) -> None:
    use = PotUse("East", pot, committed, 0, tolerance)

    said = (left_words(use), budget_words(use), tolerance_words(use))

    assert not any("allowed by" in words for words in said)
    assert (BEFORE in said[2]) == (committed > pot + tolerance)
