"""What is given of a round on a request for information, as a workbook and as pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exchange.papers.document.values import Block, Bullets, Column, Document, Heading, Pairs, Para, Table
from exchange.papers.headed import named, office_book
from exchange.papers.paper_words import paper_sentence, said_rules
from exchange.papers.prose import prose
from exchange.papers.transparency.public_list import Tick
from exchange.xlsx.table_book import TableCell, TableColumn, TableSheet, write_table_book
from models.papers.status import PaperStatus
from models.papers.transparency.disclosure import DECIDED_BY, Disclosure, Given
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
    names = tuple(dict.fromkeys(one.round for one in value.criteria))
    parts = {name: _Round.of(value, name) for name in names}
    yield Heading("How it was judged")
    before: dict[object, str] = {}
    for name, part in parts.items():
        if name:
            yield Heading(name, 2)
        yield from _judged(part, before.get(part.scheme, ""))
        before.setdefault(part.scheme, name)
    yield Heading("The budget of each area")
    show = column_money(pence for _, pence in value.areas)
    for name, part in parts.items():
        yield Table(name, _POTS, tuple((area, show(pence)) for area, pence in part.areas))
    yield Heading("Applications")
    previous = ""
    for line in value.lines:
        if line.round != previous:
            yield Heading(line.round, 2)
        previous = line.round
        yield from _line(line, value)


class _Round(NamedTuple):
    """What is said of one of several rounds, without its name before each."""

    panel: tuple[str, ...]
    criteria: tuple[tuple[str, ...], ...]
    rules: tuple[tuple[str, str], ...]
    decided: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, int], ...]

    @property
    def scheme(self) -> object:
        """Return what rounds that were judged alike have in common."""
        return self.criteria, self.rules

    @classmethod
    def of(cls, value: Disclosure, name: str) -> "_Round":
        """Return what is said of a round by its name, "" where it is the only one."""
        own = f"{name}: " if name else ""
        rules = [(one.removeprefix(own), words) for one, words in value.rules if one.startswith(own)]
        return cls(
            tuple(one.removeprefix(own) for one in value.panel if one.startswith(own)),
            tuple((one.code, one.title, one.weight) for one in value.criteria if one.round == name),
            tuple(one for one in rules if one[0] != DECIDED_BY),
            tuple(one for one in rules if one[0] == DECIDED_BY),
            tuple((one.removeprefix(own), pence) for one, pence in value.areas if one.startswith(own)),
        )


def _judged(part: _Round, like: str) -> Iterator[Block]:
    """Yield who judged a round and by what; where it was as in a round before, that."""
    yield Para(f"{part.panel[0]}.") if len(part.panel) == 1 else Bullets(part.panel)
    if like:
        yield Para(f"Criteria, weights and rules are those of {like}.")
    else:
        columns = (Column("Code"), Column("Criterion", 4), Column("Weight", 1, is_figure=True))
        yield Table("", columns, part.criteria)
    said = part.decided if like else (*part.rules, *part.decided)
    if said:
        yield Pairs(said_rules(said))


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
        ("Reasons", paper_sentence(line.reasons)),
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
        paper_sentence(line.reasons),
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
    note = f"{named(value)}. How marks come to a total, a place and money."
    rows = said_rules(value.rules)
    return (TableSheet("Rules", value.title, note, columns, rows),) if rows else ()


def _money(value: Disclosure) -> tuple[tuple[TableColumn, ...], list[tuple[TableCell, ...]]]:
    return (TableColumn("Area", 24), TableColumn("Budget", 14, "pounds")), list(value.areas)
