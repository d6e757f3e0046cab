"""What an office calls the parts of its area, in headings and in sentences."""

import pytest

from scoring.written.area_label import AreaLabel


@pytest.mark.parametrize(
    ("label", "heading", "headings", "word", "words"),
    [
        (AreaLabel(), "Area", "Areas", "area", "areas"),
        (AreaLabel("NPU"), "NPU", "NPUs", "NPU", "NPUs"),
        (
            AreaLabel("local policing area"),
            "Local policing area",
            "Local policing areas",
            "local policing area",
            "local policing areas",
        ),
        (AreaLabel("County"), "County", "Counties", "county", "counties"),
        (AreaLabel("Valley"), "Valley", "Valleys", "valley", "valleys"),
        (AreaLabel("District", "Parts"), "District", "Parts", "district", "parts"),
    ],
)
def test_a_word_stands_in_headings_and_sentences(
    label: AreaLabel, heading: str, headings: str, word: str, words: str
) -> None:
    assert (label.heading, label.headings, label.word, label.words) == (heading, headings, word, words)


def test_a_count_has_the_word() -> None:
    assert [AreaLabel("Council").counted(many) for many in (1, 1200)] == ["1 council", "1,200 councils"]


def test_headings_of_tables_bear_the_offices_word_and_others_stay() -> None:
    headings = ("Area", "All areas", "Subtotal, no area", "Organisation")

    assert [AreaLabel("County").labelled(one) for one in headings] == [
        "County", "All counties", "Subtotal, no county", "Organisation",
    ]  # fmt: skip
    assert [AreaLabel().labelled(one) for one in headings] == [*headings]
