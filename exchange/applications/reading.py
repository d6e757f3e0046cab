"""Read the rows of a table as applications, with what could not be read and what was already there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.applications.areas import FORCE_WIDE, AreaNames
from exchange.applications.columns import Columns
from exchange.applications.fields import text_of
from exchange.applications.references import Known, References, same_name, sameness
from exchange.applications.row_reader import Problem, RowReader, Taken
from exchange.applications.table import FoundTable
from models.values.rows import ApplicationRow

Tick = Callable[[int, int], None]

_TICK_EVERY = 500


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that is already here: its number, its reference ("" when it has none), and the one it repeats."""

    row: int
    reference: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: the new applications, and everything to say about the rest.

    `areas` are those of the new applications, the fund's usual ones first. `unused` names the headings of the
    mapping file that the table does not have. `sha256` is the sum of the file's bytes as they were read.
    """

    sheet: str
    header_row: int
    mapped: tuple[tuple[str, str], ...]
    kept_as_answers: tuple[str, ...]
    other_sheets: tuple[str, ...]
    duplicates: tuple[Duplicate, ...]
    problems: tuple[Problem, ...]
    applications: tuple[ApplicationRow, ...]
    areas: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the round already has: the fund's code, its applications and areas."""

    fund_code: str
    areas: AreaNames
    existing: tuple[ApplicationRow, ...] = ()
    round_areas: tuple[str, ...] = ()


def read_rows(found: FoundTable, columns: Columns, setting: Setting, tick: Tick | None = None) -> Reading:
    """Return the applications of a table that are not in the round yet.

    Raises nothing but what `tick` raises: rows that cannot be taken are among the problems.
    """
    only = setting.round_areas[0] if len(setting.round_areas) == 1 else FORCE_WIDE
    reader = RowReader(found, columns, setting.areas, area_without_column=only)
    sifting = _Sifting(setting, reader, _used_references(found, columns))
    for number, row in enumerate(found.rows):
        if tick and number % _TICK_EVERY == 0:
            tick(number, len(found.rows))
        taken = reader.read(found.first_row + number, row)
        if taken:
            sifting.take(taken)
    if tick:
        tick(len(found.rows), len(found.rows))
    return Reading(
        sheet=found.sheet,
        header_row=found.header_row,
        mapped=tuple((heading.text, field) for heading, field in columns.mapped),
        kept_as_answers=tuple(heading.text for heading in columns.answers),
        other_sheets=found.other_sheets,
        duplicates=tuple(sifting.duplicates),
        problems=tuple(sifting.problems),
        applications=tuple(sifting.applications),
        areas=_areas_in_order(sifting.applications, setting.areas),
        unused=columns.unused,
    )


class _Sifting:
    """Keeps what is new, in the order of the file."""

    def __init__(self, setting: Setting, reader: RowReader, used: Sequence[str]) -> None:
        self._reader = reader
        self.applications: list[ApplicationRow] = []
        self.duplicates: list[Duplicate] = []
        self.problems: list[Problem] = []
        self._known = Known(setting.existing)
        taken = [application.reference for application in setting.existing]
        self._references = References(setting.fund_code, [*used, *taken])

    def take(self, taken: Taken) -> None:
        """Keep an application, or say why not."""
        fields = taken.fields
        if fields is None:
            self.problems += taken.problems
        elif taken.reference:
            self._take_with_reference(taken, fields)
        else:
            same = self._known.alike(
                sameness(fields["organisation"], fields.get("project", ""), fields["requested_pence"])
            )
            if same is None:
                self._keep(taken, fields, self._references.give())
            else:
                self.duplicates.append(Duplicate(taken.row, "", same))

    def _take_with_reference(self, taken: Taken, fields: dict[str, Any]) -> None:
        holder = self._known.holder(taken.reference)
        if holder is None:
            self._keep(taken, fields, taken.reference)
        elif same_name(holder, fields["organisation"]):
            self.duplicates.append(Duplicate(taken.row, taken.reference, taken.reference))
        else:
            self.problems.append(self._reader.taken_reference(taken, holder))

    def _keep(self, taken: Taken, fields: dict[str, Any], reference: str) -> None:
        application = ApplicationRow(reference=reference, **fields)
        self._known.add(application)
        self.applications.append(application)
        self.problems += taken.problems


def _used_references(found: FoundTable, columns: Columns) -> list[str]:
    heading = columns.of("reference")
    if heading is None:
        return []
    return [text_of(cell) for row in found.rows if (cell := row[heading.column - 1]) is not None]


def _areas_in_order(applications: Sequence[ApplicationRow], names: AreaNames) -> tuple[str, ...]:
    present = dict.fromkeys(application.area for application in applications if application.area)
    usual = [name for name in names.order if name in present]
    return (*usual, *(name for name in present if name not in usual))
