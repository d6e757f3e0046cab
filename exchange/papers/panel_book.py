"""The panel book as a paper: who sits and in what order, then each application and a sheet to score it on."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from exchange.applications.gate_answers import said_no_to
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
from exchange.papers.paper_words import NONE_GIVEN, text_or_dash
from exchange.papers.paper_writing import prose
from exchange.papers.templates.blocks import filled
from models.papers.minutes import SIGNS, MinuteLine, sign_words
from models.papers.panel_book import PASSED, BookItem, PanelBook
from models.papers.status import PaperStatus
from scoring.marks.meeting import SETTLED_HEADS, Sign, counts_words
from scoring.money import column_money, in_one_form
from scoring.scheme import Combine
from scoring.written.names import round_names
from scoring.written.text import cut_to, first_of, with_capital

NO_MARK = SIGNS[Sign.NONE]


def marks_table(
    lines: Sequence[MinuteLine],
    members: Sequence[str],
    combine: Combine,
    *,
    most: int,
    share: float,
    caption: str = "",
) -> Table:
    """Return the table, without members who gave none of the marks, and without reasons where none is given.

    More members than `most` share one column, so that the reasons keep their room.
    """
    marked = who_marked(lines, members)
    members = [members[number] for number in marked]
    is_wide = len(members) > most
    columns = (
        Column("Criterion", 3.2),
        *(Column(name, 3 if is_wide else share) for name in (("Marks",) if is_wide else members)),
        Column("Spread", 0.8),
        Column(SETTLED_HEADS[combine], 1),
        Column("Reason" if combine is Combine.CONSENSUS else "Discussion", 6),
    )
    rows = tuple(_row(line, marked, is_wide=is_wide) for line in lines)
    if any(line.reason for line in lines):
        return Table(caption, columns, rows, is_close=True)
    return Table(caption, columns[:-1], tuple(row[:-1] for row in rows), is_close=True)


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


def printed(lines: Sequence[MinuteLine]) -> Iterator[str]:
    """Yield what stands in the cells of that table, nothing of an item that has none."""
    if is_marked(lines):
        yield from (line.agreed for line in lines)
        for own in zip(*(line.marks for line in lines), strict=True):
            yield from own if set(own) != {NO_MARK} else ()


def is_marked(lines: Sequence[MinuteLine]) -> bool:
    """Whether anything is to be told of these: a mark, an interest, or what was agreed."""
    return any(mark != NO_MARK for line in lines for mark in line.marks) or any(
        line.agreed != NONE_GIVEN for line in lines
    )


def _row(line: MinuteLine, marked: Sequence[int], *, is_wide: bool) -> tuple[str, ...]:
    given = tuple(line.marks[number] for number in marked)
    marks = (", ".join(given),) if is_wide else given
    return (line.criterion, *marks, line.spread, line.agreed, text_or_dash(line.reason))


LINES_AFTER = 6
"""How much of the marks stays with their heading."""
MOST_MARKERS = 7
"""More members than this share one column of marks, so that the reasons keep their room."""
LONGEST_TEXTS = 40_000
"""Most characters of an application's texts in the book, some ten pages of them."""
MOST_NAMED = 6
"""The applications with shortened texts that whoever exports the book is told of by name."""
_SENTENCE = re.compile(r"[.!?](?=\s)")
SHORTENED = "(Shortened here; the record has the whole text.)"
MOST_LINES, MOST_CRITERIA = 2, 7
"""So many lines for a reason where a page holds that, one where there are more criteria."""
LONGEST_NAME = 70
"""Of the name over a blank sheet, which keeps to one page; it stands whole over the application."""
HIGHEST_BOXED = 10
"""Above this scale a blank sheet has a line to write the mark on, not a box for each."""


def panel_book_document(book: PanelBook, status: PaperStatus) -> Document:
    return prose(book, status, _blocks(book), (*round_names(book.fund, book.round, book.year), book.area))


def _blocks(book: PanelBook) -> Iterator[Block]:
    criteria = tuple(_criteria(book))
    yield from filled("panel_book", _opening(book, criteria))
    for item in book.items:
        yield NewPage(is_firm=True)
        yield from filled("panel_book_item", _facts(book, item))
        yield from submitted_texts(item)
        if book.has_marks:
            yield from _marks(book, item)
        elif not item.is_over:
            yield NewPage(is_firm=True)
            yield from filled("score_sheet", _sheet(book, item, criteria))


class Judged(Struct, frozen=True):
    """A criterion as the book names it, with its least mark, "" for none."""

    title: str
    weight: str
    guidance: str
    minimum: str


class Running(Struct, frozen=True):
    """An item in the running order: what stands in its cell, and why it is not quorate, "" where it is."""

    item: BookItem
    named: str
    not_quorate: str


class Opening(Struct, frozen=True):
    """What the book opens with; `meetings` are (when and where, areas), no areas where all meet together."""

    book: PanelBook
    meetings: tuple[tuple[str, tuple[str, ...]], ...]
    is_apart: bool
    counts: str
    running: tuple[Running, ...]
    criteria: tuple[Judged, ...]
    has_minimums: bool
    signs: str


class ItemFacts(Struct, frozen=True):
    """What is told of one application; sums for each person helped stand in one form."""

    book: PanelBook
    item: BookItem
    has_areas: bool
    people: str
    each: str
    median: str
    not_quorate: str
    all_gates: str
    noes: tuple[str, ...]
    advice: str


class Sheet(Struct, frozen=True):
    """A sheet to score an application on by hand; `marks` are its boxes, none on a scale with too many."""

    book: PanelBook
    item: BookItem
    name: str
    criteria: tuple[Judged, ...]
    marks: tuple[int, ...]
    lines: int
    meets: str
    names: tuple[str, ...]


