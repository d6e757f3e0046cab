"""A second round is copied from the last through the window: one act, and the window goes to it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.set_up.starting.start_dialog import PROPOSED, copied_name
from models.operations.awards.year_end import DecideYearEnd, DecisionChange
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.rounds import OwnDates, StartRound
from models.papers.year.year_facts import ALLOCATION, YearDecision
from models.queries.panel.panel_board import panel_board
from models.queries.set_up.criteria import RoundCopy
from models.queries.set_up.round_facts import carried, carried_words
from models.queries.set_up.rounds import area_dates, rounds
from models.reference.reporting import year_after
from models.values.rounds import FIELDS, AreaDates
from scoring.round import Area
from scoring.written.days import full_day, read_day
from tests.gui.pressing import answer_to, box_of
from tests.models.rounds import SCHEME

OFFICER = Identity("Grace Okoro", "officer")
LAST = AreaDates(date(2026, 9, 1), date(2026, 10, 30), date(2026, 11, 26), date(2026, 12, 2))


def asked(window: Window) -> DataForm:
    window.main.actions_by_name["start_round"].trigger()
    return box_of(window, DataForm)


def started(window: Window) -> Window:
    """Give the first round dates, one area a week later than the others."""
    window.main.tools.use_as(OFFICER)
    place = window.controller.rounds.place
    for area in place.line.areas:
        closes = date(2026, 11, 6) if area.name == "Dudley" else date(2026, 10, 30)
        dates = AreaDates(LAST.opens_on, closes, LAST.marks_close_on, LAST.meets_on, closes_time="17:00")
        window.workspace.perform(SetAreaDates(1, area.name, dates, AreaDates()))
    return window


def type_in(line: QLineEdit, text: str) -> None:
    """Type over what stands in a line, and leave it."""
    line.selectAll()
    QTest.keyClicks(line, text)
    line.editingFinished.emit()


def shown_round(window: Window) -> tuple[str, str]:
    place = window.controller.rounds.place
    return place.line.name, place.line.year


def closes(window: Window) -> date:
    """Return when Dudley closes in the second round: 6 November 2026 and 53 weeks."""
    return answer_to(window, lambda session: area_dates(session, 2)["Dudley"].closes_on)


def test_a_second_round_is_one_act_and_the_window_goes_to_it_and_back(opened: Window) -> None:
    window = started(opened)
    box = asked(window)
    assert box["source 0"].currentText() == "A copy of “Round 2” 2026/27"
    assert box.says[0].startswith("Copied from “Round 2” 2026/27: the criteria with scale, ties")
    assert "Not copied: applications, interests, marks" in box.says[0]
    type_in(box["year"], "2026/27")  # whatever year it is by the calendar
    assert box["name"].text() == "Round 3"  # Round 2 of the year is there
    type_in(box["year"], "2027/28")
    assert box["name"].text() == "Round 2"
    assert [box[name].value for name in FIELDS] == [  # 52 weeks on
        date(2027, 8, 31),
        date(2027, 10, 29),
        date(2027, 11, 25),
        date(2027, 12, 1),
    ]
    assert box.says[1] == (
        "Each is 52 weeks after the date in “Round 2” 2026/27, on the same days of the week. Change the "
        "first and the others follow. Areas that had other dates keep their distance from these."
    )

    type_in(box["opens_on"], "7/9/2027")
    assert box["opens_on"].text() == "7 September 2027"
    assert box["meets_on"].text() == "8 December 2027"  # a week more for all
    box.do.click()
    assert box.problem.text().startswith("Check the pots: they are the last round's.")
    box["areas"].checked.click()
    assert not box.problem.text()
    type_in(box["year"], "2028/29")
    type_in(box["year"], "2027/28")
    assert not box["areas"].checked.isVisibleTo(box), "checked areas that stay in another year stay checked"
    type_in(box["opens_on"], "7/9/2027")
    box.do.click()

    assert window.controller.dialog is None
    assert (*shown_round(window), window.main.pages.key) == ("Round 2", "2027/28", "overview")
    board = answer_to(window, lambda session: panel_board(session, 2))
    assert (closes(window), len(board.members), board.declared) == (date(2027, 11, 12), 2, ())
    window.workspace.undo_stack.undo()
    assert shown_round(window) == ("Round 2", "2026/27")
    assert len(answer_to(window, rounds)) == 1
    window.workspace.undo_stack.redo()
    assert closes(window) == date(2027, 11, 12)
    window.controller.rounds.choose_round(2)
    window.controller.open(window.workspace.facts.path)
    assert shown_round(window) == ("Round 2", "2027/28"), "the record opens where it was left"
    assert asked(window)["year"].text() >= "2027/28", "a copy is of no year before the round it copies"


def test_dates_in_the_wrong_order_are_said_in_the_box_and_a_day_is_of_the_year_that_was_meant(
    opened: Window,
) -> None:
    box = asked(started(opened))
    box["areas"].checked.click()
    meets = box["meets_on"]
    type_in(meets, "1 September 2026")
    box.do.click()
    assert box.isVisible()
    assert box.focusWidget() is meets  # not the first date, which is as it should be
    assert box.problem.text().startswith("The panel meets before marks close.")
    assert meets.accessibleDescription() == box.problem.text()
    assert meets.text() == "1 September 2026", "nothing is lost"
    # a day that is out of order
    opened.main.tools.dialogs.drop()
    box = asked(opened)
    type_in(box["marks_close_on"], "1 January 2150")
    type_in(box["meets_on"], "1/10")
    meant = read_day("1/10", date.today(), is_past=False)
    assert meant is not None
    assert box["meets_on"].text() == full_day(meant)
    # a day just past follows applications that closed before it
    opened.main.tools.dialogs.drop()
    box = asked(opened)
    closed, marked = (date.today() - timedelta(days=days) for days in (9, 2))
    texts = (full_day(closed - timedelta(days=30)), full_day(closed), f"{marked:%d/%m}")
    for name, text in zip(FIELDS[:3], texts, strict=True):
        type_in(box[name], text)
    assert box["marks_close_on"].text() == full_day(marked), "not a year later"


def test_a_fund_without_a_set_up_of_its_own_is_started_from_its_last_round(opened: Window) -> None:
    asked_for: list[StartRound] = []
    box = asked(started(opened))
    box.given.connect(asked_for.append)
    assert [box["source 0"].itemText(n) for n in range(box["source 0"].count())] == [
        "A copy of “Round 2” 2026/27"
    ]

    box["areas"].checked.click()
    box.do.click()

    assert asked_for[0].copied_from == 1
    assert [own.area for own in asked_for[0].own_dates] == ["Dudley"]
    assert isinstance(asked_for[0].own_dates[0], OwnDates)


def test_what_is_wrong_with_the_last_date_is_in_sight_and_a_year_is_one(opened: Window, qtbot: QtBot) -> None:
    opened.main.tools.use_as(OFFICER)
    box = asked(opened)
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    box.resize(box.width(), 420)  # a low screen
    last = box["meets_on"]
    texts = ("1 Sep 2026", "30 Sep 2026", "4 Dec 2026", "2 Dec 2026")
    for name, text in zip(FIELDS, texts, strict=True):
        type_in(box[name], text)
    box["areas"].checked.click()
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Return)
    inside = box.scrolled.viewport()

    def is_in_sight() -> bool:
        foot = box.problem.mapTo(inside, box.problem.rect().bottomLeft())
        return box.problem.isVisible() and 0 <= foot.y() < inside.height()

    assert box.problem.text().startswith("The panel meets before marks close.")
    qtbot.waitUntil(is_in_sight)
    marks = box["marks_close_on"]
    marks.setFocus()
    marks.selectAll()
    QTest.keyClicks(marks, "31/11")
    box.scrolled.verticalScrollBar().setValue(0)
    QTest.keyClick(marks, Qt.Key.Key_Tab)
    qtbot.waitUntil(last.hasFocus)
    qtbot.waitUntil(is_in_sight)  # also of a field that was left
    box["year"].setFocus()
    type_in(box["year"], "30,000")
    assert box.problem.text() == "Write the year like 2026/27."
    type_in(box["year"], "27/28")
    assert (box["year"].text(), box["year"].value) == ("2027/28", "2027/28")
    assert not box["year"].accessibleDescription()


@pytest.mark.parametrize(
    ("name", "year", "offered"),
    [
        ("Victims 2026", "2026/27", "Victims 2026 round 2"),
        ("Victims 2026", "2027/28", "Victims 2027"),
        ("Victims 2027", "2027/28", "Victims 2028"),
        ("Round 2", "2026/27", "Round 3"),
        ("Round 2", "2027/28", "Round 2"),
        ("Autumn", "2026/27", "Autumn 1"),
        ("Victims 2026", "", "Victims 2026 round 2"),
    ],
)
def test_a_calendar_year_in_a_name_goes_with_the_financial_year(name: str, year: str, offered: str) -> None:
    copied = RoundCopy(1, "Victims Fund", "2026/27", name, (), (), SCHEME, 3)

    assert copied_name(copied, year, {name} if year != "2027/28" else set()) == offered


def allocate(window: Window, area: str, pence: int) -> str:
    place = window.controller.rounds.place
    decision = YearDecision(pence, 0, "", "Cora Chief, Chief Executive", date(2026, 4, 1))
    change = DecisionChange(ALLOCATION, area, "", decision, None)
    window.workspace.perform(DecideYearEnd(place.line.fund, year_after(place.line.year, -1), (change,)))
    return place.line.year


def test_pots_are_proposed_from_what_is_left_of_the_year(opened: Window) -> None:
    opened.main.tools.use_as(OFFICER)
    place = opened.controller.rounds.place
    first = place.line.areas[0]
    year = allocate(opened, first.name, first.pot_pence + 1_234_500)
    box = asked(opened)
    type_in(box["year"], year)

    areas = {area.name: area for area in box["areas"].areas}

    assert areas[first.name].pot_pence == 1_234_500
    assert PROPOSED.format(year=year) in box["areas"].form.told.text()
    assert not box["areas"].checked.isVisibleTo(box)

    type_in(box["year"], year_after(year, 1))  # a year without an allocation has the pots of the round copied
    assert box["areas"].areas == tuple(Area(one.name, one.pot_pence) for one in place.line.areas)
    assert box["areas"].checked.isVisibleTo(box)
    type_in(box["year"], year)
    box.do.click()

    to_check = answer_to(opened, lambda session: carried(session, 2))
    assert "left_pence" in to_check[first.name][1], "nobody typed it"
    assert carried_words(first.name, *to_check[first.name]) == (
        f"{first.name}: pot, proposed from what was left of the year"
    )
