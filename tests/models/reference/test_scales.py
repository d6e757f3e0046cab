"""The scales that ship."""

from models.reference.schemes import shipped_scales


def test_two_scales_ship_each_with_a_word_for_every_mark() -> None:
    scales = shipped_scales()

    assert [scale.words for scale in scales] == [
        "0 to 5, Nothing to Excellent",
        "0 to 4, Unacceptable to Excellent",
    ]
    assert all([m for m, _, _ in s.descriptors] == list(range(s.maximum + 1)) for s in scales)
