"""What is printed on several forms of one template, and what stands on one of them alone."""

import io
from collections.abc import Sequence

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.application_forms.blocks import (
    MARKED,
    TURN,
    UNMARKED,
    Block,
    Cell,
    Paragraph,
    Table,
    paragraphs_in,
)
from exchange.application_forms.pairs import answers_of
from exchange.application_forms.reading import forms_of, read_file
from exchange.application_forms.template import (
    _LONGEST_LABEL,
    _MOST_ENDS,
    FEWEST,
    _form_of,
    told_by_template,
)
from tests.exchange.application_forms.made_up_forms import GROUPS, LAYOUTS, WORDINGS, pairs

LABELS = ("Who you are", "Wheelhouse code", "Sum sought", "Anything at all", "Why now", "When it ends")
ANSWERS = st.text("pqrstuvwxyz", min_size=3, max_size=12)


def styles(blocks: Sequence[Block]) -> list[str]:
    return [one.style for one in paragraphs_in(blocks)]


def cell(text: str) -> Cell:
    return Cell((Paragraph(text),))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(ANSWERS, min_size=6, max_size=6), min_size=FEWEST, max_size=15, unique_by=tuple))
def test_labels_are_printed_and_answers_typed_whatever_they_say(forms: list[list[str]]) -> None:
    forms = [[f"{answer}{at}" for answer in answers] for at, answers in enumerate(forms)]
    below = [
        tuple(Paragraph(text) for pair in zip(LABELS, answers, strict=True) for text in pair)
        for answers in forms
    ]
    beside = [
        (Table(tuple((cell(label), cell(answer)) for label, answer in zip(LABELS, told, strict=True))),)
        for told in forms
    ]

    for told in (*told_by_template(below), *told_by_template(beside)):
        assert styles(told) == ["p", "t"] * len(LABELS)


def test_labels_are_told_though_all_that_was_typed_on_a_form_stands_out() -> None:
    names = ("Ada", "Bo", "Cy", "Di")
    forms = [
        [
            Paragraph(f"1. Home: {name} House"),
            Paragraph(f"\t{name} {name}gate\tNearest bridge: {name} Foot"),
            *map(Paragraph, LABELS),
        ]
        for name in names
    ]
    coloured = [
        Paragraph(f"1. Home: {MARKED}Eve House{UNMARKED}"),
        Paragraph(f"\t{MARKED}Eve Street{UNMARKED}\tNearest bridge: {MARKED}Eve Foot{UNMARKED}"),
        *map(Paragraph, LABELS),
    ]

    lines = [(one.text, one.style) for one in paragraphs_in(told_by_template([*forms, coloured])[-1])]

    assert lines[:3] == [
        (f"1. Home: {TURN}{MARKED}Eve House{UNMARKED}", ""),
        ("\tEve Street", "t"),
        (f"Nearest bridge: {TURN}{MARKED}Eve Foot{UNMARKED}", ""),
    ]


@pytest.mark.parametrize(("typed", "answer"), [("YES X / NO", "YES"), ("YES / NO X", "NO")])
def test_a_mark_that_is_typed_beside_a_printed_yes_or_no_chooses_it(typed: str, answer: str) -> None:
    asked = "5. Does the lamp swing?"
    others = [[Paragraph(f"{asked}\tYES / NO"), *map(Paragraph, LABELS)] for _ in range(FEWEST)]
    others = [[*one, Paragraph(name)] for one, name in zip(others, ("Ada", "Bo", "Cy"), strict=True)]
    form = [Paragraph(f"{asked}\t{typed}"), *map(Paragraph, LABELS)]

    (found, *_) = answers_of(told_by_template([*others, form])[-1])

    assert (found.question, found.value) == (asked, answer)


def test_what_is_looked_at_in_a_hostile_form_is_bounded() -> None:
    line = " ".join(f"A{at}:" for at in range(20_000))
    forms = [[Paragraph(f"{name} {line}"), *map(Paragraph, LABELS)] for name in ("Ada", "Bo", "Cy")]

    assert len(_form_of(forms[0]).labels) <= _MOST_ENDS * _LONGEST_LABEL
    assert [styles(told)[-len(LABELS) :] for told in told_by_template(forms)] == [["p"] * len(LABELS)] * 3


def test_fewer_forms_or_others_tell_nothing() -> None:
    two = [[Paragraph(label), Paragraph(f"{at}")] for at in ("one", "two") for label in LABELS]
    same = [tuple(Paragraph(text) for text in LABELS)] * 5

    assert all(styles(told) == ["", ""] for told in told_by_template(two))
    assert all(styles(told) == [""] * len(LABELS) for told in told_by_template(same))


