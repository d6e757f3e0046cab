"""What is known to be printed on forms of one template, or typed there, decides before any look."""

from collections.abc import Sequence

import pytest

from exchange.application_forms.blocks import (
    END,
    FIELD,
    MARKED,
    STRUCK,
    TICKED,
    TURN,
    UNMARKED,
    UNSTRUCK,
    UNTICKED,
    Cell,
    Paragraph,
    Table,
    paragraphs_in,
)
from exchange.application_forms.pairs import answers_of
from exchange.application_forms.template import told_by_template


def cell(text: str, style: str = "") -> Cell:
    return Cell((Paragraph(text, style),))


def told(*rows: tuple[Cell, ...]) -> dict[str, object]:
    return {one.question: one.value for one in answers_of([Table(rows)])}


def test_a_printed_label_with_its_hint_heads_the_answers_below_a_row() -> None:
    hint = f"Sum sought{TURN}(at most what a lantern costs)"
    rows = (
        (cell("Total cost of project", "bp"), cell(hint, "p")),
        (cell("£900", "t"), cell("£600", "t")),
    )

    assert list(told(*rows).values()) == ["£900", "£600"]


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


def test_lines_with_sums_that_follow_an_answer_ask() -> None:
    texts = ["Your name: Ada Adason", "Money in the tin ...... £20", "Money in the jar ...... £30"]

    told = {one.question: one.value for one in answers_of([Paragraph(text) for text in texts])}

    assert told == {"Your name": "Ada Adason", "Money in the tin": "£20", "Money in the jar": "£30"}


def test_an_answer_goes_on_in_the_next_row_where_both_were_typed() -> None:
    rows = (
        (cell("What would you do?", "bp"),),
        (cell("Light the path.", "t"),),
        (cell("Then paint the gate.", "t"),),
        (cell("Why now?", "bp"),),
        (cell("It is dark.", "t"),),
    )

    assert told(*rows) == {
        "What would you do?": "Light the path.\nThen paint the gate.",
        "Why now?": "It is dark.",
    }


@pytest.mark.parametrize(
    "line", ["Lower Mill________  Post code: LM1 2AB____", "Lower Mill   Post code: LM1 2AB"]
)
def test_an_address_goes_on_before_the_postcode_on_its_line(line: str) -> None:
    texts = ["Address: 4 Wheel Row________", line, "Telephone: 01632 960100"]

    told = {one.question: one.value for one in answers_of([Paragraph(text) for text in texts])}

    assert told == {
        "Address": "4 Wheel Row\nLower Mill",
        "Post code": "LM1 2AB",
        "Telephone": "01632 960100",
    }


@pytest.mark.parametrize(
    "chosen",
    [
        f"\t{MARKED}Yes{UNMARKED}{TURN}/ No",
        f"\nYes / {STRUCK}No{UNSTRUCK}",
        f"\n{TICKED} Yes  {UNTICKED} No",
        "\nYes",
    ],
)
def test_a_question_on_one_line_may_follow_a_yes_or_no(chosen: str) -> None:
    texts = [*f"Have you a boat?{chosen}".split("\n"), "If so, tell its colour: green as the sea"]

    told = [(one.question, one.value) for one in answers_of([Paragraph(text) for text in texts])]

    assert told == [("Have you a boat?", "Yes"), ("If so, tell its colour", "green as the sea")]


def test_what_is_told_below_a_marked_yes_is_kept_with_it() -> None:
    texts = ["Have you a boat?", f"{MARKED}Yes{UNMARKED} / No", "It leaks a little"]

    (told,) = answers_of([Paragraph(text) for text in texts])

    assert told.value == "Yes\nIt leaks a little"


def test_a_printed_line_ends_an_answer_though_few_forms_are_laid_out_alike() -> None:
    labels = ("Your lantern", "Why now", "Where it hangs", "Who lights it", "When it ends", "Date")
    closing = "Lanterns are lent for a year and are brought back by whoever took them, oil and all."

    def form(at: int, between: str) -> list[Paragraph]:
        lines = [Paragraph(f"{label}{between}{at}{label[::-1]}", "") for label in labels]
        return [*lines, Paragraph(closing)]

    forms = [form(at, ": ") for at in range(4)] + [form(7, " ")]

    assert list(paragraphs_in(told_by_template(forms)[-1]))[-1].style == "p"


def test_columns_on_a_line_are_labels_of_forms_that_have_them_below_each_other() -> None:
    labels = ("Your lantern", "Why now", "Where it hangs", "Who lights it", "When it ends")
    forms = [
        [
            *(Paragraph(f"{label}: {at}{label[::-1]}") for label in labels),
            Paragraph(f"Oil: {at}\tWick: {at}a"),
        ]
        for at in range(4)
    ]
    own = [*forms[0][:-1], Paragraph("Oil: 9"), Paragraph("Wick: 9a")]

    assert not any(one.is_typed for one in paragraphs_in(told_by_template([own, *forms])[0]))


