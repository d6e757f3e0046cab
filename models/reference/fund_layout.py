"""The layout of a fund's file: of each form what a value must be, and how it is read and written, said once.

Which keys there are `resources/forms/fund-file.toml` says. A table of keys stands for a struct: what the file
leaves out has the struct's own default.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import starmap
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

import resources
from models.reference.clauses import Clause
from models.reference.defaults import (
    CHECKS,
    MARKINGS,
    MEMBER_KINDS,
    REFERENCE_TITLES,
    Condition,
    Gate,
    ListItem,
    ListKind,
    PanelKind,
    Payment,
    ReferenceList,
    ReturnBand,
    Source,
    SourceKind,
    UsualArea,
)
from models.reference.fund_checks import LONGEST, MOST_LINES, POINTS, is_plain_text
from models.reference.reporting import Every
from models.reference.sign_off import read_chain, step_as_written
from scoring.money import plain_pounds, plain_pounds_if_any
from scoring.scheme import Allocation, Band, Basis, Combine, Criterion, Method, RankedBy, Side
from scoring.written.amounts import read_money

MOST_WHOLE = 1_000_000
Check = Callable[[Any, str], Iterator[str]]
"""Yields what is wrong with the value under a key, which it is given as it is named to a person."""


def _same(value: Any) -> Any:
    return value


class Form(Struct, frozen=True):
    """What a value may be, what is read of one that passes its check, and how that is written again.

    `nothing` is what is read of one that says nothing.
    """

    check: Check
    read: Callable[[Any], Any] = _same
    write: Callable[[Any], Any] = _same
    nothing: Any = ()


class Key(Struct, frozen=True):
    """A key: the form of its value, and the field that it fills."""

    form: Form
    field: str
    is_required: bool
    is_left_out: bool
    """Whether it is not written where it says nothing."""


Keys = Mapping[str, Key]


def fields_of(keys: Keys, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a checked table says, by field; what it leaves out is missing."""
    return {key.field: key.form.read(said[name]) for name, key in keys.items() if name in said}


