"""Returns in any order end in one state; what follows from what, and what a person has to decide."""

import hashlib
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import carried_out
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.sheets import SetMark
from models.queries.packs.packs import values_of
from models.queries.packs.returns import open_plan
from models.record import Opener, Record
from models.schema.packs import returned_table
from models.schema.panel import member_table, revision_table
from models.session import Session
from models.values.pack_plans import Difference, Side
from models.values.packs import read_return
from models.values.revisions import History, Key, Revision, are_sound, first, following, histories, settled
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
    still = open_plan(session, 1).differences
    found = tuple(difference.decided(_chosen(difference), "as agreed") for difference in still)
    assert found  # the two laptops and the paper differ: a person is always asked
    _take(session, TakeInReturns((), found))
    assert not open_plan(session, 1).differences
    return hashlib.sha256(_dump(session).encode()).hexdigest()


def _take(session: Session, operation: TakeInReturns) -> None:
    try:
        carried_out(session, operation, OFFICER, AT)
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


WITHIN = "round member"
KEY = Key("application", "mark:A1")


def start() -> History:
    """Return the history of a mark that nobody gave yet."""
    return History.new(WITHIN, KEY)


def test_two_values_from_one_are_for_a_person_whatever_their_numbers() -> None:
    base = start().set_to("3")
    here, there = base.set_to("2"), base.set_to("4").set_to("5")

    joined = here.joined(there.written)

    assert joined.is_open
    assert joined.value == "2"  # number 2 stands here although 5 has number 3
    assert {head.value for head in joined.heads} == {"2", "5"}

    # The same value from two sides is no question.
    here, there = base.set_to("1").set_to("4"), base.set_to("4")

    joined = here.joined(there.written)

    assert not joined.is_open
    assert len(joined.stands) == 2
    assert joined.set_to("5").heads[0].parents == tuple(sorted(joined.stands))

    # What a person chose follows from both and is never asked again.
    here, there = base.set_to("2"), base.set_to("4")
    chosen = next(head.hash for head in there.heads)
    decided = here.joined(there.written).decided(chosen)
    assert decided.value == "4"
    assert not decided.joined(there.written).is_open
    assert decided.heads[0].parents == tuple(sorted(head.hash for head in (*here.heads, *there.heads)))


def test_a_value_taken_back_is_a_revision_too() -> None:
    known = settled(WITHIN, {}, {KEY: "3"})

    emptied = settled(WITHIN, known, {})

    assert [revision.value for revision in emptied[KEY].written] == ["3", "null"]
    assert settled(WITHIN, {}, {}) == {}


def test_histories_come_back_from_their_revisions() -> None:
    made = start().set_to("3").set_to("4")

    assert histories(WITHIN, made.written, made.stands) == {KEY: made}

    # A revision that was edited is not sound.
    old, new = made.written
    assert are_sound(WITHIN, made.written, {})
    assert not are_sound(WITHIN, (old, replace(new, value="5")), {})
    assert not are_sound(WITHIN, (old, replace(new, number=9)), {})
    assert not are_sound(WITHIN, (new,), {})  # what it follows is missing
    assert are_sound(WITHIN, (new,), {KEY: start().set_to("3")})
    assert not are_sound("another member", made.written, {})
    assert not are_sound(WITHIN, (replace(old, parents=()),), {})

    # It follows only its own key.
    other = History.new(WITHIN, Key("application", "mark:A2")).set_to("3").written[0]
    assert not are_sound(WITHIN, (other, following(WITHIN, KEY, "4", [other])), {})


@st.composite
def trees(draw: st.DrawFn) -> list[Revision]:
    """Return the revisions of a history that several people wrote on at once."""
    made = [first(WITHIN, KEY)]
    for _ in range(draw(st.integers(1, 8))):
        parents = draw(st.lists(st.sampled_from(made), min_size=1, max_size=2, unique_by=hash))
        made.append(following(WITHIN, KEY, str(draw(st.integers(0, 3))), parents))
    return [revision for revision in made if revision.number]


@given(trees(), st.randoms(use_true_random=False))
def test_the_order_and_repetition_of_what_comes_change_nothing(made: list[Revision], chance: Random) -> None:
    shuffled = made + made[: len(made) // 2]
    chance.shuffle(shuffled)
    at_once, one_by_one = start().joined(made), start()
    for revision in shuffled:
        one_by_one = one_by_one.joined([revision])

    assert one_by_one.revisions == at_once.revisions
    assert one_by_one.heads == at_once.heads
    assert one_by_one.is_open == at_once.is_open
    if not at_once.is_open:
        assert one_by_one.value == at_once.value
