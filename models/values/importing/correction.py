"""A correction of an application: the value in force beside what was submitted, who made it, when and why."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from models.journal import canonical
from models.values.application_fields import CONTACTS, NOTHING, SLOT_WORDS, SLOTS, TEXTS, printed_value
from models.values.rows import ApplicationRow, AsSubmitted, Replaced, SubmittedCell
from scoring.money import pounds
from scoring.written.days import short_day

AREA = "area"
AS_READ = "read from the applicant's words, to check"
"""Why a value stands that is only the likely one of a cell in prose, until somebody looked at it."""
OWN_ROW = frozenset({AREA, "answers", "reference"})
"""The fields whose corrected value is kept in the application's own row."""

CORRECTABLE = frozenset(ApplicationRow.__struct_fields__) - {
    "reference",
    "eligibility",
    "eligibility_reason",
    "withdrawn",
    "answers",
}
"""The fields that can be corrected; gates, withdrawals and answers have rules of their own."""


class Correction(Struct, frozen=True):
    """A corrected field: the value in force and the one submitted, both as JSON, why, by whom and when.

    `written` are the applicant's own words in the cells of the field, none where no file is known.
    """

    application: str
    field: str
    value: str
    submitted: str
    reason: str
    corrected_by: str
    corrected_at: datetime | None = None
    written: tuple[str, ...] = ()

    @property
    def now(self) -> str:
        """Return the value in force as printed."""
        return _printed(self.field, self.value)

    @property
    def was(self) -> str:
        """Return what was submitted: the cell's own words in quotes, else the value as printed."""
        if self.written:
            return ", ".join(f"“{words}”" if words else "nothing" for words in self.written)
        return _printed(self.field, self.submitted)

    @property
    def is_told(self) -> bool:
        """Whether it says something by itself: not that a time of day came with a day."""
        return self.field != "received_has_time"

    @property
    def is_to_check(self) -> bool:
        """Whether it is no correction: the value is only the likely one of the applicant's words."""
        return self.reason == AS_READ

    @property
    def name(self) -> str:
        """Return what people call the field."""
        return SLOT_WORDS.get(self.field, "Answers")

    @property
    def words(self) -> str:
        """Return the correction as a line of words."""
        if self.is_to_check:
            return f"{self.name} to check: {self.now} is only read from {self.was}"
        return f"{self.name} corrected to {self.now}, submitted as {self.was}: {self.reason}, {self.by}"

    @property
    def by(self) -> str:
        """Return who corrected it, and on which day."""
        on = f" on {short_day(self.corrected_at)}" if self.corrected_at else ""
        return f"{self.corrected_by}{on}"

    @property
    def beside_amount(self) -> str:
        """Return what papers print beside what was asked for: that it was corrected, by whom and when."""
        return f"corrected from {self.was} by {self.by}"

    @property
    def in_history(self) -> str:
        """Return the correction as the journal tells it; of words and contacts it names the field alone."""
        if self.field in (*CONTACTS, *TEXTS, "answers"):
            return self.name
        if self.is_to_check:
            return f"{self.name}: {self.now} read from {self.was}, to check"
        if self.value == self.submitted:
            return f"{self.name}: {self.now} looked at"
        return f"{self.name}: {self.now} (was {self.was})"


def corrections_on_import(
    rows: Iterable[ApplicationRow], submitted: Iterable[AsSubmitted]
) -> tuple[Correction, ...]:
    """Return what is corrected of applications as they come in; it has no time yet, and nobody's name."""
    stands = {row.reference: row for row in rows}
    return tuple(
        Correction(
            of.application,
            one.field,
            text_of(getattr(stands[of.application], one.field)),
            one.submitted,
            one.reason,
            "",
            written=written_in(of.cells, one.field),
        )
        for of in submitted
        for one in of.corrected
        if one.field != "received_has_time"
    )


def as_read(row: ApplicationRow, fields: Iterable[str]) -> tuple[Replaced, ...]:
    """Return that fields of an application are only the likely ones of its own words."""
    return tuple(Replaced(field, text_of(getattr(row, field)), AS_READ) for field in fields)


def with_first_answers(row: ApplicationRow, corrected: Iterable[Correction]) -> ApplicationRow:
    """Return an application with its answers as submitted, where one was typed over at the import."""
    for one in corrected:
        if (one.application, one.field) == (row.reference, "answers"):
            return replace(row, answers=value_of(one.field, one.submitted))
    return row


def written_in(cells: Iterable[SubmittedCell], field: str) -> tuple[str, ...]:
    """Return the applicant's own words in the cells of a field, but where the field holds just them."""
    return tuple(
        one.text for one in cells if one.text is not None and SLOTS.get(one.field, one.field) == field
    )


def _printed(field: str, text: str) -> str:
    value = value_of(field, text)
    if field.endswith("_pence") and isinstance(value, int):
        return pounds(value)
    if isinstance(value, tuple):
        return ", ".join(f"“{words}”" for _, words in value) or NOTHING
    return printed_value(value)


def value_of(field: str, text: str) -> Any:
    """Return the value of an application's field that a JSON text stands for; None where there was none."""
    return None if text == "null" else canonical.decode(_hints()[field], json.loads(text))


def text_of(value: object) -> str:
    """Return a value of an application's field as JSON text; a tuple is one of answers."""
    told = [list(pair) for pair in value] if isinstance(value, tuple) else canonical.encode(value)
    return canonical.dumps(told)


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(ApplicationRow)
