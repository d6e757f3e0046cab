"""Work runs off the event loop, only the newest question is answered, and turns are told their ends."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event, current_thread, main_thread
from time import monotonic
from types import SimpleNamespace
from typing import Any, ClassVar, cast

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from gui.record.questions import Questions
from gui.record.runner import (
    BrokenOff,
    Job,
    Priority,
    Queue,
    Runner,
    Ticket,
    WorkerQueue,
)
from gui.record.turns import Turns, given, settling, take_turns
from gui.record.workspace import Workspace
from models.operations.applications.corrections import SetWithdrawn
from models.queries.applications.applications import applications
from models.values.rows import ApplicationRow
from scoring.written.text import Refused
from tests.gui.conftest import Opens
from tests.patience import PATIENCE_SECONDS


class Endings(QObject):
    """Keep what a ticket brought back, and the thread that brought it."""

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.value: object = None
        self.error: Exception | None = None
        self.on_main = False

    def done(self, value: object) -> None:
        self.value = value
        self.on_main = current_thread() is main_thread()
        self.ended.emit()

    def passed(self, value: object) -> None:
        self.value = value

    def failed(self, error: Exception) -> None:
        self.error = error
        self.on_main = current_thread() is main_thread()
        self.ended.emit()


def on_another_thread(ticket: Ticket) -> bool:
    return current_thread() is not main_thread()


def note(seen: list[int], number: int, ticket: Ticket) -> None:
    seen.append(number)


def refuse(ticket: Ticket) -> None:
    raise ValueError("no")


@pytest.fixture
def endings(qapp: object) -> Endings:
    return Endings()


@pytest.mark.parametrize("queue", list(Queue))
def test_work_runs_on_its_lane_and_ends_on_the_main_thread(
    qtbot: QtBot, endings: Endings, queue: Queue
) -> None:
    runner = Runner()

    with qtbot.waitSignal(endings.ended):
        runner.start(Job(on_another_thread, endings.done, endings.failed, queue=queue))

    assert endings.value is True
    assert endings.on_main
    runner.finish()


def test_the_record_lane_keeps_the_order_of_questions_but_for_edits_before_and_upkeep_after(
    qtbot: QtBot, endings: Endings
) -> None:
    runner = Runner()
    seen: list[int] = []

    with qtbot.waitSignal(endings.ended):
        for number in range(20):
            work = partial(note, seen, number)
            runner.start(Job(work, endings.passed, endings.failed, queue=Queue.RECORD))
        runner.start(Job(refuse, endings.done, endings.failed, queue=Queue.RECORD))

    assert seen == list(range(20))
    seen.clear()
    gate = Event()

    with qtbot.waitSignal(endings.ended):
        runner.start(
            Job(lambda _: gate.wait(), endings.passed, endings.failed, queue=Queue.RECORD, priority=99)
        )
        for priority in (Priority.UPKEEP, Priority.QUESTION, Priority.EDIT):
            work = partial(note, seen, priority)
            runner.start(Job(work, endings.passed, endings.failed, queue=Queue.RECORD, priority=priority))
        runner.start(Job(refuse, endings.done, endings.failed, queue=Queue.RECORD, priority=Priority.UPKEEP))
        gate.set()

    assert seen == [Priority.EDIT, Priority.QUESTION, Priority.UPKEEP]
    runner.finish()


@pytest.mark.parametrize("queue", list(Queue))
def test_work_that_goes_on_for_longer_than_is_waited_outlives_its_runner(
    qapp: QApplication, endings: Endings, monkeypatch: pytest.MonkeyPatch, queue: Queue
) -> None:
    monkeypatch.setattr("gui.record.runner.WAIT_AT_END_MS", 1)
    begun, goes_on, ended = Event(), Event(), Event()

    def work(ticket: Ticket) -> None:
        begun.set()
        goes_on.wait()

    runner = Runner()
    ticket = runner.start(Job(work, endings.done, endings.failed, queue=queue))
    ticket.destroyed.connect(ended.set, Qt.ConnectionType.DirectConnection)
    assert begun.wait(PATIENCE_SECONDS)
    runner.finish()
    goes_on.set()
    runner.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert not ended.is_set()
    assert (endings.value, endings.error) == (None, None)


class Deleted:
    """Note the thread in which it is let go of last."""

    threads: ClassVar[list[str]] = []

    def __call__(self, value: object) -> None:
        """Take the end, and keep nothing of it."""

    def __del__(self) -> None:
        self.threads.append(current_thread().name)


@pytest.mark.parametrize("queue", list(Queue))
@pytest.mark.parametrize("work", [on_another_thread, refuse])
def test_who_waited_is_let_go_of_on_the_main_thread(
    qtbot: QtBot,
    endings: Endings,
    monkeypatch: pytest.MonkeyPatch,
    queue: Queue,
    work: Callable[[Ticket], object],
) -> None:
    monkeypatch.setattr(Deleted, "threads", [])
    runner = Runner()
    for _ in range(50):
        waiting = Deleted()
        runner.start(Job(work, waiting, waiting, queue=queue))
        del waiting
    with qtbot.waitSignal(endings.ended):
        runner.start(Job(on_another_thread, endings.done, endings.failed, queue=queue))

    qtbot.wait_until(lambda: not runner.is_busy)

    assert Deleted.threads == [main_thread().name] * 50
    runner.finish()


class Panic(BaseException):
    """What a library raises when it loses its way."""


def test_short_steps_of_an_answer_are_taken_together_and_after_a_long_one_comes_another_turn(
    qapp: QApplication, qtbot: QtBot
) -> None:
    taken = list[str]()
    runner, owner = Runner(), QObject()

    def steps(*milliseconds: float) -> Iterator[None]:
        for number, one in enumerate(milliseconds):
            until = monotonic() + one / 1_000
            while monotonic() < until:
                pass
            taken.append(f"step {number}")
            yield

    runner.in_turns(owner, steps(0, 0, 0))
    assert taken == ["step 0", "step 1", "step 2"]
    assert not runner.is_busy

    taken.clear()
    runner.in_turns(owner, steps(0, 12, 0))
    assert taken == ["step 0", "step 1"]
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert taken == ["step 0", "step 1", "step 2"]

    runner.in_turns(owner, steps(12, 0))
    delete(owner)  # who asked is gone before the next turn
    taken.clear()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert taken == []
    runner.finish()


def panic(given: object) -> None:
    raise Panic("lost")


def leave(ticket: Ticket) -> None:
    raise SystemExit(3)


@pytest.mark.parametrize("work", [panic, leave])
@pytest.mark.parametrize("queue", [Queue.RECORD, Queue.WORK])
def test_what_is_no_exception_is_told_and_later_edits_are_made(
    qtbot: QtBot, endings: Endings, work: Callable[[Ticket], None], queue: Queue
) -> None:
    runner, later = Runner(), Endings()
    with qtbot.waitSignals([endings.ended, later.ended]):
        runner.start(Job(work, endings.passed, endings.failed, queue, Priority.QUESTION))
        runner.start(Job(on_another_thread, later.done, later.failed, queue, Priority.QUESTION))

    assert isinstance(endings.error, BrokenOff)
    assert isinstance(endings.error.__cause__, Panic | SystemExit)
    assert (later.value, later.error) == (True, None)
    runner.finish()


def test_the_lane_outlives_whatever_ends_a_piece_of_work() -> None:
    queue, done = WorkerQueue(), Event()
    queue.put(partial(panic, None), Priority.QUESTION)
    queue.put(done.set, Priority.QUESTION)

    assert done.wait(PATIENCE_SECONDS)
    queue.finish(5)


def test_an_edit_behind_a_broken_question_reaches_the_record(
    opens: Opens, record_path: Path, qtbot: QtBot
) -> None:
    runner = Runner()
    window = opens(runner)
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: window.workspace.facts is not None and not runner.is_busy)
    told: list[Exception] = []
    done: list[object] = []

    window.workspace.ask(panic, done.append, told.append)
    change = SetWithdrawn(1, "W-014", is_withdrawn=True, reason="asked to")
    window.workspace.perform(change, done.append, told.append)
    qtbot.waitUntil(lambda: bool(done and told))  # whichever of the two was taken up first

    assert [type(error) for error in told] == [BrokenOff]
    asked: list[tuple[ApplicationRow, ...]] = []
    window.workspace.ask(partial(applications, round_id=1), asked.append)
    qtbot.waitUntil(lambda: bool(asked))
    assert [row.reference for row in asked[0] if row.withdrawn] == ["W-014"]


class Slow:
    """A workspace whose answers come when the test says so, in the order that it chooses."""

    def __init__(self) -> None:
        self.asked: list[tuple[Callable[..., Any], Callable[[Exception], object] | None]] = []
        self.worked: list[tuple[Callable[..., Any], Callable[..., Any]]] = []

    def ask(self, query: Any, done: Callable[..., Any], failed: Callable[[Exception], object] | None) -> None:
        """Hold a question."""
        self.asked.append((done, failed))

    def work(self, work: Callable[..., Any], done: Callable[..., Any], **more: Any) -> Ticket:
        """Hold a piece of work."""
        self.worked.append((work, done))
        return Ticket("")

    def finish(self, number: int) -> None:
        """Do a piece of work that is held."""
        work, done = self.worked[number]
        done(work(Ticket("")))


class Page(QObject):
    """Somebody who asks, with two methods that take answers."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[object] = []
        self.totals: list[object] = []
        self.failures: list[str] = []

    def take(self, answer: object) -> None:
        """Take lines."""
        self.lines.append(answer)

    def take_of(self, area: str, answer: object) -> None:
        """Take totals of an area."""
        self.totals.append((area, answer))

    def fail(self, error: Exception) -> None:
        """Take a failure."""
        self.failures.append(str(error))


