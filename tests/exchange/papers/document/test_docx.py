"""A paper in Word holds every word; how blocks stand on a page, and how wide columns are."""

import re
from datetime import UTC, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import resources
from exchange.papers.document import docx as docx_module
from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.docx_tables import SIGNING_ROOM
from exchange.papers.document.layout import fitted, in_parts, kept_together, kept_with_next, with_pence_alike
from exchange.papers.document.pdf import heading_pages, write_document_pdf
from exchange.papers.document.pdf_blocks import MOST_BLANK
from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Contents,
    Document,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Picture,
    Signature,
    Table,
    Together,
)
from exchange.pdf.pdf_pages import LANDSCAPE, PORTRAIT, Shape
from tests.exchange.papers.document.papers import READ_BACK, paper


def test_headings_are_headings_and_the_title_is_in_the_properties(tmp_path: Path) -> None:
    word = docx.Document(str(write_document_docx(paper(), tmp_path / "notice.docx")))

    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [("Heading 1", "Summary"), ("Heading 2", "Detail")]
    assert word.core_properties.title == "Notice of Decision 031/2026"
    assert word.core_properties.language == "en-GB"


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    word = docx.Document(str(write_document_docx(paper(), tmp_path / "notice.docx")))

    numbered = next(p for p in word.paragraphs if p.text.startswith("1."))
    assert " ".join(numbered.text.split()) == f"1. {READ_BACK}"
    assert word.tables[0].cell(1, 1).text.split() == READ_BACK.split()


def test_the_first_row_of_a_table_is_marked_as_its_head(tmp_path: Path) -> None:
    word = docx.Document(str(write_document_docx(paper(), tmp_path / "notice.docx")))
    table = word.tables[1]

    assert [cell.text for cell in table.rows[0].cells] == ["Service", "Crime type", "Allocation"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[-1].cells] == ["Total", "", "£30"]
    signing = next(one for one in word.tables if one.cell(0, 0).text == "Chief Executive")
    assert [[cell.text for cell in row.cells] for row in signing.rows] == [
        ["Chief Executive", "Signature", "Date"]
    ]


END = (Para("What ends a paper"), Para("stays with"), Para("the lines above it."))


def test_no_point_of_a_list_stands_alone_on_a_page(tmp_path: Path) -> None:
    whole = replace(paper(), blocks=(Bullets(("one", "two", "three", "four")), Bullets(("alone",)), *END))

    word = docx.Document(str(write_document_docx(whole, tmp_path / "notice.docx")))

    kept = {p.text: bool(p.paragraph_format.keep_with_next) for p in word.paragraphs}
    assert [kept[text] for text in ("one", "two", "three", "four", "alone")] == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_no_heading_above_points_is_left_behind_by_libreoffice(tmp_path: Path) -> None:
    lists = (Bullets(("one", "two", "three", "four")), Heading("Also", 2), Bullets(("five", "six")))
    whole = replace(paper(), blocks=(Heading("First", 2), *lists, *END))

    word = docx.Document(str(write_document_docx(whole, tmp_path / "notice.docx")))

    kept = {p.text: bool(p.paragraph_format.keep_with_next) for p in word.paragraphs}
    # the first below its heading is not kept with the next: of a chain of three the heading would stay behind
    assert [kept[of] for of in ("one", "two", "three", "four", "five", "six")] == [
        False,
        False,
        True,
        False,
        False,
        False,
    ]


def test_the_same_values_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_document_docx(paper(), tmp_path / name) for name in ("a.docx", "b.docx"))

    assert first.read_bytes() == second.read_bytes()


def test_contents_lead_to_their_headings(tmp_path: Path) -> None:
    ends = (NewPage(), Heading("Ends"))
    whole = replace(paper(), blocks=(Contents(("Summary", "Ends")), *paper().blocks, *ends))

    word = docx.Document(str(write_document_docx(whole, tmp_path / "notice.docx")))

    links = [link.get(qn("w:anchor")) for link in word.element.body.iter(qn("w:hyperlink"))]
    marks = list(word.element.body.iter(qn("w:bookmarkStart")))
    headings = {one.get(qn("w:name")): Paragraph(one.getparent(), word).text for one in marks}
    assert [headings[name] for name in links] == ["Summary", "Ends"]
    fields = [one.text for one in word.element.body.iter(qn("w:instrText"))]
    assert fields == [f"PAGEREF {name} \\h" for name in links]
    pages = heading_pages(whole)
    assert pages["Ends"] > pages["Summary"]
    shown = {p.text for p in word.paragraphs}
    assert {f"{of}\t{pages[of]}" for of in ("Summary", "Ends")} <= shown, "as the paper has them as a PDF"
    settings = word.settings.element
    assert settings.find(qn("w:updateFields")) is None, "Word would ask at opening"


