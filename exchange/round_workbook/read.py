"""Reading a round workbook: every sheet into frozen rows, or each fault (guide, round-workbook 2)."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from exchange.reading.sheets import Book, Cell, read_book
from exchange.round_workbook.criteria import (
    ReadCriteria,
    read_criteria,
    read_fields,
    read_scale_maximum,
    read_scheme,
)
from exchange.round_workbook.layout import (
    AGREED,
    APPLICATIONS,
    CHAIR_DECISIONS,
    COUNTED_AS,
    EXCEPTION_VALUE,
    INTERESTS,
    MARKS,
    MEMBERS,
    NOT_APPLICABLE,
    OF_ROUND,
    POTS,
    REQUIRED_SHEETS,
    ROLES,
    RULED_BY,
    SHEETS,
    SIGNING,
    answer_asked,
    comment_heading,
    folded,
    for_panel_heading,
    reason_heading,
)
from exchange.round_workbook.table import (
    READERS,
    Key,
    Row,
    Source,
    Table,
    find_sheet,
    kept,
    shown,
    text,
    whole_within,
    with_long_texts,
    yes_no,
)
from models.values.importing import shared_number_words
from models.values.rows import (
    AgreedRow,
    Answer,
    ApplicationRow,
    ChairDecisionRow,
    InterestRow,
    MemberRow,
    NotApplicableRow,
    RoundRows,
    SeatRow,
    SheetRow,
    waits_for_declaration,
)
from scoring.money import decimal_text
from scoring.round import Area, ChairDecisionKind, InterestKind
from scoring.scheme import Scheme
from scoring.written.names import spelling_key, text_key
from scoring.written.text import Unreadable, counted, first_of

OF_NONE = (InterestKind.NONE, InterestKind.ABSTAINED)
"""The kinds that may stand without an application: no interest at all, and a chair who does not score."""


class Known(Struct, frozen=True):
    """Who and what the other sheets may name; None where a sheet could not be read."""

    members: Container[str] | None
    applications: Container[str] | None

    def look_up(self, row: Row, said: Mapping[str, Any]) -> None:
        """Note an unknown member or application of a row as a fault."""
        row.look_up("Member", said.get("member", ""), self.members, "a member on the Members")
        of = said["application"] or ""
        row.look_up("Application", of, self.applications, "an application on the Applications")


def read_members(source: Source) -> tuple[MemberRow, ...] | None:
    """Return the members in their order, None when their codes cannot be known."""
    table = source.open_table(MEMBERS)
    if table is None:
        return ()
    if not table.has("Code"):
        return None
    members = ((row, MemberRow(**row.read(MemberRow("", "")))) for row in table.rows)
    members = ((row, replace(one, role=_role(one.role, source.warnings))) for row, one in members)
    return kept(members, ("code",), "Code", "the member {0.code} is there twice.")


def read_interests(source: Source, known: Known) -> tuple[InterestRow, ...]:
    """Return the declarations; one that repeats another is left out, being harmless."""
    interests: dict[Key, InterestRow] = {}
    for row in source.rows(INTERESTS):
        said = row.read(InterestRow("", None, InterestKind.NONE))
        known.look_up(row, said)
        found = InterestRow(**said)
        if found.application is None and found.kind not in OF_NONE:
            row.need("Application", text, "")
        interests.setdefault((found.member, found.application, found.kind), found)
    return tuple(interests.values())


def read_seats(source: Source, areas: Container[str]) -> tuple[SeatRow, ...]:
    """Return who signs after the panel, post by post; two rows for the same post and area are a fault."""
    seats: dict[tuple[str, str], SeatRow] = {}
    for row in source.rows(SIGNING):
        seat = SeatRow(**row.read(SeatRow("", "", "")))
        row.look_up("Area", seat.area, areas, "an area on the Pots")
        key = text_key(seat.post), text_key(seat.area)
        if key in seats:
            row.fault("Post", f"{seat.post} is there twice. Separate the names with a semicolon.")
        seats[key] = seat
    return tuple(seats.values())


def _role(written: str, warnings: list[str]) -> str:
    """Return a role as its word; another label is kept as written, since no rule hangs on it."""
    if written.casefold() in ROLES:
        return written.casefold()
    warnings.append(f"{MEMBERS}: {written} is not one of {', '.join(ROLES)}; it is kept as a label.")
    return written


Marked = TypeVar("Marked", bound=SheetRow | AgreedRow)


def read_sheets(
    source: Source, criteria: ReadCriteria, known: Known, scale_maximum: int
) -> tuple[SheetRow, ...]:
    """Return the members' sheets, drafts and sheets without a mark included."""
    blank = SheetRow("", "", submitted=False, marks=())
    read = _marked(blank, source, MARKS, comment_heading, criteria, known, scale_maximum)
    twice = "there is another sheet of {0.member} for {0.application} above."
    return kept(read, ("member", "application"), "Application", twice)


