"""Gates passed in bulk, and the gate of the caps judged from figures, through the real window."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm, Ticks
from gui.pages.applications.page import ApplicationsPage
from gui.pages.page import WHAT_IT_IS_FOR, Identity
from models.operations.applications.applications import ImportApplications
from models.queries.set_up.rounds import scheme
from tests.gui.pages.applications.conftest import KEY, gate_button, make_office, row
from tests.gui.pressing import answer, answer_to, box_of, words_in

LEFT = Qt.MouseButton.LeftButton
IN_TIME = datetime(2026, 10, 1, 9, 1)


@pytest.fixture(scope="module")
def made_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with three applications, of which the last asks for more than the cap."""
    path = tmp_path_factory.mktemp("office") / "office.panel"
    over = replace(row(3, IN_TIME), requested_pence=99_900_000)
    return make_office(path, row(1, IN_TIME), row(2, IN_TIME), over)


@pytest.fixture
def opened(window: Window, made_office: Path, tmp_path: Path) -> Window:
    window.controller.open(Path(shutil.copy(made_office, tmp_path / "Office.panel")))
    return window


def results(page: ApplicationsPage, reference: str) -> dict[str, str]:
    line = next(one for one in page.table.rows if one.reference == reference)
    return {one.gate.code: one.result for one in line.of.gates}


def tick(form: DataForm, name: str, value: str, *, is_ticked: bool) -> None:
    field = next(one for one in form.form.named if one.name == name)
    assert isinstance(field, Ticks)
    at = [of for _, of in field.options].index(value)
    form[name].tick([str(at)], is_ticked=is_ticked)


