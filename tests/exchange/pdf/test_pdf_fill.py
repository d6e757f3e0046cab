"""No page of a paper holds next to nothing, as far as that can be, and no word is lost or moved for it."""

from pathlib import Path

import pypdfium2
import pytest
from reportlab.platypus import Spacer

from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import Block, Document, Heading, NewPage, Pairs, Para
from exchange.pdf.pdf_pages import BOTTOM_MARGIN, TOP_MARGIN
from exchange.pdf.pdf_tables import LONELY, write_filled
from tests.exchange.papers.document.papers import allocations, paper

CONTACT = (Heading("Contact"), Pairs((("Contact officer", "Tess Example"), ("Telephone", "01632 960000"))))
ANNEX = (NewPage(), Heading("Annex 1"), Para("No reasons were longer than their cell."))
PADDING = 0.01
"""The share of a page that the room below the words of a last row takes."""


def used(path: Path) -> list[float]:
    """Return what share of each page's height its text takes, from the top of its body to its lowest line."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for page in document:
        height, text = page.get_height(), page.get_textpage()
        top, foot = height - TOP_MARGIN, BOTTOM_MARGIN
        lows = [text.get_rect(number)[1] for number in range(text.count_rects())]
        lowest = min((low for low in lows if foot <= low < top), default=top)
        found.append((top - lowest) / (top - foot))
    document.close()
    return found


def lines_of(path: Path) -> list[str]:
    """Return the lines of the body of a paper, in order."""
    document = pypdfium2.PdfDocument(path)
    said = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
    document.close()
    return [
        line.strip() for line in said if line.startswith(("Line", "Contact", "Tele", "Annex", "No reasons"))
    ]


def _written(blocks: tuple[Block, ...], folder: Path) -> Path:
    return write_document_pdf(Document("Report", blocks, paper().made_at), folder / "report.pdf")


@pytest.mark.parametrize("lines", range(24, 40))
@pytest.mark.parametrize("end", [CONTACT, ANNEX, (*CONTACT, *ANNEX)])
def test_what_ends_a_paper_is_not_left_behind(tmp_path: Path, lines: int, end: tuple[Block, ...]) -> None:
    path = _written((*(Para(f"Line {number}.") for number in range(lines)), *end), tmp_path)

    assert min(used(path)) > LONELY - PADDING
    said = [line for line in lines_of(path) if line.startswith("Line")]
    assert said == [f"Line {number}." for number in range(lines)]
    after = lines_of(path)[lines:]
    assert [line.partition(" ")[0] for line in after] == [
        word for block, words in WORDS.items() if block in end for word in words
    ]


WORDS = {CONTACT[0]: ("Contact", "Contact", "Telephone"), ANNEX[1]: ("Annex", "No")}
"""What each end says, by its heading."""


@pytest.mark.parametrize("lines", range(24, 40))
def test_what_ends_the_body_of_a_report_has_more_than_itself_on_its_page(tmp_path: Path, lines: int) -> None:
    telephone = Pairs(
        (("Contact officer", "Tess Example"), ("Telephone", "01632 960000"), ("E-mail", "t@x.example"))
    )
    ends = (Heading("Recommendation"), Para("To note what is set out here."), Heading("Contact"), telephone)
    annex = (NewPage(), Heading("Annex 1"), allocations(30))

    path = _written((*(Para(f"Line {number}.") for number in range(lines)), *ends, *annex), tmp_path)

    assert min(used(path)) > 0.22 - PADDING


def test_a_page_of_its_own_stays_one_where_it_holds_something(tmp_path: Path) -> None:
    path = _written((Para("Line 0."), *CONTACT, NewPage(), allocations(12)), tmp_path)

    assert len(used(path)) == 2


def test_what_was_laid_out_is_let_go_of_one_by_one() -> None:
    class Piece(Spacer):  # type: ignore[misc]
        def __del__(self) -> None:
            left.append(len(story))

    left: list[int] = []
    story = [Piece(1, 1) for _ in range(5)]

    write_filled(lambda: story, lambda _: ())

    assert left == [4, 3, 2, 1, 0]
