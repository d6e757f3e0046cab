"""The panel book as a paper: who sits and in what order, then each application and a sheet to score it on."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from exchange.papers.document.values import (
    Block,
    Column,
    Document,
    Heading,
    Look,
    NewPage,
    Para,
    Table,
    Together,
)
from exchange.papers.paper_writing import prose
from exchange.papers.templates.blocks import filled
from models.papers.minutes import MinuteLine
from models.papers.panel_book import NO_MARK, BookItem, PanelBook
from models.papers.paper_words import text_or_dash
from models.papers.status import PaperStatus
from scoring.marks.meeting import SETTLED_HEADS
from scoring.scheme import Combine
from scoring.written.names import round_names
from scoring.written.text import first_of


def initials(names: Sequence[str]) -> tuple[str, ...]:
    """Return the members' initials, numbered where two have the same, whatever tells their names apart."""
    parts = [[part for part in name.split() if not part.startswith("(")] for name in names]
    found = ["".join(part[0].upper() for part in of) or name for of, name in zip(parts, names, strict=True)]
    return tuple(
        f"{one}{found[: at + 1].count(one)}" if found.count(one) > 1 else one for at, one in enumerate(found)
    )


def key_of(members: Sequence[str], shown: Sequence[int]) -> str:
    """Return whose the initials are, of the members shown by where they stand among all."""
    short = initials(members)
    return " · ".join(f"{short[number]} {members[number]}" for number in shown)


def who_marked(lines: Sequence[MinuteLine], members: Sequence[str]) -> list[int]:
    """Return which members gave any of the marks, by where they stand among the members."""
    return [number for number in range(len(members)) if any(line.marks[number] != NO_MARK for line in lines)]


LINES_AFTER = 6
"""How much of the marks stays with their heading."""
MOST_MARKERS = 7
"""More members than this share one column of marks, so that the reasons keep their room."""
LONGEST_TEXT = 10_000
"""Most characters of a text in the book, more than two pages of it."""
MOST_NAMED = 6
"""The applications with shortened texts that whoever exports the book is told of by name."""
_SENTENCE = re.compile(r"[.!?](?=\s)")
SHORTENED = "(Shortened here; the record has the whole text.)"


def panel_book_document(book: PanelBook, status: PaperStatus) -> Document:
    return prose(book, status, _blocks(book), (*round_names(book.fund, book.round, book.year), book.area))


def _blocks(book: PanelBook) -> Iterator[Block]:
    yield from filled("panel_book", book)
    for item in book.items:
        told = ItemFacts(book, item)
        yield NewPage(is_firm=True)
        yield from filled("panel_book_item", told)
        yield from submitted_texts(item)
        if book.has_marks:
            yield from _marks(book, item)
        elif not item.is_over:
            yield NewPage(is_firm=True)
            yield from filled("score_sheet", told)


class ItemFacts(Struct, frozen=True):
    """What is told of one application, also on the sheet to score it on by hand."""

    book: PanelBook
    item: BookItem


def _marks(book: PanelBook, item: BookItem) -> Iterator[Block]:
    """Yield the marks under the members' initials, with whose they are: the reasons have the room.

    Members who gave none of them are left out, and so are reasons where none is given.
    """
    head, lines, marked = Heading("Marks", 2), item.lines, who_marked(item.lines, book.markers)
    if not item.is_marked:
        yield from (head, Para("Nobody has marked it yet."))
        return
    key = Para(key_of(book.markers, marked), Look.SMALL)
    yield Together((head, *map(Para, item.reopened), key), LINES_AFTER)
    short = initials(book.markers)
    columns = [Column("Criterion", 3.2), *(Column(short[number], 0.55) for number in marked)]
    if len(marked) > MOST_MARKERS:
        columns[1:] = [Column("Marks", 3)]
    columns += [Column("Spread", 0.8), Column(SETTLED_HEADS[book.combine], 1)]
    has_reasons = any(line.reason for line in lines)
    if has_reasons:
        columns.append(Column("Reason" if book.combine is Combine.CONSENSUS else "Discussion", 6))
    rows = []
    for line in lines:
        given = [line.marks[number] for number in marked]
        marks = [", ".join(given)] if len(marked) > MOST_MARKERS else given
        why = [text_or_dash(line.reason)] if has_reasons else []
        rows.append((line.criterion, *marks, line.spread, line.agreed, *why))
    yield Table("", tuple(columns), tuple(rows), is_close=True)


def submitted_texts(item: BookItem) -> Iterator[Block]:
    """Yield the texts as submitted; one that is longer than the book holds ends with a sentence or a word."""
    for heading, text in item.texts:
        yield Heading(heading, 2)
        yield Para(text if len(text) <= LONGEST_TEXT else f"{_cut(text)} … {SHORTENED}")


def shortened_words(book: PanelBook) -> str:
    """Return of which applications the book does not have the whole texts, "" where it has all of them."""
    cut = [item.reference for item in book.items if any(len(text) > LONGEST_TEXT for _, text in item.texts)]
    if not cut:
        return ""
    return (
        f"The book does not have the whole texts of {first_of(cut, MOST_NAMED)}: it prints {LONGEST_TEXT:,} "
        "letters of each. Members read the rest on Scoring, or in the form as it came."
    )


def _cut(text: str) -> str:
    kept = text[:LONGEST_TEXT]
    ends = [found.end() for found in _SENTENCE.finditer(kept)]
    return kept[: ends[-1]] if ends else kept.rpartition(" ")[0] or kept
