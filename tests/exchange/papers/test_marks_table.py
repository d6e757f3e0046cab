"""The columns of members' marks: under their names, or under initials where long names take the room."""

from exchange.papers.marks_table import headed_by, key_of

SHORT = ("Pat Example", "Dr Jo Ng", "Sam Sample-Model")
LONG = (
    *("Councillor Oluwaseun Adebayo-Fitzgerald", "Professor Wilhelmina Featherstonehaugh", "Pat Example"),
    *("Dr Krishnamoorthy Venkataraghavan", "Superintendent Bronwen Llewellyn-Davies"),
)


def test_names_that_leave_the_reasons_their_room_head_the_columns() -> None:
    assert headed_by(SHORT) == SHORT


def test_long_names_are_initials_and_a_key_says_whose() -> None:
    # the longest words: 18, 17, 7, 15 and 16 letters are 73
    assert headed_by(LONG) == ("COA", "PWF", "PE", "DKV", "SBL")
    assert key_of(LONG, (1, 2)) == "PWF Professor Wilhelmina Featherstonehaugh · PE Pat Example"
