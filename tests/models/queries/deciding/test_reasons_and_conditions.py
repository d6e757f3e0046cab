"""What stays of reasons and conditions when a proposal is recorded over a recommendation."""

from models.queries.deciding.reasons import Given
from models.values.recommending import SCOPE, RecommendationRow

STANDARD = ("Sign the agreement first.", "Keep receipts.")
OWN = ("Two sessions a week.",)
FUNDED = RecommendationRow("A", "fund", 100, "Quieter evenings.", conditions=OWN)
PART = RecommendationRow("B", "part_fund", 50, "Half the year.", conditions=(f"{SCOPE}one club", *OWN))
DECLINED = RecommendationRow("C", "decline", None, "Weak need.")
SAID = Given(STANDARD, {row.application: row for row in (FUNDED, PART, DECLINED)}, {"D": "From the file."})


def test_money_has_the_standard_conditions_unless_others_were_recorded() -> None:
    assert SAID.conditions("D", "fund") == STANDARD
    assert SAID.conditions("C", "fund") == STANDARD
    assert SAID.conditions("A", "fund") == OWN
    assert SAID.conditions("A", "reserve") == ()


def test_a_reduced_scope_stays_with_a_part_alone() -> None:
    assert SAID.conditions("B", "part_fund") == PART.conditions
    assert SAID.conditions("B", "fund") == OWN


def test_a_reason_stays_for_the_same_outcome_and_a_new_one_goes_before_it() -> None:
    assert SAID.reason("A", "part_fund") == "Quieter evenings."
    assert SAID.reason("A", "decline") == ""
    assert SAID.reason("C", "decline") == "Weak need."
    assert SAID.reason("C", "fund") == ""
    assert SAID.reason("D", "fund") == "From the file."
    assert SAID.reason("E", "fund") == ""
