"""What applicants and the public read of a gate that was not met."""

import pytest

from models.queries.applications.applications import GateLine
from models.queries.applications.gates import (
    lacking_words,
    not_shown_words,
    remark_words,
    says_what_lacks,
    unmet_here,
    unmet_words,
)
from models.reference.schemes import shipped_funds

SHIPPED = sorted({(gate.question, gate.is_cap) for fund in shipped_funds() for gate in fund.gates})
LETTER = "At our check the answer to “Is a letter there?” was no."


@pytest.mark.parametrize(("question", "is_cap"), SHIPPED)
def test_no_question_of_a_gate_that_ships_is_printed(question: str, is_cap: bool) -> None:
    gate = GateLine(1, "one", question, is_advisory=False, is_cap=is_cap)

    said = (unmet_words(gate), unmet_here(gate, "No rules."), not_shown_words(gate), lacking_words(gate))

    assert not any("?" in words or "“" in words for words in said)
    assert said[1] == f"{said[0]} No rules."


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("", LETTER),
        ("a business run for profit", f"{LETTER} Our check found: a business run for profit."),
        ("It is a shop!", f"{LETTER} It is a shop!"),
        (
            "asks £6,400.50, over the cap of £5,000.00 for one organisation",
            "You asked for £6,400.50. The most for one organisation is £5,000.",
        ),
    ],
)
def test_a_remark_reads_beside_what_was_not_met(found: str, said: str) -> None:
    gate = GateLine(1, "letter", "Is a letter there?", is_advisory=False, is_cap=False)

    assert unmet_here(gate, found) == said
    assert remark_words(found) == said.removeprefix(LETTER).strip()


@pytest.mark.parametrize(
    "line",
    [
        "no constitution",
        "No constitution is held.",
        "There is no bank account that two people sign for",
        "not clear who benefits",
        "no accounts were sent",
        "no sign of who is to run it",
        "no bank account; the treasurer has left",
        "Without insurance",
    ],
)
def test_what_was_found_to_lack_is_told_from_a_condition(line: str) -> None:
    assert says_what_lacks(line)


@pytest.mark.parametrize(
    "line",
    [
        "No other public money pays for the same cost.",
        "no salary is paid from the grant",
        "No trustee may gain by it",
        "No one person is the only one to benefit",
        "The applicant is not a statutory body.",
    ],
)
def test_a_condition_put_as_what_must_not_be_is_a_condition(line: str) -> None:
    assert not says_what_lacks(line)
