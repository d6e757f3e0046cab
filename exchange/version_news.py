"""The newest version, as its makers sign it in a small text file that a person may fetch and open here.

    Grant Panel 0.2.0
    released 2026-12-01
    sha256 0123…cdef grant-panel-0.2.0-setup.exe
    signature Zm9v…

The signature is Ed25519 over all lines before it, each with its new line. The program looks for no such file
by itself: it has no network.
"""

import base64
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

import resources
from models.program import numbers
from models.store.private_files import read_regular
from models.trouble import Trouble
from scoring.written.days import full_day

KEY = "release/key.txt"
"""The makers' public key, in base64; only a program that was built for release has it."""
LARGEST = 20_000
_HEAD = re.compile(r"Grant Panel (\d{1,4}(?:\.\d{1,4}){2})")
_DAY = re.compile(r"released (\d{4}-\d\d-\d\d)")
_SUM = re.compile(r"sha256 ([0-9a-f]{64}) ([\w.+ -]{1,100})")
_SIGNED = re.compile(r"signature ([A-Za-z0-9+/]{86}==)")
_NOT_GENUINE = (
    "was not signed by the makers of Grant Panel, or has been changed since. Do not install what it names."
)


class VersionNews(Struct, frozen=True):
    """A version that was released, and the SHA-256 of each of its files by name."""

    version: str
    released_on: date
    sums: tuple[tuple[str, str], ...]

    def beside(self, own: str) -> str:
        """Say how it stands to the version that runs."""
        day, theirs, ours = full_day(self.released_on), numbers(self.version), numbers(own)
        if theirs == ours:
            return f"This is version {own}, released on {day}: there is no newer one."
        if theirs < ours:
            return f"The file is about version {self.version}, released on {day}. This one, {own}, is newer."
        return (
            f"Version {self.version}, released on {day}, is newer than this one, {own}. Before you install "
            "it, check that the SHA-256 of what you downloaded is the one below."
        )


def makers_key() -> Ed25519PublicKey | None:
    """Return the key by which news of a version is checked; None in a program that was not released."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(resources.text(KEY)))
    except FileNotFoundError:
        return None


def read_news(path: Path, key: Ed25519PublicKey) -> VersionNews:
    """Return what a file tells of a version; `Trouble` where it is not the makers', or no such file."""
    try:
        text = read_regular(path, LARGEST).decode("utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise Trouble(
            f"{path.name} cannot be read ({why}). Choose the file that is about a version."
        ) from error
    *told, last = text.splitlines() or [""]
    signed = _SIGNED.fullmatch(last)
    if signed is None:
        raise Trouble(f"{path.name} is not about a version of Grant Panel: its last line is not a signature.")
    try:
        key.verify(base64.b64decode(signed[1]), _signed_bytes(told))
    except InvalidSignature as error:
        raise Trouble(f"{path.name} {_NOT_GENUINE}") from error
    return _parsed(path.name, told)


def signed_text(news: VersionNews, key: Ed25519PrivateKey) -> str:
    """Return the text of a version's file, signed."""
    told = [f"Grant Panel {news.version}", f"released {news.released_on.isoformat()}"]
    told += [f"sha256 {code} {name}" for name, code in news.sums]
    return "\n".join([*told, f"signature {base64.b64encode(key.sign(_signed_bytes(told))).decode()}"]) + "\n"


def _signed_bytes(told: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in told).encode()


def _parsed(name: str, told: Sequence[str]) -> VersionNews:
    head, day = _HEAD.fullmatch("".join(told[:1])), _DAY.fullmatch("".join(told[1:2]))
    sums = [_SUM.fullmatch(line) for line in told[2:]]
    try:
        if head is None or day is None or None in sums:
            raise ValueError(told)
        found = tuple((one[2], one[1]) for one in sums if one is not None)
        return VersionNews(head[1], date.fromisoformat(day[1]), found)
    except ValueError as error:
        raise Trouble(
            f"{name} is signed, but a later version of Grant Panel wrote it in another form."
        ) from error
