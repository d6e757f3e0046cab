"""An award varied, signed and asked back on the Awards page."""

from functools import partial
from pathlib import Path

import pytest

from gui.listed.form import NO_REASON
from gui.pages.awards.agreements import WANTED
from gui.pages.awards.page import AS_VARIED, PAGE
from gui.pages.page import Identity
from models.operations.set_up.people import NameSignatories
from models.queries.deciding.signatories import Signatory, signatories
from models.record import Opener, Record
from tests.gui.deciding import make_payable, mark_paid
from tests.gui.listed.page_user import PageUser, Uses
from tests.models.operations.budgets import allocate


@pytest.fixture
def user(at: Uses, tmp_path: Path) -> PageUser:
    """An officer at Awards; the first award is of £4,800, and its agreement is signed."""
    path = make_payable(tmp_path / "payable.panel")
    with Record.open(path, Opener("Olive Office", "tests")) as record:
        allocate(record, Wolverhampton=5_000_000)
    return at(PAGE, path, Identity("Olive Office", "officer"))


def test_an_award_is_varied_signed_withdrawn_and_asked_back(user: PageUser) -> None:
    assert "New award…" in user.offered, "an award without a competition begins beside any other"
    assert "Nothing was varied or asked back." in user.said
    assert user.view.foot.text().startswith("2026/27: £50,000 allocated")
    assert WANTED not in user.said
    assert "£50,000 allocated" in user.press("Vary…").asked
    user.fill(amount="4,500", conditions="Report in May.\n").agree()
    assert user.faults.startswith("Reason: say why")
    said = user.fill(reason="fewer sessions").agree().said
    assert "£4,800.00 becomes £4,500.00; new conditions are agreed. Reason: fewer sessions." in said
    assert "Awarded £4,800\n£4,500 is proposed, £4,800 agreed." in said
    assert "£4,500 in all, as proposed; £4,800 is agreed." in said
    assert user.view.chip.text() == "Adds up as varied"
    assert user.view.chip.toolTip() == AS_VARIED
    assert "both have not signed the agreement with it yet." in said
    assert WANTED in said
    assert "varied since" in user.named
    assert "Awarded £4,800, £4,500 proposed," in user.named

    assert user.press("Vary…").form["conditions"].toPlainText() == "Report in May."
    assert "Waits to be signed." in user.fill(amount="4,700", reason="a hall to hire").agree().said
    assert user.press("Withdraw the variation…").form.do.toolTip() == NO_REASON
    user.fill(reason="the hall is free").agree()
    assert "Withdrawn: the hall is free." in user.said

    user.press("Vary…").fill(amount="4,600", reason="heating").agree().press("Sign the variation…")
    assert user.form.is_final, "Enter in a line would sign at once what stays signed"
    assert "£50,000 allocated" in user.asked
    stranger = user.fill(by="Dee Puty", deputy="Head of Finance").asked
    assert "Cora Command signs as Commander, not Dee Puty. Record the person as a signatory" in stranger
    user.fill(by="Cora Command", deputy="").agree()
    there: list[tuple[Signatory, ...]] = []
    user.workspace.ask(partial(signatories, round_id=1), there.append)
    deputy = Signatory("Dee Puty", "decider", "Head of Finance for the Chief Executive")
    user.workspace.perform(NameSignatories(1, (*there[0], deputy), reason="Dee stands in."))
    said = user.press("Sign the variation…").fill(by="Dee Puty", deputy="Head of Finance").agree().said
    assert "£4,600 is proposed, £4,800 agreed." in said
    assert "Dee Puty (Head of Finance for the Chief Executive)" in said


def test_a_sum_to_confirm_and_one_over_the_round_budget_are_asked_about_in_the_dialog(
    user: PageUser,
) -> None:
    user.press("Vary…").fill(amount="48,000", reason="a second hall")
    assert "W-014: £48,000.00 is at least 10 times the £4,800.00 that it had before." in user.asked
    assert user.form.do.toolTip() == "Correct the amount, or tick that it is right."
    user.fill(amount_is_right="yes")
    assert user.form.do.toolTip() == "Name who allows it."

    user.fill(amount="5,800")
    assert "£480 over the round budget of Wolverhampton, and nobody allows that yet" in user.asked
    user.fill(allowed_name="Jo Sample", allowed_post="Commissioner", allowed_pence="1")
    assert user.form.do.toolTip() == "It takes £480, no more and no less."
    user.fill(allowed_pence="4,800", allowed_why="The hall burnt down.")
    assert "no more and no less" in user.form.do.toolTip(), "nobody allows another award by the way"
    said = user.fill(allowed_pence="480").agree().said
    assert user.view.chip.text() == "Over budget", "somebody allows it, and it is over all the same"
    assert user.view.summary.text().startswith("Wolverhampton £480 over the pot, allowed by Jo Sample")
    assert "£4,800.00 becomes £5,800.00" in said


def test_money_is_asked_back_and_comes(user: PageUser) -> None:
    mark_paid(user.be(Identity("Finn Pays", "finance")))
    user.press("Ask for money back…").fill(pence="300", words="not spent").agree()
    user.press("Record money received back…").fill(pence="100", words="bank transfer").agree()
    assert "£200 still to come" in user.said
    assert "Stands at £4,700, after money returned" in user.said
