"""Bold type and colons in answers make no labels, and letters in other type part no word."""

import pytest
from docx import Document

from exchange.application_forms.blocks import MARKED, TURN, UNMARKED, Block, Paragraph
from exchange.application_forms.emphasis import with_emphasis
from exchange.application_forms.pairs import answers_of
from tests.exchange.application_forms.made_up_forms import GROUPS, WORDINGS, pairs, saved
from tests.exchange.good_files import read_form

ROWS = pairs(GROUPS[0], WORDINGS[0])


def said(blocks: list[Block]) -> dict[str, object]:
    return {one.question: one.value for one in answers_of(with_emphasis(blocks))}


@pytest.mark.parametrize(
    "runs",
    [
        [("L", True), ("amp ", False), ("L", True), ("ane ", False), ("C", True), ("lub", False)],
        [("Lamp L", False), ("an", True), ("e Club", False)],
        [("Lamp ", True), ("Lane Club", False)],
        [("Lamp Lane Cl", True), ("ub", True)],
    ],
)
def test_runs_of_a_name_in_other_type_are_joined_as_they_are_written(runs: list[tuple[str, bool]]) -> None:
    word = Document()
    for field, label, answer in ROWS:
        paragraph = word.add_paragraph(f"{label.rstrip('?')}: ")
        for text, is_bold in runs if field == "organisation" else [(answer, False)]:
            paragraph.add_run(text).bold = is_bold

    (record,) = read_form(saved(word), "form.docx").records

    assert record[0].value == "Lamp Lane Club"


@pytest.mark.parametrize(
    "answer", ["Evenings for forty residents", "Week one: lamps go up.", "Aim: light for all"]
)
@pytest.mark.parametrize("is_whole", [True, False])
def test_bold_type_makes_no_label_where_labels_are_not_bold(answer: str, is_whole: bool) -> None:
    first, _, rest = answer.partition(" ")
    stressed = Paragraph(answer, "b") if is_whole else Paragraph(f"{first}{TURN} {rest}")
    blocks: list[Block] = []
    for field, label, text in ROWS:
        blocks += [Paragraph(label), stressed if field == "summary" else Paragraph(text)]

    assert said(blocks)["Please describe your project"] == answer


@pytest.mark.parametrize("first", ["Evenings", "Our lamp walk", "Tuesdays"])
def test_a_bold_beginning_makes_no_label_where_labels_are_lines_of_their_own(first: str) -> None:
    blocks: list[Block] = []
    for field, label, text in ROWS:
        answer = f"{first}{TURN} for forty residents" if field == "summary" else text
        blocks += [Paragraph(label, "b"), Paragraph(answer)]

    assert said(blocks)["Please describe your project"] == f"{first} for forty residents"


def test_underlined_titles_of_parts_end_an_answer_where_labels_are_not_bold() -> None:
    form = [
        *(Paragraph(f"{MARKED}Part One{UNMARKED}", "b"), Paragraph("Name of group: Lamp Lane Club")),
        *(Paragraph("Telephone: 01632 960871"), Paragraph("Email: lamp@lane.example")),
        *(Paragraph(f"{MARKED}Part Two{UNMARKED}", "b"), Paragraph("Project title: Lamps")),
        *(Paragraph("Start date: 1 May 2027"), Paragraph("Referee tel.: 01632 960913")),
        *(Paragraph(f"{MARKED}For signature{UNMARKED}", "b"), Paragraph("We make this application.", "i")),
    ]

    assert said(form)["Referee tel."] == "01632 960913"
