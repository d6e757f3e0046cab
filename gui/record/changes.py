"""Changes on their way to the record, kept until the disk has taken them, and those that can be undone."""

from bisect import insort
from collections import deque
from collections.abc import Callable
from functools import partial
from itertools import count
from operator import attrgetter, methodcaller
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QUndoCommand, QUndoStack

from gui.record.runner import Done, Failed, Job, Priority, Queue, Runner, Ticket, nothing
from models.operation import Operation
from models.queries.panel.score_sheets import drafts
from models.record import Record
from models.trouble import Trouble
from models.values import canonical

if TYPE_CHECKING:
    from gui.record.record_session import RecordSession

V = TypeVar("V")
_numbers = count()


class Wish(Struct, eq=False):
    """What is to be done to the record, who is told of it, and whether it is kept where the disk says no.

    `begin` is called each time it is tried. Of two on one `subject` that are kept one after another the later
    takes the earlier one's place.
    """

    label: str
    do: Callable[[Record], object]
    done: Done
    failed: Failed
    begin: Callable[[], object]
    subject: object = None
    is_kept: bool = True
    is_draft: bool = False
    number: int = -1


class Unsaved:
    """Start changes as they come; try what failed again before the next, in the order it was asked for.

    Nothing passes a change that failed: what was asked for after it may rest on it.
    """

    def __init__(
        self,
        runner: Runner,
        held: Callable[[], Record],
        turned: Callable[[], object],
        refused_later: Callable[[str, Exception], object],
    ) -> None:
        self._barred = ""
        """Why nothing passes: set on the record's thread, emptied only while nothing is on its way there."""
        self._refused_later = refused_later
        self._runner, self._held = runner, held
        self._turned = turned
        self._kept: list[Wish] = []
        self._since = -1
        self._under_way = 0
        self._is_to_try = False
        self._waiting: list[Callable[[], object]] = []

    @property
    def labels(self) -> tuple[str, ...]:
        """Return what is kept, in words, in the order it was asked for."""
        return tuple(wish.label for wish in self._kept)

    def put(self, wish: Wish) -> None:
        """Start a change, or keep it behind those that are kept and try them all."""
        wish.number = next(_numbers)
        if self._kept:
            self._replace(wish)
            self._keep(wish)
            self.try_again()
        else:
            self._go(wish)

    def try_again(self) -> None:
        """Try all that is kept, as soon as nothing is on its way."""
        self._is_to_try = bool(self._under_way)
        if self._under_way or not self._kept:
            return
        self._barred = ""
        self._under_way += 1  # what an ending asks for meanwhile waits until all were tried
        for wish in tuple(self._kept):
            self._go(wish)
        self._end()

    def _succeed(self, wish: Wish, answer: Any) -> None:
        """Let go of what the record has, and tell of it."""
        if self._kept:
            self._forget(wish)
        try:
            wish.done(answer)
        finally:
            self._end()

    def _fail(self, wish: Wish, error: Exception) -> None:
        """Keep what the disk did not take; tell of all else that failed."""
        if isinstance(error, Trouble) and wish.is_kept and wish.number > self._since:
            self._keep(wish)
        elif wish in self._kept:
            self._forget(wish)
            self._refused_later(wish.label, error)
        try:
            wish.failed(error)
        finally:
            self._end()

    def settle(self, then: Callable[[], object]) -> None:
        """Try what is kept once more, and tell `then` when nothing is on its way any longer."""
        self.try_again()
        self.await_all(then)

    def await_all(self, then: Callable[[], object]) -> None:
        """Tell `then` when nothing is on its way any longer; what is kept is not tried."""
        self._waiting.append(then)
        self._tell_settled()

    def drop(self) -> None:
        """Do without what is kept; what is on its way is not kept either: its record is left."""
        self._kept, self._since = [], next(_numbers)
        self._barred = ""
        self._turned()

    def _go(self, wish: Wish) -> None:
        """Write to the record in its queue."""
        self._under_way += 1
        wish.begin()
        work = partial(self._do, wish, self._held())
        done, failed = partial(self._succeed, wish), partial(self._fail, wish)
        self._runner.start(Job(work, done, failed, Queue.RECORD, Priority.EDIT))

    def _do(self, wish: Wish, record: Record, ticket: Ticket) -> object:
        """Do what is asked for; raises Trouble at once where something before it could not be saved."""
        if self._barred:
            raise Trouble(self._barred)
        try:
            return wish.do(record)
        except Trouble as error:
            if wish.is_kept:
                self._barred = str(error)
            raise

    def _end(self) -> None:
        self._under_way -= 1
        if self._is_to_try and not self._under_way:
            self.try_again()
        if self._waiting:
            self._tell_settled()

    def _tell_settled(self) -> None:
        while self._waiting and not self._under_way:
            self._waiting.pop(0)()

    def _keep(self, wish: Wish) -> None:
        if wish not in self._kept:
            insort(self._kept, wish, key=attrgetter("number"))
            self._turned()

    def _replace(self, wish: Wish) -> None:
        """Let go of an earlier draft of the same field, and of the change before where it is the same."""
        others = [one for one in self._kept if one.is_draft == wish.is_draft]
        same = [one for one in others if one.subject is not None and one.subject == wish.subject]
        is_next = wish.is_draft or same[-1:] == others[-1:]
        if same and is_next and not self._under_way:
            self._kept.remove(same[-1])

    def _forget(self, wish: Wish) -> None:
        if wish in self._kept:
            self._kept.remove(wish)
            self._turned()


