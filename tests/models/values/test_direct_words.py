"""What the public reads of an award without a competition."""

import re

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.values.direct_award import OnwardGrant, direct_words
from tests.models.operations.awards.direct.proposals import MANAGER


@given(st.lists(st.integers(1, 300_000), max_size=3), st.integers(0, 300_000))
def test_what_is_passed_on_and_what_is_not_come_to_the_award(passed: list[int], left: int) -> None:
    onward = tuple(OnwardGrant(f"Club {at}", pence, "tools") for at, pence in enumerate(passed))
    manager = replace(MANAGER, onward=onward)

    said = direct_words(manager, sum(passed) + left)

    sums = [round(100 * float(one.replace(",", ""))) for one in re.findall(r"£([\d,]+(?:\.\d\d)?)", said)]
    assert sum(sums) == (sum(passed) + left if passed else 0)
    assert ("is not passed on" in said) == bool(passed and left)
    assert len({"." in one for one in re.findall(r"£[\d,.]*\d", said)}) <= 1, "all with pence, or none"
