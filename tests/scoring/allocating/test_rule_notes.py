"""Telling the notes of the allocation rule from the reasons that people give."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.allocating.rule_notes import is_rule_note, note_words, own_reason, printed_note, step_words
from scoring.rank import rank
from scoring.scheme import Allocation, Scheme
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
STANDING = rank(simple_round({"ACF-001": 3})).standings[0]


@pytest.mark.parametrize("words", NOTES)
def test_a_note_of_the_rule_is_no_reason(words: str) -> None:
    assert is_rule_note(words)
    assert own_reason(words) == ""


def test_papers_say_what_a_list_stopped_for() -> None:
    told = [printed_note(words) for words in NOTES]

    assert [after for before, after in zip(NOTES, told, strict=True) if before != after] == [
        "what was left did not cover ACF-010, placed before it, in full"
    ]
    assert printed_note("the list stopped at A-1; more").endswith("A-1, placed before it, in full; more")


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

    notes = [standing.outcome_reason or "" for standing in rank(round_).standings]

    assert [note for note in notes if not is_rule_note(note)] == []


def test_a_note_says_where_a_tolerance_is_in_what_is_left_and_a_reason_stays_as_it_is() -> None:
    plain = one_question()
    tolerant = replace(plain, tolerance_percent=Decimal(5), tolerance_authority="Bea Madeup")
    note = "does not fit: asks £4,000.00, £1.00 left, which does not reach half of the £4,000.00 asked"

    reaches = ", which does not reach half of the £4,000.00 requested"
    told = f"does not fit: requested £4,000.00; £1.00 was available{reaches}"
    tie = "ACF-1, ACF-2 tie at the budget line with £1.00 left: the chair decides"

    assert _told(note, 400_000, plain) == told
    assert _told(note, 400_000, tolerant) == told.replace("available", "available with the tolerance")
    assert _told("They have £1.00 left.", 400_000, tolerant) == "They have £1.00 left."
    assert _told(tie, 400_000, tolerant) == tie.replace("left", "left with the tolerance")


def test_people_read_what_was_requested_and_what_was_available() -> None:
    scheme = one_question()

    assert (
        _told("fits: asks £1,327.00, £1,330.50 left", 132_700, scheme)
        == "requested £1,327.00; £1,330.50 was available"
    )
    assert (
        _told("skipped: asks £5,000.00, £10.00 left", 520_000, scheme)
        == "skipped: requested £5,200.00 (capped at £5,000.00); £10.00 was available"
    )


@pytest.mark.parametrize("note", NOTES)
def test_a_note_as_people_read_it_is_no_reason_either(note: str) -> None:
    for requested in (400_000, 489_067):
        assert is_rule_note(_told(note, requested, one_question()))


def test_the_step_to_the_money_says_it_in_the_same_words() -> None:
    standing = STANDING._replace(
        requested_pence=132_700, outcome_reason="fits: asks £1,327.00, £1,330.50 left"
    )
    step = "fund: fits: asks £1,327.00, £1,330.50 left (Coventry: pot £5,000.00)"

    told = step_words(step, standing, one_question())

    assert told == "fund: requested £1,327.00; £1,330.50 was available (Coventry: pot £5,000.00)"


def _told(note: str, requested_pence: int, scheme: Scheme) -> str:
    return note_words(STANDING._replace(requested_pence=requested_pence, outcome_reason=note), scheme)
