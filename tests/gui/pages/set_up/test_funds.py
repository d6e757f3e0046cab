"""Funds listed, added, changed line by line, renamed, closed, and taken to a file, each by its words."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from gui.listed.view import ListedView
from gui.pages.set_up.funds import PAGE
from models.queries.awards.agreements import agreement_template
from models.reference.defaults import ListKind
from tests.exchange.reading.test_word_templates import HOSTILE
from tests.gui.listed.page_user import NARROW, TALL, PageUser, Uses
from tests.gui.pressing import answer_to

PART = "Part of the fund"


def added(
    at: Uses, name: str = "Areas Fund", code: str = "AF", start: str = "Active Citizens Fund"
) -> PageUser:
    user = at(PAGE).press("Add a fund…").fill(start=start, name=name, code=code).agree()
    assert not user.has_form, user.faults
    return user


def clauses(at: Uses) -> PageUser:
    return added(at).choose(PART, "Clauses of its agreements")


def test_a_fund_is_added_from_a_template_and_undone(at: Uses) -> None:
    user = at(PAGE).press("Add a fund…").fill(name="Ambassador Fund", code="LPA").agree()
    assert user.row.code == "LPA", "what was added is on show"
    assert user.row.rules.chain[0].per_area
    assert "LPA" not in user.undo().spoken()


def test_a_fund_is_renamed_and_its_facts_changed_and_what_cannot_be_stays_in_the_dialog(at: Uses) -> None:
    user = added(at).press("Rename…").fill(name="Helping Areas Fund", day="01/04/2026").agree()
    assert [one.name for one in user.row.names][1:] == ["Helping Areas Fund"]
    assert [line.what for line in user.lines_shown][:2] == ["Name", "Former name"]
    assert "(Remove)" in user.offered
    user.pick_line("name:2026-04-01").press("Change “Name”…")
    assert user.form.windowTitle() == "Rename Helping Areas Fund"
    user.tools.dialogs.drop()

    user.pick_line("cap_per_award").press("Change “Cap for an award”…")
    text = user.form["text"]
    assert isinstance(text, QLineEdit)
    assert text.text() == "£5,000"
    user.fill(text="lots").agree()
    assert user.faults.startswith("Cap for an award: “lots” is not an exact amount")
    user.fill(text="2,500").agree()
    user.pick_line("marking")
    QTest.keyClick(user.view.detail.reading, Qt.Key.Key_Return)
    user.fill(text="OFFICIAL-SENSITIVE").agree()
    rules = user.row.rules
    assert (rules.scheme.cap_per_award_pence, rules.marking) == (250_000, "OFFICIAL-SENSITIVE")
    # list and fund take turns where there is room for one
    view: ListedView = user.view
    card = view.detail
    view.fit(NARROW)
    assert (view.table.isVisible(), card.reading.isVisible()) == (True, False)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert (view.table.isVisible(), card.reading.isVisible()) == (False, True)
    assert view.panes() == card.panes()
    view.fit(TALL)
    assert (view.table.isVisible(), card.reading.isVisible(), view.sides.isVisible()) == (True, True, False)


def test_lines_of_each_part_of_a_fund_are_added_changed_refused_and_taken_out(at: Uses) -> None:
    user = added(at).choose(PART, "Crime types").press("Add…")
    user.fill(code="rural", words="Crime in the country").agree().press("Require before decision")
    assert user.row.rules.items(ListKind.CRIME)[-1].words == "Crime in the country"
    assert user.row.rules.required() == (ListKind.CRIME,)
    assert "No longer required" in user.offered
    user.pick_line("rural").press("Change…")
    assert user.form["code"].isReadOnly()
    user.fill(is_retired="Retired: kept where it was chosen").agree()
    assert user.lines_shown[-1].note == "retired"
    user.press("Remove line")
    assert "rural" not in {line.key for line in user.lines_shown}
    # what an undo brings back is at hand again, so that no other is taken out in its place
    user.workspace.undo_stack.undo()
    assert user.view.detail.reading.current == "rural"
    user.press("Remove line")
    assert "rural" not in {line.key for line in user.lines_shown}
    # a code that is there is refused at its field
    user.choose(PART, "Gates").press("Add…").fill(code="constituted", words="Twice?").agree()
    assert "is in use already" in user.faults
    user.tools.dialogs.drop()
    # a year has an amount, and sources that add up
    user.choose(PART, "Money by year").press("Add…").fill(year="2028", pence="90,000").agree()
    assert user.faults == "Write the year like 2026/27."
    user.fill(year="2028/29", precept_pence="80,000").agree()
    assert "£10,000.00 less than its amount" in user.faults
    given = {"ministry-of-justice_pence": "10,000", "ministry-of-justice_ends": "31/03/2029"}
    user.fill(**given).agree()
    year = user.row.years[-1]
    assert (year.year, year.amount_pence, len(year.sources)) == ("2028/29", 9_000_000, 2)
    assert "until 31 Mar 2029" in user.lines_shown[0].note
    user.press("Remove line")
    assert year not in user.row.years
    # the parts of a payment are typed
    user.choose(PART, "Payment profiles").pick_line("halves").press("Change…")
    user.fill(parts="60 agreement signed; 30 last receipt").agree()
    assert "come to 90 percent" in user.faults
    user.fill(parts="60 agreement signed; 40 last receipt").agree()
    assert user.row.rules.payments[1].parts == ((60, "agreement signed"), (40, "last receipt"))
    # the rules of a panel
    user.choose(PART, "Who must sit on the panel")
    before = len(user.lines_shown)
    user.press("Add…").fill(least="none", who="community\nVictims' Champion").agree()
    assert "a whole number from 1" in user.faults
    user.fill(least="2").agree()
    rule = user.row.rules.panel_kinds[-1]
    assert (rule.at_least, rule.kinds, rule.posts) == (2, ("community",), ("Victims' Champion",))
    user.pick_line(str(before + 1)).press("Change…").fill(least="1").agree()
    changed = user.row.rules.panel_kinds[-1]
    assert (changed.at_least, changed.kinds, changed.posts) == (1, rule.kinds, rule.posts)
    user.pick_line(str(before + 1)).press("Remove line")
    assert len(user.row.rules.panel_kinds) == before
    # a step of two posts is set, and the last one stays
    user.choose(PART, "Sign-off chain")
    before = len(user.lines_shown)
    user.press("Add…").fill(posts="Area commander\nAmbassador", least="5000", most="20000")
    user.fill(per_area=user.form["per_area"].itemText(1)).agree()
    step = user.row.rules.chain[-1]
    assert (step.posts, step.per_area, step.from_pence) == (("Area commander", "Ambassador"), True, 500_000)
    assert step.up_to_pence == 2_000_000
    user.pick_line(str(before + 1)).press("Change…").fill(posts="Area commander").agree()
    assert user.row.rules.chain[-1].posts == ("Area commander",)
    for _ in range(before):
        user.press("Remove line")
    assert "(Remove line)" in user.offered


def test_a_fund_without_a_round_is_closed_opened_written_and_removed(
    at: Uses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = added(at, "Spare Fund", "SF", "Commissioned fund, without a panel").press("Close…").agree()
    assert user.row.closed_on == date.today()
    assert user.press("Open again").row.closed_on is None
    answer_files(user, tmp_path / "spare.toml", monkeypatch)
    user.press("Export…").press("Remove")
    assert "Spare Fund" not in user.spoken()
    user.press("Import…")
    assert user.row.code == "SF"


def answer_files(user: PageUser, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user.tools.dialogs.files, "save", lambda *_: path)
    monkeypatch.setattr(user.tools.dialogs.files, "open", lambda *_: path)


def template(user: PageUser) -> str:
    return answer_to(user, lambda s: agreement_template(s, user.row.fund_id))


def test_the_template_of_agreements_is_written_edited_used_and_let_go_and_one_that_would_fetch_is_refused(
    at: Uses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, path, found = clauses(at), tmp_path / "agreement.docx", []
    path.write_bytes(HOSTILE["an external picture"][0])
    answer_files(user, path, monkeypatch)
    user.press("Template…").fill(what="Use a file that I edited").agree()
    assert user.told[-1].startswith(
        "agreement.docx has something that Word would fetch from elsewhere in its "
    )
    assert template(user) == ""
    for what in (
        "Write the template in use to a file",
        "Use a file that I edited",
        "Go back to the template that ships",
    ):
        user.press("Template…").fill(what=what).agree()
        found.append(template(user))
    assert path.stat().st_size > 10_000
    assert [bool(one) for one in found] == [False, True, False]