def _query(session: object) -> None:
    """Stand for a question."""


def test_an_answer_to_an_older_question_or_to_who_is_gone_is_dropped() -> None:
    slow, page, other, gone = Slow(), Page(), Page(), Page()
    questions = Questions(cast(Workspace, slow))

    questions.ask(_query, page.take, failed=page.fail)
    questions.ask(_query, other.take)
    questions.ask(_query, partial(page.take_of, "north"))
    questions.ask(_query, page.take, failed=page.fail)
    questions.ask(_query, gone.take)
    (older, older_fails), (others, _), (totals, _), (newer, newer_fails), (late, _) = slow.asked
    delete(gone)
    late("no more")
    newer("new")
    older("old")
    others("theirs")
    totals(7)
    for fails in (older_fails, newer_fails):
        assert fails is not None
        fails(ValueError("no"))

    assert (page.lines, page.totals, other.lines) == (["new"], [("north", 7)], ["theirs"])
    assert gone.lines == []
    assert page.failures == ["no"]


class Told(QObject):
    """Something that is pressed."""

    pressed = Signal(object, object)
    failed = Signal(object)


def workspace_of(told: Told, settle: Callable[[str], bool] | None = None) -> Workspace:
    """Return what turns need of a workspace."""
    return cast(
        "Workspace", SimpleNamespace(failed=told.failed, session=SimpleNamespace(claim=lambda: settle))
    )


