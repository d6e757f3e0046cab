"""Pages of PDFs: filled, let go of, opened within limits, and read from right to left."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from reportlab.lib.styles import ParagraphStyle

from exchange.applications.importer import read_mapping
from exchange.papers.paper_reading import read_paper
from exchange.pdf import pdf_reading as paper_bounds
from exchange.pdf.fonts import (
    FALLBACK,
    REGULAR,
    in_visual_order,
    register_fonts,
)
from exchange.pdf.pdf_pages import (
    PORTRAIT,
    Document,
    PageWords,
)
from exchange.pdf.pdf_tables import BODY
from exchange.pdf.pdf_text import para
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


def test_too_many_pages_and_bottomless_data_are_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf_of(3_000))

    with pytest.raises(Trouble, match="more than 2,000 pages"):
        read_paper(path)

    data, mapping = tmp_path / "grants.json", tmp_path / "mapping.toml"
    data.write_text("[" * 100_000)
    mapping.write_text("a = " + "[" * 20_000)

    with pytest.raises(Trouble, match="cannot be read as a file of open data"):
        read_paper(data)
    with pytest.raises((Trouble, Refused), match=r"mapping file"):
        read_mapping(mapping)


BET, YOD, TAV = "\u05d1", "\u05d9", "\u05ea"
BAYIT = BET + YOD + TAV
"""House, as it is read; it is seen the other way round."""
BEH, ALEF, LAM, TEH = "\u0628", "\u0627", "\u0644", "\u062a"


@pytest.mark.parametrize(
    ("word", "is_seen"),
    [
        (BAYIT, TAV + YOD + BET),
        (f"({BAYIT})", f"({TAV}{YOD}{BET})"),
        (f"{BAYIT}12/3", f"12/3{TAV}{YOD}{BET}"),
        (f"Caf\u00e9-{BAYIT}", f"Caf\u00e9-{TAV}{YOD}{BET}"),
        (BET + "\u05b7" + YOD + "\u05b4" + TAV, TAV + YOD + BET),
        (BEH + YOD, YOD + "\ufe8f"),
        (BEH + BEH + BEH, "\ufe90\ufe92\ufe91"),
        (BEH + ALEF + BEH, "\ufe8f\ufe8e\ufe91"),
        (LAM + ALEF, "\ufefb"),
        (BEH + LAM + ALEF, "\ufefc\ufe91"),
        (BEH + "\u064e" + TEH, "\ufe96\ufe91\u064e"),
        ("\u0640" + BEH, "\ufe90\u0640"),
    ],
)
def test_a_word_is_turned_but_no_figures_and_an_arabic_letter_has_its_shape(word: str, is_seen: str) -> None:
    assert in_visual_order(word) == is_seen


@pytest.mark.parametrize("text", [f"{BAYIT} {BET}", f"At {BAYIT} {BET}"])
def test_each_line_of_a_paragraph_is_read_from_its_right_once_however_often_it_is_set(text: str) -> None:
    register_fonts()
    paragraph = para(text, ParagraphStyle("test", fontName=REGULAR, fontSize=8, leading=10))
    assert paragraph.frags[-1].fontName == FALLBACK

    for width in (200, 300, 300, 200):
        paragraph.wrap(width, 100)
        (line,) = paragraph.blPara.lines
        words = line[1] if isinstance(line, tuple) else line.words[-1].text.split()
        assert list(words) == [BET, in_visual_order(BAYIT)]

    assert [part.wrap(200, 100)[1] for part in paragraph.split(200, 100)] == [10]


def test_the_head_of_a_page_is_turned_too_and_goes_on_in_a_second_line(tmp_path: Path) -> None:
    register_fonts()
    words = PageWords(
        f"{BAYIT} {BET}: " + "the long name of a round " * 9, "OFFICIAL", "Draft", True, ("", "")
    )
    pages = Document(tmp_path / "p.pdf", words, datetime(2026, 12, 2, tzinfo=UTC), PORTRAIT)

    pages.write([para("The text", BODY)])

    _, first, second, *_ = (line for _, line in read_paper(tmp_path / "p.pdf").places)
    assert first.startswith(f"{BET} {BAYIT}: the long name")
    assert second.endswith("round the…")
