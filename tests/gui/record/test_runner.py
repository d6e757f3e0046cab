"""Work runs off the event loop, its end comes back to it, and only the newest question is answered."""

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import Any, ClassVar, cast

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.record.questions import Questions
from gui.record.runner import (
    BrokenOff,
    Cancelled,
    InlineRunner,
    Job,
    PoolRunner,
    Priority,
    Queue,
    Ticket,
    WorkerQueue,
)
from gui.record.workspace import Workspace
from models.operations.applications.corrections import SetWithdrawn
from models.queries.applications.applications import applications
from models.session import Session
from models.values.rows import ApplicationRow
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


def tick_for_ever(ticket: Ticket) -> None:
    while True:
        ticket.tick(1, 2)


@pytest.fixture
def endings(qapp: object) -> Endings:
    return Endings()


@pytest.mark.parametrize("queue", list(Queue))
def test_work_runs_on_its_lane_and_ends_on_the_main_thread(
    qtbot: QtBot, endings: Endings, queue: Queue
) -> None:
    runner = PoolRunner()

    with qtbot.waitSignal(endings.ended):
        runner.start(Job(on_another_thread, endings.done, endings.failed, queue=queue))

    assert endings.value is True
    assert endings.on_main
    runner.finish()


def test_a_failure_is_brought_back_not_raised(qtbot: QtBot, endings: Endings) -> None:
    runner = PoolRunner()

    with qtbot.waitSignal(endings.ended):
        runner.start(Job(refuse, endings.done, endings.failed))

    assert isinstance(endings.error, ValueError)
    assert endings.on_main


def test_cancel_stops_work_at_its_next_tick(qtbot: QtBot, endings: Endings) -> None:
    runner = PoolRunner()

    with qtbot.waitSignal(endings.ended):
        ticket = runner.start(Job(tick_for_ever, endings.done, endings.failed, label="Ticking"))
        with qtbot.waitSignal(ticket.progressed):
            pass
        ticket.cancel()

    assert isinstance(endings.error, Cancelled)


def test_the_record_lane_keeps_the_order_of_questions(qtbot: QtBot, endings: Endings) -> None:
    runner = PoolRunner()
    seen: list[int] = []

    with qtbot.waitSignal(endings.ended):
        for number in range(20):
            work = partial(note, seen, number)
            runner.start(Job(work, endings.passed, endings.failed, queue=Queue.RECORD))
        runner.start(Job(refuse, endings.done, endings.failed, queue=Queue.RECORD))

    assert seen == list(range(20))


