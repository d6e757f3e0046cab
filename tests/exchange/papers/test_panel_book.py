"""A panel book has the running order, a page for each application, and marks or a blank sheet."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from exchange.papers.panel_book import panel_book_document
from exchange.papers.paper_writing import write_paper
from models.papers.minutes import MinuteLine
from models.papers.panel_book import BookItem, BookMember, Judged, PanelBook
from models.papers.status import PaperStatus
from scoring.written.text import Refused
from tests.paper_text import pages_of, printed

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


def with_item(**changes: Any) -> PanelBook:
    """Return the book with other facts of its application."""
    return replace(BOOK, items=(replace(ITEM, **changes),))


def words_of(book: PanelBook, folder: Path) -> str:
    """Return the text of the written book with single spaces."""
    return printed(write_paper("panel-book", book, STATUS, folder / "book.pdf"))


def test_the_book_says_who_leaves_and_what_the_application_asks(tmp_path: Path) -> None:
    text = words_of(BOOK, tmp_path)

    for words in (
        "Bo Sample chair Police Not declared yet",
        "take out those in which a member takes no part before it is given to them",
        "Ann Sample Not quorate",
        "People helped 60, £75.00 asked for each (the round's median is £62.50)",
        *("Whole cost £6,000, no match funding", "Is it eligible? waived: umbrella body"),
        *("Gloves, £900.00 recommended", "Score sheet: ACF-001", "☐ 0 · ☐ 1 · ☐ 2 · ☐ 3 · ☐ 4 · ☐ 5"),
    ):
        assert words in text
    assert HOSTILE in text


def test_with_marks_there_is_no_blank_sheet_and_names_stay_apart(tmp_path: Path) -> None:
    lines = (MinuteLine("A1 Local need", ("4", "⊘"), "–", "4", "Clear figures."),)
    text = words_of(replace(with_item(lines=lines), has_marks=True), tmp_path)

    assert "Score sheet" not in text
    assert "A1 Local need 4 ⊘ – 4 Clear figures." in text
    assert text.count("⊘ declared an interest") == 1, "what the signs mean is told once"


def test_what_is_not_stated_says_so_and_a_no_stands_beside_the_gates(tmp_path: Path) -> None:
    bare = replace(ITEM, total_cost_pence=None, match_pence=None, people=None, noes=("Constitution",))
    late, early = date(2027, 3, 31), date(2027, 1, 4)
    items = (bare, replace(bare, end_on=late), replace(bare, start_on=early))
    items = (*items, replace(bare, start_on=early, end_on=late))

    text = words_of(replace(BOOK, items=items), tmp_path)

    for words in (
        "Whole cost not stated People helped not stated Runs not stated Out",
        "Runs until 31 March 2027, start not stated",
        "Runs from 4 January 2027, end not stated",
        "Runs 4 January 2027 to 31 March 2027",
        "Applicant said no to Constitution",
    ):
        assert words in text


def test_texts_of_many_pages_end_with_a_sentence_and_say_so_and_short_ones_stay_whole(tmp_path: Path) -> None:
    # of 40,000 letters, 5 and 9,000 stand whole, and 30,995 are left for sentences of 13
    told = ("The need", "We do kayak. " * 3_500), ("What", "word " * 1_800), ("Who", "short")

    text = words_of(with_item(texts=told), tmp_path)

    assert text.count("kayak.") == 30_995 // 13
    assert text.count("We do kayak. … (Shortened here; the record has the whole text.)") == 1
    assert text.count("word") == 1_800


def test_its_contents_lead_to_each_application_and_say_its_page(tmp_path: Path) -> None:
    path = write_paper("panel-book", BOOK, STATUS, tmp_path / "book.pdf")

    text, begins, *_ = pages_of(path)
    # three parts of the book and one application, which begins on page 2, after the page of those
    assert path.read_bytes().count(b"/Subtype /Link") == 4
    for words in ("The panel", "Running order", "Criteria and scale", f"1. ACF-001 {HOSTILE}"):
        assert words in text
    assert "1. ACF-001" in begins
    assert text.endswith(" 1 1 1 2")


def test_a_book_of_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="no application to discuss there: none came, or none"):
        replace(BOOK, items=())


def test_an_item_without_a_quorum_says_how_many_are_to_declare(tmp_path: Path) -> None:
    assert "Ann Sample Not quorate: 2 not declared" in words_of(with_item(undeclared=2), tmp_path)
    known = words_of(with_item(may_decide=2), tmp_path)
    assert "Ann Sample Not quorate: 2 of the 3 who are needed may decide it" in known


@pytest.mark.parametrize("many", range(7, 11))
def test_no_page_of_a_sheet_that_is_handed_in_holds_another_application(tmp_path: Path, many: int) -> None:
    criteria = tuple(Judged(f"V{n} Measuring and reporting", "10", "figures") for n in range(1, many + 1))
    items = tuple(replace(ITEM, number=n, reference=f"ACF-{n:03}") for n in range(1, 4))
    book = replace(BOOK, criteria=criteria, items=items)

    pages = pages_of(write_paper("panel-book", book, STATUS, tmp_path / "book.pdf"))

    (first,) = (n for n, page in enumerate(pages) if "1. ACF-001" in page and "Contents" not in page)
    assert all(len(set(re.findall(r"ACF-\d+", page))) <= 1 for page in pages[first:])


def test_once_the_panel_has_met_nothing_is_said_of_before_it(tmp_path: Path) -> None:
    over, open_ = replace(ITEM, is_over=True, undeclared=2), replace(ITEM, number=2, reference="ACF-002")

    text = words_of(replace(BOOK, items=(over,)), tmp_path)
    before = "Score sheet", "before the panel", "not declared", " yet"
    assert [words for words in before if words in text] == []
    assert "When and where the panel met is not recorded." in text
    both = words_of(replace(BOOK, items=(over, open_)), tmp_path)
    assert "Score sheet: ACF-002" in both
    assert "Score sheet: ACF-001" not in both


@pytest.mark.parametrize(
    "words", ["# Head", "| a | b", ":: new page", "{{ 7 * 7 }} {% if x %}", "R&D <12", "1. x"]
)
def test_no_words_in_it_become_a_block_and_all_are_read_back(tmp_path: Path, words: str) -> None:
    plain = replace(
        ITEM, organisation="x", late="x", gates=(("x", "y"),), before=("x",), advice=(("x", "y"),)
    )
    told = replace(
        plain,
        organisation=words,
        project=words,
        away=(words,),
        late=words,
        asked_was=words,
        abstained=(words,),
        gates=((words, words),),
        before=(words,),
        noes=(words,),
        advice=((words, words),),
    )
    members = (replace(BOOK.members[0], name=words, organisation=words), *BOOK.members[1:])
    books = (
        replace(BOOK, items=(plain,)),
        replace(
            BOOK,
            items=(told,),
            members=members,
            left_out=((words, words),),
            criteria=(Judged(words, "5", words),),
        ),
    )

    clean, hostile = (panel_book_document(book, STATUS).blocks for book in books)

    kinds = [type(block) for block in hostile if "Not in this book" not in str(block)]
    assert kinds == [type(block) for block in clean]
    text = words_of(books[1], tmp_path)
    assert text.count(words) >= 18
