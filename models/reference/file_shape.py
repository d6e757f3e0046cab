"""The keys that a fund's file may have, and what is wrong with one that has others, in a sentence."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from models.reference.defaults import CHECKS, MEMBER_KINDS, ListKind, SourceKind
from models.reference.fund_checks import LONGEST, MOST_LINES, is_plain_text
from models.reference.reporting import Every
from scoring.scheme import Allocation, Basis, Combine, Method, RankedBy, Side
from scoring.written.amounts import read_money

MOST_WHOLE = 1_000_000
Check = Callable[[Any, str], Iterator[str]]
"""Yields what is wrong with the value under a key, which it is given as it is named to a person."""


class Key(Struct, frozen=True):
    """A key: what its value must be, and whether there has to be one."""

    check: Check
    is_required: bool = False


Shape = Mapping[str, Key]


def shape_faults(data: Any) -> Iterator[str]:
    """Yield what is wrong with the keys of a fund's file, one sentence each."""
    is_several = isinstance(data, dict) and isinstance(data.get("fund"), list)
    yield from _table(SEVERAL if is_several else FILE)(data, "")


def _text(longest: int = LONGEST) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{where} is not a text in quotation marks."
        elif len(value) > longest:
            yield f"{where} has more than {longest} characters."
        elif not is_plain_text(value):
            yield f"{where} has a character that cannot be printed."

    return check


def _whole(least: int = 0) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST_WHOLE:
            yield f"{where} is not a whole number of {least} or more."

    return check


def _yes_no(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{where} is neither true nor false."


def _money(value: Any, where: str) -> Iterator[str]:
    try:
        pence = read_money(value, is_plain=True) if isinstance(value, str) else None
        is_money = isinstance(value, str) and (pence is None or pence >= 0)
    except ValueError as error:
        yield f"{where} is not an amount: {error}"
        return
    if not is_money:
        yield f'{where} is not an amount of £0.00 or more, in quotation marks, such as "5000.00".'


def _number(value: Any, where: str) -> Iterator[str]:
    try:
        found = Decimal(value) if isinstance(value, str) and value else Decimal(0)
    except InvalidOperation:
        found = Decimal("NaN")
    if not isinstance(value, str) or not found.is_finite() or len(value) > 20 or "e" in value.casefold():
        yield f'{where} is not a number in quotation marks, such as "12.5".'


def _day(value: Any, where: str) -> Iterator[str]:
    try:
        date.fromisoformat(value if isinstance(value, str) else "none")
    except ValueError:
        yield f'{where} is not a day in quotation marks, such as "2027-03-31".'


def _one_of(*words: str) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if value not in words:
            yield f"{where} is not one of {', '.join(words)}."

    return check


def _version(value: Any, where: str) -> Iterator[str]:
    if value != 1:
        yield f"{where} is not 1, the only layout that this program knows."


def _many(each: Check) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where} is not a list."
        elif len(value) > MOST_LINES:
            yield f"{where} has more than {MOST_LINES} lines."
        else:
            for number, one in enumerate(value, 1):
                yield from each(one, f"{where} {number}")

    return check


def _table(shape: Shape) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where or 'The file'} is not a table of keys."
            return
        for name in value:
            if name not in shape:
                yield f"{_named(where, name)} is not a key of a fund's file. The keys: {', '.join(shape)}."
        for name, key in shape.items():
            if name in value:
                yield from key.check(value[name], _named(where, name))
            elif key.is_required:
                yield f"{_named(where, name)} is missing."

    return check


