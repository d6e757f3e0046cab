"""What the tables of a fund's year say of few awards, and of money that the fund does not have."""

from msgspec.structs import replace

from models.papers.year.printed import BUDGET
from models.papers.year.round_year import round_tables
from models.papers.year.summed_tables import YearTable
from models.papers.year.year_end_tables import year_end_table
from models.papers.year.year_facts import FundYear, YearAward, YearPot

START_UP_WORDS = "start-up"
FOR_SEVERAL = (" each ", "they are", "projects only")


def _year(*pots: YearPot, awards: int = 2) -> FundYear:
    of = YearAward("North", 1, "Made-up Group", "Project", "", 4_000, 4_000, 0, is_known=False)
    given = tuple(replace(of, organisation_id=n, choices=(("priority", "Trust"),)) for n in range(awards))
    return FundYear("Made-up Fund", "2026/27", pots, given, ())


def _told(of: FundYear) -> tuple[YearTable, ...]:
    return (*round_tables(of), year_end_table(of))


def test_a_fund_without_start_up_money_is_told_nothing_of_it() -> None:
    tables = _told(_year(YearPot("North", 10_000, brought_pence=500)))

    said = [f"{table.title} {table.base}" for table in tables]
    heads = [c.heading for table in tables[:-1] for c in table.columns if c.heading != BUDGET]
    assert not [words for words in (*said, *heads) if START_UP_WORDS in words.lower()]


def test_a_fund_with_start_up_money_has_it_in_a_column_and_says_where_it_counts() -> None:
    table, *_ = _told(_year(YearPot("North", 10_000, 3_000)))

    assert table.columns[-1].heading == "Start-up in the budget £"
    assert [row[-1] for row in (*table.rows, table.totals)] == [3_000, 3_000]
    assert "start-up money is in the budget and in no award." in table.base


def test_what_is_said_of_one_award_is_said_of_one() -> None:
    tables = _told(_year(YearPot("North", 10_000), awards=1))

    assert not [
        t.base for t in tables for words in FOR_SEVERAL if t.base.startswith("One") and words in t.base
    ]


def test_both_tables_of_commitment_say_what_of_it_is_no_award() -> None:
    # £5 was committed before; £7 came back of awards of other years.
    first, *_, last = _told(_year(YearPot("North", 10_000, committed_pence=-200, recovered_pence=700)))

    words = "with £5 that the pots had committed before, less £7 that came back of awards of other years"
    assert (words in first.base, words in last.base) == (True, True)