def test_the_cap_is_judged_at_import_and_after_a_correction_and_waived_but_never_just_passed(
    page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    assert (results(page, "S-001")["cap"], results(page, "S-003")["cap"]) == ("pass", "fail")
    page.show_reference("S-001")
    page.detail.sections.choose(2)
    assert "within every cap: judged by the program from the amount" in words_in(page.detail)
    page.show_reference("S-003")
    page.detail.sections.choose(0)
    assert "Failed: Is the request within the cap? Asks £999,000" in words_in(page.detail)

    qtbot.mouseClick(page.detail.buttons["Correct…"], LEFT)
    answer(opened, amount_requested="1000", reason="mistyped")
    assert results(page, "S-003")["cap"] == "pass"
    opened.workspace.undo_stack.undo()
    assert results(page, "S-003")["cap"] == "fail"

    page.detail.sections.choose(2)
    cap = next(at for at, one in enumerate(page.row.of.gates) if one.gate.is_cap)
    assert not gate_button(page, "Pass", cap).isEnabled()
    qtbot.mouseClick(gate_button(page, "Waive", cap), LEFT)
    answer(opened, reason="the commander agreed to a pilot")
    assert results(page, "S-003")["cap"] == "waived"
    assert opened.workspace.undo_stack.undoText() == "Gate “Is the request within the cap?” of S-003: waived"


def test_only_the_applications_in_the_list_are_offered_and_none_to_a_member(
    page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    page.narrowing.typed.setText("Group 2")
    qtbot.mouseClick(page.buttons[2], LEFT)
    applications = box_of(opened, DataForm)["applications"]
    assert [applications.item(n).text() for n in range(applications.count())] == ["S-002, Group 2"]
    box_of(opened, DataForm).reject()
    page.narrowing.typed.setText("no such group")
    assert not page.buttons[2].isVisible()

    page.narrowing.typed.setText("Group 1")
    page.show_reference(f"{WHAT_IT_IS_FOR} S-002")
    assert box_of(opened, DataForm).windowTitle().startswith("What S-002 is for"), "where Overview leads"
    box_of(opened, DataForm).reject()
    page.narrowing.typed.setText("")
    assert page.buttons[2].isVisible()
    opened.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    assert not page.buttons[2].isVisible()


def test_gates_are_passed_in_bulk_as_the_button_says_and_undone_as_one(
    page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    before = [results(page, f"S-00{n}") for n in (1, 2, 3)]
    page.detail.sections.choose(2)
    assert page.row.gates.word == "7 to check"
    assert "advisory only, not counted" in words_in(page.detail)
    qtbot.mouseClick(page.buttons[2], LEFT)
    shown = box_of(opened, DataForm)
    # nine gates, one advisory, one judged, and one of the start date, which is missing: six on each of three
    assert shown.do.text() == "Pass 18 gates on 3 applications"
    shown.helps[0].click()
    nothing = shown.do.text()
    qtbot.mouseClick(shown.do, LEFT)
    refused = shown.problem.text()
    shown.helps[0].click()
    tick(shown, "applications", "S-003", is_ticked=False)

    assert (nothing, shown.do.text()) == ("Pass gates", "Pass 12 gates on 2 applications")
    assert refused == "Tick at least one gate and one application."
    qtbot.mouseClick(shown.do, LEFT)

    assert opened.controller.dialog is None
    assert [line.gates.word for line in page.table.rows if line.gates] == [
        "1 to check",
        "1 to check",
        "1 failed",
    ]
    assert opened.workspace.undo_stack.undoText() == "Pass 12 gates on 2 applications"
    opened.workspace.undo_stack.undo()
    assert [results(page, f"S-00{n}") for n in (1, 2, 3)] == before


def test_what_the_applicant_answered_stands_beside_the_gate_and_a_no_is_left_out_unless_ticked(
    page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    asked = "9. Have you spoken to your neighbourhood team?"
    answered = (
        replace(row(4, IN_TIME), safeguarding_policy=True, answers=((asked, "Yes, in May"),)),
        replace(row(5, IN_TIME), safeguarding_policy=False, answers=((asked, "Not yet"),)),
    )
    opened.workspace.perform(ImportApplications(KEY, answered))
    page.show_reference("S-005")
    page.detail.sections.choose(2)
    beside = [label.text() for label in page.detail.findChildren(QLabel) if "Applicant:" in label.text()]
    qtbot.mouseClick(page.buttons[2], LEFT)
    shown = box_of(opened, DataForm)
    # six to check on each of five; S-001 to S-003 said nothing of a policy, S-005 has none
    before = shown.do.text(), shown.says[0]
    doubtful = shown["doubtful"]
    tick(shown, "gates", "neighbourhood-team", is_ticked=True)
    with_team = shown.says[0]
    tick(shown, "gates", "neighbourhood-team", is_ticked=False)
    doubtful.setFocus()
    doubtful.setCurrentRow(3)
    qtbot.keyClick(doubtful, Qt.Key.Key_Space)

    assert beside == [
        "Applicant: Safeguarding policy: No",
        "Applicant: Have you spoken to your neighbourhood team? Not yet",
    ]
    assert before == (
        "Pass 26 gates on 5 applications",
        "Left out, as the answer is not a plain “Yes”: 4 gates on S-001, S-002, S-003 and S-005. "
        "Tick those to pass all the same.",
    )
    assert "9 gates on S-001" in with_team
    assert doubtful.item(3).text() == "S-005, Group 5: Safeguarding policy: No"
    assert any(
        doubtful.item(row).text().endswith("Have you spoken to your neighbourhood team? Yes, in May")
        for row in range(4, 9)
    ), "what is asked by a gate that is not ticked comes after"
    assert shown.do.text() == "Pass 27 gates on 5 applications"
    qtbot.mouseClick(shown.do, LEFT)
    safe = {reference: results(page, reference)["safeguarding"] for reference in ("S-001", "S-004", "S-005")}
    assert safe == {"S-001": "to check", "S-004": "pass", "S-005": "pass"}


def test_what_a_new_cap_judged_again_is_told_where_it_was_set(opened: Window) -> None:
    opened.main.tools.go("criteria")
    stood = answer_to(opened, lambda session: scheme(session, 1))
    capped = replace(stood, cap_per_award_pence=100_000_000, cap_per_organisation_pence=None)
    opened.main.pages.page("criteria")._hand_on(stood, capped, "the cap")

    assert opened.main.toast.words.startswith("Changed the cap. 1 application was judged again by the cap.")
