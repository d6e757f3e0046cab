"""A diverged copy: what members entered is taken in as a return is, the rest is left for a person."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from models.journal.verify import verify
from models.operation import Actor
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveArea, SetPot
from models.operations.set_up.scheme import AmendScheme
from models.packs.diverged_copy import DivergedCopy, diverged_copy
from models.queries.packs.returns import import_plan
from models.queries.panel.panel import interests, sheets
from models.record import Record
from models.values.pack_plans import Plan
from models.values.rows import InterestRow
from scoring.round import Area, InterestKind
from scoring.written.text import Refused
from tests.models.conftest import OPENER, TickingClock
from tests.models.packed_rounds import (
    CHAIR,
    declare,
    fill,
    issue,
    laptop,
    make_return,
    mark,
    office,
    take_in,
)
from tests.models.rounds import OFFICER, SCHEME, application, assert_replays, import_operation, undo

Two = tuple[Record, Path]
Does = Callable[[Record], object]


def paper(
    record: Record, criterion: str, value: int | None, replacing: int | None = None, of: int = 1
) -> None:
    """Put down a mark of M1 from paper."""
    operation = SetMark(1, "M1", f"ACF-00{of}", criterion, value, replacing, from_paper=True)
    record.perform(operation, OFFICER)


@pytest.fixture
def two(record_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A record in which M1 gave A1 and A2 of ACF-001 a 3, and a copy of its file."""
    with Record.open(record_path, OPENER, clock=TickingClock()) as record:
        office(record)
        paper(record, "A1", 3)
        paper(record, "A2", 3)
    return record_path, Path(shutil.copy(record_path, tmp_path / "copy.panel"))


def parted(two: tuple[Path, Path], here: Does, there: Does) -> tuple[Path, Path]:
    """Change a record and its copy apart from each other."""
    for path, does in zip(two, (here, there), strict=True):
        with Record.open(path, OPENER, clock=TickingClock()) as record:
            does(record)
    return two


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


def test_what_was_recorded_there_alone_is_taken_in_and_out_again_as_one(two: tuple[Path, Path]) -> None:
    def there(record: Record) -> None:
        paper(record, "A1", 4, 3)
        paper(record, "A2", None, 3)
        declare(record, InterestRow("M1", "ACF-002", InterestKind.PECUNIARY, "a cousin"))
        fill(record, "ACF-003")

    mine, copy = parted(two, a_pot, there)
    with Record.open(mine, OPENER, clock=TickingClock()) as record:
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
        with pytest.raises(Refused, match="nothing new"):
            record.perform(taking(found), OFFICER)
        assert_replays(record)
        again = undo(record, outcome)
        assert marks(record)[:2] == (3, 3)
        undo(record, again)
        assert marks(record)[:2] == (4, None)
        assert_replays(record)
        assert verify(record).sound


@pytest.mark.parametrize(("here", "there"), [(h, t) for h in (3, 4, 5) for t in (3, 4, 5)])
def test_nothing_is_written_over_in_silence(two: tuple[Path, Path], here: int, there: int) -> None:
    def gives(value: int) -> Does:
        def does(record: Record) -> None:
            a_pot(record)
            if value != 3:
                paper(record, "A1", value, 3)

        return does

    mine, copy = two
    with Record.open(mine, OPENER, clock=TickingClock()) as record:
        record.perform(SetPot(1, Area("Coventry", 9), Area("Coventry", 2_000_000)), OFFICER)
        record.perform(SetPot(1, Area("Coventry", 2_000_000), Area("Coventry", 9)), OFFICER)
    mine, copy = parted(two, gives(here), gives(there))

    with Record.open(mine, OPENER, clock=TickingClock()) as record:
        came = planned(record, found_in(record, copy))

    is_both = here != 3 and there not in (3, here)
    assert [one.what for one in came.differences] == (["ACF-001 A1"] if is_both else [])
    assert [one.after for one in came.taken] == ([str(there)] if here == 3 != there else [])


def test_what_both_changed_is_decided_by_a_person_once(two: tuple[Path, Path]) -> None:
    mine, copy = parted(
        two, lambda record: paper(record, "A1", 5, 3), lambda record: paper(record, "A1", 4, 3)
    )
    with Record.open(mine, OPENER, clock=TickingClock()) as record:
        found = found_in(record, copy)
        record.perform(taking(found, planned(record, found)), OFFICER)
        assert marks(record)[0] == 4

        assert planned(record, found_in(record, copy)).differences == ()
        paper(record, "A1", 2, 4)
        assert not planned(record, found_in(record, copy)).is_new
        assert_replays(record)


