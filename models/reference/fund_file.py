"""A fund as the text of a file, in the layout of the shipped ones; what is written is read back the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import asdict

import resources
from models.reference.defaults import FundDefaults, ListKind
from models.reference.fund_layout import FILE, as_said
from models.reference.schemes import TEMPLATES

Value = object
"""A text, a whole number, yes or no, or a tuple or list of values."""
_SHORT = 90
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def fund_text(fund: FundDefaults) -> str:
    """Return a fund as the text of its file, with the head that says what each key means."""
    head = f"# {fund.name}, as it was exported.\n#\n{_keys()}"
    return "\n\n".join([head, *_tables("", _said(fund))]) + "\n"


def _keys() -> str:
    """Return the lines at the head of the shipped files that say what each key means."""
    lines = resources.text(f"schemes/{TEMPLATES['victims']}").splitlines()
    start = lines.index("# Keys")
    return "\n".join(lines[start : lines.index("", start)])


def _said(fund: FundDefaults) -> Mapping[str, Any]:
    """Return a fund as its file says it, by key."""
    scheme = fund.scheme and asdict(fund.scheme) | {"quality_1e4": fund.scheme.quality_1e4}
    rules = asdict(fund) | {"required": fund.required(), "has_panel": fund.scheme is not None}
    lists = {kind.value: fund.items(kind) for kind in ListKind}
    parts = {"format": 1, "fund": rules, "scheme": scheme, "scale": scheme}
    return as_said(FILE, rules | lists | parts | {"criteria": fund.scheme.criteria if fund.scheme else ()})


def _tables(head: str, said: Mapping[str, Any]) -> Iterator[str]:
    """Yield a table as text, and after it the tables and the lists of tables in it."""
    apart = {name: one for name, one in said.items() if _is_apart(one)}
    lines = [f"{_key(name)} = {_set_out(one)}" for name, one in said.items() if name not in apart]
    yield "\n".join([f"[{head}]", *lines] if head else lines)
    for name, one in apart.items():
        named = f"{head}.{name}".removeprefix(".")
        if isinstance(one, Mapping):
            yield from _tables(named, one)
        else:
            yield from (_element(named, each) for each in one)


def _is_apart(value: object) -> bool:
    """Whether a value is a table or a list of tables, which stand under a heading of their own."""
    return isinstance(value, Mapping) or (
        isinstance(value, tuple | list) and bool(value) and isinstance(value[0], Mapping)
    )


def _element(head: str, said: Mapping[str, Any]) -> str:
    return "\n".join([f"[[{head}]]", *(f"{_key(name)} = {_set_out(one)}" for name, one in said.items())])


def _set_out(value: Value) -> str:
    """Return a value with each part of a longer list on a line of its own: no line gets too long to read."""
    if not isinstance(value, tuple | list) or len(str(value)) < _SHORT:
        return _written(value)
    return "\n".join(["[", *(f"    {_written(one)}," for one in value), "]"])


def _key(name: str) -> str:
    return name if name.replace("_", "").isalpha() and name.isascii() else _quoted(name)


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(name)} = {_written(one)}' for name, one in value.items())} }}"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(one: str) -> str:
    if one in _ESCAPES:
        return _ESCAPES[one]
    return one if one.isprintable() or one == " " else f"\\U{ord(one):08x}"
