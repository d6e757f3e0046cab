"""One award on the right: what was agreed and reached, its returns, and visits."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from gui.pages.awards.monitoring.lines import late_tone, late_words
from gui.pages.awards.reading_card import ReadingCard
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from models.papers.monitoring.monitoring import (
    AwardMonitoring,
    AwardReturn,
    SupportedNumber,
    progress_line,
)
from models.papers.monitoring.monitoring_plan import asked_outputs, behind_words, is_behind
from models.reference.defaults import REFERENCE_TITLES
from scoring import money
from scoring.written.days import short_day
from scoring.written.text import counted, with_capital

NOTHING_PICKED = "Choose an award to see what was agreed and what came in."
NOTHING_AGREED = "Nothing is agreed yet."
NOT_PLANNED = "No return is planned yet."
NOT_SIGNED = "No return is planned yet: recording the signature of the agreement plans them."
NO_VISITS = "No visit is recorded."


class AwardPanel(ReadingCard):
    """The award at hand; it tells what is asked for and changes nothing itself."""

    agree_asked = Signal()
    plan_asked = Signal()
    return_asked = Signal(int)
    take_back_asked = Signal(int)
    visit_asked = Signal()
    visit_out_asked = Signal(int)
    form_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "The selected award")
        self.award: AwardMonitoring | None = None
        self.buttons: dict[str, Button] = {}

    def show_award(self, award: AwardMonitoring | None, today: date, *, may_keep: bool) -> None:
        """Show an award as on a day; who keeps awards may change it."""
        is_same = self.award is not None and award is not None and self.award.reference == award.reference
        self.award, self.buttons = award, {}
        self._begin()
        if award is None:
            self._say(NOTHING_PICKED, "muted")
        else:
            self._head(award)
            self._agreed(award, may_keep=may_keep)
            self._returns(award, today, may_keep=may_keep)
            self._visits(award, may_keep=may_keep)
        self._show(is_same=is_same)

    def _head(self, award: AwardMonitoring) -> None:
        self._name(award.organisation)
        under = ", ".join(filter(None, (award.reference, award.application, award.area)))
        self._say(under, "muted")
        self._say(award.project)
        stands, paid = money.short_pounds(award.stands_pence), money.short_pounds(award.paid_pence)
        evidenced = money.short_pounds(award.evidenced_pence)
        self._strong(f"Stands at {stands} · {paid} paid less returned · {evidenced} evidenced")
        spend = (money.without_noughts(award.proposed), award.warning, award.unevidenced)
        for words in filter(None, (*spend, award.early, award.ends_elsewhere, behind_words(award))):
            self._say(words, "warning")

    def _agreed(self, award: AwardMonitoring, *, may_keep: bool) -> None:
        self._title("Agreed")
        asked = asked_outputs(award)
        for output in award.outputs:
            of = "" if output.target is None else f" ({output.target:,})"
            words = progress_line(award, output) if award.received else f"{output.words}{of}"
            self._say(f"• {words}", "text" if output in asked else "muted")
        if not award.outputs:
            self._say(NOTHING_AGREED, "muted")
        if may_keep:
            draft = "Draft from the application…" if award.wished.strip() else "Record what is agreed…"
            words = "Change what is agreed…" if award.outputs else draft
            words = "Take the varied outcomes over…" if is_behind(award) else words
            self._actions(("agree", words, self.agree_asked))

    def _returns(self, award: AwardMonitoring, today: date, *, may_keep: bool) -> None:
        self._title("Returns")
        for one in award.returns:
            self._return(one, today, may_keep=may_keep)
        if not award.returns:
            self._say(NOT_PLANNED if award.is_agreed else NOT_SIGNED, "muted")
        if may_keep:
            words = "Change the plan…" if award.returns else "Plan returns…"
            actions = [("plan", words, self.plan_asked)]
            if award.returns:
                actions.append(("form", "Write its form…", self.form_asked))
            self._actions(*actions)

    def _return(self, one: AwardReturn, today: date, *, may_keep: bool) -> None:
        plan, said = one.plan, one.said
        row = self._line()
        late = one.days_overdue(today)
        called = f"{plan.number}. {with_capital(plan.words)}"
        words = f"{called}, due {short_day(plan.due_on)}"
        if said is not None:
            words = f"{called}, received {short_day(said.received_on)}"
        row.addWidget(Label(self._look, words).wrapped(), 1)
        if late:
            tone = "danger" if late_tone(late) is Tone.DANGER else "warning"
            row.addWidget(Label(self._look, late_words(late), size=12, weight=600, tone=tone))
        if may_keep:
            action = "Record…" if said is None else "Change…"
            row.addWidget(self._numbered("return", action, self.return_asked, plan.number))
        if said is not None:
            if said.spent_pence is not None:
                self._say(f"{money.short_pounds(said.spent_pence)} of spend evidenced", "text2")
            if said.supported:
                self._say(people_words(said.supported), "text2")
            if said.words:
                self._say(said.words, "text2")
            if may_keep:
                self._stand(self._numbered("take back", "Take back", self.take_back_asked, plan.number))

    def _visits(self, award: AwardMonitoring, *, may_keep: bool) -> None:
        self._title("Visits")
        for number, visit in enumerate(award.visits, 1):
            row = self._line()
            row.addWidget(Label(self._look, f"{short_day(visit.on)}, {visit.who}", weight=600).wrapped(), 1)
            if may_keep:
                row.addWidget(self._numbered("visit", "Remove", self.visit_out_asked, number))
            self._say(visit.seen, "text2")
        if not award.visits:
            self._say(NO_VISITS, "muted")
        if may_keep:
            self._actions(("visit", "Record a visit…", self.visit_asked))

    def _actions(self, *actions: tuple[str, str, Any]) -> None:
        row = self._line(12)
        for key, words, signal in actions:
            self.buttons[key] = self._link(words, signal)
            row.addWidget(self.buttons[key])
        row.addStretch(1)

    def _numbered(self, key: str, words: str, signal: Any, number: int) -> Button:
        """Return a button for one return or visit, by its number."""
        name = f"{key} {number}"
        self.buttons[name] = self._link(words, signal, number, name=f"{name}: {words}".capitalize())
        return self.buttons[name]


def people_words(supported: Iterable[SupportedNumber]) -> str:
    """Return how many a return counts, by each list: "14 people by service area, 9 by category of need"."""
    sums = Counter[str]()
    for one in supported:
        sums[REFERENCE_TITLES[one.group].lower()] += one.supported
    (title, number), *others = sums.items()
    rest = "".join(f", {of:,} by {name}" for name, of in others)
    return f"{counted(number, 'person', 'people')} by {title}{rest}"