Again = Callable[["Change", Operation], None]
NO_UNDO, NO_REDO = "There is nothing to undo", "There is nothing to redo"


class Change(QUndoCommand):
    """A change that is done already. Undoing performs the inverse, and redoing the inverse of that."""

    def __init__(self, label: str, inverse: Operation, perform: Again) -> None:
        super().__init__(label)
        self.step = inverse
        self._label, self._perform = label, perform
        self._is_new = True
        self._is_undone = False

    @property
    def words(self) -> str:
        """Return what became of the change last, under the name that the menu has for it."""
        return f"{'Undone' if self._is_undone else 'Done again'}: {self._label}"

    def take(self, inverse: Operation) -> None:
        """Keep what would take back the step that was just performed."""
        self.step = inverse
        self._is_undone = not self._is_undone

    def redo(self) -> None:
        """Perform the change again; nothing the first time, when it is done already."""
        if not self._is_new:
            self._perform(self, self.step)
        self._is_new = False

    def undo(self) -> None:
        self._perform(self, self.step)


class UndoList(QUndoStack):
    """The changes that can be taken back.

    What is asked while a change is being saved is meant for that one: it waits until the change is there,
    and comes to nothing where the record does not take it, nor before what the disk did not take yet. Steps
    back and forth are changes as well: what the next performs is known when the one before is done.
    """

    turned = Signal()

    def __init__(self, parent: QObject, may_step: Callable[[], bool] | None = None) -> None:
        super().__init__(parent)
        self._may_step = may_step
        self._begun = self._ended = self._dropped = 0
        self._is_stepping = self._is_cleared = False
        self._waiting: deque[tuple[int, Callable[[], None]]] = deque()
        self.ahead = ""
        self._take_ahead: Callable[[], object] = _begin_nothing
        self.indexChanged.connect(self.turned)

    def begin(self) -> None:
        """Know of a change that is on its way to the record."""
        self._begun += 1
        self.turned.emit()

    def end(self, *, is_done: bool) -> None:
        """Know that the change that was on its way longest is on the list, or was not made."""
        self._ended += 1
        while self._waiting and self._waiting[0][0] <= self._ended:
            _, step = self._waiting.popleft()
            if is_done:
                begun = self._begun
                self._take(step)
                if self._begun > begun:  # the others wait for this step
                    self._waiting = deque((max(at, self._begun), one) for at, one in self._waiting)
        self.turned.emit()

    def put(self, change: Change) -> None:
        """Put the change on the list that was on its way longest, unless it was dropped."""
        if self._ended >= self._dropped:
            self.push(change)

    def drop(self) -> None:
        """Forget every change, also what is still on its way to the record: nobody here takes it back."""
        self._dropped = self._begun
        self.put_ahead("", _begin_nothing)
        self.clear()

    def clear(self) -> None:
        """Forget every change, and what waits; within a step, once that is taken: it still has its change."""
        self._waiting.clear()
        self._is_cleared = self._is_stepping
        if not self._is_stepping:
            super().clear()

    def put_ahead(self, words: str, take_back: Callable[[], object]) -> None:
        """Have what is no change yet taken back before any change, under its name; "" for nothing."""
        self.ahead, self._take_ahead = words, take_back
        self.turned.emit()

    @Slot()
    def undo(self) -> None:
        """Take back what goes ahead of changes, else the last change, once it is there."""
        if self.ahead:
            self._take_ahead()
        else:
            self.undo_change()

    @Slot()
    def undo_change(self) -> None:
        """Take back the last change, once it is there, whatever goes ahead of it."""
        self._ask(super().undo)

    @Slot()
    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._ask(super().redo)

    def actions(self, parent: QObject) -> tuple[QAction, QAction]:
        """Return the menu's Undo and Redo, each named by what it is of."""
        return StepAction(self, parent, is_undo=True), StepAction(self, parent, is_undo=False)

    @property
    def is_saving(self) -> bool:
        """Whether a change is on its way to the record."""
        return self._begun > self._ended

    def _ask(self, step: Callable[[], None]) -> None:
        may_step = self._may_step is None or self._may_step()
        if self.is_saving:
            self._waiting.append((self._begun, step))
        elif may_step:
            self._take(step)

    def _take(self, step: Callable[[], None]) -> None:
        self._is_stepping = True
        try:
            step()
        finally:
            self._is_stepping = False
        if self._is_cleared:
            self.clear()


