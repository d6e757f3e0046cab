"""What goes out beside the programs: list of parts, sums, notes, and the signed news of the version.

    python packaging/release.py version
    python packaging/release.py parts dist/grant-panel > grant-panel-1.2.3-linux.cdx.json
    python packaging/release.py sums dist/*.exe > SHA256SUMS
    python packaging/release.py notes > notes.md
    python packaging/release.py news dist/*.exe > grant-panel-newest.txt    (with RELEASE_SIGNING_KEY)
    python packaging/release.py new-key                                     (once, by whoever releases)

The version is the one in `pyproject.toml`; `check TAG` refuses a tag of another name.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import sys
import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from parts import described

ROOT = Path(__file__).resolve().parent.parent
SIGNING_KEY = "RELEASE_SIGNING_KEY"
MOST_LETTERS = 125_000
"""As many letters as the notes of a release on GitHub may have; more are refused, release and all."""


def version() -> str:
    """Return the version from its one place."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(found["project"]["version"])


def sums(files: Sequence[Path]) -> list[tuple[str, str]]:
    """Return each file's name and SHA-256, by name."""
    found = []
    for path in sorted(files, key=lambda one: one.name):
        with path.open("rb") as file:
            found.append((path.name, hashlib.file_digest(file, "sha256").hexdigest()))
    return found


def notes(changes: str, of: str) -> str:
    """Return what the list of changes says of a version; `ValueError` where it says nothing, or too much."""
    for part in re.split(r"^## ", changes, flags=re.MULTILINE)[1:]:
        head, _, rest = part.partition("\n")
        if head.split(",")[0].strip() == of:
            told = f"# Grant Panel {of}\n\n{rest.strip()}\n"
            if len(told) > MOST_LETTERS:
                raise ValueError(
                    f"CHANGELOG.md says more of {of} than the {MOST_LETTERS:,} letters of a release"
                )
            return told
    raise ValueError(f"CHANGELOG.md says nothing of {of}")


def news(files: Sequence[Path], key: str, on: date) -> str:
    """Return the signed text by which the program knows of this version."""
    from exchange.version_news import VersionNews, signed_text

    signer = Ed25519PrivateKey.from_private_bytes(base64.b64decode(key))
    return signed_text(VersionNews(version(), on, tuple(sums(files))), signer)


def new_key() -> str:
    """Return a new pair: the secret half for the safe, the public half for every build."""
    key = Ed25519PrivateKey.generate()
    secret, public = key.private_bytes_raw(), key.public_key().public_bytes_raw()
    halves = ((SIGNING_KEY, secret), ("RELEASE_PUBLIC_KEY", public))
    return "".join(f"{name}={base64.b64encode(half).decode()}\n" for name, half in halves)


def answer(what: str, words: Sequence[str], now: datetime) -> str:
    """Return what is asked for as text."""
    files = [Path(word) for word in words]
    if what == "version":
        return f"{version()}\n"
    if what == "parts":
        return json.dumps(described(*files, version(), now), indent=2) + "\n"
    if what == "sums":
        return "".join(f"{code}  {name}\n" for name, code in sums(files))
    if what == "notes":
        return notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version())
    if what == "news":
        return news(files, os.environ[SIGNING_KEY], now.date())
    if what == "new-key":
        return new_key()
    if list(words) != [f"v{version()}"]:
        raise ValueError(f"the tag is {' '.join(words)}, and the version {version()}")
    return ""


def main(given: Sequence[str] | None = None) -> int:
    """Print what is asked for; return the exit status."""
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("version", "check", "parts", "sums", "notes", "news", "new-key"))
    parser.add_argument("words", nargs="*", help="a tag, a frozen folder, or files")
    options = parser.parse_args(given)
    try:
        sys.stdout.write(answer(options.what, options.words, datetime.now(UTC)))
    except (KeyError, OSError, ValueError) as no:
        print(f"Not released: {no}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
