"""A paper as a PDF says all its words once, in order, with its parts tagged and nothing torn apart."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

import resources
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import (
    Block,
    Column,
    Document,
    Heading,
    Look,
    Pairs,
    Para,
    Picture,
    Signature,
    Table,
    Together,
)
from tests.exchange.papers.document.papers import READ_BACK, allocations, kinds_of, paper
from tests.exchange.schedule_rounds import made_round, schedule_of, write_schedule
from tests.paper_text import pages_of, printed
from tests.safety.table import Reached

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
