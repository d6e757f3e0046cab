"""One award on the right: what was agreed and reached, its returns, and visits."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.pages.awards.monitoring.lines import late_tone, late_words
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.scrolled import show_again, show_in
from gui.widgets.words import Words
from models.papers.monitoring import AwardMonitoring, AwardReturn, progress_line
from scoring import money
from scoring.written.days import short_day

NOTHING_PICKED = "Choose an award to see what was agreed and what came in."
NOTHING_AGREED = "Nothing is agreed yet."
NOT_PLANNED = "No return is planned yet."
NO_VISITS = "No visit is recorded."


class AwardPanel(Card):
    """The award at hand; it tells what is asked for and changes nothing itself."""

    agree_asked = Signal()
    plan_asked = Signal()
    return_asked = Signal(int)
    take_back_asked = Signal(int)
    visit_asked = Signal()
    visit_out_asked = Signal(int)
    form_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.award: AwardMonitoring | None = None
        self.reading = QScrollArea()
        self.reading.setWidgetResizable(True)
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reading.setAccessibleName("The selected award")
        self.reading.viewport().setAutoFillBackground(False)
        self.body.addWidget(self.reading)
        self.buttons: dict[str, Button] = {}

    def show_award(self, award: AwardMonitoring | None, today: date, *, may_keep: bool) -> None:
        """Show an award as on a day; who keeps awards may change it."""
        is_same = self.award is not None and award is not None and self.award.reference == award.reference
        self.award, self.buttons = award, {}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, self._look.px(8), 0)
        column.setSpacing(self._look.px(5))
        if award is None:
            self._say(column, NOTHING_PICKED, tone="muted")
        else:
            self._head(column, award)
            self._agreed(column, award, may_keep=may_keep)
            self._returns(column, award, today, may_keep=may_keep)
            self._visits(column, award, may_keep=may_keep)
        column.addStretch(1)
        (show_again if is_same else show_in)(self.reading, holder)

    def _head(self, column: QVBoxLayout, award: AwardMonitoring) -> None:
        look = self._look
        column.addWidget(Words(look, award.organisation, size=15, weight=600).wrapped())
        under = ", ".join(filter(None, (award.reference, award.application, award.area)))
        self._say(column, under, tone="muted")
        self._say(column, award.project)
        awarded, paid = money.short_pounds(award.amount_pence), money.short_pounds(award.paid_pence)
        sums = f"{awarded} awarded · {paid} paid · {money.short_pounds(award.evidenced_pence)} evidenced"
        column.addWidget(Words(look, sums, weight=600).wrapped())
        if award.warning:
            self._say(column, award.warning, tone="warning")

    def _agreed(self, column: QVBoxLayout, award: AwardMonitoring, *, may_keep: bool) -> None:
        self._title(column, "Agreed")
        for output in award.outputs:
            of = "" if output.target is None else f" ({output.target:,})"
            words = progress_line(award, output) if award.received else f"{output.words}{of}"
            self._say(column, f"• {words}")
        if not award.outputs:
            self._say(column, NOTHING_AGREED, tone="muted")
        if may_keep:
            draft = "Draft from the application…" if award.wished.strip() else "Record what is agreed…"
            words = "Change what is agreed…" if award.outputs else draft
            self._deeds(column, ("agree", words, self.agree_asked.emit))

    def _returns(self, column: QVBoxLayout, award: AwardMonitoring, today: date, *, may_keep: bool) -> None:
        self._title(column, "Returns")
        for one in award.returns:
            self._return(column, one, today, may_keep=may_keep)
        if not award.returns:
            self._say(column, NOT_PLANNED, tone="muted")
        if may_keep:
            words = "Change the plan…" if award.returns else "Plan returns…"
            deeds = [("plan", words, self.plan_asked.emit)]
            if award.returns:
                deeds.append(("form", "Write its form…", self.form_asked.emit))
            self._deeds(column, *deeds)

    def _return(self, column: QVBoxLayout, one: AwardReturn, today: date, *, may_keep: bool) -> None:
        plan, said = one.plan, one.said
        row = QHBoxLayout()
        row.setSpacing(self._look.px(8))
        late = one.days_overdue(today)
        words = f"{plan.number}. {plan.words}, due {short_day(plan.due_on)}"
        if said is not None:
            words = f"{plan.number}. {plan.words}, received {short_day(said.received_on)}"
        row.addWidget(Words(self._look, words).wrapped(), 1)
        if late:
            tone = "danger" if late_tone(late) is Tone.DANGER else "warning"
            row.addWidget(Words(self._look, late_words(late), size=12, weight=600, tone=tone))
        if may_keep:
            deed = "Record…" if said is None else "Change…"
            row.addWidget(self._link(f"return {plan.number}", deed, self._ask_return, plan.number))
        column.addLayout(row)
        if said is not None:
            if said.spent_pence is not None:
                self._say(column, f"{money.short_pounds(said.spent_pence)} of spend evidenced", tone="text2")
            if said.words:
                self._say(column, said.words, tone="text2")
            if may_keep:
                link = self._link(f"take back {plan.number}", "Take back", self._ask_take_back, plan.number)
                column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _visits(self, column: QVBoxLayout, award: AwardMonitoring, *, may_keep: bool) -> None:
        self._title(column, "Visits")
        for number, visit in enumerate(award.visits, 1):
            row = QHBoxLayout()
            row.setSpacing(self._look.px(8))
            row.addWidget(Words(self._look, f"{short_day(visit.on)}, {visit.who}", weight=600).wrapped(), 1)
            if may_keep:
                row.addWidget(self._link(f"visit {number}", "Remove", self._ask_visit_out, number))
            column.addLayout(row)
            self._say(column, visit.seen, tone="text2")
        if not award.visits:
            self._say(column, NO_VISITS, tone="muted")
        if may_keep:
            self._deeds(column, ("visit", "Record a visit…", self.visit_asked.emit))

    def _title(self, column: QVBoxLayout, words: str) -> None:
        column.addSpacing(self._look.px(6))
        column.addWidget(Words(self._look, words, weight=600))

    def _say(self, column: QVBoxLayout, words: str, tone: str = "text") -> None:
        if words:
            column.addWidget(Words(self._look, words, size=12, tone=tone).wrapped())

    def _deeds(self, column: QVBoxLayout, *deeds: tuple[str, str, Callable[[], object]]) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._look.px(12))
        for key, words, then in deeds:
            button = Button(self._look, words, kind="link")
            button.clicked.connect(then)
            self.buttons[key] = button
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def _link(self, key: str, words: str, then: Callable[[], None], number: int) -> Button:
        button = Button(self._look, words, kind="link")
        button.setAccessibleName(f"{key}: {words}".capitalize())
        button.setProperty("number", number)
        button.clicked.connect(then)
        self.buttons[key] = button
        return button

    @Slot()
    def _ask_return(self) -> None:
        self.return_asked.emit(int(self.sender().property("number")))

    @Slot()
    def _ask_take_back(self) -> None:
        self.take_back_asked.emit(int(self.sender().property("number")))

    @Slot()
    def _ask_visit_out(self) -> None:
        self.visit_out_asked.emit(int(self.sender().property("number")))
