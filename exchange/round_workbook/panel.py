"""The sheets Members, Interests and Who signs: who sits on the panel, what they declared, who signs after."""

from collections.abc import Container

from msgspec import Struct

from exchange.round_workbook.layout import INTERESTS, MEMBERS, ROLES, SIGNING
from exchange.round_workbook.table import Row, Source
from exchange.round_workbook.values import one_of, text
from models.values.rows import InterestRow, MemberRow, SeatRow
from scoring.round import InterestKind
from scoring.written.names import text_key

OF_NONE = (InterestKind.NONE, InterestKind.ABSTAINED)
"""The kinds that may stand without an application: no interest at all, and a chair who does not score."""


class Known(Struct, frozen=True):
    """Who and what the other sheets may name; None where a sheet could not be read."""

    members: Container[str] | None
    applications: Container[str] | None

    def member(self, row: Row) -> str:
        """Return the member a row names; an unknown one is a fault."""
        code = row.need("Member", text, "")
        if code and self.members is not None and code not in self.members:
            row.fault("Member", f'"{code}" is not a member on the Members sheet.')
        return code

    def application(self, row: Row) -> str:
        """Return the application a row names; an unknown one, or none, is a fault."""
        reference = row.need("Application", text, "")
        if reference and self.applications is not None and reference not in self.applications:
            row.fault("Application", f'"{reference}" is not an application on the Applications sheet.')
        return reference


def read_members(source: Source) -> tuple[MemberRow, ...] | None:
    """Return the members in their order, None when their codes cannot be known."""
    table = source.open_table(MEMBERS)
    if table is None:
        return ()
    if not table.has("Code"):
        return None
    members: dict[str, MemberRow] = {}
    for row in table.rows:
        member = MemberRow(
            code=row.need("Code", text, ""),
            name=row.need("Name", text, ""),
            role=_role(row.take("Role", text, "member"), source.warnings),
            organisation=row.take("Organisation", text, ""),
        )
        if member.code in members:
            row.fault("Code", f"the member {member.code} is there twice.")
        elif member.code:
            members[member.code] = member
    return tuple(members.values())


def read_interests(source: Source, known: Known) -> tuple[InterestRow, ...]:
    """Return the declarations; one that repeats another is left out, being harmless."""
    table = source.open_table(INTERESTS)
    interests: dict[tuple[str, str | None, InterestKind | None], InterestRow] = {}
    for row in table.rows if table is not None else ():
        kind = row.need("Kind", one_of(InterestKind), None)
        member = known.member(row)
        is_of_none = row.cell("Application") is None and kind in (*OF_NONE, None)
        application = None if is_of_none else known.application(row)
        detail = row.take("Detail", text, "")
        interest = InterestRow(member, application, kind or InterestKind.NONE, detail)
        interests.setdefault((member, application, kind), interest)
    return tuple(interests.values())


def read_seats(source: Source, areas: Container[str]) -> tuple[SeatRow, ...]:
    """Return who signs after the panel, post by post; two rows for the same post and area are a fault."""
    table = source.open_table(SIGNING)
    seats: dict[tuple[str, str], SeatRow] = {}
    for row in table.rows if table is not None else ():
        seat = SeatRow(row.need("Post", text, ""), row.take("Area", text, ""), row.take("Name", text, ""))
        if seat.area and seat.area not in areas:
            row.fault("Area", f'"{seat.area}" is not an area on the Pots sheet.')
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
