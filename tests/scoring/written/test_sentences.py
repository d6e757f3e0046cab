"""The first sentences of a text are whole ones, and no word is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.written.text import first_sentences

WORDS = st.lists(
    st.sampled_from(["we", "Lend", "bikes.", "St.", "(free!)", "e.g.", "ends?", "\n"]), max_size=40
)


@pytest.mark.parametrize(
    ("text", "most", "words"),
    [
        ("Bikes are lent. They are mended.", 40, "Bikes are lent. They are mended."),
        ("Bikes are lent. They are mended.", 31, "Bikes are lent."),
        ("We meet at St. Mary's. All may come. It is free.", 40, "We meet at St. Mary's. All may come."),
        ("Help, e.g. with bail forms. It is free.", 30, "Help, e.g. with bail forms."),
        ("Led by J. Example (chair.) Then tea for all.", 30, "Led by J. Example (chair.)"),
        ("Boxing for girls\n\nOn Mondays and Fridays", 30, "Boxing for girls"),
        ("Boxing for girls, boys and others without an end", 22, "Boxing for girls…"),
        ("W" * 50, 20, "W" * 19 + "…"),
    ],
)
def test_a_text_too_long_ends_with_a_sentence_or_at_a_word(text: str, most: int, words: str) -> None:
    assert first_sentences(text, most) == words


@given(WORDS, st.integers(12, 60))
def test_what_is_left_begins_the_text_within_the_bound_and_cuts_no_word(words: list[str], most: int) -> None:
    text = " ".join(words)

    left = first_sentences(text, most)

    assert len(left) <= max(most, 0)
    assert text.strip().startswith(left.removesuffix("…"))
    assert set(left.removesuffix("…").split()) <= set(text.split())
