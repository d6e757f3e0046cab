"""The tables of a fund's year: what awards are for, printed figures done over again, and what is left."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.papers.year.round_year import ServiceRow, round_tables, service_rows
from models.papers.year.summed_tables import EXPENDITURE, YearColumn, YearTable, total
from models.papers.year.year_end_lines import YearEndLine
from models.papers.year.year_end_tables import scheme_table, year_end_table
from models.papers.year.year_facts import (
    NOTHING_RECORDED,
    FundYear,
    LineEnd,
    Spent,
    YearAsked,
    YearAward,
    YearDecision,
    YearPot,
)
from models.queries.papers.year_charts import chart_of
from models.reference.shipped_history import read_pence
from models.values.direct_award import Route
from scoring.written.text import Refused
from tests.oracle.test_printed_years import SPENT


@pytest.mark.parametrize(
    ("words", "pence"),
    [
        ("-2,469", -246_900),
        ("−£1,842", -184_200),
        ("£184,219.78", 18_421_978),
        ("£0.8m", 80_000_000),
        ("circa £3,863,308", 386_330_800),
        ("24 rows of £5", 500),
        ("none", None),
        ("", None),
    ],
)
def test_money_is_read_as_papers_write_it(words: str, pence: int | None) -> None:
    assert read_pence(words) == pence


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"headings": ("Area", "Grant", "Grant", "Carry Forward £")}, "has a heading twice"),
        ({"kinds": ("text", "pounds", "pounds")}, "does not say what each of its columns holds"),
        ({"total": "maybe"}, "is not a kind of total"),
        ({"rows": (("Dudley", "1"),)}, "row 1 has 2 cells under 4 heads"),
        ({"rows": (("Dudley", "1", "lots", "2"),)}, "“lots” in row 1 is not a figure"),
    ],
)
def test_a_table_whose_cells_do_not_fit_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        replace(SPENT, **changes)  # type: ignore[arg-type]


def test_a_table_whose_total_is_not_its_sum_cannot_be_made() -> None:
    columns = (YearColumn("Area", "text"), YearColumn("Grant £", "pounds"))

    with pytest.raises(Refused, match="does not add up to its total"):
        YearTable("T", "T", "F", "Y", "", columns, (("Dudley", 1),), ("Total", 2), (1,))
    with pytest.raises(Refused, match="does not have a cell for each heading"):
        YearTable("T", "T", "F", "Y", "", columns, (("Dudley",),))


def award(area: str, awarded: int, spent: int, **choices: str) -> YearAward:
    """Return an award with the lines that it has."""
    of = YearAward(area, 1, "Made-up Group", "Project", "", awarded, awarded, spent, is_known=False)
    return replace(of, choices=tuple(choices.items()))


POTS = (YearPot("North", 10_000), YearPot("South", 10_000, contributed_pence=300))
AWARDS = (
    award("North", 4_000, 3_000, service_area="Referral", priority="Trust"),
    award("South", 2_000, 2_000, service_area="Referral"),
    award("South", 1_000, 500, priority="Harm"),
)
YEAR = FundYear("Made-up Fund", "2026/27", POTS, AWARDS, ())


def test_service_areas_add_up_over_pots_and_what_is_for_none_stands_last() -> None:
    # Referral: 4,000 + 2,000 awarded, 3,000 + 2,000 spent
    # South without one: 1,000, 500 spent; 300 given by the office
    assert service_rows(YEAR) == [
        ServiceRow("Referral", 6_000, 5_000, None),
        ServiceRow("Not recorded", 1_000, 500, None),
        ServiceRow("Office funding", -300, -300, None),
    ]


def test_a_line_without_awards_or_of_the_funds_list_keeps_its_name_beside_service_areas() -> None:
    # Costs has no award and £40 spent; Child is one of the fund's service areas; £25 more was spent in the
    # North than its awards say, of which nobody knows what it was for
    ends = {
        "Costs": LineEnd(spent=Spent(4_000, 0, date(2027, 3, 31), "the ledger")),
        "North": LineEnd(spent=Spent(5_500, 0, date(2027, 3, 31), "the ledger")),
    }
    pots = (YearPot("Costs", 10_000), YearPot("North", 10_000), YearPot("child", 10_000))
    awards = (AWARDS[0], award("child", 700, 600))
    year = FundYear("Made-up Fund", "2026/27", pots, awards, (), ends=ends, service_areas=("Child",))

    assert service_rows(year) == [
        ServiceRow("child", 700, 600, None),
        ServiceRow("Referral", 4_000, 3_000, None),
        ServiceRow("Costs", 0, 4_000, None),
        ServiceRow("Not recorded", 0, 2_500, None),
    ]
    spent = year_end_table(year).column(EXPENDITURE)
    table = next(one for one in round_tables(year) if one.code == "Table 4")
    assert table.totals is not None
    assert year_end_table(year).totals is not None
    assert table.totals[2] == year_end_table(year).totals[spent or 0] == 10_100


def test_what_is_carried_forward_is_told_once_it_is_decided_and_never_what_is_left() -> None:
    # North decides nothing; in South 0 is left of Referral's award and 500 of the other
    for pence, own, words in (
        (450, None, "decided for each award. Decided as a whole: South, £4.50."),
        (900, None, "decided for each award. Decided as a whole: South, £9."),
        (500, 500, "as decided; a dash stands where nothing is decided yet."),  # all that is left
    ):
        south = LineEnd(carried=YearDecision(pence, 0, "as agreed", "the board", date(2027, 4, 1)))
        decided = replace(YEAR, ends={"South": south})
        carried = [row.carried_pence for row in service_rows(decided)]
        assert carried == [0 if own else None, pence, 0], "of what is for none where nobody says for which"
        grants = next(one for one in round_tables(decided) if one.code == "Appendix 1")
        assert [row[6] for row in grants.rows] == [None, 0 if own else None, own]
        assert grants.base.endswith(words)
    table = next(one for one in round_tables(decided) if one.code == "Table 4")
    assert table.base.endswith("Carry forward is as decided.")
    assert table.name == "Table 4 – Made-up Fund by Service Area 2026/27"
    undecided = next(one for one in round_tables(YEAR) if one.code == "Appendix 1")
    assert undecided.base.endswith("No carry forward is decided yet.")
    assert "Carry Forward" not in str(undecided.without_empty_columns.columns)
    assert sorted(total([row[-1]]) for row in grants.rows) == [1_429, 2_857, 5_714]


def test_what_is_awarded_without_a_pot_says_where_its_money_comes_from() -> None:
    year = FundYear("Made-up Fund", "2026/27", POTS, (award("No area", 4_000, 3_000),), ())
    said = "draws on the £900 that the fund has, of which £700 is in no pot and in no total here."

    asked = (YearAsked("North", 1, 900),)
    direct = replace(year, awards=(replace(year.awards[0], route="direct"),), asked=asked)

    # of £900 the pots have £200; £60 awarded in North without a competition is of the £700 beyond them
    own = replace(direct.awards[0], area="North", awarded_pence=6_000)
    apart = replace(direct, awards=(own,), amount_pence=90_000)
    pot = apart.pots[0].budget_pence
    held = next(one for one in apart.with_beyond(()).pots if one.area == "North")
    assert (held.budget_pence, held.beyond_pence) == (pot + 6_000, 6_000)
    assert "£60 of the budget is in no round's pot" in year_end_table(apart.with_beyond(())).base
    for of, is_said in ((replace(year, amount_pence=90_000), True), (replace(year, amount_pence=0), False)):
        table = next(one for one in round_tables(of) if one.code == "Table 2")
        assert (said in table.base, said in year_end_table(of).base) == (is_said, is_said)


def test_what_the_office_gave_is_a_line_of_its_own_wherever_it_is_taken_off() -> None:
    plain = FundYear("Made-up Fund", "2026/27", (YearPot("North", 10_000),), AWARDS[:1], ())
    whole = scheme_table(YEAR.year, [YEAR])

    for table in (round_tables(YEAR)[0], year_end_table(YEAR)):
        spent = table.column(EXPENDITURE)
        assert spent is not None
        assert (table.rows[-1][0], table.rows[-1][spent]) == ("Office funding", -300)
        assert total(row[spent] for row in table.rows[:-1]) == sum(award.spent_pence for award in AWARDS)
        assert chart_of(table) is None or "Office funding" not in str(chart_of(table))
        assert table.totals is not None
        assert whole.totals is not None
        assert table.totals[spent] == whole.totals[whole.column(EXPENDITURE) or 0] == whole.rows[0][3]
    assert [row[0] for row in whole.rows] == ["Made-up Fund"]
    recorded = replace(YEAR, ends={"South": LineEnd(spent=Spent(5_000, 0, date(2027, 3, 31), "the ledger"))})
    spent = year_end_table(recorded).column(EXPENDITURE) or 0
    rows = {row[0]: row[spent] for row in year_end_table(recorded).rows}
    assert (rows["South"], rows["Office funding"]) == (5_000, 0), "it stands as it was recorded"
    assert [row[0] for row in round_tables(plain)[0].rows] == ["North"]


POT = YearPot("Dudley", 2_950_000, 300_000)


@pytest.mark.parametrize(
    ("start_up", "bound", "share"),
    [((), 480_050, "14.8%"), ((150_000,), 480_050, "14.8%"), ((300_000, 20_000), 500_050, "15.4%")],
)
def test_start_up_money_counts_once_awarded_or_not(start_up: tuple[int, ...], bound: int, share: str) -> None:
    apart = (replace(award("Dudley", pence, 0), route=Route.START_UP) for pence in start_up)
    awards = (award("Dudley", 180_050, 0), *apart)

    line = YearEndLine(POT, NOTHING_RECORDED, awards)

    assert (line.bound_pence, line.committed_words, line.over_pence) == (bound, share, 0)
