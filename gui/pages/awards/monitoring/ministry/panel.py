"""One period of a fund on the right: its figures, what is missing by provider, and what may be done."""

from collections.abc import Iterable

from PySide6.QtCore import Signal

from gui.pages.awards.reading_card import ReadingCard
from gui.theme.look import Look
from gui.widgets.buttons import Button
from models.papers.ministry.summing import MinistryReturn, unchosen
from models.queries.awards.ministry import PeriodState
from scoring import money
from scoring.written.days import full_moment
from scoring.written.text import counted

NOTHING_PICKED = "Choose a period to see its figures and what is missing."
COMPLETE = "Nothing is missing."
BY_TIME = "A return counts in the period in which the time it tells of ends, whenever it comes in."
CHOOSE_WHERE = "It is chosen on Applications, under What it is for."
FEW = 12
"""So many changes are listed, more are counted: the paper has them all."""


class PeriodPanel(ReadingCard):
    """The period at hand; it tells what is asked for and changes nothing itself."""

    submit_asked = Signal()
    correct_asked = Signal()
    write_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "The selected period")
        self.period: PeriodState | None = None
        self.buttons: dict[str, Button] = {}

    def show_period(self, one: PeriodState | None, *, may_keep: bool) -> None:
        """Show a period; who keeps awards may submit it."""
        is_same = self.period is not None and one is not None and self.period.period == one.period
        self.period, self.buttons = one, {}
        self._begin()
        if one is None:
            self._say(NOTHING_PICKED, "muted")
        else:
            self._head(one)
            self._acts(one, may_keep=may_keep)
            self._changes(one)
            self._missing(one.value)
            self._people(one.value)
            self._spending(one.value)
        self._show(is_same=is_same)

    def _head(self, one: PeriodState) -> None:
        value = one.value
        self._name(one.period.words)
        paid, told = money.short_pounds(value.paid_pence), money.short_pounds(value.evidenced_pence)
        self._strong(f"{paid} paid less returned · {told} evidenced")
        if one.submitted is not None:
            at = full_moment(one.submitted.issued_at.astimezone())
            self._say(f"Version {one.submitted.version}, submitted by {one.submitted.issued_by}, {at}")
        else:
            self._say(f"{one.words}. Not submitted yet.", "text2")
        self._say(BY_TIME, "muted")

    def _acts(self, one: PeriodState, *, may_keep: bool) -> None:
        row = self._line(12)
        if may_keep and one.may_be_submitted:
            key = "submit" if one.submitted is None else "correct"
            words, signal = {
                "submit": ("Submit…", self.submit_asked),
                "correct": ("Correct…", self.correct_asked),
            }[key]
            self.buttons[key] = self._link(words, signal, kind="primary")
            row.addWidget(self.buttons[key])
        self.buttons["write"] = self._link("Write it…", self.write_asked)
        row.addWidget(self.buttons["write"])
        row.addStretch(1)

    def _changes(self, one: PeriodState) -> None:
        if one.changes:
            self._title("Changed since it was submitted")
            self._points(one.changes[:FEW], "warning")
            more = len(one.changes) - FEW
            if more > 0:
                self._say(f"And {counted(more, 'more change')}.", "warning")

    def _missing(self, value: MinistryReturn) -> None:
        self._title("Missing")
        lists = {unchosen(kind) for kind in value.kinds}
        for one in (one for one in value.providers if one.missing or one.warning):
            self._strong(f"{one.organisation}, {one.award}")
            self._points(f"{words} {CHOOSE_WHERE}" if words in lists else words for words in one.missing)
            self._points(filter(None, (one.warning,)), "warning")
        if not (value.silent or value.warned):
            self._say(COMPLETE, "muted")

    def _people(self, value: MinistryReturn) -> None:
        for title in dict.fromkeys(one.title for one in value.people):
            self._title(f"People by {title.lower()}")
            given = [one for one in value.people if one.title == title and one.given]
            self._points(f"{one.line}: {one.people:,}" for one in given)
            if not given:
                self._say("No numbers yet.", "muted")

    def _spending(self, value: MinistryReturn) -> None:
        for kind in value.kinds:
            self._title(f"Spending by {kind.lower()}")
            spent = [one for one in value.spending_by(kind) if one.paid_pence or one.evidenced_pence]
            for one in spent:
                paid = money.short_pounds(one.paid_pence)
                told = money.short_pounds(one.evidenced_pence)
                self._say(f"• {one.line}: {paid} paid less returned, {told} evidenced")
            if not spent:
                self._say("Nothing in this period.", "muted")

    def _points(self, words: Iterable[str], tone: str = "text") -> None:
        for one in words:
            self._say(f"• {one}", tone)
