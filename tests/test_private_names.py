"""The private names of other libraries that are used, each with the reason: any other stops the build.

A name that begins with one underscore may go with the next release of its library, without a word.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("cli", "exchange", "gui", "models", "resources", "scoring")
TREES = (*ROOMS, "benchmarks", "tests")
DOCUMENTED = {"_asdict", "_exit", "_field_defaults", "_fields", "_make", "_mapping", "_replace"}
"""Public by their documentation: Python's named tuples and `os._exit`, SQLAlchemy's `Row._mapping`."""
KNOWN = {
    "argparse._SubParsersAction": "what add_subparsers() returns has no public name; for types alone",
    "docx._p, ._tr, ._tbl": "python-docx gives the XML of a paragraph, row or table no public name, and "
    "styles by their code, marks of a head row, rules and a table's name for screen readers are XML alone",
    "openpyxl.worksheet._writer": "a value beside a formula: see exchange/xlsx/formula_values.py",
    "reportlab._cellvalues": "how many rows of a table that was split over pages are on this one",
    "reportlab._content": "what stands in a KeepTogether, to be put into another",
    "reportlab._doc, ._timeStamp": "the one day on which a paper was made, for the same bytes each time, and "
    "the tags of its structure",
    "reportlab._startPage": "pages that wait until their number is known: reportlab's own recipe",
    "sqlcipher3._sqlite3": "the library's file, whose functions for the disk the table of safety watches",
}
"""Library and names, and why there is no public way to what is needed."""


@cache
def modules() -> dict[str, ast.Module]:
    """Return the code of product, benchmarks and tests by the file's path."""
    files = sorted(path for tree in TREES for path in (ROOT / tree).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in files}


def is_private(name: str) -> bool:
    """Whether a name is private by its form: one underscore before it."""
    return name.startswith("_") and name.strip("_") != "" and not name.startswith("__")


def made(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module makes: functions, classes, variables, attributes of its objects."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                if isinstance(node, ast.Name) or _is_own(node):
                    yield name


def foreign(tree: ast.Module, own: set[str], anywhere: set[str]) -> Iterator[tuple[int, str]]:
    """Yield line and name of each private name that is not ours.

    On `self` it may come from a class in any of our modules; on anything else it is made in this one.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if is_private(name):
                if name not in (anywhere if _is_own(node) else own):
                    yield node.lineno, name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                source = getattr(node, "module", None) or ""
                spelled = [f"{source}.{each.name}".strip(".") for each in names]
                for name in (one for one in spelled if one.split(".")[0] not in TREES):
                    if any(map(is_private, name.split("."))):
                        yield node.lineno, next(filter(is_private, name.split(".")))


def _is_own(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("self", "cls")
    )


def listed() -> set[str]:
    """Return the private names of the list."""
    return {part.rpartition(".")[2] for names in KNOWN for part in names.split(", ")} | DOCUMENTED


def used() -> dict[str, list[str]]:
    """Return where each private name of another library stands; benchmarks and tests may look into ours."""
    made_by = {path: set(made(tree)) for path, tree in modules().items()}
    anywhere = set().union(*made_by.values())
    found: dict[str, list[str]] = {}
    for path, tree in modules().items():
        own = made_by[path] if path.split("/")[0] in ROOMS else anywhere
        for line, name in foreign(tree, own, anywhere):
            found.setdefault(name, []).append(f"{path}:{line}")
    return found


def test_no_private_name_of_a_library_is_used_without_a_reason() -> None:
    assert {name: places for name, places in used().items() if name not in listed()} == {}


def test_no_reason_outlives_its_name() -> None:
    assert listed() - used().keys() == set()


def test_a_private_name_is_found_in_every_form() -> None:
    tree = ast.parse(
        "from lib._inner import One\nfrom lib import _two\nimport lib._three\n"
        "sheet._writer = 1\nself._doc\nself._own\nsheet.__len__()\nfrom models._x import y\n"
    )

    assert [name for _, name in foreign(tree, set(), {"_own"})] == [
        "_inner", "_two", "_three", "_writer", "_doc",
    ]  # fmt: skip
