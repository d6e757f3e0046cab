"""A day far from today is asked about once in a dialog, and taken when the button is pressed again."""

from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.form import Form
from gui.pages.set_up.criteria.inputs import FigureBox
from gui.pages.set_up.criteria.reading import in_order, near_date, written_date
from gui.pages.set_up.starting.start_days import StartDays
from gui.record.clock import current_day
from gui.widgets.typed import DayField
from models.values.rounds import AreaDates
from scoring.written.days import full_day


def test_a_day_far_from_today_is_asked_about_once(opened: Window, qtbot: QtBot) -> None:
    tools = opened.main.tools
    form = Form(tools.look, "Received", (), "Record it", tools.dialogs.window)
    day = form.add("On", DayField("On", is_past=True))
    form.finish(day)
    tools.dialogs.show(form)
    with qtbot.assertNotEmitted(form.agreed):
        qtbot.keyClicks(day, "16/11/1926")
        form.do.click()

    words = form.problem.text()
    assert words.startswith("16 November 1926 is more than five years from today")
    assert words.endswith("If it is right, press “Record it” again.")
    with qtbot.waitSignal(form.agreed) as told:
        form.do.click()
    assert told.args == [date(1926, 11, 16)]


def test_a_day_that_stood_is_not_asked_about(opened: Window, qtbot: QtBot) -> None:
    tools = opened.main.tools
    form = Form(tools.look, "Received", (), "Record it", tools.dialogs.window)
    form.finish(form.add("On", DayField("On", date(1926, 11, 16), is_past=True)))
    tools.dialogs.show(form)

    with qtbot.waitSignal(form.agreed):
        form.do.click()


def test_the_day_of_an_agreement_is_asked_about_in_its_line(qtbot: QtBot) -> None:
    field = DayField("On", is_past=True)
    qtbot.addWidget(field)
    field.setText(full_day(current_day() - timedelta(days=400)))
    near = field.ask_far("Sign")
    field.setText("16/11/1926")

    assert (near, bool(field.ask_far("Sign")), field.ask_far("Sign")) == ("", True, "")


def test_a_day_of_a_round_far_from_today_is_asked_about_beneath_its_box(opened: Window, qtbot: QtBot) -> None:
    box = FigureBox(opened.look, "Applications close", near_date, write=written_date)
    qtbot.addWidget(box)
    box.show_text("16 November 1926")
    with qtbot.assertNotEmitted(box.given):
        box.line.setText("17/11/1926")
        box.line.editingFinished.emit()
        box.look_again()

    assert box.line.text() == "17 November 1926"
    asks = "17 November 1926 is more than five years from today"
    assert box.problem.text().startswith(asks)
    assert box.problem.text().endswith("If it is right, press Enter in its box again.")
    with qtbot.waitSignal(box.given) as told:
        box.line.editingFinished.emit()
    assert told.args == [date(1926, 11, 17)]
    assert (box.value, box.is_unread) == (date(1926, 11, 17), False)


def test_what_stands_in_a_box_is_not_asked_about_and_another_fault_is_no_answer(
    opened: Window, qtbot: QtBot
) -> None:
    def check(day: object) -> None:
        if isinstance(day, date):
            in_order(AreaDates(opens_on=opens[0], closes_on=day))

    opens = [date(1999, 1, 1)]
    box = FigureBox(opened.look, "Applications close", near_date, write=written_date, check=check)
    qtbot.addWidget(box)
    box.show_text("16 November 2001")
    box.line.editingFinished.emit()
    assert (box.value, box.is_unread) == (date(2001, 11, 16), False)

    box.line.setText("16/11/1926")
    box.line.editingFinished.emit()
    assert "before" in box.problem.text()
    opens[0] = date(1920, 1, 1)
    box.line.editingFinished.emit()
    assert "five years" in box.problem.text()


def test_no_round_starts_on_a_day_that_is_asked_about(opened: Window, qtbot: QtBot) -> None:
    days = StartDays(opened.look)
    qtbot.addWidget(days)
    days.boxes[0].line.setText("16/11/1926")
    days.boxes[0].line.editingFinished.emit()

    assert days.first_unread() is days.boxes[0].line
    days.boxes[0].line.editingFinished.emit()
    assert days.first_unread() is None
    assert days.dates.opens_on == date(1926, 11, 16)
