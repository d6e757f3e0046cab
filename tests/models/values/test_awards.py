"""Awards as values: their parts, what is changed of them, and those without a competition."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.values.awards import MORE, Amendment, Instalment, Returned, amended_words, waits_for_signature
from models.values.direct_award import OnwardGrant, direct_words
from tests.models.operations.awards.proposals import MANAGER

FEWER = Amendment(1, date(2026, 3, 2), 100_000, 90_000, "£1,000 became £900", "One evening fewer")
MAY, JUNE = Returned(4_000, date(2026, 5, 1), "left"), Returned(1_000, date(2026, 6, 9), "left")


@pytest.mark.parametrize(
    ("recovered", "told"),
    [
        ((), "On 2 Mar 2026 £1,000 became £900"),
        ((MAY,), "On 2 Mar 2026 £1,000 became £900; £40.00 was recovered on 1 May 2026"),
        ((MAY, MAY), "On 2 Mar 2026 £1,000 became £900; £80.00 was recovered on 1 May 2026"),
        ((JUNE, MAY), "On 2 Mar 2026 £1,000 became £900; £50.00 was recovered by 9 Jun 2026"),
    ],
)
def test_what_came_back_is_told_with_its_day_as_a_change_is(
    recovered: tuple[Returned, ...], told: str
) -> None:
    assert amended_words((FEWER,), recovered) == told


DUE = date(2027, 9, 1)


@pytest.mark.parametrize(
    ("trigger", "signature", "proof"),
    [
        ("on signature", True, False),
        ("Agreement SIGNED", True, False),
        ("signing of the agreement", True, False),
        ("Designed leaflets delivered", False, False),
        ("volunteers assigned", False, False),
        ("signed-off report", False, False),
        ("proof of purchase", False, True),
        ("second claim, with receipts", False, True),
        ("costs invoiced", False, True),
        ("Waterproofing done", False, False),
        ("land reclaimed", False, False),
    ],
)
def test_only_whole_words_say_what_a_payment_waits_for(trigger: str, signature: bool, proof: bool) -> None:
    part = Instalment(50_000, trigger, due_on=DUE)

    assert (waits_for_signature(trigger), part.needs_proof) == (signature, proof)
    is_held = not (signature or proof)
    assert part.not_yet(date(2026, 11, 22), DUE).startswith("is not due before") == is_held


@pytest.mark.parametrize(
    ("trigger", "not_before", "expected"),
    [
        ("half way", None, True),
        ("the end", None, True),
        ("half way", date(2027, 3, 1), False),
        ("agreement signed", None, False),
        ("proof of purchase", None, False),
        (MORE, None, False),
    ],
)
def test_a_part_that_waits_for_what_nobody_can_know_has_no_day(
    trigger: str, not_before: date | None, expected: bool
) -> None:
    assert Instalment(100, trigger).has_no_day(not_before) is expected


@given(st.lists(st.integers(1, 300_000), max_size=3), st.integers(0, 300_000))
def test_what_is_passed_on_and_what_is_not_come_to_the_award(passed: list[int], left: int) -> None:
    onward = tuple(OnwardGrant(f"Club {at}", pence, "tools") for at, pence in enumerate(passed))
    manager = replace(MANAGER, onward=onward)

    said = direct_words(manager, sum(passed) + left)

    sums = [round(100 * float(one.replace(",", ""))) for one in re.findall(r"£([\d,]+(?:\.\d\d)?)", said)]
    assert sum(sums) == (sum(passed) + left if passed else 0)
    assert ("is not passed on" in said) == bool(passed and left)
    assert len({"." in one for one in re.findall(r"£[\d,.]*\d", said)}) <= 1, "all with pence, or none"
