"""A heading stands with what it is of, and what signs a paper with the end of what it signs."""

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Look,
    Para,
    Signature,
    Table,
    Together,
)
from tests.exchange.papers.document.papers import allocations

SIGNING = Together((Para("The figures agree."), Signature("Chief executive"), Signature("Treasurer")))
MADE_AT = datetime(2026, 11, 24, tzinfo=UTC)


def pages_of(path: Path, *blocks: Block) -> list[str]:
    values = Document("Return", blocks, MADE_AT, is_landscape=True)
    with pypdfium2.PdfDocument(write_document_pdf(values, path)) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("rows", [6, *range(14, 50, 3), 400])
def test_the_last_rows_of_a_table_stand_above_those_who_sign(tmp_path: Path, rows: int) -> None:
    pages = pages_of(tmp_path / "r.pdf", Para("Told."), Heading("Providers"), allocations(rows), SIGNING)

    whole = "".join(pages)
    assert [whole.count(f"Service {number} ") for number in range(1, rows + 1)] == [1] * rows
    assert "Total" in pages[-1]
    assert f"Service {rows} " in pages[-1]
    assert pages[-1].count("Signature") == 2
    assert all("Crime type" in page for page in pages if "Service" in page)


@pytest.mark.parametrize("rows", [5, 12, *range(13, 46), 400])
@pytest.mark.parametrize("is_led", [True, False])
def test_the_sum_of_a_table_stands_below_its_last_rows(tmp_path: Path, rows: int, *, is_led: bool) -> None:
    listed = allocations(rows)
    table = Together((listed,)) if is_led and rows < 13 else listed
    below = Para("Dudley: £130 is recommended for 13 applications.", Look.STRONG)
    follows = (Heading("Walsall"), allocations(4)) if is_led else (allocations(4),)

    pages = pages_of(tmp_path / "s.pdf", Para("Told."), table, below, *follows)

    (page,) = (page for page in pages if "Dudley: £130" in page)
    assert page.index(f"Service {rows} ") < page.index("Dudley: £130")
    assert page.index(f"Service {rows - 1} ") < page.index("Dudley: £130")


@pytest.mark.parametrize("lines", range(12, 30, 3))
def test_a_short_table_and_a_last_sentence_stand_with_those_who_sign(tmp_path: Path, lines: int) -> None:
    above = [Para(f"Line {number}.") for number in range(lines)]
    sign = Together((Signature("Chair"),))

    by_table = pages_of(tmp_path / "t.pdf", *above, Heading("Providers"), allocations(5), SIGNING)
    by_words = pages_of(tmp_path / "w.pdf", *above, Para("And so it ends."), sign)

    assert "Service 5" in by_table[-1]
    assert "And so it ends." in by_words[-1]
    assert "Signature" in by_words[-1]


def test_those_who_sign_first_go_to_the_next_page_without_whoever_decides(tmp_path: Path) -> None:
    above = [Para(f"Line {number}.") for number in range(12)]
    decider = Together((Para("Interests disclosed:"), Signature("Chief Executive")))
    first = Together((Heading("To be signed first", 2), *(Signature(f"Commander {n}") for n in range(1, 9))))

    pages = pages_of(tmp_path / "n.pdf", *above, decider, first, Para("Advice."))

    assert "Chief Executive" in pages[0]
    assert "Interests disclosed" in pages[0]
    assert all(f"Commander {n}" in pages[1] for n in range(1, 9))


@pytest.mark.parametrize("lines", range(8, 20, 2))
def test_a_section_that_ends_with_room_to_sign_parts_no_table(tmp_path: Path, lines: int) -> None:
    above = [Para(f"Line {number}.") for number in range(lines)]
    record = Together((Heading("The record"), Para("Nobody confirmed it."), Signature("Chair")))

    pages = pages_of(tmp_path / "s.pdf", *above, Heading("Providers"), allocations(5), record)

    assert sum("Crime type" in page for page in pages) == 1
    assert ["The record" in page for page in pages] == ["Chair" in page for page in pages]


@pytest.mark.parametrize("lines", range(12, 20))
def test_lines_to_sign_without_words_of_their_own_stay_together(tmp_path: Path, lines: int) -> None:
    above = [Para(f"Line {number}.") for number in range(lines)]

    pages = pages_of(tmp_path / "m.pdf", *above, Signature("Chair"), Signature("Note taker"))

    assert [("Chair" in page) == ("Note taker" in page) for page in pages] == [True] * len(pages)


LONG = "The grant becomes smaller, and what it is for becomes more, as was asked on the telephone. " * 9
BELOW = (
    ("Using the grant", (Heading("Using the grant", 2), Para("You use it for this."))),
    ("Using the grant", (Heading("Using the grant", 2), Bullets((LONG,)))),
    ("The grant becomes", (Bullets((LONG,)),)),
    ("The grant becomes", (Bullets((LONG, "And two.")),)),
)


@pytest.mark.parametrize("lines", range(20, 29))
@pytest.mark.parametrize(("first", "below"), BELOW)
def test_no_heading_ends_a_page_whatever_follows_it(
    tmp_path: Path, lines: int, first: str, below: tuple[Block, ...]
) -> None:
    above = [Para(f"Line {number}.") for number in range(lines)]

    pages = pages_of(tmp_path / "h.pdf", *above, Heading("Terms"), *below)

    (headed,) = (page for page in pages if "Terms" in page)
    assert first in headed


@pytest.mark.parametrize("lines", range(14, 29))
@pytest.mark.parametrize("height", [1, 2, 4])
@pytest.mark.parametrize("caption", ["", "Farley"])
def test_no_heading_ends_a_page_whose_table_begins_on_the_next(
    tmp_path: Path, lines: int, height: int, caption: str
) -> None:
    above = [Para(f"Line {number}.") for number in range(lines)]
    columns = (Column("Item", 1), Column("Result", 5))
    rows = tuple((f"First {n}" if n == 1 else str(n), LONG[: 150 * height]) for n in range(1, 21))
    table = Table(caption, columns, rows, is_close=True)
    below = Para("Farley: £8,000 is recommended.", Look.STRONG)

    pages = pages_of(tmp_path / "t.pdf", *above, Together((Heading("Advice"),), 5), table, below)

    (headed,) = (page for page in pages if "Advice" in page)
    assert "First 1" in headed
    assert caption in headed


@pytest.mark.parametrize("times", range(3, 9))
@pytest.mark.parametrize("lines", [3, 9, 15])
def test_a_point_of_most_of_a_page_begins_below_its_heading(tmp_path: Path, lines: int, times: int) -> None:
    above = [Para(f"Line {number}.") for number in range(lines)]

    pages = pages_of(tmp_path / "h.pdf", *above, Heading("What changed"), Bullets((LONG * times,)))

    (headed,) = (page for page in pages if "What changed" in page)
    assert "The grant becomes" in headed
