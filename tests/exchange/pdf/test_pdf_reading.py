"""PDFs that are opened: none too large, and pages as pictures."""

import os
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from exchange.applications.importer import read_mapping
from exchange.papers.paper_reading import read_paper
from exchange.pdf import pdf_reading as paper_bounds
from exchange.pdf.pdf_reading import count_pages, page_image
from models.trouble import Trouble
from scoring.written.text import Refused

ENDINGS = (".pdf", ".docx", ".xlsx", ".json")


def pdf_of(pages: int) -> bytes:
    """Return a PDF whose pages are all one empty page."""
    kids = b"3 0 R " * pages
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[" + kids + b"]/Count " + str(pages).encode() + b">>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_too_large_for_a_paper_is_refused(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_bounds, "MOST_BYTES", 1_000_000)
    path = tmp_path / f"paper{ending}"
    path.write_bytes(bytes(1_000_001))

    with pytest.raises(Trouble, match="too large for a paper"):
        read_paper(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"paper{ending}"
    os.mkfifo(path)

    with pytest.raises(Trouble, match="is not a file"):
        read_paper(path)


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf_of(3_000))

    with pytest.raises(Trouble, match="more than 2,000 pages"):
        read_paper(path)


def test_bottomless_data_and_mappings_are_refused_in_a_sentence(tmp_path: Path) -> None:
    data, mapping = tmp_path / "grants.json", tmp_path / "mapping.toml"
    data.write_text("[" * 100_000)
    mapping.write_text("a = " + "[" * 20_000)

    with pytest.raises(Trouble, match="cannot be read as a file of open data"):
        read_paper(data)
    with pytest.raises((Trouble, Refused), match=r"mapping file"):
        read_mapping(mapping)


@pytest.fixture
def two_pages(tmp_path: Path) -> bytes:
    """A PDF of 200 by 100 points: its first page is black all over, its second one empty."""
    canvas = Canvas(str(tmp_path / "two.pdf"), (200, 100))
    canvas.rect(0, 0, 200, 100, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return (tmp_path / "two.pdf").read_bytes()


def test_pages_are_counted(two_pages: bytes) -> None:
    assert count_pages(two_pages) == 2


def test_a_page_has_the_width_asked_for_and_its_own_shape(two_pages: bytes) -> None:
    image = page_image(two_pages, 0, 400)

    assert (image.width, image.height) == (400, 200)
    assert len(image.pixels) == image.stride * image.height
    assert image.stride >= 4 * image.width


def test_each_page_is_drawn_as_printed(two_pages: bytes) -> None:
    middle = 50 * page_image(two_pages, 0, 200).stride + 4 * 100

    assert page_image(two_pages, 0, 200).pixels[middle : middle + 3] == b"\x00\x00\x00"
    assert page_image(two_pages, 1, 200).pixels[middle : middle + 3] == b"\xff\xff\xff"
