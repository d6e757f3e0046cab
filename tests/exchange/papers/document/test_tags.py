"""A PDF says what its parts are: headings, paragraphs, tables with heading cells, in reading order."""

import re
from itertools import groupby
from pathlib import Path

import pytest

import resources
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import Document, Picture
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
