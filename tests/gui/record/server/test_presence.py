"""Who else has the record open is shown, and what whoever runs the server tells is told and done."""

from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from gui.app import Window
from models.clock import utc_now
from models.store.locks.presence import Present
from models.store.locks.server_notice import ServerNotice

TWO_O_CLOCK = datetime(2026, 11, 3, 14, 2, tzinfo=UTC)


def test_who_else_is_there_is_counted_below_and_named_on_asking(opened: Window) -> None:
    hearing, strip = opened.controller.hearing, opened.main.status

    hearing.here.emit(
        (Present("Priya Nair", "scoring", TWO_O_CLOCK), Present("Tomasz Bielecki", "", TWO_O_CLOCK))
    )

    at = TWO_O_CLOCK.astimezone().strftime("%H:%M")
    said = opened.controller.record.say_here()
    assert strip.encryption.text() == "On the office server, 2 others here"
    assert said == f"Also at work in it: Priya Nair, on Scoring since {at}; Tomasz Bielecki, since {at}."
    hearing.here.emit(())
    assert opened.controller.record.say_here() == "Nobody else has it open now."


def test_a_closing_is_told_before_and_the_record_closed_at_its_time(opened: Window, qtbot: QtBot) -> None:
    hearing, notices = opened.controller.hearing, opened.main.notices

    hearing.told.emit(ServerNotice(utc_now() + timedelta(minutes=10), "Back at 15:00."))
    told = notices.current
    hearing.told.emit(ServerNotice(smallest_version="999.0.0"))
    newer = notices.current
    with qtbot.waitSignal(opened.workspace.closed):
        hearing.told.emit(ServerNotice(utc_now()))

    assert told is not None
    assert newer is not None
    assert "in 10 minutes. Back at 15:00. What you change until then is saved." in told.words
    assert "asks for Grant Panel 999.0.0 or later" in newer.words
    assert notices.current is not None
    assert "closed for maintenance since" in notices.current.words
