"""What is given of a round on a request for information, as a workbook and as pages."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from exchange.papers.document.values import Block, Bullets, Column, Document, Heading, Pairs, Para, Table
from exchange.papers.headed import named, office_book
from exchange.papers.paper_words import paper_sentence, said_rules
from exchange.papers.prose import prose
from exchange.xlsx.table_book import FIRST, SECOND, TableColumn, TableSheet, Tick, write_table_book
from models.papers.status import PaperStatus
from models.papers.transparency.disclosure import Disclosure, Given, GivenRound
from scoring.counted import counted, noun
from scoring.money import column_money


def _awarded(line: Given) -> int | None:
    return None if line.awarded_pence is None else line.first_pence


COLUMNS = (
    TableColumn("Applicant", 24, "wrapped", "who"),
    TableColumn("Reference", 12, "text", "reference"),
    TableColumn("Project", 22, "wrapped", "project"),
    TableColumn("Purpose", 60, "wrapped", "purpose"),
    TableColumn("Area", 14, "wrapped", "area"),
    TableColumn("Asked for", 12, "pounds", "asked_pence"),
    TableColumn("Outcome", 12, "wrapped", "outcome"),
    TableColumn("Awarded", 12, "pounds", _awarded),
    TableColumn("Total, of 100", 8, "wrapped", "total"),
    TableColumn("Place in its area", 10, "wrapped", "place"),
    TableColumn("Reasons", 32, "wrapped", lambda line: paper_sentence(line.reasons)),
    TableColumn("Notice", 9, "text", "notice"),
)
CAME_ABOUT = TableColumn("How it came about", 40, "wrapped", lambda line: paper_sentence(line.came_about))
UNCOMPETED = (
    "Nobody competed for what is listed here: no panel marked anything, and no criteria or ranking applied. "
    "Each line says by which route it came about and why nobody competed."
)
APART = "Awards without a competition"
ABOUT = "About this information"
TODAY = TableColumn("Award today", 12, "pounds", "awarded_pence")
"""Stands where an award is not what was decided any more."""
_POTS = (Column("Area", 3), Column("Budget", 1, is_figure=True))


def write_disclosure_xlsx(value: Disclosure, status: PaperStatus, path: Path, tick: Tick = None) -> Path:
    """Write it as a workbook and return the path it really has."""
    if value.is_direct:
        return write_table_book(office_book(value, status, tuple(_direct_sheets(value))), path, tick)
    marks = (TableColumn(code, 8, "text", partial(_mark, n)) for n, code in enumerate(value.codes))
    rounds = () if value.round else (TableColumn("Round", 24, "wrapped", "round"),)
    today = (TODAY,) if value.changed else ()
    place = replace(COLUMNS[9], heading=_place_heading(value))
    columns = (*COLUMNS[:9], place, *marks, *COLUMNS[10:], *today, *rounds)
    note = f"{named(value)}. {value.control}."
    panel = f"{named(value)}. {'; '.join(_panels(value))}."
    sheets = (
        TableSheet("Applications", value.title, note, columns, value.lines),
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
    note = f"{named(value)}. {value.control}. {UNCOMPETED}"
    yield TableSheet("Awards", value.title, note, columns, value.lines)
    columns = (TableColumn("Rule", 24, "wrapped", FIRST), TableColumn("In words", 90, "wrapped", SECOND))
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
        columns = (TableColumn("Title of the information", 90, "wrapped", str),)
        note = f"{named(value)}. {_apart_words(value)}"
        yield TableSheet(APART, value.title, note, columns, value.apart)


def _about_sheets(value: Disclosure) -> Iterator[TableSheet]:
    if value.about:
        columns = (TableColumn("What", 24, "wrapped", FIRST), TableColumn("In words", 90, "wrapped", SECOND))
        yield TableSheet("About", value.title, f"{named(value)}. {ABOUT}.", columns, value.about)


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


def _mark(number: int, line: Given) -> str | None:
    """Return the mark under a criterion, None where no marks were agreed on a line."""
    return line.marks[number] if line.marks else None


class _OfRound(NamedTuple):
    """A criterion, a rule or a budget, and the round that it is of."""

    one: Any
    round: GivenRound


def _scheme(value: Disclosure) -> tuple[tuple[TableColumn, ...], list[_OfRound]]:
    columns = (
        TableColumn("Code", 8, "text", "one.code"),
        TableColumn("Criterion", 50, "wrapped", "one.title"),
        TableColumn("Weight", 10, "text", "one.weight"),
    )
    return _with_round(value, columns), [_OfRound(c, each) for each in value.by_round for c in each.criteria]


def _rules(value: Disclosure) -> tuple[TableSheet, ...]:
    columns = (
        TableColumn("Rule", 24, "wrapped", lambda rule: rule.one[0]),
        TableColumn("In words", 90, "wrapped", lambda rule: rule.one[1]),
    )
    note = f"{named(value)}. How marks come to a total, a place and money."
    rows = [_OfRound(rule, each) for each in value.by_round for rule in said_rules(each.rules)]
    return (TableSheet("Rules", value.title, note, _with_round(value, columns), rows),) if rows else ()


def _money(value: Disclosure) -> tuple[tuple[TableColumn, ...], list[_OfRound]]:
    columns = (
        TableColumn("Area", 24, "text", lambda budget: budget.one[0]),
        TableColumn("Budget", 14, "pounds", lambda budget: budget.one[1]),
    )
    return _with_round(value, columns), [
        _OfRound(area, each) for each in value.by_round for area in each.areas
    ]


def _with_round(value: Disclosure, columns: tuple[TableColumn, ...]) -> tuple[TableColumn, ...]:
    """Return columns, with the round of each where there are several."""
    return columns if value.round else (*columns, TableColumn("Round", 30, "wrapped", "round.name"))
