"""What goes out beside the programs: list of parts, sums, notes, and the signed news of the version.

    python packaging/release.py version
    python packaging/release.py parts > grant-panel-1.2.3.cdx.json
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
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).resolve().parent.parent
SIGNING_KEY = "RELEASE_SIGNING_KEY"
LOCKED = re.compile(
    r"^([A-Za-z0-9_.-]+)==([^ \\;]+)(?: ; [^\\\n]+)? \\\n((?:    --hash=sha256:.+\n?)+)", re.MULTILINE
)
HASH = re.compile(r"sha256:([0-9a-f]{64})")
UNDECLARED = {"sqlcipher3": "Zlib AND BSD-3-Clause AND blessing AND Apache-2.0"}
"""What a package says in files alone: its own, SQLCipher's, SQLite's and OpenSSL's."""
MOST_LETTERS = 125_000
"""As many letters as the notes of a release on GitHub may have; more are refused, release and all."""
BESIDE = (("python", "PSF-2.0"), ("pyinstaller bootloader", "GPL-2.0-or-later WITH Bootloader-exception"))
"""What a frozen program holds that no lock of it names."""


def version() -> str:
    """Return the version from its one place."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(found["project"]["version"])


def parts(lock: str, at: datetime) -> dict[str, object]:
    """Return the list of parts in the form of CycloneDX 1.6: all that the lock names, with its sums."""
    components = [*_locked(lock), *_beside()]
    product = {"type": "application", "name": "grant-panel", "version": version(), "bom-ref": "grant-panel"}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "component": product},
        "components": components,
        "dependencies": [{"ref": "grant-panel", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def _locked(lock: str) -> Iterator[dict[str, object]]:
    for name, of, hashes in LOCKED.findall(lock):
        at = f"pkg:pypi/{name.lower().replace('_', '-')}@{of}"
        found: dict[str, object] = {"type": "library", "name": name, "version": of, "purl": at, "bom-ref": at}
        licence = _licence(name)
        if licence:
            found["licenses"] = [{"license": {"name": licence}}]
        sums = sorted(HASH.findall(hashes))
        found["externalReferences"] = [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{name}/{of}/",
                "hashes": [{"alg": "SHA-256", "content": one} for one in sums],
            }
        ]
        yield found


def _licence(name: str) -> str:
    try:
        metadata = distribution(name).metadata
    except PackageNotFoundError:  # of another system
        return ""
    said = metadata.get("License-Expression") or metadata.get("License") or ""
    return " ".join(said.split())[:200] or UNDECLARED.get(name, "")


def _beside() -> Iterator[dict[str, object]]:
    for name, licence in BESIDE:
        yield {
            "type": "library",
            "name": name,
            "version": ".".join(map(str, sys.version_info[:3])) if name == "python" else _bootloader(),
            "bom-ref": name.replace(" ", "-"),
            "licenses": [{"license": {"name": licence}}],
        }


def _bootloader() -> str:
    lock = (ROOT / "requirements-package.lock").read_text(encoding="utf-8")
    return next(str(of) for name, of, _ in LOCKED.findall(lock) if name == "pyinstaller")


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
        return (
            json.dumps(parts((ROOT / "requirements.lock").read_text(encoding="utf-8"), now), indent=2) + "\n"
        )
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
    parser.add_argument("words", nargs="*", help="a tag, or files")
    options = parser.parse_args(given)
    try:
        sys.stdout.write(answer(options.what, options.words, datetime.now(UTC)))
    except (KeyError, OSError, ValueError) as no:
        print(f"Not released: {no}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
