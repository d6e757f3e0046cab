"""Nothing that a reader is told differs by what is hidden from them: asked of every query that has a reader.

Two records of the same round differ in that alone; whatever a page, the search or a command is told of them
must be the same, ranks of others, sums, counts, refusals and what is found among it.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

import models.queries
from models.operations.set_up.areas import MoveAreas
from models.permissions.viewing import Viewer
from models.record import Opener, Record
from models.role import Role
from models.session import Session
from models.trouble import Trouble
from models.values.attachments import Subject
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import Area, InterestKind
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.operations.meetings import CHAIR
from tests.models.rounds import AUTUMN, application, load, set_up_office

MO = Viewer("Mo Member", Role.MEMBER, "M1")
NEW = Viewer("Ned New", Role.MEMBER, "M3")
HIDDEN = ("zebra", "quagga")
"""A word of what is hidden, in one record and in the other."""
OPEN = ("ACF-001", "ACF-002", "ACF-003", "ACF-004")
GIVEN = {
    # application: member, marks; Mo's own sheet on the second is still due
    "ACF-001": {"C1": 3, "M1": 3, "M2": 4},
    "ACF-002": {"C1": 2, "M2": 3},
    "ACF-003": {"C1": 3, "M2": 3},
    "ACF-004": {"C1": 1, "M1": 2, "M2": 2},
}


def a_round(which: int, hidden_marks: frozenset[str], closed: frozenset[str], has_new: bool) -> RoundRows:
    """Return a round; of some applications, others' marks, or all words and marks, are the record's own."""
    applications = [application(number) for number in (1, 2, 3, 4)]
    told = [
        replace(one, summary=HIDDEN[which], need=HIDDEN[which], email=f"{HIDDEN[which]}@example.org")
        if one.reference in closed
        else one
        for one in applications
    ]
    members = [
        MemberRow("C1", "Cara Chair", "chair"),
        MemberRow("M1", "Mo Member"),
        MemberRow("M2", "Ivy In"),
    ]
    declared = [
        InterestRow("C1", None, InterestKind.NONE),
        InterestRow("M1", "ACF-003", InterestKind.PECUNIARY, "a trustee"),
        InterestRow("M2", None, InterestKind.NONE),
    ]
    sheets = [
        SheetRow(
            member,
            reference,
            True,
            (mark if member == "M1" or reference not in hidden_marks else (5, 0)[which],) * 3,
            (HIDDEN[which] if member != "M1" and reference in hidden_marks else "said",) * 3,
        )
        for reference, given in GIVEN.items()
        for member, mark in given.items()
    ]
    return AUTUMN(
        areas=(Area("Coventry", 300_000),),
        applications=tuple(told),
        members=(*members, MemberRow("M3", "Ned New")) if has_new else tuple(members),
        interests=tuple(declared),
        sheets=tuple(sheets),
    )


SCENES: dict[str, tuple[Viewer, frozenset[str], frozenset[str]]] = {
    "whose own sheet is due": (MO, frozenset({"ACF-002", "ACF-003"}), frozenset({"ACF-003"})),
    "who has not declared": (NEW, frozenset(OPEN), frozenset(OPEN)),
}
"""Who reads, the applications whose marks by others are hidden, and those of which all but the names is."""
WORKED_OUT = {
    "permissions.reading.seen_round": "the list is worked out whole, and its page opens when no sheet is due",
    "deciding.round_list.deciding": "what an interest closes is left out by the page; no member asks it",
}
"""Queries whose value holds more than their page tells, and why."""


@pytest.fixture(scope="module", params=SCENES)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two records and who reads them."""
    viewer, marks, closed = SCENES[request.param]
    folder = tmp_path_factory.mktemp("hidden")
    both = []
    for which in (0, 1):
        record = Record.create(
            folder / f"{which}.panel", Opener("Grace Okoro", "tests"), clock=TickingClock()
        )
        load(set_up_office(record), a_round(which, marks, closed, viewer is NEW))
        record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
        both.append(record)
    yield viewer, both
    for record in both:
        record.close()


_OWN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|([0-9a-f]{4} ){2}[0-9a-f]{4}")
"""The identities and codes of a record, which are its own whatever is in it."""
GIVEN_BY_NAME: dict[str, tuple[Any, ...]] = {
    "round_id": (1,),
    "reference": OPEN,
    "of": (None, *OPEN),
    "typed": (*HIDDEN, "Answer", "nothing of the kind", "Allotment"),
    "today": (date(2026, 11, 4),),
    "number": (1, 2, 3, 4, 99),
    "name": (MO.name, NEW.name),
    "subject": tuple(Subject("application", 1, reference, "") for reference in OPEN),
    "references": (OPEN,),
}


def queries() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every public query that is asked by a reader."""
    for found in pkgutil.walk_packages(models.queries.__path__, "models.queries."):
        module = importlib.import_module(found.name)
        for name, query in inspect.getmembers(module, inspect.isfunction):
            if query.__module__ == module.__name__ and not name.startswith("_"):
                hints = inspect.signature(query).parameters
                if any("Viewer" in str(one.annotation) for one in hints.values()) and "session" in hints:
                    yield f"{found.name.removeprefix('models.queries.')}.{name}", query


QUERIES = dict(queries())


def asked(query: Callable[..., Any], viewer: Viewer) -> Iterator[dict[str, Any]]:
    """Yield what a query is asked with, one value of each parameter after another."""
    wanted = [one for one in inspect.signature(query).parameters.values() if one.name != "session"]
    told = [
        (viewer,) if "Viewer" in str(one.annotation) else GIVEN_BY_NAME.get(one.name, (one.default,))
        for one in wanted
    ]
    for number in range(max(map(len, told))):
        yield {
            one.name: values[min(number, len(values) - 1)] for one, values in zip(wanted, told, strict=True)
        }


def answer(record: Record, query: Callable[..., Any], values: dict[str, Any]) -> str:
    """Return all that a query answers, or the words with which it refuses."""

    def ask(session: Session) -> str:
        found = query(session, **values)
        return _OWN.sub("…", repr(tuple(found) if isinstance(found, Iterator) else found))

    try:
        return record.ask(ask)
    except (Refused, Trouble) as error:
        return f"refused: {error}"


@pytest.mark.parametrize("name", sorted(QUERIES.keys() - WORKED_OUT.keys()))
def test_nothing_told_differs_by_what_is_hidden(name: str, pair: Any) -> None:
    viewer, (one, other) = pair
    assert WORKED_OUT.keys() <= QUERIES.keys()
    for values in asked(QUERIES[name], viewer):
        first, second = answer(one, QUERIES[name], values), answer(other, QUERIES[name], values)
        assert first == second, values
