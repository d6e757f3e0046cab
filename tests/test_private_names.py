"""The private names of other libraries that are used, each with the reason: any other stops the build.

A name that begins with one underscore may go with the next release of its library, without a word.
"""

import ast
import re
from functools import cache
from typing import NamedTuple

from tests.sources import ROOMS, texts

TREES = (*ROOMS, "benchmarks", "tests")
DOCUMENTED = {"_asdict", "_exit", "_field_defaults", "_fields", "_make", "_mapping", "_replace"}
"""Public by their documentation: Python's named tuples and `os._exit`, SQLAlchemy's `Row._mapping`."""
KNOWN = {
    "argparse._SubParsersAction": "what add_subparsers() returns has no public name; for types alone",
    "docx._p, ._tr, ._tbl": "python-docx gives the XML of a paragraph, row or table no public name, and "
    "styles by their code, marks of a head row, rules and a table's name for screen readers are XML alone",
    "hypothesis._get_local_constants": "no setting keeps the constants of all loaded modules out of examples",
    "openpyxl.worksheet._writer": "a value beside a formula: see exchange/xlsx/xlsx_cells.py",
    "reportlab._cellvalues": "how many rows of a table that was split over pages are on this one",
    "reportlab._content": "what stands in a KeepTogether, to be put into another",
    "reportlab._doc, ._timeStamp": "the one day on which a paper was made, for the same bytes each time, and "
    "the tags of its structure",
    "reportlab._rowHeights": "how high the first rows of a table are, which a page must have room for",
    "reportlab._y": "how far down a page is used: a frame says so by no public name",
    "sqlalchemy._order_by_clauses": "a compiler says where NULLs come in an order by no public name",
    "reportlab._startPage": "pages that wait until their number is known: reportlab's own recipe",
    "sqlcipher3._sqlite3": "the library's file, whose functions for the disk the table of safety watches",
}
"""Library and names, and why there is no public way to what is needed."""


def is_private(name: str) -> bool:
    """Whether a name is private by its form: one underscore before it."""
    return name.startswith("_") and name.strip("_") != "" and not name.startswith("__")


class Names(NamedTuple):
    """The private names in a module: those that it makes, and those that it uses."""

    made: set[str]
    on_itself: list[tuple[int, str]]
    on_others: list[tuple[int, str]]
    imported: list[tuple[int, str]]


def names_in(tree: ast.Module) -> Names:
    """Return the private names of a module; what it makes are functions, classes, variables, attributes."""
    found = Names(set(), [], [], [])
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if is_private(name):
                (found.on_itself if _is_own(node) else found.on_others).append((node.lineno, name))
                if isinstance(node.ctx, ast.Store) and _is_own(node):
                    found.made.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.made.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                found.made.add(name)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                source = getattr(node, "module", None) or ""
                spelled = [f"{source}.{each.name}".strip(".") for each in names]
                for name in (one for one in spelled if one.split(".")[0] not in TREES):
                    if any(map(is_private, name.split("."))):
                        found.imported.append((node.lineno, next(filter(is_private, name.split(".")))))
    return found


def foreign(names: Names, own: set[str], anywhere: set[str]) -> list[tuple[int, str]]:
    """Return line and name of each private name that is not ours, in the order of lines.

    On `self` it may come from a class in any of our modules; on anything else it is made in this one.
    """
    found = [(line, name) for line, name in names.on_itself if name not in anywhere]
    found += [(line, name) for line, name in names.on_others if name not in own]
    return sorted([*found, *names.imported])


def _is_own(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("self", "cls")
    )


def listed() -> set[str]:
    """Return the private names of the list."""
    return {part.rpartition(".")[2] for names in KNOWN for part in names.split(", ")} | DOCUMENTED


_BOUND = re.compile(r"^ *([\w., ]+)(?:: [^=\n]+)? = |(?:def|class) (_\w+)", re.MULTILINE)
_OWN = re.compile(r"(?:\b(?:self|cls)\.|(?<![\w.]))(_\w+)")
_USED = re.compile(r"(?:\.|^(?:from|import) .*\b)(_[^\W_]\w*)", re.MULTILINE)
"""What the lines of a module make and use: only one in fourteen uses more than it makes, and is parsed."""


@cache
def told() -> dict[str, str]:
    """Return of every module the lines in which a name begins with an underscore: one in seven."""
    private = re.compile(r"\b_")
    return {
        path: "\n".join(line for line in text.splitlines() if "_" in line and private.search(line))
        for path, text in texts(*TREES).items()
    }


def made_in(text: str) -> set[str]:
    """Return the private names that the lines of a module make."""
    return {name for left, named in _BOUND.findall(text) for name in [*_OWN.findall(left), named] if name}


@cache
def used() -> dict[str, list[str]]:
    """Return where each private name of another library stands; benchmarks and tests may look into ours."""
    made = {path: made_in(text) for path, text in told().items()}
    anywhere = set().union(*made.values())
    found: dict[str, list[str]] = {}
    for path, text in texts(*TREES).items():
        own = made[path] if path.split("/")[0] in ROOMS else anywhere
        if not own.issuperset(_USED.findall(told()[path])):
            names = names_in(ast.parse(text))
            for line, name in foreign(names, own | names.made, anywhere | names.made):
                found.setdefault(name, []).append(f"{path}:{line}")
    return found


def test_no_private_name_of_a_library_is_used_without_a_reason_and_no_reason_outlives_it() -> None:
    assert {name: places for name, places in used().items() if name not in listed()} == {}

    assert listed() - used().keys() == set()


def test_a_private_name_is_found_in_every_form() -> None:
    tree = ast.parse(
        "from lib._inner import One\nfrom lib import _two\nimport lib._three\n"
        "sheet._writer = 1\nself._doc\nself._own\nsheet.__len__()\nfrom models._x import y\n"
    )

    assert [name for _, name in foreign(names_in(tree), set(), {"_own"})] == [
        "_inner", "_two", "_three", "_writer", "_doc",
    ]  # fmt: skip
