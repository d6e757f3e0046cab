"""What is given of a round on a request for information, as a workbook and as pages."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from exchange.papers.document.values import Block, Bullets, Column, Document, Heading, Pairs, Para, Table
from exchange.papers.headed import named, office_book
from exchange.papers.paper_words import paper_sentence, said_rules
from exchange.papers.prose import prose
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet, Tick, write_table_book
from models.papers.status import PaperStatus
from models.papers.transparency.disclosure import Disclosure, Given, GivenRound
from scoring.counted import counted, noun
from scoring.money import column_money

COLUMNS = (
    TableColumn("Applicant", 24, "wrapped"),
    TableColumn("Reference", 12),
    TableColumn("Project", 22, "wrapped"),
    TableColumn("Purpose", 60, "wrapped"),
    TableColumn("Area", 14, "wrapped"),
    TableColumn("Asked for", 12, "pounds"),
    TableColumn("Outcome", 12, "wrapped"),
    TableColumn("Awarded", 12, "pounds"),
    TableColumn("Total, of 100", 8, "wrapped"),
    TableColumn("Place in its area", 10, "wrapped"),
    TableColumn("Reasons", 32, "wrapped"),
    TableColumn("Notice", 9),
)
CAME_ABOUT = TableColumn("How it came about", 40, "wrapped")
UNCOMPETED = (
    "Nobody competed for what is listed here: no panel marked anything, and no criteria or ranking applied. "
    "Each line says by which route it came about and why nobody competed."
)
APART = "Awards without a competition"
ABOUT = "About this information"
TODAY = TableColumn("Award today", 12, "pounds")
"""Stands where an award is not what was decided any more."""
_POTS = (Column("Area", 3), Column("Budget", 1, is_figure=True))


def write_disclosure_xlsx(value: Disclosure, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write it as a workbook and return the path it really has."""
    if value.is_direct:
        return write_table_book(office_book(value, status, tuple(_direct_sheets(value))), path, tick)
    marks = tuple(TableColumn(code, 8) for code in value.codes)
    rounds = () if value.round else (TableColumn("Round", 24, "wrapped"),)
    today = (TODAY,) if value.changed else ()
    place = replace(COLUMNS[9], heading=_place_heading(value))
    columns = (*COLUMNS[:9], place, *marks, *COLUMNS[10:], *today, *rounds)
    rows = [
        (
            *_cells(line, len(marks)),
            *((line.awarded_pence,) if today else ()),
            *((line.round,) if rounds else ()),
        )
        for line in value.lines
    ]
    note = f"{named(value)}. {value.control}."
    panel = f"{named(value)}. {'; '.join(_panels(value))}."
    sheets = (
        TableSheet("Applications", value.title, note, columns, rows, frozen_columns=1),
        TableSheet("How it was judged", value.title, panel, *_scheme(value)),
        *_rules(value),
        TableSheet("Money", value.title, f"{named(value)}. {_budgets(value)}", *_money(value)),
        *_apart_sheets(value),
        *_about_sheets(value),
    )
    return write_table_book(office_book(value, status, sheets), path, tick)


def _direct_sheets(value: Disclosure) -> Iterator[TableSheet]:
    """Yield the sheets of awards without a competition: no marks, no places, no criteria."""
    today = (TODAY,) if value.changed else ()
    columns = (*COLUMNS[:5], CAME_ABOUT, *COLUMNS[6:8], *COLUMNS[10:], *today)
    rows = [
        (
            *(line.who, line.reference, line.project, line.purpose, line.area),
            *(paper_sentence(line.came_about), line.outcome),
            None if line.awarded_pence is None else line.first_pence,
            *(paper_sentence(line.reasons), line.notice),
            *((line.awarded_pence,) if today else ()),
        )
        for line in value.lines
    ]
    note = f"{named(value)}. {value.control}. {UNCOMPETED}"
    yield TableSheet("Awards", value.title, note, columns, rows, frozen_columns=1)
    columns = (TableColumn("Rule", 24, "wrapped"), TableColumn("In words", 90, "wrapped"))
    decided = said_rules(value.rules)
    if decided:
        yield TableSheet("Who decided", value.title, f"{named(value)}. Who decided.", columns, decided)
    yield from _about_sheets(value)