def test_what_is_recorded_there_stands_also_when_it_goes_back_to_an_earlier_value(
    record_path: Path, tmp_path: Path
) -> None:
    with Record.open(record_path, OPENER, clock=TickingClock()) as record:
        office(record)
        paper(record, "A1", 4)
        issue(record)
        paper(record, "A1", 3, 4)
    copy = Path(shutil.copy(record_path, tmp_path / "copy.panel"))
    mine, copy = parted((record_path, copy), a_pot, lambda record: paper(record, "A1", 4, 3))

    with Record.open(mine, OPENER, clock=TickingClock()) as record:
        found = found_in(record, copy)
        record.perform(taking(found), OFFICER)
        assert marks(record)[0] == 4


def test_returns_that_the_copy_took_in_come_as_they_were_signed(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    with Record.open(two[0], OPENER, clock=TickingClock()) as record:
        pack = issue(record)
    shutil.copy(two[0], two[1])
    with laptop(tmp_path / "ann.panel", pack) as home:
        declare(home)
        mark(home, "ACF-001", "A1", 4, 3)
        text = make_return(home)
    mine, copy = parted(two, a_pot, lambda record: take_in(record, text))

    with Record.open(mine, OPENER, clock=TickingClock()) as record:
        found = found_in(record, copy)
        assert found.texts == (text,)
        record.perform(taking(found), OFFICER)

        assert marks(record)[0] == 4
        assert verify(record).sound
        assert not planned(record, found).is_new


def test_everything_else_is_listed_for_a_person(two: tuple[Path, Path]) -> None:
    def there(record: Record) -> None:
        a_pot(record)
        paper(record, "A1", 4, 3)
        record.perform(AmendScheme(1, replace(SCHEME, quorum=2), SCHEME, "quorum"), CHAIR)

    mine, copy = parted(two, lambda record: paper(record, "A2", 5, 3), there)
    with Record.open(mine, OPENER, clock=TickingClock()) as record:
        found = found_in(record, copy)

    assert [row.kind for row in found.left] == ["set pot", "amend scheme"]
    assert found.copied == ()
    (words,) = found.passed_over
    assert words.startswith("M1: The scheme of the round “Autumn”")


def test_marks_on_what_is_not_here_are_passed_over_by_name(two: tuple[Path, Path]) -> None:
    def there(record: Record) -> None:
        record.perform(MoveArea(1, "Coventry", "intake", "one came late"), CHAIR)
        record.perform(import_operation(application(9), areas=()), OFFICER)
        record.perform(MoveArea(1, "Coventry", "scoring"), CHAIR)
        paper(record, "A1", 4, of=9)
        paper(record, "A1", 4, 3)

    mine, copy = parted(two, a_pot, there)
    with Record.open(mine, OPENER, clock=TickingClock()) as record:
        found = found_in(record, copy)

        assert found.passed_over == ("M1: ACF-009 is not in this record, so nothing on it is imported.",)
        assert [item.what for item in planned(record, found).taken] == ["ACF-001 A1"]


def test_a_mark_whose_stage_is_over_is_refused(two: tuple[Path, Path]) -> None:
    mine, copy = parted(
        two,
        lambda record: record.perform(MoveArea(1, "Coventry", "meeting"), CHAIR),
        lambda record: paper(record, "A1", 4, 3),
    )
    with Record.open(mine, OPENER, clock=TickingClock()) as record:
        (item,) = planned(record, found_in(record, copy)).refused
        assert item.words == "Coventry is at the stage “meeting”"


def test_a_file_that_did_not_part_is_refused_in_words(two: tuple[Path, Path], tmp_path: Path) -> None:
    mine, copy = two
    other = tmp_path / "other.panel"
    Record.create(other, OPENER).close()

    def refused(path: Path, against: Path) -> str:
        with Record.open(path, OPENER, clock=TickingClock()) as record, pytest.raises(Refused) as no:
            found_in(record, against)
        return str(no.value)

    assert "the same as this record" in refused(mine, copy)
    assert "another record" in refused(mine, other)
    parted(two, a_pot, lambda record: None)
    assert "simply older" in refused(mine, copy)
    assert "holds all of this record and later changes" in refused(copy, mine)


def test_only_the_office_takes_it_in(two: tuple[Path, Path]) -> None:
    mine, copy = parted(two, a_pot, lambda record: paper(record, "A1", 4, 3))
    with Record.open(mine, OPENER, clock=TickingClock()) as record:
        found = found_in(record, copy)
        with pytest.raises(Refused, match="An officer or the chair"):
            record.perform(taking(found), Actor("Ann Sample", "member"))
