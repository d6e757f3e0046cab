"""The sheets, columns and fields of a round workbook, in their order (guide, round-workbook 1)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from msgspec import Struct

import resources
from models.values.rows import AgreedRow, Answer, ApplicationRow, RoundRows, SheetRow
from scoring.publishing import bands_text
from scoring.written.names import text_key

FORMAT = 1

ROUND = "Round"
POTS = "Pots"
CRITERIA = "Criteria"
APPLICATIONS = "Applications"
MEMBERS = "Members"
INTERESTS = "Interests"
MARKS = "Marks"
AGREED = "Agreed"
NOT_APPLICABLE = "Not applicable"
CHAIR_DECISIONS = "Chair decisions"
RULED_BY = "Ruled by"
"""The member whom the others named where the chair has an interest; a column that is there where one did."""
SIGNING = "Who signs"
"""Says who signs after the panel; written where anybody is named."""
LONG_TEXTS = "Long texts"
"""Holds the rest of each text that is longer than a cell holds; written where there is one."""
REST = re.compile(
    r" … \(keep this: the rest is numbers? ([0-9]{1,6})(?: to ([0-9]{1,6}))? "
    rf"on the sheet {LONG_TEXTS}\)\s*\Z"
)
"""Ends a text whose rest stands there."""

REQUIRED_SHEETS = (ROUND, POTS, CRITERIA, APPLICATIONS)

COUNTED_AS = "Counted as organisation"
"""Says which applications are of one organisation though they name it otherwise; written where any is so."""


class Column(NamedTuple):
    """A column of a sheet, or a field of the sheet Round, as `forms/round-workbook.txt` has it."""

    heading: str
    field: str
    kind: str
    is_needed: bool
    is_required: bool
    is_rare: bool


def _column(line: str) -> Column:
    heading, field, kind = (part.strip() for part in f"{line}||".split("|")[:3])
    is_needed, is_required, is_rare = (heading.endswith(mark) for mark in ("!", ("!", "*"), "~"))
    return Column(heading.rstrip("!*~"), field, kind or "text", is_needed, is_required, is_rare)


_, *_PARTS = resources.text("forms/round-workbook.txt").strip().split("\n\n")
LAYOUT = {name: tuple(map(_column, lines)) for name, *lines in map(str.splitlines, _PARTS)}
"""The columns of each sheet, and the fields of the sheet Round."""
OF_ROUND, OF_SCHEME = LAYOUT.pop("of the round"), LAYOUT.pop("of the scheme")
_WIDE = LAYOUT.pop("widths")
WIDTHS = {column.heading: int(column.field) for column in _WIDE}
"""How wide columns are, in characters, by their headings."""
PROSE = frozenset(column.heading for column in _WIDE if column.kind == "prose")
OF_APPLICATIONS = tuple(column for column in LAYOUT[APPLICATIONS] if column.field)
ROUND_FIELDS = ("Format", *(field.heading for field in (*OF_ROUND, *OF_SCHEME)))
OTHER_NAMES = {"total cost": "Total project cost", "received at": "Received"}
"""Headings of the import fields that this workbook calls by a name of its own, folded."""

SHEETS = tuple(LAYOUT)
COLUMNS = {sheet: tuple(column.heading for column in columns) for sheet, columns in LAYOUT.items()}

_TAKEN = {name.casefold() for name in COLUMNS[APPLICATIONS]} | OTHER_NAMES.keys()
ANSWER = " (answer)"

ROLES = ("chair", "member", "adviser")
EXCEPTION_VALUE = "fund"


def folded(heading: str) -> str:
    """Return a heading as it is compared: without case, its spaces and line breaks collapsed."""
    return text_key(heading)


def answer_heading(heading: str) -> str:
    """Return the heading that an answer is written under, marked where a column has that name itself."""
    return heading + ANSWER if _is_taken(heading) else heading


def answer_asked(heading: str) -> str:
    """Return the heading of an answer as the applicant's form had it, without our mark."""
    is_marked = heading.endswith(ANSWER) and _is_taken(heading)
    return heading.removesuffix(ANSWER) if is_marked else heading


def _is_taken(heading: str) -> bool:
    bare = folded(heading)
    while bare.endswith(ANSWER):
        bare = bare.removesuffix(ANSWER)
    return bare in _TAKEN


def comment_heading(code: str) -> str:
    return f"{code} comment"


def reason_heading(code: str) -> str:
    return f"{code} reason"


def for_panel_heading(code: str) -> str:
    """Return the heading over whether a reason or comment is for the panel only; written where one is."""
    return f"{code} for the panel only"


def rest_note(first: int, last: int) -> str:
    """Return how a text ends whose rest stands under these numbers of Long texts; `REST` finds it."""
    numbers = f"number {first}" if first == last else f"numbers {first} to {last}"
    return f" … (keep this: the rest is {numbers} on the sheet {LONG_TEXTS})"


class Pounds(Struct, frozen=True):
    """An amount of money for a cell, in pence."""

    pence: int


Value = None | str | bool | int | Decimal | date | datetime | Pounds


