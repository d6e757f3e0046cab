"""A panel book has the running order, a page for each application, and marks or a blank sheet."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.paper_writing import write_paper
from models.papers.panel_book import BookItem, BookMember, Judged, PanelBook
from models.papers.status import PaperStatus
from scoring.written.text import Refused
from tests.paper_text import pages_of

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)
HOSTILE = "=1+1 <b>Club</b> & Co"
ITEM = BookItem(
    number=1,
    reference="ACF-001",
    organisation=HOSTILE,
    project="Boxing",
    area="Coventry",
    asked_pence=450_000,
    minimum_pence=None,
    total_cost_pence=600_000,
    match_pence=0,
    people=60,
    each_pence=7_500,
    median_pence=6_250,
    start_on=None,
    end_on=None,
    away=("Ann Sample",),
    abstained=(),
    is_quorate=False,
    gates=(("Is it eligible?", "waived: umbrella body"),),
    before=("Active Citizens Fund, Spring, 2025/26: Gloves, £900.00 recommended",),
    texts=(("The need", "Why it is needed."),),
    lines=(),
)
BOOK = PanelBook(
    office="Example office",
    fund="Active Citizens Fund",
    round="Autumn",
    year="2026/27",
    area="",
    marking="OFFICIAL",
    scale_maximum=5,
    descriptors=((0, "Nothing: no answer"), (5, "Excellent: more than asked")),
    quorum=3,
    members=(
        BookMember("Ann Sample", "member", "", True, ("ACF-001",), ()),
        BookMember("Bo Sample", "chair", "Police", False, (), ()),
    ),
    markers=("Ann Sample", "Bo Sample"),
    criteria=(Judged("A1 Local need", "40", "who was asked"),),
    items=(ITEM,),
    has_marks=False,
)


def test_a_book_of_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="no application to discuss there: none came, or none"):
        replace(BOOK, items=())


@pytest.mark.parametrize("many", range(7, 11))
def test_no_page_of_a_sheet_that_is_handed_in_holds_another_application(tmp_path: Path, many: int) -> None:
    criteria = tuple(Judged(f"V{n} Measuring and reporting", "10", "figures") for n in range(1, many + 1))
    items = tuple(replace(ITEM, number=n, reference=f"ACF-{n:03}") for n in range(1, 4))
    book = replace(BOOK, criteria=criteria, items=items)

    pages = pages_of(write_paper("panel-book", book, STATUS, tmp_path / "book.pdf"))

    (first,) = (n for n, page in enumerate(pages) if "1. ACF-001" in page and "Contents" not in page)
    assert all(len(set(re.findall(r"ACF-\d+", page))) <= 1 for page in pages[first:])
