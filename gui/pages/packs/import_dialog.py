"""What returns would bring, and a choice for each thing on which they differ from this record."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QListWidget, QSizePolicy, QWidget

from gui.dialogs.form import Form
from gui.tables.columns import LineColumn
from gui.tables.line_view import LineView
from gui.text import ENDS_UNDO, counted, listed
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.tick_list import in_lines
from gui.widgets.tips import set_tip
from gui.widgets.typed import TextLine, Wrong
from models.values.pack_plans import Decision, Difference, Incoming, Item, Plan, slot_words, value_words
from models.values.revisions import MARK
from models.values.signing import short_code

RETURN, COPY = "return", "copy"
HERE, WHOLE_ROUND = "This record", "Whole round"

NEW_KEY = "{}: signed with a key seen for the first time, code {}. It is on the member's receipt."
CHANGED_KEY = "{} signed with another key than before. I compared code {} with the member's receipt"
KEYS = (
    "Left keeps the left column, the {}’s; Right keeps the right one, this record’s; with Shift, on the "
    "whole sheet. F8 goes to the next."
)
WHOLE = "One reason for the whole sheet"
NEITHER = "The value here is older than both. Choose one of the {}s; press Left again for the other."
CLOSED = "Somebody else decides {}: you declared an interest in it, or your own sheet is not handed in yet."
LEAST = 110
"""The least height of a list, for a 13 px base."""
MOST_ABOVE = 2
"""More warnings than these stand in the list, so that the differences keep their room."""


class DecidedLine(Struct, frozen=True):
    """One difference with what is chosen of it so far: a side's number, None for nothing yet, and why.

    `theirs` is what the other side is: a return, or a copy; `files` are the names of what it came in.
    """

    difference: Difference
    theirs: str
    files: tuple[str, ...]
    chosen: int | None = None
    reason: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether one side is chosen, with a reason."""
        return self.chosen is not None and bool(self.reason.strip())

    @property
    def sheet(self) -> tuple[str, str]:
        """Return what one reason may be for: a member's sheet on one application."""
        return self.difference.member, self.difference.key.application


def decided_key(line: DecidedLine) -> tuple[str, ...]:
    return (line.difference.member, *line.difference.key)


def decided_name(line: DecidedLine) -> str:
    """Return a difference as a screen reader says it: "S-007 A2, here 3, return 4, choose"."""
    return (
        f"{line.difference.what}, here {_here(line)}, {line.theirs} {_theirs(line)}, {_choice(line).lower()}"
    )


def _what(line: DecidedLine) -> str:
    found = line.difference
    return found.reference or slot_words(found.key.slot)


def _slot(line: DecidedLine) -> str:
    return f"{line.difference.code}, {slot_words(line.difference.key.slot)}"


def _here(line: DecidedLine) -> str:
    return value_words(line.difference.key.slot, line.difference.here)


def _theirs(line: DecidedLine) -> str:
    found = line.difference
    words = [value_words(found.key.slot, side.value) for side in found.sides if not side.is_here]
    return listed(words, "or")


def _choice(line: DecidedLine) -> str:
    if line.chosen is None:
        return "Choose"
    side = line.difference.sides[line.chosen]
    where = "here" if side.is_here else line.theirs
    return f"Keep {where}: {value_words(line.difference.key.slot, side.value)}"


def differences(theirs: str) -> tuple[LineColumn[DecidedLine], ...]:
    """Return the columns of what differs: what came at the left, as its key, what is here at the right."""
    return (
        LineColumn("what", "What", _what, width=110, under=_slot, is_strong=True),
        LineColumn(
            "return", theirs.capitalize(), _theirs, width=210, under=lambda line: ", ".join(line.files)
        ),
        LineColumn("here", HERE, _here, width=110),
        LineColumn("choice", "Choice and reason", _choice, decided_name, under=lambda line: line.reason),
    )


