"""What is kept of a round stands until a change touches it, and never outlives one."""

from pathlib import Path

import pytest

from models.operation import Actor, Topic
from models.operations.panel.agreed import SetAgreedMark
from models.operations.set_up.areas import MoveArea
from models.queries.set_up.round_rows import round_rows
from models.record import Opener, Record
from models.store.query_cache import AGREED, SHEETS, ChangeCache, QueryCache
from models.store.sqlite import engine
from models.values.rows import RoundRows
from tests.gui.meeting_rounds import meeting_record

CHAIR = Actor("Priya Nair", "chair")
EVERY_PART = (AGREED, SHEETS, "the rest")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A round at its meeting."""
    path = meeting_record(tmp_path / "office.panel", "scoring", "meeting")
    return Record.open(path, Opener("Priya Nair", "tests"))


def kept_after(touched: frozenset[Topic]) -> set[str]:
    """Return which parts need not be read again after a change of these topics."""
    kept = QueryCache()
    for part in EVERY_PART:
        kept.read(part, 1, lambda: "before")
    kept.invalidate(touched)
    return {part for part in EVERY_PART if kept.read(part, 1, lambda: "after") == "before"}


def asked(record: Record) -> RoundRows:
    return record.ask(lambda session: round_rows(session, 1))


@pytest.mark.parametrize(
    ("touched", "stands"),
    [
        (frozenset({Topic.AGREED}), {SHEETS, "the rest"}),
        (frozenset({Topic.MARKS}), {AGREED, "the rest"}),
        (frozenset({Topic.AGREED, Topic.MARKS}), set()),
        (frozenset({Topic.APPLICATIONS}), set()),
        (frozenset(), set()),
    ],
)
def test_a_change_lets_go_of_what_it_may_have_touched(touched: frozenset[Topic], stands: set[str]) -> None:
    assert kept_after(touched) == stands


def test_what_was_read_while_a_change_came_is_not_kept() -> None:
    kept = QueryCache()

    def read() -> str:
        kept.invalidate(frozenset({Topic.AGREED}))
        return "before"

    assert kept.read(SHEETS, 1, read) == "before"
    assert kept.read(SHEETS, 1, lambda: "after") == "after"


def test_what_a_change_has_read_stands_until_it_writes_or_takes_back() -> None:
    raw = engine.scratch()
    raw.execute("CREATE TABLE pot (pence)")
    raw.execute("INSERT INTO pot VALUES (1)")
    with engine.engine_on(raw).begin() as session:
        kept = ChangeCache(lambda: raw.total_changes, session)

        def pot() -> object:
            return kept.read("the rest", 1, lambda: session.exec_driver_sql("SELECT pence FROM pot").one())

        assert pot() == (1,)
        assert pot() is pot()
        session.exec_driver_sql("UPDATE pot SET pence = 2")
        assert pot() == (2,)
        assert pot() is pot()
        trial = session.begin_nested()
        session.exec_driver_sql("UPDATE pot SET pence = 3")
        assert pot() == (3,)
        trial.rollback()
        assert pot() == (2,)


def test_rounds_are_kept_apart() -> None:
    kept = QueryCache()

    assert kept.read(SHEETS, 1, lambda: "one") == "one"
    assert kept.read(SHEETS, 2, lambda: "two") == "two"


def test_an_agreed_mark_is_seen_and_the_sheets_are_not_read_again(record: Record) -> None:
    before = asked(record)

    record.perform(SetAgreedMark(1, "W-014", "A7", 4, "Cameras are in place.", None, ""), CHAIR)
    after = asked(record)

    assert before.agreed == ()
    assert [row.marks[6] for row in after.agreed] == [4]
    assert after.sheets is before.sheets
    assert after.applications is before.applications
    record.close()


def test_any_other_change_reads_the_round_again(record: Record) -> None:
    before = asked(record)

    record.perform(MoveArea(1, "Wolverhampton", "recommending"), CHAIR)
    after = asked(record)

    assert after.sheets is not before.sheets
    assert after == before
    record.close()


def test_a_change_itself_reads_nothing_that_is_kept(record: Record) -> None:
    asked(record)

    outcome, seen = record.perform_beside(
        SetAgreedMark(1, "W-014", "A7", 4, "Cameras are in place.", None, ""),
        lambda session: round_rows(session, 1),
        CHAIR,
    )

    assert outcome.touched == {Topic.AGREED}
    assert [row.marks[6] for row in seen.agreed] == [4]
    record.close()
