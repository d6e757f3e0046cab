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
        (
            AreaLabel("Neighbourhood & Community District"),
            "Neighbourhood & Community District",
            "Neighbourhood & Community Districts",
            "Neighbourhood & Community District",
            "Neighbourhood & Community Districts",
        ),
        (
            AreaLabel("Local area (LPA)", "Local areas (LPA)"),
            "Local area (LPA)",
            "Local areas (LPA)",
            "local area (LPA)",
            "local areas (LPA)",
        ),
    ],
)
def test_a_word_stands_in_headings_and_sentences(
    label: AreaLabel, heading: str, headings: str, word: str, words: str
) -> None:
    assert (label.heading, label.headings, label.word, label.words) == (heading, headings, word, words)


def test_a_count_has_the_word() -> None:
    assert [AreaLabel("Council").counted(many) for many in (1, 1200)] == ["1 council", "1,200 councils"]


def test_headings_of_tables_bear_the_offices_word_and_others_stay() -> None:
    headings = ("Area", "All areas", "Subtotal, no area", "Place in its area", "Organisation")

    assert [AreaLabel("County").labelled(one) for one in headings] == [
        "County", "All counties", "Subtotal, no county", "Place in its county", "Organisation",
    ]  # fmt: skip
    assert [AreaLabel().labelled(one) for one in headings] == [*headings]


def test_the_last_of_several_words_heads_a_narrow_column() -> None:
    labels = (AreaLabel("Local policing area"), AreaLabel("Basic command unit"), AreaLabel("Council"))

    assert [label.brief("Area") for label in labels] == ["Area", "Unit", ""]
    assert labels[0].brief("Organisation") == ""


@pytest.mark.parametrize(
    ("label", "ours", "said"),
    [
        ("Council", "Choose an area. Areas: A.", "Choose a council. Councils: A."),
        ("Council", "There is no area “Area of the area”.", "There is no council “Area of the area”."),
        ("NPU", "An area is named twice. Add a new area.", "An NPU is named twice. Add a new NPU."),
        ("Service line", "Area or service line. Areas and lines.", "Service line. Service lines."),
        ("Unit", "This is an area of its own.", "This is a unit of its own."),
        ("Borough", "the area's pot, a service area", "the borough's pot, a service area"),
        (
            "Local policing area",
            "2 local policing areas, 1 area",
            "2 local policing areas, 1 local policing area",
        ),
        (
            "Unit",
            "Indicator areas, Service areas. Policing areas",
            "Indicator areas, Service areas. Policing areas",
        ),
        ("Area", "an area", "an area"),
        ("Local Policing Area", "All areas of an area", "All Local Policing Areas of a Local Policing Area"),
    ],
)
def test_a_sentence_of_ours_speaks_the_offices_word_and_leaves_what_is_quoted(
    label: str, ours: str, said: str
) -> None:
    assert AreaLabel(label).said(ours) == said


def test_names_that_people_gave_stay_as_they_are() -> None:
    words = "Area North: move what the Force area has to another area. Areas stay in subarea."
    names = ("Area North", "the Force area", "Force area", "Area", "Elsewhere area")

    said = AreaLabel("Ward").said(words, names)

    assert said == "Area North: move what the Force area has to another ward. Wards stay in subarea."


@pytest.mark.parametrize(
    ("one", "several"),
    [("Parish", "Parishes"), ("Branch", "Branches"), ("BCU", "BCUs"), ("County", "Counties")],
)
def test_several_are_spelt_as_english_does(one: str, several: str) -> None:
    assert AreaLabel(one).several == several
