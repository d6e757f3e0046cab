"""Where due diligence on the award at hand stands, and the buttons to look and to load."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.text import sentence
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from models.queries.awards.award_checks import AwardChecks
from models.reference.defaults import CHECKS
from models.values.diligence import FAILED, RESULTS
from scoring.written.days import short_day
from scoring.written.text import counted

LOOK, LOAD = "look", "load"
"""What may be asked for."""
WORDS = {LOOK: "Checks…", LOAD: "Load a register…"}


class ChecksSection(QWidget):
    """How many checks are settled, what the agreement waits for, and what did not pass."""

    asked = Signal(str)

    def __init__(self, look: Look, checks: AwardChecks, *, may_keep: bool) -> None:
        super().__init__()
        self.buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(6), 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(Label(look, "Due diligence", weight=600))
        for words, tone in check_lines(checks):
            column.addWidget(Label(look, words, size=12, tone=tone).wrapped())
        actions = QWidget()
        line = Flow(actions)
        line.setSpacing(look.px(8))
        for what in (LOOK, LOAD) if may_keep else (LOOK,):
            self.buttons[what] = Button(look, WORDS[what], kind="link")
            self.buttons[what].clicked.connect(partial(self._ask, what))
            line.addWidget(self.buttons[what])
        column.addWidget(actions)

    def _ask(self, what: str, is_on: bool = False) -> None:
        """Tell what is asked for; a button says besides whether it stays down, which these never do."""
        self.asked.emit(what)


def check_lines(checks: AwardChecks) -> Iterator[tuple[str, str]]:
    """Yield where the checks stand, a line each, with its tone."""
    many, left = len(checks.asked), len(checks.unsettled)
    yield (
        f"{many - left} of {counted(many, 'check')} settled." if left else f"All {many} checks settled.",
        "text2",
    )
    if checks.barring:
        yield sentence(f"The agreement waits: {checks.barring}"), "warning"
    for code in checks.asked:
        done = checks.done.get(code)
        if done is not None and done.result.result == FAILED:
            by = f"{done.checked_by}, {short_day(done.result.checked_on)}"
            yield f"{CHECKS[code]}: {RESULTS[FAILED].lower()} ({by})", "danger"
