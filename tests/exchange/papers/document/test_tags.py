"""A PDF says what its parts are: headings, paragraphs, tables with heading cells, in reading order."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

import pytest

import resources
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import Column, Document, Para, Picture, Table
from tests.exchange.papers.document.papers import allocations, paper
from tests.exchange.papers.document.structure import kinds_of
from tests.exchange.schedule_rounds import made_round, schedule_of, write_schedule
from tests.safety.table import Reached


def test_the_parts_stand_in_reading_order(tmp_path: Path) -> None:
    kinds = kinds_of(write_document_pdf(paper(lines=1), tmp_path / "notice.pdf"))

    # office, title, subtitle and status; then "Summary" with its paragraphs, "Detail", the table
    assert kinds[:8] == ["Document", "P", "H1", "P", "P", "H2", "P", "P"]
    table = kinds[kinds.index("Table") :]
    assert table[:9] == ["Table", "TR", "TH", "TH", "TH", "TR", "TD", "TD", "TD"]
    assert kinds.count("H3") == 1


def test_a_heading_row_that_is_repeated_is_read_once(tmp_path: Path) -> None:
    document = Document("Long", (allocations(450),), paper().made_at)
    path = write_document_pdf(document, tmp_path / "long.pdf")
    kinds = kinds_of(path)

    pages = [len(list(run)) for kind, run in groupby(kinds) if kind == "TH"]
    assert pages == [3]
    assert kinds.count("TD") == 3 * 450 + 2  # 450 lines, and their sum, whose name reaches over two columns
    assert path.read_bytes().count(b"/ColSpan 2") == 1


def test_a_picture_is_a_figure_with_its_words(tmp_path: Path) -> None:
    shown = Picture(resources.path("help/pictures/ranking.png").read_bytes(), "The list")
    path = write_document_pdf(Document("List", (shown,), paper().made_at), tmp_path / "list.pdf")

    assert kinds_of(path) == ["Document", "H1", "Figure"]
    assert b"/Alt (The list)" in path.read_bytes()


def test_an_award_schedule_is_tagged_as_well(tmp_path: Path) -> None:
    kinds = kinds_of(write_schedule(schedule_of(made_round(12)), tmp_path / "schedule.pdf"))

    assert "H1" in kinds
    assert {"Table", "TR", "TH", "TD"} <= set(kinds)


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
    document = Document("Names", (Para(f"Umeed {gujarati}"), cells, Para(long)), paper().made_at)

    content = write_document_pdf(document, tmp_path / "names.pdf").read_bytes()

    told = [f"Umeed {gujarati}", f"{tamil} Kazhagam", hebrew, long.strip()]
    assert list(_told(content)) == told


def test_a_cell_over_two_pages_tells_no_page_the_whole_of_its_text(tmp_path: Path) -> None:
    cells = Table("", (Column("Name"), Column("Town")), (("மொழி " + "and so on " * 1_500, "Leek"),))

    content = write_document_pdf(Document("Names", (cells,), paper().made_at), tmp_path / "names.pdf")

    assert b"/ActualText" not in content.read_bytes()


def _told(content: bytes) -> Iterator[str]:
    """Yield the texts for readers, which the file has in octal numbers or as the characters themselves."""
    for found in re.findall(rb"/ActualText \(((?:[^\\)]|\\.)*)\)", content, re.DOTALL):
        octal = partial(re.sub, rb"\\([0-7]{3})", lambda one: bytes([int(one[1], 8)]))
        plain = re.sub(rb"\\(\D)", rb"\1", octal(found))
        yield plain.decode("utf-16")
