"""Real records of every format that went out: each opens, is brought up to date and comes to the same.

Each was made by the program of its day: two funds, one round of six applications, marks of four members
(two of one name), agreed marks, recommendations and an issued schedule; its standings lie beside it.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from models.copies import backup
from models.journal import canonical
from models.journal.verify import verify
from models.queries.deciding.recommendations import recommendations
from models.queries.papers.issues import issues
from models.queries.set_up.round_rows import round_rows
from models.record import Record
from models.store.record_file import newest_format
from models.values.rows import scored_round
from scoring.rank import rank
from tests.models.conftest import OPENER

DATA = Path(__file__).parent.parent / "data"
FORMATS = (2,)
KEY = "six plain random words in order"

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


@each_record
@each_format
def test_an_older_record_opens_and_comes_to_the_same(number: int, key: str | None, tmp_path: Path) -> None:
    kept = expected(number)
    with Record.open(copied(number, key, tmp_path), OPENER, key=key) as record:
        assert [check.words for check in verify(record).checks if not check.ok] == []
        assert standings(record) == kept["standings"]
        assert len(record.ask(lambda session: recommendations(session, 1))) == 4
        assert [issue.version for issue in record.ask(lambda session: issues(session, 1))] == [1]
        assert record.head().seq == kept["head"][0] + 1  # the row that says it was brought up to date


@each_record
@each_format
def test_a_copy_of_an_older_record_is_kept_as_it_was(number: int, key: str | None, tmp_path: Path) -> None:
    path = copied(number, key, tmp_path)
    Record.open(path, OPENER, key=key).close()

    (copy,) = backup.copies(path)

    assert copy.reason == f"format {newest_format()}"
    with Record.read_copy(copy.path, key=key, folder=tmp_path / "copies") as read:
        assert [read.head().seq, read.head().hash_hex] == expected(number)[
            "encrypted head" if key else "head"
        ]


@each_record
@each_format
def test_an_older_record_can_be_read_as_a_copy_and_stays_as_it_is(
    number: int, key: str | None, tmp_path: Path
) -> None:
    path = copied(number, key, tmp_path)
    before = path.read_bytes()

    with Record.read_copy(path, key=key, folder=tmp_path / "copies") as read:
        assert standings(read) == expected(number)["standings"]

    assert path.read_bytes() == before


@each_format
def test_what_was_issued_reads_as_it_did(number: int, tmp_path: Path) -> None:
    with Record.open(copied(number, None, tmp_path), OPENER) as record:
        (issue,) = record.ask(lambda session: issues(session, 1))

    content = json.loads(issue.content)
    assert canonical.dumps(content) == issue.content
    assert [line[0] for line in content] == [line[0] for line in expected(number)["standings"]]
