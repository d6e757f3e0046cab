"""Headings as offices write them: hyphens, slashes, two languages, abbreviations, questions."""

import pytest

from exchange.applications.matching import options
from tests.exchange.applications.forms import take_in

LIKELIEST = {
    "email": (
        "E‑mail address",
        "E‐mail",
        "Contact e–mail",
        "E-bost / Email",
        "What is your email?",
    ),
    "postcode": (
        "Post‑code",
        "Postcode / ZIP",
        "Cod post / Postcode",
    ),
    "start_on": (
        "Project start‑date",
        "Start / commencement date",
        "Start date / from",
        "Proposed start / launch",
        "Dyddiad dechrau / Start date",
        "Start date / Dyddiad dechrau",
        "When will you start?",
        "When does your project start?",
    ),
    "organisation": (
        "Organisation – name",
        "Org.",
        "Org. name",
        "Name of org.",
        "Organisation / group",
        "Organisation / Group name",
        "Group / organisation",
        "Group/club name",
        "Applicant / organisation",
        "Name of organisation / group",
        "Charity / group name",
        "Company / organisation name",
        "Organisation name / Enw'r sefydliad",
        "Enw'r sefydliad / Organisation name",
        "Enw'r Sefydliad | Organisation name",
        "Enw'r sefydliad (Organisation name)",
        "Organisation name (Enw'r sefydliad)",
        "Organisation name – Enw'r sefydliad",
        "Enw'r sefydliad – Organisation name",
        "Nazwa organizacji / Name of organisation",
        "Organisation name / ਸੰਸਥਾ ਦਾ ਨਾਮ",
        "ਸੰਸਥਾ ਦਾ ਨਾਮ / Organisation name",
        "What is the name of your group?",
    ),
    "reference": (
        "Ref.",
        "Ref. no.",
        "App. ref.",
        "Our ref",
        "Cyfeirnod / Reference",
        "Reference / Cyfeirnod",
    ),
    "area": (
        "Ward / NPU",
        "NPU / ward",
        "NPU/LPA",
        "Area (NPU / ward)",
        "Neighbourhood / area",
        "Area / NPU",
        "Area/neighbourhood",
        "Locality / NPU",
        "Ardal / Area",
        "Which area will benefit?",
        "Which neighbourhood will your project take place in?",
        "Where will it happen?",
        "Which policing area?",
    ),
    "phone": (
        "Tel.",
        "Tel. no.",
        "Tel / mobile",
        "Phone / mobile",
        "Telephone/Mobile No.",
        "Rhif ffôn / Phone number",
        "What number can we call you on?",
    ),
    "amount_requested": (
        "Amt. req.",
        "Amt requested",
        "Amount req'd",
        "Amount req.",
        "£ requested",
        "Grant req.",
        "Req. amt (£)",
        "Sum requested / £",
        "Amount / sum requested",
        "Grant / funding requested",
        "Grant/award requested",
        "Cost / amount requested",
        "Amount of grant / funding sought",
        "Amount requested / Swm y gofynnir amdano",
        "Swm y gofynnir amdano / Amount requested (£)",
        "Kwota / Amount requested",
        "How much money would you like from us?",
        "How much do you need?",
    ),
    "project": (
        "Project / activity",
        "Project / activity title",
        "Project title / description",
        "Description / title",
        "Project description / title",
        "Title / description of project",
        "Title/brief description",
        "Project name / description",
        "Project / scheme name",
        "Activity / event name",
        "Name / title of project",
        "Teitl y prosiect / Project title",
        "Project title / Teitl y prosiect",
        "What do you call your project?",
        "What will you call your project?",
    ),
    "need": (
        "Need / problem",
        "Need / evidence",
        "Problem / need addressed",
        "Why is it needed?",
        "Why is this project needed?",
    ),
    "outcomes": (
        "Outcomes / impact",
        "Outcomes / benefits",
        "Impact / outcomes expected",
        "Outputs / outcomes",
        "What difference will it make?",
        "What will change as a result?",
    ),
    "summary": (
        "In a few sentences, what do you want to do?",
        "Summary / description",
        "Description / summary of project",
        "Summary / aims",
        "Crynodeb / Summary",
        "What will you do with the money?",
        "Tell us about your project",
    ),
    "beneficiaries": (
        "No. benef.",
        "Beneficiaries / participants",
        "No. of beneficiaries / participants",
        "No. of beneficiaries",
        "# beneficiaries",
        "Nr people benefitting",
        "Number of people / beneficiaries",
        "Nifer y buddiolwyr / Number of beneficiaries",
        "How many people will take part?",
    ),
    "total_cost": (
        "Total cost / budget",
        "Total project cost / budget",
        "Project cost / budget",
        "Cyfanswm cost y prosiect / Total project cost",
        "Total project cost / Cyfanswm cost y prosiect",
        "What is the total cost?",
    ),
    "match_funding": (
        "Match / other funding",
        "Match funding / contributions",
        "Other funding / match",
        "How much are you putting in yourselves?",
        "How much money have you raised already?",
    ),
    "end_on": (
        "End / completion date",
        "Finish / end date",
        "When will it finish?",
    ),
    "received_at": (
        "When did you complete this form?",
        "Date received / logged",
        "Received / date",
        "Date rec'd",
        "Date rec.",
    ),
    "contact_name": (
        "Contact / lead person",
        "Contact person / role",
        "Main contact / applicant name",
        "Contact (name)",
        "Who should we contact?",
        "Who can we talk to about this?",
    ),
    "address": (
        "Address / postcode",
        "Address / Location",
        "Where is your organisation based?",
    ),
    "charity_number": (
        "Char. no.",
        "Charity no.",
        "Charity reg. no.",
        "Reg. charity no.",
        "Rhif elusen / Charity number",
        "What is your charity number?",
    ),
    "company_number": (
        "CRN",
        "Company / CIC / CBS number",
        "Co. no.",
        "Co. reg. no.",
        "Company reg no",
        "Companies House no.",
        "CIC / company number",
    ),
    "organisation_type": (
        "Type / status of organisation",
        "Organisation type / legal status",
        "Legal form / structure",
        "Org. type",
        "What sort of organisation are you?",
        "What type of group are you?",
    ),
    "constitution_held": (
        "Constitution / governing document?",
        "Constitution / rules in place?",
        "Do you have a constitution?",
    ),
    "bank_account_held": (
        "Bank a/c?",
        "Bank acc. (Y/N)",
        "Bank account / 2 signatories?",
        "Do you have a bank account in the group's name?",
    ),
    "safeguarding_policy": (
        "Safeg. policy?",
        "Safeguarding / child protection policy?",
        "Do you have a safeguarding policy?",
    ),
    "previously_funded": (
        "Previously funded / supported?",
        "Prev. funded",
        "Prev. funding (Y/N)",
        "Have we funded you before?",
        "Has your group had a grant from us before?",
    ),
    "minimum_amount": (
        "Isafswm / Minimum amount",
        "What is the least you could manage with?",
        "What's the minimum you could run with?",
    ),
}


