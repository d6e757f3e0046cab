"""An issued paper beside its values written again: where its pages end says nothing, all else does."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.checking import paper_against
from exchange.papers.checking.layout_sums import otherwise_laid_out, part_sums
from exchange.papers.checking.non_text_part import NonText
from exchange.papers.checking.paper_against import compared
from exchange.papers.paper_reading import Printed, read_paper
from exchange.papers.paper_writing import write_paper
from exchange.papers.schedule.schedule_words import BESIDE_THE_LIST
from models.papers.status import PaperStatus
from tests.exchange.papers.test_minutes import values

STATUS = PaperStatus(datetime(2026, 12, 2, 9, 30, tzinfo=UTC), "ab" * 32)


def pages(*said: tuple[str, ...], marking: str = "OFFICIAL") -> tuple[tuple[str, str], ...]:
    """Return the lines of some pages, each with its marking and its number."""
    return tuple(
        (f"page {number}", line)
        for number, lines in enumerate(said, 1)
        for line in (marking, *lines, f"Page {number} of {len(said)}")
    )


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Printed:
    """A paper of two pages, which written again has three."""
    read = read_paper(write_paper("minutes", values(), STATUS, tmp_path / "m.pdf"))
    written = replace(read, places=pages(("£5 to A",), ("£6 to B",), ("£7 to C",)))
    monkeypatch.setattr(paper_against, "_written", lambda *given: written)
    return replace(read, places=pages(("£5 to A", "£6 to B"), ("£7 to C",)))


def test_the_same_words_on_other_pages_are_no_difference(printed: Printed) -> None:
    assert compared(printed, "minutes", values(), STATUS).differences == ()


@pytest.mark.parametrize(
    "places",
    [
        pages(("£5 to A", "£7 to B"), ("£6 to C",)),
        pages(("£5 to A",), ("£7 to C",)),
        pages(("£5 to A", "£6 to B"), ("£7 to C",), marking="PUBLIC"),
    ],
)
def test_other_words_their_order_and_what_each_page_says_are(
    printed: Printed, places: tuple[tuple[str, str], ...]
) -> None:
    assert compared(replace(printed, places=places), "minutes", values(), STATUS).differences


def test_a_page_that_says_the_same_and_looks_otherwise_is_told(printed: Printed) -> None:
    painted = replace(printed, non_text=(*printed.non_text, NonText("page 1", "ab12", is_appearance=True)))

    (found,) = compared(painted, "minutes", values(), STATUS).differences

    assert found.words.startswith("page 1: something here is not as it was issued")


def earlier(printed: Printed, heading: str, picture: str = "a logo") -> Printed:
    """Return the paper as another build laid it out, under another heading."""
    places = tuple((where, words.replace("OFFICIAL", heading)) for where, words in printed.places)
    look = NonText("page 1", picture, is_appearance=True)
    return replace(printed, places=places, non_text=(look,), layout="Grant Panel 0.0.9")


@pytest.mark.parametrize(
    ("heading", "picture", "is_so"),
    [
        ("OFFICIAL-SENSITIVE", "a logo", True),
        ("Agreed by all", "a logo", False),
        ("OFFICIAL-SENSITIVE", "over £5", False),
        ("OFFICIAL", "over £5", False),
    ],
)
def test_what_another_build_laid_out_is_as_its_issue_kept_it(
    printed: Printed, heading: str, picture: str, *, is_so: bool
) -> None:
    kept = json.dumps({".pdf": part_sums(earlier(printed, "OFFICIAL-SENSITIVE"))})
    paper = earlier(printed, heading, picture)

    found = compared(paper, "minutes", values(), STATUS, kept)

    assert bool(found.differences) is not is_so
    assert not found.is_of_values


def test_what_another_build_laid_out_before_layouts_were_kept_is_compared_by_its_values(
    printed: Printed,
) -> None:
    found = compared(earlier(printed, "OFFICIAL", "a box"), "minutes", values(), STATUS)
    reworded = compared(earlier(printed, "Agreed by all"), "minutes", values(), STATUS)

    assert (found.differences, reworded.is_of_values) == ((), True)


def test_when_a_copy_was_made_and_its_page_numbers_are_no_part_of_a_layout(printed: Printed) -> None:
    made = [("page 1", "Generated 2 Dec 2026, 09:30 UTC. Journal head row 5."), ("page 1", "Page 1 of 2")]
    later = [(where, words.replace("2 Dec", "13 Dec").replace("of 2", "of 3")) for where, words in made]

    sums = [part_sums(replace(printed, places=tuple(places), non_text=())) for places in (made, later)]

    assert sums[0] == sums[1] != {}


def test_plain_data_keeps_its_headings(printed: Printed) -> None:
    listed = replace(printed, ending=".csv", layout="Reference Amount")

    assert list(part_sums(listed)) == ["the headings"]
    assert part_sums(listed) != part_sums(replace(listed, layout="Reference Requested"))


def test_data_under_the_headings_of_another_build_is_compared_as_values(
    printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, places = replace(printed, ending=".csv", is_running=False, layout="Reference Sum"), printed.places
    written = replace(
        kept, layout="Reference Amount", places=(*places, ("B1", "Amount"), ("B2", "£4,500.00"))
    )
    monkeypatch.setattr(paper_against, "_written", lambda *given: written)
    sums = json.dumps({".csv": part_sums(kept)})

    for amount, is_so in (("£4,500.00", True), ("£9,500.00", False)):
        paper = replace(kept, places=(*places, ("B1", "Sum"), ("B2", amount)))
        found = compared(paper, "minutes", values(), STATUS, sums)
        assert (not found.differences, found.is_of_values) == (is_so, True)


@pytest.mark.parametrize(
    ("cell", "other", "forged"),
    [
        (("List, A2", "3"), ("List, B2", "2500"), (("List, A2", "32"), ("List, B2", "500"))),
        (("List, A2", "x"), ("List, B2", "-500"), (("List, A2", "x"), ("List, B2", "500"))),
        (("Meta, A2", "x"), ("Meta, B2", "2026-12-02"), (("Meta, A2", "y"), ("Meta, B2", "2026-12-02"))),
        (
            ("Record, A1", "Generated"),
            ("Record, B1", "2 Dec 2026, 09:30 UTC"),
            (("Record, A1", "Generated"), ("Record, B1", "by hand")),
        ),
    ],
)
def test_each_cell_counts_in_a_workbooks_sums(
    printed: Printed, cell: tuple[str, str], other: tuple[str, str], forged: tuple[tuple[str, str], ...]
) -> None:
    book = replace(printed, ending=".xlsx", is_running=False, places=(cell, other))
    day = other[1].replace("2026-12-02", "2026-12-03").replace("2 Dec 2026, 09:30", "13 Dec 2026, 17:05")
    later = replace(book, places=(cell, (other[0], day)))

    assert part_sums(book) == part_sums(later)
    assert part_sums(book) != part_sums(replace(book, places=forged))


def test_how_sure_a_list_is_stands_behind_it_and_was_never_issued(printed: Printed) -> None:
    kept = json.dumps({".pdf": part_sums(printed)})
    beside = (("page 3", "How sure"), ("page 3", BESIDE_THE_LIST), ("page 4", "The rest of it"))
    sure = replace(printed, places=(*printed.places, *beside))

    assert otherwise_laid_out(sure, kept) == ()
    assert otherwise_laid_out(replace(printed, places=(*printed.places, beside[0])), kept) == ("page 3",)
