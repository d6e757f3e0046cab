"""The columns of members' marks, under their initials."""

from exchange.papers.marks_table import initials, key_of

LONG = (
    *("Councillor Oluwaseun Adebayo-Fitzgerald", "Professor Wilhelmina Featherstonehaugh", "Pat Example"),
    *("Dr Krishnamoorthy Venkataraghavan", "Superintendent Bronwen Llewellyn-Davies"),
)


def test_long_names_are_initials_and_a_key_says_whose() -> None:
    assert initials(LONG) == ("COA", "PWF", "PE", "DKV", "SBL")
    assert key_of(LONG, (1, 2)) == "PWF Professor Wilhelmina Featherstonehaugh · PE Pat Example"