@pytest.mark.parametrize(("field", "heading"), [(f, h) for f, all_of in LIKELIEST.items() for h in all_of])
def test_a_heading_is_taken_for_its_field_first(field: str, heading: str) -> None:
    assert options("", heading)[0].field == field


@pytest.mark.parametrize(
    "heading",
    [
        "Start / end date",
        "Phone / email",
        "Amount approved / requested",
        "Charity / company number",
        "Referee name / organisation",
        "Name / address",
    ],
)
def test_two_sides_about_different_things_are_an_answer(heading: str) -> None:
    assert not any(option.sure for option in options("", heading))


def test_a_first_and_a_last_name_in_two_columns_are_one_contact() -> None:
    reading = take_in(
        [
            ["Organisation", "Surname", "First name", "Amount requested"],
            ["Lantern Club", "Example", "Ada", "£900"],
            ["Harbour Choir", None, "Bo", "£800"],
            ["Kite Makers", "Sample", None, "£700"],
        ]
    )

    assert dict(reading.mapped)["Surname"] == dict(reading.mapped)["First name"] == "contact_name"
    assert [row.contact_name for row in reading.applications] == ["Ada Example", "Bo", "Sample"]
    assert [row.answers for row in reading.applications] == [(), (), ()]


@pytest.mark.parametrize("heading", ["Title", "Contact title", "Salutation"])
@pytest.mark.parametrize("titles", [("Mrs", "Dr."), ("Cllr", None), ("mx", "REV")])
@pytest.mark.parametrize("has_project", [True, False])
def test_how_a_person_is_addressed_goes_before_the_first_name_and_names_no_project(
    heading: str, titles: tuple[str, str | None], has_project: bool
) -> None:
    names = (("Ada", "Example"), ("Bo", "Sample"))
    asked = (("Kite Makers", "Kites for all", "£900"), ("Harbour Choir", "Songs at sea", "£800"))
    rows = [[title, *name, *more] for title, name, more in zip(titles, names, asked, strict=True)]
    head = ["First name", "Surname", "Organisation", "Project name" if has_project else "Note", "Request"]

    reading = take_in([[heading, *head], *rows])

    told = [" ".join(filter(None, (title, *name))) for title, name in zip(titles, names, strict=True)]
    assert [row.contact_name for row in reading.applications] == told
    assert dict(reading.mapped)[heading] == "contact_name"


