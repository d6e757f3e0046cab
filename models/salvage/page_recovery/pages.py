"""The pages of a record's file, each read by itself: plain as they stand, encrypted where their MAC holds.

An encrypted page is SQLCipher 4's: AES-256-CBC, then 16 bytes of IV and an HMAC-SHA512 over both and the
page's number. The salt takes the first 16 bytes of the file; where they are spoilt, one noted beside the
copies may stand in.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from msgspec import Struct

from models.store.sqlite import engine

PAGE = 4096
MAGIC = b"SQLite format 3\0"
SALT = 16
ROUNDS, _MAC_ROUNDS = 256_000, 2
"""How often SQLCipher hashes a passphrase for a key, and that for the key of the MAC."""
_MASK = 0x3A
_IV, _MAC = 16, 64
_TRIED = 24
"""So many pages are looked at before a passphrase is taken to be wrong."""


class Pages(Struct, frozen=True):
    """What could be read of a file: page n at n - 1, None where it is spoilt; `usable` bytes of each."""

    usable: int
    of: tuple[bytes | None, ...]

    def page(self, number: int) -> bytes | None:
        """Return a page, None where it is spoilt or beyond the file's end."""
        return self.of[number - 1] if 1 <= number <= len(self.of) else None


class _Keys(Struct, frozen=True):
    """What a passphrase and a salt make."""

    cipher: bytes
    mac: bytes

    def opened(self, page: bytes, number: int) -> bytes | None:
        """Return an encrypted page in the clear, None where its MAC does not hold."""
        if not self.fits(page, number):
            return None
        start = SALT if number == 1 else 0
        iv = page[-_IV - _MAC : -_MAC]
        turn = Cipher(AES256(self.cipher), CBC(iv)).decryptor()
        clear = turn.update(page[start : -_IV - _MAC]) + turn.finalize()
        return (MAGIC if number == 1 else b"") + clear + bytes(_IV + _MAC)

    def fits(self, page: bytes, number: int) -> bool:
        """Say whether a page was written under these keys and is whole."""
        start = SALT if number == 1 else 0
        said = hmac.new(self.mac, page[start:-_MAC] + number.to_bytes(4, "little"), "sha512").digest()
        return hmac.compare_digest(said, page[-_MAC:])


def plain_pages(path: Path) -> Pages:
    """Return the pages of a file that is not encrypted."""
    content = path.read_bytes()
    return Pages(PAGE, tuple(page if len(page) == PAGE else None for page in _cut(content)))


def encrypted_pages(path: Path, key: str, salts: Iterable[bytes]) -> Pages | None:
    """Return the pages of an encrypted file; None where the passphrase opens none with any salt."""
    content = path.read_bytes()
    for salt in dict.fromkeys((content[:SALT], *salts)):
        keys = _keys(key, salt)
        if _is_of(keys, content):
            found = (keys.opened(page, at) for at, page in enumerate(_cut(content), start=1))
            return Pages(PAGE - _IV - _MAC, tuple(found))
    return None


def opens_a_page(path: Path, key: str, salts: Iterable[bytes]) -> bool:
    """Say whether a passphrase opens any of some pages: it is right then, whatever else is spoilt."""
    content = path.read_bytes()
    return any(_is_of(_keys(key, salt), content) for salt in dict.fromkeys((content[:SALT], *salts)))


def _is_of(keys: _Keys, content: bytes) -> bool:
    """Try pages from all over the file, its first ones among them."""
    pages = len(content) // PAGE
    step = max(1, pages // _TRIED)
    tried = sorted({1, 2, 3, *range(1, pages + 1, step)})
    return any(keys.fits(content[(n - 1) * PAGE : n * PAGE], n) for n in tried if n <= pages)


def _keys(key: str, salt: bytes) -> _Keys:
    cipher = hashlib.pbkdf2_hmac("sha512", engine.clean_key(key).encode(), salt, ROUNDS, 32)
    masked = bytes(byte ^ _MASK for byte in salt)
    return _Keys(cipher, hashlib.pbkdf2_hmac("sha512", cipher, masked, _MAC_ROUNDS, 32))


def _cut(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), PAGE):
        yield content[start : start + PAGE]