def test_a_picture_is_as_wide_as_the_text_at_most_and_has_its_words(tmp_path: Path) -> None:
    shown = Picture(resources.path("help/pictures/ranking.png").read_bytes(), "The ranked list")
    word = docx.Document(str(write_document_docx(replace(paper(), blocks=(shown,)), tmp_path / "a.docx")))

    (picture,) = word.inline_shapes
    assert picture.width <= Cm(17)
    assert [one.get("descr") for one in word.element.body.iter(qn("wp:docPr"))] == ["The ranked list"]


def test_a_new_page_is_begun_by_a_paragraph_so_that_a_full_page_leaves_no_blank_one(tmp_path: Path) -> None:
    word = docx.Document(str(write_document_docx(paper(), tmp_path / "notice.docx")))

    begun = [p.text for p in word.paragraphs if p.paragraph_format.page_break_before]
    assert begun == [""]
    assert not list(word.element.body.iter(qn("w:br")))


def test_a_table_that_ends_a_paper_has_no_height_below_it(tmp_path: Path) -> None:
    table = Table("", (Column("Service"),), (("Tools",),))
    ended = replace(paper(), blocks=(table, table), below=("", ""))

    word = docx.Document(str(write_document_docx(ended, tmp_path / "ended.docx")))

    gaps = [p.paragraph_format.line_spacing for p in word.paragraphs if p.style.name == "Gap"]
    assert gaps == [None, Pt(1)]


def test_what_ends_a_paper_stays_with_the_lines_above_it(tmp_path: Path) -> None:
    lines = tuple(Para(f"Line {number}.") for number in range(9))
    blocks = (*lines, Para("Line last."), NewPage(), *lines, Para("Line last."))
    whole = replace(paper(), blocks=blocks, below=("", ""))

    word = docx.Document(str(write_document_docx(whole, tmp_path / "report.docx")))

    shown = [one for one in word.paragraphs if one.text.startswith("Line")]
    kept = [bool(one.paragraph_format.keep_with_next) for one in shown]
    assert kept == 2 * [*[False] * 7, True, True, False]


def test_the_gap_below_a_table_that_ends_a_paper_parts_it_from_nothing(tmp_path: Path) -> None:
    table = Table("", (Column("Award"),), (("A-031-01",),))
    ends = (table, Para("The figures agree."), Signature("Chief Executive"))

    for blocks in (ends, (table, Together(ends[1:])), (Together(ends),)):
        told = (Para("Line."), Heading("Providers"), *blocks)
        whole = replace(paper(), blocks=told, below=("", ""))
        word = docx.Document(str(write_document_docx(whole, tmp_path / "return.docx")))
        below, last = (p.paragraph_format.keep_with_next for p in word.paragraphs if p.style.name == "Gap")
        assert (below, last) == (True, None)


def test_the_last_rows_of_a_table_stay_with_the_sum_below(tmp_path: Path) -> None:
    table = Table("", (Column("Award"),), tuple((f"A-031-{n:02}",) for n in range(20)))
    below = Para("Dudley: £900 is recommended.", Look.STRONG)
    whole = replace(paper(), blocks=(table, below, *(Para(f"Line {n}.") for n in range(5))))

    word = docx.Document(str(write_document_docx(whole, tmp_path / "minutes.docx")))

    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in word.tables[0].rows]
    (gap,) = (p.paragraph_format.keep_with_next for p in word.paragraphs if p.style.name == "Gap")
    assert (kept[-3:], gap, kept[10]) == ([True] * 3, True, False)


def test_lines_to_sign_on_are_rows_of_one_table_that_no_page_parts(tmp_path: Path) -> None:
    chair, taker, other = map(Signature, ("Chair", "Note taker", "Witness"))
    blocks = (Together((Para("Signed:"), chair, taker)), Together((other,)), Para("Below."), chair)
    whole = replace(paper(), blocks=blocks)

    word = docx.Document(str(write_document_docx(whole, tmp_path / "minutes.docx")))

    signing = [[row.cells[0].text for row in table.rows] for table in word.tables]
    assert signing == [["Chair", "Note taker", "Witness"], ["Chair"]]
    rows = [row.cells[0].paragraphs[0].paragraph_format for row in word.tables[0].rows]
    assert rows[0].keep_with_next
    assert [row.height for row in word.tables[0].rows] == [SIGNING_ROOM] * 3


