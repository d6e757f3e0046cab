"""What each member of a panel still has to do: a declaration to make, or sheets to hand in."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from models.permissions.declarations import declared_as, signer_interests, waits_to_declare
from models.permissions.role import is_asked_for_marks
from models.permissions.viewing import Viewer
from models.queries.deciding.settled import standing_interests
from models.queries.panel.member_details import MemberDetails
from models.queries.panel.panel_board import PanelBoard, begun_sheets, panel_board
from models.queries.panel.score_sheets import to_be_scored
from models.queries.set_up.area_dates import area_dates
from models.session import Session
from models.values.rows import InterestRow
from scoring.round import InterestKind


class OpenSheets(Struct, frozen=True):
    """How many of a member's sheets are open in an area, and by when its marks are wanted."""

    area: str
    count: int
    marks_close_on: date | None


class Reminder(Struct, frozen=True):
    """A member with something open; one who has not declared has no sheets yet."""

    code: str
    name: str
    has_declared: bool
    sheets: tuple[OpenSheets, ...] = ()


class PanelFacts(Struct, frozen=True):
    """A round's panel with those of it who have something open.

    `signing` is what a person who signs after it declared; who has not starts from the office's `statement`.
    Who `must_declare` first reads of others' declarations no more than that they were made.
    """

    board: PanelBoard
    waiting: tuple[Reminder, ...]
    signing: tuple[InterestRow, ...] = ()
    statement: str = ""
    must_declare: bool = False


def panel_facts(session: Session, round_id: int, viewer: Viewer) -> PanelFacts:
    """Return a round's panel as its page shows it to a person, with whom there is to remind.

    Before somebody declares they read what they declare on, and nothing of others' interests.
    """
    board = panel_board(session, round_id)
    waiting, statement = reminders(session, round_id, board), standing_interests(session)
    if waits_to_declare(session, round_id, viewer):
        known = tuple(replace(row, interests=0, abstentions=0) for row in board.members)
        board = replace(board, members=known, quorum=(), declared=())
        return PanelFacts(board, waiting, (), statement, must_declare=True)
    signing = declared_as(signer_interests(session, round_id), viewer.name)
    return PanelFacts(board, waiting, signing, statement)


def reminders(session: Session, round_id: int, board: PanelBoard) -> tuple[Reminder, ...]:
    """Return the members who have something open, in the panel's order; an adviser has no sheets."""
    areas = _open_applications(session, round_id)
    closes = {area: dates.marks_close_on for area, dates in area_dates(session, round_id).items()}
    begun = begun_sheets(session, round_id)
    barred = {(i.member, i.application) for i in board.declared if i.kind is not InterestKind.NONE}
    found = []
    for row in board.members:
        member = row.details
        sheets = tuple(
            OpenSheets(area, count, closes[area])
            for area, references in areas.items()
            if (count := sum(1 for of in references if _is_open(member, area, of, begun, barred)))
        )
        if not row.has_declared or (sheets and is_asked_for_marks(member.role)):
            found.append(
                Reminder(member.code, row.shown, row.has_declared, sheets if row.has_declared else ())
            )
    return tuple(found)


def _open_applications(session: Session, round_id: int) -> dict[str, list[str]]:
    """Return the applications of the areas that are being scored."""
    found: dict[str, list[str]] = {}
    for line in to_be_scored(session, round_id):
        if line.stage == "scoring":
            found.setdefault(line.area, []).append(line.reference)
    return found


def _is_open(
    member: MemberDetails,
    area: str,
    reference: str,
    begun: Mapping[tuple[str, str], bool],
    barred: set[tuple[str, str | None]],
) -> bool:
    key = (member.code, reference)
    return key not in barred and (member.serves(area) or key in begun) and not begun.get(key, False)
