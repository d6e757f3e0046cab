"""A paper as a Word document has real headings, table heads and every word."""

from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from msgspec.structs import replace

import resources
from exchange.papers.document import docx as docx_module
from exchange.papers.document.docx import write_document_docx
from exchange.papers.document.docx_tables import SIGNING_ROOM
from exchange.papers.document.pdf import heading_pages
from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Contents,
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
