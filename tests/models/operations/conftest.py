"""What tests of packs and returns begin with; a file may put a `there` of its own in its place."""

import inspect
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest
from sqlalchemy.exc import ProgrammingError

from models.operations.registry import KNOWN
from models.queries.set_up.funds import fund_list
from models.queries.set_up.rounds import rounds, scheme
from models.record import Record
from models.session import Session
from models.store.chain import entries
from models.transactions import Transactions
from scoring.written.text import Refused
from tests.models.packed_rounds import issue, office
from tests.models.rounds import assert_replays

TODAY = date(2026, 11, 3)


@cache
def parts_of_queries(imported: int) -> list[Callable[..., object]]:
    """Return every query whose answer stands as a part, with so many modules imported."""
    modules = [module for name, module in sys.modules.items() if name.startswith("models.")]
    found = {value for module in modules for value in vars(module).values() if inspect.isfunction(value)}
    return [query for query in found if query.__code__.co_qualname.startswith("part.")]


def read_all(session: Session) -> None:
    """Read every part of every round and fund."""
    of_fund = fund_list(session)
    asked: dict[str, list[Any]] = {
        "fund": list(of_fund),
        "fund_id": [one.fund_id for one in of_fund],
        "round_id": [line.round_id for line in rounds(session)],
        "today": [TODAY],
        "day": [TODAY],
        "paper": ["letters", "notice"],
        "name": ["Grace Okoro"],
    }
    for query in parts_of_queries(len(sys.modules)):
        names = [
            name
            for name, one in list(inspect.signature(query).parameters.items())[1:]
            if name == "judged" or one.default is one.empty
        ]
        for values in product(*(asked.get(name, [()]) for name in names)):
            named = dict(zip(names, values, strict=True))
            with suppress(Refused):
                if "judged" in names:
                    named["judged"] = tuple(one.code for one in scheme(session, named["round_id"]).judged)
                query(session, *named.values())


_COMPARED = Counter[str]()
"""How often a kind of operation was looked at: some kinds are done thousands of times."""
ENOUGH = 6


@pytest.fixture(autouse=True)
def _parts_are_as_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """After every operation what stands of the record equals what is read anew."""
    perform = Transactions.perform

    def compared(one: Transactions, *change: Any) -> Any:
        _COMPARED[change[0].kind] += 1
        if _COMPARED[change[0].kind] > ENOUGH:
            return perform(one, *change)
        one.ask(read_all)
        done = perform(one, *change)
        parts, wrong = dict(one.parts._parts), []
        with one._store.reading() as session:
            for key, part in parts.items():
                load, asked, named, _ = key  # type: ignore[misc]
                with suppress(Refused):
                    if load(session, *asked, **dict(named)) != part.value:  # type: ignore[has-type]
                        wrong.append(load.__name__)
        assert not wrong, f"{change[0].kind} left {wrong} as they were"
        return done

    monkeypatch.setattr(Transactions, "perform", compared)


_REPLAYED = {()}
"""The kinds of operations that journals were seen to hold, in order: many tests come to the same."""


@pytest.fixture(autouse=True)
def _journals_are_done_over_again(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test the journal of its record, done over again, comes to the record's tables."""
    record = request.getfixturevalue("record") if "record" in request.fixturenames else None
    yield
    with suppress(ProgrammingError):  # the test closed it
        kinds = () if record is None else record.ask(_kinds)
        if set(kinds) <= KNOWN.keys() and kinds not in _REPLAYED:
            _REPLAYED.add(kinds)
            assert_replays(record)


def _kinds(session: Session) -> tuple[str, ...]:
    return tuple(entry.kind for entry in entries(session))


@pytest.fixture
def there(record: Record) -> Record:
    """The office's record with a round in it that packs are issued from."""
    return office(record)


@pytest.fixture
def pack(there: Record) -> str:
    """The first pack of M1."""
    return issue(there)
