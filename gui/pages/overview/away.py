"""The overview in a member's own record: what the member does, and nothing that the office alone knows."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gui.pages.overview.figures import Overview
from gui.pages.overview.task import Task
from gui.theme.tokens import Tone
from models.packs.member_record import is_members_own

if TYPE_CHECKING:
    from models.queries.packs.member_record import ReturnState

NOTES = {
    "Declare": "Applications open to you after that; what you declared to the office before stays",
    "Continue scoring": "Hand each sheet in, then make the return",
    "Hand in": "At the office they count once they are handed in and returned",
}
ASKED = "by those that you score"
RETURN = "make_return"


def ask_own(session: Any) -> "ReturnState | None":
    """Return what a return would carry, None in the office's record; the window may not name the session."""
    if not is_members_own(session):
        return None
    from models.queries.packs.member_record import (
        return_state,  # an office opens no pack, and need not load it
    )

    return return_state(session)


def away(shown: Overview, own: "ReturnState") -> Overview:
    """Return the overview without pots, and with the return among what needs the member."""
    tasks = [replace(task, note=NOTES.get(task.button, task.note)) for task in shown.tasks]
    if own.has_news and own.handed_in:
        tasks.append(_return(own, is_last=not tasks))
    tiles = [replace(tile, words=ASKED) if number == 1 else tile for number, tile in enumerate(shown.tiles)]
    return replace(shown, tiles=tuple(tiles), tasks=tuple(tasks), budget=(), waiting="")


def _return(own: "ReturnState", *, is_last: bool) -> Task:
    tone = Tone.WARNING if is_last else Tone.INFORMATION
    words = (
        "All that you did goes to the office by a return" if is_last else "You can make a return meanwhile"
    )
    return Task(tone, "packs", words, own.words, "Make the return…", "overview", action=RETURN)
