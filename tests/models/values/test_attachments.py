"""How large a file may be, and how sizes are said."""

import pytest

from models.values.attachments import MOST_BYTES, size_fault


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "a.pdf is empty. "), (1, ""), (MOST_BYTES, ""), (MOST_BYTES + 1, "a.pdf has 26,214,401 ")],
)
def test_a_file_is_neither_empty_nor_larger_than_25_megabytes(size: int, said: str) -> None:
    assert size_fault("a.pdf", size).startswith(said)
    assert bool(size_fault("a.pdf", size)) is bool(said)
