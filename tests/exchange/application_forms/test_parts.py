"""Numbered questions, told from lists; answers that say several things, each under its own question."""

import pytest

from exchange.application_forms.blocks import NUMBERED, Paragraph, texts_of
from exchange.application_forms.numbering import with_numbers
from exchange.application_forms.pairs import answers_of
from exchange.application_forms.parts import told_apart
from exchange.applications.layouts import Answer

ADDRESS = "3 Cobble Hill, Nowhereton"


def told(*answers: tuple[str, str | None]) -> dict[str, object]:
    return {one.question: one.value for one in told_apart([Answer(*answer) for answer in answers])}


def test_two_days_asked_together_are_the_first_and_the_last() -> None:
    for question, days in (
        ("14. When will your project start and finish?", "11 January 2027 to 9 April 2027"),
        ("Project dates (from / to)", "From 11 January 2027 to 9 April 2027"),
        ("Start date / completion date", "11 January 2027; 9 April 2027"),
    ):
        found = told((question, days))

        assert found == {question: days, "Start date": "11 January 2027", "End date": "9 April 2027"}
    assert told(("Project dates", "spring to summer")) == {"Project dates": "spring to summer"}
    assert told(("Start date", "1 May 2027")) == {"Start date": "1 May 2027"}


def test_the_postcode_of_an_address_is_found_where_no_question_asks_it() -> None:
    address = f"{ADDRESS}, B96 2LL"

    assert told(("Address", address)) == {"Address": address, "Postcode": "B96 2LL"}
    assert told(("Address", address), ("Postcode", None))["Postcode"] is None
    assert told(("Venue", address)) == {"Venue": address}


def test_contact_details_in_one_answer_are_told_apart() -> None:
    details = f"{ADDRESS}, B96 2LL 0121 496 0876 ann@cobblehill.example"

    assert told(("Contact details", details)) == {
        "Contact details": details,
        "E-mail": "ann@cobblehill.example",
        "Telephone": "0121 496 0876",
        "Postcode": "B96 2LL",
        "Address": ADDRESS,
    }


def test_a_question_for_telephone_and_email_is_split_by_kind() -> None:
    both = "01632 960404 / sunny@larch.example"

    assert told(("Telephone and email", both)) == {
        "Telephone": "01632 960404",
        "E-mail": "sunny@larch.example",
    }
    assert told(("Telephone and email", "none")) == {"Telephone and email": "none"}


def test_a_yes_or_no_is_told_from_what_is_asked_after_it() -> None:
    question = "Has your group had a grant before?"
    for text, said, asked, rest in (
        ("No; If yes, when and how much?", "No", "If yes, when and how much?", None),
        ("Yes Please give details £500 in 2024", "Yes", "Please give details", "£500 in 2024"),
    ):
        assert told((question, text)) == {question: said, asked: rest}
    for text, said in (("x Yes   No", "Yes"), ("Yes __ No _X_", "No"), ("Yes, in 2024", "Yes, in 2024")):
        assert told((question, text)) == {question: said}


def test_a_number_says_itself_whose_it_is() -> None:
    found = told(("If you are a charity or company, what is your number?", "Company number 00999999"))

    assert found == {"Company number": "00999999"}
    both = told(("Charity number and/or company number", "Charity 1999431; company 19904431"))
    assert both == {"Charity number": "1999431", "Company number": "19904431"}


def test_the_day_beside_a_signature_is_not_when_a_form_was_received() -> None:
    assert told(("Date", "1 October 2026")) == {"Date signed": "1 October 2026"}
    assert told(("28. Date", "1 October 2026")) == {"Date signed": "1 October 2026"}


@pytest.mark.parametrize("asked", ["Tel. no.", "Direct line"])
def test_a_telephone_number_and_an_address_in_each_others_place_are_changed(asked: str) -> None:
    found = told((asked, "ann@cobblehill.example"), ("Email", "0121 496 0876"))

    assert found == {asked: "0121 496 0876", "Email": "ann@cobblehill.example"}


def test_lines_of_an_answer_that_are_asked_for_one_by_one_are_joined() -> None:
    lines = ("Lamp House", "Cobble Hill", None)
    asked = ("Address line 1", "Address line 2", "Address line 3")

    assert told(*zip(asked, lines, strict=True)) == {"Address line 1": "Lamp House\nCobble Hill"}
    assert told(("Home", "A"), ("Home, second line", "B"), ("Venue, second line", "C")) == {
        "Home": "A\nB",
        "Venue, second line": "C",
    }


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("Ada Example, 01632 960404", "Ada Example", "01632 960404"),
        (
            "Me, Ada Example (Chair) on mobile: 07700 900404, not on Sundays",
            "Ada Example (Chair)",
            "07700 900404",
        ),
        ("Ada Example, keeper\n01632 960404 ext. 7", "Ada Example, keeper", "01632 960404 ext. 7"),
    ],
)
def test_a_question_for_a_person_and_a_number_is_split(text: str, name: str, number: str) -> None:
    for question in ("Whom can we ring, and on which number?", "Your name and telephone number"):
        assert told((question, text)) == {question: text, "Contact name": name, "Telephone": number}
    assert told(("Telephone", text)) == {"Telephone": text}