def read_agreed(
    source: Source, criteria: ReadCriteria, known: Known, scale_maximum: int
) -> tuple[AgreedRow, ...]:
    """Return the panel's agreed marks; a criterion without one is left open, a row without anything out."""
    read = _marked(AgreedRow("", ()), source, AGREED, reason_heading, criteria, known, scale_maximum)
    twice = "the agreed marks of {0.application} appear twice."
    return tuple(filter(is_agreed_on, kept(read, ("application",), "Application", twice)))


def _marked(
    blank: Marked,
    source: Source,
    sheet: str,
    reason: Callable[[str], str],
    criteria: ReadCriteria,
    known: Known,
    scale_maximum: int,
) -> Iterator[tuple[Row, Marked]]:
    """Yield rows with marks and reasons, of which those are for the panel only that are said to be."""
    codes = criteria.judged
    mark = whole_within(0, scale_maximum)
    also = (*codes, *map(reason, codes), *map(for_panel_heading, codes))
    for row in source.rows(sheet, also=also, needs=criteria.needed):
        said = row.read(blank)
        known.look_up(row, said)
        marks = tuple(row.take(code, mark, None) for code in codes)
        reasons = tuple(row.take(reason(code), text, "") for code in codes)
        ticked = sorted(code for code in codes if row.take(for_panel_heading(code), yes_no, False))
        told = {"marks": marks, "reasons": reasons if any(reasons) else (), "for_panel": tuple(ticked)}
        yield row, replace(blank, **said | told)


def set_aside(rows: RoundRows) -> set[tuple[str, str | None]]:
    """Return which members declared an interest in which applications, or do not score."""
    return {(i.member, i.application) for i in rows.interests if i.kind is not InterestKind.NONE}


def set_aside_warning(rows: RoundRows) -> tuple[str, ...]:
    """Return one warning of the sheets with marks by who declared an interest there, nothing for none."""
    barred = set_aside(rows)
    given = [one for one in rows.sheets if (one.member, one.application) in barred and is_begun(one)]
    if not given:
        return ()
    named = first_of(f"{one.member} on {one.application}" for one in given)
    return (f"Marks of a member who declared an interest or abstained are stored and do not count: {named}.",)


def is_begun(sheet: SheetRow) -> bool:
    return sheet.submitted or any(mark is not None for mark in sheet.marks) or any(sheet.reasons)


def is_agreed_on(row: AgreedRow) -> bool:
    return any(mark is not None for mark in row.marks) or any(row.reasons) or bool(row.dissent)


def read_not_applicable(
    source: Source, criteria: ReadCriteria, known: Known, *, is_allowed: bool
) -> tuple[NotApplicableRow, ...]:
    """Return the criteria set aside; where the scheme does not allow it, each row is a fault."""
    found = list[tuple[Row, NotApplicableRow]]()
    for row in source.rows(NOT_APPLICABLE):
        said = row.read(NotApplicableRow("", "", ""))
        known.look_up(row, said)
        if criteria.lines and folded(said["criterion"]) not in criteria.codes:
            row.look_up("Criterion", said["criterion"], (), "a criterion on the Criteria")
        criterion = criteria.codes.get(folded(said["criterion"]), said["criterion"])
        found.append((row, NotApplicableRow(**said | {"criterion": criterion})))
        if not is_allowed:
            source.faults.add_cell(NOT_APPLICABLE, row.number, min(row.columns.values()) + 1, _NOT_ALLOWED)
    twice = "{0.criterion} is set aside for {0.application} twice."
    return kept(found, ("application", "criterion"), "Criterion", twice)


def read_chair_decisions(source: Source, known: Known) -> tuple[ChairDecisionRow, ...]:
    """Return the chair's decisions on ties and exceptions."""
    found = list[tuple[Row, ChairDecisionRow]]()
    for row in source.rows(CHAIR_DECISIONS):
        said = row.read(_UNDECIDED)
        known.look_up(row, said)
        row.look_up(RULED_BY, said["ruled_by"], known.members, "a member on the Members")
        found.append((row, ChairDecisionRow(**said, place=_place(row, said["kind"]))))
    twice = "there is another {0.kind} decision for {0.application} above."
    return kept(found, ("application", "kind"), "Application", twice)


