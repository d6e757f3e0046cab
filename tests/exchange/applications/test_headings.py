"""What headings are taken for as offices write them: a field when the words say so, else an answer."""

import pytest

from exchange.applications.matching import options
from models.values.applications import FIELDS
from tests.exchange.applications.forms import take_in

SURE = {
    "reference": "Reference|Ref|Ref.|Our ref|Ref no.|Application reference|Application ref|"
    "Application number|Application No|Application ID|Grant reference number|"
    "Unique reference number|URN|Reference number",
    "organisation": "Organisation|Organization|Organisation name|Organization Name|ORGANISATION NAME:|"
    "Org name|Name of organisation|Name of your organisation or group|"
    "What is the name of your organisation?|Group name|Legal name|"
    "Organisation's legal name|Name of group/organisation|Charity name|"
    "Applicant organisation|Lead organisation|2. Organisation name *|"
    "Q1. Name of your organisation (as it appears on your bank account)|"
    "Organisation Name (required)|Name of applicant organisation|Recipient Org:Name|"
    "B3 - Organisation|What is your organisation called?|organisation_name|"
    "OrganisationName",
    "organisation_type": "Organisation type|Type of organisation|What type of organisation are you?|"
    "Legal status|Legal structure|Type of group|Legal status of organisation",
    "charity_number": "Charity number|Charity no.|Registered charity number|"
    "Charity number (if registered)|Charity registration number|"
    "If you are a registered charity, what is your charity number?|"
    "Charity Commission number|Registered Charity No (if applicable)|charity_number",
    "company_number": "Company number|Company registration number|Companies House number|Company no|"
    "Registered company number|Company Number (if any)",
    "contact_name": "Contact name|Main contact|Name of main contact|Contact person|Main contact name|"
    "Name of person completing this form|Project lead|Contact",
    "email": "Email|E-mail|Email (we will send our decision here)|Email address|Contact email|E-mail Address|"
    "Main contact email address|Contact's email|Contact details: Email",
    "phone": "Telephone|Phone|Phone number|Tel|Tel no.|Contact number|Contact telephone|"
    "Mobile number|Daytime telephone number|Telephone Number",
    "address": "Address|Organisation address|Postal address|Address (including postcode)|"
    "Address line 1|Registered address|Contact address|Correspondence address|"
    "Address and postcode",
    "postcode": "Postcode|Post code|Post Code|Organisation postcode|Postcode of organisation|"
    "ZIP / Postal code|Address - postcode",
    "area": "Area|NPU|Which NPU?|Which NPU area will the project benefit?|"
    "Neighbourhood Policing Unit (NPU)|Which area will the project be in?|"
    "Area of delivery|Project area|Policing area|Local Policing Area|LPA|"
    "Area of benefit|Which area(s) will benefit?|Neighbourhood policing unit",
    "project": "Project|Project title|Project name|Title of project|Name of project|"
    "Name of your project|What is your project called?|Name of activity/project|"
    "Bid title",
    "summary": "Project summary|Summary|Summary of project|Project description|Description|"
    "Brief description|Please describe your project|Tell us about your project|"
    "Project summary (max 200 words)|Project outline|"
    "Describe your project in no more than 300 words|Brief project description|"
    "Purpose of grant|Project details",
    "need": "Need|Describe the need|Why is the project needed?|Evidence of need|Local need|"
    "What is the need for your project?|"
    "How do you know there is a need for this project?|"
    "What local need will the project address?",
    "outcomes": "Outcomes|What outcomes do you expect?|Intended outcomes|Expected outcomes|"
    "Project outcomes|What difference will the project make?|"
    "What will the project achieve?|Expected impact",
    "amount_requested": "Amount requested|Amount requested (£)|Q7. How much are you asking for? (£)|"
    "How much are you applying for?|How much are you applying for? (maximum £5,000)|"
    "Amount applied for|Total amount requested|Grant requested|Funding requested|"
    "Amount of funding requested|Requested (£)|How much funding do you need?|"
    "How much money do you need?|Amount of grant requested|Grant amount requested|"
    "Amount requested from the Active Citizens Fund|How much grant are you requesting?|"
    "Amount sought|Funding required|Grant applied for|"
    "How much would you like to apply for?|AmountRequested|Amount_Requested__c|"
    "How much of the total cost are you asking for?|"
    "Amount you are requesting (in pounds)|7) How much are you asking us for?|"
    "Amount requested - max £5,000|How much do you need from us?",
    "minimum_amount": "Minimum amount|What is the minimum amount you could accept?|Minimum grant|"
    "Lowest amount you could accept|Minimum amount needed",
    "total_cost": "Total cost|Total project cost|Total cost of project|"
    "What is the total cost of your project?|Project cost|"
    "How much will the project cost?|Full cost of the project|Total budget|"
    "Overall cost of project|Total Project Cost (£)|Cost of project",
    "match_funding": "Match funding|Matched funding|Amount of match funding|Match funding (£)|Match|"
    "Total match funding|How much match funding do you have?",
    "beneficiaries": "Beneficiaries|Project_Beneficiaries|Number of beneficiaries|"
    "How many people will benefit?|"
    "No. of beneficiaries|How many people will benefit from the project?|"
    "Number of people who will benefit|Total beneficiaries|"
    "How many victims will you support?|Estimated number of beneficiaries|"
    "How many young people will take part?|Number of people benefiting",
    "start_on": "Project start date|Start date of project|When will the project start?|"
    "Proposed start date|Planned start|Project start|Start on|Delivery start date|"
    "Expected start date",
    "end_on": "Project end date|End date of project|When will the project finish?|"
    "Proposed end date|Project completion date|End on",
    "received_at": "Date received|Received|Received on|Date submitted|Submission date|"
    "Submitted at: date|Timestamp|Completion time|Submit Date (UTC)|"
    "Date application received|Application received|Submission time|Received at|"
    "Date/time submitted",
    "previously_funded": "Previously funded|Previously funded?|Have you received funding from us before?|"
    "Have you previously received funding from the Police and Crime Commissioner?|"
    "Has your organisation been funded by us before?|"
    "Have you had a grant from us in the last 3 years?",
    "bank_account_held": "Do you have a bank account with two signatories?|Bank account held|"
    "Do you have a bank account?|Does your organisation have its own bank account?|"
    "Is the bank account in the organisation's name?|Bank account with two signatories|"
    "bank_account_yes_no",
    "constitution_held": "Do you have a constitution?|Constitution held|Is your group constituted?|"
    "Does your organisation have a governing document?|"
    "Do you have a written constitution or set of rules?",
    "safeguarding_policy": "Safeguarding policy|Safeguarding policy in place?|"
    "Do you have a safeguarding policy?|Policies [Safeguarding policy]|"
    "Does your organisation have a child protection policy?",
}
NOT_SURE = {
    "organisation": "Applicant|Applicant name|Company|Provider",
    "contact_name": "Name|Full name|Submitted by",
    "email": "Lead Officer Email",
    "phone": "Lead Officer Contact Number",
    "address": "Registered office",
    "area": "Local authority|Borough|Location|Where will the project take place?",
    "project": "Bid",
    "summary": "What they'd do",
    "need": "The issue|Why it matters|Why",
    "outcomes": "What will success look like?|Hoped-for result|How will things be better afterwards?|"
    "Tell us what will be different at the end",
    "amount_requested": "Amount|Amount (£)|Grant|Grant amount|Request",
    "minimum_amount": "What's the least that would make it work?|Min ask",
    "total_cost": "What it costs in all (£)",
    "match_funding": "Match funding secured|Other income towards the project|How much are you putting in or "
    "getting from others?",
    "beneficiaries": "Target cohort (number)",
    "start_on": "Start date",
    "end_on": "End date",
    "received_at": "Submitted|Date created|Application date|Date sent",
    "constitution_held": "Constitution",
    "bank_account_held": "Bank account",
    "safeguarding_policy": "Does your organisation have a policy to keep children and adults safe?",
}
ANSWERS = (
    "ID|Entry Id|Respondent ID|Submission ID|Response ID|Collector ID|#|Start time|Started|"
    "IP Address|User Agent|First name|Surname|Job title|Position in organisation|Website|Fund|"
    "Round|Status|Notes|Outcome|Bank account number|Bank account name|Name of bank|"
    "Sort code|Account number|Name of referee|Referee email|Referee: Name|"
    "Second contact email|Alternative contact name|Emergency contact|"
    "Organisation's annual income|Total income|Annual turnover|Previous grant amount|"
    "Amount awarded|Grant awarded|Amount of last grant|Amount approved|Recommended amount|"
    "Amount requested from other funders|Have you applied for other funding?|"
    "Other funding applied for|If yes, how much?|If yes, please give details|"
    "Do you have match funding?|Match funding source|Match funding details|Match funding in kind|"
    "Who will benefit?|Number of volunteers|Number of staff|"
    "How many people are in your organisation?|How many members do you have?|Age group|"
    "Target group|Which groups will benefit?|Ethnic group|About your organisation|"
    "Tell us about your organisation|Are you a registered charity?|"
    "Are you a registered charity or community group?|Charity / company number|"
    "Partner organisation|Name of parent organisation|Previous funding details|"
    "Details of previous grants from us|Service area|Area of work|Priority area|Postcode area|"
    "Ward|Staff costs|Cost breakdown|Breakdown of costs|Unit cost|Describe your organisation|"
    "Support needs|Access needs of participants|Panel outcome|Decision|Safeguarding lead|"
    "Date of last safeguarding review|Who is your safeguarding officer?|Start time of sessions|"
    "Date of constitution|Date of birth|Declaration|Any other comments?|"
    "Do you agree to the terms?|Partner organisations involved|Signatory 1|Payment reference|"
    "Crime type|Amount spent to date"
)


