"""Make a declaration: applicants' names and projects alone, each with none or an interest."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from gui.dialogs.form import Form
from gui.pages.panel.columns import DECLARE_COLUMNS, DeclareLine
from gui.pages.panel.scoring.sheets import KIND_MEANINGS, KIND_WORDS, say_interest
from gui.tables.line_view import LineView
from gui.text import counted
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.nesting import Card, fill
from gui.widgets.pill import Pill
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from gui.widgets.typed import TextLine, Wrong
from models.queries.permissions.declarations import Applicant
from models.values.rows import InterestRow, dated
from scoring.round import InterestKind
from scoring.written.days import long_day
from scoring.written.text import listed

KINDS = (InterestKind.NONE, InterestKind.NON_PECUNIARY, InterestKind.PECUNIARY, InterestKind.PREJUDICIAL)
WHICH, WHY_WITHDRAWN = "What is the interest?", "Why is the interest withdrawn? The minutes say so."
SAY_WHY = "Say why the interest in {} is withdrawn: the minutes say so."
_KEYS = "Left and Right choose, N is none. Only names and projects show before the declaration is made."
HINT = f"An interest of any kind closes its application: no marks, and no part in it at the meeting. {_KEYS}"
SIGNER_HINT = (
    f"An interest of any kind closes its application: somebody else signs there. {_KEYS} The statement below "
    "is made in your name: confirm its words or change them."
)


class DeclareTable(LineView[DeclareLine]):
    """The applicants; Left and Right choose, N says none, other letters begin an interest's words."""

    said = Signal(object)
    stepped = Signal(int)
    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that say something of the current applicant."""
        if event.key() == Qt.Key.Key_N and not event.modifiers():
            self.said.emit(InterestKind.NONE)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class AnswerPill(Pill):
    """An answer; `chosen_by_mouse` tells of the mouse alone, since arrows go on to the next answer."""

    chosen_by_mouse = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell, once the answer is chosen."""
        super().mouseReleaseEvent(event)
        self.chosen_by_mouse.emit()


