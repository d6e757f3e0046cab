"""How sure a list is, in sentences that a newcomer reads."""

from fractions import Fraction

import pytest
from msgspec.structs import replace

from exchange.papers.sensitivity_words import (
    ONE_SIDE,
    PART,
    Known,
    agreement_words,
    end_words,
    hold_words,
    moved_words,
    optimal_notes,
    otherwise_words,
    proof_words,
    severity_words,
    share_words,
    split_words,
    spread_words,
    swap_words,
    swaps_words,
    without_lines,
    without_words,
)
from scoring.explaining.what_if import Moved, Otherwise, Without
from scoring.ranking import Outcome
from scoring.scheme import Combine
from scoring.sensitivity.agreement import Agreement, Severity, Unit
from scoring.sensitivity.list_sensitivity import End, Swap
from scoring.written.text import listed
from tests.scoring.builders import simple_round
from tests.scoring.sensitivity.test_list_sensitivity import found_of, two_area_round
from tests.scoring.sensitivity.test_robustness import crossing_round

ALL = Known({"M1": "Grace Okoro"})


def test_a_list_in_words() -> None:
    assert [listed(()), listed(("a",)), listed(("a", "b")), listed(("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_the_interval_says_who_enters_and_who_leaves() -> None:
    words = split_words(found_of(two_area_round(), "Coventry"), ALL)

    assert words == "Same list from 60.1 to 100; at 60 B enters and A leaves."


def test_a_tie_at_the_end_is_the_chairs() -> None:
    words = split_words(found_of(crossing_round()), ALL)

    assert words == "Same list from 60.1 to 100; at 60 A and B tie and the chair would decide."
    assert end_words(End(500, (), (), ("X", "Z"), ("Y",)), ALL).endswith("and Y would wait for that")


def test_a_list_that_no_split_moves_and_one_side() -> None:
    same = split_words(found_of(two_area_round(), "Solihull"), ALL)

    assert same == "Same list whatever the quality share, from 0 to 100."
    assert split_words(found_of(simple_round({"A": 80})), ALL) == ONE_SIDE


def test_what_is_closed_to_a_reader_is_only_counted() -> None:
    own = Known(closed={"A"})

    assert split_words(found_of(crossing_round()), own).endswith(
        "at 60 B and an application closed to you tie and the chair would decide."
    )
    without = found_of(crossing_round()).without[0]
    assert "Group A" not in without_words(without, own)
    assert "an application closed to you" in without_words(without, own)
    on_mean = without_words(without, own, on_mean=True)
    assert on_mean.startswith("Without M1, the list by the mean of marks changes: ")


def test_holds_and_moves_name_what_moves_it() -> None:
    found = found_of(crossing_round()).round_sensitivity
    held = {hold.reference: hold for hold in found.holds.applications}

    words = hold_words(held["A"], found.draws, ALL)

    assert words == (
        "Marginal: with quality at 60 it would be in a tie for the chair; it moves without Grace Okoro. "
        "Random weights within 5 points fund it in every draw."
    )
    calm = replace(held["A"], below=None, above=None, without=())
    assert hold_words(calm, None, ALL) == (
        "Secure: the same with quality ten points either way and without any one member."
    )


@pytest.mark.parametrize(
    ("funded", "words"),
    [
        (10_000, "every draw"),
        (9_999, "99% of draws"),
        (0, "no draw"),
        (1, "under 1% of draws"),
        (8_350, "83% of draws"),
    ],
)
def test_a_share_is_all_only_when_it_is(funded: int, words: str) -> None:
    assert share_words(funded, 10_000) == words


def test_members_who_change_nothing_share_a_line() -> None:
    found = found_of(two_area_round(), "Solihull")
    calm = replace(found, without=tuple(Without(name, ()) for name in ("M1", "M2", "M3")))

    assert without_lines(calm, ALL) == ("Without Grace Okoro, M2 or M3: nothing changes.",)
    assert without_lines(found, ALL) == ("Without Grace Okoro: C Group C £500, would lack marks.",)
    assert without_lines(replace(found, without=()), ALL) == ("No member’s sheet counts.",)


def moved_to(outcome: Outcome | None, pence: int) -> Moved:
    return Moved("W-019", "Pendeford Parents", "Wolverhampton", Outcome.FUND, outcome, 187_000, pence)


def test_how_an_application_fares_otherwise() -> None:
    assert moved_words(moved_to(Outcome.RESERVE, 0)) == "W-019 Pendeford Parents £1,870 to £0"
    assert moved_words(moved_to(Outcome.TIE, 0)).endswith(
        "£1,870, would wait for the chair’s decision on a tie"
    )
    assert moved_words(moved_to(None, 0)) == "W-019 Pendeford Parents £1,870, would lack marks"
    quiet = Moved("W-020", "Friends", "Wolverhampton", Outcome.RESERVE, Outcome.BELOW, 0, 0)
    assert moved_words(quiet) == "W-020 Friends, a reserve now, would be below a minimum"


def test_other_ways_to_combine() -> None:
    own, none = Otherwise(Combine.MEAN, ()), Otherwise(Combine.TRIMMED, None)

    assert otherwise_words(own, ALL, Combine.MEAN) == "By the mean of marks: this is the list."
    assert otherwise_words(own, ALL, Combine.MEDIAN) == "By the mean of marks: nothing changes."
    assert otherwise_words(none, ALL, Combine.MEAN) == "By the trimmed mean: no application has marks enough."


def test_severity_is_not_said_under_five_and_never_from_nought() -> None:
    assert severity_words(Severity("M1", 4, None), ALL) == (
        "Grace Okoro: not stated, under five shared applications."
    )
    # 5/12 = 0.41666… rounds half up to 0.42
    assert severity_words(Severity("M1", 12, Fraction(-5, 12)), ALL) == (
        "Grace Okoro marks 0.42 below the others on average, over 12 applications."
    )
    assert "as the others do" in severity_words(Severity("M1", 12, Fraction(0)), ALL)


def test_no_agreement_to_speak_of() -> None:
    assert agreement_words(None, None).startswith("No application has two counting members")


def test_the_spread_of_the_whole_panel_says_that_it_counts_what_was_withdrawn() -> None:
    """Minutes count only what came before the panel, so the two figures may differ."""
    unit = Unit("A", "Q", (("M1", 1), ("M2", 4)))

    said = spread_words(Agreement((unit,), None, None, ()))

    assert said.endswith("every application that it marked, withdrawn or not: 1 of 1.")


def test_the_challengers_differences_and_proof() -> None:
    round_ = simple_round({"A": 80, "B": 70, "C": 70}, pot=1000, asks={"A": 600, "B": 500, "C": 500})
    found = found_of(round_)

    assert swaps_words(found, ALL) == ("Coventry: takes B and C, together £1,000, in place of A, £600.",)
    # 70 × 1,000 and 80 × 600
    assert proof_words(found) == (
        "Points times pounds, added up: 70,000 for this choice, 48,000 for the list. "
        "Proven: no choice of whole offers is worth more."
    )
    late = replace(found, challenger=replace(found.challenger, gap_1e4=25))
    assert "at most 0.25% may be missing" in proof_words(late)


def test_a_part_is_named_as_what_the_challenger_may_not() -> None:
    swap = Swap("Coventry", (), (("A", 60_000),), (("B", 10_000, 50_000),))

    assert swap_words(swap, ALL, names_area=False) == (
        "Leaves out A, £600, gives B £500 whole in place of £100."
    )
    found = found_of(simple_round({"A": 80}))
    above = replace(found, challenger=replace(found.challenger, value=1, list_value=2))
    assert optimal_notes(above)[0] == PART
