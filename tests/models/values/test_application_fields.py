"""What the fields of an application are called, and how their values are printed."""

import pytest

from models.values.application_fields import word_count


@pytest.mark.parametrize(("many", "words"), [(0, ""), (5, ""), (6, "6 words"), (1204, "1,204 words")])
def test_words_are_counted_where_there_are_more_than_a_few(many: int, words: str) -> None:
    assert word_count("word " * many) == words
