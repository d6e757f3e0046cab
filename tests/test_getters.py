"""A getter reads an attribute that is there, of the type that it says, which no type checker sees."""

import ast
from collections.abc import Iterator
from functools import reduce
from importlib import import_module
from inspect import getattr_static
from pathlib import Path
from types import FunctionType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

ROOT = Path(__file__).parents[1]
PACKAGES = ("scoring", "models", "exchange", "cli", "gui")


def getters() -> Iterator[tuple[str, Any, str]]:
    """Yield every getter of the program by name, with what it says it is and what it reads."""
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "= attrgetter(" not in text:
            continue
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for node in ast.parse(text).body:
            match node:
                case ast.AnnAssign(
                    ast.Name(name), value=ast.Call(ast.Name("attrgetter"), [ast.Constant(str(read))])
                ):
                    yield f"{module.__name__}.{name}", module.__annotations__[name], read


def type_of(owner: Any, attribute: str) -> Any:
    """Return the type of an attribute of a class; Any where the class has it and says no more of it."""
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

    assert len(found) > 40
    assert faults == []


def reads(said: Any, path: str) -> bool:
    """Say whether a path leads from each of the row's classes to what is said, or to something narrower."""
    (row,), result = get_args(said)
    return all(is_within(reduce(type_of, path.split("."), each), result) for each in parts(row))


def parts(one: Any) -> tuple[Any, ...]:
    return get_args(one) if isinstance(one, UnionType) else (one,)


def is_within(real: Any, result: Any) -> bool:
    if real is Any or real == result:
        return True
    wide = parts(result)
    return all(one in wide or (isinstance(one, type) and issubclass(one, wide)) for one in parts(real))
