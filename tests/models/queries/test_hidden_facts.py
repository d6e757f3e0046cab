"""Nothing that a reader is told differs by what is hidden from them: asked of every query that has a reader.

Two records of the same round differ in that alone; whatever a page, the search or a command is told of them
must be the same, ranks of others, sums, counts, refusals and what is found among it.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

import models.queries
from models.papers.kinds import KINDS
from models.papers.order import PaperOrder
from models.permissions.viewing import Viewer
from models.queries.deciding.round_list import Answer, ask_round
from models.queries.retention.people_named import PersonMeant
from models.record import Record
from models.session import Session
from models.trouble import Trouble
from models.values.attachments import Subject
from scoring.written.text import Refused
from tests.models.conftest import OPENER
from tests.models.hidden_rounds import HIDDEN, REFERENCES, SCENES, hidden_record


@pytest.fixture(scope="module", params=SCENES)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two records and who reads them."""
    folder = tmp_path_factory.mktemp("hidden")
    paths = (hidden_record(folder / f"{which}.panel", request.param, which) for which in (0, 1))
    both = [Record.open(path, OPENER) for path in paths]
    yield SCENES[request.param].viewer, both
    for record in both:
        record.close()


_OWN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|([0-9a-f]{4} ){2}[0-9a-f]{4}")
"""The identities and codes of a record, which are its own whatever is in it."""
GIVEN_BY_NAME: dict[str, tuple[Any, ...]] = {
    "round_id": (1,),
    "reference": REFERENCES,
    "of": (None, *REFERENCES),
    "typed": (*HIDDEN, "Answer", "nothing of the kind", "Allotment"),
    "fund": ("ACF",),
    "year": ("2026/27",),
    "today": (date(2026, 11, 4),),
    "number": (1, 2, 3, 4, 99),
    "organisation_id": (1, 2, 3, 4),
    "one": (PersonMeant("1", "Mo Member", "of the office", 2, (2,)),),
    "name": tuple(scene.viewer.name for scene in SCENES.values()),
    "subject": tuple(Subject("application", 1, reference, "") for reference in REFERENCES),
    "references": (REFERENCES,),
    "kind": tuple(KINDS.values()),
    "order": tuple(PaperOrder(code, datetime(2026, 11, 4, tzinfo=UTC), 1) for code in KINDS),
    "areas": ((), ("Coventry",), ("Dudley",)),
    "with_marks": (False, True),
}


def is_manager(query: Callable[..., Any]) -> bool:
    """Whether something answers nothing, and rules what is asked within it."""
    return inspect.isgeneratorfunction(inspect.unwrap(query)) and not inspect.isgeneratorfunction(query)


def queries() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every public query that is asked by a reader."""
    for found in pkgutil.walk_packages(models.queries.__path__, "models.queries."):
        module = importlib.import_module(found.name)
        for name, query in inspect.getmembers(module, inspect.isfunction):
            if query.__module__ == module.__name__ and not (name.startswith("_") or is_manager(query)):
                hints = inspect.signature(query).parameters
                if any("Viewer" in str(one.annotation) for one in hints.values()) and "session" in hints:
                    yield f"{found.name.removeprefix('models.queries.')}.{name}", query


def round_told(session: Session, viewer: Viewer) -> Answer:
    """Ask what all pages of a round show; the round that sums are made of is shown by none."""
    return replace(ask_round(1, viewer)(session), scored=None)


QUERIES = dict(queries()) | {"round_told": round_told}


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


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_nothing_told_differs_by_what_is_hidden(name: str, pair: Any) -> None:
    viewer, (one, other) = pair
    for values in asked(QUERIES[name], viewer):
        first, second = answer(one, QUERIES[name], values), answer(other, QUERIES[name], values)
        assert first == second, values
