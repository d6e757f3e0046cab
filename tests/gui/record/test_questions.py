"""Test that only the newest of a method's questions is answered."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

from gui.record.questions import Questions
from gui.record.runner import Ticket
from gui.record.workspace import Workspace


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
