"""A paper in Word and as a PDF says every word once, in order, with its parts kept and told as such."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import resources
from exchange.papers.document.docx import SIGNING_ROOM, write_document_docx
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import (
    Block,
    Column,
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
    fitted,
    in_parts,
)
from tests.exchange.papers.document.papers import READ_BACK, allocations, kinds_of, paper
from tests.exchange.schedule_rounds import made_round, schedule_of, write_schedule
from tests.paper_text import pages_of, printed
from tests.safety.table import Reached


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


SMALL, MADE_AT = Para("A small line.", Look.SMALL), datetime(2026, 11, 24, tzinfo=UTC)


def lines_of(many: int) -> tuple[Para, ...]:
    return tuple(Para(f"Line {number}.") for number in range(many))


def drawn(folder: Path, *blocks: Block, **of: Any) -> Path:
    return write_document_pdf(Document("Report", blocks, MADE_AT, **of), folder / "report.pdf")


@pytest.mark.parametrize("is_landscape", [False, True])
def test_every_word_is_there_and_hostile_text_is_only_text(tmp_path: Path, is_landscape: bool) -> None:
    text = printed(write_document_pdf(paper(is_landscape=is_landscape), tmp_path / "notice.pdf"))

    assert text.count(" ".join(READ_BACK.split())) == 2
    for words in ("First line. Second line.", "Service 3 Hate crime £10", "Total £30", "£5 of £8"):
        assert words in text
    assert "Page 1 of 2" in text


def test_a_long_table_has_its_heading_on_each_page_read_once_and_one_sum(tmp_path: Path) -> None:
    path = drawn(tmp_path, allocations(450))
    text, kinds = printed(path), kinds_of(path)

    assert text.count("Crime type") > 5
    assert all(f"Service {number} Hate" in text for number in (1, 200, 201, 450))
    assert text.count("Total £4500") == 1
    assert [len(list(run)) for kind, run in groupby(kinds) if kind == "TH"] == [3]
    assert kinds.count("TD") == 3 * 450 + 2  # 450 lines, and their sum, whose name reaches over two columns
    assert path.read_bytes().count(b"/ColSpan 2") == 1


PAIRS = Pairs((("Project", "Kites"), ("Purpose", "W" * 6_000), ("Area", "Dudley")))


@pytest.mark.parametrize(
    ("block", "word", "many"),
    [
        (PAIRS, "W", 6_000),
        (Together((Heading("A club", 2), PAIRS)), "W", 6_000),
        (Table("Reasons", (Column("Reason"),), (("word " * 3_000,), ("Dudley",))), "word", 3_000),
    ],
)
def test_what_is_longer_than_a_page_goes_on_on_the_next(
    tmp_path: Path, block: Block, word: str, many: int
) -> None:
    said = printed(drawn(tmp_path, block))

    assert said.count(word) == many
    assert "Dudley" in said


SIGNING = Together((Para("The figures agree."), Signature("Chief executive"), Signature("Treasurer")))


def on_pages(folder: Path, *blocks: Block) -> list[str]:
    return pages_of(drawn(folder, *blocks, is_landscape=True))


@pytest.mark.parametrize("lines", range(12, 30, 3))
def test_a_short_table_and_a_last_sentence_stand_with_those_who_sign(tmp_path: Path, lines: int) -> None:
    sign = Together((Signature("Chair"),))

    by_table = on_pages(tmp_path, *lines_of(lines), Heading("Providers"), allocations(5), SIGNING)
    by_words = on_pages(tmp_path, *lines_of(lines), Para("And so it ends."), sign)

    assert "Service 5" in by_table[-1]
    assert "And so it ends." in by_words[-1]
    assert "Signature" in by_words[-1]


def test_the_parts_stand_in_reading_order_and_a_picture_is_a_figure_with_its_words(tmp_path: Path) -> None:
    kinds = kinds_of(write_document_pdf(paper(lines=1), tmp_path / "notice.pdf"))

    # office, title, subtitle and status; then "Summary" with its paragraphs, "Detail", the table
    assert kinds[:8] == ["Document", "P", "H1", "P", "P", "H2", "P", "P"]
    table = kinds[kinds.index("Table") :]
    assert table[:9] == ["Table", "TR", "TH", "TH", "TH", "TR", "TD", "TD", "TD"]
    assert kinds.count("H3") == 1

    shown = Picture(resources.path("help/pictures/ranking.png").read_bytes(), "The list")
    path = drawn(tmp_path, shown)

    assert kinds_of(path) == ["Document", "H1", "Figure"]
    assert b"/Alt (The list)" in path.read_bytes()


@pytest.mark.safety(26)
def test_the_file_says_that_it_is_tagged(tmp_path: Path, reached: Reached) -> None:
    papers = (
        write_document_pdf(paper(), tmp_path / "notice.pdf"),
        write_schedule(schedule_of(made_round(12)), tmp_path / "schedule.pdf"),
    )

    for content in (path.read_bytes() for path in papers):
        for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/ParentTree", b"/Tabs /S"):
            assert mark in content
        for mark in (b"/Lang (en-GB)", b"/DisplayDocTitle true", b"/Title"):
            assert mark in content
        assert re.search(rb"/S /TH\b", content)
    reached("a notice and a schedule: tagged, en-GB, title shown, headings and heads of tables in the tree")


def test_what_a_page_has_in_other_signs_or_another_order_is_told_to_readers_as_written(
    tmp_path: Path,
) -> None:
    gujarati, tamil, hebrew = "કિશોર મંડળ", "மொழி", "שלום עולם"
    cells = Table("", (Column("Name"), Column("Town")), ((f"{tamil} Kazhagam", "Leek"), (hebrew, "Stone")))
    long = f"{gujarati} " + "and so on " * 3_000

    content = drawn(tmp_path, Para(f"Umeed {gujarati}"), cells, Para(long)).read_bytes()

    told = [f"Umeed {gujarati}", f"{tamil} Kazhagam", hebrew, long.strip()]
    assert list(_told(content)) == told


def _told(content: bytes) -> Iterator[str]:
    """Yield the texts for readers, which the file has in octal numbers or as the characters themselves."""
    for found in re.findall(rb"/ActualText \(((?:[^\\)]|\\.)*)\)", content, re.DOTALL):
        octal = partial(re.sub, rb"\\([0-7]{3})", lambda one: bytes([int(one[1], 8)]))
        plain = re.sub(rb"\\(\D)", rb"\1", octal(found))
        yield plain.decode("utf-16")
