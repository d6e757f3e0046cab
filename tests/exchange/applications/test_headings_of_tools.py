"""Headings as other form tools and offices write them, with the fields a careful reader takes them for."""

from datetime import datetime

import pytest

from exchange.applications.matching import options
from tests.exchange.applications.forms import take_in

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


@pytest.mark.parametrize(
    "heading",
    [
        "Contact Name (First)",
        "ContactName_Last",
        "Contact first name",
        "GrantApplication_Id",
        "Grant 2024/25",
    ],
)
def test_half_a_name_a_tools_number_and_a_past_year_are_answers(heading: str) -> None:
    assert options("", heading) == ()


def test_whole_name_in_two_words_is_the_contact() -> None:
    assert "contact_name" in [option.field for option in options("", "Contact name (first and last)")]


def test_question_code_above_a_question_is_no_part_of_it() -> None:
    assert [option.field for option in options("Q5_1", "Contact details - Email")] == ["email"]


def test_bare_total_is_the_whole_cost_only_where_it_covers_what_is_asked() -> None:
    head = ["Organisation", "Requested", "Total"]

    costs = take_in([head, ["A Club", 500, 900], ["B Club", 700, 700]])
    points = take_in([head, ["A Club", 500, 75], ["B Club", 700, 81]])

    assert dict(costs.mapped)["Total"] == "total_cost"
    assert points.kept_as_answers == ("Total",)


def test_bare_name_of_numbers_and_title_of_persons_are_answers() -> None:
    reading = take_in(
        [["Name", "Title", "Organisation", "Amount requested"], ["APP-1", "Mrs", "A Club", 5],
         ["APP-2", "Dr.", "B Club", 6]]
    )  # fmt: skip

    assert reading.kept_as_answers == ("Name", "Title")


def test_title_of_a_person_is_no_project() -> None:
    head = ["Contact: Title", "Organisation", "Amount requested"]

    assert take_in([head, ["Manager", "A", 5]]).kept_as_answers == ("Contact: Title",)


def test_bare_title_of_a_list_is_the_project_and_bare_time_the_time_received() -> None:
    reading = take_in(
        [
            ["Time", "Title", "Organisation", "Amount requested"],
            ["2026-09-03 10:04:05", "Green Corners", "A", 5],
        ]
    )

    assert reading.applications[0].project == "Green Corners"
    assert reading.applications[0].received_at == datetime(2026, 9, 3, 10, 4, 5)


def test_questions_with_no_row_or_no_readable_amount_are_a_table_all_the_same() -> None:
    head = ["The legal name of the organisation that will receive this",
            "In total, how much are you applying to us for?"]  # fmt: skip

    empty = take_in([head])
    unread = take_in([head, ["A Club", "about 5000"]])

    assert [field for _, field in empty.mapped] == ["organisation", "amount_requested"]
    assert [problem.cell for problem in unread.problems] == ["B2"]


def test_the_only_column_for_the_amount_is_not_taken_for_the_organisation() -> None:
    reading = take_in([["Applicant", "Bidder"], ["A Club", 5]], mapping={"Applicant": "amount_requested"})

    assert dict(reading.mapped) == {"Applicant": "amount_requested", "Bidder": "organisation"}


def test_questions_over_a_mere_response_are_the_heading_where_the_row_below_could_be_one() -> None:
    reading = take_in(
        [
            ["About you", "", "What would you like to call your project?", "Costs"],
            ["Organisation name", "Lead contact", "Open-Ended Response", "Amount you are asking us for (£)"],
            ["A Club", "Ada Fern", "Green Corners", 5],
        ]
    )

    assert reading.table.header_row == 2
    assert [field for _, field in reading.mapped][2] == "project"


def _fields(heads: list[str], row: list[object]) -> dict[str, str]:
    """Return the field that each heading is read as, "" for an answer."""
    reading = take_in([["Organisation", "Amount requested", *heads], ["A Club", 5, *row]])
    return dict.fromkeys(heads, "") | dict(reading.mapped[2:])


def test_plain_headings_of_offices_and_chatty_questions_are_read() -> None:
    rows: dict[str, tuple[object, str]] = {
        "Q3. Main contact for this bid": ("Ada Fern", "contact_name"),
        "Status": ("Registered charity", "organisation_type"),
        "Bidder address": ("1 Made Up Road", "address"),
        "Details of scheme": ("Twelve evenings", "summary"),
        "Need & rationale": ("Windows were broken", "need"),
        "Aims & Outcomes": ("Fewer calls", "outcomes"),
        "And how much will everything cost?": (9, "total_cost"),
        "What is the minimum amount of grant you would need to carry out your project?": (
            4,
            "minimum_amount",
        ),
        "How much are you raising yourselves?": (3, "match_funding"),
    }

    got = _fields(list(rows), [value for value, _ in rows.values()])

    assert got == {heading: field for heading, (_, field) in rows.items()}


def test_other_ways_of_asking_the_same_are_read() -> None:
    rows: dict[str, tuple[object, str]] = {
        "Principal Applicant": ("Ada Fern", "contact_name"),
        "PPA Ref": ("P-1", "reference"),
        "Are you a registered charity? If so, please state the number": ("1100011", "charity_number"),
        "Tell us about it in a few sentences": ("Twelve evenings", "summary"),
        "Why is the funding needed?": ("Windows were broken", "need"),
        "What difference will the grant make to the people you work with?": ("Fewer calls", "outcomes"),
        "Total cost of item/project": (9, "total_cost"),
        "bid_minimum_grant": (4, "minimum_amount"),
        "Ward or neighbourhood policing area": ("Coventry", "area"),
    }

    got = _fields(list(rows), [value for value, _ in rows.values()])

    assert got == {heading: field for heading, (_, field) in rows.items()}


def test_a_sentence_or_two_is_the_summary_and_of_something_else_an_answer() -> None:
    heads = [
        "In a sentence or two, what is it?",
        "In a sentence or two, why is it needed?",
        "In a sentence or two, who are your trustees?",
        "What exactly will you do?",
    ]
    told = ["Twelve evenings", "Windows were broken", "Ada Fern", "Meet on Tuesdays from six to eight"]

    assert _fields(heads, [*told])[heads[0]] == "summary"
    assert "summary" not in [
        _fields([head], [said])[head] for head, said in zip(heads[1:], told[1:], strict=True)
    ]


def test_a_status_that_is_no_kind_of_organisation_stays_an_answer() -> None:
    assert _fields(["Status", "Why is it important?"], ["Submitted", "Windows"]) == {
        "Status": "",
        "Why is it important?": "need",
    }


def test_a_numbered_start_is_the_project_s_and_a_bare_one_the_survey_tool_s() -> None:
    heads = ["Respondent ID", "Start Date", "End Date", "Q15. Start", "Q16. End"]
    row = [7, "2026-11-01", "2026-11-02", "2027-01-04", "2027-06-30"]

    got = _fields(heads, list(row))

    assert [got[head] for head in heads] == ["", "", "received_at", "start_on", "end_on"]
