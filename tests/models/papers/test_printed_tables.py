"""Printed tables: what their cells stand for, what is refused, and sums done over again."""

import pytest
from msgspec.structs import replace

from models.papers.year.printed import rules
from models.papers.year.printed_year import cross_checks, worked_out
from models.papers.year.summed_tables import YearColumn, YearTable, in_words
from models.reference.shipped_history import (
    STATEMENTS,
    PrintedTable,
    read_count,
    read_figure,
    read_pence,
    shipped_tables,
)
from scoring.written.text import Refused

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


@pytest.mark.parametrize(
    ("words", "pence"),
    [
        ("1,787,800", 178_780_000),
        ("-2,469", -246_900),
        ("−£1,842", -184_200),
        ("£184,219.78", 18_421_978),
        ("£0.8m", 80_000_000),
        ("£235.8 million", 23_580_000_000),
        ("just over £2million", 200_000_000),
        ("circa £3,863,308", 386_330_800),
        ("£4,163,775.49 (51% of total budget)", 416_377_549),
        ("24 rows of £5", 500),
        ("none", None),
        ("", None),
    ],
)
def test_money_is_read_as_papers_write_it(words: str, pence: int | None) -> None:
    assert read_pence(words) == pence


@pytest.mark.parametrize(
    ("kind", "words", "figure"),
    [
        ("count", "1,164", 1164),
        ("percent", "6.1%", 610),
        ("percent", "16%", 1600),
        ("count", "several", None),
        ("text", "31", None),
    ],
)
def test_counts_and_shares_are_read_and_texts_are_not(kind: str, words: str, figure: int | None) -> None:
    assert read_figure(kind, words) == figure


def test_a_number_in_a_sentence_is_the_first_one() -> None:
    assert read_count("There were 24 projects in 7 areas") == 24
    assert read_count("There were some") is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fund": " "}, "needs a fund, a name, headings and rows"),
        ({"rows": ()}, "needs a fund, a name, headings and rows"),
        ({"headings": ("Area", "Grant", "Grant", "Carry Forward £")}, "has a heading twice"),
        ({"kinds": ("text", "pounds", "pounds")}, "does not say what each of its columns holds"),
        ({"kinds": ("text", "pounds", "pounds", "colour")}, "does not say what each"),
        ({"total": "maybe"}, "is not a kind of total"),
        ({"rows": (("Dudley", "1"),)}, "row 1 has 2 cells under 4 heads"),
        ({"rows": (("Dudley", "1", "lots", "2"),)}, "“lots” in row 1 is not a figure"),
    ],
)
def test_a_table_whose_cells_do_not_fit_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        replace(SPENT, **changes)  # type: ignore[arg-type]


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


def test_a_share_of_a_row_that_is_not_there_says_nothing_and_a_wrong_share_disagrees() -> None:
    tables = [worked_out(SPENT).table]
    nowhere = said(("Share", "Table 1", "Dudley", "share", "Coventry", "50%"))
    wrong = said(("Share", "Table 1", "Dudley", "share", "Walsall", "40%"))

    assert list(cross_checks(tables, [nowhere])) == []
    (check,) = cross_checks(tables, [wrong])
    assert (check.computed, check.printed, check.verdict) == (5_000, 4_000, "Disagrees with the tables above")


def test_less_than_is_stated_is_not_accounted_for() -> None:
    tables = [worked_out(SPENT).table]

    (check,) = cross_checks(tables, [said(("All", "Table 1", "", "pounds", "", "£40"))])

    assert check.verdict == "£10.00 (25.0%) not accounted for in the table"


def test_a_table_whose_total_is_not_its_sum_cannot_be_made() -> None:
    columns = (YearColumn("Area", "text"), YearColumn("Grant £", "pounds"))

    with pytest.raises(Refused, match="does not add up to its total"):
        YearTable("T", "T", "F", "Y", "", columns, (("Dudley", 1),), ("Total", 2), (1,))
    with pytest.raises(Refused, match="does not have a cell for each heading"):
        YearTable("T", "T", "F", "Y", "", columns, (("Dudley",),))


@pytest.mark.parametrize(
    ("kind", "cell", "words"),
    [
        ("pounds", -246_900, "−£2,469.00"),
        ("count", 1_164, "1,164"),
        ("percent", 610, "6.10%"),
        ("percent", -5, "−0.05%"),
        ("text", "Dudley", "Dudley"),
        ("pounds", None, ""),
    ],
)
def test_a_cell_is_read_as_its_column_says(kind: str, cell: str | int | None, words: str) -> None:
    assert in_words(kind, cell) == words
