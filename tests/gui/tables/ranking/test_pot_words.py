"""What a pot is on screen and what is left of it, and the parts of a total that add up to it."""

from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from gui.pages.deciding.decisions.lines import Line
from gui.pages.deciding.decisions.words import card_lines
from gui.tables.ranking.lines import budget_words, left_words, tolerance_words
from gui.widgets.explain_panel import explained_rows
from models.values.rows import ApplicationRow
from scoring.explaining.steps import explain
from scoring.ranking import PotUse
from scoring.round import Area, Round
from scoring.scheme import Combine, Scheme
from tests.scoring.builders import application, criterion, sheet


class _Recommended:
    is_exception = False


class _Line:
    """A line as far as the card looks at it."""

    row = ApplicationRow("A-1", "Kite Club", area="East")
    recommended = _Recommended()


def test_a_shared_pot_says_whose_it_is_where_money_is_ranked_and_decided() -> None:
    use = PotUse("East, North and West", 800_000, 0, 300_000, shared_with=("East", "North", "West"))

    ranked = budget_words(use)
    card = card_lines([use], cast("list[Line]", [_Line()]))

    assert ranked == "£8,000 pot of East, North and West · £5,000 left"
    assert card == (
        "East, North and West: £8,000 in the pot, nothing committed before, £3,000 to fund, £5,000 left.",
    )


def test_the_parts_of_a_total_add_up_to_it_and_rounded_lines_that_do_not_are_told() -> None:
    scheme = Scheme((criterion("A1", 50), criterion("B1", 50, "cost")), combine=Combine.MEAN)
    sheets = tuple(sheet("X1", mark, mark, member=f"M{n}") for n, mark in enumerate((1, 1, 0)))
    round_ = Round("F", "R", scheme, (Area("Coventry", 10**6),), (application("X1"),), sheets)

    rows = explained_rows(explain(round_, "X1"), scheme, has_steps=False)

    # a mean of 2/3 of 5: 20/3 on either side, and 40/3 in all
    sums = {row.cells[0]: row.cells[3] for row in rows if len(row.cells) > 1}
    assert sums["A1  Title A1"] == sums["B1  Title B1"] == "6.67"
    assert (sums["Quality 13.33 of 100"], sums["Cost 13.33 of 100"]) == ("6.66", "6.67")
    assert sums["Total, place 1"] == "13.33"
    assert any("add up to 6.67, and the side gives 6.66" in words for row in rows for words in row.cells)


@given(st.integers(0, 900), st.integers(1, 2_000), st.integers(0, 200))
def test_what_was_committed_before_waits_for_nobody_to_allow_it(
    pot: int, committed: int, tolerance: int
) -> None:
    use = PotUse("East", pot, committed, 0, tolerance)

    said = (left_words(use), budget_words(use), tolerance_words(use))

    assert not any("allowed by" in words for words in said)
    assert ("past it" in said[2]) == (committed > pot + tolerance)
