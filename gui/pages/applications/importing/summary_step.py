"""Step 5: what will be imported and what not, then what was."""

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from exchange.applications.preview import Preview, PreviewRow, State
from exchange.applications.row_sorter import Kind
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import column_of, nest
from models.values.applications import Correction
from scoring import money
from scoring.written.text import counted, first_of

GATES = (
    "The caps are judged from the amounts and the closing date from the dates; all other gates start as "
    "“To check”."
)
NAMED_ROWS = 5
"""So many rows that are not imported are named with their reasons; of more, only how many there are."""
NAMED_CORRECTIONS = 12
UNDO = "One undo removes everything again."


class SummaryStep(Card):
    """Sentences with the counts, before and after."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self.is_done = False
        self._done = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Summary of the import")
        self.save = Button(look, "Save the rows left out…")
        self._head = Label(look, size=15, weight=600).wrapped()
        self._lines = Label(look, size=14, tone="text2").wrapped()
        self._note = Label(look, size=12, tone="muted").wrapped()
        nest(
            self.body,
            column_of(
                self._head,
                self._lines,
                self._note,
                (self.save, 0, Qt.AlignmentFlag.AlignLeft),
                1,
                spacing=look.px(8),
            ),
        )

    @property
    def words(self) -> str:
        """Return what is said."""
        return f"{self._head.text()}\n{self._lines.text()}"

    def show_preview(self, found: Preview, new_areas: Sequence[str]) -> None:
        """Say what would be imported, and which areas the round would have besides its own."""
        self.is_done = False
        asked = sum(row.requested_pence for row in found.taken)
        self._done = found.sentence("added")
        self._head.setText(f"{found.sentence('to add')}.")
        self._lines.setText(
            "\n".join([f"{money.short_pounds(asked)} requested in all.", *_lines(found, new_areas)])
        )
        self._note.setText(f"Nothing is written yet. {UNDO}")
        number = len(found.left_out)
        self.save.show_words(f"Save {'the row' if number == 1 else f'the {number:,} rows'} left out…")
        self.save.setVisible(number > 0)

    def show_done(self, words: str) -> None:
        """Say what was imported."""
        self.is_done = True
        self._head.setText(f"{self._done}.")
        self._lines.setText(words)
        self._note.setText(f"{GATES} {UNDO}")


def _not_imported(rows: Sequence[PreviewRow]) -> list[str]:
    """Say why rows are not imported: each of a few with its reason, else how many and where they are seen."""
    if len(rows) > NAMED_ROWS:
        return [f"{len(rows):,} not imported; the list says why of each, one step back."]
    return [
        f"Row {row.number} is not imported: {'; '.join(p.words.rstrip('.') for p in row.points)}."
        for row in rows
    ]


def _corrected(corrections: Sequence[Correction]) -> list[str]:
    """Say what stands in the place of what was submitted; the same in several rows once."""
    of: dict[str, list[str]] = defaultdict(list)
    for one in corrections:
        of[f"{one.name}: {one.now}, submitted as {one.was}"].append(one.application)
    if not of:
        return []
    lines = [f"{first_of(references)}, {words}." for words, references in of.items()]
    more = len(lines) - NAMED_CORRECTIONS
    rest = [f"And {more:,} more; As submitted shows each beside its application."] if more > 0 else []
    many = counted(len(corrections), "correction is", "corrections are")
    return [f"{many} recorded; what was submitted is kept beside.", *lines[:NAMED_CORRECTIONS], *rest]


def _lines(found: Preview, new_areas: Sequence[str]) -> list[str]:
    counts = found.counts
    lines = list(found.reading.notes)
    for state, words in (
        (State.PROBLEM, "with a cell to put right; what it says is kept"),
        (State.CHECK, "with something to check"),
        (State.LEFT_OUT, "left out by you"),
    ):
        if counts[state]:
            lines.append(f"{counts[state]:,} {words}.")
    taken = [row for row in found.rows if row.application is not None]
    over = sum(any(point.kind is Kind.OVER_CAP for point in row.points) for row in taken)
    lines += [f"{over:,} over the cap, which the page Criteria & scale raises."] if over else []
    lines += _not_imported([row for row in found.rows if row.state is State.NOT_TAKEN])
    lines += _corrected([one for one in found.corrections if not one.is_to_check])
    kept = counts[State.CHANGED] - len(found.changes)
    if kept:
        lines.append(f"{kept:,} already here and changed in the file; what is here is kept.")
    if found.reading.areas:
        areas, is_said = ", ".join(found.reading.areas), found.reading.columns.of("area") is not None
        lines.append(f"{ours('Areas in the file')}: {areas}." if is_said else f"All are for {areas}.")
    if new_areas:
        lines.append(f"New in the round, with a pot of £0.00 each: {', '.join(new_areas)}.")
    without = sum(row.area is None for row in found.taken)
    if without:
        lines.append(ours(f"{without:,} without an area, so not ranked until one is chosen."))
    return lines
