"""Every paper that tells of single applications is closed to whoever one of them is closed to, in each place.

The command, the window and the change that issues it are asked for each kind, of the round, of its area and
of every round; what a server gives is asked in `tests/models/store/locks/test_closed_papers.py`.
"""

from datetime import date
from pathlib import Path

import pytest

from gui.pages.papers.exports.query import Chosen, Refusal, exports_answer
from models.operation import Actor
from models.operations.papers import IssuePaper
from models.operations.set_up.people import GiveRole
from models.papers.kinds import KINDS, Scope
from models.permissions.viewing import Viewer
from models.queries.permissions.acting import refusal
from models.queries.set_up.rounds import round_line
from models.record import Record
from models.role import Role
from tests.cli.conftest import Run
from tests.models.conftest import OPENER
from tests.models.hidden_rounds import CLOSED, SCENES, hidden_record
from tests.models.rounds import OFFICER

OPEN = {
    *("to-sign", "call", "form", "publication", "spending", "contracts", "subsidies", "360giving", "tables"),
    "ministry",
}
"""What is made for the public, of sums, or without what is closed to who signs."""
INTERESTED, DUE, UNDECLARED = (
    f"You declared an interest in {CLOSED}, wh",
    "This paper shows others' marks",
    "You have not declared your interests",
)
READERS = {
    "the chair with an interest": (Role.CHAIR, INTERESTED),
    "a member whose own sheet is due": (Role.FINANCE, DUE),
    "a member who has not declared": (Role.MEMBER, UNDECLARED),
}
"""By scene: in which role its reader reads, and why papers are closed to them."""


@pytest.fixture(params=READERS)
def scene(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def path(scene: str, tmp_path: Path) -> Path:
    return hidden_record(tmp_path / "office.panel", scene, 0)


def why(scene: str, code: str, *, with_marks: bool = False) -> str:
    """Return how the refusal of a paper begins, "" for what is open."""
    if code in OPEN:
        return ""
    is_due = READERS[scene][1] == DUE
    without = code == "panel-book" and not with_marks
    return INTERESTED if is_due and without else READERS[scene][1]


def test_the_window_shows_none_of_them(scene: str, path: Path) -> None:
    viewer = Viewer(SCENES[scene].viewer.name, READERS[scene][0], SCENES[scene].viewer.member)
    with Record.open(path, OPENER) as record:
        for code, kind in KINDS.items():
            for chosen in (
                Chosen(kind, month=date(2026, 11, 1)),
                Chosen(kind, area="Coventry"),
                Chosen(kind, is_of_all=True),
                Chosen(kind, with_marks=True),
            ):
                chosen = chosen.asked
                found = record.ask(
                    lambda s, chosen=chosen: exports_answer(s, chosen, round_line(s, 1), viewer).found
                )
                words = found.words if isinstance(found, Refusal) else ""
                expected = why(scene, code, with_marks=chosen.with_marks)
                assert words.startswith(expected), (code, words)
                if not expected:
                    assert not words.startswith((INTERESTED, DUE, UNDECLARED)), (code, words)


def test_nobody_issues_one_of_them(scene: str, path: Path) -> None:
    actor = Actor(SCENES[scene].viewer.name, READERS[scene][0])
    with Record.open(path, OPENER) as record:
        for code in KINDS:
            for of_round, subject in ((1, ""), (1, "Coventry"), (1, "Coventry · with marks"), (None, "")):
                issue = IssuePaper(code, of_round, subject, "{}", "ab", "", 7, "cd")
                words = record.ask(lambda s, issue=issue: refusal(s, issue, actor))
                expected = why(scene, code, with_marks="with marks" in subject)
                if actor.role == Role.FINANCE or (actor.role == Role.CHAIR and KINDS[code].is_for_chair):
                    assert words.startswith(expected), (code, words)
                    assert bool(words) is bool(expected)
                else:
                    assert words, code


def test_no_command_writes_one_of_them(scene: str, path: Path, run: Run, tmp_path: Path) -> None:
    name, (role, _) = SCENES[scene].viewer.name, READERS[scene]
    if role == Role.FINANCE:
        with Record.open(path, OPENER) as record:
            record.perform(GiveRole(1, name, Role.FINANCE), OFFICER)
    for code, kind in KINDS.items():
        if kind.scope is not Scope.ROUND:
            continue
        for asked, ending in ((word, (ends or ("",))[0]) for word, ends in kind.asked.items()):
            out = tmp_path / f"{asked}{ending}"
            for of in (("--round", "Autumn"), *([()] if "is_of_all" in kind.choices else ())):
                ran = run("export", path, asked, *of, "--out", out, "--as", name)
                expected = why(scene, code)
                if role == Role.FINANCE or (role == Role.CHAIR and kind.is_for_chair):
                    assert (expected or "") in ran.err, (asked, ran.err)
                    assert ran.status == 1 if expected else DUE not in ran.err
                if expected:
                    assert ran.status == 1, (asked, ran.err)
                    assert not out.exists(), asked
