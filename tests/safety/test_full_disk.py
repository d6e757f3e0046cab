"""The disk is full after any kilobyte of a save, file attached, copy, upgrade, taking in, export or sealing.

Files of this process may not grow beyond a size, a kilobyte more each time, until the work goes through;
from 64 kilobytes on a page of 4 more, since what is longer than that is written in whole pages. Whatever does
not: what was there is whole, a sentence says so, nothing is left beside it, and the same work
goes through once there is room.
"""

import random
import re
import shutil
import sys
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest
from msgspec import Struct

from exchange.pack_files import Stretching, open_pack, open_sealed, seal, write_sealed
from models.queries.applications.attachments import content_of, every_attachment
from models.record import Record
from models.store import chain as journal
from models.store.sqlite import backup
from models.trouble import Trouble
from models.values.packs import read_pack
from tests.exchange.schedule_rounds import made_round, schedule_of, write_schedule
from tests.models.operations.applications.test_attachments import attach
from tests.models.packed_rounds import ANN, declare, fill, issue, laptop, make_return, office, take_in
from tests.models.store.next_format import next_program
from tests.models.store.test_durability import files_of_at_most
from tests.safety.saving import KEY, OPENER, faults, make, reasons, save
from tests.safety.table import Reached, Times

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on the size of files")
KILOBYTE = 1_024
PAGES_FROM, MOST = 64, 3_000
"""More kilobytes than any of the files has."""
SENTENCES = ("disk", "full", "No lock file", "No copy")
ALLOWED = re.compile(r"office\.panel-journal|office .* before format \d+\.panel")
LIGHT = Stretching(memory_kib=8 * 1024, passes=1, lanes=1)


class Work(Struct, frozen=True):
    """One piece of work, and what must be the same when it did not go through."""

    do: Callable[[], object]
    holds: Callable[[], Hashable]


@contextmanager
def saving(made: Path, folder: Path) -> Iterator[Work]:
    path = Path(shutil.copy(made / "plain.panel", folder / "office.panel"))
    with Record.open(path, OPENER) as record:
        yield Work(partial(save, record), lambda: (record.head().seq, *record.ask(reasons)))
        assert list(faults(record, record.head().seq)) == []


@contextmanager
def attaching(made: Path, folder: Path) -> Iterator[Work]:
    path = Path(shutil.copy(made / "plain.panel", folder / "office.panel"))
    content = random.Random(3).randbytes(300_000)
    with Record.open(path, OPENER) as record:

        def held() -> tuple[bytes | None, ...]:
            return tuple(record.ask(content_of, one) for one in record.ask(every_attachment))

        yield Work(partial(attach, record, picture=content), lambda: (record.head().seq, held()))
        assert held() == (content,)


@contextmanager
def saving_encrypted(made: Path, folder: Path) -> Iterator[Work]:
    path = Path(shutil.copy(made / "encrypted.panel", folder / "office.panel"))
    with Record.open(path, OPENER, key=KEY) as record:
        yield Work(partial(save, record), lambda: (record.head().seq, *record.ask(reasons)))


@contextmanager
def copying(made: Path, folder: Path) -> Iterator[Work]:
    path = Path(shutil.copy(made / "plain.panel", folder / "office.panel"))
    with Record.open(path, OPENER) as record:
        yield Work(
            partial(record.backup, folder / "copy.panel"),
            lambda: (record.head().seq, (folder / "copy.panel").exists()),
        )


@contextmanager
def encrypting(made: Path, folder: Path) -> Iterator[Work]:
    path = Path(shutil.copy(made / "plain.panel", folder / "office.panel"))
    with Record.open(path, OPENER) as record:
        yield Work(partial(record.change_key, KEY, ANN), lambda: (record.head().seq, record.is_encrypted))


@contextmanager
def upgrading(made: Path, folder: Path) -> Iterator[Work]:
    path = Path(shutil.copy(made / "plain.panel", folder / "office.panel"))
    before = path.read_bytes()

    def upgrade() -> None:
        with Record.open(path, OPENER) as record:
            assert record.ask(journal.first_fault) is None
            assert backup.newest(path) is not None

    with next_program(folder.with_name(f"{folder.name} next")):
        yield Work(upgrade, lambda: path.read_bytes() == before)


