"""Signatures: only who holds the key could sign, where the passphrase of a pack alone could forge.

Ed25519 (RFC 8032). A short code of a public key is shown to people, who compare it by eye or by telephone.
"""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

RETURN, PACK = b"gp-return-1\0", b"gp-pack-1\0"
"""Bound into what is signed, so that a signature of a return is one of nothing else."""


def new_key() -> bytes:
    """Return a new private key, 32 bytes; it never leaves the file of who made it."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())


def public_half(private: bytes) -> bytes:
    """Return the public half of a private key, 32 bytes."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def signed(private: bytes, body: bytes, label: bytes = RETURN) -> bytes:
    """Return the signature of a body, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(label + body)


def is_signed(public: bytes, signature: bytes, body: bytes, label: bytes = RETURN) -> bool:
    """Whether a signature of a body is by the holder of a key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, label + body)
    except (InvalidSignature, ValueError):
        return False
    return True


def short_code(public: bytes) -> str:
    """Return a key's code as people compare it: three groups of four hex digits of its SHA-256."""
    digits = hashlib.sha256(public).hexdigest()
    return " ".join(digits[i : i + 4] for i in (0, 4, 8))
