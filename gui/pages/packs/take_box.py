"""What returns would bring, and a choice for each thing on which they differ from this record."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.pages.packs.columns import COPY, RETURN, DecidedLine, decided_key, decided_name, differences
from gui.pages.packs.item_lines import item_lines
from gui.tables.line_view import LineView
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.tips import set_tip
from gui.widgets.words import Words
from models.packs.plans import Decision, Difference, Plan
from models.packs.reports import Incoming
from models.packs.signing import short_code

NEW_KEY = "{}: signed with a key seen for the first time, code {}. It is on the member's receipt."
CHANGED_KEY = "{} signed with another key than before. I compared code {} with the member's receipt"
KEYS = (
    "Left keeps the left column, the {}’s; Right keeps the right one, this record’s; with Shift, on the "
    "whole sheet. F8 goes to the next."
)
WHOLE = "One reason for the whole sheet"
NEITHER = "The value here is older than both. Choose one of the {}s; press Left again for the other."
CLOSED = "Somebody else decides {}: you declared an interest in it, or your own sheet is not handed in yet."
MOST_KEYS_ABOVE = 1
MOST_ABOVE = 2
"""More warnings than these stand in the list, so that the differences keep their room."""


class TakeBox(Dialog):
    """Counts, warnings, what differs side by side with a choice and a reason, and all that is new."""

    agreed = Signal(object, object)
    report_asked = Signal()

    def __init__(self, look: Look, plan: Plan, came: Incoming, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._plan, self._came = look, plan, came
        self._theirs = COPY if came.copy else RETURN
        files = came.files_of()
        self._lines = [
            DecidedLine(found, theirs=self._theirs, files=_files(found, files)) for found in plan.differences
        ]
        self.setWindowTitle(f"Import a {self._theirs}")
        columns = differences(self._lines, self._theirs)
        self.table: LineView[DecidedLine] = LineView(look, columns, decided_key, decided_name)
        self.table.setAccessibleName("Differences")
        self.keep_return = Button(look, f"Keep {self._theirs}")
        self.keep_here = Button(look, "Keep here")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Reason")
        self.reason.setAccessibleName("Reason for the choice")
        self.whole = QCheckBox(WHOLE)
        self.whole.setChecked(True)
        self.problem = FieldError(look, self.reason)
        self.items = QListWidget()
        self.items.setAccessibleName("What is left for a person, what is refused, and what is new")
        changed = [member for member in plan.members if member.is_key_changed]
        self.checks = tuple(_check(member.name, key) for member in changed for key in member.new_keys)
        self.do = Button(look, "Import" if plan.taken or not self._lines else "Record", kind="primary")
        is_to_do = plan.is_new or bool(self._open_lines)
        self.do.setVisible(is_to_do)
        self.cancel = Button(look, "Cancel" if is_to_do else "Close")
        self.report = Button(look, "Save as a report…", icon="export")
        set_tip(self.report, "Save what the result would be; nothing is changed by that")
        self._lay_out()
        self.table.picked.connect(self._show_current)
        self.keep_return.clicked.connect(self._keep_return)
        self.keep_here.clicked.connect(self._keep_here)
        self.reason.textEdited.connect(self._take_reason)
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self.report.clicked.connect(self.report_asked)
        self.table.installEventFilter(self)
        self._show()
        self.table.select_first()
        (self.table if self._lines else self.do if is_to_do else self.cancel).setFocus()

    @property
    def _open_lines(self) -> list[DecidedLine]:
        """Return what is to be decided, without what somebody else decides."""
        return [line for line in self._lines if not line.difference.is_closed]

    @property
    def summary(self) -> str:
        """Return what comes of it: "Return from Jo Adeyemi: 126 new, 2 differ, 0 refused"."""
        names = ", ".join(member.name for member in self._plan.members)
        plan = self._plan
        counts = f"{len(plan.taken)} new, {len(plan.differences)} differ, {len(plan.refused)} refused"
        whose = f"Copy “{self._came.copy_file}”" if self._came.copy else f"Return from {names}"
        out = counted(len(self._came.unfit), "file", "files")
        if not plan.members and self._came.unfit:
            return f"Nothing can be imported: {out} left out"
        return f"{whose}: {counts}" + (f"; {out} left out" if self._came.unfit else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Left and Right choose while the differences have the focus."""
        sides = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_here = sides.get(Qt.Key(event.key()))
            if is_here is not None:
                of_sheet = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._choose(is_here=is_here, of_sheet=of_sheet)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let F8 go to the next difference, and Shift+F8 to the one before."""
        if event.key() == Qt.Key.Key_F8:
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _keep_return(self) -> None:
        self._choose(is_here=False)

    @Slot()
    def _keep_here(self) -> None:
        self._choose(is_here=True)

    def _choose(self, *, is_here: bool, of_sheet: bool = False) -> None:
        """Choose a side of the current difference, or of all on its sheet."""
        number = self._number()
        if number is None:
            return
        line = self._lines[number]
        if line.difference.is_closed:
            self.problem.tell(CLOSED.format(line.difference.what))
            return
        if is_here and not any(side.is_here for side in line.difference.sides):
            self.problem.tell(NEITHER.format(self._theirs))
            return
        self.problem.clear()
        for n in self._sheet_of(line) if of_sheet else (number,):
            self._lines[n] = _chosen(self._lines[n], is_here=is_here)
        self._show()

    @Slot(str)
    def _take_reason(self, text: str) -> None:
        """Put the reason beside the current difference, or beside all on its sheet."""
        number = self._number()
        if number is not None:
            for n in self._sheet_of(self._lines[number]) if self.whole.isChecked() else (number,):
                self._lines[n] = self._lines[n].with_reason(text)
            self._show()

    def _sheet_of(self, line: DecidedLine) -> tuple[int, ...]:
        """Return the numbers of the lines that are of the same sheet and may be decided here."""
        return tuple(
            n for n, one in enumerate(self._lines) if one.sheet == line.sheet and not one.difference.is_closed
        )

    @Slot()
    def _show_current(self) -> None:
        number = self._number()
        if number is not None:
            line = self._lines[number]
            self.reason.setText(line.reason)
            self.keep_here.setEnabled(any(side.is_here for side in line.difference.sides))
            self.whole.setVisible(len(self._sheet_of(line)) > 1)
            self.whole.setText(
                WHOLE + (f" ({line.difference.reference})" if line.difference.reference else "")
            )

    def _go(self, step: int) -> None:
        """Go to the next difference that is not decided, else to the next one."""
        count, at = len(self._lines), self._number() or 0
        order = [(at + step * n) % count for n in range(1, count + 1)] if count else []
        lines = self._lines
        waiting = [n for n in order if not (lines[n].is_decided or lines[n].difference.is_closed)]
        for number in (waiting or order)[:1]:
            self.table.select(decided_key(self._lines[number]))
            self.table.setFocus()

    @Slot()
    def _agree(self) -> None:
        waiting = [line for line in self._open_lines if not line.is_decided]
        if waiting:
            self.table.select(decided_key(waiting[0]))
            lack = "Choose which to keep" if waiting[0].chosen is None else "Say why"
            self.problem.tell(f"{lack} for {waiting[0].difference.what}.")
            (self.table if waiting[0].chosen is None else self.reason).setFocus()
            return
        unchecked = next((check for check in self.checks if not check.isChecked()), None)
        if unchecked is not None:
            self.problem.tell("Compare the code with the member's receipt first, and tick that you did.")
            unchecked.setFocus()
            return
        self.agreed.emit(self.decisions, self.trusted)
        self.accept()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Return what was chosen."""
        return tuple(
            line.difference.decided(line.difference.sides[line.chosen], line.reason.strip())
            for line in self._lines
            if line.chosen is not None
        )

    @property
    def trusted(self) -> tuple[str, ...]:
        """Return the keys whose codes were compared."""
        return tuple(key for member in self._plan.members for key in member.new_keys)

    def _number(self) -> int | None:
        key = self.table.current
        return next((n for n, line in enumerate(self._lines) if decided_key(line) == key), None)

    def _show(self) -> None:
        self.table.show_rows(tuple(self._lines))

    @property
    def _first_keys(self) -> list[str]:
        """Return whose returns are signed with a key that was not seen before, with its code."""
        members = (member for member in self._plan.members if not member.is_key_changed)
        return [
            NEW_KEY.format(member.name, short_code(bytes.fromhex(key)))
            for member in members
            for key in member.new_keys
        ]

    def _lay_out(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, self.summary, size=15, weight=600).wrapped())
        for words in self._came.warnings[:MOST_ABOVE]:
            column.addWidget(Words(look, words, tone="warning").wrapped())
        keys = self._first_keys
        for words in keys[:MOST_KEYS_ABOVE]:
            column.addWidget(Words(look, words, tone="text2").wrapped())
        for check in self.checks:
            column.addWidget(check)
        self._lay_differences(column)
        rows = [f"Note: {words}" for words in self._came.warnings[MOST_ABOVE:]]
        rows += [f"Note: {words}" for words in keys[MOST_KEYS_ABOVE:]]
        rows += item_lines(self._plan, self._came)
        self.items.addItems(rows)
        self.items.setFont(look.font(12))
        self.items.setWordWrap(True)
        self.items.setVisible(bool(rows))
        column.addWidget(self.items, 1)
        row = foot(look, self.cancel, self.do)
        row.insertWidget(0, self.report)
        column.addLayout(row)
        window = self.parentWidget()
        room = window.size() if window is not None else self.sizeHint()
        height = look.px(600 if self._lines else 400)
        self.resize(min(look.px(720), room.width() - 40), min(height, room.height() - 40))

    def _lay_differences(self, column: QVBoxLayout) -> None:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        for widget in (self.keep_return, self.keep_here):
            row.addWidget(widget)
        row.addWidget(self.whole)
        row.addStretch(1)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(look.px(6))
        count = counted(len(self._lines), "difference", "differences")
        inner.addWidget(
            Words(look, f"{count} to decide. {KEYS.format(self._theirs)}", tone="text2").wrapped()
        )
        inner.addWidget(self.table, 1)
        inner.addLayout(row)
        inner.addWidget(self.reason)
        holder.setVisible(bool(self._lines))
        column.addWidget(holder, 2)
        column.addWidget(self.problem)


def _files(found: Difference, files: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the files that the other sides of a difference came in."""
    named = (files.get(side.hash, "") for side in found.sides if not side.is_here)
    return tuple(dict.fromkeys(name for name in named if name))


def _chosen(line: DecidedLine, *, is_here: bool) -> DecidedLine:
    """Return a line with a side chosen; again, the next of several returns."""
    sides = [n for n, side in enumerate(line.difference.sides) if side.is_here == is_here]
    later = [n for n in sides if line.chosen in sides and n > (line.chosen or 0)]
    return line.with_choice((later or sides)[0]) if sides else line


def _check(name: str, key: str) -> QCheckBox:
    words = CHANGED_KEY.format(name, short_code(bytes.fromhex(key)))
    return QCheckBox(words.replace("&", "&&"))
