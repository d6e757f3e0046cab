"""What is known to be printed on forms of one template, or typed there, decides before any look."""

from collections.abc import Sequence

import pytest

from exchange.application_forms.blocks import (
    TICKED,
    TURN,
    UNTICKED,
    Cell,
    Paragraph,
    Table,
)
from exchange.application_forms.pairs import answers_of


def cell(text: str, style: str = "") -> Cell:
    return Cell((Paragraph(text, style),))


def told(*rows: tuple[Cell, ...]) -> dict[str, object]:
    return {one.question: one.value for one in answers_of([Table(rows)])}


def test_ticks_under_heads_answer_the_words_left_of_them() -> None:
    heads = (cell("Has your club", "b"), cell("Yes", "b"), cell("No", "b"))
    rows = (
        (cell("a governing document?"), cell("X"), Cell(())),
        (cell("a boat?"), Cell(()), Cell(())),
        (cell("a lantern?"), cell(UNTICKED), cell(TICKED)),
    )

    assert told(heads, *rows) == {"a governing document?": "Yes", "a boat?": None, "a lantern?": "No"}


def test_a_typed_line_of_costs_asks_nothing_though_it_has_words_of_a_question() -> None:
    rows = (
        (cell("Item", "bp"), cell("Cost", "bp")),
        (cell("Telephone", "t"), cell("£80", "t")),
        (cell("Lanterns x 4", "t"), cell("£120", "t")),
        (cell("Match funding", "p"), cell("£50", "t")),
    )

    assert told(*rows) == {"Item / Cost": "Telephone; £80\nLanterns x 4; £120", "Match funding": "£50"}


@pytest.mark.parametrize(
    ("costs", "empty"),
    [
        (
            ["\t__Lanterns x 4_____\t£ __120.00__", "\t__Telephone_____\t£ __80__", "Paint\t£ 9"],
            "____\t£ ____",
        ),
        (["Lanterns x 4    £120.00", "Telephone ...... £80", "Paint   £ 9"], "£"),
    ],
)
def test_lines_of_costs_below_a_question_are_its_answer_together(costs: Sequence[str], empty: str) -> None:
    texts = ["What would you buy?", *costs, empty, "Why now?", "It is dark."]

    told = {one.question: one.value for one in answers_of([Paragraph(text) for text in texts])}

    assert told == {
        "What would you buy?": "Lanterns x 4 £120.00\nTelephone £80\nPaint £9",
        "Why now?": "It is dark.",
    }


def test_a_title_in_bold_that_all_forms_have_asks_nothing() -> None:
    texts = [
        Paragraph("Community Safety Lanterns: application", "bp"),
        Paragraph(f"Name of group: {TURN}Lamps"),
    ]

    assert {one.question: one.value for one in answers_of(texts)} == {"Name of group": "Lamps"}


def test_a_further_question_is_asked_too_where_most_questions_are_answered_in_their_lines() -> None:
    asked = ("What is your project called?", "How many people will benefit?", "What will it cost?")
    further = "What has gone wrong there? How do you know that it has?"
    texts = [
        *(f"{one} {said}" for one, said in zip(asked, ("Lamps", "12", "£900"), strict=True)),
        f"{further} Two lamps were stolen.",
    ]

    found = {one.question: one.value for one in answers_of([Paragraph(text) for text in texts])}

    assert found[further] == "Two lamps were stolen."


def test_an_answer_before_the_next_question_of_its_line_and_a_signature_stand_by_themselves() -> None:
    texts = (
        "16. Has your group had a lantern before?  (delete one)",
        "No    If yes, which year? ............",
        "24. Hours that volunteers will give: 120",
        "Signed A Wick        Date 3rd July 2026",
    )
    found = {one.question: one.value for one in answers_of([Paragraph(text, "") for text in texts])}

    assert list(found.values()) == ["No", None, "120", "A Wick", "3rd July 2026"]


def test_a_question_of_no_field_is_kept_with_those_of_fields_in_its_cell() -> None:
    left = Cell((Paragraph("Start date", "bp"), Paragraph("5 Feb 2027", "t")))
    spoken = "Have you spoken to a keeper? Whom?"
    right = Cell(
        (
            Paragraph("Postcode", "bp"),
            Paragraph("B1 1AA", "t"),
            Paragraph(spoken, "bp"),
            Paragraph("Ada", "t"),
        )
    )

    assert told((left, right)) == {"Start date": "5 Feb 2027", "Postcode": "B1 1AA", spoken: "Ada"}


def test_boxes_in_columns_below_a_question_answer_it_together() -> None:
    asked = [Paragraph("Which lamps would you light?", "bp"), Paragraph("Please tick all.", "ip")]
    boxes = Table(
        (
            (cell(f"{TICKED} Tall lamps", "p"), cell(f"{UNTICKED} Low lamps", "p")),
            (cell(f"{UNTICKED} Boat lamps", "p"), cell(f"{TICKED} Bridge lamps", "p")),
        )
    )
    after = Table(((cell("B4", "b"), cell("Postcode", "b"), cell("B1 1AA", "t")),))

    found = {one.question: one.value for one in answers_of([*asked, boxes, after])}

    assert found == {"Which lamps would you light?": "Tall lamps; Bridge lamps", "Postcode": "B1 1AA"}
