"""The list of parts of a frozen folder, in the form of CycloneDX 1.6, read from the folder itself.

Each file is of a package of Python, of Python itself, of a library that `parts.toml` names, or of the system
that the folder was frozen on. What is of none of them stops a release, and so does a part without a version
or a licence, one that its makers no longer mend, and an LGPL package inside the program's archive.
"""

from __future__ import annotations

import fnmatch
import hashlib
import platform
import re
import sqlite3
import subprocess
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import Distribution, distributions, packages_distributions, version
from pathlib import Path
from typing import Any, NamedTuple

KNOWN = Path(__file__).with_name("parts.toml")
HOLDS_DAYS = 180
"""How long it holds that somebody looked at the news of makers who name no days of support."""
BESIDE_THE_PROGRAM = ("docxtpl", "psycopg")
"""LGPL packages, which whoever has the program must be able to replace: files, never in the archive."""
OURS = "grant-panel"
PROGRAMS = ("grant-panel", "grant-panel-reader", "grant-panel-window")
INSIDE = "_internal"
BOOTLOADER = "GPL-2.0-or-later WITH Bootloader-exception"


class Stopped(ValueError):
    """A folder that is not released; `str()` has every reason, a line each."""


class Part(NamedTuple):
    """One part by name, version and licence (SPDX), with the files of the folder that it is in."""

    name: str
    version: str
    licence: str
    files: tuple[str, ...]
    kind: str = "generic"

    @property
    def address(self) -> str:
        """Return its package URL, with the file where a folder has several of one name."""
        return f"pkg:{self.kind}/{self.name.lower().replace(' ', '-')}@{self.version}"


class Package(NamedTuple):
    """A package of Python that is installed where the folder was frozen."""

    name: str
    version: str
    licence: str
    files: frozenset[str]
    modules: frozenset[str]


def installed(known: Mapping[str, Any]) -> list[Package]:
    """Return all packages of the environment that a folder was frozen from."""
    brings: dict[str, set[str]] = {}
    for module, names in packages_distributions().items():
        for name in names:
            brings.setdefault(plain(name), set()).add(module)
    return [_package(one, known, brings) for one in distributions()]


def _package(one: Distribution, known: Mapping[str, Any], brings: Mapping[str, set[str]]) -> Package:
    name = plain(one.metadata["Name"])
    licence = known["licences"].get(name) or one.metadata.get("License-Expression") or ""
    files = frozenset(file.as_posix() for file in one.files or ())
    return Package(name, one.version, licence, files, frozenset(brings.get(name, ())))


def plain(name: str) -> str:
    """Return the name of a package as all its spellings have it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def archived(folder: Path) -> frozenset[str]:
    """Return the modules that lie in the programs' archives."""
    from PyInstaller.archive.readers import CArchiveReader

    found: set[str] = set()
    for program in PROGRAMS:
        path = next(one for one in (folder / program, folder / f"{program}.exe") if one.is_file())
        reader = CArchiveReader(str(path))
        for name in reader.toc:
            if name.upper().startswith("PYZ"):
                found |= {*reader.open_embedded_archive(name).toc}
    return frozenset(found)


