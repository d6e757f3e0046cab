"""Open a pack or a return of Grant Panel without Grant Panel: `python3 decode_pack.py FILE > body`.

It needs Python 3.11 and the package `cryptography`, and asks for the passphrase. The layout is in FORMAT.md.
The body is JSON; that of a pack with attachments goes on after the end of its line with their bytes.
"""

import getpass
import hashlib
import hmac
import json
import sys
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def pieces(stream: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """Yield the body of a sealed file; an assertion fails where it is not as it should be."""
    before = stream.read(12)
    assert before[:8] in (b"GPACK\0\x01\n", b"GPACK\0\x02\n"), "not a pack of format 1 or 2"
    before += stream.read(int.from_bytes(before[8:], "big"))
    header = json.loads(before[12:])
    assert stream.read(32) == hashlib.sha256(before).digest(), "damaged"
    stretched = Argon2id(
        salt=bytes.fromhex(header["salt"]),
        length=32,
        iterations=header["passes"],
        lanes=header["lanes"],
        memory_cost=header["memory_kib"],
    ).derive(unicodedata.normalize("NFC", passphrase).encode())
    keys = HKDF(algorithm=SHA256(), length=64, salt=None, info=b"gpack-1").derive(stretched)
    mac = stream.read(32)
    assert hmac.compare_digest(mac, hmac.digest(keys[32:], before, "sha256")), "wrong passphrase, or changed"
    start = before + hashlib.sha256(before).digest() + mac
    cipher, nonce = AESGCM(keys[:32]), bytes.fromhex(header["nonce"])
    if before[6] == 1:
        yield cipher.decrypt(nonce, stream.read(), start)
        return
    for number in range(header["pieces"]):
        own = (int.from_bytes(nonce, "big") ^ number).to_bytes(12, "big")
        place = number.to_bytes(4, "big") + header["pieces"].to_bytes(4, "big")
        yield cipher.decrypt(own, stream.read(header["piece"] + 16), start + place)
    assert not stream.read(), "longer than it was"


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as sealed:
        for piece in pieces(sealed, getpass.getpass("Passphrase: ")):
            sys.stdout.buffer.write(piece)
