"""Names of the sanctions list that are spelled nearly like one of the record, by the stated rule."""

import pytest

from models.values.diligence.near_names import NearNames
from models.values.diligence.registers import person_key

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