def form(name: str, sum_: str, why: str) -> bytes:
    """Give a form whose labels no rule knows, with an answer that looks like a question of its own."""
    document = Document()
    for label, answer in (
        ("Name of group", name),
        ("Amount requested", sum_),
        ("Your wheelhouse", why),
        ("Project title", f"Lights for {name}"),
        ("Area", "Walsall"),
        ("What will you do with it", f"{name} will light the path."),
    ):
        document.add_paragraph(label)
        document.add_paragraph(answer)
    document.add_paragraph("We keep forms for six years and publish the names of those who got a grant.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_an_answer_that_looks_like_a_question_is_none_where_other_forms_have_it_not() -> None:
    why = "Project costs:", "Total amount: see the quote", "Who will benefit?"
    files = [
        read_file(form(f"Lantern {at}", f"£{at}00", words), f"{at}.docx")
        for at, words in enumerate(why, start=1)
    ]

    found = [{one.question: one.value for one in each.records[0]} for each in forms_of(files)]

    assert [one["Your wheelhouse"] for one in found] == list(why)
    assert not any("six years" in str(value) for one in found for value in one.values())


def test_a_row_that_was_typed_asks_nothing_and_a_printed_label_without_answer_takes_none() -> None:
    forms = [
        [
            Table((tuple(map(cell, ("Wheelhouse code", f"W{at}{at}{at}", "Second code"))),)),
            Paragraph("What do you want to buy?"),
            Table(
                tuple(tuple(map(cell, row)) for row in ((f"{at} lamps", f"£{at}"), (f"{at} halls", "£50")))
            ),
            *map(Paragraph, LABELS),
        ]
        for at in ("one", "two", "three", "four")
    ]

    for at, told in zip(("one", "two", "three", "four"), told_by_template(forms), strict=True):
        found = {one.question: one.value for one in answers_of(told)}
        assert (found["Wheelhouse code"], found.get("Second code")) == (f"W{at}{at}{at}", None)
        assert found["What do you want to buy?"] == f"{at} lamps; £{at}\n{at} halls; £50"


def test_a_sentence_that_forms_of_several_programs_have_alike_is_printed_on_each() -> None:
    promise = "Whoever signs here will give back every lantern that is lent before the winter ends."
    rest = [f"Only here {at} times" for at in "bcdef"]
    forms = [(*LABELS, *rest, promise, "pq"), (*LABELS, *rest, promise, "qr"), (*LABELS, promise, "rs")]

    told = told_by_template([[Paragraph(text) for text in form] for form in forms])

    assert [one.style for form in told for one in paragraphs_in(form) if one.text == promise] == ["p"] * 3


def test_a_label_ends_at_its_colon_though_answers_begin_alike() -> None:
    homes = ("Eastgate Rise", "Eastgate Row", "Eastgate Reach", "Westgate")
    forms = [[Paragraph(f"Where? (a town) Home: {home}"), *map(Paragraph, LABELS)] for home in homes]
    asked = [[Paragraph(f"Is it lit? (Yes / No) Yes {at}"), *map(Paragraph, LABELS)] for at in "pqrs"]

    for told, home in zip(told_by_template(forms), homes, strict=True):
        assert next(paragraphs_in(told)).text.partition(TURN)[2] == home
    for told, at in zip(told_by_template(asked), "pqrs", strict=True):
        assert next(paragraphs_in(told)).text == f"Is it lit? (Yes / No) {TURN}Yes {at}"


def test_what_is_typed_after_a_label_on_its_line_is_parted_from_it() -> None:
    lines = [[f"{label}: {at} of {label.split()[0]}" for label in LABELS] for at in ("one", "two", "three")]
    dotless = [[f"{label} {at * 2}{label[0]}" for label in LABELS] for at in "uvxyz"]

    for forms in (lines, dotless):
        for told in told_by_template([[Paragraph(text) for text in form] for form in forms]):
            parted = [one.text.split(TURN)[0].strip(" :") for one in paragraphs_in(told)]
            assert parted == list(LABELS)
    bold = [[Paragraph(text, "b") for text in form] for form in dotless]
    assert not any(TURN in one.text for told in told_by_template(bold) for one in paragraphs_in(told))


ALIKE = {
    "organisation_type": "Community group",
    "area": "Walsall",
    "start_on": "1 April 2027",
    "end_on": "31 March 2028",
    "beneficiaries": "60",
    "amount_requested": "£4,500",
    "constitution_held": "Yes",
    "safeguarding_policy": "Yes",
    "outcomes": "Less crime.",
}
"""What many applicants of one place answer alike."""


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("wording", range(3))
def test_a_folder_of_forms_gives_no_less_than_each_form_alone(layout: str, wording: int) -> None:
    groups = [one._replace(**ALIKE) for one in (*GROUPS, GROUPS[0]._replace(organisation="Fourth Hall"))]
    files = [
        read_file(LAYOUTS[layout](pairs(one, WORDINGS[wording])), f"{at}.docx")
        for at, one in enumerate(groups)
    ]

    for together, file in zip(forms_of(files), files, strict=True):
        (alone,) = forms_of([file])
        (own,), (record,) = alone.records, together.records
        assert {one.question: one.value for one in own}.items() <= {
            one.question: one.value for one in record
        }.items()
