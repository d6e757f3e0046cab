"""Reading a round workbook: every sheet into frozen rows, or every fault at once."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from exchange.reading.sheets import Book, SheetTable, read_book
from exchange.round_workbook.criteria import (
    read_criteria,
    read_fields,
    read_scale_maximum,
    read_scheme,
)
from exchange.round_workbook.layout import (
    APPLICATIONS,
    AREA_WORD,
    COUNTED_AS,
    OF_ROUND,
    POTS,
    REQUIRED_SHEETS,
    SHEETS,
    answer_asked,
    folded,
)
from exchange.round_workbook.panel import (
    Known,
    read_agreed,
    read_chair_decisions,
    read_interests,
    read_members,
    read_not_applicable,
    read_seats,
    read_sheets,
    set_aside,
    set_aside_warning,
)
from exchange.round_workbook.table import (
    READERS,
    Row,
    Source,
    Table,
    find_sheet,
    text,
    with_long_texts,
)
from models.values.rows import Answer, ApplicationRow, RoundRows, SheetRow
from scoring.money import decimal_text
from scoring.round import Area
from scoring.scheme import Combine, Scheme
from scoring.written.names import spelling_key, text_key
from scoring.written.text import first_of


def outside_warning(rows: RoundRows) -> tuple[str, ...]:
    """Return one warning that names the first few, nothing where there is none or marks are not agreed."""
    found = list(_outside(rows)) if rows.scheme.combine is Combine.CONSENSUS else []
    if not found:
        return ()
    return (f"Agreed marks outside every member's mark need a reason, and have none: {first_of(found)}.",)


def _outside(rows: RoundRows) -> Iterator[str]:
    """Yield "A1 of ACF-001 (5; members gave 2 to 4)"; a criterion that nobody marked has no range."""
    sheets = _counting(rows)
    not_applicable = {(row.application, row.criterion) for row in rows.not_applicable}
    codes = rows.scheme.judged_codes
    for row in rows.agreed:
        reasons = row.reasons or ("",) * len(codes)
        for number, (code, mark, reason) in enumerate(zip(codes, row.marks, reasons, strict=True)):
            given = [m for sheet in sheets[row.application] if (m := sheet.marks[number]) is not None]
            is_read = mark is not None and bool(given) and (row.application, code) not in not_applicable
            if mark is None or not is_read or reason.strip() or min(given) <= mark <= max(given):
                continue
            span = " to ".join(map(str, sorted({min(given), max(given)})))
            yield f"{code} of {row.application} ({mark}; members gave {span})"


def _counting(rows: RoundRows) -> dict[str, list[SheetRow]]:
    """Return the sheets that are handed in and of members without an interest, by application."""
    barred = set_aside(rows)
    found: dict[str, list[SheetRow]] = defaultdict(list)
    for sheet in rows.sheets:
        if sheet.submitted and (sheet.member, sheet.application) not in barred:
            found[sheet.application].append(sheet)
    return found


ELIGIBLE = "Eligible"
REFERENCE = "Reference"


def filled_in(saved: Book, panel: Book) -> Book:
    """Return the saved workbook with the panel's sheets in place of its own, and the gates filled in."""
    eligible = find_sheet(panel, ELIGIBLE)
    sheets = []
    for sheet in saved.sheets:
        theirs = find_sheet(panel, sheet.name)
        if theirs is not None:
            sheets.append(theirs)
        elif eligible is not None and folded(sheet.name) == folded(APPLICATIONS):
            sheets.append(_with_gates(sheet, eligible))
        else:
            sheets.append(sheet)
    return replace(saved, sheets=tuple(sheets))


def _with_gates(applications: SheetTable, eligible: SheetTable) -> SheetTable:
    given = {text(row[0]): dict(zip(_headings(eligible), row, strict=True)) for row in eligible.rows[1:]}
    headings = _headings(applications)
    at = headings.index(folded(REFERENCE))
    body = []
    for row in applications.rows[1:]:
        own = given.get(text(row[at]), {})
        body.append(tuple(own.get(head, cell) for head, cell in zip(headings, row, strict=True)))
    return replace(applications, rows=(applications.rows[0], *body))


