"""Columns whose headings no rule knows: words like those of examples, and values that look the part."""

from datetime import date

import pytest

from exchange.applications.likeness import judged, likenesses, look_of
from exchange.applications.matching import options
from models.values.applications import FIELDS
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
    reading = take_in([head, ["Lantern Club", 900, 17, "see below"]])

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


def test_who_delivers_a_service_is_not_what_it_does() -> None:
    who, what = "Who will deliver it?", "What the service does"
    rows = [
        ["Lantern Club", 900, "Two workers and a pool of volunteers. " * 3, "A listening ear at home. " * 3]
    ]
    reading = take_in([["Organisation", "Amount requested", who, what], *rows])

    assert (dict(reading.mapped).get(what), reading.kept_as_answers) == ("summary", (who,))


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


def test_the_only_column_of_telephone_numbers_is_the_contacts_unless_it_is_somebody_elses() -> None:
    head = ["Organisation", "Amount requested", "Lead officer direct dial", "Neighbourhood sergeant's number"]

    (both,) = take_in([head, ["Lantern Club", 900, "0121 496 0100", "0121 496 0200"]]).applications
    (one,) = take_in([head, ["Lantern Club", 900, "0121 496 0100", None]]).applications
    (other,) = take_in([head, ["Lantern Club", 900, None, "0121 496 0200"]]).applications

    assert (both.phone, one.phone, other.phone) == ("0121 496 0100", "0121 496 0100", "")


def test_two_columns_of_days_side_by_side_are_the_time_where_none_ends_before_it_begins() -> None:
    head = ["Organisation", "Amount requested", "Service to run from", "Service to run to"]

    (fits,) = take_in([head, ["Lantern Club", 900, "04/01/2027", "30/04/2027"]]).applications
    (turned,) = take_in([head, ["Lantern Club", 900, "30/04/2027", "04/01/2027"]]).applications

    assert (str(fits.start_on), str(fits.end_on)) == ("2027-01-04", "2027-04-30")
    assert (turned.start_on, turned.end_on) == (None, None)


@pytest.mark.parametrize(
    ("heading", "value", "slot"),
    [
        ("Const’n?", "Y", "constitution_held"),
        ("S'guard?", "Y", "safeguarding_policy"),
        ("S/G policy Y/N", "Y", "safeguarding_policy"),
        ("Ym mha sir fydd y gwaith?\nWhich county will the work be in?", "Dale", "area"),
        ("Grant o'r blaen? | Had a grant before?", "Do", "previously_funded"),
        (
            "Section 2: The work. 2.1 What is the least you need? Tell us in pounds.",
            "£700",
            "minimum_pence",
        ),
    ],
)
def test_shortened_two_tongued_and_sectioned_headings_are_known(heading: str, value: str, slot: str) -> None:
    reading = take_in([["Organisation", "Amount requested", heading], ["Lantern Club", 900, value]])

    assert getattr(reading.applications[0], slot) in (True, "Dale", 70000)


@pytest.mark.parametrize("name", ["Contact {} name", "Name of person applying ({})", "Contact - {} name"])
def test_halves_of_a_name_are_those_that_are_filled(name: str) -> None:
    halves = [name.format(half) for half in ("First", "Last")]
    head = ["First name", "Last name", "Organisation", *halves, "Request"]
    reading = take_in([head, [None, None, "Lantern Club", "Ada", "Example", 900]])

    assert reading.applications[0].contact_name == "Ada Example"


def test_a_greeting_changes_no_question_and_which_of_these_asks_for_the_kind() -> None:
    head = [
        "Hello! What is your group called?",
        "Which of these is your organisation?",
        "Amount requested",
    ]
    reading = take_in([head, ["Lantern Club", "Registered charity", 900]])

    (row,) = reading.applications
    assert (row.organisation, row.organisation_type) == ("Lantern Club", "Registered charity")


def test_what_stands_beside_a_column_tells_which_field_it_is() -> None:
    text, other = "We will walk with them. " * 5, "They asked us to. " * 6
    head = ["Organisation", "Amount requested", "Project title", "How it runs", "Evidence of need"]
    aside = [head[0], "How it runs", *head[1:3], head[4]]

    between = take_in([head, ["Lantern Club", 900, "Lamps", text, other]])
    apart = take_in([aside, ["Lantern Club", text, 900, "Lamps", other]])

    assert (between.applications[0].summary, apart.applications[0].summary) == (text.strip(), "")


def test_a_bare_name_is_the_organisations_where_nothing_else_is() -> None:
    head = ["Name", "Main contact", "Email", "Project title", "Area", "Amount requested"]
    reading = take_in([head, ["Lantern Club", "Ada Example", "a@example.org", "Lamps", "Dale", 900]])

    assert reading.applications[0].organisation == "Lantern Club"


def test_a_table_of_many_fields_is_found_where_its_amount_is_in_a_word_of_its_own() -> None:
    head = ["Bidder", "Contact name", "Email", "Phone", "Project title", "Postcode", "Sought"]
    row = ["Lantern Club", "Ada Example", "a@example.org", "0121 496 0100", "Lamps", "B4 6NQ", 900]

    (found,) = take_in([head, row]).applications

    assert (found.organisation, found.requested_pence) == ("Lantern Club", 90000)


