"""The pane beside the list: one application's summary, what was submitted, and its gates."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.listed.acts import ActButton, Offer
from gui.listed.application_text import Parts
from gui.pages.applications.acts import HISTORY, OF_ROW, Here
from gui.pages.applications.gate_row import GateRow
from gui.pages.applications.lines import WORK, ApplicationLine, late_sentence
from gui.text import NOTHING, counted, sentence
from gui.theme.look import look, space
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow import in_flow
from gui.widgets.label import ChipLabel, ElidedLabel, Label
from gui.widgets.nesting import column_of, nest, row_of
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.scrolled import ScrollPane, show_again
from models.operations.applications.attachments import AttachFiles
from models.operations.awards.checks import SetWithheldName
from models.values.applications import (
    TEXTS,
    printed,
    word_count,
)
from scoring.money import without_noughts

SUMMARY_FACTS = (
    "amount_requested",
    "minimum_amount",
    "total_cost",
    "match_funding",
    "beneficiaries",
    "start_on",
    "end_on",
    "received_at",
)
TABS = ("Summary", "As submitted", "Gates")
SUMMARY, SUBMITTED, GATES = range(3)
HINT = "Choose an application in the list to read it."
READING_WIDTH = 680
"""About 80 characters a line at 13 px."""


class Detail(Card):
    """One application. It follows the list's selection and emits what is asked of it, or of a gate."""

    gate_asked = Signal(str, str)
    pressed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(inset=(2, 2))
        self._at: Here | None = None
        self.gates: tuple[GateRow, ...] = ()
        self._reference = ElidedLabel(size=12, tone="muted")
        self._organisation = Label(size=15, weight=600).wrapped()
        self._project = Label(tone="text2").wrapped()
        self._state = ChipLabel()
        self.tabs = PillTabs(TABS)
        self.reading = ScrollPane("Text of the application")
        self._lay_out()
        self.tabs.changed.connect(self._rebuild_from_top)
        look.follow(self._rebuild)

    @property
    def line(self) -> ApplicationLine | None:
        """Return the application on show, None without one."""
        return None if self._at is None else self._at.row

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return all that can be done with the application on show."""
        return tuple(one.offer for one in (self.history, *self._acts) if one.offer is not None)

    def panes(self) -> tuple[QWidget, ...]:
        """Return where F6 stops: what is read."""
        return (self.reading,)

    def show_at(self, at: Here | None, key: object) -> None:
        """Show an application, None for none; who may change it can set its gates."""
        before, self._at = self._at, at
        if before is None or at is None:
            is_other, is_same = True, before is at
        else:
            is_other = before.row.reference != at.row.reference
            is_same = (before.row, before.identity) == (at.row, at.identity)
        self._offer()
        if is_same:
            return
        self._rebuild()
        if is_other:
            self.reading.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        self.history = ActButton(HISTORY, "link")
        self.back = Button("Back to the list", kind="link")
        self.back.clicked.connect(self.left)
        self.back.hide()
        self._head = column_of(
            row_of(self.back, (self._reference, 1), self._state),
            self._organisation,
            self._project,
            row_of((self.tabs, 0, Qt.AlignmentFlag.AlignLeft), 1, self.history),
        )
        nest(self.body, self._head)
        self.fill_with(self.reading)
        self._acts = [ActButton(act) for act in OF_ROW]
        self.choose, self.correct, self.withdraw, self.compare, self.name, self.files = self._acts
        for button in (self.history, *self._acts):
            button.pressed.connect(self.pressed)
        self._foot = QWidget()
        column_of(
            in_flow(self._acts, 8),
            inside=self._foot,
            edges=(12, 4, 12, 8),
        )
        self.body.addWidget(self._foot)
        self.reading.setMinimumHeight(look.px(80))

    def _offer(self) -> None:
        at = None if self._at is None or self._at.row.of.closed else self._at
        for button in (self.history, *self._acts):
            button.show_at(at)
        self._foot.setVisible(at is not None and self._may_set)

    @property
    def _may_set(self) -> bool:
        return self._at is not None and self._at.identity.may(WORK)

    @Slot()
    def _rebuild_from_top(self) -> None:
        self._rebuild()
        self.reading.verticalScrollBar().setValue(0)

    @Slot()
    def _rebuild(self) -> None:
        line = self.line
        space(self._head, 2, (12, 8, 12, 4))
        self._show_head(line)
        page = QWidget()
        page.setMaximumWidth(look.px(READING_WIDTH))
        column = column_of(spacing=3, edges=(12, 2, 12, 12), inside=page)
        self.gates = ()
        parts = Parts(column)
        if line is None:
            parts.note(HINT)
        elif line.of.closed:
            parts.note(f"{line.of.closed}.", tone="danger")
        else:
            self._fill(parts, column, line)
        column.addStretch(1)
        show_again(self.reading, page)

    def _show_head(self, line: ApplicationLine | None) -> None:
        is_open = line is not None and not line.of.closed
        for widget in (self._reference, self._organisation, self._state):
            widget.setVisible(line is not None)
        self.tabs.setVisible(is_open)
        self._project.setVisible(is_open and line is not None and bool(line.of.row.project))
        if line is None:
            return
        row = line.of.row
        self._reference.setText(" · ".join(filter(None, (row.reference, row.area or ours("no area")))))
        self._organisation.setText(row.organisation)
        self._project.setText(row.project)
        self._state.show_state(line.state.tone, line.state.word)

    def _fill(self, parts: Parts, column: QVBoxLayout, line: ApplicationLine) -> None:
        if line.of.erased:
            parts.note(f"{line.of.erased} What was written in it and of it is gone.", tone="warning")
        if self.tabs.current == SUMMARY:
            self._summary(parts, line)
        elif self.tabs.current == SUBMITTED:
            parts.corrected(line.of.corrections)
            parts.submitted(line.of.submitted or line.of.row, line.of.cells)
        else:
            self._gates(parts, column, line)

    def _may(self, kind: str) -> bool:
        return self._at is not None and self._at.identity.may(kind)

    def _summary(self, parts: Parts, line: ApplicationLine) -> None:
        row = line.of.row
        if line.of.ended:
            parts.note(sentence(line.of.ended), tone="text2")
        for gate in (one for one in line.of.gates if one.result == "fail"):
            why = without_noughts(sentence(gate.reason))
            parts.note(f"Failed: {gate.gate.question} {why}", tone="danger")
        parts.facts(row, SUMMARY_FACTS)
        parts.chosen(line.of.choices)
        parts.corrected(line.of.corrections)
        if line.files and self._may(AttachFiles.kind):
            parts.note(f"{counted(line.files, 'file is', 'files are')} kept with it.", tone="text2")
        known = line.of.withheld
        if known is not None and self._may(SetWithheldName.kind):
            why = f"In public “{known.printed}”. Decided by {known.decider}: {sentence(known.reason)}"
            parts.note(why, tone="warning")
        if line.of.late:
            parts.note(sentence(f"Late: {late_sentence(line.of)}"), tone="warning")
        for pair in line.pairs:
            other = pair.second if pair.first == line.reference else pair.first
            parts.note(f"Perhaps the same as {other}: {pair.words}.", tone="warning")
        parts.before(line.of.before)
        for name, heading in zip(TEXTS, ("What it is", "The need", "What will change"), strict=True):
            text = printed(row, name)
            if text != NOTHING:
                parts.head(heading, word_count(text))
                parts.text(text)

    def _gates(self, parts: Parts, column: QVBoxLayout, line: ApplicationLine) -> None:
        rows = [GateRow(standing, answers, may_set=self._may_set) for standing, answers in line.with_answers]
        for number, row in enumerate(rows):
            if number:
                parts.line()
            row.asked.connect(self.gate_asked)
            column.addWidget(row)
        self.gates = tuple(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
