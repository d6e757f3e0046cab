"""The panel book as a paper: who sits and in what order, then each application and a sheet to score it on."""

import re
from collections.abc import Iterator, Sequence

from exchange.applications.gate_answers import said_no_to
from exchange.papers.document.values import (
    BlankLines,
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
from exchange.papers.marks_table import initials, is_marked, key_of, marks_table, printed, who_marked
from exchange.papers.paper_words import NONE_GIVEN, day_in_full, pounds, said_rules, text_or_dash
from exchange.papers.prose import prose
from models.papers.minutes import sign_words
from models.papers.panel_book import PASSED, BookItem, BookMember, PanelBook
from models.papers.status import PaperStatus
from scoring.counted import counted, first_of, listed
from scoring.marks.meeting import counts_words
from scoring.money import column_money, in_one_form
from scoring.written.names import round_names
from scoring.written.text import cut_to, with_capital

PAGES_APART = (
    "This book has the pages of every application: take out those in which a member takes no part before it "
    "is given to them."
)
PANEL, ORDER, SCALE = OPENING = ("The panel", "Running order", "Criteria and scale")
"""The parts that come before the applications."""
LINES_AFTER = 6
"""How much of the marks stays with their heading."""
MOST_MARKERS = 7
"""More members than this share one column of marks, so that the reasons keep their room."""
BARS_NOBODY = "Nobody is turned down for it."
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
HAND_IN = "Hand this sheet to the office before the panel meets"
HIGHEST_BOXED = 10
"""Above this scale a blank sheet has a line to write the mark on, not a box for each."""


def panel_book_document(book: PanelBook, status: PaperStatus) -> Document:
    """Return the book as a paper."""
    return prose(book, status, _blocks(book), (*round_names(book.fund, book.round, book.year), book.area))


def _blocks(book: PanelBook) -> Iterator[Block]:
    yield Heading("Contents")
    yield Contents((*OPENING, *map(opening, book.items)))
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
        if not (book.has_marks or item.is_over):
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
        met = "met is not recorded" if book.is_over else "meets is not recorded yet"
        yield Para(f"When and where the panel {met}.")


def _members(book: PanelBook) -> Table:
    columns = (
        Column("Member", 2),
        Column("Role", 1),
        Column("Organisation", 2),
        Column("Declared an interest in", 3),
    )
    undeclared = "Not declared" if book.is_over else "Not declared yet"
    rows = tuple(
        (m.name, m.role, text_or_dash(m.organisation), _interest_words(m) if m.has_declared else undeclared)
        for m in book.members
    )
    return Table("", columns, rows)


def _interest_words(member: BookMember) -> str:
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
    if len({each.area for each in book.items}) > 1:
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
    if item.away or not item.is_quorate:
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
    waits = f": {item.undeclared} not declared" if item.undeclared and not item.is_over else ""
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


def blank_sheet(book: PanelBook, item: BookItem) -> Iterator[Block]:
    """Yield a sheet to score an application on by hand."""
    yield Heading(f"Score sheet: {item.reference} {cut_to(item.organisation, LONGEST_NAME)}", 2)
    yield Pairs(
        (
            ("Member", "…" * 30),
            ("Interest in this application", "☐ none   ☐ financial   ☐ other, what it is: " + "…" * 14),
            ("Abstain", "☐ I cannot judge this application, because: " + "…" * 18),
        )
    )
    boxes = "  ·  ".join(f"☐ {mark}" for mark in range(book.scale_maximum + 1))
    mark = (
        f"Mark:  {boxes}" if book.scale_maximum <= HIGHEST_BOXED else f"Mark out of {book.scale_maximum}: ………"
    )
    lines = MOST_LINES if len(book.criteria) <= MOST_CRITERIA else 1
    for number, (title, weight, _) in enumerate(book.criteria):
        least = book.minimums[number] if number < len(book.minimums) else ""
        words = f"{title}, weight {weight}{f', minimum {least}' if least else ''}"
        yield Together((Para(words, Look.STRONG), Para(f"{mark}      Reason:"), BlankLines(lines)))
    signed = Pairs((("Signature and date", "…" * 22 + "   " + "…" * 10),))
    meets = f": {words}" if (words := dict(book.meets).get(item.area, "")) else ""
    hand_in = Para(f"{HAND_IN}{meets}. {', '.join(round_names(book.fund, book.round))}.", Look.SMALL)
    yield Together((Para(f"{item.reference} on the whole", Look.STRONG), BlankLines(2), signed, hand_in))
