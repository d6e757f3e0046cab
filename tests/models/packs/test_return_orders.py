"""Returns in any order, repeated, forked and with older ones among them, end in one state."""

import hashlib
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.sheets import SetMark
from models.queries.packs.packs import values_of
from models.queries.packs.returns import open_differences
from models.record import Opener, Record
from models.schema.packs import returned_table, revision_table
from models.schema.panel import member_table
from models.session import Session
from models.values.pack_plans import Difference, Side
from models.values.packs import read_return
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.packed_rounds import declare, fill, issue, laptop, make_return, mark, office
from tests.models.rounds import OFFICER
from tests.safety.table import Reached, Times

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OPENER = Opener("Grace Okoro", "tests")


class Deliveries(Struct, frozen=True):
    """An office's record that waits for returns, and the returns of a member who worked on two laptops."""

    record: Record
    texts: tuple[str, ...]
    one_by_one: str = ""


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deliveries]:
    """Six returns, each with all before it: three of one laptop, and three of a copy of its record."""
    folder = tmp_path_factory.mktemp("orders")
    with Record.create(folder / "office.panel", OPENER, clock=TickingClock()) as record:
        pack = issue(office(record))
        texts = tuple(_made(folder, pack))
        record.perform(SetMark(1, "M1", "ACF-002", "A2", 1, None, from_paper=True), OFFICER)
        assert len({read_return(text).revisions for text in texts}) == len(texts) == 6
        made = Deliveries(record, texts)
        yield replace(made, one_by_one=state_after(made, tuple((number,) for number in range(6))))


def _made(folder: Path, pack: str) -> Iterator[str]:
    with laptop(folder / "first.panel", pack) as first:
        mark(first, "ACF-001", "A1", 2, None)
        yield make_return(first)
    shutil.copy(folder / "first.panel", folder / "copy.panel")
    with Record.open(folder / "first.panel", OPENER, clock=TickingClock()) as first:
        declare(first)
        mark(first, "ACF-001", "A1", 3, 2)
        yield make_return(first)
        fill(first, "ACF-002")
        yield make_return(first)
    with Record.open(folder / "copy.panel", OPENER, clock=TickingClock()) as copy:
        mark(copy, "ACF-001", "A1", 5, 2)
        yield make_return(copy)
        mark(copy, "ACF-001", "A1", 4, 5)
        mark(copy, "ACF-001", "A2", 4, None)
        yield make_return(copy)
        fill(copy, "ACF-003")
        yield make_return(copy)


def state_after(deliveries: Deliveries, order: tuple[tuple[int, ...], ...]) -> str:
    """Return the SHA-256 of what the record holds after returns came in this order; nothing of it is kept."""
    return deliveries.record.ask(partial(_state, texts=deliveries.texts, order=order))


def _state(session: Session, texts: tuple[str, ...], order: tuple[tuple[int, ...], ...]) -> str:
    for batch in order:
        _take(session, TakeInReturns(tuple(texts[number] for number in batch)))
    still = open_differences(session, 1)
    found = tuple(difference.decided(_chosen(difference), "as agreed") for difference in still)
    assert found  # the two laptops and the paper differ: a person is always asked
    _take(session, TakeInReturns((), found))
    assert not open_differences(session, 1)
    return hashlib.sha256(_dump(session).encode()).hexdigest()


def _take(session: Session, operation: TakeInReturns) -> None:
    try:
        operation.apply(session, OFFICER, AT)
    except Refused as no:
        assert "nothing new" in str(no)  # noqa: PT017  (the one refusal that repeated returns may meet)


def _chosen(difference: Difference) -> Side:
    """Choose as a person with one mind would: the same value whatever came first."""
    return max(difference.sides, key=lambda side: (side.value, side.hash))


def _dump(session: Session) -> str:
    table = revision_table
    revisions = session.execute(
        select(table.c.hash, table.c.value, table.c.stands).order_by(table.c.hash)
    ).all()
    returns = session.scalars(select(returned_table.c.sha256).order_by(returned_table.c.sha256)).all()
    members = session.scalars(select(member_table.c.id)).all()
    values = [sorted([*key, value] for key, value in values_of(session, one).items()) for one in members]
    return repr([[tuple(row) for row in revisions], returns, values])


@st.composite
def orders(draw: st.DrawFn) -> tuple[tuple[int, ...], ...]:
    """Return all six returns in some order, some of them again, one or several at once."""
    chance = draw(st.randoms(use_true_random=False))
    return shuffled(chance)


def shuffled(chance: random.Random) -> tuple[tuple[int, ...], ...]:
    """Return all six returns in some order, some of them again, one or several at once."""
    queue = [*range(6), *(chance.randrange(6) for _ in range(chance.randrange(5)))]
    chance.shuffle(queue)
    batches = []
    while queue:
        size = chance.randint(1, 3)
        batches.append(tuple(queue[:size]))
        del queue[:size]
    return tuple(batches)


@settings(max_examples=25)
@given(order=orders())
def test_any_order_ends_in_one_state(deliveries: Deliveries, order: tuple[tuple[int, ...], ...]) -> None:
    assert state_after(deliveries, order) == deliveries.one_by_one


def test_a_missing_return_is_another_state(deliveries: Deliveries) -> None:
    assert state_after(deliveries, ((0, 1, 2, 3, 4),)) != deliveries.one_by_one


@pytest.mark.safety(8)
@pytest.mark.parametrize("part", range(4))
def test_thousands_of_orders_end_in_one_state(
    deliveries: Deliveries, times: Times, reached: Reached, part: int
) -> None:
    """In four parts, so that several processors can try them."""
    chance, tries = random.Random(20261120 + part), times(4, 2_500)

    states = (state_after(deliveries, shuffled(chance)) for _ in range(tries))
    diverged = sum(state != deliveries.one_by_one for state in states)

    reached(
        f"{tries:,} of {4 * tries:,} shuffled, repeated, forked deliveries of 6 returns, {diverged} diverged"
    )
    assert diverged == 0
