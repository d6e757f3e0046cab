"""A getter reads an attribute that is there, of the type that it says, which no type checker sees."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from importlib import import_module
from inspect import getattr_static
from pathlib import Path
from types import FunctionType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from gui.tables.columns import LineColumn

ROOT = Path(__file__).parents[1]
PACKAGES = ("scoring", "models", "exchange", "cli", "gui")
WORDS = ("text", "spoken", "tip", "under", "own")
"""What of a column returns words; its first two are words themselves."""


def getters() -> Iterator[tuple[str, Any, str]]:
    """Yield every getter of the program by name, with what it says it is and what it reads."""
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "attrgetter(" not in text:
            continue
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for node in ast.parse(text).body:
            match node:
                case ast.AnnAssign(
                    ast.Name(name), value=ast.Call(ast.Name("attrgetter"), [ast.Constant(str(read))])
                ):
                    yield f"{module.__name__}.{name}", module.__annotations__[name], read
                case ast.AnnAssign(ast.Name(name), ast.Subscript(), value=ast.Tuple() as columns):
                    for one in get_args(module.__annotations__[name])[:1]:
                        if get_origin(one) is LineColumn:
                            says = Callable[[get_args(one)[0]], str]
                            yield from (
                                (f"{module.__name__}.{name}", says, read) for read in _read_in(columns)
                            )
                case ast.AnnAssign(ast.Name(name), value=ast.Call(ast.Name("ListedPage"), keywords=of_page)):
                    row = get_args(module.__annotations__[name])[1]
                    for result, part in ((Any, "row_key"), (str, "spoken")):
                        values = [each.value for each in of_page if each.arg == part]
                        for read in _getters_in(values):
                            yield f"{module.__name__}.{name}", Callable[[row], result], read


def _read_in(columns: ast.Tuple) -> Iterator[str]:
    """Yield what the words of columns are read from, where that is no name of its own."""
    for column in columns.elts:
        if isinstance(column, ast.Call):
            named = (each.value for each in column.keywords if each.arg in WORDS)
            yield from _getters_in((*column.args, *named))


def _getters_in(values: Iterable[ast.expr]) -> Iterator[str]:
    for each in (one for value in values for one in ast.walk(value)):
        match each:
            case ast.Call(ast.Name("attrgetter"), names):
                yield from (str(one.value) for one in names if isinstance(one, ast.Constant))


def type_of(owner: Any, attribute: str) -> Any:
    """Return the type of an attribute of a class; Any where the class has it and says no more of it."""
    if owner is Any:
        return Any
    owner = get_origin(owner) or owner
    found = getattr_static(owner, attribute, None)
    getter = getattr(found, "fget", None)
    if isinstance(getter, FunctionType):
        return get_type_hints(getter).get("return", Any)
    hints = get_type_hints(owner)
    return Any if found is not None and attribute not in hints else hints[attribute]


def test_each_getter_reads_what_it_says() -> None:
    found = tuple(getters())

    faults = [name for name, said, read in found if not reads(said, read)]

    assert len(found) > 80
    assert faults == []


def reads(said: Any, path: str) -> bool:
    """Say whether a path leads from each of the row's classes to what is said, or to something narrower."""
    (row,), result = get_args(said)
    return all(is_within(reduce(type_of, path.split("."), each), result) for each in parts(row))


def parts(one: Any) -> tuple[Any, ...]:
    return get_args(one) if isinstance(one, UnionType) else (one,)


def is_within(real: Any, result: Any) -> bool:
    if Any in (real, result) or real == result:
        return True
    wide = parts(result)
    return all(one in wide or (isinstance(one, type) and issubclass(one, wide)) for one in parts(real))
