"""How long applications are kept, and what remains of a change once what some applicants wrote goes."""

from collections.abc import Collection
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Operation, Outcome
from models.operations.applications.applications import (
    BY_HAND,
    BringBackApplications,
    ImportApplications,
    RemoveApplications,
)
from models.operations.applications.corrections import ChangeApplications, CorrectApplication, KeepApart
from models.operations.applications.gates import SetChoices
from models.operations.awards.monitoring import PutReturns, ReturnPut
from models.operations.awards.variations import VaryAward
from models.operations.erasure import is_read_off, without_conditions, without_outcomes
from models.operations.operation_base import InRound, OnApplication
from models.operations.packs.take_in import TakeInReturns
from models.operations.set_up.load import LoadRound, set_years
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.replace import PutRoundBack, ReplaceRound, Stood
from models.papers.texts import OF_APPLICATIONS
from models.queries.retention.retention import Years, held_for, years
from models.schema.applications import OWN_FIELDS, hold_table
from models.schema.personal import ABOUT, ERASED, GOES, TextAbout, erased, marked_fields
from models.schema.set_up import round_table
from models.session import Session, replace_row, row_at, stamp
from models.store.upkeep import TableRows
from models.values.applications import ChoicesOf
from models.values.awards import Terms
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow, AsSubmitted, RoundRows
from scoring.written.text import Refused

MOST_YEARS = 100


class SetRetention(InRound, frozen=True):
    """Set the years for which a round's awarded and declined applications are kept."""

    kind = "set retention"
    titled = "Keep awarded {0.years.awarded_words}, declined {0.years.declined_words}"
    years: Years
    replacing: Years

    def apply(self, session: Session) -> Outcome:
        """Set them; refused below one year and above a hundred."""
        if row_at(session, round_table, self.round_id) is None:
            raise Refused("There is no such round in the record.")
        self.refuse_stale(years(session, self.round_id), "How long applications are kept")
        if not all(1 <= one <= MOST_YEARS for one in (self.years.awarded, self.years.declined)):
            raise Refused(f"Applications can be kept for 1 to {MOST_YEARS} years.")
        set_years(session, self.round_id, self.years)
        return self.done_exchanging("years")


class HoldApplication(OnApplication, frozen=True):
    """Hold an application back from being disposed of, or take the hold off (""); `replacing` stood there."""

    kind = "hold application"
    titled = "{0.reason:Hold|Remove the hold on} {0.application}"
    reason: TextAbout
    replacing: TextAbout

    def apply(self, session: Session) -> Outcome:
        """Put the hold down, or take it off; refused when it was changed in the meantime."""
        number = self.its_number(session)
        self.refuse_stale(held_for(session, number), f"The hold on {self.application}")
        row = {"reason": self.reason, **stamp(session, "held")}
        replace_row(session, hold_table, {"application_id": number}, row if self.reason.strip() else None)
        return self.done_exchanging("reason")


_PARALLEL: dict[type, tuple[str, str]] = {
    LoadRound: ("standings", "rows"),
    BringBackApplications: ("all_gates", "rows"),
}
"""Where each application of a tuple has its word, reason and person in another beside it."""

_HOLDS: dict[type, str] = {ChangeApplications: "parts", PutReturns: "puts", SetChoices: "items"}
"""Where a change holds all that it does: without any of it nothing is left."""


