"""Challenges: recorded, acknowledged, answered, taken out, each undone."""

from msgspec.structs import replace

from gui.pages.deciding.challenges import EMPTY, PAGE
from models.papers.kinds import CHALLENGE_LETTERS
from models.values.awards import NOTHING
from tests.gui.listed.page_user import PageUser, Uses


def recorded(at: Uses) -> PageUser:
    user = at(PAGE).press("Record a challenge…")
    user.form["application"].setCurrentIndex(1)
    return user.fill(asked_by="Uma Asker", grounds="The old budget was read.").agree()


def test_empty_says_what_a_challenge_is(at: Uses) -> None:
    assert EMPTY in at(PAGE).spoken()


def test_what_is_missing_is_said_in_turn(at: Uses) -> None:
    user = at(PAGE).press("Record a challenge…").agree()
    assert "Choose the application" in user.faults
    user.form["application"].setCurrentIndex(1)
    assert "Say who asks" in user.agree().faults


def test_one_is_recorded(at: Uses) -> None:
    said = recorded(at).spoken()
    assert "1 challenge, 1 open" in said
    assert "Acknowledge; answer by" in said


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


def test_it_is_taken_out_and_brought_back(at: Uses) -> None:
    user = recorded(at).press("Remove")
    assert EMPTY in user.spoken()
    assert "1 open" in user.undo().spoken()


def test_it_leads_to_letters_and_decision(at: Uses) -> None:
    user = recorded(at)
    reference = user.row.application
    user.press("Write the letter…").press("Open the decision")
    assert user.went == [("exports", CHALLENGE_LETTERS), ("decisions", reference)]


def test_one_against_a_signed_agreement_leads_to_the_award(at: Uses) -> None:
    user = recorded(at)
    user.view.show_reference(user.row.application)
    user.view.detail.show_at(user.view.at(replace(user.row, has_agreement=True)), None)
    user.press("Open the award")
    assert user.went == [("awards", user.row.application)]
