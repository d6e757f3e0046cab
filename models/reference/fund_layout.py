"""The layout of a fund's file: of each key what its value must be, and how it is read and written, said once.

A table of keys stands for a struct: what the file leaves out has the struct's own default.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

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
_ALWAYS = object()


def _same(value: Any) -> Any:
    return value


class Form(Struct, frozen=True):
    """What a value may be, what is read of one that passes its check, and how that is written again."""

    check: Check
    read: Callable[[Any], Any] = _same
    write: Callable[[Any], Any] = _same


class Key(Struct, frozen=True):
    """A key: the form of its value, and the field that it fills where that is called otherwise.

    It is not written where its field has the value `unless`.
    """

    form: Form
    field: str = ""
    unless: Any = _ALWAYS
    is_required: bool = False


Keys = Mapping[str, Key]


def fields_of(keys: Keys, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a checked table says, by field; what it leaves out is missing."""
    return {key.field or name: key.form.read(said[name]) for name, key in keys.items() if name in said}


def as_said(keys: Keys, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as the table of their file has them."""
    held = {name: fields[key.field or name] for name, key in keys.items()}
    return {name: keys[name].form.write(one) for name, one in held.items() if one != keys[name].unless}


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


def _need(form: Form, field: str = "") -> Key:
    return Key(form, field, is_required=True)


def _whole(least: int = 1) -> Form:
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
    return Form(partial(_check_table, keys), partial(fields_of, keys), partial(as_said, keys))


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
_YES_NO = Form(_unless(lambda value: isinstance(value, bool), "is neither true nor false."))
_MONEY = Form(_check_money, pence_in, lambda pence: plain_pounds_if_any(pence) or "")
_SUM = Form(_check_money, _sum, plain_pounds)
_IS_NUMBER = _unless(_parses(_is_number), 'is not a number in quotation marks, such as "12.5".')
_NUMBER = Form(_IS_NUMBER, lambda text: Decimal(text) if text else None, _decimal_text)
_PERCENT = Form(_IS_NUMBER, _ten_thousandths, lambda part: _decimal_text(Decimal(part).scaleb(-4)))
_IS_DAY = _parses(date.fromisoformat)
_DAY = Form(
    _unless(_IS_DAY, 'is not a day in quotation marks, such as "2027-03-31".'),
    date.fromisoformat,
    date.isoformat,
)
_AMOUNTS = Form(
    _check_amounts,
    lambda said: tuple((year, _sum(amount)) for year, amount in said.items()),
    lambda amounts: {year: plain_pounds(pence) for year, pence in amounts},
)
_TEXTS = _many(_TEXT)
_BANDS = _many(
    Form(
        _many(Form(_IS_NUMBER)).check,
        lambda said: Band(*map(Decimal, said)),
        lambda band: (_decimal_text(band.bound), _decimal_text(band.score)),
    )
)
_CODES = _many(Form(_one_of(tuple(CHECKS))))
_EVERY = Form(_one_of(("", *Every)), lambda text: Every(text) if text else None, lambda every: every or "")

_ITEM: Keys = {
    "code": _need(_TEXT),
    "words": _need(_TEXT),
    "retired": Key(_YES_NO, "is_retired", unless=False),
}
_MARK = {"mark": _need(_whole(0)), "word": _need(_TEXT), "meaning": _need(_TEXT)}
_PART = {"percent": _need(_whole()), "trigger": _need(_TEXT)}
_CRITERION: Keys = {
    "code": _need(_TEXT),
    "title": _need(_TEXT),
    "side": _need(_word(Side)),
    "weight": _need(_PERCENT, "weight_1e4"),
    "method": _need(_word(Method)),
    "minimum_mark": _need(_NUMBER, "floor"),
    "guidance": Key(_TEXT),
    "basis": Key(_word(Basis), unless=Basis.REQUESTED),
    "low": Key(_NUMBER, unless=None),
    "high": Key(_NUMBER, unless=None),
    "bands": Key(_BANDS, unless=()),
}
_GATE: Keys = {
    "code": _need(_TEXT),
    "question": _need(_TEXT),
    "pass_means": Key(_TEXT),
    "advisory": Key(_YES_NO, "is_advisory", unless=False),
    "within_cap": Key(_YES_NO, "is_cap", unless=False),
    "retired": _ITEM["retired"],
}
_SIGN_OFF: Keys = {
    "step": Key(_whole()),
    "role": _need(_TEXT),
    "post": Key(_TEXT),
    "posts": Key(_TEXTS),
    "per_area": Key(_YES_NO),
    "from_amount": Key(_MONEY),
    "up_to_amount": Key(_MONEY),
}
_SOURCE: Keys = {
    "year": _need(_TEXT),
    "kind": _need(_word(SourceKind)),
    "amount": _need(_SUM, "amount_pence"),
    "words": Key(_TEXT),
    "ends_on": Key(_DAY, unless=None),
}
_PANEL: Keys = {
    "kinds": _need(_many(Form(_one_of(MEMBER_KINDS)))),
    "at_least": _need(_whole()),
    "words": _need(_TEXT),
    "posts": Key(_TEXTS, unless=()),
}
_PAYMENT: Keys = {
    **_ITEM,
    "parts": _need(_many(_row(_PART))),
}
_RETURN: Keys = {
    "up_to": _need(_MONEY, "up_to_pence"),
    "points": _need(Form(_one_of(POINTS))),
}
_CHAIN = Form(
    _many(Form(partial(_check_table, _SIGN_OFF))).check,
    read_chain,
    lambda chain: [step_as_written(number, step) for number, step in enumerate(chain, 1)],
)
_CONDITION: Keys = {**_ITEM, "standard": Key(_YES_NO, "is_standard")}
_ITEMS = _many(_table(ListItem, _ITEM))
_REFERENCE: Keys = dict.fromkeys(REFERENCE_TITLES, Key(_TEXTS))
_AREA: Keys = {"name": _need(_TEXT), "short_forms": Key(_TEXTS)}
SCALE: Keys = {
    "maximum": _need(_whole(), "scale_maximum"),
    "mark": Key(_many(_row(_MARK)), "descriptors"),
}
SCHEME: Keys = {
    "split_quality": _need(_PERCENT, "quality_1e4"),
    "combine": _need(_word(Combine)),
    "quorum": _need(_whole()),
    "ranking": _need(_word(RankedBy), "ranked_by"),
    "tie_ladder": _need(_TEXTS, "ladder"),
    "allocation": _need(_word(Allocation)),
    "tolerance_percent": _need(Form(_IS_NUMBER, Decimal, _decimal_text)),
    "tolerance_authority": _need(_TEXT),
    "cap_per_award": _need(_MONEY, "cap_per_award_pence"),
    "cap_per_organisation": _need(_MONEY, "cap_per_organisation_pence"),
    "minimum_total": _need(_NUMBER),
    "minimum_quality": _need(_NUMBER),
    "not_applicable_allowed": _need(_YES_NO),
}
FUND: Keys = {
    "name": _need(_TEXT),
    "code": _need(_TEXT),
    "also_known_as": Key(_TEXTS),
    "money": Key(_TEXT),
    "marking": Key(Form(_one_of(MARKINGS))),
    "has_panel": Key(_YES_NO),
    "legal_power": Key(_TEXT),
    "postcodes": Key(_TEXTS),
    "purposes": Key(_TEXTS),
    "required_lists": Key(_many(_word(ListKind)), "required"),
    "keep_awarded_years": Key(_whole()),
    "keep_declined_years": Key(_whole()),
    "agreement_days": Key(_whole()),
    "letter_up_to": Key(_MONEY, "letter_up_to_pence"),
    "checks": Key(_CODES),
    "required_checks": Key(_CODES),
    "reports_every": Key(_EVERY),
    "amounts": Key(_AMOUNTS, unless=()),
}
FILE: Keys = {
    "format": _need(
        Form(_unless(lambda value: value == 1, "is not 1, the only layout that this program knows."))
    ),
    "fund": _need(_fields(FUND)),
    "source": Key(_many(_table(Source, _SOURCE)), "sources", unless=()),
    "scheme": Key(_fields(SCHEME), unless=None),
    "scale": Key(_fields(SCALE), unless=None),
    "criterion": Key(_many(_table(Criterion, _CRITERION)), "criteria", unless=()),
    "gate": Key(_many(_table(Gate, _GATE)), "gates", unless=()),
    "area": Key(_many(_table(UsualArea, _AREA)), "areas", unless=()),
    "sign_off": Key(_CHAIN, "chain", unless=()),
    "panel_member": Key(_many(_table(PanelKind, _PANEL)), "panel_kinds", unless=()),
    **{kind.value: Key(_ITEMS, unless=()) for kind in ListKind},
    "decline_code": Key(_ITEMS, "decline_codes", unless=()),
    "condition": Key(_many(_table(Condition, _CONDITION)), "conditions", unless=()),
    "payment": Key(_many(_table(Payment, _PAYMENT)), "payments", unless=()),
    "clause": Key(_many(_table(Clause, _ITEM)), "clauses", unless=()),
    "returns": Key(_many(_table(ReturnBand, _RETURN)), "returns", unless=()),
    "reference": Key(
        Form(partial(_check_table, _REFERENCE), _lists, lambda lists: {one.code: one.lines for one in lists}),
        unless=(),
    ),
}
"""The keys of a file with one fund."""
_LINE: Keys = {name: FUND[name] for name in ("name", "code", "has_panel", "amounts")}
SEVERAL: Keys = {"format": FILE["format"], "fund": _need(_many(_fields(_LINE)))}
"""The keys of a file with several funds that are kept for their money alone."""
