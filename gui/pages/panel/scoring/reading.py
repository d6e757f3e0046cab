"""What is read beside a sheet: the application as it was submitted, and others' marks once handed in."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.panel.scoring.sheets import runs_words
from gui.text import NOTHING, column_money
from gui.theme.look import Tone, look, space
from gui.widgets.buttons import Button
from gui.widgets.charts.bars import Head
from gui.widgets.charts.chart_or_table import ChartTable
from gui.widgets.flow import Flow
from gui.widgets.label import ChipLabel, ElidedLabel, Label, small
from gui.widgets.nesting import Card, ScrollPane, column_of, fill, nest, row_of, show_in
from gui.widgets.tips import set_tip
from models.queries.applications.reading import Reading
from models.queries.panel.score_sheets import PeerSheet, SheetLine
from scoring.marks.meeting import REOPENED_SIGN, reopened_because
from scoring.marks.sheets import spread
from scoring.round import Eligibility
from scoring.scheme import Scheme

WIDEST = 640
"""Wide enough for 80 characters of reading text; no wider."""


class ReadingPane(Card):
    """The text of one application, or why it is closed."""

    def __init__(self) -> None:
        super().__init__(inset=(2, 2))
        self._shown: Reading | tuple[str, str] = ("", "")
        self.pane = ScrollPane("The application")
        self.fill_with(self.pane)
        look.changed.connect(self._rebuild)

    def read(self, told: Reading | tuple[str, str]) -> None:
        """Show an application, or of one that is closed its title and why."""
        if self._shown == told:
            return
        before, self._shown = self._shown, told
        self._rebuild()
        read = before.reference if isinstance(before, Reading) else ""
        if isinstance(told, Reading) and told.reference != read:
            self.pane.verticalScrollBar().setValue(0)

    @Slot()
    def _rebuild(self) -> None:
        px = look.px
        page = QWidget()
        outer = row_of(edges=(24, 20, 24, 16), inside=page)
        inner = QWidget()
        inner.setMaximumWidth(px(WIDEST))
        column = column_of(spacing=4, inside=inner)
        if isinstance(self._shown, Reading):
            self._fill(column, self._shown)
            name = f"Application {self._shown.reference}"
        else:
            title, words = self._shown
            if title:
                column.addWidget(Label(title, size=20, weight=600).wrapped())
            column.addWidget(Label(words, size=14, tone="text2").wrapped())
            name = "The application is closed"
        column.addStretch(1)
        fill(outer, (inner, 1), 0)
        show_in(self.pane, page)
        self.pane.setAccessibleName(name)

    def _fill(self, column: QVBoxLayout, reading: Reading) -> None:
        px = look.px
        nest(column, _head(reading))
        column.addSpacing(px(6))
        column.addWidget(Label(reading.organisation, size=20, weight=600).wrapped())
        if reading.project:
            column.addWidget(Label(reading.project, size=14, tone="text2").wrapped())
        column.addSpacing(px(6))
        column.addWidget(_tiles(reading))
        for heading, text in reading.texts:
            column.addSpacing(px(8))
            column.addWidget(Label(heading, size=15, weight=600).wrapped())
            _add_text(column, text)
        if reading.facts:
            column.addSpacing(px(8))
            column.addWidget(Label("Short answers", size=15, weight=600))
            for heading, text in reading.facts:
                column.addWidget(small(heading, tone="muted"))
                _add_text(column, text)


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
        ("Match", reading.match_funding_pence),
        ("Whole cost", reading.total_cost_pence),
    ):
        if pence is not None:
            facts.append((name, column_money((pence,))(pence)))
    runs = runs_words(reading.start_on, reading.end_on)
    return [*facts, ("Runs", runs)] if runs else facts


WIDE_SPREAD = 2
NOBODY = "Nobody else has handed in a sheet for this application yet."
MARK, SPREAD = 64, 108


class PeersTable(QWidget):
    """Criteria down, members across, the spread at the right; the reasons beneath."""

    reopen_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Others' marks")
        self._column = column_of(edges=(16, 12, 16, 12), inside=self)
        self._content = QWidget()
        self.hide()

    def clear(self) -> None:
        """Show nothing, and hold nothing."""
        self._column.removeWidget(self._content)
        self._content.deleteLater()
        self._content.setParent(None)
        self._content = QWidget(self)
        self.hide()

    def show_peers(
        self, scheme: Scheme, own: SheetLine, peers: Sequence[PeerSheet], *, can_reopen: bool
    ) -> None:
        """Show one's own marks with the others'."""
        self.clear()
        column = column_of(Label("Others’ marks", size=15, weight=600), spacing=6, inside=self._content)
        if peers:
            column.addWidget(_marks(scheme, own, peers))
            for words in _reasons(scheme, peers):
                column.addWidget(small(words))
        else:
            column.addWidget(Label(NOBODY, tone="text2").wrapped())
        whose = (("", "my sheet"), *((peer.member, f"{peer.name}’s sheet") for peer in peers))
        for code, name in whose if can_reopen else ():
            button = Button(f"Reopen {name}…", kind="link", icon="unlocked")
            button.clicked.connect(partial(self._ask_reopen, own.reference, code))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._content)
        self.show()

    def _ask_reopen(self, reference: str, code: str, checked: bool = False) -> None:
        self.reopen_asked.emit(reference, code)


def _marks(scheme: Scheme, own: SheetLine, peers: Sequence[PeerSheet]) -> ChartTable:
    """Return the marks of a sheet and of the others', and how far they are apart, each line in words."""
    names = ("You", *(peer.name for peer in peers))
    rows = [
        (criterion, (own.marks[row], *(peer.marks[row] for peer in peers)))
        for row, criterion in enumerate(scheme.judged)
    ]

    def said(place: int) -> str:
        criterion, marks = rows[place]
        given = (
            f"{name} {'no mark' if mark is None else mark}" for name, mark in zip(names, marks, strict=True)
        )
        return ", ".join((f"{criterion.code} {criterion.title}", *given, f"spread {_spread(marks)}"))

    reopened = (own.reopened, *(peer.reopened for peer in peers))
    again = [f" {REOPENED_SIGN}" if why else "" for why in reopened]
    heads = (Head("Criterion"), *(Head(_short(name, names), MARK) for name in names), Head("Spread", SPREAD))
    table = ChartTable(heads, said, "Others’ marks", len(rows))
    table.show_figures(
        [
            (
                f"{criterion.code}  {criterion.title}",
                *(
                    NOTHING if mark is None else f"{mark}{sign}"
                    for mark, sign in zip(marks, again, strict=True)
                ),
                _spread(marks),
            )
            for criterion, marks in rows
        ]
    )
    return table


