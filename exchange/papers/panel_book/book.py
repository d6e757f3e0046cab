"""The panel book as a paper: who sits, the running order, then a page or two for each application."""

from collections.abc import Iterator

from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Contents,
    Document,
    Heading,
    Look,
    NewPage,
    Pairs,
    Para,
    Table,
    Together,
)
from exchange.papers.marks_table import printed
from exchange.papers.panel_book.blank_sheet import blank_sheet
from exchange.papers.panel_book.item import item_blocks, opening, out_of_room
from exchange.papers.paper_words import pounds, said_rules, text_or_dash
from exchange.papers.prose import prose
from models.papers.minutes import sign_words
from models.papers.panel_book import BookMember, PanelBook
from models.papers.status import PaperStatus
from scoring.counted import counted, listed
from scoring.marks.meeting import counts_words
from scoring.written.names import round_names

PAGES_APART = (
    "This book has the pages of every application: take out those in which a member takes no part before it "
    "is given to them."
)
PANEL, ORDER, SCALE = OPENING = ("The panel", "Running order", "Criteria and scale")
"""The parts that come before the applications."""


def panel_book_document(book: PanelBook, status: PaperStatus) -> Document:
    """Return the book as a paper."""
    return prose(book, status, _blocks(book), (*round_names(book.fund, book.round, book.year), book.area))


def _blocks(book: PanelBook) -> Iterator[Block]:
    yield Heading("Contents")
    yield Contents((*OPENING, *map(opening, book.items)))
    yield NewPage()
    yield Heading(PANEL)
    yield from _meetings(book)
    yield _members(book)
    apart = any(member.aside for member in book.members)
    yield Para(f"Quorum: {book.quorum}.{f' {PAGES_APART}' if apart else ''}")
    if words := counts_words(book.combine):
        yield Para(words)
    yield Heading(ORDER)
    yield _running_order(book)
    yield from _not_in_it(book)
    yield from _scale(book)
    if words := sign_words({mark for item in book.items for mark in printed(item.lines)}):
        yield Para(words, Look.SMALL)
    for item in book.items:
        yield NewPage(is_firm=True)
        yield from item_blocks(book, item)
        if not book.has_marks:
            yield NewPage(is_firm=True)
            yield from blank_sheet(book, item)


def _meetings(book: PanelBook) -> Iterator[Block]:
    """Yield when and where the panel meets, an area a line where their days differ."""
    days: dict[str, list[str]] = {}
    for area, words in book.meets:
        days.setdefault(words, []).append(area)
    areas = {item.area for item in book.items}
    for words, of in days.items():
        where = "The meeting" if book.area or areas <= set(of) else listed(of)
        yield Para(f"{where}: {words}.", Look.STRONG)
    if not book.meets:
        yield Para("When and where the panel meets is not recorded yet.")


def _members(book: PanelBook) -> Table:
    columns = (
        Column("Member", 2),
        Column("Role", 1),
        Column("Organisation", 2),
        Column("Declared an interest in", 3),
    )
    rows = tuple((m.name, m.role, text_or_dash(m.organisation), _interest_words(m)) for m in book.members)
    return Table("", columns, rows)


def _interest_words(member: BookMember) -> str:
    if not member.has_declared:
        return "Not declared yet"
    abstains = f"abstains on {', '.join(member.abstained)}" if member.abstained else ""
    return "; ".join(part for part in (", ".join(member.aside), abstains) if part) or "None"


def _running_order(book: PanelBook) -> Table:
    columns = (
        Column("Item", 0.5, is_figure=True),
        Column("Reference", 1),
        Column("Organisation and project", 3.1),
        Column("Area", 1.7),
        Column("Asked", 1.1, is_figure=True),
        Column("Out of the room", 2),
    )
    rows = tuple(
        (
            str(item.number),
            item.reference,
            "\n".join(
                part for part in (item.organisation, item.project, "Late" if item.late else "") if part
            ),
            text_or_dash(item.area),
            pounds(item.asked_pence),
            out_of_room(item, book.quorum),
        )
        for item in book.items
    )
    return Table("", columns, rows)


def _not_in_it(book: PanelBook) -> Iterator[Block]:
    if book.left_out:
        said = Para(f"Not in this book, {counted(len(book.left_out), 'application')}:")
        yield Together((said, Bullets(tuple(f"{who}: {why}" for who, why in book.left_out))))


def _scale(book: PanelBook) -> Iterator[Block]:
    yield Heading(SCALE)
    has_least = any(book.minimums)
    least = (Column("Minimum", 0.7, is_figure=True),) if has_least else ()
    columns = (Column("Criterion", 2), Column("Weight", 0.6, is_figure=True), *least, Column("Looks for", 4))
    yield Table(
        "",
        columns,
        tuple(_criterion(book, number, has_least=has_least) for number in range(len(book.criteria))),
    )
    if book.descriptors:
        marks = tuple((str(mark), words) for mark, words in book.descriptors)
        yield Table("", (Column("Mark", 0.4), Column("Means", 6)), marks)
    if book.rules:
        yield Pairs(said_rules(book.rules))


def _criterion(book: PanelBook, number: int, *, has_least: bool) -> tuple[str, ...]:
    title, weight, guide = book.criteria[number]
    return (title, weight, *([book.minimums[number] or "–"] if has_least else []), text_or_dash(guide))
