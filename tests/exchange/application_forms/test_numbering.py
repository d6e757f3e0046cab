"""Numbered questions of a form, told from lists within its answers."""

from exchange.application_forms.blocks import NUMBERED, Paragraph, texts_of
from exchange.application_forms.numbering import with_numbers
from exchange.application_forms.pairs import answers_of


def numbered(*lines: str) -> list[str]:
    texts = texts_of(with_numbers([Paragraph(line) for line in lines]))
    return [text.removeprefix(NUMBERED) for text in texts if text.startswith(NUMBERED)]


def test_a_list_in_an_answer_is_not_of_the_questions_that_go_upwards() -> None:
    asked = [
        "1. Group name",
        "2. Postcode",
        "3. Need for the project",
        "4. Amount requested",
        "5. Start date",
    ]

    assert numbered(*asked[:3], "1. Fewer burglaries", "2. Safer streets", *asked[3:]) == asked


def test_a_form_that_numbers_in_one_way_numbers_in_no_other() -> None:
    asked = ["A1. Group name", "A2. Postcode", "B1. Project title", "B2. Start date"]

    assert numbered(*asked, "1. Name of a helper") == asked


def test_a_few_numbers_count_where_they_ask() -> None:
    assert numbered("7. Group name", "8. Our favourite colour", "9. Which is yours?") == [
        "7. Group name",
        "9. Which is yours?",
    ]


def test_sentences_behind_a_question_guide_where_others_are_answered_below() -> None:
    plain = (
        *("1. What is your group called?", "Lantern Club", "2. Where can we write to you?", "1 Lamp Row"),
        *("3. What will you do?", "Light lamps.", "4. How many people will it help?", "12"),
    )
    guided = (
        "5. Has it a bank account? Two people must sign. Yes / No",
        "Yes",
        "6. Why? We like it. So",
        "much",
    )

    found = {one.question: one.value for one in answers_of([*map(Paragraph, (*plain, *guided))])}

    assert found["5. Has it a bank account?"] == "Yes"
    assert found["6. Why?"] == "We like it. So\nmuch"
    alone = {one.question: one.value for one in answers_of([*map(Paragraph, guided)])}
    assert alone["5. Has it a bank account?"] == "Two people must sign. Yes / No\nYes"
