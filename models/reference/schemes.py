"""The funds and schemes that ship, read from TOML files whose heads explain each key; a fund as one."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

import resources
from models.reference.defaults import FundDefaults, FundList, ListKind
from models.reference.fund_checks import fund_faults
from models.reference.fund_layout import FILE, SCALE, SEVERAL, as_said, faults_in, fields_of
from models.trouble import Trouble
from scoring.publishing import check_scheme
from scoring.scheme import Criterion, Scheme
from scoring.written.text import Refused

_FUND_FILES = ("acf.toml", "victims.toml", "other-funds.toml")
"""The shipped files, in the order in which a new record lists their funds."""
TEMPLATES = {
    "acf": "acf.toml",
    "victims": "victims.toml",
    "community": "community.toml",
    "commissioned": "commissioned.toml",
}
"""The files that a new fund may start from, by the word that names each."""
WITH_PANEL = ("ACF", "VF")
"""The codes of the shipped funds that have a panel."""
_LONGEST_LINE = 10_000
_LARGEST = 400_000
"""Bytes of a fund's file; a larger one is not read."""

_Table = Mapping[str, Any]


def shipped_funds(codes: Sequence[str] | None = None) -> tuple[FundDefaults, ...]:
    """Return the funds that a new record starts with, as their files have them now: all, or those of codes.

    Raises Refused for a code that none of them has.
    """
    folder = resources.path("schemes")
    found = {fund.code: fund for name in _FUND_FILES for fund in read_funds(folder / name)}
    wanted = [code.strip().upper() for code in codes] if codes is not None else list(found)
    unknown = next((code for code in wanted if code not in found), None)
    if unknown is not None:
        raise Refused(f"“{unknown[:40]}” is not the code of a fund that ships: {', '.join(found)}.")
    return tuple(fund for code, fund in found.items() if code in wanted)


def template(word: str) -> FundDefaults:
    """Return the fund of a template, without the years of the office that it was drawn from."""
    (fund,) = read_funds(resources.path("schemes") / TEMPLATES[word])
    return replace(fund, amounts=(), sources=(), also_known_as=())


def read_funds(path: Path) -> tuple[FundDefaults, ...]:
    """Return the funds of a file that the program wrote; raise `Trouble` when it holds none."""
    return funds_of(path.read_bytes(), path.name)


def funds_of(data: bytes, name: str) -> tuple[FundDefaults, ...]:
    """Return the funds that the bytes of a file hold; raise `Trouble` when they hold none."""
    if len(data) > _LARGEST:
        raise Trouble(f"{name} is larger than {_LARGEST // 1000} kB; no fund's file is that large.")
    if max(map(len, data.splitlines()), default=0) > _LONGEST_LINE:
        raise Trouble(
            f"{name} has a line of more than {_LONGEST_LINE:,} characters. Break it, or shorten it."
        )
    try:
        found = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Trouble(f"{name} does not hold a fund: {error} Correct the file.") from error
    fault = next(faults_in(found), "")
    if fault:
        raise Trouble(f"{name}: {fault} Its first lines say what the file may hold.")
    try:
        funds = tuple(_funds(found))
    except (ValueError, TypeError, ArithmeticError, Refused) as error:
        raise Trouble(f"{name} does not hold a scheme: {error} Correct the file.") from error
    fault = next((fault for fund in funds for fault in fund_faults(fund)), "")
    if fault:
        raise Trouble(f"{name}: {fault}")
    return funds


def _funds(data: _Table) -> Iterator[FundDefaults]:
    if not isinstance(data["fund"], list):
        yield _whole_fund(data)
        return
    for said in fields_of(SEVERAL, data)["fund"]:
        said.pop("has_panel", None)
        yield FundDefaults(**said)


def _whole_fund(data: _Table) -> FundDefaults:
    """Return the one fund of a file that says all of it."""
    said = fields_of(FILE, data)
    fund, criteria, _ = said.pop("fund"), said.pop("criteria", ()), said.pop("format")
    scheme, scale = said.pop("scheme", {}), said.pop("scale", {})
    items, required = {kind: said.pop(kind, ()) for kind in ListKind}, fund.pop("required", ())
    lists = (FundList(kind, items[kind], kind in required) for kind in ListKind)
    fund.pop("has_panel", None)
    _check_panel(data)
    return FundDefaults(
        **fund,
        **said,
        lists=tuple(one for one in lists if one.items or one.is_required),
        scheme=_scheme(criteria, scheme | scale) if scheme else None,
    )


def _check_panel(data: _Table) -> None:
    """Refuse a fund that does not have all of a scheme or nothing of it."""
    there = [name for name in ("scheme", "scale", "criterion") if name in data]
    if bool(there) != data["fund"].get("has_panel", bool(there)):
        raise ValueError("fund has_panel does not match whether there is a [scheme].")
    missing = {"scheme", "scale", "criterion"} - set(there)
    if there and missing:
        raise ValueError(f"{', '.join(sorted(missing))} is missing beside {', '.join(there)}.")


def _scheme(criteria: tuple[Criterion, ...], said: dict[str, Any]) -> Scheme:
    quality = said.pop("quality_1e4")
    scheme = Scheme(criteria, **said)
    if quality != scheme.quality_1e4:
        raise ValueError("split_quality is not the sum of the quality side's weights.")
    check_scheme(scheme)
    return scheme


_SCALE_FILES = ("acf.toml", "scale-0-4.toml")


class Scale(Struct, frozen=True):
    """A scale from 0 to `maximum`; descriptors are (mark, word, meaning)."""

    maximum: int
    descriptors: tuple[tuple[int, str, str], ...]

    @property
    def words(self) -> str:
        """Return the scale in words: "0 to 5, Nothing to Excellent"."""
        return f"0 to {self.maximum}, {self.descriptors[0][1]} to {self.descriptors[-1][1]}"


@cache
def shipped_scales() -> tuple[Scale, ...]:
    """Return the shipped scales, the usual one first."""
    folder = resources.path("schemes")
    texts = [(folder / name).read_text(encoding="utf-8") for name in _SCALE_FILES]
    said = (fields_of(SCALE, tomllib.loads(text)["scale"]) for text in texts)
    return tuple(Scale(one["scale_maximum"], one["descriptors"]) for one in said)


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
