"""Reading a round workbook: every sheet into frozen rows, or every fault at once."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from exchange.reading.sheets import Book, read_book
from exchange.round_workbook.applications import read_applications, read_pots
from exchange.round_workbook.chair import read_chair_decisions, read_not_applicable
from exchange.round_workbook.criteria import read_criteria
from exchange.round_workbook.layout import AREA_WORD, REQUIRED_SHEETS, SHEETS, folded
from exchange.round_workbook.marks import read_agreed, read_sheets, set_aside_warning
from exchange.round_workbook.outside import outside_warning
from exchange.round_workbook.panel import Known, read_interests, read_members, read_seats
from exchange.round_workbook.round_sheet import read_fields, read_names
from exchange.round_workbook.scheme import read_scale_maximum, read_scheme
from exchange.round_workbook.table import Source, find_sheet, with_long_texts
from exchange.round_workbook.values import text
from models.values.rows import RoundRows
from scoring.money import decimal_text
from scoring.scheme import Scheme

Tick = Callable[[int, int], None]


_NO_ROUND = "; this is not a round workbook. The applications of a form tool's export are imported instead"


def read_round(path: Path, *, tick: Tick | None = None) -> RoundRows:
    """Return the round that a workbook holds.

    Raise `FormFaults` with every fault found, and `Trouble` when the file cannot be read at all.
    `warnings` says what was ignored and what looks odd without being wrong.
    """
    return round_of(read_book(path, tick=tick))


def round_of(book: Book) -> RoundRows:
    """Return the round that the sheets of a workbook hold; raise `FormFaults` with every fault."""
    source = with_long_texts(Source(book))
    _check_sheets(source)
    fields = read_fields(source)
    source = replace(source, area_word=fields.take(AREA_WORD, text, ""))
    names, scale_maximum = read_names(fields), read_scale_maximum(fields)
    criteria = read_criteria(source, scale_maximum)
    scheme = read_scheme(fields, criteria, scale_maximum)
    areas = read_pots(source)
    applications = read_applications(source, areas)
    members = read_members(source)
    known = Known(
        members=None if members is None else {member.code for member in members},
        applications=None if applications is None else {row.reference for row in applications.rows},
    )
    rows = RoundRows(
        fund=names.fund,
        name=names.name,
        year=names.year,
        scheme=scheme,
        areas=areas or (),
        applications=() if applications is None else applications.rows,
        merged=() if applications is None else applications.merged,
        members=members or (),
        interests=read_interests(source, known),
        sheets=read_sheets(source, criteria, known, scale_maximum),
        agreed=read_agreed(source, criteria, known, scale_maximum),
        not_applicable=read_not_applicable(source, criteria, known, is_allowed=scheme.not_applicable_allowed),
        chair_decisions=read_chair_decisions(source, known),
        warnings=(),
        seats=read_seats(source, {area.name for area in areas or ()}),
    )
    source.faults.refuse()
    odd = (*_authority_warning(scheme), *outside_warning(rows), *set_aside_warning(rows))
    return replace(rows, warnings=(*source.warnings, *odd))


def _check_sheets(source: Source) -> None:
    missing = [sheet for sheet in REQUIRED_SHEETS if find_sheet(source.book, sheet) is None]
    for sheet in missing:
        is_another = len(missing) == len(REQUIRED_SHEETS) and sheet == missing[0]
        source.faults.add_sheet(sheet, f"the sheet is missing{_NO_ROUND if is_another else ''}.")
    known = {folded(sheet) for sheet in SHEETS}
    others = [sheet.name for sheet in source.book.sheets if folded(sheet.name) not in known]
    if others:
        source.warnings.append(f"Ignored the sheets {', '.join(others)}.")


def _authority_warning(scheme: Scheme) -> tuple[str, ...]:
    if scheme.tolerance_percent <= 0 or scheme.tolerance_authority:
        return ()
    percent = decimal_text(scheme.tolerance_percent)
    return (f"A tolerance of {percent} % is applied, but nobody is named who allows it.",)
