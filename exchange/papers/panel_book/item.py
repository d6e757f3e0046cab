"""One application in the panel book: what it asks, what it says, and the marks where they are printed."""

from collections.abc import Iterator

from exchange.applications.likely.gate_answers import said_no_to
from exchange.papers.document.values import (
    Block,
    Bullets,
    Column,
    Heading,
    Look,
    Pairs,
    Para,
    Table,
    Together,
)
from exchange.papers.marks_table import initials, is_marked, key_of, marks_table, who_marked
from exchange.papers.panel_book.texts import submitted_texts
from exchange.papers.paper_words import NONE_GIVEN, day_in_full, pounds, text_or_dash
from models.papers.panel_book import PASSED, BookItem, PanelBook
from scoring.money import column_money, in_one_form
from scoring.written.text import with_capital

LINES_AFTER = 6
"""How much of the marks stays with their heading."""
MOST_MARKERS = 7
"""More members than this share one column of marks, so that the reasons keep their room."""
BARS_NOBODY = "Nobody is turned down for it."


def item_blocks(book: PanelBook, item: BookItem) -> Iterator[Block]:
    """Yield an application's own pages, with the marks where the book has them."""
    yield Heading(opening(item))
    if item.project:
        yield Para(item.project, Look.LEAD)
    yield Pairs(tuple(_facts(item, book)))
    if item.gates and not _of_all_gates(item):
        yield Table("Gates", (Column("Question", 4), Column("Result", 2)), item.gates)
    if item.before:
        yield Heading("Earlier applications", 2)
        yield Bullets(item.before)
    yield from submitted_texts(item)
    if book.has_marks:
        yield from _marks(book, item)


def opening(item: BookItem) -> str:
    """Return the heading of an application, by which the contents find it."""
    return f"{item.number}. {item.reference} {item.organisation}"


def _facts(item: BookItem, book: PanelBook) -> Iterator[tuple[str, str]]:
    yield "Area", text_or_dash(item.area)
    least = "" if item.minimum_pence is None else f" (no less than {pounds(item.minimum_pence)})"
    was = f", {item.asked_was}" if item.asked_was else ""
    yield "Asked", f"{pounds(item.asked_pence)}{was}{least}"
    matched = "" if item.match_pence is None else f", {_matched(item.match_pence)}"
    whole = book.unsaid if item.total_cost_pence is None else pounds(item.total_cost_pence)
    yield "Whole cost", f"{whole}{matched}"
    show = column_money((item.each_pence, item.median_pence), is_apart=True)
    median = "" if item.median_pence is None else f" (the round's median is {show(item.median_pence)})"
    each = "" if item.people is None else f", {show(item.each_pence)} asked for each{median}"
    yield "People helped", f"{book.unsaid if item.people is None else f'{item.people:,}'}{each}"
    yield "Runs", _runs(item, book.unsaid)
    if item.late:
        yield "Late", f"{item.late[:1].upper()}{item.late[1:]}"
    yield "Out of the room", out_of_room(item, book.quorum).replace("\n", ". ")
    if item.abstained:
        yield "Abstains", ", ".join(item.abstained)
    if of_all := _of_all_gates(item):
        yield "Gates", of_all
    if noes := (*item.noes, *said_no_to(book.asked, item.may_be_noes)):
        yield "Applicant said no to", ", ".join(noes)
    if item.advice:
        said = " ".join(f"{asked} {with_capital(result.rstrip('.'))}." for asked, result in item.advice)
        yield "Asked besides", in_one_form(f"{said} {BARS_NOBODY}")


def _runs(item: BookItem, unsaid: str) -> str:
    """Return from when to when a project runs; what was issued with a dash has one for each day."""
    if unsaid == NONE_GIVEN or (item.start_on and item.end_on):
        return f"{day_in_full(item.start_on)} to {day_in_full(item.end_on)}"
    start = f"from {day_in_full(item.start_on)}, end {unsaid}" if item.start_on else ""
    return start or (f"until {day_in_full(item.end_on)}, start {unsaid}" if item.end_on else unsaid)


def _matched(pence: int) -> str:
    return f"match funding {pounds(pence)}" if pence else "no match funding"


def _of_all_gates(item: BookItem) -> str:
    """Return what came of every gate where it is the same, "" where each stands with its own result."""
    results = {result for _, result in item.gates}
    if len(item.gates) == 1 and not item.gates[0][0]:
        return in_one_form(with_capital(results.pop()))
    if len(item.gates) > 1 and len(results) == 1:
        return f"All {len(item.gates)} {results.pop()}"
    return PASSED.capitalize() if results == {PASSED} else ""


def out_of_room(item: BookItem, quorum: int) -> str:
    """Return who leaves the room for an application, and beneath it that too few are left to decide it."""
    words = ", ".join(item.away) or "Nobody"
    if item.is_quorate:
        return words
    waits = f": {item.undeclared} not declared" if item.undeclared else ""
    if not waits and item.may_decide is not None:
        waits = f": {item.may_decide} of the {quorum} who are needed may decide it"
    return f"{words}\nNot quorate{waits}"


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