def asked(then: Callable[[Any], object], *, failed: Callable[[Exception], object]) -> None:
    """Answer at once."""
    then("an answer")


def refused(then: Callable[[Any], object], *, failed: Callable[[Exception], object]) -> None:
    """Refuse at once."""
    failed(Refused("not so"))


def test_answers_come_back_and_what_is_refused_is_told_once(qapp: QApplication) -> None:
    told, heard = Told(), list[object]()
    told.failed.connect(lambda error: heard.append(str(error)))

    def turns() -> Turns:
        heard.append((yield asked))
        heard.append((yield given(told.pressed)))
        try:
            yield refused
        except Refused:
            heard.append("taken")
        yield refused
        heard.append("never")

    take_turns(workspace_of(told), turns())
    told.pressed.emit(1, 2)
    told.pressed.emit(3, 4)

    assert heard == ["an answer", (1, 2), "taken", "not so"]


def test_the_dialog_that_asked_is_told_first(qapp: QApplication) -> None:
    told, heard = Told(), list[str]()
    told.failed.connect(lambda error: heard.append(f"everyone: {error}"))

    def turns(workspace: Workspace) -> Turns:
        with settling(workspace):
            yield refused

    for is_taken in (True, False):
        workspace = workspace_of(told, lambda words, takes=is_taken: heard.append(words) or takes)
        take_turns(workspace, turns(workspace))

    assert heard == ["not so", "not so", "everyone: not so"]
