"""What is given of a round on a request for information, as a workbook and as pages."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from exchange.atomic import Tick
from exchange.papers.document.values import Document
from exchange.papers.paper_writing import named, office_book, prose
from exchange.papers.templates.blocks import filled
from exchange.xlsx.table import TableColumn, TableSheet, columns_of
from exchange.xlsx.table_book import write_table_book
from models.papers.paper_words import paper_sentence, said_rules
from models.papers.status import PaperStatus
from models.papers.transparency.disclosure import NONE, Disclosure, Given, GivenRound

COLUMNS = columns_of(
    "disclosure",
    awarded=lambda one: None if one.awarded_pence is None else one.first_pence,
    reasons=lambda line: paper_sentence(line.reasons),
)
CAME_ABOUT = TableColumn("How it came about", 40, "wrapped", lambda line: paper_sentence(line.came_about))
TODAY = TableColumn("Award today", 12, "pounds", "awarded_pence")
"""Stands where an award is not what was decided any more."""
FILES = TableColumn("Files", 40, "wrapped", lambda line: "; ".join(line.files))


def write_disclosure_xlsx(value: Disclosure, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write it as a workbook and return the path it really has."""
    if value.is_direct:
        return write_table_book(office_book(value, status, tuple(_direct_sheets(value))), path, tick)
    marks = (TableColumn(code, 8, "text", partial(_mark, code)) for code in value.codes)
    rounds = () if value.round else (TableColumn("Round", 24, "wrapped", "round"),)
    place = replace(COLUMNS[9], heading="Place in its list" if value.shares_lists else "Place in its area")
    columns = (*COLUMNS[:9], place, *marks, *COLUMNS[10:], *_beside(value), *rounds)
    sheets = (
        _sheet(value, "Applications", f"{value.control}.", columns, value.lines),
        _sheet(value, "How it was judged", f"{'; '.join(_panels(value))}.", *_scheme(value)),
        *_rules(value),
        _sheet(value, "Money", _budgets(value), *_money(value)),
        *_apart_sheets(value),
        *_about_sheets(value),
    )
    return write_table_book(office_book(value, status, sheets), path, tick)


def _sheet(
    value: Disclosure, name: str, note: str, columns: tuple[TableColumn, ...], rows: Sequence[Any]
) -> TableSheet:
    return TableSheet(name, value.title, f"{named(value)}. {note}", columns, rows)


def _beside(value: Disclosure) -> Iterator[TableColumn]:
    """Yield the columns that only some have anything to say in."""
    yield from (TODAY,) if value.changed else ()
    yield from (FILES,) if value.has_files else ()


def _direct_sheets(value: Disclosure) -> Iterator[TableSheet]:
    """Yield the sheets of awards without a competition: no marks, no places, no criteria."""
    columns = (*COLUMNS[:5], CAME_ABOUT, *COLUMNS[6:8], *COLUMNS[10:], *_beside(value))
    yield _sheet(value, "Awards", f"{value.control}. {value.uncompeted}", columns, value.lines)
    columns = columns_of("disclosure who decided")
    decided = said_rules(value.rules)
    if decided:
        yield _sheet(value, "Who decided", "Who decided.", columns, decided)
    yield from _about_sheets(value)


def _apart_sheets(value: Disclosure) -> Iterator[TableSheet]:
    if value.apart:
        columns = (TableColumn("Title of the information", 90, "wrapped", str),)
        yield _sheet(value, "Awards without a competition", value.apart_words, columns, value.apart)


def _about_sheets(value: Disclosure) -> Iterator[TableSheet]:
    if value.about:
        columns = columns_of("disclosure about")
        yield _sheet(value, "About", "About this information.", columns, value.about)


def _panels(value: Disclosure) -> Iterator[str]:
    for one in value.rounds:
        yield from (f"{one.name}: {said}" if one.name else said for said in one.panel)


def disclosure_document(value: Disclosure, status: PaperStatus) -> Document:
    return prose(value, status, filled("disclosure", value), (value.control,))


def _budgets(value: Disclosure) -> str:
    shared = dict.fromkeys(words for one in value.rounds for words in one.shared)
    return " ".join(("The budget of each area.", *shared))


def _mark(code: str, line: Given) -> str | None:
    """Return the mark under a criterion, None where no marks were agreed on a line."""
    return dict(line.marks).get(code, NONE) if line.marks else None


class _OfRound(NamedTuple):
    """A criterion, a rule or a budget, and the round that it is of."""

    one: Any
    round: GivenRound


def _scheme(value: Disclosure) -> tuple[tuple[TableColumn, ...], list[_OfRound]]:
    columns = columns_of("disclosure criteria")
    return _with_round(value, columns), [_OfRound(c, each) for each in value.rounds for c in each.criteria]


def _rules(value: Disclosure) -> tuple[TableSheet, ...]:
    columns = columns_of("disclosure rules")
    note = "How marks come to a total, a place and money."
    rows = [_OfRound(rule, each) for each in value.rounds for rule in said_rules(each.rules)]
    return (_sheet(value, "Rules", note, _with_round(value, columns), rows),) if rows else ()


def _money(value: Disclosure) -> tuple[tuple[TableColumn, ...], list[_OfRound]]:
    columns = columns_of("disclosure budgets")
    return _with_round(value, columns), [_OfRound(area, each) for each in value.rounds for area in each.areas]


def _with_round(value: Disclosure, columns: tuple[TableColumn, ...]) -> tuple[TableColumn, ...]:
    return columns if value.round else (*columns, TableColumn("Round", 30, "wrapped", "round.name"))
