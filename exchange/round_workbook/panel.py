"""The sheets Members, Interests and Who signs: who sits on the panel, what they declared, who signs after."""

from collections.abc import Callable, Container, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from exchange.reading.sheets import Cell
from exchange.round_workbook.criteria import ReadCriteria
from exchange.round_workbook.layout import (
    AGREED,
    CHAIR_DECISIONS,
    EXCEPTION_VALUE,
    INTERESTS,
    MARKS,
    MEMBERS,
    NOT_APPLICABLE,
    ROLES,
    RULED_BY,
    SIGNING,
    comment_heading,
    folded,
    for_panel_heading,
    reason_heading,
)
from exchange.round_workbook.table import Key, Row, Source, kept, shown, text, whole_within, yes_no
from models.values.rows import (
    AgreedRow,
    ChairDecisionRow,
    InterestRow,
    MemberRow,
    NotApplicableRow,
    RoundRows,
    SeatRow,
    SheetRow,
)
from scoring.round import ChairDecisionKind, InterestKind
from scoring.written.names import text_key
from scoring.written.text import Unreadable, first_of

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
    """Return the panel's agreed marks; a criterion without one is left open."""
    read = _marked(AgreedRow("", ()), source, AGREED, reason_heading, criteria, known, scale_maximum)
    return kept(read, ("application",), "Application", "the agreed marks of {0.application} appear twice.")


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