class ImportDialog(Form):
    """Counts, warnings, what differs side by side with a choice and a reason, and all that is new."""

    agreed = Signal(object, object)
    report_asked = Signal()

    def __init__(self, plan: Plan, came: Incoming, parent: QWidget) -> None:
        self._plan, self._came = plan, came
        self._theirs = COPY if came.copy else RETURN
        files = came.files_of()
        self._lines = [DecidedLine(found, self._theirs, _files(found, files)) for found in plan.differences]
        is_to_do = plan.is_new or bool(self._open_lines)
        action = "Import" if plan.taken or not self._lines else "Record"
        super().__init__(
            f"Import a {self._theirs}",
            (),
            action if is_to_do else "",
            parent,
            720,
            height=600 if self._lines else 400,
            heading=self.summary,
            away="Cancel" if is_to_do else "Close",
        )
        changed = [member for member in plan.members if member.is_key_changed]
        self.checks = tuple(_check(member.name, key) for member in changed for key in member.new_keys)
        self._add_warnings()
        self._add_differences()
        self._add_items()
        self.report = Button("Save as a report…", icon="export")
        set_tip(self.report, "Save what the result would be; this changes nothing")
        self.report.clicked.connect(self.report_asked)
        self._show()
        self.finish(self.table if self._lines else self.do if is_to_do else self.cancel, (self.report,))
        self.table.select_first()

    @property
    def is_typed(self) -> bool:
        """Whether a choice was made, or a reason given, that would be lost."""
        return super().is_typed or any(line.chosen is not None or line.reason for line in self._lines)

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
        out = counted(len(self._came.unfit), "file")
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
            self.refuse(CLOSED.format(line.difference.what))
            return
        if is_here and not any(side.is_here for side in line.difference.sides):
            self.refuse(NEITHER.format(self._theirs))
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
                self._lines[n] = replace(self._lines[n], reason=text)
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

    def try_action(self) -> None:
        """Import it, or go to what is still to be decided or compared."""
        waiting = [line for line in self._open_lines if not line.is_decided]
        if waiting:
            self.table.select(decided_key(waiting[0]))
            lack = "Choose which to keep" if waiting[0].chosen is None else "Say why"
            field = self.table if waiting[0].chosen is None else self.reason
            raise Wrong(f"{lack} for {waiting[0].difference.what}.", field)
        unchecked = next((check for check in self.checks if not check.isChecked()), None)
        if unchecked is not None:
            raise Wrong("Compare the code with the member's receipt, then tick that you have.", unchecked)
        self.agreed.emit(self.decisions, self.trusted)
        self.accept()

    @property
    def decisions(self) -> tuple[Decision, ...]:
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

    def _add_warnings(self) -> None:
        for words in self._came.warnings[:MOST_ABOVE]:
            self.sentence(words, tone="warning")
        for check in self.checks:
            self.put(check)
        if self._plan.is_new or self._open_lines:
            self.sentence(ENDS_UNDO, tone="muted")

    def _add_differences(self) -> None:
        columns = differences(self._theirs)
        count = counted(len(self._lines), "difference")
        how = self.sentence(f"{count} to decide. {KEYS.format(self._theirs)}", tone="text2")
        self.table: LineView[DecidedLine] = self.put(
            LineView(columns, decided_key, decided_name, called="Differences"), 2
        )
        self.table.setMinimumHeight(look.px(LEAST))
        self.keep_return = Button(f"Keep {self._theirs}")
        self.keep_here = Button("Keep here")
        self.whole = QCheckBox(WHOLE)
        self.whole.setChecked(True)
        self.row(self.keep_return, self.keep_here, self.whole)
        self.reason = self.put(TextLine())
        self.reason.setPlaceholderText("Reason")
        self.reason.setAccessibleName("Reason for the choice")
        self.table.picked.connect(self._show_current)
        self.table.installEventFilter(self)
        self.keep_return.clicked.connect(self._keep_return)
        self.keep_here.clicked.connect(self._keep_here)
        self.reason.textEdited.connect(self._take_reason)
        for part in (how, self.table, self.keep_return, self.keep_here, self.whole, self.reason):
            part.setVisible(bool(self._lines))

    def _add_items(self) -> None:
        rows = [f"Note: {words}" for words in self._came.warnings[MOST_ABOVE:]]
        rows += [f"Note: {words}" for words in self._first_keys]
        rows += item_lines(self._plan, self._came)
        self.items = self.put(QListWidget(), 1)
        self.items.setAccessibleName("What is left to decide, what is refused, and what is new")
        self.items.addItems(rows)
        self.items.setFont(look.font(12))
        self.items.setWordWrap(True)
        self.items.setMinimumHeight(look.px(LEAST))
        self.items.setVisible(bool(rows))
        for part in (self.table, self.items):  # they share the room there is, and neither is cut
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)


def _files(found: Difference, files: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the files that the other sides of a difference came in."""
    named = (files.get(side.hash, "") for side in found.sides if not side.is_here)
    return tuple(dict.fromkeys(name for name in named if name))


def _chosen(line: DecidedLine, *, is_here: bool) -> DecidedLine:
    """Return a line with a side chosen; again, the next of several returns."""
    sides = [n for n, side in enumerate(line.difference.sides) if side.is_here == is_here]
    later = [n for n in sides if line.chosen in sides and n > (line.chosen or 0)]
    return replace(line, chosen=(later or sides)[0]) if sides else line


def _check(name: str, key: str) -> QCheckBox:
    words = CHANGED_KEY.format(name, short_code(bytes.fromhex(key)))
    check = QCheckBox(in_lines(words))
    check.setAccessibleName(words)
    return check


def item_lines(plan: Plan, came: Incoming) -> list[str]:
    """Return what is left for a person, which files and values stay out with why, then all that is new."""
    has_several = len(plan.members) > 1
    lines = [f"To decide: {line}" for line in came.left]
    lines += [f"Left out: {one.file}: {one.words}" for one in came.unfit]
    lines += _refused(plan.refused, has_several=has_several)
    return lines + [item_words(item, of_member=has_several) for item in plan.taken]


def item_words(item: Item, *, of_member: bool = False) -> str:
    """Return one value that is new or, with why, one that stays out."""
    words = f"{item.what}{_of(item, of_member=of_member)}: {item.after_words} (was {item.before_words})"
    return f"Refused: {words}; {item.words}" if item.words else words


def _refused(items: Sequence[Item], *, has_several: bool) -> Iterator[str]:
    """Yield what stays out, what stays out of one sheet for one reason together."""
    for (_, reference, why), group in groupby(sorted(items, key=_sheet), key=_sheet):
        of_sheet = list(group)
        if len(of_sheet) == 1:
            yield item_words(of_sheet[0], of_member=has_several)
            continue
        parts = ", ".join(_part(item) for item in of_sheet)
        yield f"Refused: {reference or WHOLE_ROUND}{_of(of_sheet[0], of_member=has_several)}: {parts}; {why}"


def _sheet(item: Item) -> tuple[str, str, str]:
    return item.code, item.reference, item.words


def _part(item: Item) -> str:
    """Return a mark with its criterion, of anything else what it is."""
    words = item.slot_words
    return f"{words} {item.after_words}" if item.slot.startswith(f"{MARK}:") else words


def _of(item: Item, *, of_member: bool) -> str:
    return f" of {item.code}" if of_member else ""
