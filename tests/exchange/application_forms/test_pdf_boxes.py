"""PDF forms with boxes beside each other, questions right of their boxes, and rows over a page's end."""

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from exchange.application_forms.blocks import Paragraph
from exchange.application_forms.pdf import read_pdf
from tests.exchange.application_forms.test_pdf_forms import CLUB, NAME, drawn, grid, joined, said


def test_what_stands_between_two_drawn_boxes_asks_for_the_one_right_of_it() -> None:
    rows = (
        ((NAME, CLUB),),
        (("Telephone", "01632 960101"), ("Email", "wick@lantern.example")),
        (("Start date", "1 May 2027"), ("End date", "2 May 2027")),
        (("Area", "Walsall"),),
    )

    def page(canvas: Canvas) -> None:
        for at, row in enumerate(rows):
            width = 480 / len(row)
            for number, (label, answer) in enumerate(row):
                left, bottom = 50 + number * width, 760 - 22 * at
                canvas.drawString(left, bottom + 4, label)
                canvas.rect(left + 100, bottom, width - 108, 16)
                canvas.drawString(left + 104, bottom + 4, answer)

    assert said(drawn(page)) == dict(pair for row in rows for pair in row)


def test_a_box_that_calls_itself_by_what_is_printed_right_of_it_is_an_option() -> None:
    asked = "What sort of organisation are you?"

    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 780, asked)
        for at, option in enumerate(("Registered charity", "Parish council", "Sports club")):
            y = 760 - 18 * at
            canvas.drawString(80, y + 2, option)
            canvas.acroForm.checkbox(name=option, tooltip=option, checked=at == 1, x=60, y=y, size=12)

    assert said(drawn(page)) == {asked: "Parish council"}


def test_a_row_of_labels_goes_on_over_a_pages_end_behind_a_stroke() -> None:
    found = said(
        drawn(
            lambda canvas: grid(canvas, [("Cost of it all /", "The sum you seek /")]),
            lambda canvas: grid(canvas, [("Total cost", "Amount requested"), ("£900", "£700")]),
        )
    )

    assert {joined(question): value for question, value in found.items()} == {
        "Cost of it all / Total cost": "£900",
        "The sum you seek / Amount requested": "£700",
    }


def test_what_is_drawn_within_another_drawing_stands_where_that_is_put() -> None:
    asked = "Have you a constitution?"

    def page(canvas: Canvas) -> None:
        for name in ("empty", "ticked"):
            canvas.beginForm(name)
            canvas.rect(0, 0, 6, 6)
            if name == "ticked":
                canvas.lines([(1, 1, 5, 5), (1, 5, 5, 1)])
            canvas.endForm()
        canvas.drawString(60, 700, asked)
        for name, option, left in (("empty", "Yes", 300), ("ticked", "No", 380)):
            canvas.saveState()
            canvas.translate(left, 698)
            canvas.scale(2, 2)
            canvas.doForm(name)
            canvas.restoreState()
            canvas.drawString(left + 18, 700, option)

    assert said(drawn(page)) == {asked: "No"}


def test_bold_questions_between_drawn_boxes_are_not_one_question() -> None:
    asked = {"What is your project called?": "Late bus", "What will you do?": "Run a bus home on Fridays."}

    def page(canvas: Canvas) -> None:
        for at, (question, answer) in enumerate(asked.items()):
            top = 760 - 40 * at
            canvas.setFont("Helvetica-Bold", 11)
            canvas.drawString(60, top, question)
            canvas.setFont("Helvetica", 10)
            canvas.rect(60, top - 24, 400, 18)
            canvas.drawString(64, top - 19, answer)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(60, 500, "What will change?")

    assert said(drawn(page)) == {**asked, "What will change?": None}


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


SIDE_BY_SIDE = (
    (("Start date", "1 May 2027"), ("End date", "2 June 2027")),
    (("Postcode", "B99 1AA"), ("Year in which you began", "2014")),
    (("Charity number", ""), ("Company number", "01254367")),
)


def above_their_answers(canvas: Canvas, put: Callable[[float, float, str], None]) -> None:
    """Draw each label left above its answer, two of them on a line."""
    canvas.setFont("Helvetica-Bold", 10)
    for at, row in enumerate(SIDE_BY_SIDE):
        for number, (label, answer) in enumerate(row):
            left, bottom = 50 + number * 250, 740 - 46 * at
            canvas.drawString(left, bottom + 22, label)
            put(left, bottom, answer)


def test_labels_side_by_side_above_drawn_boxes_each_have_their_own() -> None:
    def page(canvas: Canvas) -> None:
        def box(left: float, bottom: float, answer: str) -> None:
            canvas.rect(left, bottom, 235, 18)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(left + 4, bottom + 5, answer)
            canvas.setFont("Helvetica-Bold", 10)

        above_their_answers(canvas, box)

    assert said(drawn(page)) == {label: answer or None for row in SIDE_BY_SIDE for label, answer in row}
