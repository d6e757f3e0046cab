"""What the chair decided between equals: with whom an application was equal, and why it comes first."""

from msgspec.structs import replace

from scoring.rank import rank
from scoring.round import IN_PLACE, ChairDecision, ChairDecisionKind, Round
from scoring.schedule.exceptions import ChairTie, chair_ties, order_words
from tests.scoring.builders import one_question, simple_round

TIE = ChairDecisionKind.TIE
LET_IN = ChairDecision("D", ChairDecisionKind.EXCEPTION, None, "the only one of its kind")


def decided(*order: tuple[str, int], reason: str = " boats  before benches. ", ladder: str = "") -> Round:
    """Return a round with three equals at 70, two at 60, and the chair's numbers on some of them."""
    scheme = one_question(ladder=tuple(ladder.split()))
    found = simple_round({"A": 70, "B": 70, "C": 70, "D": 60, "E": 60, "F": 50}, scheme=scheme)
    ties = tuple(ChairDecision(of, TIE, place, reason) for of, place in order)
    return replace(found, chair_decisions=(LET_IN, *ties))


def ties_of(round_: Round) -> dict[str, ChairTie]:
    return chair_ties(round_, rank(round_))


def test_equals_are_told_with_whom_in_which_order_and_why() -> None:
    round_ = decided(("B", 1), ("A", 2), ("C", 3), ("E", 1), ("D", 2))
    found = ties_of(round_)

    assert list(found) == ["B", "A", "C", "E", "D"], "in the order of the list"
    assert found["A"] == ChairTie(("B", "C"), 2, "boats before benches")
    assert (
        found["E"].words
        == "equal with D by the published rules, put first by the chair: boats before benches"
    )
    assert dict(order_words(found)) == {
        "B": "A, B and C were equal by the published rules; the chair put B first, then A and C: "
        "boats before benches",
        "E": "D and E were equal by the published rules; the chair put E first, then D: boats before benches",
    }
    without = ties_of(decided(("E", 1), ("D", 2), reason=""))
    assert without["D"].words == "equal with E by the published rules, put second by the chair"


def test_what_separates_nothing_is_not_told() -> None:
    assert ties_of(simple_round({"A": 70, "B": 70})) == {}
    assert ties_of(decided(("A", 1), ("B", 2))) == {}, "C of the three has no number"
    assert ties_of(decided(("D", 1), ("E", 1))) == {}, "one number for both"
    assert ties_of(decided(("F", 1), ("D", 2))) == {}, "never between unequal scores"


def test_rules_that_come_after_the_chair_make_nobody_unequal_before_it() -> None:
    found = decided(("D", 2), ("E", 1), ladder="chair requested")
    more = tuple(replace(a, requested_pence=9) if a.reference == "D" else a for a in found.applications)

    assert list(ties_of(replace(found, applications=more))) == ["E", "D"]
    later = replace(found, applications=more, scheme=one_question(ladder=("requested",)))
    assert ties_of(later) == {}, "the amount came first and separated them"


def test_what_a_member_ruled_in_the_chairs_place_is_told_as_such() -> None:
    round_ = decided(("E", 1), ("D", 2), reason="")
    ruled = tuple(replace(one, in_place=True) for one in round_.chair_decisions)
    found = ties_of(replace(round_, chair_decisions=ruled))

    assert found["E"].words.endswith(f"put first by {IN_PLACE}")
    assert dict(order_words(found))["E"].endswith(f"; {IN_PLACE} put E first, then D")
