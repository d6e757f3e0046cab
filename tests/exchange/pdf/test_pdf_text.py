"""Text as it is put into PDFs."""

import re
import time
import unicodedata
from pathlib import Path
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getFont

import exchange
from exchange.pdf.fonts import (
    BOLD,
    FILES,
    LONGEST_WORD,
    REGULAR,
    SUBSTITUTE,
    is_plain,
    printable,
    register_fonts,
    runs,
    words_not_shown,
)
from exchange.pdf.pdf_text import para

FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")


@pytest.fixture(autouse=True)
def _fonts() -> None:
    register_fonts()


def style(font: str = REGULAR) -> ParagraphStyle:
    return ParagraphStyle("test", fontName=font, fontSize=8, leading=10)


def test_only_one_module_makes_paragraphs() -> None:
    folder = Path(exchange.__file__).parent
    makers = {
        path.name
        for path in folder.rglob("*.py")
        if re.search(r"import .*\bParagraph\b", text := path.read_text(encoding="utf-8"))
        and "reportlab" in text
    }

    assert makers == {"pdf_text.py"}


@pytest.mark.parametrize(
    "text", ["R&D <12 months", "<b>unclosed", "<img src='/etc/hostname'/>", "<font name=x>", "&amp; &#65;"]
)
def test_markup_stays_words(text: str) -> None:
    assert [frag.text for frag in para(text, style()).frags] == [text]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Fox 🦊 Club", "Fox [fox face] Club"),
        ("Cymru 🇬🇧", "Cymru GB"),
        ("한국 여성회", "hangug yeoseonghoe"),
        ("𝗙𝗿𝗲𝘀𝗵 𝓢𝓽𝓪𝓻𝓽", "Fresh Start"),
    ],
)
def test_a_picture_or_sign_that_no_font_shows_stands_as_its_name(text: str, printed: str) -> None:
    assert printable(text) == printed


@given(st.text("ab \u00ad\u061c\u200b\u200e\u200f\u2060\u2066\ufeff", max_size=20))
def test_what_is_unseen_in_copied_text_takes_no_room_and_leaves_no_sign(text: str) -> None:
    seen = " ".join("".join(one for one in text if one in "ab ").split())

    assert printable(text) == seen
    assert not words_not_shown(text)
    assert not is_plain(text) or {*text} <= {*"ab "}


@pytest.mark.parametrize(
    "text",
    [
        *("বাঙালি মহিলা সমিতি", "ગુજરાતી મહિલા મંડળ, (લેસ્ટર)", "สมาคมสตรีไทย", "የኢትዮጵያ ሴቶች ማህበር"),
        *("伯明翰華人社區中心，二零二六年", "バーミンガム日本語学校"),
    ],
)
def test_a_name_in_any_of_these_scripts_is_printed_in_letters_of_its_own(text: str) -> None:
    for font in (REGULAR, BOLD):
        found = list(runs(text, font))
        assert {name for name, _ in found} <= FILES.keys() | {font}
        assert "".join(part for _, part in found) == text
    assert para(f"Asha {text} Centre", style()).wrap(90, 500)[1] > 0


def test_what_was_shaped_for_one_document_stays_right_while_another_is_begun() -> None:
    made = para("বাঙালি", style())
    font = getFont(made.frags[0].fontName)
    made.wrap(120, 500)

    register_fonts()
    para("সমিতি", style()).wrap(120, 500)

    assert getFont(font.fontName) is font


def test_a_word_of_200_000_letters_is_parted_and_set_in_time() -> None:
    started = time.thread_time()
    para("a" * 200_000, style()).wrap(120, 1_000_000)

    assert time.thread_time() - started < 5
    assert max(map(len, printable("a" * 200_000).split(" "))) == LONGEST_WORD


@given(st.text())
def test_any_text_makes_a_paragraph_and_keeps_its_letters_but_for_names_of_pictures_and_substitutes(
    text: str,
) -> None:
    para(text, style()).wrap(120, 10_000)

    kept = "".join(printable(text).split())
    named = SUBSTITUTE + "".join(f"[{unicodedata.name(letter, '').lower()}]" for letter in text)
    forms = unicodedata.normalize("NFC", text) + "".join(unicodedata.normalize("NFKC", one) for one in text)
    letters = {*text, *forms, *named, *(ascii_uppercase if FLAG.search(text) else "")}
    assert letters.issuperset(kept)


"""In points, with room to spare."""