class DeclareDialog(Form):
    """A declaration of a member or of a signer. It can be made once every applicant has an answer."""

    agreed = Signal(tuple)

    def __init__(
        self,
        member: tuple[str, str],
        applicants: Sequence[Applicant],
        declared: Sequence[InterestRow],
        today: date,
        parent: QWidget,
        statement: str,
        hint: str,
    ) -> None:
        self._member, name = member
        action = "Declare interests"
        super().__init__(action, (hint,), action, parent, 720, height=560, heading=f"{action}: {name}")
        self._asked: set[str] = set()
        self._declared, self._today = declared, today
        there = {None, *(of.reference for of in applicants)}
        self._kept = tuple(
            row
            for row in declared
            if row.application not in there or (row.kind is InterestKind.ABSTAINED and not row.application)
        )
        self._lines = self._at_first = tuple(_lines(applicants, declared))
        self.table = DeclareTable(DECLARE_COLUMNS, attrgetter("reference"), called="Applicants")
        self.table.setMinimumHeight(look.px(130))
        self.put(Card(inset=(2, 2)), 1).fill_with(self.table)
        self.pills = [AnswerPill(KIND_WORDS[kind], kind) for kind in KINDS]
        self.group = QButtonGroup(self)
        self.rest = Button("None for all the rest")
        self._add_answers()
        self.detail = self.put(TextLine())
        stated = (row.detail for row in declared if row.application is None and row.detail)
        self.statement = self.add(
            "Statement",
            TextLine(next(stated, statement)),
            shown=f"Statement, dated {long_day(today)}",
        )
        self._connect()
        self._show()
        self.finish(self.table)
        self.table.select_first()

    @property
    def lines(self) -> tuple[DeclareLine, ...]:
        return self._lines

    @property
    def is_typed(self) -> bool:
        """Whether an answer was given that would be lost."""
        return super().is_typed or self._lines != self._at_first

    @Slot(object)
    def say(self, kind: InterestKind) -> None:
        """Say something of the current applicant; its organisation's other applications are named."""
        if (before := self._current()) is not None:
            line = before.say(kind)
            self._put(line)
            self._show()
            if others := _declared_none(self._lines, line):
                self.problem.show_error(_none_words(line.organisation, others), self.table)
            else:
                announce(self.table, f"{line.organisation}: {KIND_WORDS[kind]}")

    def _put(self, *said: DeclareLine) -> None:
        found = {line.reference: line for line in said}
        self._lines = tuple(found.get(line.reference, line) for line in self._lines)

    @Slot()
    def say_rest(self) -> None:
        """Say none of every applicant that has no answer yet.

        Other applications of an organisation in which an interest is declared are asked about first, once.
        """
        waiting = [line for line in _unanswered(self._lines) if line.reference not in self._asked]
        rest = [line for line in self._lines if line.kind is None and line not in waiting]
        self._asked |= {line.reference for line in waiting}
        self._put(*(replace(line, kind=InterestKind.NONE) for line in rest))
        self._show()
        announce(self.table, f"None for {counted(len(rest), 'applicant')}")
        if waiting:
            self.table.select(waiting[0].reference)
            self.table.setFocus()
            self.problem.show_error(_waiting_words(self._lines, waiting), self.table)

    @Slot(int)
    def _step(self, steps: int) -> None:
        line = self._current()
        if line is not None:
            at = KINDS.index(line.kind) if line.kind in KINDS else -1 if steps > 0 else len(KINDS)
            self.say(KINDS[min(max(at + steps, 0), len(KINDS) - 1)])

    @Slot(bool)
    def _say_pill(self, is_on: bool) -> None:
        pill = self.sender()
        if is_on and isinstance(pill, Pill) and isinstance(pill.value, InterestKind):
            self.say(pill.value)

    @Slot()
    def _go_on(self) -> None:
        """Let typing go to the words of an interest after a press with the mouse, else to the list."""
        (self.detail if self.detail.isEnabled() else self.table).setFocus()

    @Slot(str)
    def _begin(self, letter: str) -> None:
        """Begin the words of an interest that was chosen by key, without a press of Tab."""
        if self.detail.isEnabled():
            self.detail.setFocus()
            self.detail.insert(letter)
            self._write(self.detail.text())

    @Slot(str)
    def _write(self, text: str) -> None:
        if (line := self._current()) is not None:
            self._put(replace(line, detail=text))

    @Slot()
    def _show(self) -> None:
        self.table.show_rows(self._lines)
        self._show_current()
        self.problem.clear()

    @Slot()
    def _show_current(self) -> None:
        line = self._current()
        self.group.setExclusive(False)
        for pill in self.pills:
            with QSignalBlocker(pill):
                pill.setChecked(line is not None and pill.value == line.kind)
            pill.update()
        self.group.setExclusive(True)
        withdraws = line is not None and line.withdraws
        asked = WHY_WITHDRAWN if withdraws else WHICH
        self.detail.setEnabled(withdraws or (line is not None and line.has_interest))
        self.detail.setPlaceholderText(asked)
        self.detail.setAccessibleName(asked)
        with QSignalBlocker(self.detail):
            self.detail.setText(line.detail if line is not None else "")

    def try_action(self) -> None:
        """Declare, or go to the first applicant without an answer or without words."""
        gaps = [line.reference for line in self._lines if line.kind is None]
        if gaps:
            waiting = counted(len(gaps), "applicant has", "applicants have")
            self.table.select(gaps[0])
            raise Wrong(f"{waiting} no answer yet. Choose, or press “None for all the rest”.", self.table)
        wordless = next((line for line in self._lines if line.lacks_words), None)
        if wordless is not None:
            self.table.select(wordless.reference)
            words = SAY_WHY.format(wordless.reference) if wordless.withdraws else None
            raise Wrong(words or say_interest(wordless.reference), self.detail)
        rows = self._rows()
        self.accept()
        self.agreed.emit(rows)

    def _rows(self) -> tuple[InterestRow, ...]:
        found = [
            InterestRow(self._member, line.reference, line.kind, line.detail)
            for line in self._lines
            if line.kind and (line.has_interest or line.detail.strip())
        ]
        statement = InterestRow(self._member, None, InterestKind.NONE, self.statement.text().strip())
        return (statement, *dated(self._declared, found, self._today), *self._kept)

    def _current(self) -> DeclareLine | None:
        key = self.table.current
        return next((line for line in self._lines if line.reference == key), None)

    def _connect(self) -> None:
        self.table.said.connect(self.say)
        self.table.stepped.connect(self._step)
        self.table.typed.connect(self._begin)
        self.table.picked.connect(self._show_current)
        for pill in self.pills:
            pill.toggled.connect(self._say_pill)
            pill.chosen_by_mouse.connect(self._go_on)
        self.detail.textEdited.connect(self._write)
        self.rest.clicked.connect(self.say_rest)

    def _add_answers(self) -> None:
        fill(self.row(*self.pills), self.rest, spacing=2)
        for pill in self.pills:
            self.group.addButton(pill)
            if isinstance(pill.value, InterestKind):
                set_tip(pill, KIND_MEANINGS[pill.value])
                pill.setAccessibleDescription(KIND_MEANINGS[pill.value])


