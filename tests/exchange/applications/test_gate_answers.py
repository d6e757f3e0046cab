"""What an applicant answered to a gate's question is found by its field or its words, and never guessed."""

import pytest
from msgspec.structs import replace

from exchange.applications.gate_answers import GateAnswer, fields_of, gate_answers, said_no_to
from models.reference.schemes import shipped_funds
from models.values.rows import ApplicationRow, SubmittedCell

SAFE = "If children or adults at risk take part, is there a safeguarding policy?"
TEAM = "Has the group spoken to its neighbourhood team?"
OTHER_MONEY = "Is it free of other money from the Commissioner for the same period?"
FREE = "Is it free, confidential, and open whether or not the crime was reported?"
ROW = ApplicationRow("W-001", "Fell Road Club")


def answered(question: str, *rows: ApplicationRow) -> list[list[str]]:
    """Return what each application is told to have answered, "!" before what is in doubt."""
    found = gate_answers([question], [(row, row, ()) for row in rows])
    return [[f"{'!' * one.is_in_doubt}{one.line}" for one in found[row.reference][question]] for row in rows]


def test_every_shipped_gate_that_asks_for_a_field_is_known_by_it_and_no_other() -> None:
    asked = {
        gate.code: fields_of(gate.question)
        for fund in shipped_funds()
        for gate in fund.gates
        if fields_of(gate.question)
    }

    assert asked == {
        "constituted": ("bank_account_held", "constitution_held"),
        "safeguarding": ("safeguarding_policy",),
        "safe": ("safeguarding_policy",),
    }


def test_no_is_in_doubt_and_so_is_nothing_where_others_answered() -> None:
    has, none, silent = (
        replace(ROW, reference=f"W-00{number}", safeguarding_policy=value)
        for number, value in enumerate((True, False, None))
    )

    assert answered(SAFE, has, none, silent) == [
        ["Safeguarding policy: Yes"],
        ["!Safeguarding policy: No"],
        ["!Safeguarding policy: no answer"],
    ]
    assert answered(SAFE, silent) == [[]]


def test_an_answer_in_words_stands_for_the_field_it_could_not_be_read_as() -> None:
    asked = "Do you have a safeguarding policy?"
    writing = replace(
        ROW, answers=((asked, "No, but we are\nwriting one"), ("Safeguarding lead", "Jo Made-Up"))
    )
    has = replace(ROW, reference="W-002", safeguarding_policy=True)

    assert answered(SAFE, writing, has) == [
        ["!Do you have a safeguarding policy? No, but we are writing one"],
        ["Safeguarding policy: Yes"],
    ]


def test_not_applicable_is_shown_as_it_was_answered_and_left_for_somebody_to_look_at() -> None:
    has = replace(ROW, reference="W-002", safeguarding_policy=True)
    for asked, line in (
        ("Do you have a safeguarding policy?", "Do you have a safeguarding policy? Not applicable"),
        ("Safeguarding policy", "Safeguarding policy: Not applicable"),
    ):
        row = replace(ROW, answers=((asked, "Not applicable"),))
        assert answered(SAFE, row, has)[0] == [f"!{line}"]


def test_a_question_in_mostly_the_same_words_is_the_gates_and_a_long_answer_is_shortened() -> None:
    asked = "Have you talked to your neighbourhood policing team?"
    long = replace(ROW, answers=((asked, "Yes, " + "and again " * 40),))
    team = replace(ROW, reference="W-002", answers=(("Which neighbourhood team is yours?", "No idea"),))

    (told,), missing = answered(TEAM, long, team)

    assert told.startswith(f"!{asked} Yes, and again")
    assert told.endswith(" …")
    assert missing == [f"!{asked} no answer"]


def test_a_no_to_a_question_turned_round_is_not_in_doubt() -> None:
    money = replace(ROW, answers=(("Do you have other money from the Commissioner?", "No"),))
    free = replace(ROW, answers=(("Is it free and confidential, reported or not?", "No."),))

    assert answered(OTHER_MONEY, money) == [["Do you have other money from the Commissioner? No"]]
    assert answered(FREE, free) == [["!Is it free and confidential, reported or not? No."]]


@pytest.mark.parametrize(
    "words", ["Yes, in draft", "Yes - agreed in principle", "In progress", "see attached"]
)
def test_anything_but_a_plain_yes_is_in_doubt_in_the_words_of_the_file(words: str) -> None:
    asked = "Do you have a safeguarding policy?"
    plain, more = (replace(ROW, reference=reference, safeguarding_policy=True) for reference in ("P", "M"))
    cells = {"P": " Oes / YES. ", "M": words}
    rows = [
        (row, row, [SubmittedCell("safeguarding_policy", asked, cells[row.reference])])
        for row in (plain, more)
    ]
    said = replace(ROW, answers=((asked, words),))

    found = gate_answers([SAFE], [*rows, (said, said, ())])

    assert found["P"][SAFE] == (GateAnswer("Safeguarding policy", "Yes"),)
    assert found["M"][SAFE] == (GateAnswer("Safeguarding policy", words, is_in_doubt=True),)
    assert found["W-001"][SAFE] == (GateAnswer(asked, words, is_in_doubt=True),)
    assert said_no_to([SAFE], said.answers) == ()


def test_to_a_question_turned_round_yes_and_no_are_plain_and_nothing_else_is() -> None:
    asked = "Do you have other money from the Commissioner?"
    rows = [replace(ROW, answers=((asked, words),)) for words in ("No", "Yes", "Perhaps")]

    doubts = [
        gate_answers([OTHER_MONEY], [(row, row, ())])["W-001"][OTHER_MONEY][0].is_in_doubt for row in rows
    ]

    assert doubts == [False, False, True]


def test_a_corrected_answer_is_shown_with_what_was_submitted() -> None:
    now = replace(ROW, safeguarding_policy=True)
    found = gate_answers([SAFE], [(now, replace(ROW, safeguarding_policy=False), ())])

    words = "Yes (corrected, submitted as No)"
    assert found["W-001"][SAFE] == (GateAnswer("Safeguarding policy", words),)