@pytest.mark.parametrize(
    "head",
    [
        ["Title", "Organisation", "First name", "Surname", "Amount requested"],
        ["First name", "Title", "Surname", "Organisation", "Amount requested"],
    ],
)
def test_a_title_that_stands_elsewhere_is_no_part_of_the_name(head: list[str]) -> None:
    of = {"Title": "Mrs", "Organisation": "Kite Makers", "First name": "Ada", "Surname": "Example"}

    (row,) = take_in([head, [of.get(one, "£900") for one in head]]).applications

    assert (row.contact_name, dict(row.answers)) == ("Ada Example", {"Title": "Mrs"})


def test_what_is_no_title_of_a_person_stays_what_it_is() -> None:
    head = ["Title", "First name", "Surname", "Organisation", "Amount requested"]
    rows = [["Kites for all", "Ada", "Example", "Kite Makers", "£900"]]

    (row,) = take_in([head, *rows]).applications

    assert (row.contact_name, row.project) == ("Ada Example", "Kites for all")


def test_half_names_of_a_referee_stay_answers_beside_those_of_the_contact() -> None:
    reading = take_in(
        [
            [
                "Organisation",
                "Referee first name",
                "Referee last name",
                "Contact first name",
                "Contact last name",
                "Amount requested",
            ],
            ["Lantern Club", "Rae", "Feree", "Ada", "Example", "£900"],
        ]
    )

    (row,) = reading.applications
    assert row.contact_name == "Ada Example"
    assert row.answers == (("Referee first name", "Rae"), ("Referee last name", "Feree"))


def test_a_column_with_the_whole_name_is_the_contact_and_its_halves_are_answers() -> None:
    reading = take_in(
        [
            ["Organisation", "Contact name", "First name", "Last name", "Amount requested"],
            ["Lantern Club", "Ada Example", "Ada", "Example", "£900"],
        ]
    )

    (row,) = reading.applications
    assert row.contact_name == "Ada Example"
    assert row.answers == (("First name", "Ada"), ("Last name", "Example"))


@pytest.mark.parametrize("name", ["Grand Total", "Project Total", "The Balance", "Total Requests"])
def test_a_name_like_a_total_with_a_reference_and_an_amount_is_an_application(name: str) -> None:
    reading = take_in(
        [
            ["Reference", "Organisation", "Amount requested"],
            ["ACF-001", "Lantern Club", "£900"],
            ["ACF-002", name, "£800"],
            ["ACF-003", "Harbour Choir", "£700"],
            [None, "Total", "£2,400"],
            ["3", "Total", "£2,400"],
        ]
    )

    assert [row.organisation for row in reading.applications] == ["Lantern Club", name, "Harbour Choir"]
    assert reading.problems == ()
