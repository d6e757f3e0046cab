"""Keys are as strong as the program says, where tests do not ask for light ones."""

import hmac
import json
from contextlib import closing
from hashlib import pbkdf2_hmac
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from exchange import pack_files as sealing
from models.record import Opener, Record
from models.store.sqlite.piece_store import PieceStore
from tests.safety.key_strength import are_light

KEY = "six plain random words in order"


def opens(path: Path, rounds: int) -> bool:
    """Whether the passphrase, hashed so often, opens a record."""
    with closing(dbapi2.connect(str(path))) as raw:
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f"PRAGMA key='{KEY}'")
        raw.execute(f"PRAGMA kdf_iter={rounds}")
        try:
            return bool(raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        except dbapi2.DatabaseError:
            return False


def head_of(sealed: bytes) -> dict[str, object]:
    """Return the head of a sealed file, which anybody may read."""
    start = sealed.index(b"{")
    found: dict[str, object] = json.loads(sealed[start : sealed.index(b"}") + 1])
    return found


def names_a_piece(folder: Path, rounds: int) -> bool:
    """Whether the passphrase, hashed so often, names the pieces beside a copy."""
    made = pbkdf2_hmac("sha512", KEY.encode(), b"pieces" + b"salt", rounds, 64)
    name = PieceStore(folder / "copy.panel", KEY, b"salt").name_of("sum", 1, 2, 3)
    return name == hmac.digest(made[:32], b"sum 1 2 3", "sha256")


@pytest.mark.full_keys
def test_a_record_and_a_pack_are_written_at_full_strength(tmp_path: Path) -> None:
    Record.create(tmp_path / "office.panel", Opener("Ann Sample", "tests"), key=KEY).close()
    head = head_of(sealing.seal("pack", "one", b"body", KEY))

    assert not are_light()
    assert opens(tmp_path / "office.panel", 256_000)
    assert not opens(tmp_path / "office.panel", 1_000)
    assert names_a_piece(tmp_path, 256_000)
    assert (head["kdf"], head["memory_kib"], head["passes"], head["lanes"]) == ("argon2id", 65_536, 3, 4)


def test_other_tests_have_light_keys(tmp_path: Path) -> None:
    Record.create(tmp_path / "office.panel", Opener("Ann Sample", "tests"), key=KEY).close()

    assert are_light()
    assert opens(tmp_path / "office.panel", 1_000)
    assert names_a_piece(tmp_path, 1_000)
    assert head_of(sealing.seal("pack", "one", b"body", KEY))["memory_kib"] == 8_192
