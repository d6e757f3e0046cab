"""Everything that ships has its licence in one file and on a page of the guide."""

import re

import pytest
from packaging.version import Version

import resources
from models.papers.guide import page
from tests.resources.licences import OWN, locked, sections


@pytest.mark.parametrize(("name", "version"), sorted(locked().items()))
def test_every_locked_distribution_has_its_licence_text(name: str, version: str) -> None:
    section = next(found for found in sections() if found.name == name)

    assert Version(section.version) == Version(version)
    assert section.licence
    assert section.texts
    assert f"\n{section.head}\n" in resources.text("licences/licences.txt"), (
        "run python -m tests.resources.licences"
    )


@pytest.mark.parametrize("name", [name for name, *_ in OWN])
def test_what_ships_beside_the_libraries_has_its_licence_too(name: str) -> None:
    assert f"\n{name} (" in resources.text("licences/licences.txt")


def test_every_folder_and_licence_of_foreign_files_is_covered() -> None:
    folders = {file.partition("/")[0] for _, _, _, file in OWN}
    own = {
        "command",
        "forms",
        "help",
        "history",
        "letters",
        "licences",
        "packs",
        "papers",
        "sample",
        "schemes",
        "sentences",
        "server",
        "window",
    }
    there = {one.name for one in resources.path(".").iterdir() if one.is_dir() and one.name != "__pycache__"}

    assert there == folders | own

    folder = resources.path(".")
    files = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix in (".txt", ".md") and any(w in path.name.upper() for w in ("LICEN", "OFL", "NOTICE"))
    }
    own = {file for file in files if file.startswith(("licences/", "help/"))}

    assert files - own == {file for _, _, _, file in OWN if not file.startswith("licences/")}


def test_the_guide_lists_them_all() -> None:
    listed = re.findall(r"^- (.+)", page("licences.md"), re.M)

    assert listed == [section.head for section in sections()]
