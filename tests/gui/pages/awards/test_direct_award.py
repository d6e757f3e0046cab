"""An award without a competition by the window: proposed in two steps, before the chain, then changed."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.awards.lines import sums_words
from gui.pages.awards.page import NO_DIRECT, PAGE
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.page import Identity
from gui.pages.panel.page import PanelPage
from gui.pages.papers.exports.page import ExportsPage
from gui.pages.sided_page import ClosedPage
from models.queries.awards.awards_page import award_lines
from models.record import Opener, Record
from models.values.direct_award import ROUTE_WORDS, Route
from tests.gui.pressing import answer_to, box_of, page_of
from tests.models.operations.budgets import allocate


@pytest.fixture
def window_of_office(window: Window, decided: Path, tmp_path: Path) -> Window:
    """A window on a record of the test's own, as an officer uses it."""
    path = Path(shutil.copy(decided, tmp_path / "office.panel"))
    with Record.open(path, Opener("Grace Okoro", "tests")) as record:
        allocate(record, Wolverhampton=9_000_000, Coventry=2_000_000)
    window.controller.open(path)
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    return window


def begin(window: Window) -> DataForm:
    window.main.actions_by_name["direct_award"].trigger()
    return box_of(window, DataForm)


def choose(dialog: DataForm, name: str, words: str) -> None:
    dialog[name].setCurrentText(words)
    dialog[name].activated.emit(dialog[name].currentIndex())


def wrong(dialog: DataForm) -> str:
    dialog.do.click()
    return dialog.problem.text()


def test_an_award_is_proposed_in_two_steps_and_changed_while_nobody_signed(
    window_of_office: Window, qtbot: QtBot
) -> None:
    window = window_of_office
    dialog = begin(window)
    dialog["year"].setText("2026")
    assert "2026/27" in wrong(dialog)
    dialog["year"].setText("2026/27")
    dialog.do.click()
    form = box_of(window, DataForm)
    assert "which organisation" in wrong(form)
    assert form.scrolled.horizontalScrollBar().maximum() == 0
    form["organisation"].setText("Westmarch Community Foundation")
    form["contact_name"].setText("Bo Example")
    form["email"].setText("bo@example.org")
    form["address"].setPlainText("1 Made-up Street\nCoventry")
    form["postcode"].setText("cv11aa")
    form["company_number"].setText("124356")
    form["amount_pence"].setText("12,000")
    choose(form, "area", "Coventry")
    assert form.says[0].startswith("2026/27, Coventry: £20,000 allocated, £0 committed or held,")
    choose(form, "area", "Wolverhampton")
    assert form.says[0].startswith("2026/27, Wolverhampton: £90,000 allocated,")
    form["project"].setText("Small grants")
    form["reason"].setPlainText("Neighbours look after their streets.")
    choose(form, "route", ROUTE_WORDS[Route.TENDER])
    assert "no other provider" in wrong(form)
    form["charity_number"].setText("12")
    choose(form, "route", ROUTE_WORDS[Route.EXTENSION])
    assert form["extends"].currentText() == "Choose the award"
    choose(form, "route", ROUTE_WORDS[Route.MANAGER])
    form["onward"].setPlainText("Allotment Friends; 1,500")
    assert "is not a charity number" in wrong(form)
    form["charity_number"].setText("1122334")
    assert "is not a recipient, an amount and a purpose" in wrong(form)
    form["onward"].setPlainText("Allotment Friends; 1,500; tools\n\nChess on the Green; 500; tables")
    form["starts_on"].setText("1 November 2026")
    form["ends_on"].setText("31 October 2027")
    form["break_on"].setText("1 December 2028")
    form.do.click()
    qtbot.waitUntil(lambda: window.controller.dialog is form)
    assert "outside the contract" in form.problem.text()
    form["break_on"].setText("1 May 2027")
    form.do.click()

    place = window.controller.rounds.place
    assert place.line.is_direct
    (award,) = (line.direct for line in answer_to(window, award_lines) if line.direct is not None)
    assert [one.amount_pence for one in award.onward] == [150_000, 50_000]
    said = (award.contact_name, award.email, award.address, award.postcode)
    assert said == ("Bo Example", "bo@example.org", "1 Made-up Street\nCoventry", "CV1 1AA")
    assert (award.charity_number, award.company_number) == ("1122334", "00124356")
    window.main.tools.go("awards")
    awarded = page_of(window, ListedView)
    assert awarded.empty.words == "No awards yet. Those who sign find on Decisions what is proposed."
    assert set(awarded.answer.proposed.values()) == {award.area}
    assert sums_words((), (), waiting=1).startswith("0 awards £0 · 1 proposal waits on Decisions · ")
    assert PAGE.empty(replace(awarded.answer, proposed={})) == NO_DIRECT, "no chain of a panel decides here"
    window.main.tools.go("panel")
    panel = page_of(window, PanelPage)
    assert panel.empty.words.startswith("Awards without a competition have no panel")
    panel.empty.button.click()
    qtbot.waitUntil(lambda: isinstance(window.controller.dialog, DataForm))
    window.controller.dialog.reject()  # type: ignore[union-attr]
    window.main.tools.go("decisions")
    page = page_of(window, DecisionsPage)
    assert page.within[0].lines[0].text() == "Proposed without a competition"
    assert page.within[0].lines[1].text().endswith("by Grace Okoro")
    told = [label.text() for label in page.findChildren(QLabel)]
    assert {
        "Without a competition: third-party manager",
        "Contract: 1 Nov 2026 to 31 Oct 2027",
        "It may be ended on 1 May 2027 as its agreement says",
        "Passed on: £1,500.00 to Allotment Friends, tools",
    } <= set(told)
    assert "The panel recommends" not in told
    assert "1 recommendation · 1 waits for the Commander" in told
    window.main.tools.go("exports")
    exports = page_of(window, ExportsPage)
    assert {"schedule", "minutes", "panel-book", "call"}.isdisjoint(exports.choices.list.codes)
    assert "notice" in exports.choices.list.codes
    window.main.tools.go("ranking")
    page_of(window, ClosedPage)
    changing = begin(window)
    changing["what"].setCurrentIndex(1)
    changing["what"].activated.emit(1)
    changing.do.click()
    form = box_of(window, DataForm)
    form["amount_pence"].setText("9,000")
    assert "why it is changed" in wrong(form)
    form["why"].setText("a smaller scheme")
    form.do.click()
    assert window.controller.dialog is None
