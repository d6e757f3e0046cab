"""Marks of somebody who is not on the panel of an area count nowhere: every query, paper and workbook.

Two records of one round differ in such marks alone. Whatever is asked of the round, and has no reader for
whom marks are closed, must be answered alike, at each stage.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import models.queries
from exchange.round_workbook.read import read_round
from exchange.round_workbook.write import write_round
from gui.pages.overview.query import ask_overview, overview_of
from gui.pages.page import Identity, Place
from models.journal.verify import verify
from models.operation import Actor
from models.operations.panel.members import EditMember
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import RemoveRound
from models.papers.kinds import KINDS
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.deciding.round_list import ask_round, work_out
from models.queries.panel.area_panels import marks_elsewhere
from models.queries.panel.panel import member_details, members_of
from models.queries.panel.sheets import every_sheet, handed_in, marks_of_strangers
from models.queries.panel.to_do import What
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import rounds
from models.record import Opener, Record
from models.role import Role
from models.session import Session
from models.trouble import Trouble
from models.values.rows import RoundRows, SheetRow
from scoring.written.text import Refused
from tests.models.conftest import OPENER, TickingClock
from tests.models.made_once import file_made_once
from tests.models.rounds import OFFICER, paper, set_up_office, undo
from tests.models.three_panels import AREAS, decide, marked, named, set_up_panels

QUAY, WEALD, HARBOUR = AREAS
STAGES = ("intake", "scoring", "meeting", "done")
"""Where the first area is; "done" is decided."""
NOW = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
CHAIR = Actor(named(Role.CHAIR, QUAY), Role.CHAIR)
OFFICE = Identity("Olive Officer", Role.OFFICER)
CHAIR_ONE = Identity(named(Role.CHAIR, QUAY), Role.CHAIR, "C1", areas=(QUAY,))
STRANGERS = ("C2", "M2", "M3")
RAW = {
    "panel.sheets.every_sheet": "the sheets as they stand, also those that do not count",
    "panel.sheets.marks_of_strangers": "names them",
    "set_up.round_facts.stored_rows": "what a removed round is brought back from",
    "deciding.decisions.scorers": "who marked anything does not decide",
    "deciding.decisions.scorers_of": "likewise",
    "set_up.criteria.criteria_facts": "criteria are not amended under a sheet that is in",
    "set_up.criteria.is_handed_in": "likewise",
    "deciding.round_list.deciding": "likewise",
}
"""What is asked of the marks as they stand, and why."""


def rows(which: int) -> RoundRows:
    """Return the round with the marks of its own panel, and in the second record with those of strangers."""
    found = marked(QUAY)
    given = tuple(SheetRow(who, of, True, (0, 0, 0)) for of in ("ACF-001", "ACF-002") for who in STRANGERS)
    return replace(found, sheets=(*found.sheets, *(given if which else ())))


@file_made_once
def record_at(path: Path, stage: str, which: int) -> Path:
    with Record.create(path, Opener("Grace Okoro", "tests"), clock=TickingClock()) as record:
        set_up_panels(set_up_office(record), rows(which))
        if stage == "done":
            decide(record, QUAY)
        for one in ("scoring", "meeting")[: STAGES.index(stage)] if stage != "done" else ():
            record.perform(MoveAreas(1, (QUAY,), one), CHAIR)
    return path


@pytest.fixture(scope="module", params=STAGES)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Record]]:
    folder = tmp_path_factory.mktemp("strangers")
    both = [
        Record.open(record_at(folder / f"{which}.panel", request.param, which), OPENER) for which in (0, 1)
    ]
    yield both
    for record in both:
        record.close()


_OWN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|([0-9a-f]{4} ){2}[0-9a-f]{4}")
GIVEN: dict[str, Any] = {
    "round_id": 1,
    "of_round": 1,
    "reference": "ACF-001",
    "application": "ACF-001",
    "today": date(2026, 12, 3),
    "area": QUAY,
    "viewer": Viewer(named(Role.CHAIR, QUAY), Role.CHAIR, "C1"),
    "member": "M1",
    "code": "M1",
    "judged": ("A1", "A2", "A6"),
    "name": named(Role.CHAIR, QUAY),
    "references": ("ACF-001", "ACF-002"),
}


def queries() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every public query of a round that is asked with what is given here."""
    for found in pkgutil.walk_packages(models.queries.__path__, "models.queries."):
        module = importlib.import_module(found.name)
        for name, query in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or getattr(query, "__module__", "") != module.__name__:
                continue
            parameters = inspect.signature(query).parameters
            needed = {one.name for one in parameters.values() if one.default is one.empty}
            if "session" in needed and "round_id" in needed and needed <= {"session", *GIVEN}:
                yield f"{found.name.removeprefix('models.queries.')}.{name}", query


QUERIES = dict(queries())


def told(found: object) -> str:
    """Return a value in words, sets and pairs in order: what they came from is not told."""
    if isinstance(found, frozenset | set):
        return repr(sorted(map(told, found)))
    if isinstance(found, Mapping):
        return repr(sorted((told(key), told(value)) for key, value in found.items()))
    return _OWN.sub("…", repr(found))


