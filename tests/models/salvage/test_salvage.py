"""Salvage from real damage, plain and encrypted, and taking in what the tables of a damaged record held."""

import random
import shutil
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict

from models.journal.erasing import erase, erasure_of, file_erasure_of
from models.journal.verify import verify
from models.operations.applications.attachments import AttachFiles, put_attached
from models.operations.set_up.areas import SetPot
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.salvage.rebuild import Salvaged, salvage
from models.store import chain as journal
from models.store.sqlite import engine
from models.store.sqlite.engine import NotOpened, RecordDamaged, RecordGone
from models.store.upkeep import TableRows, TakeAsFound
from models.trouble import Trouble
from models.values import canonical
from models.values.attachments import APPLICATION, Subject, kept_file
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.conftest import OFFICER as HER
from tests.models.conftest import OPENER, TickingClock, tamper
from tests.models.made_once import file_made_once
from tests.models.operations.deciding_rounds import DAY, FINANCE, decided
from tests.models.packed_rounds import fill, issue, laptop, make_return, office
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER

MANY = 60
PAGE = 4096


@file_made_once
def filled(path: Path, key: str | None = None) -> Path:
    """Make a record with a decided round and many small changes after it."""
    with Record.create(path, OPENER, key=key, clock=TickingClock()) as record:
        decided(record)
        _pots(record)
    return path


def _pots(record: Record) -> None:
    for number in range(MANY):
        before = 0 if number == 0 else number
        record.perform(SetPot(1, Area("Dudley", number + 1), Area("Dudley", before)), OFFICER)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("whole") / "office.panel")


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Path:
    path = tmp_path / "office.panel"
    path.write_bytes(whole.read_bytes())
    return path


def spoil(path: Path, page: int) -> None:
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    path.write_bytes(content)


def root_of(path: Path, table: str, key: str | None = None) -> int:
    """Return the first page of a table, which tells of no other table."""
    with closing(engine.connect_to_read(path, key)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    return int(root)


def page_of(path: Path, marker: bytes) -> int:
    """Return the page of the first place that holds some bytes."""
    return path.read_bytes().index(marker) // PAGE + 1


def rows_of(path: Path, key: str | None = None) -> list[tuple[int, str, str]]:
    with closing(engine.connect_to_read(path, key)) as raw:
        return list(raw.execute("SELECT seq, kind, hex(hash) FROM journal ORDER BY seq").fetchall())


def assert_as_reported(found: Salvaged, original: Path, key: str | None = None) -> None:
    """Assert that the new record has the same rows as far as it goes, and is sound."""
    before = rows_of(original, key)
    with Record.open(found.path, Opener("Ida Check", "tests"), key=key) as record:
        assert verify(record).sound
        head = record.head().seq
    assert rows_of(found.path, key)[: found.rows] == before[: found.rows]
    own = ["take as found", "salvage record"] if found.found else ["salvage record"]
    assert [kind for _, kind, _ in rows_of(found.path, key)[found.rows :]] == own
    assert head == found.rows + len(own)


def test_rows_are_read_up_to_the_damage_and_what_the_tables_hold_after_it_is_taken_in_as_found(
    whole: Path, damaged: Path, tmp_path: Path
) -> None:
    spoil(damaged, page_of(damaged, b'"pot_pence":50'))
    before = damaged.read_bytes()

    found = salvage(damaged, tmp_path / "new.panel", OPENER)

    assert damaged.read_bytes() == before
    of = len(rows_of(whole))
    assert 10 < found.rows < of
    assert found.of_rows == of
    assert f"Rows {found.rows + 1} to {of} are lost." in found.lines[1]
    assert "areas (1)" in found.found[0]
    assert found.tables == found.faults == ()
    with Record.open(found.path, OPENER) as record:
        pots = record.ask(lambda s: s.exec_driver_sql("SELECT pot_pence FROM areas ORDER BY id").all())
        taken = next(e for e in record.ask(lambda s: list(journal.entries(s))) if e.kind == "take as found")
    assert (MANY,) in pots
    assert taken.body is not None
    later = canonical.from_text(TakeAsFound, taken.body).later
    assert {row.kind for row in later} == {"set pot"}
    assert later[-1].seq == of
    assert_as_reported(found, whole)


def test_a_row_that_was_altered_ends_the_salvage_before_it(
    damaged: Path, whole: Path, tmp_path: Path
) -> None:
    tamper(damaged, "DROP TRIGGER journal_no_update", "UPDATE journal SET actor = 'Else' WHERE seq = 20")

    found = salvage(damaged, tmp_path / "new.panel", OPENER)

    assert (found.rows, found.stopped[:28]) == (19, "Journal row 20 does not foll")
    assert_as_reported(found, whole)


def test_what_was_erased_stays_erased_and_a_file_that_was_ends_no_salvage(
    damaged: Path, tmp_path: Path
) -> None:
    on = Subject(APPLICATION, 1, "ACF-001")
    attaching = AttachFiles(**asdict(on), files=(kept_file("quote.pdf", b"900 pounds", "quote"),))
    with Record.open(damaged, OPENER) as record:
        record.perform_beside(attaching, partial(put_attached, contents=[b"900 pounds"]), OFFICER)
        record.perform(record.ask(file_erasure_of, on, [1], "asked for", "Ida Protect"), OFFICER)
        chosen = ((1, "ACF-001"),)
        erasing = record.ask(lambda session: erasure_of(session, chosen, "asked for", "Ida Protect"))
        erase(record, erasing.operation, OFFICER)
        record.perform(SetPot(1, Area("Dudley", 1), Area("Dudley", MANY)), OFFICER)
        with pytest.raises(Trouble, match="Close it first"):
            salvage(damaged, tmp_path / "new.panel", OPENER)

    found = salvage(damaged, tmp_path / "new.panel", OPENER)

    assert found.is_whole
    assert_as_reported(found, damaged)
    with Record.open(found.path, OPENER) as record:
        gone = [e.kind for e in record.ask(lambda s: list(journal.entries(s))) if e.body is None]
        assert gone == ["load round", "attach files"]


KEY = "a long enough passphrase"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("sealed") / "office.panel", KEY)


