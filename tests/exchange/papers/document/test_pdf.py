"""A paper as a PDF says all its words, once, in order, and nothing that a text asks for."""

from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import (
    Bar,
    Chart,
    Column,
    Contents,
    Document,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Table,
    Together,
)
from tests.exchange.papers.document.papers import READ_BACK, allocations, paper

SMALL = Para("A small line.", Look.SMALL)


def words_of(path: Path) -> str:
    """Return the text of all pages with single spaces."""
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("is_landscape", [False, True])
def test_every_word_is_there_and_hostile_text_is_only_text(tmp_path: Path, is_landscape: bool) -> None:
    text = words_of(write_document_pdf(paper(is_landscape=is_landscape), tmp_path / "notice.pdf"))

    assert text.count(" ".join(READ_BACK.split())) == 2
    for words in ("First line. Second line.", "Service 3 Hate crime £10", "Total £30", "£5 of £8"):
        assert words in text
    assert "Page 1 of 2" in text


@pytest.mark.parametrize("is_landscape", [False, True])
def test_nothing_stands_where_a_printer_leaves_the_paper_white(tmp_path: Path, is_landscape: bool) -> None:
    path = write_document_pdf(paper(is_landscape=is_landscape), tmp_path / "notice.pdf")

    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        text = page.get_textpage()
        boxes = [text.get_charbox(number, loose=False) for number in range(text.count_chars())]
        lowest, highest = min(box[1] for box in boxes if box[3]), max(box[3] for box in boxes)

        assert lowest >= 12  # in points: a little over four millimetres
        assert highest <= page.get_height() - 12


def test_a_long_marking_keeps_off_the_title_and_the_edges(tmp_path: Path) -> None:
    words = "Not for publication" + " before the panel has met and the applicants were told" * 5
    values = Document("T" * 60, (Para("A line."),), paper().made_at, marking=words, status="Version 1")
    path = write_document_pdf(values, tmp_path / "report.pdf")

    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        text = page.get_textpage()
        marks = text.search("Not for publication")
        boxes = [
            text.get_charbox(at + number)
            for at, _ in iter(marks.get_next, None)
            for number in range(len("Not for publication"))
        ]

        assert min(box[0] for box in boxes) >= page.get_width() * 0.29
        assert text.get_text_range().count("Not for publication") == 2


@pytest.mark.parametrize("marking", ["OFFICIAL", "NON-CONFIDENTIAL", "OFFICIAL-SENSITIVE"])
def test_a_long_status_keeps_off_the_marking_and_is_said_whole(tmp_path: Path, marking: str) -> None:
    status = "For signature, not decided until signed. The office has no name yet"
    values = Document("T" * 60, (Para("A line."),), paper().made_at, marking=marking, status=status)
    path = write_document_pdf(values, tmp_path / "notice.pdf")

    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage()
        at, length = text.search(marking).get_next()
        ends = max(text.get_charbox(at + number)[2] for number in range(length))
        begins = [
            text.get_charbox(start)[0]
            for word in ("For signature", "office has")
            for start, _ in iter(text.search(word).get_next, None)
        ]

        assert words_of(path).count(status) == 2
        assert sum(left > ends + 5 for left in begins) == len(begins) - 2  # but for those under the title


def test_the_foot_of_an_office_with_a_long_name_leaves_room_for_the_number_of_the_page(
    tmp_path: Path,
) -> None:
    office = "Office of the Police, Fire and Crime Commissioner for Upper Throckmorton and "
    foot = (f"{office}Saint Bartholomew-by-the-Water-on-Sea, our reference ACF-001.", "")
    values = Document("Letter", (Para("Dear Pat"),), paper().made_at, below=foot, is_letter=True)
    path = write_document_pdf(values, tmp_path / "letter.pdf")

    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage()
        at, length = text.search("our reference ACF-001.").get_next()
        number, _ = text.search("Page 1 of 1").get_next()

        assert text.get_charbox(at + length - 1)[2] < text.get_charbox(number)[0] - 5


def test_title_language_and_outline_are_in_the_file(tmp_path: Path) -> None:
    path = write_document_pdf(paper(), tmp_path / "notice.pdf")
    document = pypdfium2.PdfDocument(path)

    assert document.get_metadata_dict()["Title"] == "Notice of Decision 031/2026"
    titles = [mark.get_title() for mark in document.get_toc()]
    assert titles == ["Notice of Decision 031/2026", "Summary", "Detail"]
    assert b"/Lang (en-GB)" in path.read_bytes()
    document.close()


