"""What the JSON of each column is read as: a value of this type, and of no other shape, is in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from pkgutil import resolve_name
from types import NoneType
from typing import Any, get_args

from msgspec import MsgspecError
from msgspec.json import Decoder

from models.schema.forms import LARGEST
from models.trouble import Trouble
from models.values import canonical
from models.values.applications import CORRECTED, field_kind, value_as_typed
from scoring.budget.limits import PlanLine
from scoring.written.days import is_in_reach

_TEXTS = tuple[str, ...]
PAIRS = tuple[tuple[str, str], ...]
_TERMS, _RULES = "models.values.awards:Terms", "models.reference.defaults:FundDefaults"
READ_AS: Mapping[str, Any] = {
    "recommendations.conditions": _TEXTS,
    "decisions.conditions": _TEXTS,
    "decided_standings.figures": "models.queries.deciding.as_decided:Figures",
    "decided_standings.steps": tuple[tuple[str, str, str, str, str], ...],
    "funds.defaults": _RULES,
    "rounds.chain": "models.reference.sign_off:Chain",
    "rounds.fund_rules": _RULES,
    "areas.carried": "models.values.rounds:Carried",
    "schemes.ladder": _TEXTS,
    "schemes.descriptors": tuple[tuple[int, str, str], ...],
    "criteria.bands": tuple[tuple[Decimal, Decimal], ...],
    "scheme_amendments.sheets": PAIRS,
    "closed_items.present": _TEXTS,
    "closed_items.decided": _TEXTS,
    "kept_panels.panel": "models.queries.panel.area_panels:KeptPanel",
    "revisions.parents": _TEXTS,
    "applications.answers": PAIRS,
    "applications.cells": tuple[tuple[str, str, str | None], ...],
    "matchings.fields": tuple[_TEXTS, ...],
    "award_variations.was": _TERMS,
    "award_variations.becomes": _TERMS,
    "payment_layouts.layout": "models.values.payments:PaymentLayout",
    "spending_plans.lines": tuple[PlanLine, ...],
}
"""By table and column, a type or where it is; a column that is not here holds what another says of it."""
BY_ANOTHER = {"corrections.value": "field", "corrections.submitted": "field"}
"""Columns whose type is that of what another column of the row names."""
_SUBMITTED = "corrections.submitted"
"""What stood there may be nothing, or none of the field's values."""
_LEAST = {"requested_pence": 1, "beneficiaries": -LARGEST}
"""The least that a figure of an application can be where that is not 0, as its columns have it."""

_NONE = (MsgspecError, LookupError, ValueError, ArithmeticError, RecursionError)
_SHOWN = 40
_UNREAD = (
    "Table {}, column {}: “{}” cannot be read. Nothing was changed. Check the record (verify), which names "
    "the row, and restore a copy from before it was changed."
)


@cache
def kind_of(column: str) -> Any:
    """Return the type as which a column is read, None where its JSON may be anything."""
    found = READ_AS.get(column)
    return resolve_name(found) if isinstance(found, str) else found


@cache
def shape_of(column: str) -> canonical.Json:
    """Return the shape of what a column holds, or by the name of a field, where that says it."""
    if column not in BY_ANOTHER:
        return canonical.shape_of(kind_of(column))
    kinds = {field: canonical.shape_of(field_kind(field)) for field in CORRECTED}
    if column == _SUBMITTED:
        return {field: {"any": [shape, "nothing"]} for field, shape in kinds.items()}
    return {field: _in_force(field, shape) for field, shape in kinds.items()}


def _in_force(field: str, shape: canonical.Json) -> canonical.Json:
    """Return the shape of a corrected value in force: a figure within its column's, a time without a zone."""
    match shape:
        case {"any": [*shapes]}:
            return {"any": [_in_force(field, one) for one in shapes]}
    if shape == "whole":
        return {"between": [_LEAST.get(field, 0), LARGEST]}
    return canonical.WALL_SHAPE if field == "received_at" and shape != "nothing" else shape


def _is_in_force(field: str, value: Any) -> bool:
    """Whether an application can have a value in a field: nothing only where its column may have none."""
    if value is None:
        return NoneType in get_args(field_kind(field))
    if isinstance(value, date) and not is_in_reach(value):
        return False
    if isinstance(value, datetime):
        return value.tzinfo is None
    is_figure = isinstance(value, int) and not isinstance(value, bool)
    return not is_figure or _LEAST.get(field, 0) <= value <= LARGEST


@cache
def _reader(column: str) -> Callable[[str], Any]:
    """Return what reads a column; lists of texts, of which an import has many, at the speed of the engine."""
    if not isinstance(READ_AS[column], str):
        return Decoder(READ_AS[column]).decode
    return partial(canonical.from_text, kind_of(column))


class NotRead(Trouble):
    """A row's JSON stands for no value of its column."""


def each_read(ask: Callable[[Any], Any], keys: Iterable[Any]) -> Iterator[Any]:
    """Yield what is answered of each, without those whose rows cannot be read: a list shows the others."""
    for key in keys:
        try:
            found = ask(key)
        except NotRead:
            continue
        yield found


def read(column: str, text: str) -> Any:
    """Return the value that a column's JSON stands for; `NotRead`, with the column, where it is none."""
    try:
        return _reader(column)(text)
    except _NONE as error:
        raise NotRead(_UNREAD.format(*column.split("."), text[:_SHOWN])) from error


def read_or(column: str, text: str, otherwise: Any = ()) -> Any:
    """Return the same, or another value where the JSON stands for none: its row is read without it."""
    try:
        return read(column, text)
    except NotRead:
        return otherwise


def is_readable(column: str, text: str, by: str = "") -> bool:
    """Whether a column's JSON is read as a value; `by` is what another column of its row names."""
    try:
        if column in BY_ANOTHER:
            value = value_as_typed(by, text)
            return column == _SUBMITTED or _is_in_force(by, value)
        if column in READ_AS:
            read(column, text)
    except (*_NONE, Trouble):
        return False
    return True
