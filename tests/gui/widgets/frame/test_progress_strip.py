"""The progress strip tells of work whose page is on show, and comes back with it."""

import pytest
from PySide6.QtWidgets import QApplication

from gui.record.runner import Ticket
from gui.theme.look import Choice
from gui.widgets.frame import progress_strip
from gui.widgets.frame.progress_strip import ProgressStrip
from tests.gui.announcing import hear
from tests.gui.looks import look_of


def test_the_strip_goes_with_the_page_that_the_work_is_for(qapp: QApplication) -> None:
    strip = ProgressStrip(look_of(qapp, Choice.LIGHT, 100))
    ticket, other = Ticket("How secure each place is", strip), Ticket("Another", strip)
    strip.follow(ticket)
    strip.show()

    ticket.wanted.emit(False)

    assert strip.isHidden()
    ticket.wanted.emit(True)
    strip._wait.timeout.emit()
    assert not strip.isHidden()
    other.wanted.connect(strip._show_wanted)
    other.wanted.emit(False)
    assert not strip.isHidden(), "another's page was left"
    ticket.progressed.emit(1, 4)
    assert (strip._count.text(), strip._bar.maximum()) == ("25%", 4)
    strip._cancel.click()
    ticket.progressed.emit(2, 4)
    assert strip._words.text() == "Stopping…"
    assert (strip._count.text(), strip._bar.maximum()) == ("", 0), "no count goes on while it stops"
    strip.hide()


def test_what_takes_long_is_said_as_it_comes_into_sight_and_as_it_is_stopped(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = hear(monkeypatch, progress_strip)
    strip = ProgressStrip(look_of(qapp, Choice.LIGHT, 100))

    strip.follow(Ticket("Making the sample", strip))
    strip._wait.timeout.emit()
    assert heard == [], "what is done in a moment says itself what was done"
    strip._say.timeout.emit()
    strip._cancel.click()

    assert heard == ["Making the sample…", "Stopping…"]
    assert strip._say.interval() > strip._wait.interval()
    strip._ticket.settled.emit()  # type: ignore[union-attr]
    assert not strip._say.isActive()
    strip.hide()
