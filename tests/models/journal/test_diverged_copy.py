"""Two copies of one record: how far the same, what each did since, and what is taken in or done again."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.copies.diverged import NotAsJournalled, Standing, compare, refuse_unjournalled
from models.copies.restore import preview, restore_over
from models.journal import replay
from models.journal.erasing import erase, proved_erasure_of
from models.journal.verify import verify
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.sheets import ReopenSheet, SetMark
from models.operations.set_up.areas import MoveAreas, SetPot
from models.operations.set_up.office import SetPublisher
from models.operations.set_up.scheme import AmendScheme
from models.packs.diverged_copy import DivergedCopy, diverged_copy
from models.queries.packs.returns import import_plan
from models.queries.panel.panel import interests
from models.queries.panel.sheets import sheets
from models.record import Record
from models.schema.journal import journal_body_table
from models.store.sqlite.backup import copies
from models.store.upkeep import UPKEEP
from models.values.pack_plans import Plan
from models.values.rows import InterestRow
from scoring.round import Area, InterestKind
from scoring.written.text import Refused
from tests.models.conftest import OFFICER as HER
from tests.models.conftest import OPENER, TickingClock, tamper
from tests.models.facts import SetFact
from tests.models.packed_rounds import (
    CHAIR,
    declare,
    fill,
    issue,
    laptop,
    make_return,
    mark,
    office,
    sheets_of,
    take_in,
)
from tests.models.rounds import (
    OFFICER,
    SCHEME,
    application,
    assert_replays,
    import_operation,
    load,
    refused,
    undo,
)


@pytest.fixture
def two(record_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A record with a round, and a copy of its file."""
    with Record.open(record_path, OPENER) as record:
        load(record)
    return record_path, Path(shutil.copy(record_path, tmp_path / "copy.panel"))


def pot(path: Path, *pounds: int) -> None:
    with Record.open(path, OPENER) as record:
        before = 1_000_000
        for one in pounds:
            record.perform(
                SetPot(1, Area("Dudley", one, 100_000, 5_000), Area("Dudley", before, 100_000, 5_000)),
                OFFICER,
            )
            before = one


def test_copies_that_both_went_on_have_diverged_and_each_sides_rows_are_listed(
    two: tuple[Path, Path],
) -> None:
    mine, copy = two
    pot(mine, 7)
    with Record.open(copy, OPENER) as record:
        record.perform(SetPublisher("360G-other", "GB-GOR-OTHER"), OFFICER)
    pot(copy, 7)

    with Record.open(mine, OPENER) as here, Record.read_copy(copy) as there:
        found = compare(here, there)

    assert (found.standing, found.common) == (Standing.DIVERGED, 2)
    assert [(row.seq, row.kind) for row in found.here] == [(3, "set pot")]
    assert [(row.seq, row.kind) for row in found.there] == [(3, "set publisher"), (4, "set pot")]
    assert "1 change was made here alone: set pot (1)." in found.words


def test_a_preview_counts_what_is_later_and_going_back_keeps_what_it_replaces(two: tuple[Path, Path]) -> None:
    mine, copy = two
    pot(mine, 7, 8)

    with Record.open(mine, OPENER) as record:
        words = preview(record, copy).words

    assert "at row 2." in words
    assert words.endswith("2 changes were made later than it and would be lost: set pot (2).")

    # Going back keeps the record that it replaces.
    later = mine.read_bytes()

    restored = restore_over(copy, mine, OPENER, clock=TickingClock())

    (kept,) = (mine.parent / "office.backups").iterdir()
    assert kept.read_bytes() == later
    assert "before restore" in kept.name
    with Record.open(restored.path, OPENER) as record:
        assert verify(record).sound
        assert record.head().seq == 3


Does = Callable[[Record], object]


def paper(
    record: Record, criterion: str, value: int | None, replacing: int | None = None, of: int = 1
) -> None:
    """Put down a mark of M1 from paper."""
    operation = SetMark(1, "M1", f"ACF-00{of}", criterion, value, replacing, from_paper=True)
    record.perform(operation, OFFICER)


