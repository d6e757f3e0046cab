"""Columns are as wide as was asked, but hold their longest word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.papers.document.columns import fitted, in_parts, with_pence_alike
from exchange.papers.document.values import Column, Table


def widths(*columns: Column, rows: tuple[tuple[str, ...], ...] = ()) -> list[float]:
    """Return widths in a table of 100, where a letter is 1 wide and 2 stand beside the words of a cell."""
    return fitted(Table("", columns, rows), 100, 2, lambda word: float(len(word)))


def test_what_holds_its_words_has_its_share() -> None:
    assert widths(Column("A", 3), Column("B", 1), rows=(("a b", "c"),)) == [75, 25]


def test_a_word_is_not_broken_and_the_others_give_way() -> None:
    # 10 asked and 14 needed; the 4 come off what the other has over its own 3
    assert widths(Column("A", 9), Column("B", 1), rows=(("a", "Wolverhampton"[:12]),)) == pytest.approx(
        [86, 14]
    )


def test_a_figure_stays_on_one_line() -> None:
    assert widths(Column("A", 9), Column("B", 1, is_figure=True), rows=(("a", "£3,319 + £1,20"),))[1] == 16


def test_where_not_all_fit_each_has_its_part() -> None:
    found = widths(*(Column("x" * 38, 1) for _ in range(4)))

    assert found == [25, 25, 25, 25]  # each needs 40 of 100


def test_where_not_all_fit_figures_and_short_texts_are_whole() -> None:
    long, short, figure = Column("x" * 38, 1), Column("x" * 18, 1), Column("£1,234,567", 1, is_figure=True)

    # 100 less 12 + 8 for the figure beside a text, 20 for the short text, is 60 for the two long ones
    assert widths(long, figure, short, long) == [30, 20, 20, 30]
    # seven figures of 12 leave less than the texts need: each gets its part, 40 and 84 are needed
    assert widths(long, *[figure] * 7) == pytest.approx([100 * 40 / 124, *[100 * 12 / 124] * 7])


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=12), st.sampled_from(("Coventry", "All the areas"))
)
def test_figures_that_do_not_fit_side_by_side_stand_whole_in_several_tables(
    pounds: list[int], area: str
) -> None:
    cells = tuple(f"£{one:,}" for one in pounds)
    columns = (Column("Area", 2), *(Column(f"Sum {n}", 1, is_figure=True) for n in range(len(cells))))
    table = Table("Money", columns, ((area, *cells), ("Total", *cells)), frozenset({1}))

    parts = in_parts(table, 100, 2, lambda word: float(len(word)))

    assert [part.caption for part in parts] == ["Money", *["Money, continued"] * (len(parts) - 1)]
    assert [column for part in parts for column in part.columns[1:]] == list(columns[1:])
    assert tuple(cell for part in parts for cell in part.rows[0][1:]) == cells
    assert {(part.columns[0], part.rows[0][0], part.sums) for part in parts} == {
        (columns[0], area, table.sums)
    }
    for part in parts:
        wide = fitted(part, 100, 2, lambda word: float(len(word)))
        assert all(len(cell) + 2 <= has + 1e-6 for cell, has in zip(part.rows[0][1:], wide[1:], strict=True))


def test_a_table_of_words_that_are_broken_in_any_case_stays_one() -> None:
    texts = Table("", (Column("x" * 60, 1), Column("x" * 60, 1), Column("x" * 60, 1)), ())

    assert in_parts(texts, 100, 2, lambda word: float(len(word))) == (texts,)


def test_a_word_that_is_broken_in_any_case_leaves_others_what_they_asked_for() -> None:
    name, kinds = Column("x" * 60, 1), Column("x" * 18, 1)

    # of 100 each asks for 25, which holds the 20 of one; 60 letters do not fit in the 40 that a word has
    assert widths(name, name, kinds, name) == [25, 25, 25, 25]
    # a word of 30 letters is whole beside it: 32 and 20 leave 48 for two names
    assert widths(name, kinds, name, Column("x" * 30)) == pytest.approx([24, 20, 24, 32])
    assert widths(name, kinds) == [50, 50], "and has what it asks for where there is room"


@pytest.mark.parametrize(
    ("sums", "shown"),
    [
        (("£4,500.00", "−£2.00", "–"), ("£4,500", "−£2", "–")),
        (("£4,500", "£2,250.50", "–"), ("£4,500.00", "£2,250.50", "–")),
        (("12", "3.00", ""), ("12", "3.00", "")),
    ],
)
def test_all_sums_of_a_column_have_pence_or_none_has(sums: tuple[str, ...], shown: tuple[str, ...]) -> None:
    columns = (Column("Text"), Column("Sum", is_figure=True))
    table = Table("", columns, tuple(("£1.00", cell) for cell in sums))

    assert with_pence_alike(table).rows == tuple(("£1.00", cell) for cell in shown)


def test_sums_of_a_table_that_is_as_said_keep_the_pence_that_each_has() -> None:
    columns = (Column("Text"), Column("Sum", is_figure=True))
    table = Table("", columns, (("a", "£4,500"), ("b", "£2,250.50")), is_as_said=True)

    assert with_pence_alike(table) == table


def test_a_table_without_rows_stays_as_it_is() -> None:
    empty = Table("", (Column("Sum", is_figure=True),), ())

    assert with_pence_alike(empty) == empty
