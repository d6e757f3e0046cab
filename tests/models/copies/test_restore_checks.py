"""A backup with a fault of any kind is named as it is put back, just as a check of the record names it."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from models.copies.restore import restore
from models.journal.verify import verify_at
from models.record import Record
from models.trouble import Trouble
from tests.models.conftest import OPENER, tamper
from tests.models.operations.deciding_rounds import CHAIR, decided

PAGE = 4096
AT, UID, SUM = "2026-11-03T14:05:00.000000Z", "3ad958c3-ac42-56a7-a7c4-a8032abcd169", "0" * 64
ANOTHER_ROUND = (
    "INSERT INTO rounds (id, uid, fund_id, year_id, name, fund_name, stage, marking, chain, set_up_at) "
    f"SELECT 2, '{UID}', fund_id, year_id, 'Spring', fund_name, 'set up', marking, chain, set_up_at "
    "FROM rounds"
)
FAULTS = {
    "references": (
        "DELETE FROM decided_standings; DELETE FROM decisions",
        "rows that are missing, in: awards",
    ),
    "journal": ("UPDATE journal SET actor = 'Nobody' WHERE seq = 3", "Journal row 3 does not follow row 2"),
    "replay": ("UPDATE sheets SET is_submitted = 0 WHERE id = 2", "Table sheets, id 2, column is_submitted"),
    "values": ("UPDATE rounds SET chain = '[7]'", "Table rounds, id 1, column chain: “[7]” cannot be read."),
    "links": (
        "INSERT INTO organisation_merges (merged_id, into_id, reason, merged_by, merged_at) "
        f"VALUES (1, 2, 'one', 'O', '{AT}'), (2, 1, 'one', 'O', '{AT}')",
        "the row with the merged_id 1 leads back to itself",
    ),
    "marks": ("UPDATE marks SET mark = 9 WHERE sheet_id = 2", "ACF-002 has 9 on A1, above 5."),
    "sheets": (
        f"{ANOTHER_ROUND}; UPDATE members SET round_id = 2 WHERE id = 1",
        "M1 has a sheet for ACF-001, an application of",
    ),
    "areas": (
        f"{ANOTHER_ROUND}; UPDATE areas SET round_id = 2 WHERE id = 1",
        "ACF-001 is of the area Coventry of another",
    ),
    "published": ("UPDATE schemes SET frozen_at = NULL", "but its scheme is not published"),
    "schemes": ("UPDATE criteria SET weight_1e4 = 1 WHERE id = 1", "The round “Autumn”: "),
    "recommended": (
        "UPDATE recommendations SET amount_pence = 999999 WHERE application_id = 1",
        "ACF-001 is recommended £9,999.99, over the £1,000.00 requested.",
    ),
    "bank": (
        "INSERT INTO bank_endings SELECT application_id, '1234', 'O', "
        f"'{AT}', '', NULL, '', '{SUM}' FROM awards",
        "is not the one recorded. Enter its bank details again.",
    ),
    "organisations": ("UPDATE organisation_aliases SET organisation_id = 1", "recorded as one organisation"),
    "issues": (
        "INSERT INTO paper_issues SELECT 1, 1, 'notice', '', '', 1, '{}', "
        f"'{SUM}', '', 1, '{SUM}', 'O', '{AT}'",
        "Version 1 of the notice of decision is not what was issued.",
    ),
    "files": (f"INSERT INTO file_pieces VALUES ('{SUM}', 1, 1, x'00')", "Bytes are kept of no file"),
    "attachments": (
        "INSERT INTO attachments SELECT 1, 'application', uid, 'a.pdf', 'quote', 9, "
        f"'{SUM}', '{SUM}', NULL, 'O', '{AT}', '', NULL, NULL, NULL FROM applications WHERE id = 1",
        "File 1 (Quote or estimate) is not in the record as it was attached.",
    ),
    "returns": (
        "INSERT INTO revisions (hash, round, member, application, slot, number, value, parents, stands, why) "
        f"VALUES ('{SUM}', '{UID}', 'M1', '{UID}', 'mark:A1', 1, '5', '[]', 1, '')",
        "A revision of mark:A1 was changed after it was written.",
    ),
    "keys": (f"INSERT INTO private_keys VALUES ('{SUM}', x'00')", "is not the one that the journal names"),
}


@pytest.fixture(scope="module")
def a_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("decided") / "office.panel"
    with Record.create(path, OPENER) as record:
        decided(record)
    return path


def spoil(path: Path, statements: str) -> None:
    """Change a record past its triggers, rules and references, which are there again afterwards."""
    with closing(dbapi2.connect(path)) as raw:
        triggers = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    free = ("PRAGMA foreign_keys=OFF", "PRAGMA ignore_check_constraints=ON")
    tamper(path, *free, *(f"DROP TRIGGER {name}" for (name,) in triggers), *statements.split("; "))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_each_kind_is_named_as_it_is_put_back(a_round: Path, tmp_path: Path, name: str) -> None:
    backup = Path(shutil.copy(a_round, tmp_path / "backup.panel"))
    statement, words = FAULTS[name]
    spoil(backup, statement)

    restored = restore(backup, tmp_path / "back.panel", OPENER)

    found = {check.name: check.words for check in verify_at(backup, OPENER).checks if not check.ok}
    assert restored.warnings == tuple(found.values())
    assert words in found[name]


def test_each_check_of_a_record_has_such_a_fault_and_another_definition_is_refused(
    a_round: Path, tmp_path: Path
) -> None:
    names = [check.name for check in verify_at(a_round, OPENER).checks]
    assert {*names} == {"file", "definition", "money", "panels", "shared numbers", *FAULTS}, (
        "no amount is a fraction but in another table, and of panels there are notes alone"
    )

    backup = Path(shutil.copy(a_round, tmp_path / "backup.panel"))
    spoil(backup, "CREATE TABLE extra AS SELECT 1.5 AS asked_pence")
    with pytest.raises(Trouble, match="the table “extra” is not the program's"):
        restore(backup, tmp_path / "back.panel", OPENER)


@pytest.mark.parametrize("key", [None, "six plain random words in order"])
def test_a_backup_with_a_spoilt_page_is_refused_as_damaged(
    a_round: Path, tmp_path: Path, key: str | None
) -> None:
    """Its pages are looked at while its journal is done over, of which nothing is told."""
    path = Path(shutil.copy(a_round, tmp_path / "office.panel"))
    if key is not None:
        with Record.open(path, OPENER) as record:
            record.change_key(key, CHAIR)
    content, there = path.read_bytes(), sorted(tmp_path.iterdir())
    for page in range(1, len(content) // PAGE, 9):
        at = page * PAGE
        path.write_bytes(content[:at] + b"\xa5" * PAGE + content[at + PAGE :])
        with pytest.raises(Trouble, match="damaged"):
            restore(path, tmp_path / "back.panel", OPENER, key=key)
        assert sorted(tmp_path.iterdir()) == there
