"""The tables of earlier years that ship worked out are what their printed cells come to."""

from msgspec.structs import replace

from models.papers.year.summed_tables import printed_years
from models.reference.shipped_history import STATEMENTS, PrintedTable, shipped_tables
from tests.oracle.printed_rules import rules
from tests.oracle.printed_years import cross_checks, read_count, worked_out, years_of

SPENT = PrintedTable(
    "Fund",
    "2016/17",
    "Table 1",
    "Spending",
    "a paper",
    ("Area", "Grant", "Expenditure £", "Carry Forward £"),
    ("text", "pounds", "pounds", "pounds"),
    (("Dudley", "10", "4", "6"), ("Walsall", "20", "5", "15"), ("Total", "30", "9", "21")),
    "printed",
)


SECOND = next(table for table in shipped_tables() if table.code == "Table 2")


def test_what_ships_is_what_the_printed_cells_come_to() -> None:
    """Where it is not: `python -m tests.oracle.printed_years` writes it anew."""
    assert printed_years() == years_of(shipped_tables())


def test_a_check_is_made_once_every_table_that_it_is_of_is_there() -> None:
    every = [table.key for table in shipped_tables()]
    without = [key for key in every if key != SECOND.key]

    tables, checks = printed_years().those(every)
    fewer, left = printed_years().those(without)

    assert (len(tables), len(checks)) == (15, 61)
    assert len(fewer) == 14
    assert not [
        one for one in left if one.fund == "Active Citizens Fund" and "Table 2" in one.what + one.table
    ]
    assert printed_years().those([]) == ([], [])


def test_a_printed_cell_has_pence_only_where_the_print_has() -> None:
    rows = (("Grant", "£1,678,130"), ("For a time", "£341,363.39"), ("Total", "£2,019,493.39"))
    income = replace(SPENT, headings=("Source", "Amount"), kinds=("text", "pounds"), rows=rows)

    table = worked_out(income).table

    assert [row[1] for row in table.words()] == ["£1,678,130", "£341,363.39", "£2,019,493.39"]
    assert next(row[1] for row in replace(table, is_printed=False).words()) == "£1,678,130.00"


def test_a_total_of_shares_is_said_only_where_the_print_has_one() -> None:
    rows = (("Coast", "£10", "33.3%"), ("Hills", "£20", "66.6%"))
    share = {"headings": ("Area", "Amount", "Share"), "kinds": ("text", "pounds", "percent")}

    def last(total: str) -> object:
        return worked_out(replace(SPENT, rows=(*rows, ("Total", "£30", total)), **share)).table.totals[2]

    assert (last(""), last("100%")) == (None, 10_000)


def test_a_column_that_no_print_has_is_said_to_be_worked_out() -> None:
    plain = {"headings": ("Area", "Amount"), "kinds": ("text", "pounds")}
    rows = (("Dudley", "£10"), ("Walsall", "£20"), ("Total", "£30"))

    shares = worked_out(replace(SPENT, rows=rows, **plain)).table
    left = worked_out(replace(SPENT, rows=(("Dudley", "10", "4", "0"), *SPENT.rows[1:]))).table
    as_printed = worked_out(SPENT).table

    assert shares.columns[-1].heading == "Share of total %"
    assert shares.base == "Source: a paper. Totals and shares of the total are worked out from the rows."
    assert left.base == "Source: a paper. Totals and what is left of each grant are worked out from the rows."
    assert as_printed.base == "Source: a paper. Totals are worked out from the rows."


def test_variances_are_said_to_be_worked_out_of_a_table_that_has_some() -> None:
    bases = {one.code: worked_out(one).table.base for one in shipped_tables() if one.year == "2016/17"}

    assert {code for code, base in bases.items() if "variances" in base} == {"Table 2"}


def test_a_number_in_a_sentence_is_the_first_one() -> None:
    assert read_count("There were 24 projects in 7 areas") == 24
    assert read_count("There were some") is None


def test_a_total_that_is_far_from_its_rows_disagrees() -> None:
    wrong = replace(SPENT, rows=(*SPENT.rows[:2], ("Total", "50", "9", "21")))

    (check,) = [one for one in worked_out(wrong).checks if one.differs]

    assert (check.computed, check.printed, check.verdict) == (
        3_000,
        5_000,
        "Disagrees with the sum of its rows",
    )


def test_a_carry_forward_that_nothing_explains_disagrees() -> None:
    wrong = replace(SPENT, rows=(("Dudley", "10", "4", "2"), ("Walsall", "20", "5", "14"), SPENT.rows[2]))

    verdicts = {one.what.split(":")[0]: one.verdict for one in worked_out(wrong).checks if one.differs}

    assert verdicts["Dudley"] == "Disagrees with the row's other figures"
    assert verdicts["Walsall"] == "Rounding: the printed row is £1 out"


def test_a_share_that_is_not_its_share_disagrees() -> None:
    table = replace(
        SPENT,
        headings=("Area", "Amount", "% of budget"),
        kinds=("text", "pounds", "percent"),
        rows=(("Dudley", "25", "25%"), ("Walsall", "75", "70%"), ("Total", "100", "")),
    )

    (check,) = [one for one in worked_out(table).checks if one.differs]

    assert (check.unit, check.computed, check.printed) == ("percent", 10_000, 9_500)


def test_a_table_without_known_headings_has_no_rules() -> None:
    assert rules(("Area", "Amount")) == ()
    assert rules(("Area", "Grant Amount £", "2017/18 Carry Forward £")) == ()


def said(*rows: tuple[str, ...]) -> PrintedTable:
    headings = ("Statement", "Tables", "Rows", "Measure", "Of", "Printed")
    return PrintedTable("Fund", "2016/17", STATEMENTS, "Said", "a paper", headings, ("text",) * 6, rows)


def test_a_statement_about_tables_that_are_not_there_says_nothing() -> None:
    tables = [worked_out(SPENT).table]

    found = cross_checks(tables, [said(("All", "Table 1 + Table 9", "", "pounds", "", "£30"))])

    assert list(found) == []

    # A share of a row that is not there says nothing and a wrong share disagrees.
    nowhere = said(("Share", "Table 1", "Dudley", "share", "Coventry", "50%"))
    wrong = said(("Share", "Table 1", "Dudley", "share", "Walsall", "40%"))
    assert list(cross_checks(tables, [nowhere])) == []
    (check,) = cross_checks(tables, [wrong])
    assert (check.computed, check.printed, check.verdict) == (5_000, 4_000, "Disagrees with the tables above")

    # Less than is stated is not accounted for.
    (check,) = cross_checks(tables, [said(("All", "Table 1", "", "pounds", "", "£40"))])
    assert check.verdict == "£10.00 (25.0%) not accounted for in the table"
