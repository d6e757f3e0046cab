"""The meeting through the real window: matrix, agreed marks, closing, attendance, projector, minutes."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs import files
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.panel.meeting import item
from gui.pages.panel.meeting.item import APART, KEPT
from gui.pages.panel.meeting.matrix import MARKS
from gui.pages.panel.meeting.page import MeetingPage
from gui.record.clock import current_day
from gui.tables.rows_model import RowsModel
from gui.theme.look import look
from gui.widgets.typed import WHICH_DAY
from models.operations.panel.agreed import OpenItem
from models.operations.set_up.areas import MoveAreas
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.panel.meeting import seen_meeting
from models.queries.panel.meeting_figures import hidden_because, work_out
from models.queries.set_up.next_stage import next_stages
from models.record import Opener, Record
from models.values.rows import AgreedRow, InterestRow
from scoring.round import Area, InterestKind
from scoring.scheme import Combine
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.meeting_rounds import (
    TOGETHER,
    give_reason,
    kept,
    meeting_of,
    meeting_record,
    meeting_round,
    texts,
)
from tests.gui.pressing import answer, answer_to, box_of, words_in
from tests.gui.walking import name_of, settle, whole_on_screen
from tests.paper_text import pdf_text

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CTRL = Qt.KeyboardModifier.ControlModifier


def spoken(page: MeetingPage, row: int, column: int) -> str:
    model = page.matrix.model()
    return str(model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole))


def test_tab_goes_on_to_the_marks_and_the_reason_and_leaving_it_keeps_it(
    window: Window, page: MeetingPage, path: Path, qtbot: QtBot
) -> None:
    page.matrix.choose("A1")
    qtbot.keyClick(page.matrix, Qt.Key.Key_5)
    page.settle.reason.setFocus()
    qtbot.keyClicks(page.settle.reason, "Three wards asked.")
    qtbot.keyClick(page.settle.reason, Qt.Key.Key_Tab)
    qtbot.keyClicks(page.settle.dissent, "Okoro would give 4.")
    page.matrix.setFocus()

    row = kept(window, path).rows.agreed[0]
    assert row == AgreedRow(
        "W-014", (5, *[None] * 6), ("Three wards asked.", *[""] * 6), "Okoro would give 4."
    )


def test_a_reason_is_ticked_as_being_for_the_panel_only_and_one_that_is_gone_can_be_unticked(
    window: Window, page: MeetingPage, path: Path, qtbot: QtBot
) -> None:
    for code in ("A1", "A2"):
        page.matrix.choose(code)
        qtbot.keyClick(page.matrix, Qt.Key.Key_5)
        assert not page.settle.for_panel.isEnabled(), "there is no reason yet"
        page.settle.reason.setFocus()
        qtbot.keyClicks(page.settle.reason, "Is it legal?")
        page.settle.for_panel.click()
        assert page.settle.for_panel.isChecked()
        assert page.settle.reason.placeholderText() == KEPT
    page.settle.reason.setPlainText("")
    page.settle.enter()
    assert page.settle.for_panel.isChecked()
    page.settle.for_panel.click()
    assert (page.settle.for_panel.isChecked(), page.settle.for_panel.isEnabled()) == (False, False)
    assert kept(window, path).rows.agreed[0].for_panel == ("A1",)


def test_going_on_says_what_is_missing_and_then_closes_the_item(
    window: Window, page: MeetingPage, qtbot: QtBot, path: Path
) -> None:
    # going on stops at what is left to agree
    qtbot.mouseClick(page.buttons.same, Qt.MouseButton.LeftButton)
    assert page.buttons.left.text() == "1 left to agree: A7"
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return, CTRL)
    toast = window.main.toast
    assert toast.words == "On W-014, 1 left to agree: A7."
    assert not toast.undo.isVisible(), "the marks before stay: nothing was done just now"
    assert page.head.name.text() == "Bilston Boxing Futures"
    assert page.matrix.code == "A7"
    assert page.window().focusWidget() is page.matrix
    page.matrix.choose("A7")
    qtbot.keyClick(page.matrix, Qt.Key.Key_1)  # the members gave 5, 5 and 2
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return, CTRL)
    assert toast.words == "On W-014, a reason to give: A7.", "it is not told as one to agree"
    assert page.window().focusWidget() is page.settle.reason, "the reason is due"
    assert page.settle.wording.text() == "No member gave a mark as low or as high as this: say why."
    # agree and next closes the item and goes on, not without a word on marks two or more apart
    qtbot.mouseClick(page.buttons.same, Qt.MouseButton.LeftButton)
    page.matrix.choose("A7")
    qtbot.keyClick(page.matrix, Qt.Key.Key_4)
    qtbot.keyClick(page.matrix, Qt.Key.Key_Return, CTRL)
    assert toast.words == "On W-014, a reason to give: A7."
    assert page.state.item.reference == "W-014"
    assert page.settle.wording.text() == APART, "the members gave 5, 5 and 2"
    give_reason(page, qtbot)
    assert page.settle.wording.text() == ""
    qtbot.keyClick(page.settle.reason, Qt.Key.Key_Return, CTRL)
    assert page.state.item.reference == "W-003"
    rows = kept(window, path)
    assert rows.closed == {"W-014"}
    assert rows.rows.agreed[0].marks == (*TOGETHER[:6], 4)


def test_a_mark_is_agreed_and_an_item_closed_and_opened_again(
    window: Window, page: MeetingPage, qtbot: QtBot
) -> None:
    # a digit agrees the mark at hand and undo takes it back
    page.matrix.choose("A7")
    qtbot.keyClick(page.matrix, Qt.Key.Key_4)
    assert texts(page, 6)[6] == "4"
    qtbot.keyClick(window.main, Qt.Key.Key_Z, CTRL)
    assert texts(page, 6)[6] == "[ ]"
    # what is agreed is not counted as still to discuss
    page.matrix.choose("A7")
    qtbot.keyClick(page.matrix, Qt.Key.Key_4)
    assert page.summary.text() == "3 items, 0 closed. 1 has marks two or more apart, 0 still to discuss."
    # a reason that compares with another applicant is flagged
    page.settle.reason.setPlainText("Better than W-003.")
    assert page.settle.wording.isVisible()
    assert page.settle.wording.text().startswith("It names W-003.")
    page.settle.reason.setPlainText("Names its outcomes.")
    assert not page.settle.wording.isVisible()
    # the models stand the fatal tester
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(view.model(), mode) for view in (page.matrix, page.side.agenda)]
    qtbot.keyClick(page.matrix, Qt.Key.Key_4)
    page.show_reference("W-003")
    assert len(testers) == 2
    # a closed item is read only until it is opened again
    page.show_reference("W-003")
    qtbot.mouseClick(page.buttons.same, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.buttons.next, Qt.MouseButton.LeftButton)
    page.show_reference("W-003")
    assert page.locked.text() == "This item is closed."
    assert page.settle.reason.isReadOnly()
    qtbot.keyClick(page.matrix, Qt.Key.Key_1)
    assert texts(page, 0)[6] == "5"
    qtbot.mouseClick(page.buttons.reopen, Qt.MouseButton.LeftButton)
    assert not page.locked.isVisible()


def test_a_criterion_is_set_aside_with_both_totals_told_first(
    window: Window, page: MeetingPage, qtbot: QtBot
) -> None:
    page.show_reference("W-003")
    qtbot.mouseClick(page.buttons.same, Qt.MouseButton.LeftButton)
    page.matrix.choose("A7")
    qtbot.mouseClick(page.settle.not_applicable, Qt.MouseButton.LeftButton)
    dialog = box_of(window, DataForm)
    # quality 25 + 12 + 12 + 12 + 10 = 71, cost 12 + 5 = 17, 88 in all; without A7 cost is 80 of 100: 71 + 16
    assert "Total with A7: 88.00; without: 87.00." in dialog.accessibleDescription()

    dialog["reason"].setPlainText("No match is possible for this fund.")
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    assert texts(page, 6)[1:4] == ["n/a", "n/a", "⊘"]

    page.matrix.choose("A7")
    qtbot.mouseClick(page.settle.not_applicable, Qt.MouseButton.LeftButton)
    assert texts(page, 6)[1:4] == ["5", "5", "⊘"]


def waits_to_confirm(window: Window) -> list[str]:
    stages = answer_to(window, lambda session: next_stages(session, 1, current_day()))
    return [one.area for one in stages if one.waits_to_confirm]


def test_the_record_is_confirmed_once_every_item_is_closed(
    window: Window, page: MeetingPage, path: Path, qtbot: QtBot
) -> None:
    assert not page.confirm.isVisible()
    for reference in ("W-014", "W-003", "W-017"):
        page.show_reference(reference)
        qtbot.mouseClick(page.buttons.same, Qt.MouseButton.LeftButton)
        if reference == "W-014":
            page.matrix.choose("A7")
            qtbot.keyClick(page.matrix, Qt.Key.Key_3)
            give_reason(page, qtbot)
        qtbot.mouseClick(page.buttons.next, Qt.MouseButton.LeftButton)

    kinds = [button.property("kind") for button in (page.confirm, page.buttons.next)]
    assert kinds == ["primary", "plain"], "what comes next is to confirm, and one button is primary"
    assert page.head.next.text() == item.ALL_CLOSED
    elsewhere = page.state.item._replace(reference="D-1", area="Dudley")
    page.head.show_state(replace(page.state, items=(*page.state.items, elsewhere)))
    assert page.head.next.text() == "Last item", "one of an area that is still scored is not closed"
    # the chair is told what is left of the minutes, and may do it once the area is past its meeting, too
    window.main.tools.ask_stage("meeting")
    still = words_in(box_of(window, DataForm)).partition("Still open")[2]
    assert "The minutes are not confirmed: that can be done on Meeting, now or later." in still
    assert "When and where the panel met is not recorded." in still
    window.controller.dialog.reject()
    window.workspace.perform(MoveAreas(1, (WOLVERHAMPTON,), "recommending"))
    assert waits_to_confirm(window) == [WOLVERHAMPTON]
    assert page.confirm.text() == "When and where…", "the button says what comes first"
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    held = box_of(window, DataForm)
    soon = current_day() + timedelta(days=5)
    held["on"].setText(f"{soon:%d %b}")
    assert held["on"].value == soon, "it may be said before the panel meets"
    held["on"].setText("")
    held["place"].setText("Room 2")
    assert (held.do.isEnabled(), held.do.toolTip()) == (False, WHICH_DAY)
    held["on"].setText("today")
    qtbot.mouseClick(held.do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.controller.dialog, ConfirmDialog))  # the question comes back
    dialog = box_of(window, ConfirmDialog)
    assert page.confirm.text() == "Confirm the minutes"
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)

    assert page.confirm.text() == "Open the minutes again…"
    assert waits_to_confirm(window) == []
    assert [row.by for row in kept(window, path).confirmed] == ["Priya Nair"]


def test_who_stands_aside_or_only_reads_changes_nothing(
    window: Window, page: MeetingPage, qtbot: QtBot
) -> None:
    # a member reads and changes nothing
    window.main.tools.use_as(Identity("Grace Okoro", "member", "OKORO"))
    qtbot.keyClick(page.matrix, Qt.Key.Key_1)
    assert texts(page, 0)[6] == "[ ]"
    assert page.locked.text().startswith(
        "The chair, the note-taker or an officer records the meeting, not the member."
    )
    # the one who stands aside sees nothing of the item
    window.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    page.show_reference("W-003")
    assert page.locked.text().startswith("You declared an interest in W-003.")
    assert not page.matrix.isVisible()
    assert not page.settle.isVisible()
    assert not page.write_minutes.isEnabled()
    assert (
        "An officer, the chair or finance writes this paper, not the member." in page.write_minutes.toolTip()
    )
    window.main.tools.use_as(Identity("Tom Hale", "chair", "HALE"))
    page.write_minutes.click()  # gaps in the place of marks would say that nobody gave any
    assert window.main.toast.words.startswith("You declared an interest in W-003, W-017, whose marks")


def heads_on_the_wall(page: MeetingPage) -> list[str]:
    model = page.projector.matrix.model()
    return [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]


def test_attendance_counts_toward_the_quorum_and_the_minutes_say_who_was_there(
    page: MeetingPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = page.side.attendance
    qtbot.mouseClick(pane.pills["HALE", "absent"], Qt.MouseButton.LeftButton)
    page.matrix.choose("A1")
    qtbot.keyClick(page.matrix, Qt.Key.Key_5)
    monkeypatch.setattr(files.QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "minutes.pdf"), ""))
    page.write_minutes.click()
    text = pdf_text(tmp_path / "minutes.pdf")
    assert "Apologies: Tom Hale." in text
    assert "W-014 Bilston Boxing Futures" in text
    assert "The panel has not confirmed these minutes yet." in text

    qtbot.mouseClick(pane.pills["HALE", "present"], Qt.MouseButton.LeftButton)
    page.side.tabs.choose(1)
    page.show_reference("W-003")
    qtbot.mouseClick(pane.pills["OKORO", "absent"], Qt.MouseButton.LeftButton)
    assert page.head.quorum.text() == "1 decide, quorum 2"
    assert pane.pills["OKORO", "absent"].isChecked()
    assert pane.all_here.text() == "All others here"
    qtbot.mouseClick(pane.all_here, Qt.MouseButton.LeftButton)
    here = {code for (code, state), pill in pane.pills.items() if state == "present" and pill.isChecked()}
    assert here == {code for code, _ in pane.pills} - {"OKORO"}
    assert not pane.all_here.isEnabled()
    assert page.summary.text().endswith("2 have no quorum.")


def test_under_all_areas_one_that_still_takes_applications_in_has_no_items(
    window: Window, tmp_path: Path
) -> None:
    rows = meeting_round()
    late = replace(rows.applications[0], reference="D-001", area="Dudley")
    areas, applications = (*rows.areas, Area("Dudley", 1_000_000)), (*rows.applications, late)
    both = replace(rows, areas=areas, applications=applications)
    shown = meeting_of(window, tmp_path / "two areas.panel", both)
    window.controller.rounds.choose_area(None)
    assert {item.reference for item in shown.state.items} == {"W-014", "W-003", "W-017"}
    assert shown.summary.text().startswith("3 items, 0 closed.")

    window.controller.rounds.choose_area("Dudley")

    assert [item.reference for item in shown.state.items] == ["D-001"]


def test_an_item_has_one_number_and_a_closed_one_leads_to_what_is_still_open(
    page: MeetingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = ("W-001", "W-002", "W-003")
    items = tuple(page.state.items[0]._replace(reference=reference) for reference in every)

    def onward(closed: tuple[str, ...], at: int, stage: str = "meeting") -> tuple[str, str]:
        rows = replace(page.state.figures.rows, closed=frozenset(closed))
        figures = replace(
            page.state.figures, rows=rows, stages=dict.fromkeys(page.state.figures.stages, stage)
        )
        state = replace(page.state, figures=figures, items=items, item=items[at])
        return state.coming, state.after_closed

    assert onward(every[1:], 2) == ("W-001", "W-001")
    assert onward(every[1:2], 0) == ("W-003", "W-003"), "what is closed comes no more"
    assert onward((), 2) == ("W-001", "W-001"), "the last on show is not the last that is open"
    assert onward(every, 0) == ("", "W-002")
    assert onward(every, 2) == ("", "W-003")
    assert onward((), 1, "recommending") == ("W-003", "W-003")
    assert onward(every[1:], 2, "recommending") == ("", "W-003"), "an area that is over waits for nothing"
    # an item has one number however the items are sorted
    turned = replace(page.state, items=page.state.items[::-1], item=page.state.items[1])
    numbers = {row.item.reference: row.number for row in page.side.agenda.rows}
    assert numbers == {"W-014": 1, "W-003": 2, "W-017": 3}
    assert turned.number_words == "Item 2 of 3 · W-003"
    assert replace(turned, item=turned.items[0]).number_words == "Item 3 of 3 · W-017"
    # no cell of a row says what another says where all are said
    with monkeypatch.context() as patched:
        patched.setattr("gui.tables.rows_model.is_for_orca", lambda: True)
        model = page.matrix.model()
        assert isinstance(model, RowsModel)
        for number, row in enumerate(page.matrix.rows):
            cells = [
                model.index(number, column).data(Qt.ItemDataRole.AccessibleTextRole)
                for column, what in enumerate(model.columns)
                if what.name != MARKS  # a drawing, said as the marks that it shows
            ]
            said = ", ".join(cells)
            assert said.count(row.line.title) == 1
            assert said.count("spread") == 1
            assert all(cells)
    # after a refused change the page asks for what was saved just before it
    asked = []
    monkeypatch.setattr(page.controller, "refresh", lambda: asked.append("again"))
    page.controller.perform(OpenItem(1, "W-003"))  # it is open already
    assert asked == ["again"]


@pytest.mark.painted
def test_the_meeting_opens_at_the_widest_spread_and_its_parts_fit_every_room(
    page: MeetingPage, qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the widest spread is the first item
    assert [item.reference for item in page.state.items] == ["W-014", "W-003", "W-017"]
    assert page.head.name.text() == "Bilston Boxing Futures"
    assert page.summary.text() == "3 items, 0 closed. 1 has marks two or more apart."
    # the next item says who leaves for it
    assert page.head.next.text() == "Next: W-003, Tom Hale leaves · Whitmore Reans Women's Circle"
    with monkeypatch.context() as patched:
        # which item it is and who leaves is heard
        said: list[str] = []
        patched.setattr(item, "announce", lambda source, words: said.append(words))
        page.sheet.focus_marks()
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            qtbot.keyClick(page.matrix, key, CTRL)
        assert said[0].startswith(
            "W-003 Whitmore Reans Women's Circle. Item 2 of 3. Out of the room: Tom Hale. "
        )
        assert name_of(page.matrix) == f"Marks of the panel: {said[1]}"
        assert said[1].startswith("W-014 ")
    for width, height in ((1366, 688), (1093, 535)):
        # matrix marks reason and the way on are on screen together
        window.main.resize(width, height)
        settle()
        marks = page.settle.marks
        assert marks is not None
        for part in (page.matrix, marks, page.settle.reason, page.settle.dissent, page.buttons.next):
            assert whole_on_screen(part), part.accessibleName()
        assert page.head.name.toolTip() == ""
    for size in ((1366, 720), (1366, 688), (1280, 640), (860, 640)):
        # nothing of an item is under the foot
        window.main.resize(*size)
        page.tabs.choose(1)
        settle()
        assert page.sheet.scrolled.verticalScrollBar().maximum() == 0, size
    window.main.resize(1366, 768)
    # the keys that go along a row show which cell is at hand
    page.matrix.setFocus()
    agreed = page.matrix.currentIndex().column()
    before = page.matrix.grab().toImage()
    qtbot.keyClick(page.matrix, Qt.Key.Key_Left)
    assert page.matrix.currentIndex().column() < agreed
    assert page.matrix.grab().toImage() != before
    # the matrix shows marks and signs
    assert texts(page, 6)[:4] == ["A7 Added value", "5", "5", "2"]
    assert spoken(page, 6, 1) == "A7 Added value, Nair 5, highest, spread 3, to discuss"
    assert spoken(page, 6, 4) == "2, 5, 5; spread 3"
    page.show_reference("W-003")
    assert texts(page, 0)[:4] == ["A1 Crime prevention", "5", "5", "⊘"]
    assert page.head.leaving.text() == "Out of the room: Tom Hale"
    assert page.head.quorum.text() == "2 decide, quorum 2"
    names = ", ".join(["Wilhelmina Featherstonehaugh-Example"] * 6)
    page.head.leaving.setText(f"Out of the room: {names}")
    assert page.head.minimumSizeHint().width() < page.width()
    # the boxes for reason and dissent stand side by side
    page.settle.meaning.setText("\n".join("word" for _ in range(20)))  # as a long meaning does
    settle()
    tops = {box.geometry().top() for box in (page.settle.reason, page.settle.dissent)}
    assert len(tops) == 1
    # the fewest exits keep hale out once
    qtbot.mouseClick(page.side.orders[1], Qt.MouseButton.LeftButton)
    assert [len(item.away) for item in page.state.items] == [0, 1, 1]
    # the projector shows names only when the chair does
    qtbot.keyClick(page.matrix, Qt.Key.Key_F5)
    assert page.projector.isVisible()
    assert "Nair" not in heads_on_the_wall(page)
    page.names.setChecked(True)
    assert "Nair" in heads_on_the_wall(page)
    assert "Reason" not in heads_on_the_wall(page), "what is written down is read on the laptop"
    qtbot.keyClick(page.projector, Qt.Key.Key_Escape)
    assert not page.projector.isVisible()
    assert not page.names.isVisible()
    for size in ((1366, 688), (1093, 535)):
        # no member s name is cut in the heads
        names = ("Pennyfeather", "Rafferty-Wynne", "Król")
        window.main.resize(*size)
        page.matrix.show_item("W-014", page.matrix.rows, (names, Combine.CONSENSUS), 5)
        metrics = page.matrix.horizontalHeader().fontMetrics()
        for number, name in enumerate(names, 1):
            parts = page.matrix.model().headerData(number, Qt.Orientation.Horizontal).splitlines()
            assert "".join(parts) == name
            assert page.matrix.columnWidth(number) >= max(metrics.horizontalAdvance(part) for part in parts)
    page.show_reference("W-014")
    # twice the text leaves the words of the buttons whole
    look.set_percent(200)
    page.tabs.choose(1)
    settle()
    for button in (page.buttons.same, page.buttons.next):
        words = button.fontMetrics().horizontalAdvance(button.text())
        assert words < button.width()
        assert button.accessibleName() in ("Agree 6 unanimous marks", "Agree and next item")


def test_an_officer_sets_a_criterion_aside_as_a_member_ruled_in_the_chairs_place(
    window: Window, tmp_path: Path
) -> None:
    rows = meeting_round()
    own = InterestRow("NAIR", "W-003", InterestKind.PREJUDICIAL)
    made = replace(rows, interests=(*rows.interests, own))
    page = meeting_of(window, tmp_path / "place.panel", made, Identity("Grace Okafor", "officer"))
    page.show_reference("W-014")
    page.matrix.choose("A7")
    assert page.settle.not_applicable.isHidden()
    page.show_reference("W-003")
    page.matrix.choose("A7")

    page.settle.not_applicable.click()
    answer(window, reason="No match is possible.")
    figures = page.controller.figures
    assert figures.not_applicable["W-003", "A7"].startswith("No match is possible. (in the chair’s place ")

    page.settle.not_applicable.click()
    again = box_of(window, DataForm)
    assert list(again.fields) == ["in_place"]
    again.do.click()
    assert ("W-003", "A7") not in page.controller.figures.not_applicable


@pytest.mark.parametrize("member", ["NAIR", None])
def test_marks_given_alone_are_open_to_those_who_gave_theirs(tmp_path: Path, member: str | None) -> None:
    """Nair handed in; the office, which marks nothing, waits for the meeting."""
    with Record.open(
        meeting_record(tmp_path / "early.panel", "scoring"), Opener("Priya Nair", "t")
    ) as record:
        figures = work_out(record.ask(partial(seen_meeting, round_id=1, viewer=OFFICE_VIEWER)))
    words = hidden_because(figures, figures.items["W-014"], member)

    assert words == ("" if member else "Members’ marks open when Wolverhampton is at its meeting.")
