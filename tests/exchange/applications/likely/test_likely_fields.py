"""Columns whose headings no rule knows: words like those of examples, and values that look the part."""

import pytest

from exchange.applications.likely.likeness import likenesses
from exchange.applications.likely.looks import look_of
from exchange.applications.matching import options
from models.values.application_fields import FIELDS
from tests.exchange.applications.form_wordings import ANSWERS, OFFICE, QUESTIONS
from tests.exchange.applications.forms import take_in

CHATTY = {
    "contact_name": ("Lovely to meet you! So who are we talking to?", "Ada Example"),
    "start_on": ("When do you hope to get this going?", "04/01/2027"),
    "end_on": ("And when will you have wrapped everything up?", "30/04/2027"),
    "summary": (
        "Description of the service, and how victims will be referred",
        "We will walk with them. " * 5,
    ),
    "outcomes": ("Outcomes for victims and their families", "They feel safer, and they say so. " * 4),
    "organisation_type": ("Which of these best describes you?", "Registered charity"),
    "match_funding": ("Is there match funding in place? Please state how much", "£1,200"),
    "beneficiaries": ("Victims you expect your service to support", "40"),
    "area": ("Local policing area(s) that the service will cover", "Dale"),
}


@pytest.mark.parametrize("field", CHATTY)
def test_question_in_words_of_its_own_is_the_field_that_it_is_most_like(field: str) -> None:
    heading, value = CHATTY[field]
    reading = take_in([["Organisation", "Amount requested", heading], ["Lantern Club", 900, value]])

    assert dict(reading.mapped).get(heading) == field


def test_values_alone_make_no_field_and_words_alone_make_none_that_the_values_deny() -> None:
    head = ["Organisation", "Amount requested", "Zebra", "Which phone should we ring you on?"]
    reading = take_in([head, ["Lantern Club", 900, "a@example.org", "see below"]])

    assert reading.kept_as_answers == tuple(head[2:])


def test_of_two_columns_for_a_field_the_likelier_has_it_and_an_empty_one_never() -> None:
    nice, nicer = "Nice to meet you! Who are we talking to?", "Who are we talking to about the application?"
    head = ["Organisation", "Amount requested", nice, nicer]

    both = take_in([head, ["Lantern Club", 900, "Bo Sample", "Ada Example"]])
    one = take_in([head, ["Lantern Club", 900, "Bo Sample", None]])

    assert (both.applications[0].contact_name, one.applications[0].contact_name) == (
        "Ada Example",
        "Bo Sample",
    )


def test_a_box_ticked_with_its_own_words_is_a_yes() -> None:
    upper = "Which of these do you have in place?"
    rows = [
        ["Organisation", "Amount requested", upper, None],
        [None, None, "Constitution or rules of the group", "Data protection policy"],
        ["Lantern Club", "900", "Constitution or rules of the group", "Data protection policy"],
    ]

    (row,) = take_in(rows).applications

    assert row.constitution_held is True
    assert [text for _, text in row.answers] == ["Data protection policy"]


def test_headings_of_many_forms_are_most_like_their_field_and_those_of_none_like_none() -> None:
    asked = [(field, text) for family in (OFFICE, QUESTIONS) for field in family for text in family[field]]
    unknown = [(field, text) for field, text in asked if not options("", text)]

    right = sum(max(FIELDS, key=likenesses(text).__getitem__) == field for field, text in unknown)
    taken = sum(max(likenesses(text).values()) > 4 and not options("", text) for text in ANSWERS)

    assert right >= 0.8 * len(unknown)
    assert taken <= 0.2 * len(ANSWERS)


@pytest.mark.parametrize(
    ("values", "look"),
    [
        (("£4,500", "1200.50"), "money"),
        ((40.0, "12"), "count"),
        (("Ada Example", "Siân Lloyd-Evans"), "name"),
        (("Lantern Youth Club", "The Dale Trust"), "words"),
        (("Yes", "no"), "yesno"),
        (("Dale", "Dale", "Upton", "Dale"), "choice"),
        (("4 January 2027", "2027-01-04"), "day"),
        (("0121 496 0100", "+44 7700 900123"), "phone"),
        (("B4 6NQ",), "postcode"),
        (("https://example.org/a.pdf",), "url"),
        (("FS-Case-518",), "code"),
        (("one\ntwo",), "long"),
        ((), ""),
    ],
)
def test_look_is_that_of_most_values(values: tuple[str, ...], look: str) -> None:
    assert look_of(values, "Heading") == look
