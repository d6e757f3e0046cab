"""Headings of other form tools, those that no rule knows, and answers to gates: found, never guessed."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from exchange.applications.gate_answers import GateAnswer, fields_of, gate_answers
from exchange.applications.likeness import likenesses
from exchange.applications.matching import options
from exchange.reading.sheets import Cell
from models.reference.schemes import shipped_funds
from models.values.applications import FIELDS
from models.values.rows import ApplicationRow, SubmittedCell
from tests.exchange.applications.form_exports import ANSWERS, OFFICE, QUESTIONS
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


def test_headings_of_many_forms_are_most_like_their_field_and_those_of_none_like_none() -> None:
    asked = [(field, text) for family in (OFFICE, QUESTIONS) for field in family for text in family[field]]
    unknown = [(field, text) for field, text in asked if not options("", text)]

    right = sum(max(FIELDS, key=likenesses(text).__getitem__) == field for field, text in unknown)
    taken = sum(max(likenesses(text).values()) > 4 and not options("", text) for text in ANSWERS)

    assert right >= 0.8 * len(unknown)
    assert taken <= 0.2 * len(ANSWERS)


def test_two_columns_of_days_side_by_side_are_the_time_where_none_ends_before_it_begins() -> None:
    head = ["Organisation", "Amount requested", "Service to run from", "Service to run to"]

    (fits,) = take_in([head, ["Lantern Club", 900, "04/01/2027", "30/04/2027"]]).applications
    (turned,) = take_in([head, ["Lantern Club", 900, "30/04/2027", "04/01/2027"]]).applications

    assert (str(fits.start_on), str(fits.end_on)) == ("2027-01-04", "2027-04-30")
    assert (turned.start_on, turned.end_on) == (None, None)


ROWS: dict[str, tuple[dict[str, Cell], dict[str, object]]] = {
    "a greeting before a question, and which of these": (
        {"Hello! What is your group called?": "Lantern Club"}
        | {"Which of these is your organisation?": "Registered charity", "Amount requested": 900},
        {"organisation": "Lantern Club", "organisation_type": "Registered charity"},
    ),
    "a bare name where nothing else is the organisation's": (
        {"Name": "Lantern Club", "Main contact": "Ada Example", "Email": "a@example.org"}
        | {"Project title": "Lamps", "Area": "Dale", "Amount requested": 900},
        {"organisation": "Lantern Club"},
    ),
    "an amount in a word of its own among many fields": (
        {"Bidder": "Lantern Club", "Contact name": "Ada Example", "Email": "a@example.org"}
        | {"Phone": "0121 496 0100", "Project title": "Lamps", "Postcode": "B4 6NQ", "Sought": 900},
        {"organisation": "Lantern Club", "requested_pence": 90000},
    ),
    "of two amounts needed, that from us is requested": (
        {"Organisation": "Lantern Club", "How much do you need in total?": "£900"}
        | {"How much of that do you want from us?": "£500"},
        {"requested_pence": 50000, "total_cost_pence": 90000},
    ),
    "the bare title and the bare time of a list": (
        {"Time": "2026-09-03 10:04:05", "Title": "Green Corners", "Organisation": "A"}
        | {"Amount requested": 5},
        {"project": "Green Corners", "received_at": datetime(2026, 9, 3, 10, 4, 5)},
    ),
}


@pytest.mark.parametrize(("cells", "fields"), ROWS.values(), ids=ROWS)
def test_a_row_is_read_by_what_its_headings_say_together(
    cells: dict[str, Cell], fields: dict[str, object]
) -> None:
    (row,) = take_in([[*cells], [*cells.values()]]).applications

    assert {field: getattr(row, field) for field in fields} == fields


def test_what_was_asked_for_goes_before_what_a_tool_fills_in_and_a_bare_total_covers_it() -> None:
    head = ["Timestamp", "Email address", "Group", "Amount requested", "The email address we should write to"]
    row = ["04/10/2026 10:01", "me@x.example", "Lantern Club", 900, "us@x.example"]
    days = ["Application created", "Application submitted", *head[2:4]]

    (asked,) = take_in([head, row]).applications
    (signed_in,) = take_in([head[:4], row[:4]]).applications
    (sent,) = take_in([days, ["01/10/2026", "03/10/2026", *row[2:4]]]).applications

    assert (asked.email, signed_in.email) == ("us@x.example", "me@x.example")
    assert str(sent.received_at)[:10] == "2026-10-03"

    head = ["Organisation", "Requested", "Total"]

    costs = take_in([head, ["A Club", 500, 900], ["B Club", 700, 700]])
    points = take_in([head, ["A Club", 500, 75], ["B Club", 700, 81]])

    assert dict(costs.mapped)["Total"] == "total_cost"
    assert points.kept_as_answers == ("Total",)


@pytest.mark.parametrize(
    ("numbers", "is_reference"),
    [
        (("ACF26-001", "ACF26-002", "ACF26-007"), True),
        (("2026-014", "2026-015", "2026-031"), True),
        (("1", "2", "3"), False),
        (("VF-101", "VF-101", "VF-102"), False),
    ],
)
def test_a_tools_own_number_is_the_reference_where_it_reads_as_one(
    numbers: tuple[str, ...], is_reference: bool
) -> None:
    rows = [[number, f"Lantern Club {at}", 900] for at, number in enumerate(numbers)]

    reading = take_in([["Response ID", "Organisation", "Amount requested"], *rows])

    assert (reading.mapped[0] == ("Response ID", "reference")) is is_reference


LIKELY = {
    "reference": "Request Reference Number",
    "organisation": "Account Name|Grant recipient|Lead body|Bidding organisation|What is your group called?|"
    "Which organisation are you applying on behalf of?|VCSE organisation|Who is applying?",
    "contact_name": "Who should we contact about this application?|Lead applicant|"
    "Contact for this application|And who are you?",
    "email": "What's the best email to reach you on?",
    "phone": "Best contact number",
    "postcode": "Post-code|Postal-code|Address - Postal / Zip Code",
    "area": "Which Neighbourhood Policing Unit is your project in?|Please select NPU|Area of operation|"
    "Town / area|Geographical coverage",
    "project": "Title|Working title|proj_title",
    "summary": "Lay summary|In a few sentences, tell us about your project|What do you want to do?|"
    "Project aims|Briefly outline your project|What will you do?|Plain English Summary|"
    "Describe what the money would pay for and who would take part",
    "need": "Crime or ASB problem being tackled",
    "outcomes": "Impact|What impact will your project have?|Outputs and outcomes|Success measures|"
    "What difference will it make, and how will you know?|What do you want to achieve, and for whom?|"
    "What will be different afterwards? How will you measure it?",
    "amount_requested": "Funding sought 2026/27 (£)|Amount requested 2026-27|Funding requested (£) inc VAT|"
    "Amount of award requested|Amount requested this year|Proposed grant|Grant application amount|"
    "Amount you'd like to apply for|How much are you looking for?",
    "minimum_amount": "What is the least you could run the project with?|"
    "If we cannot fund the full amount, what is the minimum you would accept?",
    "total_cost": "Total Project Amount|Project total|Total (£)|Total project costs (inc. match funding)",
    "match_funding": "Contributions from other sources|Funding from other sources|Other funding (£)|"
    "Your contribution|Co-funding",
    "beneficiaries": "People benefiting|Headcount of beneficiaries",
    "start_on": "Commencement date|When do you plan to start?|When would you kick off?",
    "end_on": "And wrap up?",
    "received_at": "Time|Added Time|CreationDate|Request Date|received_dt",
    "previously_funded": "Prior funding|Previously supported?|Existing grant holder?",
    "constitution_held": "Constitution or set of rules",
    "safeguarding_policy": "Safeguarding policy attached",
}


@pytest.mark.parametrize(
    ("heading", "field"),
    [(heading, field) for field, headings in LIKELY.items() for heading in headings.split("|")],
)
def test_heading_can_be_its_field_and_no_other_surely(heading: str, field: str) -> None:
    found = options("", heading)

    assert field in [option.field for option in found]
    assert {option.field for option in found if option.sure} <= {field}


SAFE = "If children or adults at risk take part, is there a safeguarding policy?"
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


def test_no_and_an_answer_in_words_are_in_doubt_and_silence_where_others_answered() -> None:
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

    asked = "Do you have a safeguarding policy?"
    writing = replace(
        ROW, answers=((asked, "No, but we are\nwriting one"), ("Safeguarding lead", "Jo Made-Up"))
    )
    has = replace(ROW, reference="W-002", safeguarding_policy=True)

    assert answered(SAFE, writing, has) == [
        ["!Do you have a safeguarding policy? No, but we are writing one"],
        ["Safeguarding policy: Yes"],
    ]


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


def test_a_corrected_answer_is_shown_with_what_was_submitted() -> None:
    now = replace(ROW, safeguarding_policy=True)
    found = gate_answers([SAFE], [(now, replace(ROW, safeguarding_policy=False), ())])

    words = "Yes (corrected, submitted as No)"
    assert found["W-001"][SAFE] == (GateAnswer("Safeguarding policy", words),)
