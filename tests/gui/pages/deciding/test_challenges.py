"""Challenges: recorded, acknowledged, answered, taken out, each undone."""

from gui.pages.deciding.challenges import PAGE
from gui.pages.page import Identity
from models.values.awards import NOTHING
from tests.gui.listed.page_user import PageUser, Uses


def recorded(at: Uses) -> PageUser:
    user = at(PAGE).press("Record a challenge…")
    user.form["application"].setCurrentIndex(1)
    return user.fill(asked_by="Uma Asker", grounds="The old budget was read.").agree()


def test_it_is_acknowledged_and_undone(at: Uses) -> None:
    user = recorded(at).press("Acknowledged today")
    assert "Acknowledged on" in user.spoken()
    assert "Acknowledged today" not in user.offered
    assert "Acknowledged on" not in user.undo().spoken()


def test_it_is_changed(at: Uses) -> None:
    user = (
        recorded(at).press("Change…").fill(looked_at_by="Rae Looker", looked_at_post="Head of Audit").agree()
    )
    assert "Who looks at it: Rae Looker, Head of Audit" in user.spoken()
    box = user.press("Answer…").form
    assert (box["looked_at_by"].text(), box["looked_at_post"].text()) == ("Rae Looker", "Head of Audit")


def test_it_is_answered_and_said_to_be_carried_out(at: Uses) -> None:
    user = (
        recorded(at).press("Answer…").fill(looked_at_by="Rae", finding="Upheld, to be decided again").agree()
    )
    assert "Give the reasons" in user.faults
    user.fill(reasons="The budget that counts had come.", remedy="We read the newest.").agree()
    assert "Upheld: to be decided again" in user.spoken()
    assert "What will be done: We read the newest." in user.spoken()
    assert "Remove" not in user.offered
    user.press("What was done…").fill(carried_out_by="Nothing yet").agree()
    assert user.row.challenge.carried_out_by == NOTHING
    assert "Upheld" not in user.undo().undo().spoken()


def test_the_decision_is_opened_only_where_there_is_one(at: Uses) -> None:
    user, offered = at(PAGE), []
    for application in ("W-014, Bilston Boxing Futures", "W-013, Graiseley Gardeners"):
        user.press("Record a challenge…")
        user.fill(application=application, asked_by="Uma Asker", grounds="The old budget was read.").agree()
        user.view.show_reference(application.partition(",")[0])
        offered.append("Open the decision" in user.offered)
    assert offered == [True, False], "nothing was decided on the second"

    at_hand = user.named
    assert user.press("Remove").undo().named == at_hand, "what came back is at hand again"
    assert "Write the letter…" in user.offered
    assert "Write the letter…" not in user.be(Identity("Olu Example", "decider")).offered
