"""The search: a line to type into and what it finds, the window's own at once, the record's as it answers."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.dialogs.dialog import Dialog
from gui.help.searching import (
    Deed,
    FileSearch,
    Found,
    Holding,
    acts,
    applications,
    fields,
    greyed,
    guide,
    in_answers,
    in_files,
    matching,
    organisations,
    pages,
    papers,
    with_sections,
)
from gui.help.tour import ControlSearch
from gui.keys.behaviour import why_greyed
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.shell.actions import plain_words
from gui.shell.page_list import PAGES, is_hidden, reason_closed
from gui.shell.rounds import Rounds
from gui.theme.look import RIGHT, fill_with, look
from gui.widgets.label import shortened, small
from gui.widgets.nesting import column_of
from gui.widgets.on_screen import room_of
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import words_in
from gui.widgets.typed import TextLine
from models.queries.applications.organisations import organisations as organisation_lines
from models.queries.applications.reading import Passage, findable, passages
from scoring.written.text import counted

Index = QModelIndex | QPersistentModelIndex
HEIGHT, HIGH = 36, 46
"""How high a row is, and one that says beneath its words why it cannot be done now."""


class FoundDelegate(QStyledItemDelegate):
    """Paint the frozen value that a row holds."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's height."""
        found = index.data(Qt.ItemDataRole.UserRole)
        is_high = isinstance(found, Found) and bool(found.why)
        return QSize(look.px(200), look.px(HIGH if is_high else HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row; one that cannot be done now is grey and says why."""
        theme = look.theme
        found = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(found, Found):
            return
        rect = QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            fill_with(painter, theme.selected)
            painter.drawRoundedRect(rect, look.px(6), look.px(6))
        ink = theme.on_accent if is_chosen and not theme.is_tinted else theme.text
        ink = theme.disabled if found.why else ink
        left, top = rect.x() + look.px(10), rect.center().y() - look.px(8)
        look.paint_glyph(painter, left, top, found.icon, ink, 16)
        _paint_words(painter, rect.adjusted(look.px(36), 0, -look.px(10), 0), found, ink)
        painter.restore()


def _paint_words(painter: QPainter, rect: QRectF, found: Found, ink: str) -> None:
    theme = look.theme
    centre = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(look.font(12))
    kind = painter.fontMetrics().horizontalAdvance(found.group)
    painter.setPen(theme.muted if ink != theme.on_accent else ink)
    beneath = rect.adjusted(0, rect.height() / 2 - look.px(3), 0, 0)
    if found.why:
        rect = rect.adjusted(0, look.px(3), 0, -rect.height() / 2)
    painter.drawText(rect, RIGHT, found.group)
    rect = rect.adjusted(0, 0, -kind - look.px(12), 0)
    painter.setFont(look.font(13, 600))
    metrics = painter.fontMetrics()
    words = shortened(metrics, found.words, int(rect.width()))
    painter.setPen(ink)
    painter.drawText(rect, centre, words)
    said = rect.adjusted(metrics.horizontalAdvance(words) + look.px(10), 0, 0, 0)
    rect = beneath if found.why else said
    painter.setFont(look.font(12))
    painter.setPen(theme.muted if ink != theme.on_accent else ink)
    note = shortened(painter.fontMetrics(), found.why or found.note, max(int(rect.width()), 0))
    painter.drawText(rect, centre, note)


TITLE = "Search or command"
TYPED_OUT_MS = 400
NOTHING = "Nothing found. Try one word or its beginning: what you want to do, a reference, part of a name."
LEAST = 3
"""How many letters are looked for within answers at least."""
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchDialog(Dialog):
    """Typing narrows the list; Up and Down choose in it while the line keeps the focus; Enter does it.

    It is no form: neither a title nor a button stands between the line and what it finds.
    """

    keeps_typed = False
    asked = Signal(str)
    """What was typed, once nothing more is for a moment: it is looked for in answers and in files."""

    def __init__(
        self, everything: Sequence[Found], go: Callable[[str, str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.everything, self._go = tuple(everything), go
        self._held: tuple[str, dict[str, tuple[Found, ...]]] = ("", {})
        self._left = 0
        self.typed = TextLine()
        self.typed.setAccessibleName(TITLE)
        self.typed.setPlaceholderText(
            "Applications, what they and their files say, organisations, pages, actions, help"
        )
        self.found = QListWidget()
        self.found.setAccessibleName("Found")
        self.found.setItemDelegate(FoundDelegate(self.found))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setFrameShape(QListWidget.Shape.NoFrame)
        self.says = small(tone="muted")
        px = look.px
        column_of(self.typed, (self.found, 1), self.says, spacing=8, edges=(14, 14, 14, 10), inside=self)
        self.resize(QSize(px(620), px(440)).boundedTo(room_of(self)))
        self.typed.textChanged.connect(self._narrow)
        self.typed.returnPressed.connect(self._do)
        self.typed.installEventFilter(self)
        self.found.itemClicked.connect(self._do)
        self.found.currentRowChanged.connect(self._say)
        self._typed_out = QTimer(self, singleShot=True, interval=TYPED_OUT_MS)
        self._typed_out.timeout.connect(self._tell_found)
        self._narrow()
        self.typed.textChanged.connect(self._typed_out.start)
        self._typed_out.timeout.connect(self._ask)
        self.finished.connect(self._typed_out.stop)  # nothing is asked any more: the record may be closed

    def take(self, more: Sequence[Found]) -> None:
        """Take what was asked of the record, before everything else."""
        self.everything = (*more, *self.everything)
        self._narrow()

    def take_held(self, typed: str, within: str, held: Sequence[Found], left: int = 0) -> None:
        """Take where the words typed were found within answers or files, after what is called so.

        `left` is of how many files the text is still to be read.
        """
        if typed != self.typed.text():
            return
        there, row = self._held[1] if typed == self._held[0] else {}, self.found.currentRow()
        self._held, self._left = (typed, there | {within: tuple(held)}), left
        before = there.get(within, ())
        if [one.spoken for one in held] != [one.spoken for one in before]:
            self._narrow()
            self.found.setCurrentRow(max(row, 0))
            self._tell_found()
        self._say(self.found.currentRow())

    def shown(self) -> tuple[Found, ...]:
        return tuple(self._at(row) for row in range(self.found.count()))

    @Slot()
    def _narrow(self) -> None:
        self.found.clear()
        typed = self.typed.text()
        held = self._held[1].values() if typed == self._held[0] else ()
        self._left = self._left if typed == self._held[0] else 0
        there = chain(matching(self.everything, typed), *held)
        for one in with_sections(tuple(there), typed, self._go):
            item = QListWidgetItem(one.words)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, one.spoken)
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        if not self.found.count():
            self._say(-1)

    @Slot()
    def _tell_found(self) -> None:
        """Say how much is found and what Enter would do, to whoever does not see the list."""
        number = self.found.count()
        words = f"{number:,} found. {self._spoken()}" if number else self.says.text()
        announce(self.typed, words)

    @Slot()
    def _ask(self) -> None:
        if len(self.typed.text().strip()) >= LEAST:
            self.asked.emit(self.typed.text())

    def _spoken(self) -> str:
        return self._at(self.found.currentRow()).spoken

    @Slot(int)
    def _say(self, row: int) -> None:
        why = self._at(row).why if row >= 0 else ""
        what = "Enter goes there or runs it. Esc closes." if row >= 0 else NOTHING
        left = f" Still to be looked through: {counted(self._left, 'file')}." if self._left else ""
        self.says.setText(f"{why}." if why else f"{what}{left}")

    @Slot()
    def _do(self) -> None:
        row = self.found.currentRow()
        if row >= 0 and not self._at(row).why:
            chosen = self._at(row)
            self.accept()
            chosen.do()

    def _at(self, row: int) -> Found:
        one = self.found.item(row).data(Qt.ItemDataRole.UserRole)
        assert isinstance(one, Found), "the list holds what is found"
        return one

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Up and Down choose in the list while the line keeps the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = STEPS.get(Qt.Key(event.key()))
            if steps is not None and self.found.count():
                row = min(max(self.found.currentRow() + steps, 0), self.found.count() - 1)
                self.found.setCurrentRow(row)
                announce(self.typed, self._spoken())
                return True
        return False


LEADS_TO = ("applications", "ranking")
"""The pages that an application found leads to: the first of them that the person has."""


class SearchController(QObject):
    """Gather what can be found, for whoever is using the laptop."""

    def __init__(
        self,
        tools: PageTools,
        rounds: Rounds,
        searchable: Callable[[], tuple[QAction, ...]],
        next_stage: QPushButton,
    ) -> None:
        super().__init__(tools)
        self._tools = tools
        self._rounds = rounds
        self._searchable, self._next = searchable, next_stage
        self._files = FileSearch(tools, lambda: isinstance(tools.dialogs.dialog, SearchDialog))
        self._files.found.connect(self._take_files)

    @Slot()
    def ask(self) -> None:
        """Show the search, or close it when it is on show already."""
        tools, place = self._tools, self._rounds.place
        if isinstance(tools.dialogs.dialog, SearchDialog):
            tools.dialogs.dialog.leave()
            return
        dialog = SearchDialog(self._everything(), tools.go, tools.dialogs.window)
        tools.dialogs.show(dialog)
        if "organisations" in tools.pages:
            today, viewer = current_day(), tools.identity.viewer
            register = partial(organisation_lines, today=today, viewer=viewer)
            tools.workspace.ask(register, partial(self._take, dialog, organisations))
        if place is not None:
            dialog.asked.connect(partial(self._ask_words, dialog, place.line.round_id))
            query = partial(findable, round_id=place.line.round_id, viewer=tools.identity.viewer)
            found = partial(applications, page=self._leads_to)
            tools.workspace.ask(query, partial(self._take, dialog, found))

    def _take(self, dialog: SearchDialog, found: Callable[..., tuple[Found, ...]], rows: Any) -> None:
        if self._tools.dialogs.dialog is dialog:
            dialog.take(found(rows, self._tools))

    @property
    def _leads_to(self) -> str:
        """Return the page of an application that is found."""
        open_keys = [entry.key for entry in PAGES if not is_hidden(entry, self._tools.identity)]
        return next((key for key in LEADS_TO if key in open_keys), "ranking")

    def _ask_words(self, dialog: SearchDialog, round_id: int, typed: str) -> None:
        """Look for what was typed in what applicants wrote, and in the files they sent."""
        query = partial(passages, round_id=round_id, viewer=self._tools.identity.viewer, typed=typed)
        self._tools.workspace.ask(query, partial(self._take_words, dialog, typed))
        self._files.look_for(typed, round_id)

    def _take_words(self, dialog: SearchDialog, typed: str, rows: tuple[Passage, ...]) -> None:
        if self._tools.dialogs.dialog is dialog:
            dialog.take_held(typed, "answers", in_answers(rows, self._tools, self._leads_to))

    @Slot(str, object, int)
    def _take_files(self, typed: str, rows: tuple[Holding, ...], left: int) -> None:
        dialog = self._tools.dialogs.dialog
        if isinstance(dialog, SearchDialog):
            dialog.take_held(typed, "files", in_files(rows, self._tools), left)

    def _do(self, deed: Deed) -> None:
        """Go where something is done, and press its button as soon as it is there."""
        tools, place = self._tools, self._rounds.place
        tools.go(deed.page, deed.reference)
        page = tools.holder.currentWidget() if isinstance(tools.holder, QStackedWidget) else None
        if page is not None and deed.button:
            begins = deed.button.format(round=place.line.name if place is not None else "")
            ControlSearch(page, partial(_press, tools)).look_for(begins)

    def _everything(self) -> tuple[Found, ...]:
        tools = self._tools
        has_record = tools.workspace.facts is not None
        shown = [entry for entry in PAGES if not is_hidden(entry, tools.identity)]
        closed = [(e, reason_closed(e, self._rounds, has_record=has_record)) for e in shown]
        names = {entry.key for entry in PAGES} | {"search"}
        actions = [
            _action(one) for one in self._searchable() if one.isVisible() and one.objectName() not in names
        ]
        on_page = acts_of(tools.holder)
        held = {one.words for one in (*actions, *on_page)}
        here = (one for one in greyed(tools.holder) if one.words not in held)
        current = getattr(getattr(tools.holder, "current", None), "key", "")
        elsewhere = acts((entry for entry, why in closed if not why), tools, current, self._do)
        facts = fields(tools) if "office" in tools.pages else ()
        place, stage = self._rounds.place, self._next.text().rstrip("…")
        issued = papers(tools, is_direct=place is not None and place.line.is_direct)
        doing = (
            *on_page,
            *([Found("Action", "action", stage, self._next.click)] if stage else ()),
            *elsewhere,
        )
        return (*doing, *actions, *pages(closed, tools), *issued, *facts, *here, *guide(tools))


def _press(tools: PageTools, button: QAbstractButton | None) -> None:
    """Press a button that came on show, or say why it cannot be pressed now."""
    if button is not None and button.isEnabled():
        button.click()
    elif button is not None:
        tools.hint(words_in(button.toolTip()))


def acts_of(pages: object) -> tuple[Found, ...]:
    """Return what can be done on the page on show, with the row at hand."""
    page: Any = getattr(pages, "current", None)
    return tuple(
        Found(
            "On this page",
            "action",
            one.name,
            partial(page.doing.press, one),
            page.title.text(),
            one.why_not or one.refusal,
        )
        for one in getattr(page, "offered", ())
    )


def _action(action: QAction) -> Found:
    keys = action.shortcuts()
    key = keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    words = plain_words(action.text()).rstrip("…")
    return Found("Action", "action", words, action.trigger, key, why_greyed(action))