def _cases(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(heading, field) for field, headings in table.items() for heading in headings.split("|")]


@pytest.mark.parametrize(("heading", "field"), _cases(SURE))
def test_heading_is_surely_its_field(heading: str, field: str) -> None:
    found = options("", heading)

    assert [(option.field, option.sure) for option in found] == [(field, True)]


@pytest.mark.parametrize(("heading", "field"), _cases(NOT_SURE))
def test_heading_may_be_a_field_where_nothing_surer_is(heading: str, field: str) -> None:
    found = options("", heading)

    assert field in [option.field for option in found]
    assert not any(option.sure for option in found)


@pytest.mark.parametrize("heading", ANSWERS.split("|"))
def test_heading_of_anything_else_is_an_answer(heading: str) -> None:
    assert options("", heading) == ()


@pytest.mark.parametrize("field", FIELDS)
def test_fields_own_names_are_their_headings(field: str) -> None:
    for heading in (field, field.replace("_", " "), field.replace("_", " ").capitalize()):
        assert [option.field for option in options("", heading)] == [field]


@pytest.mark.parametrize(
    ("upper", "lower", "field"),
    [
        ("Organisation", "Name", "organisation"),
        ("About your organisation", "Name", "organisation"),
        ("Organisation", "Charity number", "charity_number"),
        ("Project", "Title", "project"),
        ("Project", "Start date", "start_on"),
        ("Contact details", "Email", "email"),
        ("Main contact", "Name", "contact_name"),
        ("Finance", "Amount requested", "amount_requested"),
        ("Costs", "Amount requested", "amount_requested"),
        ("Grant", "Requested", "amount_requested"),
        ("What is the name of your organisation?", "Response", "organisation"),
        ("How much are you applying for?", "Open-Ended Response", "amount_requested"),
        ("Address", "Postcode", "postcode"),
    ],
)
def test_two_rows_say_together_what_a_column_is(upper: str, lower: str, field: str) -> None:
    assert [option.field for option in options(upper, lower)][:1] == [field]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("Previous grants", "Amount"),
        ("Previous grant", "Amount requested"),
        ("Referee", "Email"),
        ("Referee", "Name"),
        ("Bank account", "Name"),
        ("Other funders", "Amount requested"),
        ("Partner", "Organisation name"),
        ("Second contact", "Telephone"),
    ],
)
def test_last_part_about_another_matter_is_an_answer(upper: str, lower: str) -> None:
    assert options(upper, lower) == ()
    assert options("", f"{upper}: {lower}") == ()


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
