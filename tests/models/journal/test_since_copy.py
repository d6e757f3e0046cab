"""What came after the copy before the last is done again: agreed, altered, and copies that say nothing."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models.copies.diverged import NotAsJournalled, refuse_unjournalled
from models.journal.erasing import erase, erasure_of
from models.journal.verify import KNOWN as ALL
from models.operation import Actor, Outcome
from models.record import Record
from models.session import Session
from models.store.sqlite.backup import copies
from models.store.upkeep import UPKEEP
from tests.models.conftest import OFFICER, OPENER, TickingClock, tamper
from tests.models.facts import SetFact
from tests.models.journal.test_erasing import FIRST, round_of_texts
from tests.models.rounds import load, set_up_office

KNOWN = {**UPKEEP, "set fact": SetFact}
KEY = "six plain random words in order"


def two_copies(path: Path, key: str | None = None) -> tuple[Path, Path]:
    """Make a record with a change before its first copy, and one before its second."""
    clock = TickingClock()
    made = []
    with Record.create(path, OPENER, clock=clock, key=key) as record:
        for fact in ("one", "two"):
            record.perform(SetFact("fact", fact), OFFICER)
            clock.now += timedelta(days=2)
            made.append(record.copies.make_if_due())
    first, second = made
    assert first is not None
    assert second is not None
    return first, second


@pytest.mark.parametrize("key", [None, KEY])
def test_a_copy_that_agrees_with_its_journal_since_the_one_before_names_that_one(
    tmp_path: Path, key: str | None
) -> None:
    path = tmp_path / "office.panel"
    first, second = two_copies(path, key)

    found = refuse_unjournalled(path, second, key, KNOWN)

    assert found is not None
    assert found.path == first


def test_a_change_without_a_journal_row_is_told_with_the_copy_that_lacks_it(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    _, second = two_copies(path)
    tamper(second, "UPDATE setting SET value = '\"three\"' WHERE name = 'fact'")

    with pytest.raises(NotAsJournalled) as refused:
        refuse_unjournalled(path, second, None, KNOWN)

    assert "not what its journal makes of the copy of 5 November 2026: Table setting, name fact" in str(
        refused.value
    )


def test_a_row_that_cannot_be_done_again_is_told(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    _, second = two_copies(path)

    with pytest.raises(NotAsJournalled, match="Journal row 3 is of a kind this program does not know"):
        refuse_unjournalled(path, second, None, UPKEEP)


class Impossible(SetFact):
    """A change that the tables refuse."""

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        session.exec_driver_sql("INSERT INTO nowhere VALUES (1)")
        raise AssertionError


def test_what_the_tables_refuse_is_told(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    _, second = two_copies(path)

    with pytest.raises(NotAsJournalled, match="Journal row 3 cannot be repeated: "):
        refuse_unjournalled(path, second, None, KNOWN | {"set fact": Impossible})


def test_what_was_altered_before_the_earlier_copy_is_taken_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    for copy in two_copies(path):
        tamper(copy, "INSERT INTO setting VALUES ('lucky number', '7')")

    assert refuse_unjournalled(path, copies(path)[0].path, None, KNOWN) is not None


def test_copies_of_another_record_format_or_encryption_are_passed_over(tmp_path: Path) -> None:
    path, other, sealed = (tmp_path / f"{name}.panel" for name in ("office", "other", "sealed"))
    first, second = two_copies(path)
    strangers = (two_copies(other)[0].read_bytes(), two_copies(sealed, KEY)[0].read_bytes(), b"Dear panel")
    for stranger in strangers:
        first.write_bytes(stranger)

        assert refuse_unjournalled(path, second, None, KNOWN) is None


def test_a_copy_whose_tables_are_not_of_its_format_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "office.panel"
    first, second = two_copies(path)
    tamper(first, "DROP TABLE decisions")

    assert refuse_unjournalled(path, second, None, KNOWN) is None


@pytest.mark.of_a_file
def test_an_erasure_after_the_earlier_copy_is_done_again_in_it(record: Record, clock: TickingClock) -> None:
    set_up_office(record)
    load(record, round_of_texts())
    first = record.copies.keep_before("a test")
    clock.now += timedelta(days=2)
    erase(record, record.ask(lambda s: erasure_of(s, FIRST, "asked for", "Ida Protect")).operation, OFFICER)
    second = record.copies.make_if_due()
    assert second is not None

    found = refuse_unjournalled(record.path, second, None, ALL)

    assert found is not None
    assert found.path == first
