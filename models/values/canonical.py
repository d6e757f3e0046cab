"""Canonical JSON: frozen values to and from it by their type hints, and JSON and numbers from outside."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from math import isfinite
from operator import attrgetter
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    NewType,
    NoReturn,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID

from msgspec import NODEFAULT, Struct
from msgspec.json import decode as from_json
from msgspec.json import encode as to_json
from msgspec.structs import FieldInfo, asdict
from msgspec.structs import fields as fields_of

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
V = TypeVar("V")

_Turn = Callable[[Any], Any] | None
"""A conversion; None where the value is JSON as it stands."""
_Turns = tuple[_Turn, _Turn]
"""How it is written, and how it is read."""

_AS_IT_STANDS = (str, int, bool)
_PLAIN = (*_AS_IT_STANDS, NoneType)
_REQUIRED = object()
_TAG = "is"
UNKEPT = "unkept"
"""Annotates a field that goes along with a value in memory and is never written."""
_DECIMAL = re.compile(r"-?[0-9]{1,1000}(?:\.[0-9]{1,1000})?")

_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def dumps(data: object) -> str:
    """Return JSON-able values as canonical text."""
    return _WRITER.encode(data)


def encode(value: object) -> Any:
    """Return a frozen value as JSON-able values."""
    kind: Any = type(value)
    turn = _turns(kind)[0]
    return value if turn is None else turn(value)


def decode(kind: type[V], data: Json) -> V:
    """Return the value of class `kind` that `data` stands for; ValueError when it does not fit."""
    hint: Any = kind
    turn = _turns(hint)[1]
    try:
        found: V = data if turn is None else turn(data)  # type: ignore[assignment]
    except (AttributeError, LookupError, TypeError) as error:  # of another shape than the type hints say
        raise ValueError(f"{data!r} does not fit: {error}") from error
    return found


def to_text(value: object) -> str:
    return exact_text(encode(value))


def exact_text(data: object) -> str:
    """Return JSON-able values as canonical text, as `dumps` writes them in ten times as long.

    They hold no number with a decimal point, which the two write differently; no value's type has one.
    """
    try:
        return to_json(data, order="sorted", enc_hook=_bare).decode()
    except UnicodeEncodeError:  # half a letter, which whoever puts it into a file refuses or replaces
        return dumps(data)


def _bare(text: object) -> str:
    """Return a text that is of a class of its own, as SQLAlchemy's names are, without that."""
    if not isinstance(text, str):
        raise TypeError(f"{text!r} cannot be written as canonical JSON")
    return str(text)


def from_text(kind: type[V], text: str) -> V:
    """Return the value of class `kind` that canonical text stands for; ValueError when it is none of it."""
    return decode(kind, from_json(text))


def field_names(kind: type) -> dict[str, bool]:
    """Return the fields by which a value of class `kind` is written, and whether each is always there."""
    return {part.name: part.default is _REQUIRED for part in _parts(kind)}


def shape_of(hint: Any, within: tuple[Any, ...] = ()) -> Json:
    """Return as JSON what the JSON of a value of this type hint looks like.

    A word is a plain value. An object has one key: what a text is `like`, how a `day` that there is begins
    one, what a whole number is `between`, the values it is `in`, what each
    item of a `list` or value of a `map` is, what stands in a `row`, the fields `of` an object beside those
    that are `needed`, or several shapes of which it is `any`. What nests itself (`within`) has none there.
    """
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (UnionType, Union):
        return {"any": _shapes(parts, within)}
    if origin is frozenset or (origin is tuple and parts[1:] == (Ellipsis,)):
        return {"list": shape_of(parts[0], within)}
    if origin is tuple:
        return {"row": [shape_of(one, within) for one in parts]}
    if origin is dict:
        return {"map": shape_of(parts[1], within)}
    if origin is Literal:
        return {"in": list(parts)}
    if origin is Annotated:
        return shape_of(parts[0], within)
    if isinstance(hint, NewType):
        return shape_of(hint.__supertype__, within)
    if hint in _SHAPES:
        return _SHAPES[hint]
    if issubclass(hint, Enum):
        return {"in": [one.value for one in hint]}
    return {} if hint in within else _object_shape(hint, within)


def _shapes(kinds: tuple[Any, ...], within: tuple[Any, ...]) -> list[Json]:
    """Return the shapes of one of several: of several classes, each names its own."""
    some = [kind for kind in kinds if kind is not NoneType]
    is_tagged = len(some) > 1 and not all(kind in _AS_IT_STANDS for kind in some)
    found = [_object_shape(one, within, one.__name__) if is_tagged else shape_of(one, within) for one in some]
    return [*found, *(shape_of(one) for one in kinds if one is NoneType)]


def _object_shape(kind: Any, within: tuple[Any, ...], tag: str = "") -> Json:
    parts = field_names(kind)
    hints = get_type_hints(kind, include_extras=True)
    found = {name: shape_of(hints[name], (*within, kind)) for name in parts}
    tagged: dict[str, Json] = {_TAG: {"in": [tag]}} if tag else {}
    needed = [name for name, is_needed in parts.items() if is_needed]
    return {"of": {**found, **tagged}, "needed": [*needed, *tagged]}