def as_said(keys: Keys, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as the table of their file has them."""
    held = ((name, key, fields[key.field]) for name, key in keys.items())
    return {
        name: key.form.write(one) for name, key, one in held if not key.is_left_out or one != key.form.nothing
    }


def faults_in(data: Any) -> Iterator[str]:
    """Yield what is wrong with the keys of a fund's file, one sentence each."""
    is_several = isinstance(data, dict) and isinstance(data.get("fund"), list)
    yield from _check_table(SEVERAL if is_several else FILE, data, "")


def pence_in(text: str) -> int | None:
    return read_money(text, is_plain=True)


def _check_table(keys: Keys, value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where or 'The file'} is not a table of keys."
        return
    for name in value:
        if name not in keys:
            yield f"{_named(where, name)} is not a key of a fund's file. The keys: {', '.join(keys)}."
    for name, key in keys.items():
        if name in value:
            yield from key.form.check(value[name], _named(where, name))
        elif key.is_required:
            yield f"{_named(where, name)} is missing."


def _check_text(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{where} is not a text in quotation marks."
    elif len(value) > LONGEST:
        yield f"{where} has more than {LONGEST} characters."
    elif not is_plain_text(value):
        yield f"{where} has a character that cannot be printed."


def _unless(test: Callable[[Any], bool], words: str) -> Check:
    """Return the check that a value passes a test; `words` go on after its name where it does not."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not test(value):
            yield f"{where} {words}"

    return check


def _parses(read: Callable[[Any], object]) -> Callable[[Any], bool]:
    """Return the test that a text can be read."""

    def test(value: Any) -> bool:
        try:
            return isinstance(value, str) and read(value) is not None
        except (ValueError, ArithmeticError):
            return False

    return test


def _check_money(value: Any, where: str) -> Iterator[str]:
    try:
        pence = pence_in(value) if isinstance(value, str) else None
        is_money = isinstance(value, str) and (pence is None or pence >= 0)
    except ValueError as error:
        yield f"{where} is not an amount: {error}"
        return
    if not is_money:
        yield f'{where} is not an amount of £0.00 or more, in quotation marks, such as "5000.00".'


def _is_number(text: str) -> object:
    is_plain = len(text) <= 20 and "e" not in text.casefold()
    return text if is_plain and Decimal(text or 0).is_finite() else None


def _one_of(words: Sequence[str]) -> Check:
    return _unless(lambda value: value in words, f"is not one of {', '.join(words)}.")


def _check_list(check: Check, value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{where} is not a list."
    elif len(value) > MOST_LINES:
        yield f"{where} has more than {MOST_LINES} lines."
    else:
        for number, one in enumerate(value, 1):
            yield from check(one, f"{where} {number}")


def _check_amounts(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is not a table of years."
        return
    for year, amount in value.items():
        yield from _check_money(amount, _named(where, year))


def _named(where: str, name: str) -> str:
    shown = "".join(filter(str.isprintable, name))[:60]
    return f"{where} {shown}".strip()


def _whole(least: int) -> Form:
    def test(value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST_WHOLE

    return Form(_unless(test, f"is not a whole number of {least} or more."))


def _many(form: Form) -> Form:
    return Form(
        partial(_check_list, form.check),
        lambda said: tuple(map(form.read, said)),
        lambda values: tuple(map(form.write, values)),
    )


def _table(kind: Callable[..., Any], keys: Keys) -> Form:
    return Form(
        partial(_check_table, keys),
        lambda said: kind(**fields_of(keys, said)),
        lambda value: as_said(keys, asdict(value)),
    )


def _row(keys: Keys) -> Form:
    """Return the form of a table that is read as a tuple."""
    return Form(
        partial(_check_table, keys),
        lambda said: tuple(said[name] for name in keys),
        lambda values: dict(zip(keys, values, strict=True)),
    )


def _fields(keys: Keys) -> Form:
    """Return the form of a table that is read as fields, and written from them."""
    return Form(partial(_check_table, keys), partial(fields_of, keys), partial(as_said, keys), None)


def _word(kind: type[StrEnum]) -> Form:
    return Form(_one_of(tuple(kind)), kind, str)


def _decimal_text(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _ten_thousandths(text: str) -> int:
    value = Decimal(text).scaleb(4)
    if value != value.to_integral_value():
        raise ValueError(f"{text} has too many decimal places.")
    return int(value)


def _sum(text: str) -> int:
    return pence_in(text) or 0


def _lists(said: Mapping[str, Sequence[str]]) -> tuple[ReferenceList, ...]:
    found = (
        ReferenceList(code, title, tuple(said.get(code, ()))) for code, title in REFERENCE_TITLES.items()
    )
    return tuple(one for one in found if one.lines)


_TEXT = Form(_check_text)
_MONEY = Form(_check_money, pence_in, lambda pence: plain_pounds_if_any(pence) or "")
_IS_NUMBER = _unless(_parses(_is_number), 'is not a number in quotation marks, such as "12.5".')
_IS_DAY = _unless(_parses(date.fromisoformat), 'is not a day in quotation marks, such as "2027-03-31".')
_BAND = Form(
    _many(Form(_IS_NUMBER)).check,
    lambda said: Band(*map(Decimal, said)),
    lambda band: (_decimal_text(band.bound), _decimal_text(band.score)),
)
_FORMS: Mapping[str, Form] = {
    "version": Form(_unless(lambda value: value == 1, "is not 1, the only layout that this program knows.")),
    "text": _TEXT,
    "texts": _many(_TEXT),
    "yes-no": Form(
        _unless(lambda value: isinstance(value, bool), "is neither true nor false."), nothing=False
    ),
    "count": _whole(1),
    "whole": _whole(0),
    "money": _MONEY,
    "sum": Form(_check_money, _sum, plain_pounds),
    "number": Form(_IS_NUMBER, lambda text: Decimal(text) if text else None, _decimal_text, None),
    "tolerance": Form(_IS_NUMBER, Decimal, _decimal_text),
    "percent": Form(_IS_NUMBER, _ten_thousandths, lambda part: _decimal_text(Decimal(part).scaleb(-4))),
    "day": Form(_IS_DAY, date.fromisoformat, date.isoformat, None),
    "amounts": Form(
        _check_amounts,
        lambda said: tuple((year, _sum(amount)) for year, amount in said.items()),
        lambda amounts: {year: plain_pounds(pence) for year, pence in amounts},
    ),
    "bands": _many(_BAND),
    "checks": _many(Form(_one_of(tuple(CHECKS)))),
    "every": Form(
        _one_of(("", *Every)), lambda text: Every(text) if text else None, lambda every: every or ""
    ),
    "marking": Form(_one_of(MARKINGS)),
    "member-kinds": _many(Form(_one_of(MEMBER_KINDS))),
    "points": Form(_one_of(POINTS)),
    "basis": replace(_word(Basis), nothing=Basis.REQUESTED),
    "side": _word(Side),
    "method": _word(Method),
    "combine": _word(Combine),
    "ranked-by": _word(RankedBy),
    "allocation": _word(Allocation),
    "source-kind": _word(SourceKind),
    "lists": _many(_word(ListKind)),
}
_LINES: Mapping[str, Callable[[Keys], Form]] = {
    "item": partial(_table, ListItem),
    "clause": partial(_table, Clause),
    "condition": partial(_table, Condition),
    "payment": partial(_table, Payment),
    "criterion": partial(_table, Criterion),
    "gate": partial(_table, Gate),
    "source": partial(_table, Source),
    "panel_member": partial(_table, PanelKind),
    "returns": partial(_table, ReturnBand),
    "area": partial(_table, UsualArea),
    "part": _row,
    "mark": _row,
    "line": _fields,
}
"""Tables of which a file has several, and what a line of each is."""


def _form_of(table: str, keys: Keys) -> Form:
    if table in _LINES:
        return _many(_LINES[table](keys))
    is_table = partial(_check_table, keys)
    if table == "sign_off":
        return Form(
            _many(Form(is_table)).check,
            read_chain,
            lambda chain: list(starmap(step_as_written, enumerate(chain, 1))),
        )
    if table == "reference":
        return Form(is_table, _lists, lambda lists: {one.code: one.lines for one in lists})
    return _fields(keys)


def _layout() -> Mapping[str, Keys]:
    """Return the keys of each table, a form of which is known to those below it."""
    forms, found = dict(_FORMS), dict[str, Keys]()
    for table, said in tomllib.loads(resources.text("forms/fund-file.toml")).items():
        keys = found[table] = {}
        for name, one in said.items():
            ((form, mark, field),) = _SAID.findall(one)
            keys[name] = Key(forms[form], field or name, mark == "!", mark == "?")
        forms[table] = _form_of(table, keys)
    return found


_SAID = re.compile(r"([\w-]+)([!?]?) ?(\w*)")
_LAYOUT = _layout()
FILE, SEVERAL, SCALE = _LAYOUT["file"], _LAYOUT["several"], _LAYOUT["scale"]
"""The keys of a file with one fund, of one with several kept for their money alone, and of a scale."""
