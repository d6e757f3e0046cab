"""PDF forms whose questions stand right of their fields and boxes, or left of two boxes."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from exchange.application_forms.blocks import Paragraph
from exchange.application_forms.pdf import read_pdf
from tests.exchange.application_forms.test_pdf_forms import drawn, said

_GOES_ON = {
    "is what the whole thing costs": "900",
    "is what others give towards it": "200",
    "is what we hope to be given": "700",
}


def _put(canvas: Canvas, x: float, y: float, value: str, *, is_field: bool, width: float = 100) -> None:
    """Put an answer in a field, or print it in the box that flattening leaves of one."""
    if is_field:
        canvas.acroForm.textfield(name=f"Text{x}{y}", value=value, x=x, y=y, width=width, height=17)
    else:
        canvas.rect(x, y, width, 17)
        canvas.drawString(x + 3, y + 5, value)


@pytest.mark.parametrize("is_field", [True, False])
def test_a_sentence_that_goes_on_after_its_field_asks_for_what_is_in_that(is_field: bool) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(40, 780, "Project title")
        _put(canvas, 200, 775, "Lantern walks", is_field=is_field)
        for at, (question, answer) in enumerate(_GOES_ON.items()):
            y = 740 - 22 * at
            canvas.drawString(40, y + 5, "£")
            _put(canvas, 50, y, answer, is_field=is_field)
            canvas.drawString(156, y + 5, question)

    found = said(drawn(page))

    assert {question.removeprefix("£ "): value for question, value in found.items()} == {
        "Project title": "Lantern walks",
        **_GOES_ON,
    }


@pytest.mark.parametrize("is_field", [True, False])
def test_fields_of_a_line_that_begins_with_one_are_each_asked_for_at_their_right(is_field: bool) -> None:
    def page(canvas: Canvas) -> None:
        for left, label, answer in ((40, "Charity number", "1099999"), (300, "Company number", "07999999")):
            _put(canvas, left, 700, answer, is_field=is_field)
            canvas.drawString(left + 106, 705, label)

    assert said(drawn(page)) == {"Charity number": "1099999", "Company number": "07999999"}


@pytest.mark.parametrize("is_field", [True, False])
def test_what_stands_right_of_a_field_only_counts_where_a_question_is_above(is_field: bool) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(40, 721, "How many people will benefit?")
        _put(canvas, 40, 700, "45", is_field=is_field)
        canvas.drawString(146, 705, "people of every age")

    assert said(drawn(page))["How many people will benefit?"] in ("45", "45 people of every age")


def test_a_box_without_a_question_goes_on_with_the_one_above() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(40, 705, "Address for letters")
        _put(canvas, 200, 700, "The Old Forge", is_field=False)
        _put(canvas, 200, 680, "9 Anvil Row", is_field=False)
        canvas.drawString(40, 661, "Postcode")
        _put(canvas, 200, 656, "B99 1AA", is_field=False)

    assert said(drawn(page)) == {
        "Address for letters": "The Old Forge\n9 Anvil Row",
        "Postcode": "B99 1AA",
    }


def test_a_box_right_of_an_option_says_more_of_that() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(40, 722, "What type of organisation are you?")
        for left, option in ((45, "Charity"), (200, "Other, say what")):
            canvas.rect(left, 700, 11, 11)
            canvas.drawString(left + 16, 702, option)
        canvas.setFont("ZapfDingbats", 10)
        canvas.drawString(201.5, 702, "4")
        canvas.setFont("Helvetica", 10)
        _put(canvas, 310, 697, "Rowing club", is_field=False)

    assert said(drawn(page)) == {"What type of organisation are you?": "Other, say what Rowing club"}


def test_the_lines_of_two_columns_go_on_each_in_its_own() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(40, 780, "Fill in this form on your screen, save it and send it to us at")
        canvas.drawString(40, 769, "office@panel.example by five in the afternoon of 4 May")
        canvas.drawString(420, 780, "Our number")
        canvas.drawString(420, 769, "(for the office)")

    texts = [one.text for one in read_pdf(drawn(page)).blocks if isinstance(one, Paragraph)]

    assert texts[1] == "office@panel.example by five in the afternoon of 4 May\t(for the office)"


def test_a_field_beside_two_small_lines_is_asked_for_in_both_and_in_nothing_left_of_them() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 7)
        for at, line in enumerate(("Charity number", "(if you have one)")):
            canvas.drawString(40, 770 - 9 * at, "Send it to us when all of it is filled in")
            canvas.drawString(330, 770 - 9 * at, line)
        _put(canvas, 400, 759, "1099999", is_field=True)

    assert {question: value for question, value in said(drawn(page)).items() if value} == {
        "Charity number (if you have one)": "1099999"
    }