def _apart_words(value: Disclosure) -> str:
    """Return where awards without a competition are told of, before the titles."""
    awards, are = counted(value.elsewhere, "award"), noun(value.elsewhere, "is", "are")
    titles = noun(len(value.apart), "this title", "these titles")
    return f"{awards} without a competition {are} not counted here. What is known is given under {titles}:"


def _apart_sheets(value: Disclosure) -> Iterator[TableSheet]:
    if value.apart:
        columns = (TableColumn("Title of the information", 90, "wrapped"),)
        note = f"{named(value)}. {_apart_words(value)}"
        yield TableSheet(APART, value.title, note, columns, [(title,) for title in value.apart])


def _about_sheets(value: Disclosure) -> Iterator[TableSheet]:
    if value.about:
        columns = (TableColumn("What", 24, "wrapped"), TableColumn("In words", 90, "wrapped"))
        yield TableSheet("About", value.title, f"{named(value)}. {ABOUT}.", columns, list(value.about))


def _panels(value: Disclosure) -> Iterator[str]:
    for one in value.by_round:
        yield from (f"{one.name}: {said}" if one.name else said for said in one.panel)


def disclosure_document(value: Disclosure, status: PaperStatus) -> Document:
    """Return it as pages."""
    return prose(value, status, _blocks(value), (value.control,))


def _blocks(value: Disclosure) -> Iterator[Block]:
    yield from (_direct_blocks if value.is_direct else _competed_blocks)(value)
    if value.about:
        yield Heading(ABOUT)
        yield Pairs(value.about)


def _competed_blocks(value: Disclosure) -> Iterator[Block]:
    yield Heading("How it was judged")
    before: dict[object, str] = {}
    for one in value.by_round:
        if one.name:
            yield Heading(one.name, 2)
        yield from _judged(one, before.get(_scheme_of(one), ""))
        before.setdefault(_scheme_of(one), one.name)
    yield Heading("The budget of each area")
    show = column_money(pence for one in value.by_round for _, pence in one.areas)
    for one in value.by_round:
        yield Table(one.name, _POTS, tuple((area, show(pence)) for area, pence in one.areas))
        yield from map(Para, one.shared)
    if value.apart:
        yield Heading(APART)
        yield Para(_apart_words(value))
        yield Bullets(value.apart)
    yield Heading("Applications")
    previous = ""
    for line in value.lines:
        if line.round != previous:
            yield Heading(line.round, 2)
        previous = line.round
        yield from _line(line, value)


def _direct_blocks(value: Disclosure) -> Iterator[Block]:
    yield Heading("How it came about")
    yield Para(UNCOMPETED)
    if value.rules:
        yield Pairs(said_rules(value.rules))
    yield Heading("Awards")
    for line in value.lines:
        yield from _line(line, value)


def _judged(one: GivenRound, like: str) -> Iterator[Block]:
    """Yield who judged a round and by what; where it was as in a round before, that."""
    yield Para(f"{one.panel[0]}.") if len(one.panel) == 1 else Bullets(one.panel)
    if like:
        yield Para(f"Criteria, weights and rules are those of {like}.")
    else:
        columns = (Column("Code"), Column("Criterion", 4), Column("Weight", 1, is_figure=True))
        yield Table("", columns, _criteria(one))
    said = one.own_rules if like else (*one.scheme_rules, *one.own_rules)
    if said:
        yield Pairs(said_rules(said))


def _criteria(one: GivenRound) -> tuple[tuple[str, str, str], ...]:
    return tuple((each.code, each.title, each.weight) for each in one.criteria)


