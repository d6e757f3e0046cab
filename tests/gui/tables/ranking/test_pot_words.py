"""What a pot is on screen and what is left of it, and the parts of a total that add up to it."""

from decimal import Decimal
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from cli.deciding.rank import ranking_lines
from gui.pages.deciding.decisions.lines import Line
from gui.pages.deciding.decisions.state import card_lines
from gui.tables.ranking.lines import budget_words, left_words, table_rows, tolerance_words
from gui.tables.ranking.rows import Wanted
from gui.widgets.explain_panel import explained_rows
from models.queries.deciding.round_list import round_list
from models.values.rows import ApplicationRow
from scoring.explaining.steps import explain
from scoring.rank import rank
from scoring.ranking import PotUse
from scoring.round import Area, Round
from scoring.scheme import Combine, Scheme
from tests.scoring.allocating.test_allocation import EAST, WEST, shared_round
from tests.scoring.builders import application, criterion, one_question, sheet


def test_a_shared_pot_says_whose_it_is_where_money_is_ranked_and_decided() -> None:
    use = PotUse("East, North and West", 800_000, 0, 300_000, shared_with=("East", "North", "West"))

    assert budget_words(use) == "£8,000 pot of East, North and West · £5,000 left"
    line = SimpleNamespace(
        row=ApplicationRow("A-1", "Kite Club", area="East"),
        recommended=SimpleNamespace(is_exception=False),
        progress=SimpleNamespace(final=None),
    )  # as far as the card looks at it
    assert card_lines([use], cast("list[Line]", [line])) == (
        "East, North and West: £8,000 in the pot, nothing committed before the round, £3,000 to fund, "
        "£5,000 left.",
    )


def test_a_shared_pot_runs_down_its_one_list_and_ends_in_each_area_where_that_passes_it() -> None:
    totals, asks = {"E1": 90, "W1": 80, "E2": 70, "W2": 60}, {"E1": 9000, "W1": 4000, "E2": 2000, "W2": 1500}
    round_ = shared_round(totals, asks, (EAST, WEST), scheme=one_question(tolerance_percent=Decimal(10)))

    rows = table_rows(round_list(rank(round_), ()), {}, Wanted("West"))

    # E1, W1 and E2 take £15,000 of the £16,000, and W2 £500 of the tolerance
    assert [row.running or row.kind for row in rows] == ["£13,000", "budget", "£16,500", "tolerance"]
    told = "".join(ranking_lines(rank(round_)))
    assert told.index(" E2 ") < told.index("budget line: £500.00 over") < told.index("West: pot")
    assert told.index(" W1 ") < told.rindex("budget line: £500.00 over") < told.index(" W2 ")


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