def test_a_number_in_bold_and_a_colon_after_a_question_mark_stand_before_an_answer() -> None:
    texts = (
        f"1. {TURN}Title of project: Lamps",
        f"2. {TURN}When will it start?: 15 Oct 2026   When will it finish?: 15 April 2027",
        f"3. {TURN}Total cost of project: £300",
        f"4. {TURN}Amount requested: £200",
        "Charity number: .........\tCompany number: .........",
        "Do you have a lantern? No",
        "How did you hear of the lanterns?: From a keeper",
    )
    found = {one.question: one.value for one in answers_of([Paragraph(text) for text in texts])}

    assert list(found.values()) == [
        "Lamps",
        "15 Oct 2026",
        "15 April 2027",
        "£300",
        "£200",
        None,
        None,
        "No",
        "From a keeper",
    ]


def test_tabs_between_answered_questions_part_no_label_from_its_answer() -> None:
    texts = (
        "Contact name: A Keeper\tPosition: Lamplighter",
        "Telephone: 01632 960001\tEmail: a@keeper.example",
    )
    found = {one.question: one.value for one in answers_of([Paragraph(text) for text in texts * 2])}

    assert (found["Contact name"], found["Email"]) == ("A Keeper", "a@keeper.example")


def test_a_title_in_bold_that_all_forms_have_asks_nothing() -> None:
    texts = [
        Paragraph("Community Safety Lanterns: application", "bp"),
        Paragraph(f"Name of group: {TURN}Lamps"),
    ]

    assert {one.question: one.value for one in answers_of(texts)} == {"Name of group": "Lamps"}


def test_a_question_right_after_another_asks_with_it() -> None:
    spoken = "Have you spoken to your keeper?"
    texts = (
        f"21. {spoken} Who? Ada Wick, twice",
        f"Is it lit? With {TURN}whom? The club",
        "What has gone wrong there? How do you know that it has? Two lamps were stolen.",
    )

    found = {one.question: one.value for one in answers_of([Paragraph(text) for text in texts])}

    assert found == {
        f"21. {spoken} Who?": "Ada Wick, twice",
        "Is it lit? With whom?": "The club",
        "What has gone wrong there? How do you know that it has?": "Two lamps were stolen.",
    }


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


def of_lines(*lines: tuple[str, str]) -> Cell:
    return Cell(tuple(Paragraph(text, style) for text, style in lines))


def test_a_cell_whose_last_question_is_empty_is_no_label_of_the_cell_beside_it() -> None:
    left = of_lines(("Name of group", "bp"), ("Lantern Club", "t"), ("Charity number:", "bp"))
    right = of_lines(
        ("Contact name", "bp"), ("Ada Keeper", "t"), ("What do they light?", "bp"), ("Wicks", "t")
    )

    assert told((left, right)) == {
        "Name of group": "Lantern Club",
        "Charity number": None,
        "Contact name": "Ada Keeper",
        "What do they light?": "Wicks",
    }


def test_all_questions_of_a_cell_are_kept_where_it_is_known_what_is_printed_in_it() -> None:
    left = of_lines((f"Do you have a constitution?{TURN}Yes", ""))
    right = of_lines(
        (f"Have you had a grant from us before?{TURN}No", ""),
        ("If yes, what was it for?", "bp"),
        (f"Who keeps the oil:{TURN}Di Wick", ""),
    )

    assert told((left, right)) == {
        "Do you have a constitution?": "Yes",
        "Have you had a grant from us before?": "No",
        "If yes, what was it for?": None,
        "Who keeps the oil": "Di Wick",
    }


def test_boxes_beside_questions_of_one_cell_answer_no_words_of_the_cell_left_of_it() -> None:
    left = of_lines(
        ("Delete as appropriate", "bip"),
        (f"Do you have a constitution?{TURN}Yes / No {TICKED}", ""),
        (f"Do you have a bank account?{TURN}Yes {TICKED} / No", ""),
    )
    right = of_lines(
        (f"Have you had a grant from us before?{TURN}Yes {TICKED} / No", ""), (f"Keeper:{TURN}Di Wick", "")
    )

    assert told((left, right)) == {
        "Do you have a constitution?": "No",
        "Do you have a bank account?": "Yes",
        "Have you had a grant from us before?": "Yes",
        "Keeper": "Di Wick",
    }


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


def test_a_row_with_the_number_of_its_question_heads_no_columns() -> None:
    rows = (
        (cell("A2", "bsp"), cell("Legal status of the organisation", "bsp"), cell("Registered charity")),
        (cell("A3", "bsp"), cell("Charity number", "bsp"), cell("1197733", "t")),
        (cell("A4", "bsp"), cell("Keeper of the oil", "bsp"), cell("Di Wick", "t")),
    )

    assert told(*rows) == {
        "Legal status of the organisation": "Registered charity",
        "Charity number": "1197733",
        "Keeper of the oil": "Di Wick",
    }


def test_words_over_fields_alone_head_their_columns_whatever_they_look_like() -> None:
    heads = tuple(cell(text, "i") for text in ("What you would buy", "How you worked it out", "What we pay"))
    rows = tuple(
        tuple(cell(f"{FIELD}{text}{END}") for text in row)
        for row in (("Lanterns", "30 at £2", "£60"), ("Oil", "", "£9"), ("", "", ""))
    )
    asked = Paragraph("What would the grant pay for?", "b")

    found = {one.question: one.value for one in answers_of([asked, Table((heads, *rows))])}

    assert found == {asked.text: "Lanterns; 30 at £2; £60\nOil; £9"}
