"""A return of which not everything was written, or something twice, is not taken in at all."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from models.operations.packs import take_in as taking
from models.record import Record
from models.schema.packs import returned_table
from models.schema.panel import revision_table
from models.trouble import Trouble
from tests.models.packed_rounds import declare, fill, issue, laptop, make_return, office, take_in
from tests.models.rounds import assert_replays
from tests.safety.saving import OPENER, raw
from tests.safety.table import Reached

Write = Callable[..., Any]


def losing_a_revision(real: dict[str, Write]) -> tuple[str, Write]:
    def put_histories(session: Any, round_id: int, member: str, histories: Any, why: Any) -> None:
        real["put_histories"](session, round_id, member, histories, why)
        first = select(func.min(revision_table.c.hash)).scalar_subquery()
        session.execute(delete(revision_table).where(revision_table.c.hash == first))

    return "put_histories", put_histories


def losing_a_return(real: dict[str, Write]) -> tuple[str, Write]:
    def put(session: Any, table: Any, rows: Any) -> None:
        real["put"](session, table, rows[:-1] if table is returned_table else rows)

    return "put", put


def counting_wrong(real: dict[str, Write]) -> tuple[str, Write]:
    counted: list[int] = []

    def counts(session: Any, member: Any) -> tuple[int, ...]:
        found = real["_counts"](session, member)
        counted.append(0)
        return (found[0] + len(counted) - 1, *found[1:])

    return "_counts", counts


FAULTS = (losing_a_revision, losing_a_return, counting_wrong)


@pytest.mark.safety(9)
@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_add_up_is_not_taken_in(
    record: Record,
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
    reached: Reached,
    fault: Callable[[dict[str, Write]], tuple[str, Write]],
) -> None:
    pack = issue(office(record))
    with laptop(tmp_path / "ann.panel", pack) as home:
        declare(home)
        fill(home, "ACF-001")
        text = make_return(home)
    name, wrong = fault(dict(vars(taking)))
    before = everything(record)

    with monkeypatch.context() as faulty:
        faulty.setattr(taking, name, wrong)
        with pytest.raises(Trouble, match="do not add up"):
            take_in(record, text)

    assert everything(record) == before
    take_in(record, text)
    assert_replays(record)
    reached(
        f"{fault.__name__.replace('_', ' ')}: nothing imported, no row of the journal; then it goes through"
    )


def everything(record: Record) -> list[object]:
    tables = (
        raw(record).execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    )
    return [raw(record).execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables]


@pytest.fixture
def record(tmp_path: Any) -> Any:
    """A new record of the office."""
    with Record.create(tmp_path / "office.panel", OPENER) as made:
        yield made
