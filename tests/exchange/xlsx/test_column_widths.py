"""No word of a usual length is broken in a cell of a sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.xlsx.table_book import TableColumn
from exchange.xlsx.xlsx_cells import Formula
from exchange.xlsx.xlsx_sheets import WIDEST_FOR_A_WORD, holding_words

AREA = TableColumn("Area", 14, "wrapped", str)


@given(st.lists(st.text("abc ", max_size=40), max_size=5), st.sampled_from(("wrapped", "apart", "text")))
def test_a_column_of_several_lines_holds_its_words_and_gets_no_narrower(texts: list[str], kind: str) -> None:
    (found,) = holding_words((TableColumn("Area", 8, kind, str),), [(text,) for text in texts])

    assert 8 <= found.width <= WIDEST_FOR_A_WORD
    if kind == "text":
        assert found.width == 8
    else:
        usual = [len(word) for text in texts for word in text.split() if len(word) <= 20]
        assert all(letters < found.width for letters in usual)


def test_what_is_no_text_and_a_word_that_no_cell_holds_change_nothing() -> None:
    assert holding_words((AREA,), [(1,), (None,), ("x" * 60,)]) == (AREA,)
    (found,) = holding_words((AREA,), [("South Worcestershire",), ("x" * 60,)])
    assert found.width == pytest.approx(16.4)


def test_a_column_of_money_holds_its_total() -> None:
    money = TableColumn("Paid", 12, "pounds", str)

    assert holding_words((money,), [(999_999_99,)], [(Formula("=SUM(A1:A2)", "999999.99"),)]) == (money,)
    (found,) = holding_words((money,), [(999_999_999,)], [(Formula("=SUM(A1:A2)", "10034600.38"),)])
    assert found.width == 15  # "£10,034,600.38" has 14 signs