@pytest.fixture
def two_parted(record_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A record in which M1 gave A1 and A2 of ACF-001 a 3, and a copy of its file."""
    with opened(record_path) as record:
        office(record)
        paper(record, "A1", 3)
        paper(record, "A2", 3)
    return record_path, Path(shutil.copy(record_path, tmp_path / "copy.panel"))


@contextmanager
def parted(two: tuple[Path, Path], here: Does, there: Does) -> Iterator[tuple[Record, Path]]:
    """Change a record and its copy apart from each other; give the record opened again, and the copy."""
    mine, copy = two
    for path, does in ((mine, here), (copy, there)):
        with opened(path) as record:
            does(record)
    with opened(mine) as record:
        yield record, copy


def opened(path: Path) -> Record:
    return Record.open(path, OPENER, clock=TickingClock())


def a_pot(record: Record) -> None:
    """Change what has nothing to do with members."""
    record.perform(SetPot(1, Area("Coventry", 5), Area("Coventry", 2_000_000)), OFFICER)


def found_in(record: Record, copy: Path) -> DivergedCopy:
    with Record.read_copy(copy) as other:
        return diverged_copy(record, other)


def planned(record: Record, found: DivergedCopy) -> Plan:
    return record.ask(partial(import_plan, texts=found.texts, copied=found.copied))


def taking(found: DivergedCopy, planned: Plan | None = None, *, is_here: bool = False) -> TakeInReturns:
    """Take in all of it, every difference decided for one side."""
    differences = planned.differences if planned is not None else ()
    decisions = tuple(
        one.decided(next(side for side in one.sides if side.is_here == is_here), "asked her")
        for one in differences
    )
    return TakeInReturns(found.texts, decisions, copied=found.copied, copy=found.named)


def marks(record: Record, reference: str = "ACF-001") -> tuple[int | None, ...]:
    return next(
        row.marks
        for row in record.ask(partial(sheets, round_id=1, judged=("A1", "A2", "A6")))
        if row.application == reference
    )


def test_what_was_recorded_there_alone_is_taken_in_and_out_again_as_one(
    two_parted: tuple[Path, Path],
) -> None:
    def there(record: Record) -> None:
        paper(record, "A1", 4, 3)
        paper(record, "A2", None, 3)
        declare(record, InterestRow("M1", "ACF-002", InterestKind.PECUNIARY, "a cousin"))
        fill(record, "ACF-003")

    with parted(two_parted, a_pot, there) as (record, copy):
        found = found_in(record, copy)
        came = planned(record, found)
        # A1 and A2 of ACF-001, a declaration on ACF-002 and none on the round, and of ACF-003 three marks,
        # a reason and the handing in: 2 + 2 + 5
        assert (len(came.taken), came.differences, came.refused) == (9, (), ())
        assert (found.left, found.passed_over) == ((), ())

        outcome = record.perform(taking(found), OFFICER)

        assert marks(record)[:2] == (4, None)
        assert marks(record, "ACF-003") == (4, 3, 5)
        assert InterestRow("M1", "ACF-002", InterestKind.PECUNIARY, "a cousin") in record.ask(
            partial(interests, round_id=1)
        )
        assert not planned(record, found).is_new
        refused("nothing new", record.perform, taking(found), OFFICER)
        assert_replays(record)
        again = undo(record, outcome)
        assert marks(record)[:2] == (3, 3)
        undo(record, again)
        assert marks(record)[:2] == (4, None)
        assert_replays(record)
        assert verify(record).sound


def test_a_sheet_that_the_chair_opened_there_is_open_here_too(two_parted: tuple[Path, Path]) -> None:
    with opened(two_parted[0]) as record:
        declare(record)
        fill(record, "ACF-002")
    shutil.copy(*two_parted)
    again = ReopenSheet(1, "M1", "ACF-002", "a slip")

    with parted(two_parted, a_pot, lambda record: record.perform(again, CHAIR)) as (record, copy):
        assert sheets_of(record)["ACF-002"].submitted
        record.perform(taking(found_in(record, copy)), OFFICER)

        assert not sheets_of(record)["ACF-002"].submitted
        assert_replays(record)


def test_what_came_from_a_copy_is_erased_with_its_application_and_the_rest_stays(
    two_parted: tuple[Path, Path],
) -> None:
    def there(record: Record) -> None:
        paper(record, "A1", 4, 3)
        declare(record)
        fill(record, "ACF-003")

    with parted(two_parted, a_pot, there) as (record, copy):
        record.perform(taking(found_in(record, copy)), OFFICER)
        assert any("asked the street" in body for body in bodies(record))

        erasing = record.ask(
            proved_erasure_of, ((1, "ACF-003"),), "asked for by the applicant", "Ida Protect"
        )
        erase(record, erasing.operation, OFFICER)

        assert not any("asked the street" in body for body in bodies(record))
        assert marks(record)[0] == 4
        assert [one.words for one in verify(record).checks if not one.ok] == []


def bodies(record: Record) -> list[str]:
    """Return what the journal says of each change."""
    return record.ask(lambda session: list(session.scalars(select(journal_body_table.c.body))))


@pytest.mark.parametrize(("here", "there"), [(h, t) for h in (3, 4, 5) for t in (3, 4, 5)])
def test_nothing_is_written_over_in_silence(two_parted: tuple[Path, Path], here: int, there: int) -> None:
    def gives(value: int) -> Does:
        def does(record: Record) -> None:
            a_pot(record)
            if value != 3:
                paper(record, "A1", value, 3)

        return does

    with opened(two_parted[0]) as record:
        record.perform(SetPot(1, Area("Coventry", 9), Area("Coventry", 2_000_000)), OFFICER)
        record.perform(SetPot(1, Area("Coventry", 2_000_000), Area("Coventry", 9)), OFFICER)
    with parted(two_parted, gives(here), gives(there)) as (record, copy):
        came = planned(record, found_in(record, copy))

    is_both = here != 3 and there not in (3, here)
    assert [one.what for one in came.differences] == (["ACF-001 A1"] if is_both else [])
    assert [one.after for one in came.taken] == ([str(there)] if here == 3 != there else [])


def test_what_both_changed_is_decided_by_a_person_once(two_parted: tuple[Path, Path]) -> None:
    with parted(
        two_parted, lambda record: paper(record, "A1", 5, 3), lambda record: paper(record, "A1", 4, 3)
    ) as (record, copy):
        found = found_in(record, copy)
        record.perform(taking(found, planned(record, found)), OFFICER)
        assert marks(record)[0] == 4

        assert planned(record, found_in(record, copy)).differences == ()
        paper(record, "A1", 2, 4)
        assert not planned(record, found_in(record, copy)).is_new
        assert_replays(record)


def test_returns_that_the_copy_took_in_come_as_they_were_signed(
    two_parted: tuple[Path, Path], tmp_path: Path
) -> None:
    with opened(two_parted[0]) as record:
        pack = issue(record)
    shutil.copy(two_parted[0], two_parted[1])
    with laptop(tmp_path / "ann.panel", pack) as home:
        declare(home)
        mark(home, "ACF-001", "A1", 4, 3)
        text = make_return(home)
    with parted(two_parted, a_pot, lambda record: take_in(record, text)) as (record, copy):
        found = found_in(record, copy)
        assert found.texts == (text,)
        record.perform(taking(found), OFFICER)

        assert marks(record)[0] == 4
        assert verify(record).sound
        assert not planned(record, found).is_new


def test_everything_else_is_listed_for_a_person(two_parted: tuple[Path, Path]) -> None:
    def there(record: Record) -> None:
        a_pot(record)
        paper(record, "A1", 4, 3)
        record.perform(AmendScheme(1, replace(SCHEME, quorum=2), SCHEME, "quorum"), CHAIR)

    with parted(two_parted, lambda record: paper(record, "A2", 5, 3), there) as (record, copy):
        found = found_in(record, copy)

    assert [row.kind for row in found.left] == ["set pot", "amend scheme"]
    assert found.copied == ()
    (words,) = found.passed_over
    assert words.startswith("M1: The scheme of the round “Autumn”")


def test_marks_on_what_is_not_here_are_passed_over_by_name(two_parted: tuple[Path, Path]) -> None:
    def there(record: Record) -> None:
        record.perform(MoveAreas(1, ("Coventry",), "intake", "one came late"), CHAIR)
        record.perform(import_operation(application(9), areas=()), OFFICER)
        record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
        paper(record, "A1", 4, of=9)
        paper(record, "A1", 4, 3)

    with parted(two_parted, a_pot, there) as (record, copy):
        found = found_in(record, copy)

        assert found.passed_over == ("M1: ACF-009 is not in this record, so nothing on it is imported.",)
        assert [item.what for item in planned(record, found).taken] == ["ACF-001 A1"]


def test_a_file_that_did_not_part_is_refused_in_words(two_parted: tuple[Path, Path], tmp_path: Path) -> None:
    mine, copy = two_parted
    other = tmp_path / "other.panel"
    Record.create(other, OPENER).close()

    def refused(path: Path, against: Path) -> str:
        with opened(path) as record, pytest.raises(Refused) as no:
            found_in(record, against)
        return str(no.value)

    assert "the same as this record" in refused(mine, copy)
    assert "another record" in refused(mine, other)
    with parted(two_parted, a_pot, lambda record: None):
        pass
    assert "simply older" in refused(mine, copy)
    assert "holds all of this record and later changes" in refused(copy, mine)


KEY = "six plain random words in order"


@pytest.fixture
def facts_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fact is one of the changes that a journal may hold."""
    monkeypatch.setattr(replay, "KNOWN", {**UPKEEP, "set fact": SetFact})


def two_copies(path: Path, key: str | None = None) -> tuple[Path, Path]:
    """Make a record with a change before its first copy, and one before its second."""
    clock = TickingClock()
    made = []
    with Record.create(path, OPENER, clock=clock, key=key) as record:
        for fact in ("one", "two"):
            record.perform(SetFact("fact", fact), HER)
            clock.now += timedelta(days=2)
            made.append(record.copies.make_if_due())
    first, second = made
    assert first is not None
    assert second is not None
    return first, second


@pytest.mark.usefixtures("facts_known")
def test_a_change_without_a_journal_row_is_told_with_the_copy_that_lacks_it(tmp_path: Path) -> None:
    """What was altered before the earlier copy is taken as it was."""
    path = tmp_path / "office.panel"
    _, second = both = two_copies(path)
    for copy in both:
        tamper(copy, "INSERT INTO setting VALUES ('lucky number', '7')")
    assert refuse_unjournalled(path, copies(path)[0].path, None) is not None

    tamper(second, "UPDATE setting SET value = '\"three\"' WHERE name = 'fact'")
    with pytest.raises(NotAsJournalled) as refused:
        refuse_unjournalled(path, second, None)
    assert "not what its journal makes of the copy of 5 November 2026: Table setting, name fact" in str(
        refused.value
    )


@pytest.mark.usefixtures("facts_known")
def test_copies_of_another_record_format_or_encryption_are_passed_over(tmp_path: Path) -> None:
    path, other, sealed = (tmp_path / f"{name}.panel" for name in ("office", "other", "sealed"))
    first, second = two_copies(path)
    without_a_table = Path(shutil.copy(first, tmp_path / "without.panel"))
    tamper(without_a_table, "DROP TABLE monitoring_visits")
    for stranger in (two_copies(other)[0], two_copies(sealed, KEY)[0], without_a_table):
        shutil.copy(stranger, first)

        assert refuse_unjournalled(path, second, None) is None
    first.write_bytes(b"Dear panel")
    assert refuse_unjournalled(path, second, None) is None


def test_what_is_recorded_there_stands_also_when_it_goes_back_to_an_earlier_value(
    record_path: Path, tmp_path: Path
) -> None:
    with opened(record_path) as record:
        office(record)
        paper(record, "A1", 4)
        issue(record)
        paper(record, "A1", 3, 4)
    copy = Path(shutil.copy(record_path, tmp_path / "copy.panel"))
    with parted((record_path, copy), a_pot, lambda record: paper(record, "A1", 4, 3)) as (record, copy):
        found = found_in(record, copy)
        record.perform(taking(found), OFFICER)
        assert marks(record)[0] == 4
