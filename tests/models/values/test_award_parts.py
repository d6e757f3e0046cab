"""What the trigger of a payment says it waits for, by words that stand whole in it."""

from datetime import date

import pytest

from models.values.award_parts import MORE, Instalment, waits_for_signature

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