def test_of_two_amounts_needed_that_from_us_is_requested_and_the_other_the_whole_cost() -> None:
    head = ["Organisation", "How much do you need in total?", "How much of that do you want from us?"]
    reading = take_in([head, ["Lantern Club", "£900", "£500"]])

    (row,) = reading.applications
    assert (row.requested_pence, row.total_cost_pence) == (50000, 90000)


@pytest.mark.parametrize(
    ("values", "look"),
    [
        (("£4,500", "1200.50"), "money"),
        ((40.0, "12"), "count"),
        ((1.0, 2.0, 3.0, "4"), "serial"),
        ((3900.0, "1250", 4500.0), "money"),
        ((1102345.0, "1186866"), "charity"),
        (("09123456", 7123456.0), "company"),
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


def test_a_heading_that_stands_among_the_examples_is_of_their_field() -> None:
    said = judged("Service")

    assert max(said, key=lambda field: said[field]) == "project"
    assert judged("Attachment")["project"] < judged("Service")["project"]


def test_headings_that_differ_in_from_and_to_alone_are_the_ends_of_a_time() -> None:
    row = ["Lantern Club", 900, "04/01/2027", "04/03/2027"]

    first = take_in([["Organisation", "Amount requested", "Service to run from", "Service to run to"], row])
    other = take_in([["Organisation", "Amount requested", "Service to run from", "Service run again"], row])

    assert first.applications[0].end_on == date(2027, 3, 4)
    assert other.applications[0].end_on is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Say what you would do with our help", "summary"),
        ("What made the group decide on this", "need"),
        ("About your organisation / Home address", "address"),
    ],
)
def test_words_that_say_nothing_alone_tell_together_what_is_asked(heading: str, field: str) -> None:
    said = judged(heading)

    assert max(said, key=lambda one: said[one]) == field
    assert said[field] > 0


def test_what_was_asked_for_goes_before_what_a_tool_fills_in() -> None:
    head = ["Timestamp", "Email address", "Group", "Amount requested", "The email address we should write to"]
    row = ["04/10/2026 10:01", "me@x.example", "Lantern Club", 900, "us@x.example"]
    days = ["Application created", "Application submitted", *head[2:4]]

    (asked,) = take_in([head, row]).applications
    (signed_in,) = take_in([head[:4], row[:4]]).applications
    (sent,) = take_in([days, ["01/10/2026", "03/10/2026", *row[2:4]]]).applications

    assert (asked.email, signed_in.email) == ("us@x.example", "me@x.example")
    assert str(sent.received_at)[:10] == "2026-10-03"


@pytest.mark.parametrize(
    ("numbers", "is_reference"),
    [
        (("ACF26-001", "ACF26-002", "ACF26-007"), True),
        (("GR/0012", "GR/0013", "GR/0101"), True),
        (("2026-014", "2026-015", "2026-031"), True),
        (("1", "2", "3"), False),
        (("7QK2", "ZX9", "P4W"), False),
        (("VF-101", "VF-101", "VF-102"), False),
    ],
)
def test_a_tools_own_number_is_the_reference_where_it_reads_as_one(
    numbers: tuple[str, ...], is_reference: bool
) -> None:
    rows = [[number, f"Lantern Club {at}", 900] for at, number in enumerate(numbers)]

    reading = take_in([["Response ID", "Organisation", "Amount requested"], *rows])

    assert (reading.mapped[0] == ("Response ID", "reference")) is is_reference


def test_short_titles_are_the_project_and_one_title_for_all_is_the_forms() -> None:
    rows = [
        [f"Club {at}", 900, "Small grants 2027", title]
        for at, title in enumerate(("Fun Days", "Night Walks", "Bike Shed", "Tea at Ten"))
    ]

    named = take_in([["Organisation", "Amount requested", "Project title", "Name of service"], *rows])
    bare = take_in([["Organisation", "Amount requested", "Round", "What for"], *rows])

    assert named.applications[0].project == bare.applications[0].project == "Fun Days"


def test_a_heading_in_doubt_is_left_to_the_field_that_it_is_rather_of() -> None:
    total = "Total Project Cost: (This figure should match the 'Total Funding' figure of this table)"
    match = "Funding from other sources or grants (please specify)"
    head = [
        "Organisation",
        "Amount requested",
        total,
        match,
        "Got a name for the project?",
        "Summary",
        "Idea",
    ]
    rows = [
        ["Lantern Club", 900, 1500, 600, "Night Walks", "Local", f"We walk by night. {at}" * 6]
        for at in range(4)
    ]

    first, *_ = take_in([head, *rows]).applications

    assert (first.total_cost_pence, first.match_funding_pence) == (150000, 60000)
    assert (first.project, first.contact_name) == ("Night Walks", "")
    assert first.summary.startswith("We walk")
