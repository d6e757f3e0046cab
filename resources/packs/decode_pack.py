"""Open a pack or a return of Grant Panel without Grant Panel: `python3 decode_pack.py FILE > body.json`.

It needs Python 3.11 and the package `cryptography`, and asks for the passphrase. The layout is in FORMAT.md.
"""

import getpass
import hashlib
import hmac
import json
import sys
import unicodedata

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def opened(content: bytes, passphrase: str) -> bytes:
    """Return the body of a sealed file; an assertion fails where it is not as it should be."""
    assert content[:8] == b"GPACK\0\x01\n", "not a pack of format 1"
    end = 12 + int.from_bytes(content[8:12], "big")
    before, header = content[:end], json.loads(content[12:end])
    assert content[end : end + 32] == hashlib.sha256(before).digest(), "damaged"
    stretched = Argon2id(
        salt=bytes.fromhex(header["salt"]),
        length=32,
        iterations=header["passes"],
        lanes=header["lanes"],
        memory_cost=header["memory_kib"],
    ).derive(unicodedata.normalize("NFC", passphrase).encode())
    keys = HKDF(algorithm=SHA256(), length=64, salt=None, info=b"gpack-1").derive(stretched)
    mac = hmac.digest(keys[32:], before, "sha256")
    assert hmac.compare_digest(content[end + 32 : end + 64], mac), "wrong passphrase, or changed on purpose"
    start = content[: end + 64]
    return AESGCM(keys[:32]).decrypt(bytes.fromhex(header["nonce"]), content[end + 64 :], start)


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as stream:
        sys.stdout.buffer.write(opened(stream.read(), getpass.getpass("Passphrase: ")))
