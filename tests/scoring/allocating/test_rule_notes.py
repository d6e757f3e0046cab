"""Telling the notes of the allocation rule from the reasons that people give."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.allocating.rule_notes import (
    is_rule_note,
    note_words,
    own_reason,
    printed_note,
    rule_note,
    why_without,
)
from scoring.rank import rank
from scoring.ranking import Cause, Standing, Why
from scoring.scheme import Allocation
from tests.scoring.builders import one_question, simple_round

NOTES = (
    "fits: asks £4,890.67, £14,430.63 left",
    "Fits: asks £4,890, £14,430 left.",
    "skipped: asks £4,000.00, £2,310.00 left",
    "fits: asks £8,000.50, £12,600.00 left with the tolerance",
    "does not fit: asks £4,000.00, −£10.00 left",
    "does not fit: asks £4,000.00, £1.00 left, which does not reach half of the £4,000.00 asked",
    "part: asks £4,000.00, £2,310.00 left, which reaches its stated minimum of £2,000.00",
    "fund, capped at £5,000.00 of £5,200.00 asked",
    "the list stopped at ACF-010",
    "the organisation's cap of £20,000.00 for the round is used up",
    "below threshold: total 58.00 is below 60.00",
    "ACF-1, ACF-2 tie at the budget line with £1.00 left: the chair decides",
    "waits for the chair: the tie at ACF-1, ACF-2 comes first",
)
REASONS = (
    "",
    "fits",
    "It fits the fund's purposes: asks for £400.00 and gives twenty evenings.",
    "The list stopped at nothing to find people out of work.",
    "Below threshold on need, and the panel would see it again next year",
)
CAUSES = (
    Cause(Why.FITS, 400_000, 500_000),
    Cause(Why.CAPPED, 350_000, 500_000),
    Cause(Why.PART, 400_000, 231_000, 200_000),
    Cause(Why.PART, 400_000, 231_000, 200_000, is_own_least=True),
    Cause(Why.SKIPPED, 400_000, 231_000),
    Cause(Why.TOO_MUCH, 400_000, 100, 200_000),
    Cause(Why.STOPPED, 400_000, at=("ACF-010",)),
    Cause(Why.ORGANISATION, cap_pence=2_000_000),
    Cause(Why.BELOW),
    Cause(Why.TIED, left_pence=100, at=("ACF-1", "ACF-2")),
    Cause(Why.WAITS, at=("ACF-1", "ACF-2")),
)
STANDING = rank(simple_round({"ACF-001": 3})).standings[0]


@pytest.mark.parametrize("words", NOTES)
def test_a_note_of_the_rule_is_no_reason(words: str) -> None:
    assert is_rule_note(words)
    assert own_reason(words) == ""


def test_papers_say_what_a_list_stopped_for() -> None:
    told = [printed_note(_of(cause), one_question()) for cause in CAUSES]

    assert "what was left did not cover ACF-010, placed before it, in full" in told
    assert told.count(note_words(_of(CAUSES[0]), one_question())) == 1


@pytest.mark.parametrize("words", REASONS)
def test_what_a_person_wrote_is_left_as_it_is(words: str) -> None:
    assert not is_rule_note(words)
    assert own_reason(words) == words


@given(
    totals=st.lists(st.integers(0, 9), min_size=1, max_size=8),
    asks=st.lists(st.integers(1, 5000), min_size=8, max_size=8),
    pot=st.integers(0, 9000),
    rule=st.sampled_from(tuple(Allocation)),
    floor=st.integers(0, 5),
)
def test_every_note_that_the_rule_writes_is_known(
    totals: list[int], asks: list[int], pot: int, rule: Allocation, floor: int
) -> None:
    names = [f"ACF-{number:03d}" for number in range(len(totals))]
    scheme = one_question(allocation=rule, cap_per_award_pence=300_000, minimum_total=Decimal(floor))
    wanted = dict(zip(names, asks, strict=False))
    round_ = simple_round(dict(zip(names, totals, strict=True)), pot=pot, asks=wanted, scheme=scheme)

    standings = rank(round_).standings
    notes = [note for one in standings for note in (rule_note(one) or "", note_words(one, scheme))]

    assert [note for note in notes if not is_rule_note(note)] == []


def test_a_note_says_where_a_tolerance_is_in_what_is_left() -> None:
    plain = one_question()
    tolerant = replace(plain, tolerance_percent=Decimal(5), tolerance_authority="Bea Madeup")
    short = _of(Cause(Why.TOO_MUCH, 400_000, 100, 200_000))
    tie = _of(Cause(Why.TIED, left_pence=100, at=("ACF-1", "ACF-2")))

    told = (
        "does not fit: requested £4,000.00; £1.00 was available, which does not reach half of the £4,000.00 "
        "requested"
    )
    assert note_words(short, plain) == told
    assert note_words(short, tolerant) == told.replace("available", "available with the tolerance")
    assert note_words(tie, plain) == "ACF-1, ACF-2 tie at the budget line with £1.00 left: the chair decides"
    assert note_words(tie, tolerant) == note_words(tie, plain).replace("left", "left with the tolerance")


@pytest.mark.parametrize(
    ("cause", "noted", "told", "printed"),
    [
        (
            Cause(Why.FITS, 400_000, 410_050),
            "fits: asks £4,000.00, £4,100.50 left",
            "requested £4,000.00; £4,100.50 was available",
            "requested £4,000.00; £4,100.50 was available",
        ),
        (
            Cause(Why.SKIPPED, 350_000, 1_000),
            "skipped: asks £3,500.00, £10.00 left",
            "skipped: requested £4,000.00 (capped at £3,500.00); £10.00 was available",
            "skipped: requested £4,000.00 (capped at £3,500.00); £10.00 was available",
        ),
        (
            Cause(Why.TOO_MUCH, 400_000, 100, 250_000, is_own_least=True),
            "does not fit: asks £4,000.00, £1.00 left, which does not reach its stated minimum of £2,500.00",
            "does not fit: requested £4,000.00; £1.00 was available, which does not reach its stated minimum "
            "of £2,500.00",
            "does not fit: requested £4,000.00; £1.00 was available, which does not reach its stated minimum "
            "of £2,500.00",
        ),
        (
            Cause(Why.PART, 400_000, 231_000, 200_000),
            "part: asks £4,000.00, £2,310.00 left, which reaches half of the £4,000.00 asked",
            "part: requested £4,000.00; £2,310.00 was available, which reaches half of the £4,000.00 "
            "requested",
            "part: requested £4,000.00; £2,310.00 was available, which reaches half of the £4,000.00 "
            "requested",
        ),
        (
            Cause(Why.STOPPED, 400_000, at=("ACF-010",)),
            "the list stopped at ACF-010",
            "the list stopped at ACF-010",
            "what was left did not cover ACF-010, placed before it, in full",
        ),
    ],
)
def test_a_cause_is_told_in_the_words_of_whoever_reads_it(
    cause: Cause, noted: str, told: str, printed: str
) -> None:
    standing = _of(cause)

    assert (rule_note(standing), note_words(standing, one_question())) == (noted, told)
    assert printed_note(standing, one_question()) == printed


@pytest.mark.parametrize(
    ("cause", "why"),
    [
        (None, ""),
        (Cause(Why.FITS), ""),
        (Cause(Why.SKIPPED), "What was left of the money did not cover it."),
        (Cause(Why.ORGANISATION), "Its organisation has the most that the round allows one already."),
    ],
)
def test_a_reserve_without_a_reason_is_told_what_left_it_without_money(cause: Cause | None, why: str) -> None:
    assert why_without(cause) == why


def test_without_a_cause_nothing_is_told() -> None:
    standing = STANDING._replace(cause=None)

    assert (rule_note(standing), note_words(standing, one_question())) == (None, "")
    assert printed_note(standing, one_question()) == ""


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_is_told_in_words_that_are_no_reason(cause: Cause) -> None:
    standing = _of(cause)

    assert is_rule_note(rule_note(standing) or "")
    assert is_rule_note(note_words(standing, one_question()))


def _of(cause: Cause) -> Standing:
    return STANDING._replace(
        requested_pence=400_000, below_threshold=("total 58.00 is below 60.00",), cause=cause
    )
