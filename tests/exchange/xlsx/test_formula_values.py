"""Values beside formulas in finished sheet XML."""

import pytest

from exchange.xlsx.xlsx_cells import put_cached_values

XML = b'<row><c r="A1"><f>1+1</f><v></v></c><c r="B1"><v>5</v></c><c r="C1"><f>A1</f><v /></c></row>'


def test_each_formula_gets_its_value_in_order_however_the_empty_one_is_written() -> None:
    assert put_cached_values(XML, ["2", "2.50"]) == (
        b'<row><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>5</v></c><c r="C1"><f>A1</f><v>2.50</v></c></row>'
    )


@pytest.mark.parametrize("values", [["2"], ["2", "2", "2"]])
def test_another_number_of_values_than_formulas_is_a_mistake(values: list[str]) -> None:
    with pytest.raises(ValueError, match="cached values than formulas"):
        put_cached_values(XML, values)


def test_text_that_looks_like_a_formula_is_left_alone() -> None:
    text = b'<c t="inlineStr"><is><t>&lt;/f&gt;&lt;v /&gt;</t></is></c>'

    assert put_cached_values(text, []) == text
