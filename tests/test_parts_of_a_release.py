"""The list of parts of a release: made-up frozen folders, each with one thing that stops it."""

import json
import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.licenses import canonicalize_license_expression

from tests.test_packaging import FOLDER, of

__all__ = ["of"]
ON = date(2026, 12, 1)
KNOWN: Mapping[str, Any] = tomllib.loads((FOLDER / "parts.toml").read_text(encoding="utf-8"))
LINUX = {
    "grant-panel": b"",
    "_internal/base_library.zip": b"",
    "_internal/libpython3.14.so.1.0": b"",
    "_internal/libcrypto.so.3": b"OpenSSL 3.0.19 27 Jan 2026",
    "_internal/psycopg_binary.libs/libcrypto-3a0647ea.so.3": b"\0OpenSSL 3.5.9 29 Sep 2026\0",
    "_internal/cryptography/hazmat/bindings/_rust.abi3.so": b"OpenSSL 4.0.3 29 Sep 2026",
    "_internal/sqlcipher3/_sqlite3.cpython-314-x86_64-linux-gnu.so": b"OpenSSL 3.5.9 29 Sep 2026",
    "_internal/PySide6/Qt/lib/libQt6Core.so.6": b"Qt 6.11.3 (x86_64)",
    "_internal/psycopg_binary.libs/libpq-e9b5c9ac.so.5.18": b"",
    "_internal/libsqlite3.so.0": b"",
    "_internal/pypdfium2_raw/libpdfium.so": b"",
    "_internal/lxml/etree.cpython-314-x86_64-linux-gnu.so": b"",
    "_internal/highspy/libhighs.so.1": b"",
    "_internal/libz.so.1": b"",
    "_internal/docxtpl/template.py": b"",
    "_internal/resources/text.md": b"",
}
WINDOWS = {
    "grant-panel.exe": b"",
    "_internal/base_library.zip": b"",
    "_internal/python314.dll": b"",
    "_internal/_ssl.pyd": b"",
    "_internal/libcrypto-3.dll": b"OpenSSL 3.5.9 29 Sep 2026",
    "_internal/VCRUNTIME140_1.dll": b"",
    "_internal/PySide6/Qt6Core.dll": b"Qt 6.11.3 (x86_64",
    "_internal/psycopg_binary.libs/libpq-0a1b.dll": b"",
    "_internal/sqlite3.dll": b"",
    "_internal/sqlcipher3/_sqlite3.cp314-win_amd64.pyd": b"OpenSSL 3.5.9 29 Sep 2026",
    "_internal/pypdfium2_raw/pdfium.dll": b"",
    "_internal/lxml/etree.cp314-win_amd64.pyd": b"",
    "_internal/highspy/highs.dll": b"",
}
ASKED = {
    **{row["name"]: lambda: "1.2.3" for row in KNOWN["part"] if "pattern" not in row},
    "Python": lambda: "3.14.2",
    "libpq": lambda: "18.1",
    "PyInstaller": lambda: "6.22.3",
}
Listed = Callable[..., list[Any]]


@pytest.fixture
def listed(of: Callable[[str], ModuleType], tmp_path: Path) -> Listed:
    """Make a folder of some files, and return its parts."""
    module = of("parts")

    def made(
        files: Mapping[str, bytes],
        *,
        modules: Collection[str] = (),
        known: Mapping[str, Any] = KNOWN,
        asked: Mapping[str, Callable[[], str]] = ASKED,
        on: date = ON,
        system: str = "debian 12",
    ) -> list[Any]:
        for name, content in files.items():
            path = tmp_path / "folder" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        packages = [
            module.Package(name, "1.0", known["licences"].get(name, "MIT"), frozenset(own), frozenset({name}))
            for name, own in (("docxtpl", ["docxtpl/template.py"]), ("grant-panel", []), ("openpyxl", []))
        ]
        folder = tmp_path / "folder"
        found: list[Any] = module.parts(
            folder, known, packages, modules, asked, on, lambda names: dict.fromkeys(names, "1.2"), system
        )
        return found

    return made