def numbered(*lines: str) -> list[str]:
    texts = texts_of(with_numbers([Paragraph(line) for line in lines]))
    return [text.removeprefix(NUMBERED) for text in texts if text.startswith(NUMBERED)]


def test_a_list_in_an_answer_is_not_of_the_questions_that_go_upwards() -> None:
    asked = [
        "1. Group name",
        "2. Postcode",
        "3. Need for the project",
        "4. Amount requested",
        "5. Start date",
    ]

    assert numbered(*asked[:3], "1. Fewer burglaries", "2. Safer streets", *asked[3:]) == asked


def test_sentences_behind_a_question_guide_where_others_are_answered_below() -> None:
    plain = (
        *("1. What is your group called?", "Lantern Club", "2. Where can we write to you?", "1 Lamp Row"),
        *("3. What will you do?", "Light lamps.", "4. How many people will it help?", "12"),
    )
    guided = (
        "5. Has it a bank account? Two people must sign. Yes / No",
        "Yes",
        "6. Why? We like it. So",
        "much",
    )

    found = {one.question: one.value for one in answers_of([*map(Paragraph, (*plain, *guided))])}

    assert found["5. Has it a bank account?"] == "Yes"
    assert found["6. Why?"] == "We like it. So\nmuch"
    alone = {one.question: one.value for one in answers_of([*map(Paragraph, guided)])}
    assert alone["5. Has it a bank account?"] == "Two people must sign. Yes / No\nYes"


@pytest.mark.parametrize(
    ("question", "days", "first", "last"),
    [
        ("Proposed dates", "1st June 2027 - 30th November 2027", "1st June 2027", "30th November 2027"),
        (
            "When will it take place?",
            "From 12 April 2027, for six months (to 11 October 2027)",
            "12 April 2027",
            "11 October 2027",
        ),
        (
            "Timescale",
            "Wednesday 1 September 2027 to Friday 3 December 2027",
            "1 September 2027",
            "3 December 2027",
        ),
        ("Project period", "1 June – 30 November 2027", "1 June 2027", "30 November 2027"),
        ("Delivery dates", "01/06/27-30/11/27", "01/06/27", "30/11/27"),
    ],
)
def test_two_days_in_one_answer_are_the_first_and_the_last(
    question: str, days: str, first: str, last: str
) -> None:
    found = told((question, days))

    assert found[question] == days
    assert first in str(found["Start date"])
    assert last in str(found["End date"])


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Dates of your meetings and who comes to them each month", "1 May 2027 and 1 June 2027"),
        ("Dates", "1 May 2027"),
    ],
)
def test_days_that_are_not_a_time_from_one_to_another_are_an_answer(question: str, days: str) -> None:
    assert told((question, days)) == {question: days}


def test_post_after_a_name_is_not_of_the_name() -> None:
    assert told(("Name of contact", "Lorna Example, head coach")) == {
        "Name of contact": "Lorna Example",
        "Position": "head coach",
    }
    assert told(("Name of contact", "Example, Lorna")) == {"Name of contact": "Example, Lorna"}


def test_number_after_what_an_organisation_is_is_its_number() -> None:
    asked = "What is your legal status?"

    assert told((asked, "Company limited by guarantee, number 09991820")) == {
        asked: "Company limited by guarantee",
        "Company number": "09991820",
    }
    assert told((asked, "Registered charity (no. 9000518)")) == {
        asked: "Registered charity",
        "Charity number": "9000518",
    }
    assert told((asked, "A charity since 2004")) == {asked: "A charity since 2004"}


@pytest.mark.parametrize(
    "question", ["Contact and role", "Name and position of contact", "Contact (and their post)"]
)
@pytest.mark.parametrize(
    "answer",
    [
        "Ada Example, Artist in residence",
        "Ada Example - Artist in residence",
        "Ada Example (Artist in residence)",
    ],
)
def test_a_contact_with_a_post_asked_beside_is_a_name(question: str, answer: str) -> None:
    found = told((question, answer))

    assert list(found.values()) == ["Ada Example", "Artist in residence"]
    assert told((f"Referee’s {question.lower()}", answer)) == {f"Referee’s {question.lower()}": answer}


def test_what_a_yes_or_a_day_or_a_number_stands_beside_is_no_part_of_it() -> None:
    assert told(("Had a grant before?", "Yes; Yes - Victims' Fund, £800")) == {
        "Had a grant before?": "Yes - Victims' Fund, £800"
    }
    assert told(("Had a grant before?", "No\nYes, once")) == {"Had a grant before?": "No\nYes, once"}
    assert told(("Start date", "1 Mehefin 2027 / 1 June 2027")) == {"Start date": "1 June 2027"}
    assert told(("Start date", "1 June 2027 / 2 June 2027")) == {"Start date": "1 June 2027 / 2 June 2027"}
    assert told(("Telephone", "Text only: 01632 960745")) == {"Telephone": "01632 960745 (Text only)"}
    assert told(("Dated", "1 June 2027")) == {"Dated (signature)": "1 June 2027"}


def test_a_policy_under_the_title_of_referees_is_the_applicants() -> None:
    found = told_apart(
        [Answer("Safeguarding policy", "Yes", "Referee"), Answer("Name", "Dr Oduya", "Referee")]
    )

    assert [one.question for one in found] == ["Safeguarding policy", "Referee – Name"]
