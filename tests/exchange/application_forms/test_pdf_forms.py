"""PDF forms: flat ones, with fields, notes, turned pages, and those whose words are not in them."""

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from exchange.application_forms.blocks import Paragraph
from exchange.application_forms.pairs import answers_of
from exchange.application_forms.pdf import read_pdf
from models.trouble import Trouble
from tests.exchange.good_files import read_form

NAME, CLUB = "Name of group", "Lantern Youth Club"
Draw = Callable[[Canvas], None]


def drawn(*pages: Draw) -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held, A4)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def said(content: bytes) -> dict[str, object]:
    return {one.question: one.value for one in answers_of(read_pdf(content).blocks)}


def joined(value: object) -> str:
    return " ".join(str(value).split())


def lines(canvas: Canvas, *texts: str, left: float = 60, top: float = 780) -> None:
    for at, text in enumerate(texts):
        canvas.drawString(left, top - 16 * at, text)


def grid(canvas: Canvas, rows: list[tuple[str, ...]], top: float = 780, height: float = 40) -> None:
    """Draw a table with lines; the lines of a cell's text are parted by breaks."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            width = 480 / len(row)
            left, bottom = 50 + column * width, top - (number + 1) * height
            canvas.rect(left, bottom, width, height)
            for at, line in enumerate(text.split("\n")):
                canvas.drawString(left + 5, bottom + height - 14 - 13 * at, line)


def test_fields_are_labelled_by_themselves_or_by_the_text_beside() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Project title:")
        canvas.acroForm.textfield(name="f1", value="Safer Evenings", x=200, y=772, width=200, height=18)
        canvas.drawString(60, 740, "Do you have a constitution?")
        for at, (option, ticked) in enumerate((("Yes", True), ("No", False))):
            canvas.drawString(260 + 60 * at, 740, option)
            canvas.acroForm.checkbox(name=f"b{at}", checked=ticked, x=285 + 60 * at, y=736, size=14)
        canvas.acroForm.textfield(name="f2", tooltip=NAME, value=CLUB, x=200, y=700, width=200, height=18)

    assert said(drawn(page)) == {
        "Project title": "Safer Evenings",
        "Do you have a constitution?": "Yes",
        NAME: CLUB,
    }


def test_a_page_that_is_turned_is_read_upright() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.translate(0, -A4[0])
        canvas.drawString(60, 500, f"{NAME}: {CLUB}")
        canvas.drawString(60, 480, "Postcode: B1 1AA")

    def otherwise(canvas: Canvas) -> None:
        canvas.rotate(-90)
        canvas.translate(-A4[1], 0)
        canvas.drawString(60, 500, f"{NAME}: {CLUB}")
        canvas.drawString(60, 480, "Postcode: B1 1AA")

    assert said(drawn(page)) == {NAME: CLUB, "Postcode": "B1 1AA"}
    assert said(drawn(otherwise)) == {NAME: CLUB, "Postcode": "B1 1AA"}


def test_an_answer_goes_on_over_a_pages_end() -> None:
    content = drawn(
        lambda canvas: grid(canvas, [(NAME, CLUB), ("Describe your project", "We will open\nthe hall")]),
        lambda canvas: grid(canvas, [("", "on two evenings."), ("Postcode", "B1 1AA")]),
    )

    found = said(content)

    assert joined(found["Describe your project"]) == "We will open the hall on two evenings."
    assert found["Postcode"] == "B1 1AA"


def test_numbers_and_heads_of_pages_are_no_answers() -> None:
    def page(number: int, *texts: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(60, 810, "Fund for Made-up Streets")
            lines(canvas, *texts)
            canvas.drawString(280, 30, f"Page {number} of 2")

        return draw

    found = said(drawn(page(1, f"{NAME}: {CLUB}", "Project title: Lamps"), page(2, "Postcode: B1 1AA")))

    assert found == {NAME: CLUB, "Project title": "Lamps", "Postcode": "B1 1AA"}


def test_a_word_parted_at_a_lines_end_and_an_address_that_wraps_are_whole() -> None:
    rows = [
        (NAME, "Fell Road Neighbour-\nhood Watch"),
        ("E-mail", "watch.of.fellroad@fellroadwatch.exa\nmple"),
    ]

    found = said(drawn(lambda canvas: grid(canvas, rows)))

    assert found[NAME] == "Fell Road Neighbourhood Watch"
    assert found["E-mail"] == "watch.of.fellroad@fellroadwatch.example"


def test_two_columns_whose_lines_wrap_keep_questions_and_answers_together() -> None:
    def page(canvas: Canvas) -> None:
        left = ["Name of group or", "organisation", "What is the title of", "your project?", "Postcode"]
        right = ["Lantern Youth Club", "of Made-up Street", "Safer Evenings in", "the hall", "B1 1AA"]
        lines(canvas, *left)
        lines(canvas, *right, left=260)

    found = said(drawn(page))

    assert joined(found["Name of group or organisation"]) == "Lantern Youth Club of Made-up Street"
    assert joined(found["What is the title of your project?"]) == "Safer Evenings in the hall"
    assert found["Postcode"] == "B1 1AA"


def test_boxes_that_are_drawn_are_ticked_by_a_cross_or_a_letter() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Do you have a constitution?")
        canvas.drawString(60, 740, "Do you have a safeguarding policy?")
        for top, cross, typed in ((778, 0, None), (738, 1, "x")):
            for at, option in enumerate(("Yes", "No")):
                left = 260 + 80 * at
                canvas.rect(left, top, 10, 10)
                canvas.drawString(left + 14, top + 2, option)
                if at == cross and typed:
                    canvas.drawString(left + 2, top + 2, typed)
                elif at == cross:
                    canvas.line(left, top, left + 10, top + 10)
                    canvas.line(left, top + 10, left + 10, top)

    assert said(drawn(page)) == {
        "Do you have a constitution?": "Yes",
        "Do you have a safeguarding policy?": "No",
    }


def test_a_scan_and_an_xfa_form_are_said_and_kept_and_what_a_file_holds_beside_its_pages_is_named() -> None:
    found = read_form(drawn(lambda canvas: canvas.rect(50, 50, 400, 600, fill=1)), "scan.pdf")

    assert not found.records
    assert found.why == "scan.pdf: it has no text to read: a scan or a picture of a form."

    content = drawn(lambda canvas: lines(canvas, "Please wait..."))
    xfa = b"/NeedsRendering true /AcroForm << /Fields [] /XFA (<xdp/>) >>"

    found = read_form(with_catalog(content, xfa), "xfa.pdf")

    assert not found.records
    assert "XFA" in found.why

    content = drawn(lambda canvas: lines(canvas, f"{NAME}: {CLUB}"))
    for holding, words in (
        (
            b"/OpenAction << /S /Launch /F (calc.exe) >>",
            "It asks to start another program, which is not done.",
        ),
        (b"/OpenAction << /S /JavaScript /JS (x) >>", "It has a program of its own, which is not run."),
        (
            b"/Names << /EmbeddedFiles << /Names [(a.txt) << /F (a.txt) >>] >> >>",
            "It has other files within it, which are not read.",
        ),
    ):
        assert words in read_pdf(with_catalog(content, holding)).notes


def with_catalog(content: bytes, entries: bytes) -> bytes:
    """Put entries into the catalog of a PDF; its table of places is made anew by whoever reads it."""
    return content.replace(b"/Type /Catalog", entries + b" /Type /Catalog").replace(
        b"startxref", b"startxfer"
    )


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"%PDF-1.7\n" + b"[" * 100_000])
def test_what_is_no_whole_pdf_is_one_sentence(content: bytes) -> None:
    found = read_form(content, "form.pdf")

    assert not found.records
    assert found.why.startswith("form.pdf is damaged")


def test_a_page_that_cannot_be_loaded_and_very_many_are_refused() -> None:
    endless = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    endless += b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>\n"
    with pytest.raises(Trouble, match="is damaged or no PDF"):
        read_pdf(endless)

    with pytest.raises(Trouble, match="more than 100 pages"):
        read_pdf(drawn(*[lambda canvas: lines(canvas, "x")] * 101))


def test_a_note_put_on_the_page_answers() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 780, f"{NAME}:")
        canvas.freeTextAnnotation(CLUB, "/Helv 10 Tf", Rect=(150, 775, 350, 792))

    assert said(drawn(page)) == {NAME: CLUB}


def test_columns_of_questions_are_read_one_after_the_other() -> None:
    def page(canvas: Canvas) -> None:
        left = ["1. Group name", CLUB, "2. Postcode", "B1 1AA", "3. Start date", "1 May 2027"]
        right = ["4. Project title", "Lamps", "5. Email", "ada@lantern.example", "6. End date", "2 May 2027"]
        lines(canvas, *left)
        lines(canvas, *right, left=330)

    found = said(drawn(page))

    assert list(found.values()) == [
        CLUB,
        "B1 1AA",
        "1 May 2027",
        "Lamps",
        "ada@lantern.example",
        "2 May 2027",
    ]


def field(canvas: Canvas, value: str, left: float, bottom: float, height: float = 18, **more: object) -> None:
    place = {"x": left, "y": bottom, "width": 230, "height": height}
    canvas.acroForm.textfield(name=f"{left} {bottom}", value=value, **place, **more)


@pytest.mark.parametrize("border", [False, True])
def test_fields_without_labels_of_their_own_answer_what_is_printed_beside_or_above(border: bool) -> None:
    asked = {NAME: CLUB, "Postcode": "B99 1AA", "Telephone": "01632 960101", "Amount requested": "500"}

    def beside(canvas: Canvas) -> None:
        for at, (label, value) in enumerate(asked.items()):
            canvas.drawString(60, 780 - 24 * at, label)
            field(canvas, value, 260, 775 - 24 * at, forceBorder=border)

    def above(canvas: Canvas) -> None:
        for at, (label, value) in enumerate(asked.items()):
            canvas.drawString(60, 780 - 44 * at, label)
            field(canvas, value, 60, 755 - 44 * at, forceBorder=border)

    def above_in_columns(canvas: Canvas) -> None:
        for at, (label, value) in enumerate(asked.items()):
            left, top = 50 + 260 * (at % 2), 780 - 60 * (at // 2)
            canvas.drawString(left, top, label)
            field(canvas, value, left, top - 25, forceBorder=border)

    assert said(drawn(beside)) == said(drawn(above)) == asked
    assert said(drawn(above_in_columns)) == asked


@pytest.mark.parametrize("border", [False, True])
def test_a_field_with_a_border_stands_in_the_cell_around_it_or_fills_it(border: bool) -> None:
    def inset(canvas: Canvas) -> None:
        grid(canvas, [(NAME, ""), ("Postcode", "")])
        field(canvas, CLUB, 295, 752, forceBorder=border)
        field(canvas, "B99 1AA", 295, 712, forceBorder=border)

    def filling(canvas: Canvas) -> None:
        grid(canvas, [(NAME, ""), ("Postcode", "")])
        field(canvas, CLUB, 290, 740, height=40, forceBorder=border)
        field(canvas, "B99 1AA", 290, 700, height=40, forceBorder=border)

    def cell_by_cell(canvas: Canvas) -> None:
        for at, (label, value) in enumerate(((NAME, CLUB), ("Postcode", "B99 1AA"))):
            bottom = 740 - 24 * at
            canvas.rect(48, bottom, 190, 24)
            canvas.rect(238, bottom, 236, 24)
            canvas.drawString(54, bottom + 8, label)
            field(canvas, value, 241, bottom + 3, forceBorder=border)

    asked = {NAME: CLUB, "Postcode": "B99 1AA"}
    assert said(drawn(inset)) == said(drawn(filling)) == said(drawn(cell_by_cell)) == asked


def test_a_field_that_calls_itself_as_is_printed_beside_it_asks_once() -> None:
    asked = "Does your group have a constitution?"

    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 780, NAME)
        canvas.acroForm.textfield(name="f", tooltip=NAME, value=CLUB, x=300, y=772, width=200, height=18)
        canvas.drawString(60, 750, "Does your group have")
        canvas.drawString(60, 738, "a constitution?")
        for at, option in enumerate(("Yes", "No")):
            canvas.drawString(320 + 70 * at, 745, option)
            canvas.acroForm.checkbox(
                name=option, tooltip=f"{asked} {option}", checked=at == 1, x=300 + 70 * at, y=743, size=14
            )

    assert said(drawn(page)) == {NAME: CLUB, asked: "No"}


def test_what_is_underlined_is_marked_and_parts_no_cell() -> None:
    def page(canvas: Canvas) -> None:
        grid(canvas, [("What sort of group is it?", ""), (NAME, CLUB), ("Do you have a constitution?", "")])
        at = 295.0
        for option in ("Watch", "Village hall", "Sports club"):
            width = canvas.stringWidth(option)
            canvas.drawString(at, 766, option)
            if option == "Village hall":
                canvas.line(at, 764.5, at + width, 764.5)
            at += width + 14
        canvas.drawString(295, 686, "Yes / No")
        canvas.line(295, 684.5, 295 + canvas.stringWidth("Yes"), 684.5)

    assert said(drawn(page)) == {
        "What sort of group is it?": "Village hall",
        NAME: CLUB,
        "Do you have a constitution?": "Yes",
    }


def test_a_figure_at_the_foot_of_a_page_is_an_answer_and_its_number_is_none() -> None:
    first = drawn(
        lambda canvas: lines(canvas, f"{NAME}: {CLUB}", "How many people will it help?", "900"),
        lambda canvas: lines(canvas, "Postcode: B1 1AA", "2"),
    )

    assert said(first) == {NAME: CLUB, "How many people will it help?": "900", "Postcode": "B1 1AA"}


def test_fields_that_only_number_themselves_are_asked_by_what_is_printed_beside_them() -> None:
    asked = {NAME: CLUB, "Postcode": "B99 1AA", "Amount requested": "500"}

    def page(canvas: Canvas) -> None:
        for at, (label, value) in enumerate(asked.items()):
            canvas.drawString(60, 780 - 24 * at, label)
            field(canvas, value, 260, 775 - 24 * at, tooltip=f"Text{at + 1}")
        canvas.drawString(60, 700, "Do you have a constitution?")
        for at, (option, ticked) in enumerate((("Yes", False), ("No", True))):
            told = {"name": option, "tooltip": f"Check4_{option}"}
            canvas.acroForm.checkbox(**told, checked=ticked, x=260 + 60 * at, y=698, size=14)
            canvas.drawString(278 + 60 * at, 700, option)

    assert said(drawn(page)) == {**asked, "Do you have a constitution?": "No"}


def test_fields_side_by_side_under_heads_are_rows_of_their_table() -> None:
    rows = (("Paint", "£20", "£10"), ("Brushes", "£8", "£6"), ("", "", ""))

    def page(canvas: Canvas) -> None:
        lines(canvas, "Costs in full", "List each thing.")
        for left, head in ((60, "Item"), (310, "Total cost"), (420, "Asked of us")):
            canvas.setFont("Helvetica-Bold", 12)
            canvas.drawString(left, 740, head)
        for at, row in enumerate(rows):
            for left, width, text in zip((60, 310, 420), (240, 100, 100), row, strict=True):
                told = {"name": f"f{left}{at}", "value": text, "x": left, "y": 718 - 20 * at}
                canvas.acroForm.textfield(**told, width=width, height=18)
        for at, (label, text) in enumerate(
            (("Amount requested", "£16"), ("Postcode", "B1 1AA"), (NAME, CLUB))
        ):
            canvas.drawString(60, 640 - 24 * at, label)
            field(canvas, text, 200, 635 - 24 * at)

    found = said(drawn(page))

    assert "Paint; £20; £10\nBrushes; £8; £6" in found.values()
    assert (found["Amount requested"], found[NAME]) == ("£16", CLUB)


def test_the_words_of_a_line_that_is_spread_over_the_page_are_no_columns() -> None:
    def draw(canvas: Canvas) -> None:
        for top, text in (
            (780, "Name of group: Lamps of the lane . . . . ."),
            (760, "What does it cost? £90 . . . . ."),
        ):
            left = 60.0
            for word in text.split():
                canvas.drawString(left, top, word)
                left += canvas.stringWidth(word) + 30

    assert said(drawn(draw)) == {"Name of group": "Lamps of the lane", "What does it cost?": "£90"}


def test_a_question_above_its_field_is_read_beside_one_whose_field_says_what_it_asks() -> None:
    def draw(canvas: Canvas) -> None:
        for left, label, value, tip in (
            (50, "Total project budget", "980", {}),
            (310, "Grant sought", "730", {"tooltip": "Grant sought"}),
        ):
            canvas.drawString(left, 780, label)
            field(canvas, value, left, 755, **tip)

    assert said(drawn(draw)) == {"Total project budget": "980", "Grant sought": "730"}


def test_a_title_up_the_side_of_a_table_is_in_no_question() -> None:
    rows = [(NAME, CLUB), ("Postcode", "B1 1AA"), ("Amount requested", "£900")]

    def page(canvas: Canvas) -> None:
        canvas.rect(50, 660, 30, 120)
        canvas.saveState()
        canvas.translate(70, 670)
        canvas.rotate(90)
        canvas.drawString(0, 0, "About you")
        canvas.restoreState()
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.rect(80 + 200 * column, 740 - 40 * at, 200, 40)
                canvas.drawString(85 + 200 * column, 760 - 40 * at, text)

    assert said(drawn(page)) == dict(rows)


def test_what_stands_at_the_edge_of_pages_is_kept_once_and_a_question_there_is_of_each_form() -> None:
    def page(amount: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines(canvas, "Applicant: Lamp Lane Club", top=820)
            lines(canvas, NAME, CLUB, *(f"Some words {at}." for at in range(20)))
            lines(canvas, f"Amount requested: {amount}", "Page 1 of 2", top=60)

        return draw

    content = read_pdf(drawn(page("£900"), page("£500")))

    texts = [one.text for one in content.blocks if isinstance(one, Paragraph)]
    assert [one.text for one in content.margins if isinstance(one, Paragraph)] == [
        "Applicant: Lamp Lane Club"
    ]
    assert [text for text in texts if text in (NAME, "Amount requested: £900", "Amount requested: £500")] == [
        NAME,
        "Amount requested: £900",
        NAME,
        "Amount requested: £500",
    ]
