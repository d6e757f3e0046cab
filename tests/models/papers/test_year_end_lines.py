"""How much of a line's money is committed at the end of its year."""

import pytest

from models.papers.year.year_end_lines import YearEndLine
from models.papers.year.year_end_tables import year_end_table
from models.papers.year.year_facts import NOTHING_RECORDED, FundYear, YearAward, YearPot
from models.values.direct_award import Route

POT = YearPot("Dudley", 2_950_000, 300_000)


def award(pence: int, route: str = "") -> YearAward:
    return YearAward("Dudley", 1, "Group", "Project", "", pence, pence, 0, is_known=False, route=route)


@pytest.mark.parametrize(
    ("start_up", "bound", "share"),
    [((), 480_050, "14.8%"), ((150_000,), 480_050, "14.8%"), ((300_000, 20_000), 500_050, "15.4%")],
)
def test_start_up_money_counts_once_awarded_or_not(start_up: tuple[int, ...], bound: int, share: str) -> None:
    awards = (award(180_050), *(award(pence, Route.START_UP) for pence in start_up))

    line = YearEndLine(POT, NOTHING_RECORDED, awards)

    assert (line.bound_pence, line.committed_words, line.over_pence) == (bound, share, 0)


@pytest.mark.parametrize(
    ("route", "says"), [("", "and in no award; it"), (Route.START_UP, "was awarded of it in the commitment")]
)
def test_the_table_says_whether_start_up_money_is_in_an_award(route: str, says: str) -> None:
    table = year_end_table(FundYear("ACF", "2026/27", (POT,), (award(150_000, route),), ()))

    assert says in table.base
    assert table.totals[4] == (1385 if route == "" else 923)
