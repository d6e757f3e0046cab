"""What an office writes into a paper stands as it was written: paragraphs, numbered or not, and lists."""

from itertools import count

from exchange.papers.document.values import Bullets, Look, Para
from exchange.papers.prose import written

LINES = ("The pot is £10,000.", "• £4,000 is for Dudley", "- £6,000 is for Walsall", "Nothing is left.")


def test_lines_with_a_sign_of_a_list_are_one_and_take_no_number() -> None:
    assert list(written(LINES, count(3))) == [
        Para("The pot is £10,000.", number="3."),
        Bullets(("£4,000 is for Dudley", "£6,000 is for Walsall")),
        Para("Nothing is left.", number="4."),
    ]


def test_paragraphs_without_numbers_have_the_look_that_is_asked_for() -> None:
    assert list(written(("One - two", "–"), look=Look.LEAD)) == [
        Para("One - two", Look.LEAD),
        Para("–", Look.LEAD),
    ]