def test_edits_go_before_questions_and_these_before_upkeep(qtbot: QtBot, endings: Endings) -> None:
    runner = PoolRunner()
    seen: list[int] = []
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


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What the timers of the runner hold back; a test lets it go."""
    held: list[Callable[[], None]] = []

    class Timer:
        @staticmethod
        def singleShot(wait: int, context: QObject, begin: Callable[[], None]) -> None:  # noqa: N802  Qt's name
            assert wait == 250
            held.append(begin)

    monkeypatch.setattr("gui.record.runner.QTimer", Timer)
    return held


def test_work_that_may_wait_leaves_the_processor_to_what_came_after_it(
    qtbot: QtBot, endings: Endings, waiting: list[Callable[[], None]]
) -> None:
    runner, seen, shown = PoolRunner(), list[int](), list[str]()
    runner.watch(lambda ticket: shown.append(ticket.label))
    runner.start(Job(partial(note, seen, 1), endings.done, endings.failed, label="Sums", wait_ms=250))
    with qtbot.waitSignal(endings.ended):
        runner.start(Job(partial(note, seen, 2), endings.done, endings.failed))
    assert (seen, shown) == ([2], [])

    with qtbot.waitSignal(endings.ended):
        waiting[0]()

    assert (seen, shown) == ([2, 1], ["Sums"])


def test_work_cancelled_while_it_waits_never_begins(
    qtbot: QtBot, endings: Endings, waiting: list[Callable[[], None]]
) -> None:
    runner, seen = PoolRunner(), list[int]()
    runner.start(Job(partial(note, seen, 1), endings.done, endings.failed, wait_ms=250))
    runner.finish()

    with qtbot.waitSignal(endings.ended):
        waiting[0]()

    assert isinstance(endings.error, Cancelled)
    assert endings.on_main
    assert not seen
    assert not runner.is_busy


def test_a_question_leaves_what_is_on_show_to_be_painted_and_comes_before_what_is_asked_after_it(
    qtbot: QtBot, endings: Endings
) -> None:
    runner, seen = PoolRunner(), list[int]()

    def start(number: int, *, after_painting: bool, priority: int = Priority.QUESTION) -> None:
        work = partial(note, seen, number)
        done = endings.done if number == 3 else endings.passed
        queue = Queue.RECORD
        job = Job(work, done, endings.failed, queue, priority, after_painting=after_painting)
        runner.start(job)

    with qtbot.waitSignal(endings.ended):
        runner.turns.put(partial(seen.append, 0))
        start(1, after_painting=True)
        runner.turns.put_first(partial(seen.append, -1))
        assert seen == []
        qtbot.waitUntil(lambda: seen == [-1, 0, 1])
        start(2, after_painting=True)
        start(3, after_painting=False, priority=Priority.UPKEEP)
        runner.turns.put_first(partial(seen.append, -2))

    assert seen == [-1, 0, 1, -2, 2, 3]
    assert not runner.is_busy


def test_a_question_that_still_waits_as_the_window_ends_is_told_and_not_asked(
    qtbot: QtBot, endings: Endings
) -> None:
    runner, seen = PoolRunner(), list[int]()
    job = Job(partial(note, seen, 1), endings.done, endings.failed, Queue.RECORD, after_painting=True)

    with qtbot.waitSignal(endings.ended):
        runner.start(job)
        runner.finish()

    assert (seen, type(endings.error)) == ([], Cancelled)


def test_finish_cancels_and_waits(qtbot: QtBot, endings: Endings) -> None:
    runner = PoolRunner()
    runner.start(Job(tick_for_ever, endings.done, endings.failed))

    with qtbot.waitSignal(endings.ended):
        runner.finish()
        qtbot.wait_until(lambda: endings.error is not None)

    assert isinstance(endings.error, Cancelled)


@pytest.mark.parametrize("queue", list(Queue))
def test_work_that_goes_on_for_longer_than_is_waited_outlives_its_runner(
    qapp: QApplication, endings: Endings, monkeypatch: pytest.MonkeyPatch, queue: Queue
) -> None:
    monkeypatch.setattr("gui.record.runner.WAIT_AT_END_MS", 1)
    begun, goes_on, ended = Event(), Event(), Event()

    def work(ticket: Ticket) -> None:
        begun.set()
        goes_on.wait()

    runner = PoolRunner()
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
    runner = PoolRunner()
    for _ in range(50):
        waiting = Deleted()
        runner.start(Job(work, waiting, waiting, queue=queue))
        del waiting
    with qtbot.waitSignal(endings.ended):
        runner.start(Job(on_another_thread, endings.done, endings.failed, queue=queue))

    qtbot.wait_until(lambda: not runner.is_busy)

    assert Deleted.threads == [main_thread().name] * 50
    runner.finish()


def test_the_inline_runner_ends_at_once(endings: Endings) -> None:
    InlineRunner().start(Job(lambda _: 7, endings.done, endings.failed))

    assert endings.value == 7


def test_an_answer_is_shown_in_steps_until_whoever_shows_it_goes(qtbot: QtBot) -> None:
    taken: list[str] = []

    def steps(of: str) -> Iterator[None]:
        for number in range(3):
            taken.append(f"{of}{number}")
            yield

    runner, stays, goes = PoolRunner(), QObject(), QObject()
    runner.in_turns(stays, steps("a"))
    runner.in_turns(goes, steps("b"))
    goes.deleteLater()

    assert taken == ["a0", "b0"]
    assert runner.is_busy
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert taken == ["a0", "b0", "a1", "a2"]

    InlineRunner().in_turns(stays, steps("c"))
    assert taken[4:] == ["c0", "c1", "c2"]


def test_fifty_signals_leave_the_count_of_true_steady(qapp: object) -> None:
    ticket = Ticket("Counting")
    before = sys.getrefcount(True)

    for number in range(50):
        ticket.progressed.emit(number, 50)
    after = sys.getrefcount(True)

    assert abs(after - before) < 5


class Panic(BaseException):
    """What a library raises when it loses its way."""


def panic(ticket: Ticket) -> None:
    raise Panic("lost")


def leave(ticket: Ticket) -> None:
    raise SystemExit(3)


def panic_over_record(session: Session) -> None:
    raise Panic("lost")


def break_queue() -> None:
    raise Panic("told by nobody")


@pytest.mark.parametrize("work", [panic, leave])
@pytest.mark.parametrize("queue", [Queue.RECORD, Queue.WORK])
def test_what_is_no_exception_is_told_and_later_edits_are_made(
    qtbot: QtBot, endings: Endings, work: Callable[[Ticket], None], queue: Queue
) -> None:
    runner, later = PoolRunner(), Endings()
    with qtbot.waitSignals([endings.ended, later.ended]):
        runner.start(Job(work, endings.passed, endings.failed, queue, Priority.QUESTION))
        runner.start(Job(on_another_thread, later.done, later.failed, queue, Priority.QUESTION))

    assert isinstance(endings.error, BrokenOff)
    assert isinstance(endings.error.__cause__, Panic | SystemExit)
    assert (later.value, later.error) == (True, None)
    runner.finish()


def test_the_lane_outlives_whatever_ends_a_piece_of_work() -> None:
    queue, done = WorkerQueue(), Event()
    queue.put(break_queue, Priority.QUESTION)
    queue.put(done.set, Priority.QUESTION)

    assert done.wait(PATIENCE_SECONDS)
    queue.finish(5)


def test_an_edit_behind_a_broken_question_reaches_the_record(
    opens: Opens, record_path: Path, qtbot: QtBot
) -> None:
    runner = PoolRunner()
    window = opens(runner)
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: window.workspace.facts is not None and not runner.is_busy)
    told: list[Exception] = []
    done: list[object] = []

    window.workspace.ask(panic_over_record, done.append, told.append)
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


class Page:
    """Somebody who asks, with two methods that take answers."""

    def __init__(self) -> None:
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


def test_an_answer_to_an_older_question_is_dropped() -> None:
    slow, page, other = Slow(), Page(), Page()
    questions = Questions(cast(Workspace, slow))

    questions.ask(_query, page.take, failed=page.fail)
    questions.ask(_query, other.take)
    questions.ask(_query, partial(page.take_of, "north"))
    questions.ask(_query, page.take, failed=page.fail)
    (older, older_fails), (others, _), (totals, _), (newer, newer_fails) = slow.asked
    newer("new")
    older("old")
    others("theirs")
    totals(7)
    for fails in (older_fails, newer_fails):
        assert fails is not None
        fails(ValueError("no"))

    assert (page.lines, page.totals, other.lines) == (["new"], [("north", 7)], ["theirs"])
    assert page.failures == ["no"]


def test_what_is_worked_out_of_an_older_answer_is_dropped() -> None:
    slow, page = Slow(), Page()
    questions = Questions(cast(Workspace, slow))
    for _ in range(2):
        questions.ask(_query, page.take, work_out=str)

    slow.asked[0][0](1)
    assert not slow.worked, "an older answer is not even worked out"
    slow.asked[1][0](2)
    questions.work(str, page.take)
    slow.finish(0)
    assert not page.lines, "something newer was asked meanwhile"

    questions.ask(_query, page.take)
    questions.forget(page.take)
    slow.asked[2][0](3)
    assert not page.lines


def test_no_page_counts_its_questions_itself() -> None:
    by_hand = re.compile(r"(number|asked) [!=]= self\._(number|asked)\b")
    pages = Path(__file__).parents[3] / "gui" / "pages"

    assert not [path.name for path in pages.rglob("*.py") if by_hand.search(path.read_text("utf-8"))]
