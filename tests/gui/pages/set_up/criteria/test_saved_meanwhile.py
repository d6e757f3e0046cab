"""A change of a draft that another saves meanwhile is handed on against what it was made to."""

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from gui.pages.set_up.criteria.draft import Draft
from tests.gui.builders import scheme


def test_a_change_under_way_is_handed_on_against_what_it_was_made_to(qtbot: QtBot) -> None:
    draft = Draft()
    stood = scheme()
    theirs, mine = replace(stood, scale_maximum=4), replace(stood, scale_maximum=3)
    draft.start(stood)
    draft.propose(mine, "the scale")

    draft.take(theirs)
    with qtbot.waitSignal(draft.settled) as told:
        draft.flush()

    assert told.args == [stood, mine, "the scale"]
