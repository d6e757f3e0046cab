"""The page Funds: funds listed, added, changed line by line, renamed, closed, and taken to a file."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.pages.set_up.funds.dialogs import (
    AddFundDialog,
    ChooseDialog,
    CloseDialog,
    FundYearDialog,
    LineDialog,
    RenameDialog,
    StepDialog,
    TextDialog,
)
from gui.pages.set_up.funds.page import FundsPage
from gui.pages.set_up.funds.panel_rules import PanelRuleDialog
from gui.pages.set_up.funds.rows import CHAIN, FACTS, PANEL, YEARS
from gui.pages.set_up.funds.template_dialog import SHIPPED, USE, WRITE, TemplateDialog
from models.queries.awards.agreements import agreement_template
from models.queries.set_up.funds import Fund, fund_list
from models.reference.defaults import ListKind, SourceKind
from models.reference.fund_facts import CLAUSES, PAYMENTS
from tests.exchange.reading.test_word_templates import HOSTILE


@pytest.fixture
def page(opened: Window) -> FundsPage:
    """The page, for an officer, at a fund that was added from a template."""
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    opened.main.tools.go("funds")
    page = opened.main.pages.page("funds")
    assert isinstance(page, FundsPage)
    page.controller._add("Areas Fund", "AF", "acf")
    page.table.select("AF")
    return page


def stored(window: Window, code: str = "AF") -> Fund | None:
    """Return a fund as the record holds it."""
    found: list[tuple[Fund, ...]] = []
    window.workspace.ask(fund_list, found.append)
    return next((fund for fund in found[-1] if fund.code == code), None)


def the_fund(window: Window, code: str = "AF") -> Fund:
    """Return a fund that is there."""
    found = stored(window, code)
    assert found is not None
    return found


def show(page: FundsPage, part: str) -> None:
    """Choose a part of the fund."""
    page.section.setCurrentIndex(page.section.findData(part))


def test_a_fund_is_added_from_a_template_and_undone(page: FundsPage, opened: Window) -> None:
    page.add.click()
    box = opened.controller.dialog
    assert isinstance(box, AddFundDialog)
    box.name.setText("victims fund")
    assert box.start.currentText() == "Victims Fund", "a template of that name is what it starts from"
    box.start.setCurrentIndex(0)
    box.start.activated.emit(0)
    box.name.setText("Active Citizens Fund")
    assert box.start.currentIndex() == 0, "what was chosen by hand stays"
    box.name.setText("Ambassador Fund")
    box.code.setText("LPA")
    box.do.click()

    assert "LPA" in {fund.code for fund in page.table.rows}
    assert page.table.current == "LPA", "what was added is on show"
    assert the_fund(opened, "LPA").rules.chain[0].per_area

    opened.workspace.undo_stack.undo()

    assert "LPA" not in {fund.code for fund in page.table.rows}


def test_a_taken_name_is_refused_in_the_dialog(page: FundsPage, opened: Window, qtbot: QtBot) -> None:
    page.add.click()
    box = opened.controller.dialog
    assert isinstance(box, AddFundDialog)
    box.start.setCurrentIndex(1)
    box.start.activated.emit(1)
    assert (box.name.text(), box.code.text()) == ("Active Citizens Fund", "ACF"), "a named fund brings both"
    box.name.setText(page.table.rows[0].name)
    box.code.setText("NEW")
    box.do.click()

    qtbot.waitUntil(box.problem.isVisible)
    assert "is there already" in box.problem.text()


def test_a_line_is_added_retired_required_and_taken_out(page: FundsPage, opened: Window) -> None:
    show(page, ListKind.CRIME)
    page.more.click()
    box = opened.controller.dialog
    assert isinstance(box, LineDialog)
    box.code.setText("rural")
    box.words.setPlainText("Crime in the country")
    box.do.click()
    page.required.click()

    fund = the_fund(opened)
    assert fund.rules.items(ListKind.CRIME)[-1].words == "Crime in the country"
    assert fund.rules.required() == (ListKind.CRIME,)
    assert page.required.text() == "No longer required"
    page.rows.select("line:rural")
    page.edit.click()
    again = opened.controller.dialog
    assert isinstance(again, LineDialog)
    again.retired.setCurrentIndex(1)
    again.do.click()
    assert page.rows.rows[-1].note == "retired"
    page.take_out.click()
    assert "line:rural" not in {row.key for row in page.rows.rows}


def test_a_code_that_is_there_is_refused_at_its_field(page: FundsPage, opened: Window) -> None:
    show(page, "gate")
    page.more.click()
    box = opened.controller.dialog
    assert isinstance(box, LineDialog)
    box.code.setText("constituted")
    box.words.setPlainText("Twice?")
    box.do.click()

    assert "is in use already" in box.problem.text()


def test_a_step_of_two_posts_is_set_and_the_last_one_stays(page: FundsPage, opened: Window) -> None:
    show(page, CHAIN)
    before = len(page.rows.rows)
    page.more.click()
    box = opened.controller.dialog
    assert isinstance(box, StepDialog)
    box.posts.setPlainText("Area commander\nAmbassador")
    box.per_area.setCurrentIndex(1)
    box.least.setText("5000")
    box.most.setText("20000")
    box.do.click()

    step = the_fund(opened).rules.chain[-1]
    assert (step.posts, step.per_area, step.from_pence) == (("Area commander", "Ambassador"), True, 500_000)
    assert step.up_to_pence == 2_000_000
    page.rows.select(f"step:{before + 1}")
    page.take_out.click()
    assert len(page.rows.rows) == before


def test_a_year_has_an_amount_and_sources_that_add_up(page: FundsPage, opened: Window) -> None:
    show(page, YEARS)
    page.more.click()
    box = opened.controller.dialog
    assert isinstance(box, FundYearDialog)
    box.year.setText("2028/29")
    box.amount.setText("90,000")
    box.parts[SourceKind.PRECEPT][0].setText("80,000")
    box.do.click()
    assert "£10,000.00 less than its amount" in box.problem.text()
    box.parts[SourceKind.MINISTRY][0].setText("10,000")
    box.parts[SourceKind.MINISTRY][1].setText("31/03/2029")
    box.do.click()

    year = the_fund(opened).years[-1]
    assert (year.year, year.amount_pence, len(year.sources)) == ("2028/29", 9_000_000, 2)
    assert "until 31 Mar 2029" in page.rows.rows[0].note


def test_a_fund_is_renamed_from_a_day(page: FundsPage, opened: Window) -> None:
    page.rename.click()
    box = opened.controller.dialog
    assert isinstance(box, RenameDialog)
    box.name.setText("Helping Areas Fund")
    box.day.setText("01/04/2026")
    box.do.click()

    assert [one.name for one in the_fund(opened).names][1:] == ["Helping Areas Fund"]
    assert [row.what for row in page.rows.rows][:2] == ["Name", "Former name"]
    assert not page.remove.isEnabled()


def test_facts_are_changed_and_what_cannot_be_stays_in_the_dialog(page: FundsPage, opened: Window) -> None:
    show(page, FACTS)
    page.rows.select("fact:cap_per_award")
    page.edit.click()
    box = opened.controller.dialog
    assert page.edit.text() == "Change “Cap for an award”…"
    assert isinstance(box, TextDialog)
    assert isinstance(box.text, QLineEdit)
    assert box.text.text() == "£5,000"
    box.text.setText("lots")
    box.do.click()
    assert box.problem.text().startswith("Cap for an award: “lots” is not an exact amount")
    box.text.setText("2,500")
    box.do.click()
    page.rows.select("fact:marking")
    page.edit.click()
    marking = opened.controller.dialog
    assert isinstance(marking, ChooseDialog)
    marking.chosen.setCurrentIndex(1)
    marking.do.click()

    rules = the_fund(opened).rules
    assert rules.scheme is not None
    assert (rules.scheme.cap_per_award_pence, rules.marking) == (250_000, "OFFICIAL-SENSITIVE")


def test_the_parts_of_a_payment_are_typed(page: FundsPage, opened: Window) -> None:
    show(page, PAYMENTS)
    page.rows.select("line:halves")
    page.edit.click()
    box = opened.controller.dialog
    assert isinstance(box, LineDialog)
    assert box.parts is not None
    box.parts.setPlainText("60 agreement signed; 30 last receipt")
    box.do.click()
    assert "come to 90 percent" in box.problem.text()
    box.parts.setPlainText("60 agreement signed; 40 last receipt")
    box.do.click()

    assert the_fund(opened).rules.payments[1].parts == ((60, "agreement signed"), (40, "last receipt"))


def test_the_rules_of_a_panel_are_added_changed_and_taken_out(page: FundsPage, opened: Window) -> None:
    show(page, PANEL)
    before = len(the_fund(opened).rules.panel_kinds)
    page.more.click()
    box = opened.controller.dialog
    assert isinstance(box, PanelRuleDialog)
    box.least.setText("none")
    box.who.setPlainText("community\nVictims' Champion")
    box.do.click()
    assert "a whole number from 1" in box.problem.text()
    box.least.setText("2")
    box.do.click()
    added = the_fund(opened).rules.panel_kinds[-1]
    page.rows.select(f"rule:{before + 1}")
    page.edit.click()
    again = opened.controller.dialog
    assert isinstance(again, PanelRuleDialog)
    again.least.setText("1")
    again.do.click()
    changed = the_fund(opened).rules.panel_kinds[-1]
    page.rows.select(f"rule:{before + 1}")
    page.take_out.click()

    assert (added.at_least, added.kinds, added.posts) == (2, ("community",), ("Victims' Champion",))
    assert (changed.at_least, changed.kinds, changed.posts) == (1, added.kinds, added.posts)
    assert len(the_fund(opened).rules.panel_kinds) == before


def test_a_fund_without_a_round_is_closed_opened_written_and_removed(
    page: FundsPage, opened: Window, tmp_path: Path
) -> None:
    page.controller._add("Spare Fund", "SF", "commissioned")
    page.table.select("SF")
    page.close_it.click()
    box = opened.controller.dialog
    assert isinstance(box, CloseDialog)
    box.do.click()
    assert page.fund is not None
    assert page.fund.closed_on == date.today()
    page.close_it.click()
    assert page.fund is not None
    assert page.fund.closed_on is None

    page.controller.export(page.fund, tmp_path / "spare.toml")
    page.remove.click()
    assert "SF" not in {fund.code for fund in page.table.rows}
    page.controller.import_file(tmp_path / "spare.toml")

    assert "SF" in {fund.code for fund in page.table.rows}


def test_a_record_without_a_fund_says_how_to_begin(page: FundsPage) -> None:
    page._take(())

    assert page.is_empty
    assert page.way_on.isEnabled()


def test_the_template_of_agreements_is_written_edited_used_and_let_go(
    page: FundsPage, opened: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "agreement.docx"
    files = opened.main.tools.dialogs.files
    monkeypatch.setattr(files, "save", lambda *asked: path)
    monkeypatch.setattr(files, "open", lambda *asked: path)
    show(page, CLAUSES)
    found: list[str] = []

    for what in (WRITE, USE, SHIPPED):
        page.template.click()
        box = opened.controller.dialog
        assert isinstance(box, TemplateDialog)
        box.what.setCurrentIndex(box.what.findData(what))
        box.do.click()
        opened.workspace.ask(lambda s: agreement_template(s, the_fund(opened).fund_id), found.append)

    assert path.stat().st_size > 10_000
    assert [bool(one) for one in found] == [False, True, False]


def test_a_template_that_would_fetch_something_is_refused_in_the_window(
    page: FundsPage, opened: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "agreement.docx"
    path.write_bytes(HOSTILE["an external picture"][0])
    monkeypatch.setattr(opened.main.tools.dialogs.files, "open", lambda *asked: path)
    show(page, CLAUSES)
    page.template.click()
    box = opened.controller.dialog
    assert isinstance(box, TemplateDialog)
    box.what.setCurrentIndex(box.what.findData(USE))
    told: list[Exception] = []
    opened.workspace.failed.connect(told.append)
    box.do.click()

    assert str(told[0]).startswith(
        "agreement.docx has something that Word would fetch from elsewhere in its "
    )
    found: list[str] = []
    opened.workspace.ask(lambda s: agreement_template(s, the_fund(opened).fund_id), found.append)
    assert found == [""]


def test_list_and_fund_take_turns_where_there_is_room_for_one(page: FundsPage, opened: Window) -> None:
    opened.main.resize(880, 688)
    assert (page.table.isVisible(), page.rows.isVisible()) == (True, False)

    QTest.keyClick(page.table, Qt.Key.Key_Return)

    assert (page.table.isVisible(), page.rows.isVisible()) == (False, True)
    assert page.panes() == (page.section, page.rows)
    opened.main.resize(1366, 688)
    assert (page.table.isVisible(), page.rows.isVisible(), page.sides.isVisible()) == (True, True, False)