def _short(name: str, names: Sequence[str]) -> str:
    """Return the last word of a name, or all of it where another ends in the same word."""
    last = name.split()[-1]
    return name if sum(other.split()[-1] == last for other in names) > 1 else last


def _add_text(column: QVBoxLayout, text: str) -> None:
    label = Label(text, size=14).wrapped()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(label)


def _head(reading: Reading) -> QHBoxLayout:
    row = row_of(
        Label(reading.reference, weight=600, tone="text2"),
        ElidedLabel(reading.area, weight=600, tone="text2"),
        spacing=10,
    )
    chip = ChipLabel()
    chip.show_state(*_gate_state(reading))
    set_tip(chip, reading.eligibility_reason)
    fill(row, chip, 1)
    return row


def _tiles(reading: Reading) -> QWidget:
    """Return the figures side by side; those there is no room for stand beneath."""
    tiles = QWidget()
    row = Flow(tiles)
    space(row, 22)
    for name, value in _facts(reading):
        tile = QWidget()
        column_of(Label(name, size=12, tone="text2"), Label(value, weight=600), spacing=0, inside=tile)
        row.addWidget(tile)
    return tiles


def _spread(marks: Sequence[int | None]) -> str:
    wide = spread(marks)
    if wide is None:
        return NOTHING
    return f"{wide} to discuss" if wide >= WIDE_SPREAD else str(wide)


def _reasons(scheme: Scheme, peers: Sequence[PeerSheet]) -> Iterator[str]:
    """Say of each of the others why a sheet was reopened, and the reasons of their marks."""
    for peer in peers:
        if peer.reopened:
            yield f"{REOPENED_SIGN} {peer.name}’s sheet was {reopened_because(peer.reopened)}"
        for criterion, reason in zip(scheme.judged, peer.reasons, strict=False):
            if reason:
                kept = " (for the panel only)" if criterion.code in peer.for_panel else ""
                yield f"{peer.name} on {criterion.code}{kept}: {reason}"
