"""Text tables: their characters, separator and rows are those that Excel shows."""

from pathlib import Path

import pytest

from exchange.reading.sheets import Cell, read_book
from models.trouble import Trouble


def rows(folder: Path, content: bytes) -> tuple[tuple[Cell, ...], ...]:
    path = folder / "list.csv"
    path.write_bytes(content)
    return read_book(path).sheets[0].rows


@pytest.mark.parametrize(
    "code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=["UTF-8", "with a mark", "UTF-16", "Windows"]
)
def test_characters_are_told_in_every_coding(tmp_path: Path, code: str) -> None:
    content = "Organisation,Amount\r\nCafé – “Môn”,£4 €\r\n".encode(code)

    assert rows(tmp_path, content)[1] == ("Café – “Môn”", "£4 €")


def test_a_stray_byte_does_not_spoil_the_other_characters(tmp_path: Path) -> None:
    content = "Łódź Club,żółć\n".encode() + b"Caf\xe9,2\n"

    assert rows(tmp_path, content) == (("Łódź Club", "żółć"), ("Café", "2"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_told_from_the_rows(tmp_path: Path, separator: str) -> None:
    lines = (
        ("Reference", "Organisation", "Amount"),
        ("1", '"Food, warmth; and more"', "4500"),
        ("2", '"Five\ttabs, ""quoted""; here"', "250"),
    )
    content = "\n".join(separator.join(line) for line in lines).encode()

    assert rows(tmp_path, content)[1:] == (
        ("1", "Food, warmth; and more", "4500"),
        ("2", 'Five\ttabs, "quoted"; here', "250"),
    )


def test_commas_in_amounts_do_not_make_a_comma_the_separator(tmp_path: Path) -> None:
    content = b"Organisation;Amount\nA;4,500\nB;5,250\n"

    assert rows(tmp_path, content)[1:] == (("A", "4,500"), ("B", "5,250"))


def test_a_line_that_names_the_separator_is_not_a_row(tmp_path: Path) -> None:
    assert rows(tmp_path, b"sep=;\r\na,b;c\r\n") == (("a,b", "c"),)


def test_rows_are_counted_as_excel_shows_them(tmp_path: Path) -> None:
    content = b'Title\r\n\r\nOrganisation,Need\r\n"A","line one\r\nline two"\r\n\r\nB,x\r\n\r\n\r\n'

    assert rows(tmp_path, content) == (
        ("Title", None),
        (None, None),
        ("Organisation", "Need"),
        ("A", "line one\r\nline two"),
        (None, None),
        ("B", "x"),
    )


def test_rows_may_end_as_on_an_old_macintosh(tmp_path: Path) -> None:
    assert rows(tmp_path, b"a,b\r1,2\r") == (("a", "b"), ("1", "2"))


def test_a_quotation_mark_that_never_closes_is_named_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="quotation mark in row 2 that is never closed"):
        rows(tmp_path, b'Organisation,Amount\n"Friends,5\nB,6\nC,7\n')


def test_a_long_tail_swallowed_by_a_quotation_mark_is_named_so(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="quotation mark in row 2 that is never closed"):
        rows(tmp_path, b'Organisation,Amount\n"Friends,5\n' + b"B,6\n" * 20_000)


def test_quotation_marks_within_a_text_are_kept(tmp_path: Path) -> None:
    assert rows(tmp_path, b'a,b\n5" pipe,x\n"The ""Lunch"" Club",y\n')[1:] == (
        ('5" pipe', "x"),
        ('The "Lunch" Club', "y"),
    )


def test_too_many_rows_or_columns_are_refused_and_empty_ones_read_past(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cell A20001, beyond row 20,000"):
        rows(tmp_path, b"a\n" * 20_001)
    with pytest.raises(Trouble, match="cell KO1, beyond 300 columns"):
        rows(tmp_path, b"a," * 301)

    assert rows(tmp_path, b"a,b\n" + b",,,\n" * 1_000_000) == (("a", "b"),)


def test_empty_rows_between_are_read_past_up_to_a_value(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cell A30001, beyond row 20,000"):
        rows(tmp_path, b"a\n" + b"\n" * 29_999 + b"b\n")


def test_a_text_longer_than_a_cell_holds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="more than 1,000,000 characters in cell B2"):
        rows(tmp_path, b"a,b\n1," + b"x" * 1_000_001 + b"\n")


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    assert rows(tmp_path, b"Organisation\nA\n") == (("Organisation",), ("A",))