def _scheme_of(one: GivenRound) -> object:
    """Return what rounds that were judged alike have in common."""
    return _criteria(one), one.scheme_rules


def _line(line: Given, value: Disclosure) -> Iterator[Block]:
    yield Heading(f"{line.who}, {line.outcome}", 2)
    marks = ", ".join(
        f"{code} {mark}" for code, mark in zip(value.codes, line.marks, strict=False) if mark != "–"
    )
    show = column_money((line.asked_pence, line.awarded_pence, line.decided_pence, line.gone_pence or None))
    awarded = f"{show(line.gone_pence)}, not taken up" if line.gone_pence else ""
    awarded = awarded if line.awarded_pence is None else show(line.first_pence)
    today = "" if line.decided_pence is None else f"; {show(line.awarded_pence)} today"
    rows = (
        ("Reference", line.reference),
        ("Project", line.project),
        ("Purpose", line.purpose),
        ("Area", line.area),
        ("Asked for", "" if line.came_about else show(line.asked_pence)),
        ("Awarded", f"{awarded}{today}"),
        ("Total, of 100", line.total),
        (_place_heading(value), line.place),
        ("The panel's marks", marks),
        ("How it came about", paper_sentence(line.came_about)),
        ("Reasons", paper_sentence(line.reasons)),
        ("Notice", line.notice),
    )
    yield Pairs(tuple((name, text) for name, text in rows if text and text != "–"))


def _budgets(value: Disclosure) -> str:
    """Return what the sheet of budgets lists, and which areas share theirs."""
    shared = dict.fromkeys(words for one in value.by_round for words in one.shared)
    return " ".join(("The budget of each area.", *shared))


def _place_heading(value: Disclosure) -> str:
    return "Place in its list" if value.shares_lists else "Place in its area"


def _cells(line: Given, criteria: int) -> tuple[TableCell, ...]:
    """Return the cells of a line; one on which no marks were agreed has none under any criterion."""
    marks = line.marks or (None,) * criteria
    return (
        line.who,
        line.reference,
        line.project,
        line.purpose,
        line.area,
        line.asked_pence,
        line.outcome,
        None if line.awarded_pence is None else line.first_pence,
        line.total,
        line.place,
        *marks,
        paper_sentence(line.reasons),
        line.notice,
    )


def _scheme(value: Disclosure) -> tuple[tuple[TableColumn, ...], list[tuple[TableCell, ...]]]:
    columns = (TableColumn("Code", 8), TableColumn("Criterion", 50, "wrapped"), TableColumn("Weight", 10))
    return _of_rounds(value, columns, [(one, cells) for one in value.by_round for cells in _criteria(one)])


def _rules(value: Disclosure) -> tuple[TableSheet, ...]:
    columns = (TableColumn("Rule", 24, "wrapped"), TableColumn("In words", 90, "wrapped"))
    note = f"{named(value)}. How marks come to a total, a place and money."
    rows = [(one, rule) for one in value.by_round for rule in said_rules(one.rules)]
    return (TableSheet("Rules", value.title, note, *_of_rounds(value, columns, rows)),) if rows else ()


def _money(value: Disclosure) -> tuple[tuple[TableColumn, ...], list[tuple[TableCell, ...]]]:
    columns = (TableColumn("Area", 24), TableColumn("Budget", 14, "pounds"))
    return _of_rounds(value, columns, [(one, area) for one in value.by_round for area in one.areas])


def _of_rounds(
    value: Disclosure,
    columns: tuple[TableColumn, ...],
    rows: Sequence[tuple[GivenRound, tuple[TableCell, ...]]],
) -> tuple[tuple[TableColumn, ...], list[tuple[TableCell, ...]]]:
    """Return columns and rows, with the round of each where there are several."""
    if value.round:
        return columns, [cells for _, cells in rows]
    return (*columns, TableColumn("Round", 30, "wrapped")), [(*cells, one.name) for one, cells in rows]