def files_of(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by their names inside it; links are left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            found[path.relative_to(folder).as_posix().removeprefix(f"{INSIDE}/")] = path
    return found


def matches(name: str, globs: Iterable[str]) -> bool:
    """Return whether a file is one of those that globs name."""
    return any(fnmatch.fnmatchcase(name, one) for one in globs)


def asked_versions() -> dict[str, Callable[[], str]]:
    """Return how each library is asked which version it is, by the part."""
    return {
        "Python": platform.python_version,
        "libpq": _libpq,
        "SQLCipher": lambda: _cipher("PRAGMA cipher_version").split()[0],
        "SQLite in SQLCipher": lambda: _cipher("SELECT sqlite_version()"),
        "SQLite": lambda: sqlite3.sqlite_version,
        "PDFium": _pdfium,
        "libxml2": lambda: _lxml("LIBXML_VERSION"),
        "libxslt": lambda: _lxml("LIBXSLT_VERSION"),
        "HiGHS": lambda: version("highspy"),
        "PyInstaller": lambda: version("pyinstaller"),
    }


def _libpq() -> str:
    from psycopg import pq

    major, minor = divmod(pq.version(), 10_000)
    return f"{major}.{minor}"


def _cipher(query: str) -> str:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    try:
        return str(connection.execute(query).fetchone()[0])
    finally:
        connection.close()


def _pdfium() -> str:
    from pypdfium2 import PDFIUM_INFO

    return str(PDFIUM_INFO.version)


def _lxml(which: str) -> str:
    from lxml import etree

    return ".".join(map(str, getattr(etree, which)))


def system_versions(names: Collection[str]) -> dict[str, str]:
    """Return the versions of the system's own libraries, by file, where the system can tell."""
    try:
        found = subprocess.run(
            ["dpkg-query", "-S", *(f"*/{one}" for one in names)], capture_output=True, text=True
        )
        shown = ["dpkg-query", "-W", "-f", "${Package} ${Version}\n"]
        told = subprocess.run(shown, capture_output=True, text=True)
    except OSError:  # of another system: Windows and macOS have these from the compiler's makers
        return dict.fromkeys(names, platform.version())
    versions = dict(line.split(" ", 1) for line in told.stdout.splitlines())
    owners = {}
    for line in found.stdout.splitlines():
        package, _, path = line.partition(": ")
        owners[Path(path).name] = package.split(",")[0].partition(":")[0]
    return {name: versions[owners[name]] for name in names if owners.get(name) in versions}


def system_name() -> str:
    """Return the Linux that this runs on, such as "debian 12"; "" on Windows and macOS."""
    try:
        told = platform.freedesktop_os_release()
    except OSError:  # Windows, macOS
        return ""
    return f"{told['ID']} {told.get('VERSION_ID', '')}"


def parts(
    folder: Path,
    known: Mapping[str, Any],
    packages: Collection[Package],
    modules: Collection[str],
    asked: Mapping[str, Callable[[], str]],
    on: date,
    of_system: Callable[[Collection[str]], Mapping[str, str]],
    system: str,
) -> list[Part]:
    """Return the parts of a folder in order of their names; `Stopped` with all that is amiss.

    `system` is the Linux that it was frozen on, such as "debian 12", "" elsewhere.
    """
    files = files_of(folder)
    found = [*_packages(files, packages, modules), *_libraries(files, known, asked)]
    of_python = tuple(name for name in files if matches(name, known["python"]["files"]))
    programs = tuple(name for name in files if name.removesuffix(".exe") in PROGRAMS)
    found.append(Part("Python's own files", asked["Python"](), "PSF-2.0", of_python))
    found.append(Part("PyInstaller bootloader", asked["PyInstaller"](), BOOTLOADER, programs))
    found += _of_system(files, known, _taken(files, found), of_system)
    refused = [
        *(f"{name} is of no part that is known" for name in sorted(files.keys() - _taken(files, found))),
        *_amiss(found, known),
        *_unsupported(found, known, on, system),
        *_archived_lgpl(modules),
    ]
    if refused:
        raise Stopped("\n".join(refused))
    return sorted(found, key=lambda part: (part.name.lower(), part.files))


def _taken(files: Mapping[str, Path], found: Iterable[Part]) -> set[str]:
    ours = {name for name in files if name.startswith(("resources/", "models/"))}
    return ours.union(*(part.files for part in found))


def _packages(
    files: Mapping[str, Path], packages: Collection[Package], modules: Collection[str]
) -> Iterator[Part]:
    top = {module.partition(".")[0] for module in modules}
    for package in packages:
        own = tuple(sorted(files.keys() & package.files))
        if own or top & package.modules or package.name == OURS:
            yield Part(package.name, package.version, package.licence, own, "pypi")


def _libraries(
    files: Mapping[str, Path], known: Mapping[str, Any], asked: Mapping[str, Callable[[], str]]
) -> Iterator[Part]:
    """Yield each library with each file that has it: OpenSSL is there several times, in own versions."""
    for row in known["part"]:
        for name, path in files.items():
            if not matches(name, row["files"]):
                continue
            if "pattern" not in row:
                yield Part(row["name"], asked[row["name"]](), row["licence"], (name,))
            elif told := re.search(row["pattern"].encode(), path.read_bytes()):
                yield Part(row["name"], told[1].decode(), row["licence"], (name,))


def _of_system(
    files: Mapping[str, Path],
    known: Mapping[str, Any],
    taken: Collection[str],
    of_system: Callable[[Collection[str]], Mapping[str, str]],
) -> Iterator[Part]:
    licences = {}
    for name in files.keys() - taken:
        said = (licence for glob, licence in known["system"].items() if fnmatch.fnmatchcase(name, glob))
        licences.update((name, licence) for licence in said)
    versions = of_system(licences) if licences else {}
    for name, licence in licences.items():
        yield Part(name, versions.get(name, ""), licence, (name,))


def _amiss(found: Collection[Part], known: Mapping[str, Any]) -> Iterator[str]:
    names = {part.name for part in found}
    yield from (f"{row['name']} is not in the folder" for row in known["part"] if row["name"] not in names)
    yield from (f"{part.name} has no version" for part in found if not part.version)
    yield from (f"{part.name} {part.version} has no licence" for part in found if not part.licence)


def _old_system(
    of_system: Collection[Part], systems: Mapping[str, date], system: str, on: date
) -> Iterator[str]:
    """Yield why what the makers of a system mend in it, and not those of the library, is not released."""
    until = systems.get(system)
    told = ", ".join(f"{part.name} {part.version}" for part in of_system)
    if of_system and until is None:
        yield f"{told}: parts.toml does not say until when {system or 'this system'} is mended"
    elif until is not None and on > until:
        yield f"{told}: {system} is mended no more since {until}"


def _unsupported(found: Collection[Part], known: Mapping[str, Any], on: date, system: str) -> Iterator[str]:
    rows = {row["name"]: row for row in known["part"]}
    of_system = [
        part
        for part in found
        if part.files and all(matches(name, known["mended_by_system"]) for name in part.files)
    ]
    yield from _old_system(of_system, known["systems"], system, on)
    for part in (one for one in found if one not in of_system):
        row = rows.get(part.name, {})
        told = f"{part.name} {part.version} in {', '.join(part.files)}"
        if "looked_at" in row and on > row["looked_at"] + timedelta(days=HOLDS_DAYS):
            yield f"{told}: nobody looked at {row['source']} since {row['looked_at']}"
        if "support" not in row:
            continue
        ends = [
            until for series, until in row["support"].items() if f"{part.version}.".startswith(f"{series}.")
        ]
        if not ends:
            yield f"{told}: parts.toml does not say until when it is mended ({row['source']})"
        elif on > ends[0]:
            yield f"{told}: it is mended no more since {ends[0]} ({row['source']})"


def _archived_lgpl(modules: Collection[str]) -> Iterator[str]:
    top = {module.partition(".")[0] for module in modules}
    yield from (
        f"{name} lies in the archive, not beside the program" for name in BESIDE_THE_PROGRAM if name in top
    )


def cyclonedx(folder: Path, found: Collection[Part], product: str, at: datetime) -> dict[str, object]:
    """Return the parts of a folder as CycloneDX 1.6, with the sum of each file."""
    files = files_of(folder)
    components = [_component(number, part, files) for number, part in enumerate(found)]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {"type": "application", "name": OURS, "version": product, "bom-ref": OURS},
        },
        "components": components,
        "dependencies": [{"ref": OURS, "dependsOn": [one["bom-ref"] for one in components]}],
    }


def _component(number: int, part: Part, files: Mapping[str, Path]) -> dict[str, object]:
    inside = [
        {
            "type": "file",
            "name": name,
            "bom-ref": f"{number}:{name}",
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(files[name].read_bytes()).hexdigest()}],
        }
        for name in part.files
    ]
    return {
        "type": "library",
        "name": part.name,
        "version": part.version,
        "bom-ref": f"{number}:{part.address}",
        "purl": part.address,
        "licenses": [{"expression": part.licence}],
        "components": inside,
    }


def described(folder: Path, product: str, at: datetime) -> dict[str, object]:
    """Return the list of parts of a folder that was frozen from this environment."""
    known = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    found = parts(
        folder,
        known,
        installed(known),
        archived(folder),
        asked_versions(),
        at.date(),
        system_versions,
        system_name(),
    )
    return cyclonedx(folder, found, product, at)
