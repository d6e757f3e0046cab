"""A letter in Word a little longer than a page is set closer, and no other."""

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import Cm, Pt

from exchange.papers.letters.one_page import bring_to_one_page

PARAGRAPH = "One line of a letter."


def letter(paragraphs: int) -> WordDocument:
    """Return a letter on A4 with lines of 11.5 points and gaps of 6 points between them."""
    word = docx.Document()
    section, normal = word.sections[0], word.styles["Normal"]
    section.page_height, section.top_margin, section.bottom_margin = Cm(29.7), Cm(2), Cm(2)
    normal.font.size, normal.paragraph_format.line_spacing = Pt(10), 1.0
    normal.paragraph_format.space_after = Pt(6)
    for _ in range(paragraphs):
        word.add_paragraph(PARAGRAPH)
    return word


def gaps(word: WordDocument) -> set[float | None]:
    """Return the gaps below paragraphs that were set on the paragraphs themselves, in points."""
    asked = (each.paragraph_format.space_after for each in word.paragraphs)
    return {None if gap is None else gap.pt for gap in asked}


# A4 less margins of 2 cm has 728.5 points, 4 of them spare; n paragraphs take 17.5 n - 6.
@pytest.mark.parametrize(
    ("paragraphs", "expected", "lines"),
    [
        (41, {None}, None),  # 711.5
        (43, {4.5}, None),  # 746.5, and with three quarters of its gaps 683.5
        (50, {3.0}, 0.94),  # 869, and with half of its gaps and closer lines 687.5
        (90, {None}, None),  # 1,569
    ],
)
def test_a_letter_a_little_too_long_is_set_closer(
    paragraphs: int, expected: set[float | None], lines: float | None
) -> None:
    word = letter(paragraphs)

    bring_to_one_page(word)

    assert gaps(word) == expected
    (spacing,) = {each.paragraph_format.line_spacing for each in word.paragraphs}
    assert spacing == (lines and pytest.approx(lines, abs=0.01))
    assert {run.font.size for each in word.paragraphs for run in each.runs} == {None}, "as large as ever"


def test_lines_that_are_broken_a_logo_and_a_draft_s_words_take_room() -> None:
    for word, has_logo in ((letter(41), True), (letter(40), False), (letter(41), False)):
        if not has_logo:
            word.paragraphs[0].runs[0].text = " ".join([PARAGRAPH] * 20)
        if len(word.paragraphs) == 41:
            word.sections[0].header.paragraphs[0].text = "\n".join(["Draft"] * 4)

        bring_to_one_page(word, has_logo=has_logo)

        assert gaps(word) == {4.5}


def test_a_template_with_a_table_and_lines_of_a_fixed_height_stay_as_the_office_set_them() -> None:
    with_table, fixed = letter(43), letter(50)
    with_table.add_table(1, 1)
    fixed.styles["Normal"].paragraph_format.line_spacing = Pt(11)

    for word in (with_table, fixed):
        bring_to_one_page(word)

    assert gaps(with_table) == {None}
    assert gaps(fixed) == {3.0}
    assert {each.paragraph_format.line_spacing for each in fixed.paragraphs} == {None}


def test_the_room_in_which_somebody_signs_stays() -> None:
    word = letter(43)
    word.paragraphs[40].paragraph_format.space_after = Pt(26)

    bring_to_one_page(word)

    assert gaps(word) == {4.5, 26.0}