def test_a_long_table_has_its_heading_on_each_page_and_one_sum(tmp_path: Path) -> None:
    document = Document("Long", (allocations(450),), paper().made_at)
    text = words_of(write_document_pdf(document, tmp_path / "long.pdf"))

    assert text.count("Crime type") > 5
    assert all(f"Service {number} Hate" in text for number in (1, 200, 201, 450))
    assert text.count("Total £4500") == 1


def test_the_figures_of_a_chart_end_where_those_of_a_table_do(tmp_path: Path) -> None:
    bars = (Bar("Birmingham East", 5, "£58,416 of £145,790"), Bar("Dudley", 1, "£9"))
    blocks = (allocations(1), Chart("Spend", "Birmingham East spent most.", bars))
    path = write_document_pdf(Document("Year", blocks, paper().made_at), tmp_path / "year.pdf")

    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage()
        boxes = [text.get_rect(number) for number in range(text.count_rects())]
        ends = {text.get_text_bounded(*box).strip(): box[2] for box in boxes}

    found = [ends["£10"], ends["£58,416 of £145,790"], ends["£9"]]
    assert max(found) - min(found) < 1


@pytest.mark.parametrize("is_alone", [True, False])
def test_a_value_longer_than_a_page_goes_on_on_the_next(tmp_path: Path, is_alone: bool) -> None:
    pairs = Pairs((("Project", "Kites"), ("Purpose", "W" * 6_000), ("Area", "Dudley")))
    blocks = (pairs,) if is_alone else (Together((Heading("A club", 2), pairs)),)

    said = words_of(write_document_pdf(Document("List", blocks, paper().made_at), tmp_path / "list.pdf"))

    assert said.count("W") == 6_000
    assert "Dudley" in said


@pytest.mark.parametrize("lines", range(24, 42, 4))
def test_a_head_of_several_headings_is_not_left_at_the_foot_of_a_page(tmp_path: Path, lines: int) -> None:
    filling = tuple(Para(f"Line {number}.") for number in range(lines))
    head = Together((Heading("Items"), Para("Signs."), Heading("Dudley"), Heading("1. A club", 2)), 9)
    table = allocations(9)
    values = Document("Minutes", (*filling, head, table), paper().made_at)

    pages = pypdfium2.PdfDocument(write_document_pdf(values, tmp_path / "minutes.pdf"))
    texts = [page.get_textpage().get_text_range() for page in pages]
    pages.close()

    (at,) = (number for number, text in enumerate(texts) if "Items" in text)
    assert "Service 1" in texts[at]


def test_a_page_that_is_just_full_leaves_none_empty_before_the_next(tmp_path: Path) -> None:
    sections = tuple(
        block
        for normal, small in product(range(35, 38), range(8))
        for block in (*(Para("A line.") for _ in range(normal)), *(SMALL,) * small, NewPage())
    )
    values = Document("Panel book", (*sections, Para("The end.")), paper().made_at, below=("Foot.", ""))

    pages = pypdfium2.PdfDocument(write_document_pdf(values, tmp_path / "book.pdf"))
    texts = [page.get_textpage().get_text_range() for page in pages]
    pages.close()

    empty = [number for number, text in enumerate(texts, 1) if "line" not in text and "end" not in text]
    assert not empty


def test_a_cell_longer_than_a_page_goes_on_on_the_next(tmp_path: Path) -> None:
    long = "word " * 3000
    table = Table("Reasons", (Column("Reason"),), ((long.strip(),),))
    text = words_of(write_document_pdf(Document("Long", (table,), paper().made_at), tmp_path / "a.pdf"))

    assert text.count("word") == 3000


def test_the_same_values_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_document_pdf(paper(), tmp_path / name) for name in ("a.pdf", "b.pdf"))

    assert first.read_bytes() == second.read_bytes()


def test_a_cancelled_writing_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_document_pdf(Document("x", (Para("y"),), paper().made_at), tmp_path / "a.pdf", stop)

    assert list(tmp_path.iterdir()) == []


def test_a_heading_of_3000_letters_stops_no_paper_with_a_list_of_contents(tmp_path: Path) -> None:
    blocks = (Contents(("N" * 3000, "Ends")), NewPage(), Heading("N" * 3000), Heading("Ends"))
    long = replace(paper(), blocks=blocks)

    assert words_of(write_document_pdf(long, tmp_path / "book.pdf")).count("N") > 3000
