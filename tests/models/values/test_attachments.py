"""How large a file may be, and how sizes are said."""

import pytest

from models.values.attachments import MOST_BYTES, size_fault, size_words


def test_a_size_is_said_as_people_say_it() -> None:
    assert [*map(size_words, (1, 1_499, 999_400, 1_000_000, 25_600_000))] == [
        *("1 KB", "1 KB", "999 KB", "1.0 MB", "25.6 MB")
    ]


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "a.pdf is empty. "), (1, ""), (MOST_BYTES, ""), (MOST_BYTES + 1, "a.pdf has 26,214,401 ")],
)
def test_a_file_is_neither_empty_nor_larger_than_25_megabytes(size: int, said: str) -> None:
    assert size_fault("a.pdf", size).startswith(said)
    assert bool(size_fault("a.pdf", size)) is bool(said)