@pytest.mark.parametrize("files", [LINUX, WINDOWS])
def test_each_file_is_of_a_part_that_is_listed(
    listed: Listed, of: Callable[[str], ModuleType], tmp_path: Path, files: Mapping[str, bytes]
) -> None:
    found = listed(files)

    told = of("parts").cyclonedx(tmp_path / "folder", found, "0.1.0", datetime(2026, 12, 1, tzinfo=UTC))
    names = {one["name"] for part in told["components"] for one in part["components"]}
    ours = {name for name in files if "resources/" in name}
    assert names == {name.removeprefix("_internal/") for name in files.keys() - ours}
    assert {row["name"] for row in KNOWN["part"]} <= {part.name for part in found}
    references = [part["bom-ref"] for part in told["components"]]
    assert len({*references}) == len(references)
    assert json.loads(json.dumps(told))["specVersion"] == "1.6"


def test_a_part_is_listed_as_often_as_it_is_there_with_the_version_of_each(listed: Listed) -> None:
    found = [part.version for part in listed(LINUX) if part.name == "OpenSSL"]

    assert sorted(found) == ["3.0.19", "3.5.9", "3.5.9", "4.0.3"]


def test_a_package_in_the_archive_is_listed_without_files(listed: Listed) -> None:
    assert "openpyxl" in {part.name for part in listed(LINUX, modules=["openpyxl.cell"])}
    assert "openpyxl" not in {part.name for part in listed(LINUX)}


OLD_OPENSSL = {"_internal/psycopg_binary.libs/libcrypto-3a0647ea.so.3": b"OpenSSL 3.4.1 1 Feb 2025"}
NEW_OPENSSL = {"_internal/psycopg_binary.libs/libcrypto-3a0647ea.so.3": b"OpenSSL 9.9.1 1 Feb 2035"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"files": {"_internal/libstranger.so": b""}}, "libstranger.so is of no part that is known"),
        (
            {"files": OLD_OPENSSL},
            "OpenSSL 3.4.1 in psycopg_binary.libs/libcrypto-3a0647ea.so.3: it is mended no more",
        ),
        ({"files": NEW_OPENSSL}, "OpenSSL 9.9.1 in .*: parts.toml does not say until when it is mended"),
        ({"modules": ["docxtpl.template"]}, "docxtpl lies in the archive"),
        ({"modules": ["psycopg"]}, "psycopg lies in the archive"),
        ({"on": date(2027, 6, 30)}, "PDFium .*: nobody looked at"),
        ({"on": date(2028, 7, 1)}, "debian 12 is mended no more since 2028-06-30"),
        ({"system": "arch 1"}, "does not say until when arch 1 is mended"),
        ({"asked": {**ASKED, "Python": lambda: "3.11.9"}}, "Python 3.11.9 .* mended no more"),
        ({"asked": {**ASKED, "SQLCipher": lambda: ""}}, "SQLCipher has no version"),
        ({"known": {**KNOWN, "licences": {"docxtpl": ""}}}, "docxtpl 1.0 has no licence"),
    ],
)
def test_a_release_stops(
    listed: Listed, of: Callable[[str], ModuleType], changed: dict[str, Any], reason: str
) -> None:
    files = {**LINUX, **changed.pop("files", {})}

    with pytest.raises(of("parts").Stopped, match=reason):
        listed(files, **changed)


@pytest.mark.parametrize("row", KNOWN["part"], ids=lambda row: row["name"])
def test_a_folder_without_a_part_that_belongs_to_it_is_not_released(
    listed: Listed, of: Callable[[str], ModuleType], row: Mapping[str, Any]
) -> None:
    is_in = of("parts").matches
    files = {
        name: one for name, one in LINUX.items() if not is_in(name.removeprefix("_internal/"), row["files"])
    }

    with pytest.raises(of("parts").Stopped, match=f"{row['name']} is not in the folder"):
        listed(files)


def test_every_licence_is_an_spdx_expression(of: Callable[[str], ModuleType]) -> None:
    packages = of("parts").installed(KNOWN)
    lock = (FOLDER.parent / "requirements.lock").read_text(encoding="utf-8")
    locked = [one for one in packages if f"\n{one.name}==" in f"\n{lock.lower().replace('_', '-')}"]
    said = [*KNOWN["licences"].values(), *KNOWN["system"].values(), *(one.licence for one in locked)]

    assert len(locked) > 30
    assert [one for one in {*said, *(row["licence"] for row in KNOWN["part"])} if not _is_spdx(one)] == []


def _is_spdx(expression: str) -> bool:
    return bool(expression) and bool(canonicalize_license_expression(expression))
