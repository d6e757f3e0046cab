"""Makes of forms that nobody here had seen: each is read by a rule for its kind."""

from exchange.application_forms.emphasis import with_emphasis
from exchange.application_forms.message_words import words_as_form
from exchange.application_forms.page_layout import blocks_of, margins_of
from exchange.application_forms.page_lines import Box, Page, Word
from exchange.application_forms.pairs import answers_of
from exchange.application_forms.parts import told_apart
from exchange.application_forms.several import without_example
from exchange.applications.layouts import Answer
from exchange.incoming.workbook_form import form_in
from exchange.reading.sheets import Book, SheetTable
from tests.exchange.application_forms.test_pairs import lines, said

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