class StepAction(QAction):
    """Undo or redo in the menu; there is something to undo, too, while a change is being saved."""

    def __init__(self, changes: UndoList, parent: QObject, *, is_undo: bool) -> None:
        super().__init__(parent)
        self._changes = changes
        self._is_undo = is_undo
        self.triggered.connect(changes.undo if is_undo else changes.redo)
        changes.turned.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        changes = self._changes
        undone = changes.ahead or changes.undoText()
        done = (undone if self._is_undo else changes.redoText()).replace("&", "&&")
        words = f"&Undo {done}" if self._is_undo else f"&Redo {done}"
        self.setText(words.rstrip())
        can_undo = bool(changes.ahead) or changes.canUndo() or changes.is_saving
        is_on = can_undo if self._is_undo else changes.canRedo()
        self.setStatusTip("" if is_on else NO_UNDO if self._is_undo else NO_REDO)
        self.setEnabled(is_on)


TYPING = "what is being typed"
KEEP_AFTER_MS = 750
"""How long after a key its words are kept; with the writing, at most a second of typing can be lost."""


def read_draft(kind: type[V], text: str) -> V | None:
    """Return the value that was kept as a draft, None for one of another shape: it cannot be read."""
    try:
        return canonical.from_text(kind, text)
    except ValueError:
        return None


class Drafts(QObject):
    """The drafts of whoever uses the window; while the record's server is lost they wait for it here.

    `not_saved` is told of trouble, `failed` of a bug.
    """

    def __init__(self, session: "RecordSession", unsaved: Unsaved, not_saved: Failed, failed: Failed) -> None:
        super().__init__(session)
        self._session, self._unsaved = session, unsaved
        self._not_saved, self._failed = not_saved, failed
        self._typed: dict[tuple[str, str], str] = {}
        self.is_server_lost = False
        """Whether the server of the record does not answer: what is typed is kept here meanwhile."""
        self._pause = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._pause.timeout.connect(self.hand_on)

    def keep(self, field: str, text: str) -> None:
        """Keep text that is being typed, against a crash, within a second; "" drops it.

        Nothing is told when it is done, and not each key of many is written.
        """
        self._typed[self._session.actor.name, field] = text
        if not self._pause.isActive():  # started anew by each key it would wait for whoever types on
            self._pause.start()

    @Slot()
    def hand_on(self) -> None:
        """Hand on at once what waits to be kept."""
        typed, self._typed = self._typed, {}
        for (person, field), text in typed.items():
            self._keep_as(person, field, text)

    def _keep_as(self, person: str, field: str, text: str) -> None:
        """Keep what somebody types as theirs, whoever uses the window by then."""
        if self.is_server_lost:
            self._typed[person, field] = text
            self._session.keep_here(field, text)
        elif (
            not self._session.waits(partial(self._keep_as, person, field, text))
            and not self._session.held().is_copy  # which is only read
        ):
            do = methodcaller("keep_draft", person, field, text)
            failed, subject = partial(self._could_not_keep, field, text), (person, field)
            self._unsaved.put(Wish(TYPING, do, nothing, failed, _begin_nothing, subject, is_draft=True))

    def ask(self, start: str, done: Callable[[dict[str, str]], object]) -> None:
        """Ask what the person was typing into the fields whose names start so; `done` gets it by field."""
        self.hand_on()
        self._session.ask(partial(drafts, person=self._session.actor.name, start=start), done)

    def _could_not_keep(self, field: str, text: str, error: Exception) -> None:
        """Tell of a draft that was not kept, but not of trouble: who watches what is saved tells of that.

        One that a server did not take is kept on this computer meanwhile.
        """
        if isinstance(error, Trouble):
            self._session.keep_here(field, text)
            self._not_saved(error)
        else:
            self._failed(error)

    def regain_server(self) -> None:
        """Go on: the server answers again, and takes the words that were typed meanwhile."""
        self.is_server_lost = False
        self.hand_on()

    def forget(self) -> None:
        self.is_server_lost, self._typed = False, {}


def _begin_nothing() -> None:
    """Begin what nobody waits for."""
