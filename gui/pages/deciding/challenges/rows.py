"""What the page asks the record, and how a line of it is said."""

from collections.abc import Callable
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.text import counted
from models.permissions.viewing import Viewer
from models.queries.applications.applications import applications
from models.queries.deciding.challenges import HeldChallenge, held_challenges
from models.queries.set_up.rounds import rounds
from models.values.awards import KIND_WORDS
from models.values.rounds import RoundLine
from scoring.written.days import short_day


class Listed(NamedTuple):
    """The challenges of the record, the round of each, and the applications of the round on show."""

    held: tuple[HeldChallenge, ...]
    rounds: dict[int, RoundLine]
    applications: tuple[tuple[str, str], ...]


def ask_challenges(viewer: Viewer, round_id: int | None) -> Callable[..., Listed]:
    """Return the query for the page; those that wait for the office come first, by when they are due."""
    return partial(_listed, viewer=viewer, round_id=round_id)


def _listed(session: Any, viewer: Viewer, round_id: int | None) -> Listed:
    held = sorted(held_challenges(session, viewer), key=_pressing)
    found = () if round_id is None else applications(session, round_id)
    named = tuple((row.reference, row.organisation) for row in found)
    return Listed(tuple(held), {line.round_id: line for line in rounds(session)}, named)


def _pressing(held: HeldChallenge) -> tuple[bool, date, int]:
    return not held.is_open, held.challenge.due_on, held.number


def summary(held: tuple[HeldChallenge, ...]) -> str:
    """Say how many there are and how many wait."""
    waiting = sum(one.is_open for one in held)
    late = sum(one.challenge.finding is None and one.challenge.due_on < current_day() for one in held)
    parts = [counted(len(held), "challenge", "challenges"), f"{waiting} open", f"{late} late" if late else ""]
    return ", ".join(filter(None, parts))


number: Callable[[HeldChallenge], int] = attrgetter("number")
"""Return a challenge's number, which is its line's key."""
_application: Callable[[HeldChallenge], str] = attrgetter("application")
_organisation: Callable[[HeldChallenge], str] = attrgetter("organisation")


def accessible_text(held: HeldChallenge) -> str:
    """Return the whole line in words."""
    return ", ".join((held.words, held.organisation, received(held), state(held)))


def received(held: HeldChallenge) -> str:
    """Return the day on which it came."""
    return short_day(held.challenge.received_on)


def state(held: HeldChallenge) -> str:
    """Return what it waits for, or what came of it."""
    return held.state(current_day())


def _kind(held: HeldChallenge) -> str:
    return f"{KIND_WORDS[held.challenge.kind]} {held.number}"


COLUMNS: tuple[LineColumn[HeldChallenge], ...] = (
    LineColumn("kind", "Challenge", _kind, _kind, width=150, is_strong=True, keeps=Keeps.WHOLE),
    LineColumn(
        "application", "Application", _application, _application, under=_organisation, keeps=Keeps.WHOLE
    ),
    LineColumn("received", "Received", received, received, width=110, gives_way=Gives.STATE),
    LineColumn("state", "Now", state, state, width=250, tip=state),
)
