"""PDF forms with boxes side by side, boxes to tick, and rows parted by a page's end."""

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

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


SIDE_BY_SIDE = (
    (("Start date", "1 May 2027"), ("End date", "2 June 2027")),
    (("Postcode", "B99 1AA"), ("Year in which you began", "2014")),
    (("Charity number", ""), ("Company number", "01234567")),
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