@pytest.mark.parametrize("is_landscape", [False, True])
def test_a_table_that_would_leave_a_third_of_a_page_empty_goes_over_pages(
    tmp_path: Path, is_landscape: bool
) -> None:
    columns, reason = (Column("Criterion", 1), Column("Reason", 1)), "It answers the question. " * 12
    low, high = (
        Together((Heading(f"Item {number}", 2), Table("", columns, rows, is_close=True)))
        for number, rows in enumerate(((("A1", "Enough."),) * 7, (("A1", reason),) * 7))
    )
    whole = replace(paper(), blocks=(low, high, Para("Below.")), is_landscape=is_landscape)

    word = docx.Document(str(write_document_docx(whole, tmp_path / "minutes.docx")))

    kept = [
        [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
        for table in word.tables
    ]
    # its head stays with the first two rows, its last three with what ends the paper; the low one is whole
    assert kept == [[True] * 7 + [False], [True, True, False, False, False, True, True, True]]


def test_what_is_said_of_one_thing_stands_on_one_page(tmp_path: Path) -> None:
    said = Pairs(tuple((f"Subject {number}", "Told.") for number in range(12)))
    below = tuple(Para(f"Line {number}.") for number in range(5))
    whole = replace(paper(), blocks=(Heading("Kite Club", 2), said, *below))

    word = docx.Document(str(write_document_docx(whole, tmp_path / "given.docx")))

    (table,) = word.tables
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
    assert kept == [True] * 11 + [False]


@pytest.mark.parametrize(("at_hand", "looked_back"), [(1, 4), (9, 8), (64, 8)])
@pytest.mark.parametrize("with_picture", [False, True])
def test_what_is_put_aside_while_a_long_paper_is_written_comes_back_where_it_stood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_hand: int, looked_back: int, with_picture: bool
) -> None:
    shown = Together((Picture(resources.path("help/pictures/ranking.png").read_bytes(), "The list"),))
    pictures = (shown,) * with_picture
    long = replace(paper(), blocks=(*pictures, *paper().blocks * 9, *pictures))
    monkeypatch.setattr(docx_module, "AT_HAND", 1 << 20)
    whole = write_document_docx(long, tmp_path / "whole.docx").read_bytes()
    monkeypatch.setattr(docx_module, "AT_HAND", at_hand)
    monkeypatch.setattr(docx_module, "LOOKED_BACK", looked_back)

    assert write_document_docx(long, tmp_path / "parts.docx").read_bytes() == whole


def test_few_elements_stand_in_a_long_paper_while_others_are_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stood: list[int] = []
    added = docx_module.add_block

    def note(word: WordDocument, block: Block) -> None:
        stood.append(len(word.element.body))
        with monkeypatch.context() as within:
            within.setattr(docx_module, "add_block", added)
            added(word, block)

    monkeypatch.setattr(docx_module, "add_block", note)
    write_document_docx(replace(paper(), blocks=paper().blocks * 20), tmp_path / "long.docx")

    assert max(stood) <= docx_module.AT_HAND < len(stood)


def test_no_page_has_what_names_the_data_alone(tmp_path: Path) -> None:
    for last in (Para("Line last."), Table("", (Column("Award"),), (("A-031-01",), ("A-031-02",)))):
        said = replace(paper(), blocks=(Para("Line."), last), below=("Generated 2 Dec 2026.", ""))
        word = docx.Document(str(write_document_docx(said, tmp_path / "paper.docx")))
        assert word.paragraphs[-2].paragraph_format.keep_with_next


def test_the_sum_of_the_data_stands_once_at_the_end_and_in_no_foot(tmp_path: Path) -> None:
    said = replace(paper(), below=("Generated 2 Dec 2026.", f"SHA-256 of the data {'ab' * 32}"))

    word = docx.Document(str(write_document_docx(said, tmp_path / "paper.docx")))

    assert [" ".join(each.text.replace("\u2011", "-").split()) for each in word.paragraphs[-2:]] == list(
        said.below
    )
    assert not any("SHA" in each.text for each in word.sections[0].footer.paragraphs)


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
