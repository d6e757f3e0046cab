"""What remains of a change once what some applicants wrote, and what was written of them, is taken out.

References, organisations' names and numbers, amounts, dates and marks stay, so that every total and every
later change stands as it did. Texts of the applicant become empty; reasons say that they were erased.
"""

from collections.abc import Callable, Collection
from dataclasses import fields, is_dataclass, replace
from typing import Any

from models.operation import Operation
from models.operations.agreed import SetAgreedMark, SetDissent
from models.operations.corrections import CorrectApplication
from models.operations.marks import SetReason
from models.operations.round_key import RoundKey
from models.operations.several import ChangeApplications
from models.rows import AgreedRow, ApplicationRow, RoundRows, SheetRow

TEXTS = ("contact_name", "email", "phone", "address", "postcode", "summary", "need", "outcomes")
"""The fields of an application that are its applicant's own words and contacts, beside the answers."""

ERASED = "(erased)"
"""What stands in the place of a reason."""

_FIELDS: dict[type, tuple[str, ...]] = {
    SetReason: ("text", "replacing"),
    SetAgreedMark: ("reason", "replacing_reason"),
    SetDissent: ("text", "replacing"),
    SheetRow: ("reasons",),
    AgreedRow: ("reasons", "dissent"),
    CorrectApplication: ("reason",),
}

Chosen = Callable[[Any], Collection[str]]
"""Answers which references of the round that a value names (by number, key or rows) are to be erased."""


def redacted(operation: Operation, chosen: Chosen) -> Operation | None:
    """Return the change without what is to be erased: itself where none, None where nothing is left."""
    found: Operation | None = _without(operation, chosen, ())
    return found


def _without(value: Any, chosen: Chosen, references: Collection[str]) -> Any:
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        parts = [_without(part, chosen, references) for part in value]
        return value if _same(parts, value) else tuple(part for part in parts if part is not None)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if hasattr(value, "round_id") or isinstance(value, RoundRows) or _has_key(value):
        references = chosen(value)
    return _without_own(_with_parts(value, chosen, references), references)


def _has_key(value: Any) -> bool:
    return isinstance(getattr(value, "round", None), RoundKey)


def _with_parts(value: Any, chosen: Chosen, references: Collection[str]) -> Any:
    """Return a value with all it holds redacted, itself where nothing is."""
    changed = {}
    for field in fields(value):
        before = getattr(value, field.name)
        after = _without(before, chosen, references)
        if after is not before:
            changed[field.name] = after
    return replace(value, **changed) if changed else value


def _without_own(value: Any, references: Collection[str]) -> Any:
    """Return a value without its own texts; None where it did nothing else."""
    if isinstance(value, ChangeApplications):
        return value if value.parts else None
    if isinstance(value, ApplicationRow):
        blank = replace(value, **dict.fromkeys(TEXTS, ""), answers=())  # type: ignore[arg-type]
        return blank if value.reference in references and blank != value else value
    if type(value) not in _FIELDS or value.application not in references:
        return value
    if isinstance(value, CorrectApplication):
        left = tuple(c for c in value.changes if c.field not in (*TEXTS, "answers"))
        if not left:
            return None
        value = replace(value, changes=left) if left != value.changes else value
    told = {name: erased(getattr(value, name)) for name in _FIELDS[type(value)]}
    after = replace(value, **told)
    return value if after == value else after


def erased(text: Any) -> Any:
    """Return what stands in the place of a text or of several; of none, none."""
    if isinstance(text, tuple):
        return tuple(map(erased, text))
    return ERASED if text else text


def _same(parts: list[Any], value: tuple[Any, ...]) -> bool:
    return all(after is before for after, before in zip(parts, value, strict=True))
