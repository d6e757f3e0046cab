"""How each member of a panel marks beside the others, once an area has left scoring."""

from msgspec import Struct

from models.permissions.declarations import own_conflicts, waits_to_declare
from models.permissions.viewing import Viewer, codes_of
from models.queries.panel.namesakes import distinct_names
from models.queries.set_up.round_rows import round_rows
from models.queries.set_up.rounds import round_line
from models.session import Session
from models.values.rows import InterestRow
from models.values.stages import BEFORE_MEETING
from scoring.marks.severity import Severity, severities
from scoring.round import InterestKind


class MemberSpread(Struct, frozen=True):
    """A member by name, and how the marks stand to the others'."""

    name: str
    severity: Severity


def marking_spread(session: Session, round_id: int, viewer: Viewer) -> tuple[MemberSpread, ...]:
    """Return every member with enough applications shared with others.

    It counts sheets that were handed in, of areas past scoring, a reopened one as it first was, and none of
    an application that the viewer declared an interest in, or abstained from.
    """
    if waits_to_declare(session, round_id, viewer):
        return ()
    line, rows = round_line(session, round_id), round_rows(session, round_id)
    open_areas = {area.name for area in line.areas if area.stage not in BEFORE_MEETING}
    own = codes_of(rows, viewer)
    closed = {row.application for row in rows.interests if row.member in own and _bars(row)}
    closed |= own_conflicts(session, round_id, viewer)
    counted = {
        row.reference
        for row in rows.applications
        if row.area in open_areas and not row.withdrawn and row.reference not in closed
    }
    sheets = [
        (sheet.member, sheet.application, sheet.first or sheet.marks)
        for sheet in rows.sheets
        if (sheet.submitted or sheet.first) and sheet.application in counted
    ]
    names = distinct_names((member.code, member.name) for member in rows.members)
    return tuple(MemberSpread(names[found.member], found) for found in severities(sheets))


def _bars(row: InterestRow) -> bool:
    return row.kind is not InterestKind.NONE