@pytest.mark.parametrize("key", [None, KEY])
def test_a_damaged_table_costs_no_row_of_the_journal(
    key: str | None, whole: Path, sealed: Path, tmp_path: Path
) -> None:
    original = whole if key is None else sealed
    path = Path(shutil.copy(original, tmp_path))
    spoil(path, root_of(original, "applications", key))

    found = salvage(path, tmp_path / "new.panel", OPENER, key=key)

    assert found.is_whole
    assert any("table applications could not be read in full" in line for line in found.lines)
    assert_as_reported(found, original, key)
    assert (b"Allotment" in found.path.read_bytes()) is (key is None), "encrypted as it was"


def overwrite(path: Path, start: int, content: bytes) -> None:
    before = path.read_bytes()
    path.write_bytes(before[:start] + content + before[start + len(content) :])


def chance(many: int) -> bytes:
    return random.Random(5).randbytes(many)


@pytest.mark.parametrize("content", [bytes(100), bytes(PAGE), chance(100), chance(PAGE), b"x" * PAGE])
def test_of_a_spoilt_beginning_only_a_copy_helps(content: bytes, damaged: Path, tmp_path: Path) -> None:
    with Record.open(damaged, OPENER) as record:
        copy = record.copies.keep_before("a test")
    overwrite(damaged, 0, content)

    with pytest.raises(RecordGone, match="damaged at its beginning, so nothing of it can be read"):
        Record.open(damaged, OPENER)
    with pytest.raises(Trouble, match=f"no record was made.* undamaged copy is {copy and copy.name}, of "):
        salvage(damaged, tmp_path / "new.panel", OPENER)

    assert not (tmp_path / "new.panel").exists()


@pytest.mark.parametrize(("start", "content"), [(16, bytes(84)), (16, bytes(PAGE - 16)), (60, chance(20))])
def test_an_encrypted_record_spoilt_at_its_beginning_is_told_from_a_wrong_passphrase(
    start: int, content: bytes, sealed: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(sealed, tmp_path))
    overwrite(path, start, content)

    with pytest.raises(RecordGone, match="The passphrase is right"):
        Record.open(path, OPENER, key=KEY)
    with pytest.raises(NotOpened, match="passphrase is wrong"):
        Record.open(path, OPENER, key="another passphrase")
    with pytest.raises(Trouble, match="no record was made"):
        salvage(path, tmp_path / "new.panel", OPENER, key=KEY)
    with pytest.raises(NotOpened, match="passphrase is wrong"):
        salvage(path, tmp_path / "new.panel", OPENER, key="another passphrase")

    assert not (tmp_path / "new.panel").exists()


@pytest.mark.parametrize(("part", "key"), [(0.5, None), (0.9, None), (0.9, KEY)])
def test_of_a_record_cut_short_what_is_left_is_saved(
    part: float, key: str | None, whole: Path, sealed: Path, tmp_path: Path
) -> None:
    path, original = tmp_path / "office.panel", whole if key is None else sealed
    content = original.read_bytes()
    path.write_bytes(content[: int(len(content) * part) + 100])

    with pytest.raises(RecordDamaged):
        Record.open(path, OPENER, key=key)
    try:
        found = salvage(path, tmp_path / "new.panel", OPENER, key=key)
    except Trouble:  # the cut went through what says where the tables are
        assert key is not None
        return

    assert not found.is_whole
    assert found.lines[-1] == "It has no automatic copy that is undamaged."
    with Record.open(found.path, OPENER, key=key) as record:
        failing = tuple(check.words for check in verify(record).checks if not check.ok)
    assert failing == found.faults


