"""Tell the person what went wrong: a rule's no and trouble in the notice bar, a bug in a report."""

import logging
import platform
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from gui.record.runner import Cancelled
from gui.theme.look import Tone
from gui.widgets.message_area import Notice
from models.program import fault_lines, version
from models.queries.rows import RoundGone
from models.trouble import Trouble
from scoring import money
from scoring.written.text import Refused, without_commands

LOG = logging.getLogger(__name__)


class Errors(QObject):
    """Sort failures into notices and bug reports; every worker and the excepthook end here."""

    noticed = Signal(object)
    reported = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.ways: dict[type[Exception], Callable[[Any], object]] = {}
        """Who tells of a kind of failure in their own way."""

    @Slot(object)
    def take(self, error: Exception) -> None:
        """Take a failure and tell of it in its own way.

        A page that asked about a round as it was taken out is shown another one: nobody has to be told.
        """
        if isinstance(error, RoundGone):
            return
        notice = notice_of(error)
        way = next((told for kind, told in self.ways.items() if isinstance(error, kind)), None)
        if way is not None:
            way(error)
        elif notice is not None:
            self.noticed.emit(notice)
        else:
            self.reported.emit(report_of(error))

    def catch_all(self) -> None:
        """Let errors that nobody expected end in the report dialog too."""
        sys.excepthook = self._unexpected

    def _unexpected(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            self.take(error)
        elif isinstance(error, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error, trace)
        else:
            self.reported.emit(report_of(error))


def notice_of(error: Exception) -> Notice | None:
    """Return the notice for a failure that has words for the person, None for a bug."""
    if isinstance(error, Cancelled):
        return Notice("work", Tone.INFORMATION, "Cancelled. Nothing was written.", passes=True)
    words = without_commands(str(error))
    if isinstance(error, Refused):
        return Notice("refused", Tone.WARNING, money.without_noughts(words), passes=True)
    if isinstance(error, Trouble):
        return Notice("trouble", Tone.DANGER, words, stays=True)
    return None


def report_of(error: BaseException) -> str:
    """Return what whoever mends the program needs to know; nothing of what anybody wrote."""
    LOG.info("a fault was reported: %s", type(error).__name__)
    return "\n".join((program(), "", *fault_lines(error)))


def program() -> str:
    """Return the program and what it runs on, with their versions."""
    return f"Grant Panel {version()}, Python {platform.python_version()}, {platform.system()}"
