"""The overview in a member's own record: what the member does, and nothing that the office alone knows."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from models.packs.member_record import is_members_own
from models.queries.panel.overview import Overview
from models.queries.panel.to_do import Harm, ToDo, What
from models.session import Session

if TYPE_CHECKING:
    from models.queries.packs.member_record import ReturnState

NOTES = {
    What.DECLARE: "Applications open to you after that; anything you declared to the office earlier is kept",
    What.SCORE: "Hand each sheet in, then make the return",
    What.HAND_IN: "At the office they count once they are handed in and returned",
}
ASKED = "by those that you score"


def ask_own(session: Session) -> "ReturnState | None":
    """Return what a return would carry, None in the office's record."""
    if not is_members_own(session):
        return None
    from models.queries.packs.member_record import (
        return_state,  # an office opens no pack, and need not load it
    )

    return return_state(session)


def away_overview(shown: Overview, own: "ReturnState") -> Overview:
    """Return the overview without pots, and with the return among what needs the member."""
    tasks = [replace(task, note=NOTES.get(task.what, task.note)) for task in shown.tasks]
    if own.has_news and own.handed_in:
        tasks.append(_return(own, is_last=not tasks))
    tiles = [replace(tile, words=ASKED) if number == 1 else tile for number, tile in enumerate(shown.tiles)]
    return replace(shown, tiles=tuple(tiles), tasks=tuple(tasks), budget=(), waiting="")


def _return(own: "ReturnState", *, is_last: bool) -> ToDo:
    harm = Harm.WARNING if is_last else Harm.NONE
    words = "Your work goes to the office as a return" if is_last else "You can make a return now"
    return ToDo(What.MAKE_RETURN, harm, words, own.words)