_UNDECIDED = SimpleNamespace(application="", kind=None, reason="", ruled_by="")
_OTHER_PANEL = (
    "{0.member} is not on the panel of {1}, which marks {0.application}. Clear this row, or first change the "
    "areas of the member on Panel & interests."
)
_UNDECLARED = (
    "{0.member} has not declared interests: they must declare before their marks count. Clear this row, or "
    "first record the declaration on Panel & interests."
)
_NOT_ALLOWED = (
    "the scheme does not allow a criterion to be set aside; see Not applicable allowed on the Round sheet."
)


def _place(row: Row, kind: ChairDecisionKind | None) -> int | None:
    if kind is ChairDecisionKind.TIE:
        return row.need("Value", whole_within(1), None)
    if kind is ChairDecisionKind.EXCEPTION:
        row.need("Value", _fund, "")
    return None


def _fund(cell: Cell) -> str:
    if text(cell) != EXCEPTION_VALUE:
        raise Unreadable(f"{shown(cell)} is not {EXCEPTION_VALUE}, the only value of an exception.")
    return EXCEPTION_VALUE


def outside_warning(rows: RoundRows) -> tuple[str, ...]:
    """Return one warning that names the first few, nothing where there is none or marks are not agreed."""
    found = list(_outside(rows)) if rows.scheme.is_agreed else []
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
    headings = _answer_headings(table)
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


def _answer_headings(table: Table) -> tuple[tuple[int, str], ...]:
    taken: dict[str, int] = {}
    headings: list[tuple[int, str]] = []
    for index, written in sorted(table.others):
        heading = answer_asked(written)
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


def undeclared_warning(rows: RoundRows) -> tuple[str, ...]:
    """Return one warning of the members with marks who have not declared interests, nothing for none."""
    left = {one.member for one in filter(is_begun, rows.sheets)} - {row.member for row in rows.interests}
    named = [one.code for one in rows.members if one.code in left]
    if not named:
        return ()
    has, have = (f"{one} marks but no declaration of interests" for one in ("member has", "members have"))
    return (f"{counted(len(named), has, have)}: {first_of(named)}.",)


def refuse_marks(
    path: Path, rows: RoundRows, before: RoundRows, elsewhere: Mapping[tuple[str, str], str]
) -> None:
    """Refuse, at its cell, each sheet with marks of a member of another area's panel, or before they declare.

    `elsewhere` has the area of the application by member and application. What the round has already of a
    member who has not declared stays.
    """
    held = {(one.member, one.application): one for one in before.sheets}
    declared, wrong = {row.member for row in rows.interests}, dict[tuple[str, str], str]()
    for one in filter(is_begun, rows.sheets):
        key = one.member, one.application
        if key in elsewhere:
            wrong[key] = _OTHER_PANEL.format(one, elsewhere[key])
        elif (
            one.member not in declared
            and waits_for_declaration(before.interests, one.member)
            and _adds(one, held.get(key))
        ):
            wrong[key] = _UNDECLARED.format(one)
    if not wrong:
        return
    source = Source(read_book(path))
    for row in source.rows(MARKS):
        member, application = (row.take(heading, text, "") for heading in ("Member", "Application"))
        if why := wrong.get((member, application)):
            row.fault("Member", why)
    source.faults.refuse()


def _adds(sheet: SheetRow, before: SheetRow | None) -> bool:
    """Whether a sheet has anything that the round has not: a mark, a reason, or that it is handed in."""
    if before is None:
        return True
    marks = zip(sheet.marks, before.marks, strict=True)
    reasons = zip_longest(sheet.reasons, before.reasons, fillvalue="")
    is_new = any(now is not None and now != was for now, was in marks)
    return is_new or any(now and now != was for now, was in reasons) or sheet.submitted > before.submitted


def round_of(book: Book) -> RoundRows:
    """Return the round that the sheets of a workbook hold; raise `FormFaults` with every fault."""
    source = with_long_texts(Source(book))
    _check_sheets(source)
    fields = read_fields(source)
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
        decided=(),
        seats=read_seats(source, {area.name for area in areas or ()}),
    )
    source.faults.refuse()
    shared = shared_number_words(rows.applications, dict(rows.merged))
    odd = (*_authority_warning(scheme), *outside_warning(rows), *set_aside_warning(rows), *shared)
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