@cache
def _turns(hint: Any) -> _Turns:
    """Return how to write and how to read a value of this type hint."""
    origin = get_origin(hint)
    if origin in (UnionType, Union):
        return _union(get_args(hint))
    if origin is tuple:
        return _tuple(get_args(hint))
    if origin is frozenset:
        return _frozenset(get_args(hint)[0])
    if origin is dict:
        return _dict(get_args(hint))
    if origin is Literal:
        return None, None
    if origin is Annotated:
        return _turns(get_args(hint)[0])
    if isinstance(hint, NewType):
        return _turns(hint.__supertype__)
    return _class(hint)


def _class(kind: Any) -> _Turns:
    if kind in _SCALARS:
        return _SCALARS[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return attrgetter("value"), kind
    if isinstance(kind, type) and (issubclass(kind, Struct) or hasattr(kind, "_field_defaults")):
        return _fields(kind)
    raise TypeError(f"a value of {kind!r} cannot be written as canonical JSON")


class _Part(NamedTuple):
    """One field: its name, its default if any, and how it is written and read."""

    name: str
    default: object
    write: _Turn
    read: _Turn


@cache
def _parts(kind: Any) -> tuple[_Part, ...]:
    """Return the fields that are written, in the order of their names."""
    if issubclass(kind, Struct):
        fields = (one for one in fields_of(kind) if UNKEPT not in get_args(one.type))
        found = [_Part(one.name, _default(one), *_turns(one.type)) for one in fields]
    else:
        hints, defaults = get_type_hints(kind), kind._field_defaults
        found = [_Part(one, defaults.get(one, _REQUIRED), *_turns(hints[one])) for one in kind._fields]
    return tuple(sorted(found, key=attrgetter("name")))


@cache
def _reads(kind: Any) -> dict[str, _Turn]:
    """Return by the names of the fields how each is read."""
    return {part.name: part.read for part in _parts(kind)}


def _default(field: FieldInfo) -> object:
    if field.default_factory is not NODEFAULT:
        return field.default_factory()
    return _REQUIRED if field.default is NODEFAULT else field.default


def _fields(kind: Any) -> _Turns:
    """Write a value as an object of its fields; the parts are found at first use (a type may nest itself)."""

    def write(value: Any) -> dict[str, Any]:
        found = {}
        for name, default, turn, _ in _parts(kind):
            item = getattr(value, name)
            if item is default or (item == default and type(item) is type(default)):
                continue
            found[name] = item if turn is None else turn(item)
        return found

    def read(data: Any) -> Any:
        reads = _reads(kind)
        if not data.keys() <= reads.keys():
            raise ValueError(f"{kind.__name__} has no field {min(data.keys() - reads.keys())!r}")
        return kind(**{n: item if (turn := reads[n]) is None else turn(item) for n, item in data.items()})

    return write, read


def _union(kinds: tuple[Any, ...]) -> _Turns:
    some = [kind for kind in kinds if kind is not NoneType]
    if len(some) > 1 and all(kind in _AS_IT_STANDS for kind in some):
        return None, _exactly(*kinds)
    if len(some) > 1:
        return _tagged(some)
    write, read = _turns(some[0])
    return _unless_none(write), _unless_none(read)


def _unless_none(turn: _Turn) -> _Turn:
    if turn is None:
        return None
    return lambda value: None if value is None else turn(value)


def _tagged(kinds: list[Any]) -> _Turns:
    """Write one of several classes as an object that names its class under "is"."""
    by_name = {kind.__name__: _fields(kind) for kind in kinds}

    def write(value: Any) -> Any:
        if value is None:
            return None
        name = type(value).__name__
        return {_TAG: name} | by_name[name][0](value)  # type: ignore[misc]

    def read(data: Any) -> Any:
        if data is None:
            return None
        return by_name[data[_TAG]][1]({k: v for k, v in data.items() if k != _TAG})  # type: ignore[misc]

    return write, read


def _tuple(kinds: tuple[Any, ...]) -> _Turns:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return _many(kinds[0], tuple)
    writes, reads = zip(*(_turns(kind) for kind in kinds), strict=True) if kinds else ((), ())
    is_plain = not any(writes)

    def write(value: Any) -> list[Any]:
        return [v if w is None else w(v) for v, w in zip(value, writes, strict=True)]

    def read(data: Any) -> tuple[Any, ...]:
        return tuple(v if r is None else r(v) for v, r in zip(data, reads, strict=True))

    return list if is_plain else write, read


def _many(kind: Any, gather: Callable[[Any], Any]) -> _Turns:
    write, read = _turns(kind)
    to_list: _Turn = list if write is None else lambda value: [write(v) for v in value]
    if read is None:
        return to_list, gather
    kinds = get_args(kind) if get_origin(kind) in (UnionType, Union) else (kind,)
    plain = frozenset(kinds if all(one in _PLAIN for one in kinds) else ())

    def from_list(data: Any) -> Any:
        # Marks come by the hundred thousand: their types are looked at together, in a fifth of the time.
        return gather(data) if plain.issuperset(map(type, data)) else gather(read(v) for v in data)

    return to_list, from_list


def _frozenset(kind: Any) -> _Turns:
    to_list, from_list = _many(kind, frozenset)
    return lambda value: sorted(to_list(value), key=dumps), from_list  # type: ignore[misc]


def _dict(kinds: tuple[Any, ...]) -> _Turns:
    if kinds[0] is not str:
        raise TypeError("the keys of a canonical object are texts")
    write, read = _turns(kinds[1])
    to_object: _Turn = dict if write is None else lambda v: {k: write(item) for k, item in v.items()}
    from_object: _Turn = dict if read is None else lambda v: {k: read(item) for k, item in v.items()}
    return to_object, from_object


def _decimal_text(value: Decimal) -> str:
    """Return a decimal without exponent or idle noughts, so that 62.50 and 62.5 read alike."""
    text = format(value, "f")
    if not value.is_finite():
        raise ValueError("NaN and infinity are not canonical")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _decimal(text: Any) -> Decimal:
    """Return a decimal as it is written here; an exponent could stand for a text of any length."""
    if not (isinstance(text, str) and _DECIMAL.fullmatch(text)):
        raise ValueError(f"{text!r} is not a decimal")
    return Decimal(text)


def _datetime_text(value: datetime) -> str:
    return value.isoformat() if value.tzinfo is None else value.astimezone(UTC).isoformat()


def _exactly(*kinds: type) -> _Turn:
    """Return a reading that takes a JSON value of one of these types and refuses any other."""

    def read(data: Any) -> Any:
        if type(data) not in kinds:
            raise ValueError(f"{data!r} is not {' or '.join(kind.__name__ for kind in kinds)}")
        return data

    return read


_SCALARS: dict[Any, _Turns] = {
    **{kind: (None, _exactly(kind)) for kind in _PLAIN},
    Decimal: (_decimal_text, _decimal),
    datetime: (_datetime_text, datetime.fromisoformat),
    date: (date.isoformat, date.fromisoformat),
    UUID: (str, UUID),
    Fraction: (str, Fraction),
    bytes: (bytes.hex, bytes.fromhex),
}


_DAY_LIKE = r"^((19|2[01])\d\d|0001(?=-01-01$))-\d\d-\d\d"
_WALL_LIKE = rf"{_DAY_LIKE}T([01]\d|2[0-3])(:[0-5]\d){{2}}(\.\d{{6}})?"
WALL_SHAPE: Json = {"day": f"{_WALL_LIKE}$"}
"""What a time without a zone looks like."""
_SHAPES: dict[Any, Json] = {
    str: "text",
    int: "whole",
    bool: "yes or no",
    NoneType: "nothing",
    Decimal: {"like": r"^-?[0-9]{1,255}(\.[0-9]{1,255})?$"},
    datetime: {"day": rf"{_WALL_LIKE}(\+00:00|Z)?$"},
    date: {"day": rf"{_DAY_LIKE}$"},
    UUID: {"like": r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
    Fraction: {"like": r"^-?\d+(/\d+)?$"},
    bytes: {"like": r"^([0-9a-f]{2})*$"},
}


LARGEST = 2**63 - 1
"""The largest whole number that a record can hold."""
MOST_PARTS = 4_000_000
"""How many values a text may hold; what it takes in memory is bounded by that."""
_PARTS = re.compile(r"[\[{,]")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def loads(text: str) -> Any:
    """Return what JSON holds; ValueError where it is nested too deep or holds what this program never writes.

    That is a key given twice, NaN or infinity, a whole number of more than 63 bits, half a character, or
    more values than fit in memory.
    """
    if len(text) > MOST_PARTS and sum(1 for _ in _PARTS.finditer(text)) > MOST_PARTS:
        raise ValueError("more values than any file of ours holds")
    try:
        found = json.loads(
            text,
            parse_int=_whole,
            parse_float=_finite,
            parse_constant=_no_number,
            object_pairs_hook=_without_twice,
        )
        if _SURROGATE.search(text):
            json.dumps(found, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return found


def _whole(digits: str) -> int:
    number = int(digits)
    if abs(number) > LARGEST:
        raise ValueError(f"a whole number of {len(digits)} digits")
    return number


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(f"{digits[:40]} is too large")
    return number


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _without_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


def whole_number(text: str) -> int:
    """Return the whole number that a text is; ValueError where it is written in any other way."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


class Guarded(Struct, frozen=True, eq=False):
    """An immutable value; a class that is one names the fields which are not shown, or not compared."""

    unshown: ClassVar[frozenset[str]] = frozenset()
    uncompared: ClassVar[frozenset[str]] = frozenset()

    def __repr__(self) -> str:
        shown = (f"{name}={one!r}" for name, one in asdict(self).items() if name not in self.unshown)
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._compared() == other._compared()

    def __ne__(self, other: object) -> bool:
        return not self == other  # a struct has one of its own, which would compare as the class says

    def __hash__(self) -> int:
        return hash(self._compared())

    def _compared(self) -> tuple[Any, ...]:
        return tuple(one for name, one in asdict(self).items() if name not in self.uncompared)
