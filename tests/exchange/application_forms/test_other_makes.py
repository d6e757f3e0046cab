"""Makes of forms that nobody here had seen: each is read by a rule for its kind."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from exchange.application_forms.blocks import Block, Content, Paragraph, joined
from exchange.application_forms.emphasis import with_emphasis
from exchange.application_forms.message_words import words_as_form
from exchange.application_forms.page_layout import blocks_of, margins_of
from exchange.application_forms.page_lines import Box, Page, Word
from exchange.application_forms.pairs import answers_of
from exchange.application_forms.parts import told_apart
from exchange.application_forms.pdf import read_pdf
from exchange.application_forms.reading import Form, FormFile, book_of, forms_of
from exchange.application_forms.several import without_example
from exchange.applications.layouts import Answer
from exchange.incoming.workbook_form import form_in
from exchange.reading.sheets import Book, SheetTable
from tests.exchange.application_forms.test_pairs import lines, said, table
from tests.exchange.application_forms.test_reading import AREAS

CLUB = "Ropewalk Club"


def test_questions_of_a_message_are_the_lines_above_dashes() -> None:
    told = {"Who is writing": "Ann Example", "Telephone": "01632 960101", "Why": "Dusk: dark."}
    words = "\n\n".join(f"{asked}\n-----\n{answer}" for asked, answer in told.items())

    form = words_as_form("A grant", f"Hello\n\n{words}")

    assert said(list(form.blocks)) == told


def test_head_of_a_message_that_is_quoted_asks_nothing() -> None:
    asked = ("Name of organisation", "Telephone", "Postcode")
    told = "\n".join(f"> {one}\nAn answer" for one in asked)

    form = words_as_form("RE: form", f"> On 26 Feb 2027, at 10:02, Grants <a@b.example> wrote:\n>\n{told}")

    assert said(list(form.blocks)) == dict.fromkeys(asked, "An answer")


def test_text_that_shows_questions_with_answers_is_left_out() -> None:
    shown = "EXAMPLE. Q1. Name of organisation: Anytown Club. Q2. How much do you need? £3."
    own = "EXAMPLE of a day: shop at nine."

    kept = without_example([*lines(f"_{shown}_", "_Project title: Lamps_", "Organisation"), *lines(own)])

    assert [one.text for one in kept] == ["Organisation", own]  # type: ignore[union-attr]


def test_bold_titles_above_questions_end_the_answer_before() -> None:
    form = lines(
        "*1. The applicant*",
        "Organisation: Ropewalk Club",
        "Telephone: 01632 960101",
        "*2. The purpose*",
        "Project title: Lamps",
        "Start date: 1 May 2027",
        "Why is it needed?",
        "It is dark.",
        "*Prices*",
        "Lamps\t£80.00",
        "Posts\t£20.00",
    )

    answers = {one.question: one.value for one in answers_of(with_emphasis(form))}

    assert answers["Why is it needed?"] == "It is dark."
    assert answers["Prices"] == "Lamps £80.00\nPosts £20.00"


def test_holder_of_a_post_is_the_contact_of_a_form_that_asks_for_none() -> None:
    post = Answer("Hon. Secretary", "Howard Twemlow")
    phone, named = Answer("Telephone", "01632 960803"), Answer("Contact name", "Ada Example")

    def contacts(*answers: Answer) -> list[object]:
        return [one.value for one in told_apart(answers) if one.question == "Contact name"]

    assert contacts(post, phone) == ["Howard Twemlow"]
    assert contacts(post, phone, named) == ["Ada Example"]
    assert contacts(post, Answer("Organisation", CLUB)) == []
    assert contacts(Answer("Referee", "Ann Reed"), phone) == []


def test_address_of_e_mail_that_is_printed_in_parts_is_whole() -> None:
    (found,) = told_apart([Answer("E-mail", "maureen .pashley@plots.example")])

    assert found.value == "maureen.pashley@plots.example"


def test_line_that_ends_with_the_number_of_its_page_is_no_answer() -> None:
    def word(text: str, left: float, top: float) -> Word:
        return Word(Box(left, top - 10, left + 6 * len(text), top), text)

    page = Page(
        [
            word("Organisation:", 40, 800),
            word("Ropewalk", 130, 800),
            word("HC2", 40, 40),
            word("Page", 480, 40),
            word("1", 510, 40),
        ],
        [],
        [],
    )

    blocks = list(blocks_of([page], margins_of([page])))

    assert {one.question: one.value for one in answers_of(blocks)} == {"Organisation": "Ropewalk"}


def test_labels_above_answers_of_a_sheet_are_told_by_how_many_ask() -> None:
    rows = (
        ("Club or project name", "Legal status", "Contact person"),
        ("Quarry Project", "Company limited by guarantee", "Ann Example"),
        ("Title of activity", "Borough", "Amount requested"),
        ("Lamps", "Dudley", "£500"),
        ("How will the money be spent?", None, None),
        ("Tutor", None, 300),
        ("Kit", None, 200),
        ("Total", None, 500),
    )
    book = Book("form", "xlsx", (SheetTable("Form", visible=True, rows=rows),), "")

    form = form_in(book, "form.xlsx")

    assert form is not None
    told = {one.question: one.value for one in form.records[0]}
    assert told["Contact person"] == "Ann Example"
    assert told["Title of activity"] == "Lamps"
    assert told["How will the money be spent?"] == "Tutor; 300\nKit; 200"


def test_title_of_instructions_leaves_out_those_below_it() -> None:
    told = ("HOW TO FILL IN THIS FORM", "1. Read the notes.", "2. Telephone: 029 2018 0100 if you need help.")

    kept = without_example(lines(*told, "Organisation: Ropewalk Club", "It is ours."))

    assert said(list(kept)) == {"Organisation": "Ropewalk Club\nIt is ours."}


ANSWERS: dict[str, tuple[list[Block], dict[str, object]]] = {
    "slanted guidance with a colon": (
        lines("*Which priorities will it help?*", "_The priorities are: safer streets; trust._", "Trust."),
        {"Which priorities will it help?": "Trust."},
    ),
    "slanted words that ask something else than their question": (
        lines(
            "*2.5 Outline of the project*",
            "_Who will do what?_",
            "Riders groom the horses of the yard on Mondays.",
        ),
        {"2.5 Outline of the project": "Riders groom the horses of the yard on Mondays."},
    ),
    "what leads to a list": (
        lines("What will you do?", "By the end we will have:", "six lamps", "It will go like this:", "dusk"),
        {"What will you do?": "By the end we will have:\nsix lamps\nIt will go like this:\ndusk"},
    ),
    "funders with their sums": (
        lines("Other funding", "Diocesan Purse: £3,000 (agreed). Collections: £1,800."),
        {"Other funding": "Diocesan Purse: £3,000 (agreed). Collections: £1,800."},
    ),
    "what is bidden politely": (
        lines(
            "Please describe the work in your own words.",
            "Cameras.",
            "Please show the committee your rota.",
            "Farmers.",
        ),
        {
            "Please describe the work in your own words.": "Cameras.",
            "Please show the committee your rota.": "Farmers.",
        },
    ),
    "a star, and what is uploaded": (
        lines(
            "Type of organisation *",
            "Charity",
            "Upload your safeguarding policy",
            "safeguarding.pdf",
            "I agree *",
            "Yes",
        ),
        {
            "Type of organisation": "Charity",
            "Upload your safeguarding policy": "safeguarding.pdf",
            "I agree": "Yes",
        },
    ),
}


@pytest.mark.parametrize(("form", "answers"), ANSWERS.values(), ids=ANSWERS)
def test_each_kind_of_line_is_read_by_its_rule(form: list[Block], answers: dict[str, object]) -> None:
    assert said(form) == answers


def form_of(*blocks: Block) -> Form:
    asked = lines(
        "Organisation: Ropewalk Club",
        "Telephone: 01632 960101",
        "Project title: Lamps",
        "Start date: 1 May 2027",
        "Postcode: B1 1AA",
        "Why is it needed?",
    )
    (form,) = forms_of([FormFile("form.docx", content=Content((*asked, *lines("It is dark."), *blocks)))])
    return form


@pytest.mark.parametrize(
    ("title", "total", "amount"),
    [
        ("*Costs to be met by the grant*", "£1,100.00", "£1,100.00"),
        ("*What will you ask for?*", "£1,200.00", None),
        ("*What will it all cost?*", "£1,100.00", None),
    ],
    ids=["asked of the fund", "does not add up", "not asked of the fund"],
)
def test_total_of_costs_is_the_amount_where_the_fund_is_asked_for_them(
    title: str, total: str, amount: str | None
) -> None:
    costs = table(("Tablets (3)", "£780.00"), ("Posters", "£320.00"), ("Total", total))

    form = form_of(*lines(title), *costs)

    told = {one.question: one.value for one in form.records[0]}
    assert told.get("Total requested") == amount
    assert bool([note for note in form.notes if "no amount" in note]) == (amount is None)


def test_sender_of_a_typed_application_is_reached_by_e_mail_where_it_names_none() -> None:
    form = form_of()
    named = form_of(*lines("E-mail: club@ropewalk.example"))

    assert form.sent_from("Ann <ann@b.example>").records[0][-1] == Answer("E-mail", "ann@b.example")
    assert form.sent_from("Ann") == form
    assert named.sent_from("Ann <ann@b.example>") == named


def test_few_words_on_the_purpose_are_the_title_of_a_form_that_asks_for_none() -> None:
    asked = (
        "Organisation: Ropewalk Club",
        "Telephone: 01632 960101",
        "Amount requested: £50",
        "Postcode: B1 1AA",
    )
    told = "Number-plate cameras, moved by rota between four lanes, for all of the farms of the vale."
    long = lines(
        *asked, "What it is for: Eyes on the Lanes", "Please describe the work in your own words.", told
    )
    brief = lines(*asked, "What it is for: Eyes on the Lanes")

    fields = [
        book_of(list(forms_of([FormFile("form.docx", content=Content(tuple(form)))])), AREAS).fields
        for form in (long, brief)
    ]

    assert fields[0]["What it is for"] == "project"
    assert fields[0]["Please describe the work in your own words."] == "summary"
    assert fields[1]["What it is for"] == "summary"


def test_title_after_a_name_is_the_persons_where_the_projects_is_asked() -> None:
    asked = [Answer("Name for correspondence", "Ann Example"), Answer("Title", "Producer")]

    persons = told_apart([*asked, Answer("Short title", "The Knock")])

    assert [one.question for one in persons][1] == "Title of contact"
    assert [one.question for one in told_apart(asked)][1] == "Title"


def test_hyphen_of_a_word_with_one_stays_at_the_end_of_a_line() -> None:
    assert joined("a three\u0002year grant") == "a three-year grant"
    assert joined("a commun\u0002ity") == "a community"


def test_questions_of_a_pdf_are_told_by_their_ink_where_no_word_tells() -> None:
    known = ("Organisation", "Telephone", "Project title", "Postcode")
    asked = dict.fromkeys((*known, "Hue of the lamps", "Of whose make"), "An answer")

    def blocks(ink: str, other: str) -> list[Block]:
        return [
            one for label, text in asked.items() for one in (Paragraph(label, ink), Paragraph(text, other))
        ]

    for ink, other in (("k", ""), ("", "k")):
        found = {one.question: one.value for one in answers_of(with_emphasis(blocks(ink, other)))}
        assert found == asked
    assert {"Hue of the lamps"}.isdisjoint(said(list(with_emphasis(blocks("k", "k")))))


def test_second_ink_of_a_pdf_is_that_of_most_words_but_for_the_usual_one() -> None:
    sheet, shown = io.BytesIO(), ("Organisation", "Telephone", "Project title", "Hue of the lamps")
    canvas = Canvas(sheet)
    for at, asked in enumerate(shown):
        canvas.setFillGray(0.5)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 760 - 40 * at, asked)
        canvas.setFillGray(0)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, 748 - 40 * at, "An answer that has more words")
    canvas.save()

    content = read_pdf(sheet.getvalue())

    styles = {one.text: one.style for one in content.blocks if isinstance(one, Paragraph)}
    assert {text for text, style in styles.items() if style == "k"} == {*shown}
