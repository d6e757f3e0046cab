"""A letter as a PDF says what its Word document says, in that order, and looks like a letter."""

from pathlib import Path
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from msgspec.structs import replace

import resources
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.letters.pages import letter_document
from exchange.papers.letters.writing import write_letters
from exchange.papers.paper_reading import read_paper
from models.papers.letters.letter import Letter, Missed
from models.papers.letters.letters import LetterFiles
from tests.exchange.papers.document.structure import kinds_of
from tests.exchange.papers.letters.test_letters import DECLINE, OFFER, REASON, STATUS, letters, own_template


def _both(letter: Letter, folder: Path) -> tuple[list[str], str]:
    """Return the paragraphs of a letter in Word, and all words of its PDF."""
    write_letters(letters(letter), STATUS, folder, None, LetterFiles(pdfs=True))
    (pdf,) = (path for path in folder.glob("*.pdf") if not path.name.startswith("All"))
    said = [" ".join(p.text.split()) for p in docx.Document(str(pdf.with_suffix(".docx"))).paragraphs]
    return [text for text in said if text], " ".join(words for _, words in read_paper(pdf).places)


@pytest.mark.parametrize("letter", [OFFER, DECLINE], ids=["offer", "decline"])
def test_the_pdf_says_what_the_word_document_says(letter: Letter, tmp_path: Path) -> None:
    paragraphs, words = _both(letter, tmp_path)

    at = 0
    for text in paragraphs[2:]:  # below the letterhead, which stands on lines of its own
        found = words.find(text, at)
        assert found >= 0, text
        at = found + len(text)
    assert paragraphs[0] in words
    assert "Page 1 of " in words
    assert words.count("Letters, ") == 0, "its title is for the list of files, and never on the page"


def test_a_letter_from_the_office_s_own_template_is_a_pdf_of_its_own(tmp_path: Path) -> None:
    own_template(tmp_path, "offer", "Dear friends", REASON)

    paragraphs, words = _both(OFFER, tmp_path)

    assert all(text in words for text in paragraphs)
    assert "Dear friends" in paragraphs


def test_it_is_tagged_and_names_itself(tmp_path: Path) -> None:
    _both(OFFER, tmp_path)
    (path,) = tmp_path.glob(f"{OFFER.reference}*.pdf")

    with pypdfium2.PdfDocument(path) as document:
        assert OFFER.reference in document.get_metadata_dict()["Title"]
    heads = [kind for kind in kinds_of(path) if kind.startswith("H")]
    assert heads[0] == "H1", "the subject; the parts of the letter stand below it"
    assert {"H1", "H2"} <= set(heads) <= {"H1", "H2", "H3"}


def test_all_of_them_in_one_count_each_its_own_pages(tmp_path: Path) -> None:
    write_letters(letters(OFFER, DECLINE), STATUS, tmp_path, None, LetterFiles(pdfs=True))

    alone = [_pages(tmp_path, f"{letter.reference}*.pdf") for letter in (OFFER, DECLINE)]
    together = _pages(tmp_path, "All letters.pdf")
    assert together == [words for pages in alone for words in pages]
    assert sum(f"Page 1 of {len(pages)}" in pages[0] for pages in alone) == len(alone)
    assert "H1" in kinds_of(tmp_path / "All letters.pdf")


def _pages(folder: Path, name: str) -> list[str]:
    """Return the words of each page of a PDF."""
    (path,) = folder.glob(name)
    pages: dict[str, list[str]] = {}
    for where, words in read_paper(path).places:
        pages.setdefault(where, []).append(words)
    return [" ".join(lines) for lines in pages.values()]


def test_the_small_print_of_a_letter_does_not_need_a_page_of_its_own(tmp_path: Path) -> None:
    held, status = letters(DECLINE), STATUS
    fits, over = [], []
    for many in range(10, 22):
        points = tuple((f"Criterion {number}", "Counts who comes.") for number in range(many))
        letter = replace(DECLINE, feedback=points, missed=(Missed("Need", "2", 5),))
        word = tmp_path / str(many)
        write_letters(letters(letter), status, word)
        (path,) = word.glob(f"{letter.reference}*.docx")
        document = letter_document(docx.Document(str(path)), held, letter, status)
        pages = [
            _count(write_document_pdf(replace(document, is_letter=is_letter), word / f"{is_letter}.pdf"))
            for is_letter in (True, False)
        ]
        fits.append(pages[0])
        over.append(pages[1])

    assert all(one <= other for one, other in zip(fits, over, strict=True))
    assert fits.count(1) >= over.count(1) + 2
    assert fits == sorted(fits)


def _count(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def test_no_template_carries_looks_that_nothing_has() -> None:
    for template in sorted(resources.path("letters/offer.docx").parent.glob("*.docx")):
        with ZipFile(template) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        assert (template.stat().st_size < 20_000, unpacked < 100_000) == (True, True), template.name
