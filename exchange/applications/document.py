"""A reading as the document that `import --json` prints."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from msgspec.structs import replace

from exchange.applications.fields import READERS, problem_with_length, read_sum
from exchange.applications.importer import Reading, ReadRow
from models.values.applications import FIELD_WORDS, SLOTS, Correction, value_of, written_in
from models.values.rows import ApplicationRow, SubmittedCell
from scoring import money
from scoring.money import plain_pounds, plain_pounds_if_any
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


Document = dict[str, Any]


def document(reading: Reading) -> Document:
    """Return a reading as JSON values: pounds as text, dates ISO, what is absent null."""
    return {
        "sheet": reading.table.sheet,
        "header_row": reading.table.header_row,
        "mapped": dict(reading.mapped),
        "kept_as_answers": list(reading.kept_as_answers),
        "to_check": list(reading.to_check),
        "notes": list(reading.notes),
        "other_sheets": list(reading.table.other_sheets),
        "imported": len(reading.applications),
        "duplicates": len(reading.duplicates),
        "problems": [
            {
                "cell": problem.cell,
                "heading": problem.heading,
                "value": problem.value,
                "message": problem.words,
            }
            for problem in reading.problems
        ],
        "applications": [
            application_document(row.application) | _to_check(row)
            for row in reading.rows
            if row.application is not None
        ],
    }


def application_document(row: ApplicationRow) -> Document:
    """Return an application by the names of its fields, with its answers."""
    return {
        "reference": row.reference,
        "organisation": row.organisation,
        "organisation_type": row.organisation_type or None,
        "charity_number": row.charity_number or None,
        "company_number": row.company_number or None,
        "contact_name": row.contact_name or None,
        "email": row.email or None,
        "phone": row.phone or None,
        "address": row.address or None,
        "postcode": row.postcode or None,
        "area": row.area,
        "project": row.project or None,
        "summary": row.summary or None,
        "need": row.need or None,
        "outcomes": row.outcomes or None,
        "amount_requested": plain_pounds(row.requested_pence),
        "minimum_amount": plain_pounds_if_any(row.minimum_pence),
        "total_cost": plain_pounds_if_any(row.total_cost_pence),
        "match_funding": plain_pounds_if_any(row.match_funding_pence),
        "beneficiaries": row.beneficiaries,
        "start_on": row.start_on.isoformat() if row.start_on else None,
        "end_on": row.end_on.isoformat() if row.end_on else None,
        "received_at": _said_moment(row.received_at, has_time=row.received_has_time),
        "previously_funded": row.previously_funded,
        "bank_account_held": row.bank_account_held,
        "constitution_held": row.constitution_held,
        "safeguarding_policy": row.safeguarding_policy,
        "answers": dict(row.answers),
    }


def _to_check(row: ReadRow) -> Document:
    """Return the fields that are only the likely ones of the applicant's words; nothing where none is."""
    named = {slot: field for field, slot in SLOTS.items()}
    return {"to_check": [named.get(slot, slot) for slot in row.likely]} if row.likely else {}


def _said_moment(at: datetime | None, *, has_time: bool) -> str | None:
    if at is None:
        return None
    return at.isoformat() if has_time else at.date().isoformat()
