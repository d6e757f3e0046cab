"""Hebrew and Arabic as they are seen on a page that is read from left to right."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from reportlab.lib.styles import ParagraphStyle

from exchange.papers.paper_reading import read_paper
from exchange.pdf.fonts import (
    FALLBACK,
    REGULAR,
    Stretch,
    in_visual_order,
    register_fonts,
    runs_backward,
    stretches,
    turned,
)
from exchange.pdf.pdf_pages import PORTRAIT, Document, PageWords
from exchange.pdf.pdf_tables import BODY
from exchange.pdf.pdf_text import para

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
    ],
)
def test_a_word_is_turned_and_a_number_and_latin_letters_in_it_are_not(word: str, is_seen: str) -> None:
    assert in_visual_order(word) == is_seen


@pytest.mark.parametrize(
    ("word", "is_seen"),
    [
        (BEH + BEH + BEH, "\ufe90\ufe92\ufe91"),
        (BEH + ALEF + BEH, "\ufe8f\ufe8e\ufe91"),
        (LAM + ALEF, "\ufefb"),
        (BEH + LAM + ALEF, "\ufefc\ufe91"),
        (BEH + "\u064e" + TEH, "\ufe96\ufe91\u064e"),
        ("\u0640" + BEH, "\ufe90\u0640"),
    ],
)
def test_an_arabic_letter_has_the_shape_of_its_place(word: str, is_seen: str) -> None:
    assert in_visual_order(word) == is_seen


def test_a_stretch_takes_numbers_between_its_words_and_leaves_the_marks_at_its_ends() -> None:
    text = f"Beth ({BAYIT} 12 {BAYIT}) 7"

    assert list(stretches(text)) == [
        Stretch(False, "Beth "),
        Stretch(False, "("),
        Stretch(True, f"{in_visual_order(BAYIT)} 12 {in_visual_order(BAYIT)}"),
        Stretch(False, ") "),
        Stretch(False, "7"),
    ]
    assert runs_backward(text)
    assert not runs_backward("\u0141\u00f3d\u017a 7")


def test_the_words_of_a_line_are_turned_and_the_spaces_about_them_stay() -> None:
    assert turned(" a b c  ") == " c b a  "
    assert turned("  ") == "  "


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


def test_parts_of_a_long_paragraph_are_turned_line_by_line() -> None:
    register_fonts()
    words = [letter * 4 for letter in (BET, YOD, TAV)] * 6
    style = ParagraphStyle("test", fontName=REGULAR, fontSize=8, leading=10)
    paragraph = para(" ".join(words), style)

    paragraph.wrap(70, 100)
    parts = paragraph.split(70, 25)

    for part in parts:
        part.wrap(70, 100)
    lines = [list(line[1]) for part in parts for line in part.blPara.lines]
    assert (len(parts), len(lines) > 4) == (2, True)
    assert [word for line in lines for word in reversed(line)] == words


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
