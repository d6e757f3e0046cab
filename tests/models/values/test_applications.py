"""Fields of applications, look-alikes among them, and names nearly like one on a list."""

import pytest

from models.values.applications import word_count
from models.values.diligence import NearNames, person_key
from models.values.importing import duplicate_candidates
from models.values.rows import ApplicationRow
from scoring.written.names import alike_key


@pytest.mark.parametrize(("many", "words"), [(0, ""), (5, ""), (6, "6 words"), (1204, "1,204 words")])
def test_words_are_counted_where_there_are_more_than_a_few(many: int, words: str) -> None:
    assert word_count("word " * many) == words


TEXT = "Two coached sessions a week for young people who live near the park, with a hot meal after each."


def row(reference: str, organisation: str, **values: object) -> ApplicationRow:
    given: dict[str, object] = {
        "project": f"Project of {reference}",
        "requested_pence": int(reference[-3:]) * 100,
    }
    return ApplicationRow(reference, organisation, **{**given, **values})  # type: ignore[arg-type]


def test_one_name_and_one_project_are_asked_about() -> None:
    rows = [
        row("W-021", "Heath Town Youth Voice", project="Mentors"),
        row("W-022", "Low Hill Larder", project="Mentors"),
        row("W-023", "HEATH TOWN Youth-Voice Ltd", project="mentors."),
    ]

    (found,) = duplicate_candidates(rows)

    assert found.pair == ("W-021", "W-023")
    assert found.words == "same name and project"


def test_a_name_mistyped_with_the_same_amount_is_asked_about() -> None:
    rows = [
        row("W-021", "Heath Town Youth Voice", requested_pence=495_000),
        row("W-023", "Heath Town Youth Vce", requested_pence=495_000),
    ]

    (found,) = duplicate_candidates(rows)

    assert found.why == ("nearly the same name", "same amount")


def test_two_projects_of_one_applicant_are_two_applications() -> None:
    assert (
        duplicate_candidates([row("W-001", "Oxley Over Fifties"), row("W-002", "Oxley Over Fifties")]) == ()
    )


def test_one_registered_number_under_two_names_counts_as_one_name() -> None:
    rows = [
        row("W-001", "Oxley Over Fifties", charity_number="1099999", postcode="WV10 6UJ"),
        row("W-002", "The Larder", charity_number="0109 9999", postcode="WV10 6UJ"),
    ]

    (found,) = duplicate_candidates(rows)

    assert found.why == ("same registered number", "same postcode")


def test_another_applicants_very_text_is_asked_about() -> None:
    rows = [
        row("W-001", "Oxley Over Fifties", need=TEXT),
        row("W-002", "The Larder", answers=(("Why?", TEXT.upper()),)),
    ]

    (found,) = duplicate_candidates(rows)

    assert found.why == ("same text",)


def test_another_applicant_at_the_same_postcode_is_not() -> None:
    rows = [
        row("W-001", "Oxley Over Fifties", postcode="WV1 1AA"),
        row("W-002", "The Larder", postcode="WV1 1AA"),
    ]

    assert duplicate_candidates(rows) == ()


def test_what_is_withdrawn_is_not_asked_about() -> None:
    rows = [
        row("W-001", "Oxley Over Fifties", project="Talks"),
        row("W-002", "Oxley Over Fifties", project="Talks", withdrawn=True),
    ]

    assert duplicate_candidates(rows) == ()


def test_a_name_of_mere_forms_keeps_its_words() -> None:
    assert alike_key("The Charity Trust") == "the charity trust"
    assert alike_key("The St Chad's Tenants' Society Ltd.") == "st chads tenants"


def test_names_that_differ_in_a_figure_are_two_names() -> None:
    rows = [
        row("W-021", "Canal Street Scouts 12", requested_pence=495_000),
        row("W-023", "Canal Street Scouts 13", requested_pence=495_000),
    ]

    assert duplicate_candidates(rows) == ()


ORGANISATIONS = ("westmarch seagulls", "harbour lights", "unit 12", "hall")
PEOPLE = ("muhammad yousef", "anna lee", "ivan petrov", "iwan pelka", "x" * 50)
NAMES = NearNames(ORGANISATIONS, PEOPLE)


@pytest.mark.parametrize(
    ("listed", "is_person", "known"),
    [
        ("Westmarch Seagulls Ltd", False, "westmarch seagulls"),
        ("WESTMARSH SEAGULL", False, "westmarch seagulls"),
        ("Seagulls Westmarch", False, "westmarch seagulls"),
        ("Westmarch Seagulls Trust of the North", False, ""),
        ("Harbuor Ligths", False, "harbour lights"),
        ("Harbour Lamps", False, ""),
        ("Harbour", False, ""),
        ("Unit 13", False, ""),
        ("Halls", False, "hall"),
        ("MOHAMMED YUSEF", True, "muhammad yousef"),
        ("YOUSEF Muhammad Karim", True, "muhammad yousef"),
        ("Yousef Muhammad Karim", False, ""),
        ("Ann Leigh", True, ""),
        ("PETROV Ivan Sergeyevich", True, "ivan petrov"),
        ("Petrov", True, ""),
        ("Petrov Petrov", True, ""),
        ("Petróv Iván", True, "ivan petrov"),
        ("Iwan Pełka", True, "iwan pelka"),
        ("Westmarch Seagulls Fleet", True, ""),
        ("X" * 49, True, ""),
    ],
)
def test_a_listed_name_is_near_one_of_the_record(listed: str, is_person: bool, known: str) -> None:
    found = [key for key, _ in NAMES.near(listed, is_person=is_person)]

    assert found == ([] if not known else [person_key(known) if known in PEOPLE else known])


def test_the_very_name_is_told_from_one_that_is_only_near() -> None:
    assert list(NAMES.near("Harbour Lights", is_person=False)) == [("harbour lights", True)]
    assert list(NAMES.near("Lights, Harbour", is_person=False)) == [("harbour lights", False)]
