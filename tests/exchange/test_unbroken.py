"""What is read in one piece has no space at which a line may end, and nothing else has such."""

import pytest

from exchange.written_text import NO_BREAK, unbroken


@pytest.mark.parametrize(
    "pieces",
    [
        ("on", "31 January 2027", "or", "5 Feb", "and in", "November 2026"),
        ("Q3,", "October to December 2026", "and", "April to", "the end"),
        ("within", "10 working days", "and", "two years of", "£0.8 million", "for", "3 pages"),
        ("see", "Table 4", "of", "Appendix A", "or", "page 3 of 5", "of the", "notice 012/2026"),
        ("write to", "Dr J. A. Example", "or", "Mrs Sample", "at", "B4 6NQ"),
        ("ring", "0121 626 6060", "or", "+44 20 7946 0000"),
        ("listened to.", "A student on placement", "takes part in it", "and 31 are"),
        ("of 20 300", "of 101 2000", "in total.", "A3 Active"),
    ],
)
def test_what_is_read_in_one_piece_holds_together(pieces: tuple[str, ...]) -> None:
    held = unbroken(" ".join(pieces))

    assert {piece for piece in held.split(" ") if NO_BREAK in piece} == {
        piece.replace(" ", NO_BREAK) for piece in pieces if piece in HELD
    }
    assert unbroken(held) == held


HELD = {
    *("31 January 2027", "5 Feb", "November 2026", "10 working days", "£0.8 million", "3 pages", "Table 4"),
    *("Appendix A", "page 3 of 5", "notice 012/2026", "Dr J. A. Example", "Mrs Sample", "B4 6NQ"),
    *("0121 626 6060", "+44 20 7946 0000", "October to December 2026"),
}
