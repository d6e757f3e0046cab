"""The tree itself: how much a folder holds, and that each says what belongs in it and what does not."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.sources import walked

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("gui", "models", "exchange", "cli", "scoring")
DOORS_AT_MOST = 10
"""Files at the root of a room: its public doors, which everybody may come in by."""
FILES_AT_MOST = 25
"""Files in any other folder: where there would be more, a subject is hiding."""
SUBJECTS = {"set_up", "applications", "panel", "deciding", "awards", "papers", "packs", "retention"}
"""The eight words: who knows one of the four trees knows all."""
NUMBERED = ROOT / "models" / "migrations" / "versions"
"""One file for each change of the tables, in order: its number grows with time."""


CEILINGS = {
    "scoring": (5_744, 82_249, 49),
    "models": (42_200, 582_727, 339),
    "exchange": (21_652, 305_329, 151),
    "cli": (5_246, 71_542, 40),
    "gui": (35_259, 452_936, 260),
}
"""Statements without docstrings, nodes of the syntax tree and files that a room may have. They only fall:
whoever ends a step lowers them; nobody raises one without a capability that pays for it. They are those of
Python 3.12, which parts a text with values in it into a node or two more than the others."""


def modules(rooms: Iterable[str] = ROOMS) -> list[Path]:
    """Return all files of the product's code."""
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def test_no_folder_holds_more_than_one_can_see() -> None:
    held = Counter(path.parent for path in modules((*ROOMS, "benchmarks", "packaging", "tests")))
    held.pop(NUMBERED, None)

    assert {f"{room}/": held[ROOT / room] for room in ROOMS if held[ROOT / room] > DOORS_AT_MOST} == {}
    assert {
        str(folder.relative_to(ROOT)): many for folder, many in held.items() if many > FILES_AT_MOST
    } == {}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_grows_over_no_ceiling_and_its_functions_of_several_statements_say_what_they_return(
    room: str,
) -> None:
    """Of one statement its name says it; an operation's methods are known by what it is."""
    size, silent = Counter[str](), list[str]()
    for path in modules([room]):
        nodes = walked(ast.parse(path.read_text("utf-8")))
        statements = [node for node in nodes if isinstance(node, ast.stmt) and not _is_text(node)]
        size += Counter(statements=len(statements), nodes=len(nodes), files=1)
        if NUMBERED not in path.parents and ROOT / "models" / "operations" not in path.parents:
            silent += [f"{path.relative_to(ROOT)}: {name}" for name in _silent(nodes)]

    found = size["statements"], size["nodes"], size["files"]
    assert all(map(int.__le__, found, CEILINGS[room])), f"{room} has {found}, and may have {CEILINGS[room]}"
    assert silent == []


def _silent(nodes: list[ast.AST]) -> Iterator[str]:
    """Yield the names of a module's functions that say nothing of what they do."""
    for parent in nodes:
        if isinstance(parent, ast.Module | ast.ClassDef) and not getattr(parent, "name", "").startswith("_"):
            for node in parent.body:
                is_open = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
                if is_open and len(node.body) > 1 and not ast.get_docstring(node) and not _sets(node):
                    yield node.name


def _is_text(node: ast.stmt) -> bool:
    """Whether a statement is a docstring, or what is written under a constant."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@pytest.mark.parametrize("tree", ["models/operations", "models/queries"])
def test_the_eight_words_name_the_same_subjects(tree: str) -> None:
    folders = {path.name for path in (ROOT / tree).iterdir() if (path / "__init__.py").exists()}

    assert folders - {"rows", "permissions"} <= SUBJECTS
    assert len(folders & SUBJECTS) >= 6


def test_every_folder_says_what_belongs_there_and_what_does_not() -> None:
    silent = []
    for folder in sorted({path.parent for path in modules()} - {NUMBERED}):
        said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
        if len(said) < 20 or "oes not belong here" not in " ".join(said.split()):
            silent.append(str(folder.relative_to(ROOT)))

    assert silent == []


def _sets(function: ast.FunctionDef) -> bool:
    """Whether it sets a property, which is told where it is read."""
    return any(isinstance(each, ast.Attribute) and each.attr == "setter" for each in function.decorator_list)


def test_the_tests_mirror_the_rooms() -> None:
    """A folder of tests lies where what it tests lies, in the same words."""
    strays = [
        str(folder.relative_to(ROOT))
        for room in ROOMS
        for folder in sorted((ROOT / "tests" / room).rglob("*"))
        if (folder / "__init__.py").exists() and not (ROOT / folder.relative_to(ROOT / "tests")).is_dir()
    ]

    assert strays == []


def test_the_root_of_a_rooms_tests_holds_those_of_the_whole_room() -> None:
    """What tests one folder lies in the folder of its name."""
    held = {room: len(list((ROOT / "tests" / room).glob("test_*.py"))) for room in ROOMS}

    assert {room: many for room, many in held.items() if many > DOORS_AT_MOST} == {}


def test_what_newcomers_are_sent_to_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    told = text.partition("## Five changes")[0] + text.partition("## Where to look")[2].partition("## ")[0]
    named = [name for name in re.findall(r"`([^`]+)`", told) if "." in Path(name).name and "/" in name]

    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_a_newcomer_reads_little() -> None:
    words = {name: len((ROOT / name).read_text("utf-8").split()) for name in ("README.md", "CHANGELOG.md")}

    assert words["README.md"] <= 1_200
    assert words["CHANGELOG.md"] <= 500


def test_the_changelog_says_each_thing_once() -> None:
    """Lines of several branches meet there: none comes twice, nor with another end."""
    lines = [line.split() for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()]
    beginnings = Counter(" ".join(words[1:9]) for words in lines if words[:1] == ["-"])

    assert len(beginnings) > 10
    assert [words for words, times in beginnings.items() if times > 1] == []
