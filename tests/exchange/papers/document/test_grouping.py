"""What stays on one page: short tables with their headings, and rows that would stand alone."""

import re
from datetime import UTC, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest

from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.grouping import kept_together, kept_with_next
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.pdf_blocks import MOST_BLANK
from exchange.papers.document.values import (
    Bullets,
    Column,
    Document,
    Heading,
    Pairs,
    Para,
    Picture,
    Table,
    Together,
)
from exchange.pdf.pdf_pages import LANDSCAPE, PORTRAIT, Shape

MADE_AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
COLUMNS = (Column("Area", 2), Column("Sum", 1, is_figure=True), Column("Remark", 3))


def _table(rows: int, *sums: int) -> Table:
    return Table(
        "", COLUMNS, tuple((f"Area {n}", f"£{n}", "as planned") for n in range(rows)), frozenset(sums)
    )


def test_a_short_table_stays_with_its_headings_and_the_sentence_between() -> None:
    head, sentence, table = Heading("Money"), Para("In pounds."), _table(3)
    blocks = (Heading("Before"), Para("Told."), head, sentence, table, Bullets(("one",)), _table(40))

    found = tuple(kept_together(blocks))

    assert found == (*blocks[:2], Together((head, sentence, table)), *blocks[5:])


def test_headings_above_one_another_and_words_that_end_in_a_colon_stay_with_what_follows() -> None:
    part, head, long = Heading("Facts and advice"), Heading("Background", 2), Para("Long. " * 100)
    short, leads, listed = Para("Short."), Para("Changed since:"), Bullets(("one", "two"))

    assert tuple(kept_together((part, head, short, long))) == (Together((part, head, short)), long)
    assert tuple(kept_together((part, head, long))) == (Together((part, head), 2), long)
    assert tuple(kept_together((short, leads, listed))) == (short, Together((leads,), 2), listed)
    assert tuple(kept_together((head, leads, listed))) == (Together((head, leads), 2), listed)


def test_a_picture_stays_with_its_heading() -> None:
    head, picture = Heading("While the panel marks"), Picture(b"", "The overview")

    assert tuple(kept_together((head, picture))) == (Together((head, picture)),)
    area = Together((Heading("Area", 2), picture))
    assert tuple(kept_together((head, area))) == (Together((head, *area.blocks)),)


def test_pairs_stay_together_and_a_table_whose_head_says_what_stays_with_it_flows() -> None:
    pairs, head, table = Pairs((("Telephone", "01632 960000"),)), Together((Heading("Item"),), 9), _table(3)

    blocks = (pairs, head, table)
    assert tuple(kept_together(blocks)) == (Together((pairs,)), head, table)
    assert tuple(kept_together(blocks, flowing=False))[1:] == (head, Together((table,)))


def test_no_row_stands_alone_and_no_sum_without_what_it_is_of() -> None:
    # rows 0 and 1, the sum 4 and the row before it, and the last two share a page
    assert kept_with_next(_table(10, 4)) == {0, 3, 4, 8}
    assert kept_with_next(Table("", COLUMNS, (("x" * 400, "", ""), ("y", "", "")))) == frozenset()


def test_a_long_table_leaves_no_few_rows_to_the_last_page(tmp_path: Path) -> None:
    for rows in range(37, 42):  # each would leave a row more
        paper = Document("Areas", (_table(rows),), MADE_AT)
        pdf = pypdfium2.PdfDocument(write_document_pdf(paper, tmp_path / f"{rows}.pdf"))
        last = pdf[len(pdf) - 1].get_textpage().get_text_range()
        pdf.close()
        assert last.count("as planned") not in (1, 2, 3), rows


def test_word_keeps_the_rows_of_pairs_whole_and_with_the_next(tmp_path: Path) -> None:
    pairs = Pairs((("Contact", "Robin Example"), ("Telephone", "01632 960000")))
    paper = Document("Areas", (Heading("Contact"), pairs), MADE_AT)

    table = docx.Document(str(write_document_docx(paper, tmp_path / "paper.docx"))).tables[0]

    whole = [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in table.rows]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert (whole, kept) == ([True, True], [True, None])


@pytest.mark.parametrize("above", range(2, 40, 4))
@pytest.mark.parametrize("rows", [8, 20])
@pytest.mark.parametrize("shape", [PORTRAIT, LANDSCAPE])
def test_no_table_leaves_half_a_page_empty_and_each_begins_with_its_headings_and_two_rows(
    shape: Shape, above: int, rows: int, tmp_path: Path
) -> None:
    # an A4 page upright takes some forty of these lines, and a row and a half of the table for each
    text = tuple(Para(f"Line {n}.") for n in range(above))
    area = Together((Heading("Coventry", 2), _table(rows)))
    blocks = (*text, Heading("Annex"), area)
    document = Document(
        "Notice",
        blocks,
        made_at=MADE_AT,
        marking="OFFICIAL",
        status="Draft",
        is_landscape=shape is LANDSCAPE,
    )

    shown = pypdfium2.PdfDocument(write_document_pdf(document, tmp_path / "a.pdf"))
    pages = [page.get_textpage() for page in shown]
    first = next(n for n, page in enumerate(pages) if "Coventry" in page.get_text_range())

    assert "Annex" in pages[first].get_text_range()
    assert "Area 1" in pages[first].get_text_range()
    if first:
        before = pages[first - 1]
        ends = [before.get_rect(n) for n in range(before.count_rects())]
        # the foot stands below 50, text ends at 42 where a page is full
        left = min(bottom for _, bottom, _, _ in ends if bottom > 50) - 42 - 20
        assert left < shape.inner_height * MOST_BLANK
    for page in pages[first:]:
        assert len(re.findall(r"Area \d", page.get_text_range())) != 1, "no row stands alone"
    shown.close()
