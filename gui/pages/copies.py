"""Copies: what can be done with copies of the record, each with what it does.

Does not belong here: doing it, which the record's own actions do wherever they are asked for.
"""

from operator import attrgetter

from msgspec import Struct

from gui.listed.acts import Act, Run
from gui.listed.page import ListedPage, Wanted
from gui.pages.page import Identity, PageTools
from gui.shell.actions import ACTIONS
from gui.tables.columns import LineColumn
from models.operation import Topic


class Way(Struct, frozen=True):
    """One thing that can be done with copies: the window's action, how it is called, what it does."""

    action: str
    words: str
    what: str


Ways = tuple[Way, ...]
WAYS: Ways = (
    Way(
        "copy_record",
        "Save a copy as…",
        "Writes a copy of the record as it is now and reads it back: for another place, or a stick.",
    ),
    Way(
        "back_to_copy",
        "Go back to a copy…",
        "Shows the automatic copies and what going back to each would lose; what is here now is kept.",
    ),
    Way(
        "compare_copy",
        "Compare with a copy…",
        "For a record that was worked on in two places: shows what the other holds, and takes in marks.",
    ),
    Way(
        "bring_in",
        "Bring in an area’s work…",
        "Takes in what a separate record holds: an area’s work from a laptop, or another area’s rounds.",
    ),
    Way(
        "copy_back",
        "Copy back…",
        "Puts the record back on the network share from which it was copied to this computer.",
    ),
    Way(
        "salvage",
        "Salvage a damaged record…",
        "Reads what it can of a damaged record into a new one, and says what it could not.",
    ),
)


def _ask(session: object, wanted: Wanted) -> Ways:
    """Return what the person may do: what they may not is offered nowhere."""
    person = Identity(wanted.viewer.name, wanted.viewer.role, areas=wanted.areas)
    kinds = {one.name: one.kind for one in ACTIONS}
    return tuple(way for way in WAYS if not kinds[way.action] or person.may(kinds[way.action]))


def _trigger(tools: PageTools, way: Way) -> None:
    action = tools.actions[way.action]
    if action.isEnabled():
        action.trigger()
    else:
        tools.hint(action.statusTip() or NOT_NOW)


NOT_NOW = "There is nothing to do for it here."
PAGE: ListedPage[Ways, Way] = ListedPage(
    key="copies",
    title="Copies",
    icon="copy",
    list_name="What can be done with copies",
    ask=_ask,
    rows=lambda ways: ways,
    row_key=attrgetter("action"),
    columns=(LineColumn("what", "What", attrgetter("words"), under=attrgetter("what"), is_strong=True),),
    summary=lambda ways: "Copies are made by themselves: one a day, and one before each large change.",
    concerns=frozenset({Topic.RECORD}),
    opens=Act(words="Do it", does=lambda at: Run(lambda tools: _trigger(tools, at.row))),
)
