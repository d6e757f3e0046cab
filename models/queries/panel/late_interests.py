"""Interests that were declared once their member had marked: when, and what papers and pages say of them."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from models.queries.panel.panel import declared_on
from models.session import Session
from models.values.meeting_held import MeetingHeld
from models.values.rows import RoundRows
from scoring.schedule.values import NOT_COUNTED
from scoring.written.days import full_day


class LateInterest(Struct, frozen=True):
    """A member's interest in an application that they had marked; the day is None where it is not told."""

    member: str
    application: str
    on: date | None
    at_meeting: bool = False

    @property
    def when(self) -> str:
        """Return when it was declared, as a sentence goes on with it, "" where that is not told."""
        return f"{' at the meeting' if self.at_meeting else ''} on {full_day(self.on)}" if self.on else ""

    @property
    def words(self) -> str:
        """Say it of a member: "declared at the meeting on 3 June 2026; their sheet is not counted"."""
        return f"declared{self.when or ' an interest'}{NOT_COUNTED}"


Late = Mapping[tuple[str, str], LateInterest]
"""Late interests by the member's code and the application's reference."""


def late_interests(
    session: Session, round_id: int, rows: RoundRows, held: Mapping[str, MeetingHeld]
) -> dict[tuple[str, str], LateInterest]:
    """Return the interests in what their member had marked; `held` has the meetings by area."""
    marked = marked_by(rows)
    barred = ((i.member, i.application or "") for i in rows.interests if i.kind.is_conflict)
    found = [key for key in barred if key in marked]
    days = declared_on(session, round_id) if found else {}
    areas = {row.reference: row.area or "" for row in rows.applications}
    met = {of: held[area].held_on for of, area in areas.items() if area in held}
    return {
        key: LateInterest(*key, days.get(key), at_meeting=key in days and met.get(key[1]) == days[key])
        for key in found
    }


def marked_by(rows: RoundRows) -> frozenset[tuple[str, str]]:
    """Return the members with an application on whose sheet a mark stands, or which they handed in."""
    begun = (one for one in rows.sheets if one.submitted or any(mark is not None for mark in one.marks))
    return frozenset((one.member, one.application) for one in begun)


def told_late(late: Late, reference: str, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return by name what is said of the late interests in an application."""
    here = (one for one in late.values() if one.application == reference)
    return tuple((names.get(one.member, one.member), one.words) for one in here)