def _criteria(book: PanelBook) -> Iterator[Judged]:
    for number, one in enumerate(book.criteria):
        yield Judged(*one, book.minimums[number] if number < len(book.minimums) else "")


def _opening(book: PanelBook, criteria: tuple[Judged, ...]) -> Opening:
    return Opening(
        book=book,
        meetings=tuple(_meetings(book)),
        is_apart=any(member.aside for member in book.members),
        counts=counts_words(book.combine),
        running=tuple(Running(item, item.listed, _not_quorate(item, book.quorum)) for item in book.items),
        criteria=criteria,
        has_minimums=any(book.minimums),
        signs=sign_words({mark for item in book.items for mark in printed(item.lines)}),
    )


def _meetings(book: PanelBook) -> Iterator[tuple[str, tuple[str, ...]]]:
    days: dict[str, list[str]] = {}
    for area, words in book.meets:
        days.setdefault(words, []).append(area)
    areas = {item.area for item in book.items}
    for words, of in days.items():
        yield words, () if book.area or areas <= set(of) else tuple(of)


def _not_quorate(item: BookItem, quorum: int) -> str:
    """Return that too few are left to decide an item, "" where enough are."""
    if item.is_quorate:
        return ""
    waits = f": {item.undeclared} not declared" if item.undeclared and not item.is_over else ""
    if not waits and item.may_decide is not None:
        waits = f": {item.may_decide} of the {quorum} who are needed may decide it"
    return f"Not quorate{waits}"


def _facts(book: PanelBook, item: BookItem) -> ItemFacts:
    show = column_money((item.each_pence, item.median_pence), is_apart=True)
    return ItemFacts(
        book=book,
        item=item,
        has_areas=len({each.area for each in book.items}) > 1,
        people="" if item.people is None else f"{item.people:,}",
        each=show(item.each_pence),
        median="" if item.median_pence is None else show(item.median_pence),
        not_quorate=_not_quorate(item, book.quorum),
        all_gates=_of_all_gates(item),
        noes=(*item.noes, *said_no_to(book.asked, item.may_be_noes)),
        advice=" ".join(f"{asked} {with_capital(result.rstrip('.'))}." for asked, result in item.advice),
    )


def _sheet(book: PanelBook, item: BookItem, criteria: tuple[Judged, ...]) -> Sheet:
    return Sheet(
        book=book,
        item=item,
        name=cut_to(item.organisation, LONGEST_NAME),
        criteria=criteria,
        marks=tuple(range(book.scale_maximum + 1)) if book.scale_maximum <= HIGHEST_BOXED else (),
        lines=MOST_LINES if len(criteria) <= MOST_CRITERIA else 1,
        meets=dict(book.meets).get(item.area, ""),
        names=round_names(book.fund, book.round),
    )


def _of_all_gates(item: BookItem) -> str:
    """Return what came of every gate where it is the same, "" where each stands with its own result."""
    results = {result for _, result in item.gates}
    if len(item.gates) == 1 and not item.gates[0][0]:
        return in_one_form(with_capital(results.pop()))
    if len(item.gates) > 1 and len(results) == 1:
        return f"All {len(item.gates)} {results.pop()}"
    return PASSED.capitalize() if results == {PASSED} else ""


def _marks(book: PanelBook, item: BookItem) -> Iterator[Block]:
    """Yield the marks under the members' initials, with whose they are: the reasons have the room."""
    head = Heading("Marks", 2)
    if not is_marked(item.lines):
        yield from (head, Para("Nobody has marked it yet."))
        return
    short = initials(book.markers)
    key = key_of(book.markers, who_marked(item.lines, book.markers))
    yield Together((head, *map(Para, item.reopened), Para(key, Look.SMALL)), LINES_AFTER)
    yield marks_table(item.lines, short, book.combine, most=MOST_MARKERS, share=0.55)


def submitted_texts(item: BookItem) -> Iterator[Block]:
    """Yield the texts as submitted; where they are longer than the book holds, the longest end sooner.

    They end with a sentence, or else with a word.
    """
    most = _most(item)
    for heading, text in item.texts:
        yield Heading(heading, 2)
        yield Para(text if len(text) <= most else f"{_cut(text, most)} … {SHORTENED}")


def shortened_words(book: PanelBook) -> str:
    """Return of which applications the book does not have the whole texts, "" where it has all of them."""
    cut = [item.reference for item in book.items if any(len(text) > _most(item) for _, text in item.texts)]
    if not cut:
        return ""
    return (
        f"The book does not have the whole texts of {first_of(cut, MOST_NAMED)}: it prints {LONGEST_TEXTS:,} "
        "letters of an application. Members read the rest on Scoring, or in the form as it came."
    )


def _most(item: BookItem) -> int:
    """Return how many letters of each text of an application are printed at most."""
    lengths = [len(text) for _, text in item.texts]
    return _most_of_each(lengths) if sum(lengths) > LONGEST_TEXTS else LONGEST_TEXTS


def _most_of_each(lengths: Sequence[int]) -> int:
    """Return how long each text may be: the room that short ones leave is shared by the others."""
    left, most = LONGEST_TEXTS, LONGEST_TEXTS
    for waiting, length in zip(range(len(lengths), 0, -1), sorted(lengths), strict=True):
        most = left // waiting
        if length > most:
            break
        left -= length
    return most


def _cut(text: str, most: int) -> str:
    kept = text[:most]
    ends = [found.end() for found in _SENTENCE.finditer(kept)]
    return kept[: ends[-1]] if ends else kept.rpartition(" ")[0] or kept
