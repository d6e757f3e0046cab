"""Forms of random wordings, numberings and guidance in every layout are read back exactly."""

import random
from collections.abc import Sequence

import pytest

from exchange.application_forms.blocks import END, FIELD, Block, Cell, Paragraph, Table
from exchange.application_forms.pairs import Pairs, answers_of

ASKED = {
    "organisation": (
        "Name of your group or organisation",
        "Full name of applicant organisation",
        "Group name",
    ),
    "contact_name": ("Name of main contact", "Who should we contact about this application?"),
    "email": ("Email address", "E-mail", "Contact email"),
    "project": ("Project title", "What is your project called?", "Name of project"),
    "summary": ("Please describe your project", "What do you want to do?", "Project summary"),
    "need": ("Why is this project needed?", "Evidence of need"),
    "beneficiaries": ("How many people will benefit?", "Number of beneficiaries"),
    "amount_requested": ("Amount requested", "How much are you applying for?", "Grant requested (£)"),
    "start_on": ("Start date", "When will the project start?"),
    "constitution_held": ("Do you have a constitution?", "Constitution in place?"),
}
SAID = {
    "organisation": ("Lantern Youth Club", "St Nowhere's Church Hall"),
    "contact_name": ("Ada Example", "Eira Fiction-Jones"),
    "email": ("ada@lantern.example",),
    "project": ("Safer Evenings", "Gloves not Knives"),
    "summary": ("Lamps and door cameras for forty residents.", "Monday: football, Wednesday: music."),
    "need": ("1. Fewer places to go\n2. Young people who have nobody to talk to", "Residents told us so."),
    "beneficiaries": ("60", "1,200"),
    "amount_requested": ("£4,500.00", "3980"),
    "start_on": ("1 May 2027", "02/05/2027"),
    "constitution_held": ("Yes", "No"),
}
GUIDANCE = {
    "summary": "What activities will take place and who will run them? (250 words)",
    "need": "You should say how you know.",
    "amount_requested": "We can fund up to £5,000",
}
NUMBERS = ("", "{0}. ", "Q{0}. ", "C{0}. ", "2.{0} ")
ENDS = (" *", " (max. 200 words) *", " (required)", " (200 words) (required)", "†", ":", " (150 words)")
ODD_LABELS = ("*", "–", "(max. 200 words) *", "Anything else", "Notes for the panel. Read them.", "")
Asked = Sequence[tuple[str, str, str]]


def _beside(told: Asked) -> list[Block]:
    rows = tuple(
        (Cell((Paragraph(label), *guidance(guide))), Cell(lines(said))) for label, guide, said in told
    )
    return [Table(rows)]


def _above(told: Asked) -> list[Block]:
    cells = [
        cell
        for label, guide, said in told
        for cell in (Cell((Paragraph(label, "b"), *guidance(guide))), Cell(lines(said)))
    ]
    return [Table(tuple((cell,) for cell in cells))]


def _same_cell(told: Asked) -> list[Block]:
    return [
        Table(
            tuple(
                (Cell((Paragraph(label, "b"), *guidance(guide), *lines(said))),)
                for label, guide, said in told
            )
        )
    ]


def _below(told: Asked) -> list[Block]:
    return [
        block
        for label, guide, said in told
        for block in (Paragraph(label, "b"), *guidance(guide), *lines(said))
    ]


def _controls(told: Asked) -> list[Block]:
    """Lay out answers in controls below their labels."""
    cells = [
        cell
        for label, guide, said in told
        for cell in (
            Cell((Paragraph(label, "b"), *guidance(guide))),
            Cell((Paragraph(f"{FIELD}{said}{END}"),)),
        )
    ]
    return [Table(tuple((cell,) for cell in cells))]


def lines(text: str) -> tuple[Paragraph, ...]:
    return tuple(map(Paragraph, text.split("\n")))


def guidance(text: str) -> tuple[Paragraph, ...]:
    return (Paragraph(text),) if text else ()


@pytest.mark.parametrize("layout", [_beside, _above, _same_cell, _below])
@pytest.mark.parametrize("seed", range(12))
def test_what_was_answered_is_read_back_exactly(layout: object, seed: int) -> None:
    chance = random.Random(seed)
    number = chance.choice(NUMBERS)
    said = {field: chance.choice(answers) for field, answers in SAID.items()}
    told = [
        (
            number.format(at) + chance.choice(ASKED[field]),
            GUIDANCE.get(field, "") if chance.random() < 0.5 else "",
            answer,
        )
        for at, (field, answer) in enumerate(said.items(), start=1)
    ]

    found = [one for one in answers_of(layout(told)) if one.value is not None]  # type: ignore[operator]

    assert [one.value for one in found] == list(said.values())


@pytest.mark.parametrize("layout", [_beside, _above, _controls])
@pytest.mark.parametrize("seed", range(12))
def test_what_is_filled_in_under_any_label_is_an_answer_or_a_note(layout: object, seed: int) -> None:
    chance = random.Random(seed)
    labels = [*ODD_LABELS, *(f"{chance.choice(asked)}{chance.choice(ENDS)}" for asked in ASKED.values())]
    chance.shuffle(labels)
    told = [(label, "", f"Said of {chance.randrange(10**6)} there") for label in labels]

    blocks = layout(told)  # type: ignore[operator]
    found = "\n".join([*(str(one.value) for one in answers_of(blocks)), *Pairs(blocks).left_over])

    assert [said for _, _, said in told if said not in found] == []


def test_what_follows_a_question_in_its_own_letters_answers_it_where_nothing_else_does() -> None:
    typed = [
        Paragraph("1. What will you do? We will mend the lamps.", "b"),
        Paragraph("2. Project title: Safer Evenings", "b"),
    ]

    assert [one.value for one in answers_of(typed)] == ["We will mend the lamps.", "Safer Evenings"]
