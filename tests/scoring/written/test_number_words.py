"""Small numbers and places in words."""

import pytest

from scoring.written.text import cardinal, ordinal, place_in_words


@pytest.mark.parametrize(
    ("number", "one", "which"),
    [
        (1, "one", "first"),
        (2, "two", "second"),
        (4, "four", "fourth"),
        (9, "nine", "ninth"),
        (12, "twelve", "twelfth"),
        (20, "twenty", "twentieth"),
        (21, "21", "21st"),
        (22, "22", "22nd"),
        (33, "33", "33rd"),
        (40, "40", "40th"),
        (111, "111", "111th"),
        (1_112, "1,112", "1,112th"),
    ],
)
def test_numbers_are_words_up_to_twenty(number: int, one: str, which: str) -> None:
    assert (cardinal(number), ordinal(number)) == (one, which)


def test_a_place_is_told_with_how_many_there_were() -> None:
    assert place_in_words(3, 6, tied=False) == "third of six"
    assert place_in_words(3, 6, tied=True) == "equal third of six"
    assert place_in_words(1, 1, tied=False) == "the only one"
