"""A paper in Word holds every word; how blocks stand on a page, and how wide columns are."""

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.papers.document.docx import SIGNING_ROOM, write_document_docx
from exchange.papers.document.values import (
    Block,
    Column,
    Heading,
    Look,
    NewPage,
    Para,
    Signature,
    Table,
    Together,
    fitted,
    in_parts,
)
from tests.exchange.papers.document.papers import READ_BACK, paper


def written(folder: Path, *blocks: Block, **changes: Any) -> WordDocument:
    """Return a paper with these blocks, or with every kind of one, as it is read back."""
    whole = replace(paper(), **{"blocks": blocks or paper().blocks, **changes})
    return docx.Document(str(write_document_docx(whole, folder / "paper.docx")))


def kept_in(word: WordDocument) -> list[str]:
    """Return the paragraphs that are kept with the next, of each row that of the first cell."""
    of_body = "./w:p[w:pPr/w:keepNext] | ./w:tbl/w:tr/w:tc[1]/w:p[w:pPr/w:keepNext]"
    return [one.text for one in word.element.body.xpath(of_body)]


def test_headings_and_heads_of_tables_are_marked_and_hostile_text_is_only_text(tmp_path: Path) -> None:
    word = written(tmp_path)

    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [("Heading 1", "Summary"), ("Heading 2", "Detail")]
    assert word.core_properties.title == "Notice of Decision 031/2026"
    assert word.core_properties.language == "en-GB"

    numbered = next(p for p in word.paragraphs if p.text.startswith("1."))
    assert " ".join(numbered.text.split()) == f"1. {READ_BACK}"
    assert word.tables[0].cell(1, 1).text.split() == READ_BACK.split()

    table = word.tables[1]

    assert [cell.text for cell in table.rows[0].cells] == ["Service", "Crime type", "Allocation"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[-1].cells] == ["Total", "", "£30"]
    signing = next(one for one in word.tables if one.cell(0, 0).text == "Chief Executive")
    assert [[cell.text for cell in row.cells] for row in signing.rows] == [
        ["Chief Executive", "Signature", "Date"]
    ]


LINES = tuple(Para(f"Line {number}.") for number in range(9))
TWENTY = Table("", (Column("Award"),), tuple((f"A-{number:02}",) for number in range(20)))
ONE = Table("", (Column("Award"),), (("A-00",),))
AGREES, SIGNS = Para("The figures agree."), Signature("Chief Executive")
GAP = ""
"""What stands below a table."""
LAST = ["Line 6.", "Line 7."]
OF_TWENTY = ["Award", "A-00", "A-16", "A-17", "A-18", "A-19", GAP]
TO_SIGN = ["Providers", "Award", "A-00", GAP, "The figures agree."]


KEPT = {
    "the end of each part": ((*LINES, NewPage(), *LINES), [*LAST, GAP, *LAST]),
    "a sum below a table": ((TWENTY, Para("£900.", Look.STRONG), *LINES), [*OF_TWENTY, *LAST]),
    "a table to sign": ((Heading("Providers"), ONE, AGREES, SIGNS), TO_SIGN),
    "to sign together": ((Heading("Providers"), ONE, Together((AGREES, SIGNS))), TO_SIGN),
    "all together": ((Heading("Providers"), Together((ONE, AGREES, SIGNS))), TO_SIGN),
}


@pytest.mark.parametrize("is_landscape", [False, True])
@pytest.mark.parametrize(("blocks", "kept"), KEPT.values(), ids=KEPT)
def test_what_stays_with_the_next_on_its_page(
    blocks: tuple[Block, ...], kept: list[str], is_landscape: bool, tmp_path: Path
) -> None:
    word = written(tmp_path, *blocks, below=("", ""), is_landscape=is_landscape)

    assert kept_in(word) == kept


def test_lines_to_sign_on_are_rows_of_one_table_that_no_page_parts(tmp_path: Path) -> None:
    chair, taker, other = map(Signature, ("Chair", "Note taker", "Witness"))
    blocks = (Together((Para("Signed:"), chair, taker)), Together((other,)), Para("Below."), chair)

    word = written(tmp_path, *blocks)

    signing = [[row.cells[0].text for row in table.rows] for table in word.tables]
    assert signing == [["Chair", "Note taker", "Witness"], ["Chair"]]
    rows = [row.cells[0].paragraphs[0].paragraph_format for row in word.tables[0].rows]
    assert rows[0].keep_with_next
    assert [row.height for row in word.tables[0].rows] == [SIGNING_ROOM] * 3


def letters(word: str) -> float:
    return float(len(word))


LONG, SHORT = Column("x" * 38), Column("x" * 18)
FIGURE = Column("£1,234,567", 1, is_figure=True)


@pytest.mark.parametrize(
    ("columns", "row", "found"),
    [
        ((Column("A", 3), Column("B", 1)), ("a b", "c"), [75, 25]),
        # 10 asked and 14 needed; the 4 come off what the other has over its own 3
        ((Column("A", 9), Column("B", 1)), ("a", "Wolverhampto"), [86, 14]),
        # a figure stays on one line
        ((Column("A", 9), Column("B", 1, is_figure=True)), ("a", "£3,319 + £1,20"), [84, 16]),
        # each needs 40 of 100
        ((LONG,) * 4, None, [25] * 4),
        # 100 less 12 + 8 for the figure beside a text, 20 for the short text, is 60 for the two long ones
        ((LONG, FIGURE, SHORT, LONG), None, [30, 20, 20, 30]),
        # seven figures of 12 leave less than the texts need: each gets its part, 40 and 84 are needed
        ((LONG, *[FIGURE] * 7), None, [100 * 40 / 124, *[100 * 12 / 124] * 7]),
    ],
)
def test_each_column_has_its_share_as_far_as_the_words_of_all_are_whole(
    columns: tuple[Column, ...], row: tuple[str, ...] | None, found: list[float]
) -> None:
    assert fitted(Table("", columns, (row,) if row else ()), 100, 2, letters) == pytest.approx(found)


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

    parts = in_parts(table, 100, 2, letters)

    assert [part.caption for part in parts] == ["Money", *["Money, continued"] * (len(parts) - 1)]
    assert [column for part in parts for column in part.columns[1:]] == list(columns[1:])
    assert tuple(cell for part in parts for cell in part.rows[0][1:]) == cells
    assert {(part.columns[0], part.rows[0][0], part.sums) for part in parts} == {
        (columns[0], area, table.sums)
    }
    for part in parts:
        wide = fitted(part, 100, 2, letters)
        assert all(len(cell) + 2 <= has + 1e-6 for cell, has in zip(part.rows[0][1:], wide[1:], strict=True))
