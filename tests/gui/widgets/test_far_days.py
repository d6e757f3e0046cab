"""A day far from today is asked about once in a dialog, and taken when the button is pressed again."""

from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.form import Form
from gui.record.clock import current_day
from gui.widgets.typed import DayField
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