def test_a_journal_that_is_lost_altogether_leaves_what_the_tables_hold(
    whole: Path, damaged: Path, tmp_path: Path
) -> None:
    for number in range(1, damaged.stat().st_size // PAGE + 1):
        page = damaged.read_bytes()[(number - 1) * PAGE : number * PAGE]
        if any(row in page for row in (b"Grace Okoromake record", b'"round_id":1', b'"record_id"')):
            spoil(damaged, number)
    with closing(engine.connect_to_read(whole, None)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name='journal'").fetchone()[0]
        there = raw.execute("SELECT reference, organisation FROM applications ORDER BY id").fetchall()
    spoil(damaged, root)

    found = salvage(damaged, tmp_path / "new.panel", OPENER)

    assert found.found
    with Record.open(found.path, OPENER) as record:
        assert verify(record).sound
        here = record.ask(
            lambda s: s.exec_driver_sql("SELECT reference, organisation FROM applications ORDER BY id").all()
        )
    assert list(map(tuple, here)) == list(map(tuple, there))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_pages_are_spoilt_the_new_record_is_sound_and_the_rest_is_told(
    seed: int, whole: Path, damaged: Path, tmp_path: Path
) -> None:
    draw = random.Random(seed)
    for page in draw.sample(range(1, damaged.stat().st_size // PAGE + 1), 12):
        spoil(damaged, page)

    try:
        found = salvage(damaged, tmp_path / "new.panel", OPENER)
    except Trouble:
        assert not (tmp_path / "new.panel").exists()
        return

    with Record.open(found.path, Opener("Ida Check", "tests")) as record:
        faults = tuple(check.words for check in verify(record).checks if not check.ok)
    assert faults == found.faults
    assert rows_of(found.path)[: found.rows] == rows_of(whole)[: found.rows]


def counted(path: Path, *names: str) -> list[int]:
    with closing(engine.connect_to_read(path, None)) as raw:
        return [raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names]


HANGING = ("members", "sheets", "marks", "applications", "recommendations", "decisions", "awards")


def test_what_hangs_on_lost_people_and_organisations_is_saved_under_names_that_say_so(
    whole: Path, damaged: Path, tmp_path: Path
) -> None:
    spoil(damaged, page_of(damaged, b"make record"))
    for name in ("people", "organisations"):
        spoil(damaged, root_of(whole, name))

    found = salvage(damaged, tmp_path / "new.panel", OPENER)

    assert any(line.startswith("Lost of people: ") for line in found.found)
    with Record.open(found.path, OPENER) as record:
        assert verify(record).sound
        names = record.ask(lambda s: s.exec_driver_sql("SELECT name FROM people ORDER BY id").scalars().all())
        organisations = record.ask(
            lambda s: s.exec_driver_sql("SELECT name FROM organisations ORDER BY id").scalars().all()
        )
    assert names[0] == "(name lost, person 1)"
    assert organisations[0] == "Allotment Friends 1"  # its application says it
    assert counted(found.path, *HANGING) == counted(whole, *HANGING)


def test_an_account_whose_award_is_lost_is_told_and_keeps_nothing_else_from_being_saved(
    decided: Record, tmp_path: Path
) -> None:
    ready_to_pay(decided, "ACF-001", DAY, FINANCE)
    path = decided.path
    decided.close()
    for name in ("journal", "bank_endings"):
        spoil(path, root_of(path, name))

    found = salvage(path, tmp_path / "new.panel", OPENER)

    assert "1 of 1 rows of bank_details belong to what is lost." in found.tables
    with Record.open(found.path, OPENER) as again:
        assert verify(again).sound


def test_a_members_own_record_is_salvaged_with_its_key(record: Record, tmp_path: Path) -> None:
    pack = issue(office(record))
    references = [row.reference for row in record.ask(lambda s: round_rows(s, 1)).applications]
    path = tmp_path / "member.panel"
    with laptop(path, pack) as member:
        fill(member, references[0])
        make_return(member)
        before = member.ask(lambda s: s.exec_driver_sql("SELECT * FROM private_keys").all())

    found = salvage(path, tmp_path / "new.panel", OPENER)

    assert found.is_whole
    with Record.open(found.path, OPENER) as again:
        assert verify(again).sound
        after = again.ask(lambda s: s.exec_driver_sql("SELECT * FROM private_keys").all())
        assert list(map(tuple, after)) == list(map(tuple, before)) != []


def taking(*put: tuple[str, str], gone: tuple[str, ...] = ()) -> TakeAsFound:
    table = TableRows("setting", ("name", "value"), put, tuple((name,) for name in gone))
    return TakeAsFound("office.panel", (table,))


@pytest.mark.of_a_file
def test_rows_are_put_changed_and_taken_out_and_a_table_that_no_record_has_is_refused(record: Record) -> None:
    record.perform(taking(("a fact", "1"), ("a thing", "2")), HER)
    record.perform(taking(("a fact", "3"), gone=("a thing",)), HER)

    asked = "SELECT name, value FROM setting WHERE name LIKE 'a %'"
    assert record.ask(lambda s: s.exec_driver_sql(asked).all()) == [("a fact", "3")]

    with pytest.raises(Refused, match="a table that the record does not have"):
        record.perform(TakeAsFound("office.panel", (TableRows("sqlite_master", ("name",)),)), HER)