def _amounts(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is not a table of years."
        return
    for year, amount in value.items():
        yield from _money(amount, _named(where, year))


def _named(where: str, name: str) -> str:
    shown = "".join(filter(str.isprintable, name))[:60]
    return f"{where} {shown}".strip()


def _of(check: Check) -> Key:
    return Key(check, is_required=True)


_TEXT, _TEXTS = Key(_text()), Key(_many(_text()))
_ITEM = {"code": _of(_text()), "words": _of(_text()), "retired": Key(_yes_no)}
_FUND: Shape = {
    "name": _of(_text()),
    "code": _of(_text()),
    "also_known_as": _TEXTS,
    "money": _TEXT,
    "marking": Key(_one_of("OFFICIAL", "OFFICIAL-SENSITIVE")),
    "has_panel": Key(_yes_no),
    "legal_power": _TEXT,
    "postcodes": _TEXTS,
    "purposes": _TEXTS,
    "required_lists": Key(_many(_one_of(*ListKind))),
    "keep_awarded_years": Key(_whole(1)),
    "keep_declined_years": Key(_whole(1)),
    "agreement_days": Key(_whole(1)),
    "letter_up_to": Key(_money),
    "checks": Key(_many(_one_of(*CHECKS))),
    "required_checks": Key(_many(_one_of(*CHECKS))),
    "reports_every": Key(_one_of("", *Every)),
    "amounts": Key(_amounts),
}
_SCHEME: Shape = {
    "split_quality": _of(_number),
    "combine": _of(_one_of(*Combine)),
    "quorum": _of(_whole(1)),
    "ranking": _of(_one_of(*RankedBy)),
    "tie_ladder": _of(_many(_text())),
    "allocation": _of(_one_of(*Allocation)),
    "tolerance_percent": _of(_number),
    "tolerance_authority": _of(_text()),
    "cap_per_award": _of(_money),
    "cap_per_organisation": _of(_money),
    "minimum_total": _of(_number),
    "minimum_quality": _of(_number),
    "not_applicable_allowed": _of(_yes_no),
}
_MARK: Shape = {"mark": _of(_whole()), "word": _of(_text()), "meaning": _of(_text())}
_CRITERION: Shape = {
    "code": _of(_text()),
    "title": _of(_text()),
    "side": _of(_one_of(*Side)),
    "weight": _of(_number),
    "method": _of(_one_of(*Method)),
    "minimum_mark": _of(_number),
    "guidance": _TEXT,
    "basis": Key(_one_of(*Basis)),
    "low": Key(_number),
    "high": Key(_number),
    "bands": Key(_many(_many(_number))),
}
_GATE: Shape = {
    "code": _of(_text()),
    "question": _of(_text()),
    "pass_means": _TEXT,
    "advisory": Key(_yes_no),
    "within_cap": Key(_yes_no),
    "retired": Key(_yes_no),
}
_SIGN_OFF: Shape = {
    "step": Key(_whole(1)),
    "role": _of(_text()),
    "post": _TEXT,
    "posts": _TEXTS,
    "per_area": Key(_yes_no),
    "from_amount": Key(_money),
    "up_to_amount": Key(_money),
}
_SOURCE: Shape = {
    "year": _of(_text()),
    "kind": _of(_one_of(*SourceKind)),
    "amount": _of(_money),
    "words": _TEXT,
    "ends_on": Key(_day),
}
_PART: Shape = {"percent": _of(_whole(1)), "trigger": _of(_text())}
_PANEL: Shape = {
    "kinds": _of(_many(_one_of(*MEMBER_KINDS))),
    "posts": _TEXTS,
    "at_least": _of(_whole(1)),
    "words": _of(_text()),
}

FILE: Shape = {
    "format": _of(_version),
    "fund": _of(_table(_FUND)),
    "scheme": Key(_table(_SCHEME)),
    "scale": Key(_table({"maximum": _of(_whole(1)), "mark": Key(_many(_table(_MARK)))})),
    "criterion": Key(_many(_table(_CRITERION))),
    "gate": Key(_many(_table(_GATE))),
    "area": Key(_many(_table({"name": _of(_text()), "short_forms": _TEXTS}))),
    "sign_off": Key(_many(_table(_SIGN_OFF))),
    "panel_member": Key(_many(_table(_PANEL))),
    "decline_code": Key(_many(_table(_ITEM))),
    "condition": Key(_many(_table({**_ITEM, "standard": Key(_yes_no)}))),
    "payment": Key(_many(_table({**_ITEM, "parts": _of(_many(_table(_PART)))}))),
    "clause": Key(_many(_table(_ITEM))),
    "returns": Key(
        _many(_table({"up_to": _of(_money), "points": _of(_one_of("end", "halves", "quarterly"))}))
    ),
    "reference": Key(
        _table({name: Key(_many(_text())) for name in ("service_areas", "needs", "indicators")})
    ),
    "source": Key(_many(_table(_SOURCE))),
    **{str(kind.value): Key(_many(_table(_ITEM))) for kind in ListKind},
}
"""The keys of a file with one fund."""
_LINE: Shape = {
    "name": _of(_text()),
    "code": _of(_text()),
    "has_panel": Key(_yes_no),
    "amounts": Key(_amounts),
}
SEVERAL: Shape = {"format": _of(_version), "fund": _of(_many(_table(_LINE)))}
"""The keys of a file with several funds that are kept for their money alone."""