class Chosen(Protocol):
    """Which applications are to be erased."""

    @property
    def identities(self) -> Collection[str]:
        """Return their identities and references."""
        ...

    def __call__(self, value: Any) -> Collection[str]:
        """Return the references that are to be erased in the round that a value names."""
        ...

    def rows_left(self, tables: tuple[TableRows, ...]) -> tuple[TableRows, ...]:
        """Return rows of tables without what is to be erased."""
        ...

    def has_ended(self, change: VaryAward) -> bool:
        """Whether a variation was withdrawn, or undone and another has its number."""
        ...

    def texts_left(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Return the returns, of some, that hold anything else than what is erased."""
        ...


def redacted(operation: Operation, chosen: Chosen, *, in_parts: bool = True) -> Operation | None:
    """Return the change without what is to be erased: itself where none, None where nothing is left.

    Not in parts, it is without all that it does to the applications that are erased.
    """
    found: Operation | None = _Redaction(chosen, in_parts=in_parts).without(operation, (), is_own=False)
    return found


class _Redaction:
    """One going through of a change, value by value."""

    def __init__(self, chosen: Chosen, *, in_parts: bool) -> None:
        self._chosen, self._in_parts = chosen, in_parts

    def without(self, value: Any, references: Collection[str], *, is_own: bool) -> Any:
        """Return a value redacted; None where nothing of it is left.

        What a value holds is of the application that it names, unless it names another (`is_own`).
        """
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            if value and isinstance(value[0], TableRows):
                return self._chosen.rows_left(value)
            parts = [self.without(part, references, is_own=is_own) for part in value]
            is_same = all(after is before for after, before in zip(parts, value, strict=True))
            return value if is_same else tuple(part for part in parts if part is not None)
        if not isinstance(value, Struct):
            return value
        key = getattr(value, "round", None)
        if hasattr(value, "round_id") or isinstance(value, RoundRows) or isinstance(key, RoundKey):
            references = self._chosen(value)
        if isinstance(value, LoadRound):
            references = self._chosen(value.rows)
        if references and isinstance(value, ReplaceRound | PutRoundBack) and value.reopen_because:
            value = replace(value, reopen_because=erased(value.reopen_because, ABOUT))  # each sheet says it
        if isinstance(value, ImportApplications):
            value = _without_source(value, references)
        if isinstance(value, RemoveApplications):
            left = tuple(
                one for one in value.corrected if not (one[0] in references and one[1] in OWN_FIELDS)
            )
            return value if left == value.corrected else replace(value, corrected=left)
        if isinstance(value, TakeInReturns):
            value = replace(value, texts=self._chosen.texts_left(value.texts))
        named = _names(value)
        is_own = not named.isdisjoint((*references, *self._chosen.identities)) if named else is_own
        if is_own and any(mark == GOES for _, mark in marked_fields(value.__class__)):
            return None
        if is_own and named and not self._in_parts:
            return None
        parts = self._with_parallel(value, self._with_parts(value, references, is_own=is_own), references)
        if isinstance(value, VaryAward) and is_own and self._chosen.has_ended(value):
            parts = replace(parts, terms=without_conditions(parts.terms))
        if is_own:
            return _without_texts(parts, value)
        held = _HOLDS.get(type(parts))
        return parts if held is None or getattr(parts, held) else None

    def _with_parts(self, value: Any, references: Collection[str], *, is_own: bool) -> Any:
        """Return a value with all it holds redacted, itself where nothing is."""
        changed = {}
        for name in value.__struct_fields__:
            before = getattr(value, name)
            after = self.without(before, references, is_own=is_own)
            if after is not before:
                changed[name] = after
        return replace(value, **changed) if changed else value

    def _with_parallel(self, before: Any, value: Any, references: Collection[str]) -> Any:
        """Redact what stands beside applications instead of in them."""
        if type(value) not in _PARALLEL:
            return value
        beside, of = _PARALLEL[type(value)]
        rows = getattr(before, of)
        rows = rows.applications if isinstance(rows, RoundRows) else rows
        stood = getattr(value, beside)
        told = tuple(
            (word, erased(reason, ABOUT), by) if row.reference in references else (word, reason, by)
            for (word, reason, by), row in zip(stood, rows, strict=False)
        )
        return value if told == stood else replace(value, **{beside: told})


def _without_source(value: ImportApplications, references: Collection[str]) -> ImportApplications:
    """Return an import without its file's name where that file goes, or all that was read from it."""
    names = {one.file.name for one in value.files if one.application in references}
    is_all = {row.reference for row in value.rows} <= set(references)
    return (
        without_source(value, names)
        if not is_all or value.source == BY_HAND
        else replace(value, source=ERASED)
    )


def without_source(value: ImportApplications, names: Collection[str]) -> ImportApplications:
    """Return an import without its file's name where that is the name of one of some files."""
    is_named = any(name in value.source for name in names)
    return replace(value, source=ERASED) if is_named else value


def _without_texts(value: Any, before: Any) -> Any:
    """Return a value without its own marked texts; None where it did nothing else."""
    if isinstance(value, Terms):
        return without_outcomes(value)
    if isinstance(value, ChoicesOf):
        left = tuple(
            one for one in value.choices if not is_read_off(one.kind.value, is_suggested=one.is_suggested)
        )
        return value if left == value.choices else replace(value, choices=left)
    if isinstance(value, CorrectApplication):
        changes = tuple(one for one in value.changes if one.field not in OWN_FIELDS)
        if not changes:
            return None
        value = replace(value, changes=changes) if changes != value.changes else value
    if isinstance(value, AsSubmitted):
        value = replace(value, corrected=tuple(one for one in value.corrected if one.field not in OWN_FIELDS))
    texts = {name: erased(getattr(value, name), mark) for name, mark in marked_fields(value.__class__)}
    after = replace(value, **texts) if texts else value
    if isinstance(after, ReturnPut) and after.said == after.replacing and before.said != before.replacing:
        return None  # it changed words alone, and a return that says the same is refused
    return value if after == value else after


def _names(value: Any) -> set[str]:
    """Return the references of the applications that a value is about."""
    if isinstance(value, KeepApart):
        return {value.first, value.second}
    if isinstance(value, ImportApplications):
        return {row.reference for row in value.rows}
    if isinstance(value, SetPaperTexts):
        return {value.subject} if value.paper in OF_APPLICATIONS else set()
    named = isinstance(value, Stood | ApplicationRow)
    own = value.reference if named else getattr(value, "application", "")
    return {own} if own else set()
