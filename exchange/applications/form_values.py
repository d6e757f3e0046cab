"""What is typed into the form by hand, read field by field as a file's cells are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from msgspec.structs import replace

from exchange.applications.fields import READERS, problem_with_length, read_sum
from models.values.application_fields import FIELD_WORDS, SLOTS, value_of
from models.values.importing.correction import Correction, written_in
from models.values.rows import ApplicationRow, SubmittedCell
from scoring import money
from scoring.written.days import Moment, exact_clock, read_day
from scoring.written.text import Unreadable

YES_NO = ("previously_funded", "bank_account_held", "constitution_held", "safeguarding_policy")
DAYS = {"start_on": False, "end_on": False, "received_at": True}
"""The fields that are days, and whether a day without a year is a past one."""
CHECK_IT = "To check: it is only read from these words. Saving says that you looked."
NEEDED = {
    "organisation": "Type the name of the organisation.",
    "amount_requested": "Type the amount requested, such as 4500 or £4,500.00.",
    "reference": "Give the application its own reference.",
}


def typed(row: ApplicationRow, field: str) -> str:
    """Return a field as it is typed into its box: amounts plain, dates day first."""
    value = value_of(row, field)
    if value is None:
        return ""
    if field in SLOTS and isinstance(value, int):
        return money.plain_pounds(value).removesuffix(".00")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return _moment(Moment(value, row.received_has_time))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def submitted_notes(
    row: ApplicationRow, cells: Sequence[SubmittedCell], corrected: Iterable[Correction]
) -> dict[str, str]:
    """Return by field what was submitted where its box says something else, and who corrected it and why."""
    found = {}
    by_slot = {one.field: one for one in corrected}
    for field in FIELD_WORDS:
        slot = SLOTS.get(field, field)
        written = [words for words in written_in(cells, slot) if words]
        if (one := by_slot.get(slot)) is not None:
            by = f"Corrected by {one.by}: {one.reason}"
            found[field] = f"Submitted as {one.was}. {CHECK_IT if one.is_to_check else by}"
        elif written and written != [typed(row, field)]:
            found[field] = f"Submitted as {', '.join(f'“{words}”' for words in written)}."
    return found


def in_full(field: str, text: str) -> str:
    """Return a day as its box shows it once it is left, with its year; any other text as it is."""
    if field not in DAYS or not text.strip():
        return text
    try:
        value = _read(field, text)
    except Unreadable:
        return text
    if isinstance(value, Moment):
        return _moment(value)
    return f"{value:%d/%m/%Y}"


def problem_with(field: str, text: str) -> str:
    """Return why a box cannot be read as its field, "" when it can."""
    if not text.strip():
        return NEEDED.get(field, "")
    try:
        _read(field, text)
    except Unreadable as error:
        return str(error)
    return problem_with_length(field, text)


def with_typed(row: ApplicationRow, texts: Mapping[str, str]) -> ApplicationRow:
    """Return the application with what was typed; every text must be readable as its field."""
    values: dict[str, Any] = {}
    for field, text in texts.items():
        if text.strip() == typed(row, field):
            continue
        value = _read(field, text) if text.strip() else None
        slot = SLOTS.get(field, field)
        if isinstance(value, Moment):
            values["received_at"], values["received_has_time"] = value
        elif value is None and isinstance(getattr(row, slot), str) and field != "area":
            values[slot] = ""
        else:
            values[slot] = value
    return replace(row, **values)


def _moment(value: Moment) -> str:
    """Return a time to its second, so that one that is left alone stays what it is."""
    return f"{value.at:%d/%m/%Y} {exact_clock(value.at)}" if value.has_time else f"{value.at:%d/%m/%Y}"


def _read(field: str, text: str) -> Any:
    if field == "amount_requested":
        return read_sum(text)
    if field in DAYS:
        return _read_day(field, text)
    if field in READERS:
        return READERS[field](text)
    assert field in FIELD_WORDS, "a box is of a field"
    return " ".join(text.split())


def _read_day(field: str, text: str) -> Any:
    """Read a day as a file has it, or as a person types it: "25 Nov"."""
    try:
        return READERS[field](text)
    except Unreadable:
        day = read_day(text, date.today(), is_past=DAYS[field])
    assert day is not None, "an empty box is not read"
    return Moment(datetime.combine(day, time()), False) if field == "received_at" else day
