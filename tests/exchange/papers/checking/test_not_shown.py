"""Whoever exports a paper is told what of its values its pages cannot show."""

import pypdfium2
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.papers.checking.non_text import not_shown_words
from exchange.papers.panel_book import LONGEST_TEXTS
from exchange.papers.paper_writing import write_paper
from exchange.pdf.fonts import SUBSTITUTE, printable, words_not_shown
from models.papers.letters.letters import LetterFiles
from models.store.private_files import temporary_folder
from tests.exchange.papers.test_panel_book import BOOK, ITEM, STATUS

BURMESE, TIBETAN = "မြန်မာ", "བོད་ཡིག"


def told(name: str = "", **fields: object) -> tuple[str, ...]:
    item = replace(ITEM, organisation=name or ITEM.organisation, **fields)
    return not_shown_words("panel-book", replace(BOOK, items=(item,)))


def test_a_name_that_no_font_has_is_named_and_what_all_fonts_have_is_not() -> None:
    assert told() == told("Klub Łódź, ਪੰਜਾਬੀ, 漢字, שלום and 한국") == ()
    assert told(f"{BURMESE} Women's Group") == (
        f"The PDF has no font for “{BURMESE}”: signs stand in the place of letters. Ask how it is written in "
        "Latin letters, and enter that.",
    )
    assert f"“{TIBETAN}”, “{BURMESE}”: " in told(f"{TIBETAN} {BURMESE}")[0]
    assert "Ask how they are written" in told(f"{TIBETAN} {BURMESE}")[0]


def test_a_paper_without_a_pdf_is_not_told_of_its_fonts() -> None:
    book = replace(BOOK, office=BURMESE)

    assert not_shown_words("letters", book) == ()
    assert len(not_shown_words("letters", book, LetterFiles(pdfs=True))) == 1


@given(st.integers(1, LONGEST_TEXTS + 50), st.integers(1, 50))
def test_the_book_says_of_which_applications_it_prints_less_than_they_wrote(first: int, second: int) -> None:
    words = told(texts=(("The need", "a" * first), ("The plan", "b" * second)))

    assert bool(words) == (first + second > LONGEST_TEXTS)
    assert all("the whole texts of ACF-001: " in one for one in words)


def test_what_is_told_of_is_what_the_page_has_a_sign_for() -> None:
    with temporary_folder() as folder:
        path = write_paper("panel-book", replace(BOOK, office=BURMESE), STATUS, folder / "book.pdf")
        document = pypdfium2.PdfDocument(path)
        text = document[0].get_textpage().get_text_range()
        document.close()

    assert SUBSTITUTE in text


@given(st.text(max_size=30))
def test_words_are_named_where_a_sign_stands_for_a_letter_of_theirs(text: str) -> None:
    named = words_not_shown(text.replace(SUBSTITUTE, ""))

    assert all(SUBSTITUTE in printable(word) for word in named)
