"""A paper beside the one that was issued: where its pages end says nothing, what it says and hides does."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from exchange.papers.non_text import NonText
from exchange.papers.paper_check import compared
from exchange.papers.paper_reading import NO_VALUE, Printed
from exchange.papers.schedule.schedule_sheets import BESIDE_THE_LIST


def pages(*said: tuple[str, ...], marking: str = "OFFICIAL") -> tuple[tuple[str, str], ...]:
    """Return the lines of some pages, each with its marking and its number."""
    return tuple(
        (f"page {number}", line)
        for number, lines in enumerate(said, 1)
        for line in (marking, *lines, f"Page {number} of {len(said)}")
    )


def printed(*places: tuple[str, str], ending: str = ".pdf") -> Printed:
    made = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
    return Printed(f"paper{ending}", ending, ending in (".pdf", ".docx"), places, frozenset(), made)


ISSUED = printed(*pages(("£5 to A",), ("£6 to B",), ("£7 to C",)))


def test_the_same_words_on_other_pages_are_no_difference() -> None:
    assert compared(printed(*pages(("£5 to A", "£6 to B"), ("£7 to C",))), ISSUED) == ()


@pytest.mark.parametrize(
    "places",
    [
        pages(("£5 to A", "£7 to B"), ("£6 to C",)),
        pages(("£5 to A",), ("£7 to C",)),
        pages(("£5 to A", "£6 to B"), ("£7 to C",), marking="PUBLIC"),
    ],
)
def test_other_words_their_order_and_what_each_page_says_are(places: tuple[tuple[str, str], ...]) -> None:
    assert compared(printed(*places), ISSUED)


def test_what_is_hidden_or_added_is_told_and_what_was_there_is_not() -> None:
    own, seal = NonText("page 1", "a link to x"), NonText("page 2", "words that cannot be seen “£6”")
    issued = replace(ISSUED, non_text=(own,))

    (found,) = compared(replace(ISSUED, non_text=(own, seal)), issued)

    assert found.words == "page 2: “words that cannot be seen “£6”” on the paper, nothing in the record."
    assert compared(ISSUED, issued) == ()


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        ((("List, A2", "3"), ("List, B2", "2500")), ("List, A2", "List, B2")),
        ((("List, A2", "32"),), ("List, B2",)),
        ((("List, A2", "32"), ("List, B2", "500"), ("List, C2", "x")), ("List, C2",)),
        ((("List, A2", "32"), ("List, B2", NO_VALUE)), ()),
    ],
)
def test_each_cell_counts(cells: tuple[tuple[str, str], ...], places: tuple[str, ...]) -> None:
    issued = printed(("List, A2", "32"), ("List, B2", "500"), ending=".xlsx")

    assert tuple(one.where for one in compared(printed(*cells, ending=".xlsx"), issued)) == places


def test_how_sure_a_list_is_stands_behind_it_and_was_never_issued() -> None:
    beside = (("page 4", "How sure"), ("page 4", BESIDE_THE_LIST), ("page 5", "The rest of it"))

    assert compared(replace(ISSUED, places=(*ISSUED.places, *beside)), ISSUED) == ()
    assert compared(replace(ISSUED, places=(*ISSUED.places, beside[0])), ISSUED)