class SheetContent(Struct, frozen=True):
    """One sheet: its name, the headings of row 1, and the rows below them."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def content_of(rows: RoundRows) -> tuple[SheetContent, ...]:
    """Return every sheet of a round, in the order of the format; who signs only where anybody is named."""
    codes = rows.scheme.judged_codes
    fields = (
        ("Format", FORMAT),
        *((field.heading, _value(field, rows)) for field in OF_ROUND),
        *((field.heading, _value(field, rows.scheme)) for field in OF_SCHEME),
    )
    return (
        SheetContent(ROUND, COLUMNS[ROUND], fields),
        _sheet(POTS, rows.areas),
        _sheet(CRITERIA, rows.scheme.criteria),
        _applications(rows.applications, _counted_as(rows)),
        _sheet(MEMBERS, rows.members),
        _sheet(INTERESTS, rows.interests),
        _marked(MARKS, codes, rows.sheets, comment_heading, 3),
        _marked(AGREED, codes, rows.agreed, reason_heading, 1),
        _sheet(NOT_APPLICABLE, rows.not_applicable),
        _sheet(CHAIR_DECISIONS, rows.chair_decisions),
        *([_sheet(SIGNING, rows.seats)] if rows.seats else []),
    )


def long_texts(rest: Iterable[tuple[str, int, str]]) -> SheetContent:
    """Return the rest of texts longer than a cell holds, each part with the sheet and row of its cell."""
    rows = tuple((number, *part) for number, part in enumerate(rest, 1))
    return SheetContent(LONG_TEXTS, COLUMNS[LONG_TEXTS], rows)


def answer_columns(applications: Iterable[ApplicationRow]) -> tuple[tuple[str, int], ...]:
    """Return the answers' headings in the order they first come, each with its turn in one form."""
    found: dict[tuple[str, int], None] = {}
    for application in applications:
        found.update(dict.fromkeys(key for key, _ in _numbered(application.answers)))
    return tuple(found)


def _sheet(name: str, rows: Sequence[object]) -> SheetContent:
    columns = [c for c in LAYOUT[name] if not c.is_rare or any(getattr(row, c.field) for row in rows)]
    values = tuple(tuple(_value(column, row) for column in columns) for row in rows)
    return SheetContent(name, tuple(column.heading for column in columns), values)


def _value(column: Column, row: Any) -> Any:
    """Return what a cell holds of a row, as a `Value`."""
    value: Any = getattr(row, column.field)
    match column.kind:
        case "pounds" | "pounds or none":
            return None if value is None else Pounds(value)
        case "yes or no":
            return None if value is None else "yes" if value else "no"
        case "moment":
            return value if value is None or row.received_has_time else value.date()
        case "weight":
            return Decimal(value).scaleb(-4)
        case "bands":
            return bands_text(value)
        case "ladder":
            return ", ".join(value)
        case "place":
            return EXCEPTION_VALUE if value is None else value
    return value


def _applications(applications: tuple[ApplicationRow, ...], one_with: Mapping[str, str]) -> SheetContent:
    """Return the applications, and where organisations are merged, which are counted as one."""
    columns, wide = answer_columns(applications), len(COLUMNS[APPLICATIONS]) - (not one_with)
    rows = (
        (
            *(_value(column, row) for column in OF_APPLICATIONS),
            *([one_with.get(row.reference)] if one_with else []),
            *map(dict(_numbered(row.answers)).get, columns),
        )
        for row in applications
    )
    answers = (answer_heading(heading) for heading, _ in columns)
    return SheetContent(APPLICATIONS, (*COLUMNS[APPLICATIONS][:wide], *answers), tuple(rows))


def _counted_as(rows: RoundRows) -> dict[str, str]:
    """Return the organisation as which each application of a merged one is counted, by a name of its own."""
    names = {row.reference: row.organisation for row in rows.applications}
    called: dict[str, str] = {}
    for reference, one in rows.merged:
        if one not in called:
            name, turn = names[reference], 1 + sum(names[reference] == said for said in called.values())
            called[one] = name if turn == 1 else f"{name} ({turn})"
    return {reference: called[one] for reference, one in rows.merged}


def _numbered(answers: Iterable[Answer]) -> Iterator[tuple[tuple[str, int], str]]:
    turns: dict[str, int] = {}
    for heading, answer in answers:
        turns[heading] = turns.get(heading, 0) + 1
        yield (heading, turns[heading]), answer


def _marked(
    name: str,
    codes: tuple[str, ...],
    given: Sequence[SheetRow | AgreedRow],
    reason: Callable[[str], str],
    before: int,
) -> SheetContent:
    """Return marks and reasons by criterion, with so many of the sheet's own columns before them.

    Which reasons are for the panel only is there where any is.
    """
    fixed, none = _sheet(name, given), ("",) * len(codes)
    ticked = codes if any(row.for_panel for row in given) else ()

    def placed(own: Sequence[Any], *between: Iterable[Any]) -> tuple[Any, ...]:
        return (*own[:before], *chain(*between), *own[before:])

    ticks = (["yes" if code in row.for_panel else None for code in ticked] for row in given)
    rows = (
        placed(own, row.marks, row.reasons or none, own_ticks)
        for own, row, own_ticks in zip(fixed.rows, given, ticks, strict=True)
    )
    headings = placed(fixed.headings, codes, map(reason, codes), map(for_panel_heading, ticked))
    return SheetContent(name, headings, tuple(rows))