def _headings(sheet: SheetTable) -> list[str]:
    return [folded(text(cell)) for cell in sheet.rows[0]]


def read_pots(source: Source) -> tuple[Area, ...] | None:
    """Return the areas in their order, None when their names cannot be known; a repeat is a fault."""
    table = source.open_table(POTS)
    if table is None or not table.has("Area"):
        return None
    areas: dict[str, Area] = {}
    spelt: dict[str, str] = {}
    for row in table.rows:
        area = Area(**row.read(Area("", 0)))
        first = spelt.setdefault(text_key(area.name), area.name)
        if area.name in areas or first != area.name:
            row.fault("Area", f"the area {area.name} is there twice{_as_spelt(first, area.name)}.")
        if area.name:
            areas.setdefault(area.name, area)
    return tuple(areas.values())


def _as_spelt(there: str, here: str) -> str:
    """Return how one that is there twice stands there first, "" where it is spelt the same."""
    return "" if there == here else f", as {there} before"


class ReadApplications(NamedTuple):
    """Applications, and those that are counted as one organisation, each with what they share."""

    rows: tuple[ApplicationRow, ...]
    merged: tuple[tuple[str, str], ...]


def read_applications(source: Source, areas: tuple[Area, ...] | None) -> ReadApplications | None:
    """Return the applications, None when their references cannot be known.

    `areas` are those with a pot, None when they cannot be known.
    """
    table = source.open_table(APPLICATIONS, keeps_others=True)
    if table is None or not table.has("Reference"):
        return None
    names = None if areas is None else {area.name for area in areas}
    headings = _answer_headings(table, source.area_word)
    rows: dict[str, ApplicationRow] = {}
    spelt: dict[str, str] = {}
    merged: list[tuple[str, str]] = []
    for row in table.rows:
        application = _read_row(row, headings)
        of = application.reference
        first = spelt.setdefault(spelling_key(of), of)
        if of in rows or first != of:
            row.fault("Reference", f"the reference {of} is there twice{_as_spelt(first, of)}.")
        elif of:
            one = row.take(COUNTED_AS, text, "")
            merged += [(of, text_key(one))] if one else []
        if of:
            rows.setdefault(of, application)
        if names is not None and application.area is not None and application.area not in names:
            row.fault("Area", f'"{application.area}" has no pot; add it to Pots or correct it.')
    return ReadApplications(tuple(rows.values()), tuple(merged))


def _read_row(row: Row, headings: tuple[tuple[int, str], ...]) -> ApplicationRow:
    found = row.read(ApplicationRow("", ""))
    if found["received_at"] is not None:
        found["received_at"], found["received_has_time"] = found["received_at"]
    return ApplicationRow(**found, answers=_answers(row, headings))


def _answer_headings(table: Table, area_word: str) -> tuple[tuple[int, str], ...]:
    taken: dict[str, int] = {}
    headings: list[tuple[int, str]] = []
    for index, written in sorted(table.others):
        heading = answer_asked(written, area_word)
        taken[heading] = taken.get(heading, 0) + 1
        headings.append((index, heading if taken[heading] == 1 else f"{heading} ({taken[heading]})"))
    return tuple(headings)


def _answers(row: Row, headings: tuple[tuple[int, str], ...]) -> tuple[Answer, ...]:
    found = ((heading, row.take_at(index, text, "")) for index, heading in headings)
    return tuple((heading, answer) for heading, answer in found if answer)


_NO_ROUND = "; this is not a round workbook. The applications of a form tool's export are imported instead"


def read_round(path: Path) -> RoundRows:
    """Return the round that a workbook holds.

    Raise `FormFaults` with every fault found, and `Trouble` when the file cannot be read at all.
    `warnings` says what was ignored and what looks odd without being wrong.
    """
    return round_of(read_book(path))


def round_of(book: Book) -> RoundRows:
    """Return the round that the sheets of a workbook hold; raise `FormFaults` with every fault."""
    source = with_long_texts(Source(book))
    _check_sheets(source)
    fields = read_fields(source)
    source = replace(source, area_word=fields.take(AREA_WORD, text, ""))
    scale_maximum = read_scale_maximum(fields)
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
        **{field.field: fields.take(field.heading, READERS[field.kind], "") for field in OF_ROUND},
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
