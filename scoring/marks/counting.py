"""Which score sheets count: handed in, complete, no conflict and no abstention (sections 1 and 2)."""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from scoring.round import AFTER_MEETING, InterestKind, Round, Sheet

Marks = tuple[int | None, ...]
"""One sheet's marks in the order of `Scheme.judged`; None is no mark."""


class Counting(NamedTuple):
    """The counting sheets' marks for each application, and a warning for each sheet taken as a draft."""

    marks: Mapping[str, list[Marks]]
    warnings: tuple[str, ...]


def not_applicable_of(round_: Round) -> dict[str, frozenset[str]]:
    """Return the codes not applicable to each application that has any."""
    codes: dict[str, set[str]] = {}
    for row in round_.not_applicable:
        codes.setdefault(row.application, set()).add(row.criterion)
    return {application: frozenset(found) for application, found in codes.items()}


def counting(round_: Round, not_applicable: Mapping[str, frozenset[str]]) -> Counting:
    """Return the marks that count, one entry for each counting member of an application.

    A sheet is keyed by (member, application), so a member counts once. Complete means a mark on every
    judged criterion that is applicable to that application; a sheet handed in with a mark missing
    does not count and is named in a warning.
    """
    sheets, warnings = _sorted_out(round_, not_applicable)
    marks: dict[str, list[Marks]] = {a.reference: [] for a in round_.applications}
    for sheet in sheets:
        held = marks.get(sheet.application)
        if held is not None:
            held.append(sheet.marks)
    return Counting(marks, tuple(warnings))


def counting_sheets(round_: Round) -> tuple[Sheet, ...]:
    """Return the sheets that count, whatever the status of their application."""
    return tuple(_sorted_out(round_, not_applicable_of(round_))[0])


def first_handed_in(round_: Round) -> Round:
    """Return a round in which reopened sheets are as first handed in before the meeting, or not at all."""
    if not any(sheet.reopened for sheet in round_.sheets):
        return round_
    return replace(round_, sheets=tuple(map(_as_first, round_.sheets)))


def _as_first(sheet: Sheet) -> Sheet:
    if sheet.reopened.startswith(AFTER_MEETING):
        return replace(sheet, submitted=False)
    return replace(sheet, marks=sheet.first, submitted=True) if sheet.first else sheet


def _sorted_out(round_: Round, not_applicable: Mapping[str, frozenset[str]]) -> tuple[list[Sheet], list[str]]:
    barred = {(i.member, i.application) for i in round_.interests if i.kind is not InterestKind.NONE}
    codes = tuple(c.code for c in round_.scheme.judged)
    found: list[Sheet] = []
    warnings: list[str] = []
    for sheet in round_.sheets:
        if not sheet.submitted or (barred and (sheet.member, sheet.application) in barred):
            continue
        if None in sheet.marks:
            missing = _missing(sheet, codes, not_applicable.get(sheet.application, frozenset()))
            if missing:
                warnings.append(_draft_words(sheet, missing))
                continue
        found.append(sheet)
    return found, warnings


def _missing(sheet: Sheet, codes: tuple[str, ...], not_applicable: frozenset[str]) -> list[str]:
    pairs = zip(codes, sheet.marks, strict=True)
    return [code for code, mark in pairs if mark is None and code not in not_applicable]


def _draft_words(sheet: Sheet, missing: list[str]) -> str:
    return (
        f"The sheet of {sheet.member} for {sheet.application} is marked as handed in but has no mark on "
        f"{', '.join(missing)}: it is taken as a draft and does not count."
    )