@contextmanager
def import_operation(made: Path, folder: Path) -> Iterator[Work]:
    path = Path(shutil.copy(made / "packed.panel", folder / "office.panel"))
    with Record.open(path, OPENER) as record:
        text = (made / "return.txt").read_text("utf-8")
        yield Work(partial(take_in, record, text), lambda: (record.head().seq, *record.ask(reasons)))
        assert "asked the street" in record.ask(reasons)


@contextmanager
def exporting(made: Path, folder: Path, name: str = "") -> Iterator[Work]:
    path = folder / name
    path.write_bytes(b"the paper of last year")
    schedule = schedule_of(made_round(12))
    yield Work(partial(write_schedule, schedule, path), path.read_bytes)


@contextmanager
def sealing(made: Path, folder: Path) -> Iterator[Work]:
    path = folder / "ann.gpack"
    path.write_bytes(b"the pack of last week")
    text = (made / "pack.txt").read_text("utf-8")

    def write() -> None:
        name = read_pack(text).pack
        write_sealed((seal("pack", name, text.encode(), KEY, stretching=LIGHT),), path)
        assert open_pack(partial(open_sealed, path), KEY).text == text

    yield Work(write, path.read_bytes)


WORKS: dict[str, tuple[Callable[[Path, Path], AbstractContextManager[Work]], int]] = {
    "save": (saving, 131),
    "save, encrypted": (saving_encrypted, 211),
    "attach": (attaching, 211),
    "copy": (copying, 97),
    "encrypt": (encrypting, 401),
    "upgrade": (upgrading, 131),
    "import a return": (import_operation, 97),
    "export xlsx": (partial(exporting, name="schedule.xlsx"), 7),
    "export pdf": (partial(exporting, name="schedule.pdf"), 23),
    "seal a pack": (sealing, 1),
}
"""Each piece of work, and by how many kilobytes at once the suite goes up."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records, a pack and a return, made once."""
    folder = tmp_path_factory.mktemp("made")
    make(folder / "plain.panel")
    make(folder / "encrypted.panel", KEY)
    with Record.create(folder / "packed.panel", OPENER) as record:
        pack = issue(office(record))
    with laptop(folder / "ann.panel", pack) as home:
        declare(home)
        fill(home, "ACF-001")
        (folder / "return.txt").write_text(make_return(home), "utf-8")
    (folder / "pack.txt").write_text(pack, "utf-8")
    return folder


@pytest.mark.safety(3)
@pytest.mark.parametrize("name", WORKS)
def test_a_disk_full_after_any_kilobyte_loses_nothing_and_works_again(
    made: Path, tmp_path: Path, times: Times, reached: Reached, name: str
) -> None:
    begin, step = WORKS[name]
    refused = 0
    for kilobytes in [*range(0, PAGES_FROM, times(step, 1)), *range(PAGES_FROM, MOST, times(step, 4))]:
        folder = tmp_path / str(kilobytes)
        folder.mkdir()
        with begin(made, folder) as work:
            if went_through(work, folder, kilobytes * KILOBYTE):
                break
            refused += 1
            work.do()
        assert not list(folder.glob("*-journal"))
        shutil.rmtree(folder)
    else:
        pytest.fail("it never went through")

    reached(f"{name}: full after each of {refused:,} sizes, nothing lost or left, told, and works again")
    assert refused > 1


def went_through(work: Work, folder: Path, room: int) -> bool:
    """Do a piece of work with so much room for each file; where it does not go through, look at all."""
    names, before, said = names_in(folder), work.holds(), ""
    try:
        with files_of_at_most(room):
            work.do()
    except Trouble as trouble:
        said = str(trouble)
    assert not said or any(words in said for words in SENTENCES), said
    assert not said or work.holds() == before
    assert not said or names_in(folder) <= names
    return not said


def names_in(folder: Path) -> set[str]:
    """The files of a folder, but for the engine's own journal of an open record and finished copies of it."""
    return {path.name for path in folder.rglob("*") if path.is_file() and not ALLOWED.fullmatch(path.name)}