def _lines(applicants: Sequence[Applicant], declared: Sequence[InterestRow]) -> Iterator[DeclareLine]:
    """Yield the applicants with what was declared before; one who declared said none of the others."""
    by_weight = sorted(declared, key=lambda row: row.kind.is_conflict)
    found = {row.application: row for row in by_weight}
    otherwise = InterestKind.NONE if declared else None
    for of in applicants:
        row = found.get(of.reference)
        kind, detail = (otherwise, "") if row is None else (row.kind, row.detail)
        yield DeclareLine(
            of.reference,
            of.organisation,
            of.project,
            kind,
            detail,
            of.organisation_id,
            was=None if kind is InterestKind.NONE else row,
            noted=detail,
        )


def _unanswered(lines: Sequence[DeclareLine]) -> tuple[DeclareLine, ...]:
    """Return the lines without an answer whose organisation has an interest declared on another."""
    own = {line.organisation_id for line in lines if line.has_interest}
    return tuple(line for line in lines if line.kind is None and line.organisation_id in own)


def _declared_none(lines: Sequence[DeclareLine], at: DeclareLine) -> tuple[DeclareLine, ...]:
    """Return the lines that say none of the organisation in which an application has an interest."""
    others = (line for line in lines if line.organisation_id == at.organisation_id and line is not at)
    return tuple(line for line in others if at.has_interest and line.kind is InterestKind.NONE)


def _waiting_words(lines: Sequence[DeclareLine], waiting: Sequence[DeclareLine]) -> str:
    """Ask for an answer to each application that “None for all the rest” did not answer."""
    own = {one.organisation_id for one in waiting}
    reasons = [line.reference for line in lines if line.has_interest and line.organisation_id in own]
    named = listed([f"{line.reference} {line.organisation}" for line in waiting])
    verb, them = ("comes", "it") if len(waiting) == 1 else ("come", "each")
    return (
        f"{named} {verb} from an organisation in which an interest is declared ({listed(reasons)}). Choose "
        f"for {them}, or press “None for all the rest” again."
    )


def _none_words(organisation: str, others: Sequence[DeclareLine]) -> str:
    """Say which applications of an organisation stand as none beside one with an interest."""
    verb = "says" if len(others) == 1 else "say"
    named = listed([line.reference for line in others])
    return (
        f"{organisation} also has {named}, which {verb} “None”. Check whether the interest holds there too."
    )
