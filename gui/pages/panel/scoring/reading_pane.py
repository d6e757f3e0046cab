"""The application as it was submitted, in a pane that scrolls alone."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.panel.scoring.words import runs_words
from gui.text import column_money
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.card import Card
from gui.widgets.chip import ChipLabel
from gui.widgets.flow import Flow
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest
from gui.widgets.scrolled import ScrollPane, show_in
from gui.widgets.tips import set_tip
from models.queries.applications.reading import Reading
from scoring.round import Eligibility

WIDEST = 640
"""Wide enough for 80 characters of reading text; no wider."""


class ReadingPane(Card):
    """The text of one application, or why it is closed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(2, 2), parent=parent)
        self._reading: Reading | None = None
        self._closed = ("", "")
        self.pane = ScrollPane("The application")
        self.fill_with(self.pane)
        look.changed.connect(self._rebuild)

    @property
    def text(self) -> str:
        """Return all that is on show, for a search and for tests."""
        return "\n".join(label.text() for label in self.pane.findChildren(Label))

    def read(self, reading: Reading) -> None:
        """Show an application."""
        is_same = self._reading is not None and self._reading.reference == reading.reference
        if self._reading == reading:
            return
        self._reading = reading
        self._rebuild()
        if not is_same:
            self.pane.verticalScrollBar().setValue(0)

    def close_up(self, title: str, words: str) -> None:
        """Show nothing of an application but why it is closed."""
        if self._reading is None and self._closed == (title, words):
            return
        self._reading = None
        self._closed = (title, words)
        self._rebuild()

    @Slot()
    def page_up(self) -> None:
        """Scroll up by a page, from wherever the focus is."""
        self._scroll_by(-1)

    @Slot()
    def page_down(self) -> None:
        """Scroll down by a page, from wherever the focus is."""
        self._scroll_by(1)

    def _scroll_by(self, pages: int) -> None:
        bar = self.pane.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    @Slot()
    def _rebuild(self) -> None:
        px = self._look.px
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(px(24), px(20), px(24), px(16))
        inner = QWidget()
        inner.setMaximumWidth(px(WIDEST))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        if self._reading is None:
            self._say_closed(column)
        else:
            self._fill(column, self._reading)
        column.addStretch(1)
        outer.addWidget(inner, 1)
        outer.addStretch(0)
        show_in(self.pane, page)
        self.pane.setAccessibleName(
            f"Application {self._reading.reference}" if self._reading else "The application is closed"
        )

    def _say_closed(self, column: QVBoxLayout) -> None:
        title, words = self._closed
        if title:
            column.addWidget(Label(self._look, title, size=20, weight=600).wrapped())
        column.addWidget(Label(self._look, words, size=14, tone="text2").wrapped())

    def _fill(self, column: QVBoxLayout, reading: Reading) -> None:
        look, px = self._look, self._look.px
        nest(column, self._head(reading))
        column.addSpacing(px(6))
        column.addWidget(Label(look, reading.organisation, size=20, weight=600).wrapped())
        if reading.project:
            column.addWidget(Label(look, reading.project, size=14, tone="text2").wrapped())
        column.addSpacing(px(6))
        column.addWidget(self._tiles(reading))
        for heading, text in reading.texts:
            column.addSpacing(px(8))
            column.addWidget(Label(look, heading, size=15, weight=600).wrapped())
            self._add_text(column, text)
        if reading.facts:
            column.addSpacing(px(8))
            column.addWidget(Label(look, "Short answers", size=15, weight=600))
            for heading, text in reading.facts:
                column.addWidget(Label(look, heading, size=12, tone="muted").wrapped())
                self._add_text(column, text)

    def _add_text(self, column: QVBoxLayout, text: str) -> None:
        label = Label(self._look, text, size=14).wrapped()
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(label)

    def _head(self, reading: Reading) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.px(10))
        row.addWidget(Label(self._look, reading.reference, weight=600, tone="text2"))
        row.addWidget(ElidedLabel(self._look, reading.area, weight=600, tone="text2"))
        chip = ChipLabel(self._look)
        chip.show_state(*_gate_state(reading))
        set_tip(chip, reading.eligibility_reason)
        row.addWidget(chip)
        row.addStretch(1)
        return row

    def _tiles(self, reading: Reading) -> QWidget:
        """Return the figures side by side; those there is no room for stand beneath."""
        tiles = QWidget()
        row = Flow(tiles)
        row.setSpacing(self._look.px(22))
        for name, value in _facts(reading):
            tile = QVBoxLayout()
            tile.setSpacing(0)
            tile.addWidget(Label(self._look, name, size=12, tone="text2"))
            tile.addWidget(Label(self._look, value, weight=600))
            row.add(tile)
        return tiles


def _gate_state(reading: Reading) -> tuple[Tone, str]:
    if reading.eligibility is Eligibility.NO:
        return Tone.DANGER, "A gate failed"
    if reading.eligibility is Eligibility.TO_CHECK:
        return Tone.WARNING, "Gates to check"
    if reading.eligibility is Eligibility.WAIVED:
        return Tone.WARNING, "Passed, a gate waived"
    if reading.gates > 1:
        return Tone.FUND, f"All {reading.gates} gates passed"
    return Tone.FUND, "Gates passed"


def _facts(reading: Reading) -> list[tuple[str, str]]:
    show = column_money((reading.requested_pence,))
    facts = [("Requested", show(reading.requested_pence))]
    if reading.beneficiaries is not None:
        facts.append(("People helped", f"{reading.beneficiaries:,}"))
    for name, pence in (
        ("Cost per person", reading.each_pence),
        ("Match", reading.match_pence),
        ("Whole cost", reading.total_cost_pence),
    ):
        if pence is not None:
            facts.append((name, column_money((pence,))(pence)))
    runs = runs_words(reading.start_on, reading.end_on)
    return [*facts, ("Runs", runs)] if runs else facts
