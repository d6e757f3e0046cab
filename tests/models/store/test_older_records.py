"""Real records of formats that went out: each opens, holds and comes to what it did when it was made.

Each was made by the program of its day: a round of three applications taken through marks, decisions, awards,
an account, monitoring, a draft and issued papers; what it came to lies beside it. Those of earlier builds,
from before the first release, are refused.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from cli.command import main
from models.copies import backup
from models.copies.latest_valid_backup import latest_valid_backup
from models.copies.restore import restore
from models.journal.verify import verify
from models.queries.papers.issues import every_issue
from models.queries.set_up.round_rows import round_rows
from models.record import Record
from models.salvage.rebuild import salvage
from models.session import Session
from models.store.record_file import newest_format, oldest_format
from models.trouble import Trouble
from models.values.rows import scored_round
from scoring.rank import rank
from tests.models.conftest import OPENER, alter, state

pytestmark = pytest.mark.full_keys
DATA = Path(__file__).parents[2] / "data"
FORMATS = (28,)
EARLIER = 2
"""The format of the kept record of an earlier build."""
KEY = "six plain random words in order"
SENTENCE = (
    "office.panel was made by an earlier build of Grant Panel, before its first release: its format is 2, "
    "and this program opens formats from 28. Nothing was changed. Open it with the build that made it, save "
    "each round as a workbook there, and load the workbooks into a new record here."
)

each_record = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
each_format = pytest.mark.parametrize("number", FORMATS)


def copied(number: int, key: str | None, folder: Path) -> Path:
    """Return a copy, with a record's ending, of the kept record of a format."""
    kept = DATA / f"record-format-{number}{'-encrypted' if key else ''}.panel.bin"
    return Path(shutil.copyfile(kept, folder / "office.panel"))


def expected(number: int) -> dict[str, Any]:
    """Return what the record came to when it was made."""
    found: dict[str, Any] = json.loads((DATA / f"record-format-{number}.json").read_text(encoding="utf-8"))
    return found


def standings(record: Record) -> list[list[object]]:
    """Return the round's standings, as they are kept."""
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    return [
        [
            s.reference,
            s.status.value,
            s.total_1e2,
            s.place,
            s.tied,
            s.outcome and s.outcome.value,
            s.offer_pence,
        ]
        for s in ranked.standings
    ]


def issued(record: Record) -> list[list[object]]:
    """Return every issued paper's kind, version and SHA-256, as they are kept."""
    kept = record.ask(lambda session: tuple(every_issue(session)))
    return [[one.kind, one.version, one.sha256] for one in kept]


def counted_rows(*names: str) -> Callable[[Session], dict[str, int]]:
    """Return a query for how many rows some tables hold."""
    return lambda session: {
        name: session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names
    }


@each_record
@each_format
def test_a_kept_record_opens_holds_and_comes_to_the_same(
    number: int, key: str | None, tmp_path: Path
) -> None:
    kept = expected(number)
    path = copied(number, key, tmp_path)

    with Record.open(path, OPENER, key=key) as record:
        faults = [check.words for check in verify(record).checks if not check.ok]
        found = (standings(record), issued(record), record.ask(counted_rows(*kept["rows"])))
        head = record.head()

    upgraded = int(number < newest_format())  # a row says that it was brought up to date, and a copy is kept
    rows = {name: many + upgraded * name.startswith("journal") for name, many in kept["rows"].items()}
    was_at, hash_hex = kept["encrypted head" if key else "head"]
    rows |= {name: rows[name] + 1 for name in ("journal", "journal_body") if key}
    assert faults == []
    assert found == (kept["standings"], kept["issued"], rows)
    assert head.seq == was_at + upgraded
    assert upgraded or head.hash_hex == hash_hex
    assert len(backup.copies(path)) == upgraded


@each_record
@each_format
def test_a_kept_record_is_read_as_a_copy_and_stays_as_it_is(
    number: int, key: str | None, tmp_path: Path
) -> None:
    path = copied(number, key, tmp_path)
    before = path.read_bytes()

    with Record.read_copy(path, key=key, folder=tmp_path / "copies") as read:
        assert standings(read) == expected(number)["standings"]

    assert path.read_bytes() == before


@each_record
def test_a_record_of_an_earlier_build_is_refused_at_every_door_and_stays_as_it_is(
    key: str | None, tmp_path: Path
) -> None:
    path = copied(EARLIER, key, tmp_path)
    before = state(tmp_path)
    doors: dict[str, Callable[[], object]] = {
        "opened": lambda: Record.open(path, OPENER, key=key),
        "read as a copy": lambda: Record.read_copy(path, key=key),
        "restored": lambda: restore(path, tmp_path / "new.panel", OPENER, key=key),
        "salvaged": lambda: salvage(path, tmp_path / "new.panel", OPENER, key=key),
    }

    said = {}
    for name, door in doors.items():
        with pytest.raises(Trouble) as refused:
            door()
        said[name] = str(refused.value)

    assert said == dict.fromkeys(doors, SENTENCE)
    assert state(tmp_path) == before


def test_the_command_says_so_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copied(EARLIER, None, tmp_path)

    for line in (["verify", str(path)], ["rank", str(path), "--round", "Autumn"]):
        assert main(line) == 1
        assert SENTENCE in " ".join(capsys.readouterr().err.split())


def test_a_copy_of_an_earlier_build_is_never_the_one_that_is_restored(tmp_path: Path) -> None:
    path = copied(FORMATS[-1], None, tmp_path)
    copies = backup.folder_of(path)
    copies.mkdir()
    (tmp_path / "elsewhere").mkdir()
    copied(EARLIER, None, tmp_path / "elsewhere").rename(copies / "office 2026-10-01 090000Z.panel")

    assert [copy.path.name for copy in backup.copies(path)] == ["office 2026-10-01 090000Z.panel"]
    assert latest_valid_backup(path, None) is None


def test_an_earlier_build_is_known_though_its_number_was_changed_or_is_lost(tmp_path: Path) -> None:
    path = copied(EARLIER, None, tmp_path)
    alter(path, "UPDATE alembic_version SET version_num = ''", "PRAGMA user_version=0")

    with pytest.raises(Trouble, match="its tables are of none that is known"):
        salvage(path, tmp_path / "new.panel", OPENER)
    alter(path, f"PRAGMA user_version={oldest_format()}")
    with pytest.raises(Trouble, match="not as the program makes it"):
        Record.open(path, OPENER)
    assert not (tmp_path / "new.panel").exists()
