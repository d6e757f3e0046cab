"""What a notice says is left of the pots, and which of them it goes beyond."""

import pytest

from models.queries.papers.notices.pots import leaves_words
from scoring.allocating.over_pot import PotUse


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((90_000,), "£100 of the pot is left"),
        ((110_000,), "that is £100 more than the pot"),
        ((90_000, 110_000), "that is £100 more than the pot of Area 1, and £100 of the other is left"),
        ((110_000, 140_000), "that is £500 over the pots of Area 0 and Area 1"),
        (
            (110_000, 140_000, 99_950),
            "that is £500 over the pots of Area 0 and Area 1, and £0.50 of the other is left",
        ),
    ],
)
def test_what_goes_beyond_pots_is_told_by_name(given: tuple[int, ...], said: str) -> None:
    uses = [PotUse(f"Area {number}", 100_000, 0, pence) for number, pence in enumerate(given)]

    assert leaves_words(uses) == said
