"""Applications by hand through the real window: new, corrected, withdrawn, and two kept apart."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from exchange.applications.importer import in_full, problem_with, typed, with_typed
from gui.app import Window
from gui.listed.form import DataForm
from gui.listed.paper_forms import WITHHOLD
from gui.pages.applications.acts import application_form, choices_form
from gui.pages.applications.page import ApplicationsPage
from gui.pages.page import Identity
from gui.record.clock import current_day
from gui.widgets.label import Label
from models.operations.applications.applications import ImportApplications
from models.reference.defaults import FundList, ListItem, ListKind
from models.values.applications import Choice
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from tests.gui.builders import FUND
from tests.gui.pressing import box_of

LEFT = Qt.MouseButton.LeftButton


def test_a_day_without_a_year_is_the_last_for_what_came_in_and_the_next_for_what_starts() -> None:
    today = date.today()
    day = today - timedelta(days=1)
    typed_day = f"{day.day} {day:%b}"

    assert in_full("received_at", typed_day) == f"{day:%d/%m/%Y}"
    assert in_full("start_on", typed_day) == f"{day:%d/%m}/{day.year + 1}"
    assert in_full("received_at", "14/9/26 9:30") == "14/09/2026 09:30"
    assert in_full("start_on", "31/6") == "31/6"
    assert "June has 30 days" in problem_with("start_on", "31/6")
    assert in_full("project", "25 Nov") == "25 Nov"


def write(shown: DataForm, **texts: str) -> None:
    for field, text in texts.items():
        shown[field].setText(text)


def test_what_is_typed_becomes_the_application_and_back() -> None:
    texts = {
        "organisation": "The Larder",
        "amount_requested": "£4,500.50",
        "postcode": "wv11aa",
        "start_on": "4/1/2027",
        "received_at": "14/09/2026 09:30",
        "constitution_held": "Yes",
        "beneficiaries": "60",
    }

    row = with_typed(ApplicationRow("W-100", ""), texts)

    assert (row.requested_pence, row.postcode) == (450_050, "WV1 1AA")
    assert (row.start_on, row.received_at) == (date(2027, 1, 4), datetime(2026, 9, 14, 9, 30))
    assert with_typed(row, {field: typed(row, field) for field in texts}) == row
    assert with_typed(row, {"postcode": "", "start_on": ""}).start_on is None
    late = with_typed(row, {"received_at": "14/09/2026 17:00:30"})
    assert (typed(late, "received_at"), in_full("received_at", "14/9/26 17:00:30")) == (
        *("14/09/2026 17:00:30", "14/09/2026 17:00:30"),
    )


def test_a_form_is_filled_in_left_and_refused_at_its_field(
    page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.buttons[1], LEFT)
    shown = box_of(opened, DataForm)
    assert shown.focusWidget() is shown["reference"]
    write(shown, organisation="Lane Larder")
    amount = shown["amount_requested"]
    assert amount.visibleRegion().isEmpty()
    assert amount.text() == ""
    qtbot.keyClick(shown["organisation"], Qt.Key.Key_Return)
    assert shown.focusWidget() is amount, "what is wrong further down is brought into sight"
    assert amount.accessibleDescription().startswith("Type the amount")
    assert amount.visibleRegion().boundingRect() == amount.rect()
    write(shown, amount_requested="about 500", postcode="WV1 1AA")
    qtbot.mouseClick(shown.do, LEFT)
    assert amount.accessibleDescription().startswith("“about 500” is not an exact amount")
    assert shown.focusWidget() is amount
    write(shown, amount_requested="500")
    qtbot.mouseClick(shown.do, LEFT)

    added = next(line for line in page.table.rows if line.of.row.organisation == "Lane Larder")
    assert added.of.row.requested_pence == 50_000
    opened.workspace.undo_stack.undo()
    assert len(page.table.rows) == 42


def test_a_correction_needs_a_reason_and_shows_what_was_submitted(
    page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    page.show_reference("W-009")
    qtbot.mouseClick(page.detail.buttons["Correct…"], LEFT)
    shown = box_of(opened, DataForm)
    shown["reason"].setText("a look")
    qtbot.mouseClick(shown.do, LEFT)
    QApplication.processEvents()
    assert shown.problem.text().startswith("Nothing of W-009 was changed.")
    assert shown["reason"].text() == "a look"
    shown["reason"].setText("")
    write(shown, amount_requested="2300")
    qtbot.mouseClick(shown.do, LEFT)
    assert opened.controller.dialog is shown

    shown["reason"].setText("mistyped")
    qtbot.mouseClick(shown.do, LEFT)

    line = page.row
    assert (line.of.row.requested_pence, line.asked) == (230_000, "£2,300")
    assert line.of.submitted.requested_pence == 240_000
    assert [(one.field, one.reason) for one in line.of.corrections] == [("requested_pence", "mistyped")]


def test_a_text_of_several_paragraphs_is_not_corrected_by_the_way(
    page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    text = "First paragraph.\r\nSecond, after a carriage return. "
    row = ApplicationRow("W-900", "Lane Larder", requested_pence=50_000, need=text)
    opened.workspace.perform(ImportApplications(RoundKey(FUND, "2026/27", "Round 2"), (row,)))
    page.show_reference("W-900")
    qtbot.mouseClick(page.detail.buttons["Correct…"], LEFT)
    write(box_of(opened, DataForm), amount_requested="600")
    box_of(opened, DataForm)["reason"].setText("mistyped")

    qtbot.mouseClick(box_of(opened, DataForm).do, LEFT)

    line = page.row
    assert [one.field for one in line.of.corrections] == ["requested_pence"]
    assert line.of.row.need == text


def test_an_application_is_withdrawn_with_a_reason_and_taken_up_again_and_a_form_left_changes_nothing(
    page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    page.show_reference("W-009")
    qtbot.mouseClick(page.detail.buttons["Withdraw…"], LEFT)
    dialog = box_of(opened, DataForm)
    assert dialog["on"].value == current_day()
    dialog["reason"].setPlainText("the group asked")
    qtbot.mouseClick(dialog.do, LEFT)

    withdrawn = page.row
    qtbot.mouseClick(page.detail.buttons["Reinstate"], LEFT)

    assert withdrawn.state.word == "Withdrawn"
    assert page.row.state.word == "Scored"
    before = page.row
    qtbot.mouseClick(page.detail.buttons["Correct…"], LEFT)
    write(box_of(opened, DataForm), organisation="Another")
    qtbot.mouseClick(box_of(opened, DataForm).cancel, LEFT)
    assert opened.controller.dialog is None
    assert page.row == before


@pytest.mark.parametrize("role", ["chair", "officer"])
def test_a_name_is_withheld_and_given_again_by_whom_may_and_offered_to_nobody_else(
    page: ApplicationsPage, opened: Window, qtbot: QtBot, role: str
) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", role))
    opened.main.tools.go("applications")
    page.show_reference("W-009")
    assert (WITHHOLD in page.detail.buttons) == (role == "officer")
    if role != "officer":
        return
    qtbot.mouseClick(page.detail.buttons[WITHHOLD], LEFT)
    dialog = box_of(opened, DataForm)
    dialog["reason"].setPlainText("It is a refuge.")
    dialog["decided_by"].setText("Olu Example")
    qtbot.mouseClick(dialog.do, LEFT)
    assert "with the post" in dialog.problem.text()
    dialog["decided_post"].setText("Chief Executive")
    qtbot.mouseClick(dialog.do, LEFT)
    line = page.row
    assert line.of.withheld is not None
    told = " ".join(label.text() for label in page.detail.findChildren(Label))
    assert "In public “Withheld: " in told

    qtbot.mouseClick(page.detail.buttons["Give the name again"], LEFT)
    assert page.row.of.withheld is None


def test_what_was_submitted_unreadable_is_let_be_until_it_is_typed_over(opened: Window, qtbot: QtBot) -> None:
    row = ApplicationRow("W-900", "Lane Larder", requested_pence=90_000, postcode="NOWHERE")
    given: list[ApplicationRow] = []
    asked = application_form("Correct", row, (), lambda after, reason: given.append(after), is_new=False)
    shown = DataForm(asked, opened.main)
    shown["reason"].setText("mistyped")
    write(shown, project="Food")

    qtbot.mouseClick(shown.do, LEFT)

    assert [(after.project, after.postcode) for after in given] == [("Food", "NOWHERE")]


def test_a_line_that_is_retired_stays_where_it_stands(dressed: None, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    crimes = FundList(ListKind.CRIME, (ListItem("old", "Poaching", is_retired=True),), True)
    held = (Choice(ListKind.CRIME, "old", "Poaching"),)

    form = DataForm(choices_form("ACF-001", held, (crimes,), print), holder)
    assert form[ListKind.CRIME].currentText() == "Poaching"
