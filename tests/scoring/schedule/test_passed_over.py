"""Who waits on a reserve list is passed over by what is placed after it in the same list, and by no other."""

from scoring.rank import rank
from scoring.schedule.lines import passed_over, stay_words
from tests.scoring.builders import simple_round


def test_only_those_placed_before_it_are_passed_over() -> None:
    ranking = rank(simple_round({"A": 5, "B": 4, "C": 3, "D": 2}))

    assert passed_over(ranking, "C", {"B", "A", "D"}) == ("A", "B")
    assert passed_over(ranking, "A", {"B", "C"}) == ()
    assert passed_over(ranking, "X", {"A"}) == ()


def test_one_stays_and_several_stay() -> None:
    assert stay_words(("A",), "B") == "A, placed before B, stays on the reserve list"
    assert stay_words(("A", "B"), "it") == "A and B, placed before it, stay on the reserve list"
