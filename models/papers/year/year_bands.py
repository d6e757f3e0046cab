"""Sizes of awards and requests, as bands that every table shares."""

from collections.abc import Iterator

from scoring.money import short_pounds

BANDS = (100_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000)
"""The most, in pence, of each size but the last, which has no most."""


def bands() -> Iterator[tuple[str, int, int | None]]:
    """Yield each band in words, with the amount that it is above and its most."""
    for least, most in zip((0, *BANDS), (*BANDS, None), strict=True):
        yield _words(least, most), least, most


def is_within(pence: int, least: int, most: int | None) -> bool:
    """Whether an amount is in a band."""
    return least < pence and (most is None or pence <= most)


def _words(least: int, most: int | None) -> str:
    if most is None:
        return f"Over {short_pounds(least)}"
    return f"Over {short_pounds(least)} to {short_pounds(most)}" if least else f"Up to {short_pounds(most)}"
