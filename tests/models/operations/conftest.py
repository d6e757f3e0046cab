"""What tests of packs and returns begin with; a file may put a `there` of its own in its place.

The first changes of each kind are also undone and done again, and the record's parts are compared: a test
says only what its kind does beside that.
"""

import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from datetime import date, datetime
from functools import cache, partial
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import ProgrammingError

from models.journal.replay import NOT_REPLAYED
from models.operation import Actor, Operation, carried_out
from models.operations.registry import KNOWN
from models.queries.set_up.funds import fund_list
from models.queries.set_up.rounds import rounds, scheme
from models.record import Record
from models.schema.base import METADATA
from models.session import Session
from models.store.chain import entries
from models.transactions import Transactions
from scoring.written.text import Refused
from tests.models.conftest import brought_to
from tests.models.packed_rounds import issue, laptop, office
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


NOT_TO_THE_LETTER = {
    *("add area", "add direct award", "add fund", "add member", "add printed tables"),
    *("bring back applications", "change direct award", "change panel", "close item"),
    *("correct application", "declare", "declare to sign", "edit member", "load round", "move budget"),
    *("name signatories", "put round back", "remove applications", "remove direct award"),
    *("remove member", "remove round", "replace round", "separate organisations", "set check", "set gate"),
    *("set gates", "set office facts", "set supplier number", "set withdrawn", "start round"),
    "vary award",
}
"""Kinds that may put back other numbers, another name or less than stood: tests of their own say what."""
MAY_BE_REFUSED = {
    *("check bank details", "keep for panel", "pay instalment", "set chair scores", "set expenditure"),
    "set returned",
}
"""Kinds that a rule may forbid again once they are undone, or that something else forbids to undo."""
_ROWS = [(name, f"SELECT * FROM {name}") for name in METADATA.tables.keys() - NOT_REPLAYED - {"attachments"}]
_ROWS += [("attachments", "SELECT * FROM attachments WHERE removed_at IS NULL")]  # one that is undone stays
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


def stored_rows(session: Session) -> dict[str, list[str]]:
    """Return the rows of all tables that a journal makes, as text; when a row was written is left out."""
    read = session.connection.cursor()  # of the driver: a hundred tables, a thousand times
    return {name: sorted(_MOMENT.sub("", repr(row)) for row in read.execute(sql)) for name, sql in _ROWS}


def _undo_and_do_again(
    before: dict[str, list[str]], inverse: Operation, actor: Actor, at: datetime, session: Session
) -> None:
    after = stored_rows(session)
    again = carried_out(session, inverse, actor, at).inverse
    assert stored_rows(session) == before, f"{inverse.kind} does not undo what was done"
    assert again is not None
    carried_out(session, again, actor, at)
    assert stored_rows(session) == after, f"{again.kind} does not do again what {inverse.kind} undid"


_COMPARED = Counter[tuple[str, bool]]()
"""How often a kind of operation was looked at, as it sets something and as it replaces something."""
ENOUGH = 2


@pytest.fixture(autouse=True)
def _changes_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """After every operation what stands of the record equals what is read anew, and it can be undone.

    So does what was read again by rows.
    """
    perform = Transactions.perform

    def compared(one: Transactions, *change: Any) -> Any:
        way = change[0].kind, bool(getattr(change[0], "replacing", None))
        _COMPARED[way] += 1
        if _COMPARED[way] > ENOUGH:
            return perform(one, *change)
        one.ask(read_all)
        before = one.ask(stored_rows)
        done = perform(one, *change)
        one.ask(read_all)  # of parts that are read by rows those that the change named
        parts, wrong = dict(one.parts._parts), []
        with one._store.reading() as session:
            for key, part in parts.items():
                load, asked, *named, _, _, _ = key  # type: ignore[misc]
                every = (frozenset[int](), *asked) if part.by else asked  # type: ignore[has-type]
                with suppress(Refused):
                    if load(session, *every, **dict(named)) != part.value and not part.stale:  # type: ignore[has-type]
                        wrong.append(load.__name__)
        assert not wrong, f"{change[0].kind} left {wrong} as they were"
        inverse = done[0].inverse
        if inverse is not None and inverse.kind not in NOT_TO_THE_LETTER:
            with suppress(Refused) if inverse.kind in MAY_BE_REFUSED else nullcontext():
                one.try_out(partial(_undo_and_do_again, before, inverse, change[2], one.head.at), ())
        return done

    monkeypatch.setattr(Transactions, "perform", compared)


_REPLAYED = set[tuple[str, str]]()
"""The kinds of operations that journals were seen to hold one after another: many tests come to the same."""


@pytest.fixture(autouse=True)
def _journals_are_done_over_again(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test the journal of its record, done over again, comes to the record's tables.

    One whose kinds followed one another in journals before is left out.
    """
    record = request.getfixturevalue("record") if "record" in request.fixturenames else None
    yield
    with suppress(ProgrammingError):  # the test closed it
        kinds = () if record is None else record.ask(_kinds)
        pairs = set(pairwise(kinds))
        if set(kinds) <= KNOWN.keys() and not pairs <= _REPLAYED:
            _REPLAYED.update(pairs)
            assert_replays(record)


def _kinds(session: Session) -> tuple[str, ...]:
    return tuple(entry.kind for entry in entries(session))


there = brought_to(office)  # a round that packs are issued from


@pytest.fixture
def pack(there: Record) -> str:
    """The first pack of M1."""
    return issue(there)


@pytest.fixture
def home(tmp_path: Path, pack: str) -> Iterator[Record]:
    """M1's own record, opened from the pack."""
    with laptop(tmp_path / "ann.panel", pack) as opened:
        yield opened
