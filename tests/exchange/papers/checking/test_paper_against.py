"""An issued paper beside its values written again: where its pages end says nothing, all else does."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exchange.papers.checking import paper_against
from exchange.papers.checking.paper_against import compared
from exchange.papers.paper_reading import Printed, read_paper
from exchange.papers.paper_writing import write_paper
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
