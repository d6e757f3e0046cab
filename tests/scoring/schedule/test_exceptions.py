"""Exceptions to the published rules in words: what the chair let in, and money beyond list and panel."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from scoring.rank import rank
from scoring.ranking import Standing, Status
from scoring.round import IN_PLACE, ChairDecision, ChairDecisionKind, Round
from scoring.schedule.exceptions import (
    ChairTie,
    advised_words,
    allowed_words,
    beside_the_panel,
    chair_ties,
    departure_words,
    is_beside,
    order_words,
    why_not_ranked,
)
from scoring.schedule.lines import (
    Awarded,
    PanelOutcome,
    Recommended,
    Settled,
    Signed,
    passed_over,
    stay_words,
    with_named_minimums,
    with_whole_minimums,
)
from tests.scoring.builders import one_question, simple_round

STANDING = rank(simple_round({"A": 3})).standings[0]._replace(offer_pence=500, below_threshold=())
BELOW = STANDING._replace(below_threshold=("total 49.00 is below the minimum of 60.00", "A7 1.00 is low"))
BY = Signed("Chief Executive", "Dan Decides", date(2026, 12, 16), "040/2026")


def nobody(reference: str) -> tuple[str, ...]:
    """Return nobody: none is passed over."""
    return ()


def told(standing: Standing, awarded: int, advised: int | None, *signed: tuple[str, Signed]) -> list[str]:
    line = Recommended("A", PanelOutcome.FUND, advised)
    settled = Settled((line,), (Awarded("A", awarded), Awarded("B", 9)), signed=signed)
    return [
        words for of, words in beside_the_panel(settled, {"A": standing, "B": standing}, nobody) if of == "A"
    ]


def test_what_the_chair_let_in_says_what_it_is_below_and_why() -> None:
    assert allowed_words(STANDING, "") == "may be funded below a minimum"
    assert allowed_words(BELOW, "the only bid") == (
        "may be funded although total 49.00 is below the minimum of 60.00; A7 1.00 is low: the only bid"
    )


def test_money_departs_below_a_minimum_or_out_of_the_order_of_places() -> None:
    words = "recommended although total 49.00 is below the minimum of 60.00; A7 1.00 is low"
    assert departure_words(BELOW, is_allowed=False) == words
    assert departure_words(BELOW, is_allowed=True) == ""
    assert departure_words(STANDING, is_allowed=False) == "recommended out of the order of places"


def test_money_is_beside_the_list_where_neither_the_rule_nor_the_panel_would_give_as_much() -> None:
    assert [is_beside(600, advised, offer) for advised, offer in ((None, 500), (600, None), (0, 600))] == [
        True,
        False,
        False,
    ]
    assert not is_beside(None, None, None)
    assert (advised_words(None), advised_words(50)) == (
        "where the panel recommended no money",
        "where the panel recommended £0.50",
    )
    assert advised_words(None, is_reserve=True) == "from the panel's reserve list"
    promoted = Recommended("A", PanelOutcome.FUND, None, by_panel="reserve", advised=PanelOutcome.RESERVE)
    settled = Settled((promoted,), (Awarded("A", 600),))
    ((_, said),) = beside_the_panel(settled, {"A": STANDING}, nobody)
    assert said == "£6.00 awarded, from the panel's reserve list"
    ((_, said),) = beside_the_panel(settled, {"A": STANDING}, lambda of: (f"{of}1", f"{of}2"))
    assert said == (
        "£6.00 awarded, from the panel's reserve list. A1 and A2, placed before it, stay on the reserve list"
    )
    assert told(STANDING, 500, None) == []
    assert told(STANDING, 500, 600) == ["£5.00 awarded, where the panel recommended £6.00"]
    assert told(STANDING, 0, 600, ("A", BY)) == [
        "nothing awarded, where the panel recommended £6.00. "
        "Decided by Dan Decides, Chief Executive, on 16 December 2026, notice 040/2026"
    ]
    assert told(STANDING, 600, 100, ("A", BY._replace(notice="")), ("A", BY)) == [
        "£6.00 awarded, where the panel recommended £1.00. "
        "Decided by Dan Decides, Chief Executive, on 16 December 2026, notice 040/2026"
    ]
    later = BY._replace(name="Abe Envoy", post="Ambassador", on=date(2026, 12, 17))
    assert told(STANDING, 600, 100, ("A", BY), ("A", later._replace(on=BY.on)))[0].endswith(
        "Dan Decides, Chief Executive, and Abe Envoy, Ambassador, on 16 December 2026, notice 040/2026"
    )
    assert told(STANDING, 600, 100, ("A", BY), ("A", later))[0].endswith(
        "Decided by Dan Decides, Chief Executive, on 16 December 2026, and Abe Envoy, Ambassador, on "
        "17 December 2026, notice 040/2026"
    )
    assert told(BELOW, 600, None) == [
        "£6.00 awarded, where the panel recommended no money, although total 49.00 is below the minimum of "
        "60.00; A7 1.00 is low"
    ]


def test_only_those_placed_before_it_are_passed_over() -> None:
    ranking = rank(simple_round({"A": 5, "B": 4, "C": 3, "D": 2}))

    assert passed_over(ranking, "C", {"B", "A", "D"}) == ("A", "B")
    assert passed_over(ranking, "A", {"B", "C"}) == ()
    assert passed_over(ranking, "X", {"A"}) == ()


def test_one_stays_and_several_stay() -> None:
    assert stay_words(("A",), "B") == "A, placed before B, stays on the reserve list"
    assert stay_words(("A", "B"), "it") == "A and B, placed before it, stay on the reserve list"


@pytest.mark.parametrize("mark", [0, 1, 2, 3])
def test_a_criterion_is_named_and_the_total_as_it_was(mark: int) -> None:
    held = simple_round({"A": mark})
    first, *rest = held.scheme.criteria
    least = replace(first, floor=Decimal(3))
    scheme = replace(held.scheme, criteria=(least, *rest), minimum_total=Decimal(1))
    (standing,) = rank(replace(held, scheme=scheme)).standings

    named, whole = with_named_minimums(scheme, standing), with_whole_minimums(scheme, standing)

    own = [words for words in named.below_threshold if first.title in words]
    missed = [f"{mark}.00 on {first.code} {first.title} is below the minimum of 3.00"]
    assert own == (missed if mark < 3 else [])
    assert [one for one in named.below_threshold if one not in own] == [
        one for one in standing.below_threshold if one.startswith("total")
    ]
    assert not any(".00" in words for words in whole.below_threshold)
    assert named._replace(below_threshold=()) == standing._replace(below_threshold=())


JUDGED = ("A1", "A2", "A3")


@pytest.mark.parametrize(
    ("status", "reasons", "words"),
    [
        (Status.WITHDRAWN, ("withdrawn",), "The applicant withdrew it"),
        (Status.INELIGIBLE, ("a gate failed",), "A gate failed"),
        (Status.INCOMPLETE, tuple(f"no agreed mark on {code}" for code in JUDGED), "No mark is agreed yet"),
        (
            Status.INCOMPLETE,
            ("no agreed mark on A1", "no agreed mark on A3", "no sheet counts"),
            "No sheet counts; No agreed mark on A1 and A3",
        ),
        (
            Status.INCOMPLETE,
            ("gate not checked: eligibility", "no submitted sheet"),
            "Not checked yet for who may apply; No member has handed marks in yet",
        ),
        (
            Status.INCOMPLETE,
            ("gate not checked: The policy is promised for Friday.", "no sheet counts"),
            "Not every check of it is settled; No sheet counts",
        ),
        (
            Status.INCOMPLETE,
            ("2 counting members, quorum 3", "A3 1.00 is below the minimum of 2.50"),
            "Marks of 2 members count, and the quorum is 3; A3: 1, below the minimum of 2.50",
        ),
    ],
)
def test_reasons_that_are_alike_are_one(status: Status, reasons: tuple[str, ...], words: str) -> None:
    assert why_not_ranked(status, reasons, JUDGED) == words
    known = why_not_ranked(status, reasons, JUDGED, "Incomplete: safeguarding policy")
    is_open = any(one.startswith("gate not checked") for one in reasons)
    assert known.startswith("Incomplete: safeguarding policy") is is_open
    unmarked = (*reasons, "no submitted sheet", *(f"no agreed mark on {code}" for code in JUDGED))
    alone = why_not_ranked(status, unmarked, JUDGED, "Incomplete: safeguarding policy")
    is_alone = is_open and not any(one.startswith("no sheet counts") for one in reasons)
    assert (alone == "Incomplete: safeguarding policy") is is_alone, "that nobody marked it follows from that"
    assert is_open or known == words, "what is missing is told of a check that is open alone"


def test_what_came_too_late_says_so_in_the_place_of_its_gate() -> None:
    reasons = ("applications: received on 14 October 2026", "no submitted sheet")
    late = "Too late: it was received on 14 October 2026"

    assert why_not_ranked(Status.INELIGIBLE, reasons, JUDGED, late) == late
    assert why_not_ranked(Status.WITHDRAWN, reasons, JUDGED, late) == "The applicant withdrew it"


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
