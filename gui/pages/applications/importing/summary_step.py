"""Step 5: what will be imported and what not, then what was."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from exchange.applications.preview import Preview, State
from exchange.applications.row_sorter import Kind
from exchange.written_text import template_lines
from gui.tables.columns import LineColumn
from gui.tables.line_view import LineView
from gui.text import ours
from gui.widgets.buttons import Button
from gui.widgets.label import Label, small
from gui.widgets.nesting import Card, ScrollPane, column_of, nest, show_in
from scoring import money
from scoring.written.text import first_of

if TYPE_CHECKING:
    from exchange.incoming.placing import Keeping
    from exchange.incoming.reading import Taken

GATES = (
    "The caps are judged from the amounts and the closing date from the dates; all other gates start as "
    "“To check”."
)
NAMED_ROWS = 5
"""So many rows that are not imported are named with their reasons; of more, only how many there are."""
NAMED_CORRECTIONS = 12
UNDO = "One undo removes everything again."


FILES: tuple[LineColumn[Keeping], ...] = (
    LineColumn("file", "File", attrgetter("name"), tip=attrgetter("name")),
    LineColumn("kind", "What it is", attrgetter("kind"), width=130),
    LineColumn("whose", "Whose it is", attrgetter("words"), tip=attrgetter("words"), width=300),
)


class SummaryStep(Card):
    """Sentences with the counts, before and after."""

    def __init__(self) -> None:
        super().__init__()
        self.is_done = False
        self._done = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Summary of the import")
        self.save = Button("Save the rows left out…")
        self._head = Label(size=15, weight=600).wrapped()
        self._lines = Label(size=14, tone="text2").wrapped()
        self._note = small(tone="muted")
        self.faults = Label(size=13, tone="text2").wrapped()
        self.files: LineView[Keeping] = LineView(
            FILES, attrgetter("name", "application"), attrgetter("spoken"), called="Files of the import"
        )
        self.faults.hide()
        self.files.hide()
        page, told = QWidget(), ScrollPane("What the import comes to")
        save = (self.save, 0, Qt.AlignmentFlag.AlignLeft)
        column_of(self._head, self._lines, self._note, save, self.faults, 1, spacing=8, inside=page)
        show_in(told, page)
        self.ring_for(told)
        nest(self.body, column_of((told, 3), (self.files, 2), spacing=8))

    @property
    def words(self) -> str:
        return f"{self._head.text()}\n{self._lines.text()}"

    def show_preview(self, found: Preview, new_areas: Sequence[str]) -> None:
        """Say what would be imported, and which areas the round would have besides its own."""
        self.is_done = False
        self._done = found.sentence("added")
        self._head.setText(f"{found.sentence('to add')}.")
        self._lines.setText("\n".join(summary_lines(found, new_areas)))
        self._note.setText(f"Nothing is written yet. {UNDO}")
        number = len(found.left_out)
        self.save.show_words(f"Save {'the row' if number == 1 else f'the {number:,} rows'} left out…")
        self.save.setVisible(number > 0)

    def show_files(self, taken: Taken, found: Sequence[Keeping]) -> None:
        """List the files of an import with what each is and whose; nothing where it is one list alone."""
        faults = "\n".join((*taken.faults, *taken.notes))
        self.faults.setText(faults)
        self.faults.setVisible(bool(faults))
        self.files.show_rows(found)
        self.files.setVisible(bool(found))

    def show_done(self, words: str) -> None:
        """Say what was imported."""
        self.is_done = True
        self._head.setText(f"{self._done}.")
        self._lines.setText(words)
        self._note.setText(f"{GATES} {UNDO}")


def summary_lines(found: Preview, new_areas: Sequence[str]) -> Iterator[str]:
    """Yield what would be imported, what not and why, and what stands in the place of what was submitted.

    Each of a few rows that are not imported is told with its reason, and the same correction of several once.
    """
    counts = found.counts
    kinds = Counter(kind for row in found.rows for kind in {point.kind for point in row.points})
    aside = [row for row in found.rows if row.state is State.NOT_TAKEN]
    is_many = len(aside) > NAMED_ROWS
    fixed = [one for one in found.corrections if not one.is_to_check]
    of: dict[str, list[str]] = defaultdict(list)
    for one in fixed:
        of[f"{ours(one.name)}: {one.now}, submitted as {one.was}"].append(one.application)
    corrections = [f"{first_of(references)}, {words}" for words, references in of.items()]
    return template_lines(
        "forms/import-summary",
        asked=money.short_pounds(sum(row.requested_pence for row in found.taken)),
        notes=found.reading.notes,
        problems=counts[State.PROBLEM],
        to_check=counts[State.CHECK],
        left_out=counts[State.LEFT_OUT],
        over=kinds[Kind.OVER_CAP],
        moved_on=kinds[Kind.MOVED_ON],
        many_not_taken=len(aside) if is_many else 0,
        not_taken=[
            (row.place, tuple(point.words.rstrip(".") for point in row.points))
            for row in aside
            if not is_many
        ],
        corrected=len(fixed),
        corrections=corrections[:NAMED_CORRECTIONS],
        more=max(len(corrections) - NAMED_CORRECTIONS, 0),
        kept=counts[State.CHANGED] - len(found.changes),
        areas=found.reading.areas,
        is_said=found.reading.columns.of("area") is not None,
        areas_of_file=ours("Areas in the file"),
        new_areas=new_areas,
        without=sum(row.area is None for row in found.taken),
        no_area=ours("without an area, so not ranked until one is chosen."),
    )
