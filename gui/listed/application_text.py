"""The text of one application, part below part: names and values, answers, what went before, corrections."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from gui.text import NOTHING
from gui.theme.look import look, space
from gui.widgets.label import Label, small
from models.queries.applications.merges import Before, Earlier
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark
from models.values.applications import (
    CHOICE_WORDS,
    FIELD_WORDS,
    TEXTS,
    Choice,
    Correction,
    printed,
    text_of_cell,
    word_count,
)
from models.values.importing import counting
from models.values.rows import ApplicationRow, SubmittedCell
from scoring import money

EMPTY = "(empty)"
"""What stands for a cell of the file that was empty and was filled in at the import."""
_OUTCOMES = {
    "fund": Mark.FUND,
    "part_fund": Mark.PART,
    "reserve": Mark.RESERVE,
    "decline": Mark.DECLINE,
    "defer": Mark.DEFER,
    "refer": Mark.REFER,
}


class Parts:
    """Puts parts of one application into a column."""

    def __init__(self, column: QVBoxLayout) -> None:
        self._column = column

    def head(self, words: str, note: str = "") -> None:
        """Put in a section's head, with a quieter note."""
        self._column.addSpacing(look.px(8))
        self._column.addWidget(Label(words, weight=600).wrapped())
        if note:
            self.note(note)

    def text(self, words: str) -> None:
        """Put in a text that can be selected and copied."""
        label = Label(words).wrapped()
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)

    def note(self, words: str, *, tone: str = "muted") -> None:
        """Put in a quieter line."""
        self._column.addWidget(small(words, tone=tone))

    def widget(self, widget: QWidget) -> None:
        """Put in a widget of its own."""
        self._column.addWidget(widget)

    def chosen(self, choices: Iterable[Choice]) -> None:
        """Put in what the application is for, and say what was only suggested."""
        for one in choices:
            note = " (suggested)" if one.is_suggested else ""
            self.note(f"{CHOICE_WORDS[one.kind]}: {one.words}{note}", tone="text2")

    def line(self) -> None:
        """Put in a thin line."""
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFixedHeight(1)
        line.setStyleSheet(f"background: {look.theme.line}; border: none;")
        self._column.addWidget(line)

    def facts(self, row: ApplicationRow, names: Iterable[str]) -> None:
        """Put in fields as a list of names and values; absent ones are left out."""
        holder = QWidget()
        grid = QGridLayout(holder)
        space(grid, (12, 3), (0, 2, 0, 2))
        grid.setColumnStretch(1, 1)
        for name in names:
            value = printed(row, name)
            if value == NOTHING:
                continue
            number = grid.rowCount()
            label = Label(FIELD_WORDS[name], size=12, tone="muted")
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            shown = Label(value).wrapped()
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, number, 1)
        self._column.addWidget(holder)

    def before(self, before: Before) -> None:
        """Put in what went before for the organisation, its names joined."""
        self.head("Before")
        if not before.earlier:
            self.note("No other application of this organisation in the record.")
        for earlier in before.earlier:
            self.note(earlier_words(earlier), tone="text2")
        proposed = counting(before.proposed_pence)
        year = f"This year {money.short_pounds(before.year_pence)} with what is requested here{proposed}"
        if before.cap_pence is not None:
            cap = money.short_pounds(before.cap_pence)
            over = ", over the cap" if before.is_over else ""
            self.note(f"{year}, of {cap} for one organisation{over}.", tone=_tone(before))
        elif before.earlier:
            self.note(f"{year}. No cap for one organisation.")

    def corrected(self, corrections: Iterable[Correction]) -> None:
        """Put in what was corrected, with what was submitted, why and by whom."""
        for one in corrections:
            if one.is_told:
                self.note(one.words, tone="warning" if one.is_to_check else "text2")

    def submitted(self, row: ApplicationRow, cells: Sequence[SubmittedCell] = ()) -> None:
        """Put in everything as it was submitted, texts with their word counts.

        What came from a file stands under the file's own headings in the file's own words.
        """
        if cells:
            texts = [(one.heading, text_of_cell(one, row) or EMPTY) for one in cells]
        else:
            self.facts(row, (name for name in FIELD_WORDS if name not in TEXTS))
            texts = [(FIELD_WORDS[name], printed(row, name)) for name in TEXTS]
        told = {one.heading for one in cells}
        for heading, text in (*texts, *(answer for answer in row.answers if answer[0] not in told)):
            if text and text != NOTHING:
                self.head(heading, word_count(text))
                self.text(text)


def earlier_words(earlier: Earlier) -> str:
    """Return one earlier application as a line of words."""
    asked = money.short_pounds(earlier.requested_pence)
    where = "this round" if earlier.is_this_round else f"{earlier.round}, {earlier.year}".rstrip(", ")
    if earlier.decided or earlier.is_withdrawn:
        came_to = earlier.decided or "withdrawn"
    elif earlier.outcome not in _OUTCOMES:
        came_to = "nothing recommended yet"
    elif earlier.funded_pence is None:
        came_to = OUTCOME_WORDS[_OUTCOMES[earlier.outcome]].lower()
    else:
        came_to = f"recommended {money.short_pounds(earlier.funded_pence)}, not decided yet"
    return f"{earlier.reference}, {earlier.fund}, {where}: requested {asked}, {came_to}"


def _tone(before: Before) -> str:
    return "danger" if before.is_over else "text2"
