"""What is given of a round on a request for information, as a workbook and as pages."""

from collections.abc import Iterator
from pathlib import Path

from exchange.papers.document.values import Block, Bullets, Column, Document, Heading, Pairs, Para, Table
from exchange.papers.headed import named, office_book
from exchange.papers.prose import prose
from exchange.papers.transparency.public_list import Tick
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet, write_table_book
from models.papers.status import PaperStatus
from models.papers.transparency.disclosure import Disclosure, Given
from scoring.money import column_money
from scoring.written.text import with_capital

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

_POTS = (Column("Area", 3), Column("Budget", 1, is_figure=True))


def write_disclosure_xlsx(value: Disclosure, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write it as a workbook and return the path it really has."""
    marks = tuple(TableColumn(code, 8) for code in value.codes)
    rounds = () if value.round else (TableColumn("Round", 24, "wrapped"),)
    columns = (*COLUMNS[:10], *marks, *COLUMNS[10:], *rounds)
    rows = [(*_cells(line, len(marks)), *((line.round,) if rounds else ())) for line in value.lines]
    note = f"{named(value)}. {value.control}."
    panel = f"{named(value)}. {'; '.join(value.panel)}."
    sheets = (
        TableSheet("Applications", value.title, note, columns, rows, frozen_columns=1),
        TableSheet("How it was judged", value.title, panel, *_scheme(value)),
        *_rules(value),
        TableSheet("Money", value.title, f"{named(value)}. The budget of each area.", *_money(value)),
    )
    return write_table_book(office_book(value, status, sheets), path, tick)


def disclosure_document(value: Disclosure, status: PaperStatus) -> Document:
    """Return it as pages."""
    return prose(value, status, _blocks(value), (value.control,))


def _blocks(value: Disclosure) -> Iterator[Block]:
    yield Heading("How it was judged")
    yield Para(f"{value.panel[0]}.") if len(value.panel) == 1 else Bullets(value.panel)
    columns = (Column("Code"), Column("Criterion", 4), Column("Weight", 1, is_figure=True))
    for name in dict.fromkeys(one.round for one in value.criteria):
        mine = tuple((one.code, one.title, one.weight) for one in value.criteria if one.round == name)
        yield Table(name, columns, mine)
    if value.rules:
        yield Pairs(tuple((subject, f"{with_capital(words)}.") for subject, words in value.rules))
    yield Heading("The budget of each area")
    show = column_money(pence for _, pence in value.areas)
    rest = list(value.areas)
    for name in dict.fromkeys(one.round for one in value.criteria):
        own = [(area, pence) for area, pence in rest if area.startswith(f"{name}: ")]
        rest = [one for one in rest if one not in own]
        if own:
            pots = tuple((area.removeprefix(f"{name}: "), show(pence)) for area, pence in own)
            yield Table(name, _POTS, pots)
    if rest:
        yield Table("", _POTS, tuple((area, show(pence)) for area, pence in rest))
    yield Heading("Applications")
    previous = ""
    for line in value.lines:
        if line.round != previous:
            yield Heading(line.round, 2)
        previous = line.round
        yield from _line(line, value)


def _line(line: Given, value: Disclosure) -> Iterator[Block]:
    yield Heading(f"{line.who}, {line.outcome}", 2)
    marks = ", ".join(
        f"{code} {mark}" for code, mark in zip(value.codes, line.marks, strict=False) if mark != "–"
    )
    show = column_money((line.asked_pence, line.awarded_pence))
    awarded = "" if line.awarded_pence is None else show(line.awarded_pence)
    rows = (
        ("Reference", line.reference),
        ("Project", line.project),
        ("Purpose", line.purpose),
        ("Area", line.area),
        ("Asked for", show(line.asked_pence)),
        ("Awarded", awarded),
        ("Total, of 100", line.total),
        ("Place in its area", line.place),
        ("The panel's marks", marks),
        ("Reasons", "; ".join(line.reasons.split("\n"))),
        ("Notice", line.notice),
    )
    yield Pairs(tuple((name, text) for name, text in rows if text and text != "–"))


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
        line.awarded_pence,
        line.total,
        line.place,
        *marks,
        line.reasons,
        line.notice,
    )


def _scheme(value: Disclosure) -> tuple[tuple[TableColumn, ...], list[tuple[TableCell, ...]]]:
    columns = (TableColumn("Code", 8), TableColumn("Criterion", 50, "wrapped"), TableColumn("Weight", 10))
    if value.round:
        return columns, [(one.code, one.title, one.weight) for one in value.criteria]
    named = (*columns, TableColumn("Round", 30, "wrapped"))
    return named, [(one.code, one.title, one.weight, one.round) for one in value.criteria]


def _rules(value: Disclosure) -> tuple[TableSheet, ...]:
    columns = (TableColumn("Rule", 24, "wrapped"), TableColumn("In words", 90, "wrapped"))
    rows = [(subject, f"{with_capital(words)}.") for subject, words in value.rules]
    note = f"{named(value)}. How marks come to a total, a place and money."
    return (TableSheet("Rules", value.title, note, columns, rows),) if rows else ()


def _money(value: Disclosure) -> tuple[tuple[TableColumn, ...], list[tuple[TableCell, ...]]]:
    return (TableColumn("Area", 24), TableColumn("Budget", 14, "pounds")), list(value.areas)
