"""Texts of several lines in papers that have no line for each, and behind a sentence of the program."""

import pytest

from scoring.written.text import as_sentence, as_sentences, in_one_run, tidied

RUNS = [
    ("One line", "One line"),
    ("Need: good.\nCosts: look again\nReach: wide", "Need: good. Costs: look again; Reach: wide"),
    ("Two outcomes,\nboth clear", "Two outcomes, both clear"),
    ("Why:\n- less crime\n• less fear", "Why: less crime; less fear"),
    ("First;\n\n  Second\tpart \r\nThird?\nYes", "First; Second part; Third? Yes"),
    ("It is about crime and\nthe fear of it\nNo more", "It is about crime and the fear of it; No more"),
    ("Well - run\nA -- b", "Well - run; A -- b"),
    ("He said “yes.”\nSo be it", "He said “yes.” So be it"),
    ("–", "–"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "told"), RUNS)
def test_lines_follow_one_another_parted_where_no_sentence_ends(text: str, told: str) -> None:
    assert in_one_run(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no", "No."),
        ("reduces crime & the fear of it", "Reduces crime & the fear of it."),
        ("Two aims,\nboth clear,", "Two aims, both clear."),
        ("is it? ", "Is it?"),
        ("  \n ", ""),
    ],
)
def test_what_follows_a_sentence_is_one(text: str, told: str) -> None:
    assert as_sentences(text) == told


def test_a_sentence_ends_with_one_stop_and_no_comma_before_it() -> None:
    assert [*map(as_sentence, ("No,", "No. ", "No!", ""))] == ["No.", "No.", "No!", ""]


def test_what_no_file_may_hold_is_left_out_of_a_text() -> None:
    assert tidied("A\x07 club\ufffe of\uffff two") == "A club of two"
