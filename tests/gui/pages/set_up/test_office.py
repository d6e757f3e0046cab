"""The page Office shows first what papers lack, then a part at a time, and changes several facts at once."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from PySide6.QtWidgets import QLabel

from gui.listed.narrowing import StatePills
from gui.pages.page import Identity
from gui.pages.set_up.office import PAGE, UNUSED
from models.operations.set_up.office import FactChange, SetFund, SetOfficeFacts
from models.papers.office import BY_KEY, GROUPS, PEOPLE, THE_OFFICE
from models.queries.set_up.funds import fund_list
from tests.gui.listed.page_user import PageUser, Uses
from tests.gui.pressing import answer_to

MOST_AT_FIRST = 15


def on_show(user: PageUser) -> list[str]:
    return [fact.key for fact in user.view.table.rows]


def part(user: PageUser, words: str) -> PageUser:
    """Go to a part of the office."""
    pills: StatePills = user.view.narrowing
    pills.choose(words)
    return user


def part_on_show(user: PageUser) -> str:
    return next(str(pill.value) for pill in user.view.narrowing.pills if pill.isChecked())


def said(user: PageUser, key: str) -> str:
    return next(fact.says for fact in user.view.table.rows if fact.key == key)


@pytest.fixture
def user(at: Uses, record_path: Path) -> PageUser:
    return at(PAGE, on=record_path)


def test_nothing_is_to_fill_in_once_papers_lack_nothing_and_the_search_leads_to_a_fact_in_its_part(
    user: PageUser,
) -> None:
    assert {"legal_power", "interests_statement"} & set(on_show(user)) == {"legal_power"}
    for fund in answer_to(user, fund_list):
        changed = replace(fund.rules, legal_power="An Act")
        user.workspace.perform(SetFund(fund.code, changed, fund.rules, "legal power"))
    assert "legal_power" not in on_show(user), "papers print each fund's own"
    user.press("Fill in…")
    for key in list(user.form.fields)[:-1]:
        text = {"telephone": "01905 555 0100", "email": "grants@office.example"}.get(key, "Ann Example")
        user.fill(**{key: text})
    user.agree()

    assert part_on_show(user) == THE_OFFICE
    offered = [str(pill.value) for pill in user.view.narrowing.pills if pill.isVisibleTo(user.view)]
    assert offered == list(GROUPS)
    assert len(on_show(user)) <= MOST_AT_FIRST
    user.undo()
    assert user.view.narrowing.pills[1].isVisibleTo(user.view)

    for key in ("telephone", "signatory_minutes", "privacy", "spending_over"):
        user.find("logo").open(key)
        assert user.row.key == key
        assert part_on_show(user) == BY_KEY[key].group
    assert UNUSED in user.find("logo").open("legal_power").said


def test_facts_of_a_group_are_changed_together_and_undone_and_what_is_wrong_changes_nothing(
    user: PageUser,
) -> None:
    part(user, THE_OFFICE).pick("force").press("Change…")
    assert user.form.focusWidget() is user.form["force"], "it begins with the fact at hand"
    user.fill(force="Westmarch Constabulary", area_label="Local policing area").agree()

    assert said(user, "force") == "Westmarch Constabulary"
    assert said(user, "area_label") == "Local policing area"
    assert "Police force, Westmarch Constabulary" in user.spoken()
    assert said(user.undo(), "force") == "–"

    user.press("Change…").fill(email="nobody", address="1 Fictional Way\nOldcastle\nZZ1 1ZZ")
    assert not user.form["address"].verticalScrollBar().maximum(), "an address is in sight whole"
    user.agree()

    assert user.faults.startswith("“nobody” is not an e-mail address.")
    assert said(user, "email") == "–"


def test_what_holds_from_a_later_day_stands_beneath_and_who_may_not_change_it_reads_it(
    user: PageUser,
) -> None:
    user.workspace.perform(SetOfficeFacts((FactChange("commissioner_name", "Ann Example"),)))
    part(user, PEOPLE).press("Change…").fill(commissioner_name="Bo Sample", from_on="2 May 2199").agree()
    assert user.faults.startswith("2 May 2199 is more than five years from today")
    user.agree().pick("commissioner_name")

    assert user.row.says == "Ann Example"
    assert "Ann Example, From 2 May 2199: Bo Sample" in user.spoken()

    user.be(Identity("Finn Pays", "finance"))
    assert on_show(user)
    assert not {"Change…", "Fill in…", "Choose a logo…"} & set(user.offered)


def test_a_logo_is_chosen_and_removed(
    user: PageUser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (60, 20), "navy").save(tmp_path / "logo.png")
    monkeypatch.setattr(user.tools.dialogs.files, "open", lambda *asked: tmp_path / "logo.png")

    part(user, THE_OFFICE).pick("logo").press("Choose a logo…")

    assert said(user, "logo") == "A picture"
    assert any(not label.pixmap().isNull() for label in user.view.detail.findChildren(QLabel))
    user.press("Remove the logo")
    assert said(user, "logo") == "–"
    assert "(Remove the logo)" in user.offered
