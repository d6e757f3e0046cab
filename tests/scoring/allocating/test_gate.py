"""What is confirmed before an award is set: caps, and sums ten times the previous or the usual one."""

import pytest
from msgspec.structs import replace

from scoring.allocating.gate import Caps, Concern, NewSum, OpenSum, doubts, unconfirmed

CAPS, NO_CAPS = Caps(500_000, 600_000), Caps()
VARIED = NewSum("ACF-001", 2_300_000, 230_000, 230_000)
"""The case that was tried: £2,300 becomes £23,000 under a cap of £5,000."""


def words(one: NewSum, caps: Caps = NO_CAPS) -> list[str]:
    return [doubt.words for doubt in doubts(one, caps)]


def test_a_sum_over_a_cap_or_ten_times_the_previous_one_is_asked_about_in_figures() -> None:
    found = list(doubts(VARIED, CAPS))

    assert [one.words for one in found] == [
        "ACF-001: £23,000.00 is over the cap of £5,000.00 for one award.",
        "ACF-001: its organisation would get £23,000.00, over the cap of £6,000.00 for one organisation.",
        "ACF-001: £23,000.00 is at least 10 times the £2,300.00 that it had before.",
    ]
    assert unconfirmed(found, (Concern.CAP,)) == (
        f"{found[2].words} Correct the amount, or confirm it with --amount-is-right."
    )
    assert unconfirmed(found, ()).endswith("confirm it with --over-cap and --amount-is-right.")
    assert unconfirmed(found, tuple(Concern)) == ""


def test_other_awards_of_the_organisation_count() -> None:
    one = NewSum("ACF-001", 300_000, beside=("ACF-004", "ACF-007"), beside_pence=300_001)

    assert words(one, CAPS) == [
        "ACF-001: its organisation would get £6,000.01 with ACF-004 and ACF-007, over the cap of £6,000.00 "
        "for one organisation."
    ]
    assert words(replace(one, beside_pence=300_000), CAPS) == []


@pytest.mark.parametrize(
    ("changes", "is_asked"),
    [
        ({"others": (10_000, 20_000, 30_000)}, True),  # the usual is £200, ten times that £2,000
        ({"others": (10_000, 20_001, 30_000)}, False),
        ({"others": (10_000, 20_000)}, False),  # two are no usual sum
        ({"stood_pence": 20_000}, True),
        ({"stood_pence": 20_001}, False),
        ({"stood_pence": 20_000, "awarded_pence": 200_000}, False),  # nothing is raised
    ],
)
def test_ten_times_is_at_least_ten_times(changes: dict[str, object], is_asked: bool) -> None:
    found = words(replace(NewSum("ACF-001", 200_000), **changes))

    assert bool(found) is is_asked
    assert all("at least 10 times the" in one for one in found)


def test_what_is_typed_is_held_against_the_same() -> None:
    asked = OpenSum(replace(VARIED, pence=0), CAPS)

    assert asked.doubts(None) == ()
    assert asked.doubts(230_000) == ()
    assert asked.doubts(2_300_000) == tuple(doubts(VARIED, CAPS))
