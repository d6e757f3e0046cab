"""What of a form is for the office alone, and where the applicant's part goes on."""

import pytest

from exchange.application_forms.blocks import Block, Paragraph, texts_of
from exchange.application_forms.pairs import parted, told_by_office
from tests.exchange.application_forms.test_pairs import lines, table

NAME = ("Name of group", "Lantern Youth Club")


def office(*blocks: Block) -> list[str]:
    return list(texts_of(parted(blocks).offices))


@pytest.mark.parametrize(
    "title",
    [
        *(
            "FOR OFFICE USE ONLY",
            "Office use",
            "Parish office use",
            "For official use only:",
            "Panel use only",
        ),
        *("Commissioning Team only", "At ddefnydd y swyddfa yn unig"),
    ],
)
def test_a_box_for_the_office_is_none_of_the_applicants(title: str) -> None:
    box = table(("Ref.", "Minute no."), ("", ""))

    found = parted((*table(NAME), *lines(title), *box))

    assert list(texts_of(found.applicants)) == list(NAME)
    assert list(texts_of(found.offices)) == [title, "Ref.", "Minute no.", "", ""]


def test_a_box_at_the_top_ends_where_the_applicant_is_asked() -> None:
    own = lines("Name of group: Lantern Youth Club", "Why is it needed?")
    assert office(*lines("OFFICE USE", "Ref: ", "Scored by: "), *own) == [
        "OFFICE USE",
        "Ref: ",
        "Scored by: ",
    ]
    assert office(*table(("Office use only", "Ref:"), NAME)) == ["Office use only", "Ref:"]
    assert office(*lines("Office use", "Ref:"), Paragraph("Your project", "bh"), *own) == [
        "Office use",
        "Ref:",
    ]


def test_an_office_writes_a_reference_and_a_day_or_nothing_and_its_box_may_begin_in_a_label() -> None:
    def told(*rows: tuple[str, str]) -> dict[str, object]:
        return {one.question: one.value for one in told_by_office(table(*rows))}

    rows = ("Ref.", "ACF 07"), ("Date received", "1 March 2027"), ("Amount awarded", "£900")
    assert told(*rows) == {"Reference": "ACF 07", "Date received": "1 March 2027"}
    assert told(("Ref.", "Checked by Ann"), ("Date received", "Officer")) == {}

    found = parted(table(("Office use only: Ref", "LF/27/03"), NAME))

    assert [one.value for one in told_by_office(found.offices)] == ["LF/27/03"]