def answer(record: Record, query: Callable[..., Any]) -> str:
    wanted = [one for one in inspect.signature(query).parameters if one in GIVEN]

    def ask(session: Session) -> str:
        found = query(session, **{name: GIVEN[name] for name in wanted})
        return told(tuple(found) if isinstance(found, Iterator) else found)

    try:
        return record.ask(ask)
    except (Refused, Trouble, LookupError, StopIteration) as error:
        return f"refused: {error}"


def test_no_query_of_a_round_answers_by_marks_of_strangers(pair: list[Record]) -> None:
    one, other = pair

    differing = {name for name, query in QUERIES.items() if answer(one, query) != answer(other, query)}

    assert len(QUERIES) > 80
    assert differing <= RAW.keys(), sorted(differing - RAW.keys())


def written(record: Record, kind: str) -> str:
    """Return a paper of the first area as it would be written, or why there is none."""
    values = {"with_marks": True} if kind == "panel-book" else {}
    try:
        return told(paper(record, kind, NOW, area=QUAY, **values))
    except (Refused, LookupError, TypeError, AssertionError) as error:
        return f"refused: {error}"


def test_no_paper_is_written_by_marks_of_strangers(pair: list[Record]) -> None:
    one, other = pair

    differing = [kind for kind in KINDS if written(one, kind) != written(other, kind)]

    assert sum(not written(one, kind).startswith("refused") for kind in KINDS) > 5
    assert differing == []


def test_figures_tasks_and_the_workbook_know_the_panels_own_marks_alone(
    pair: list[Record], tmp_path: Path
) -> None:
    found = []
    for number, record in enumerate(pair):
        (line,) = record.ask(rounds)
        answer = record.ask(ask_round(1, OFFICE_VIEWER))
        figures = replace(work_out(line, answer), strangers={})
        held, away = (
            record.ask(partial(round_rows, round_id=1)),
            record.ask(partial(marks_elsewhere, round_id=1)),
        )
        book = read_round(write_round(held, tmp_path / f"{number}.xlsx", elsewhere=away))
        found.append((told(figures), told(book), record.ask(partial(handed_in, round_id=1))))

    assert found[0] == found[1]
    assert found[1][2] == {(who, of) for who in ("C1", "M1") for of in ("ACF-001", "ACF-002")}


def test_the_overview_of_the_office_names_them(tmp_path: Path) -> None:
    with Record.open(record_at(tmp_path / "office.panel", "scoring", 1), OPENER) as record:
        told = {}
        other = replace(CHAIR_ONE, name=named(Role.CHAIR, WEALD), member="C2", areas=(WEALD,))
        for who in (OFFICE, CHAIR_ONE, other):
            asked = record.ask(lambda session, who=who: ask_overview(session, 1, who.viewer))
            (line,) = record.ask(rounds)
            shown = overview_of(Place(line, None), who, date(2026, 12, 3), asked)
            told[who.name] = [one.words for one in shown.tasks if one.what is What.SEE_STRANGERS]

    words = ["Marks on 2 applications are of members of other panels"]
    assert told == {OFFICE.name: words, CHAIR_ONE.name: words, other.name: []}


@pytest.fixture
def strange(tmp_path: Path) -> Iterator[Record]:
    with Record.open(record_at(tmp_path / "office.panel", "meeting", 1), OPENER) as record:
        yield record


def test_verify_names_marks_that_do_not_count_and_what_to_do(strange: Record) -> None:
    found = verify(strange)

    (check,) = (one for one in found.checks if one.name == "panels")
    assert found.sound, "nothing is wrong with the record"
    assert check.is_note
    who = "Chair of North Weald, Member of North Weald, Member of Harbour"
    assert check.words.startswith(
        f"Not on the panel of Market Quay, and gave marks there on ACF-001, ACF-002: {who}. "
    )
    assert "These marks do not count. If a member sits on that panel, add the area to them" in check.words


def test_marks_count_again_once_their_member_is_on_the_panel(strange: Record) -> None:
    ask = partial(marks_of_strangers, round_id=1)
    assert {who for who, _ in strange.ask(ask)} == {*STRANGERS}
    stands = strange.ask(partial(member_details, round_id=1, code="M2"))

    done = strange.perform(EditMember(1, replace(stands, areas=(QUAY, WEALD)), stands), OFFICER)

    assert {who for who, _ in strange.ask(ask)} == {"C2", "M3"}
    assert ("M2", "ACF-001") in strange.ask(partial(handed_in, round_id=1))
    undo(strange, done)
    assert {who for who, _ in strange.ask(ask)} == {*STRANGERS}


def test_a_removed_round_comes_back_with_its_panels_and_every_sheet(tmp_path: Path) -> None:
    with Record.open(record_at(tmp_path / "office.panel", "intake", 1), OPENER) as record:
        asked = partial(every_sheet, round_id=1, judged=("A1", "A2", "A6"))
        before = record.ask(partial(members_of, round_id=1)), record.ask(asked)

        undo(record, record.perform(RemoveRound(1, ""), OFFICER))

        assert (record.ask(partial(members_of, round_id=1)), record.ask(asked)) == before
