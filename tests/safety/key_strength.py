"""Have passphrases made keys in a moment: at full strength each costs a tenth of a second.

What a key is made of, and by which steps, is as in the program; only how often the steps are repeated is
less. A test of a record or pack that another process makes or opens, or of one that is kept in
`tests/data`, is marked `full_keys`: then all is as it ships.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlcipher3 import dbapi2

from exchange import pack_files as sealing
from models.store.sqlite import piece_store

SHIPPED_PACK, SHIPPED_ROUNDS = sealing.STANDARD, 256_000
"""What packs take, and how often SQLCipher, by default, and the folder of pieces hash a passphrase."""
LIGHT_PACK, LIGHT_ROUNDS = sealing.Stretching(memory_kib=8 * 1024, passes=1, lanes=1), 1_000


def use_light_keys() -> None:
    """Make keys lightly from here on."""
    _use(LIGHT_PACK, LIGHT_ROUNDS)


def are_light() -> bool:
    """Whether keys are made lightly now."""
    with closing(dbapi2.connect(":memory:")) as scratch:
        return int(scratch.execute("PRAGMA cipher_default_kdf_iter").fetchone()[0]) == LIGHT_ROUNDS


@contextmanager
def full_keys() -> Iterator[None]:
    """Make keys as the program ships, for a while."""
    _use(SHIPPED_PACK, SHIPPED_ROUNDS)
    try:
        yield
    finally:
        use_light_keys()


def _use(pack: sealing.Stretching, rounds: int) -> None:
    sealing.STANDARD = pack
    piece_store._ROUNDS = rounds
    with closing(dbapi2.connect(":memory:")) as scratch:
        scratch.execute(f"PRAGMA cipher_default_kdf_iter={rounds}")  # for every connection from here on
