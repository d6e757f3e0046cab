"""A reading as the document that `import --json` prints."""

from datetime import datetime
from typing import Any

from exchange.applications.reading import Reading, ReadRow
from models.values.application_fields import SLOTS
from models.values.rows import ApplicationRow
from scoring.money import plain_pounds, plain_pounds_if_any

Document = dict[str, Any]


def document(reading: Reading) -> Document:
    """Return a reading as JSON values: pounds as text, dates ISO, what is absent null."""
    return {
        "sheet": reading.sheet,
        "header_row": reading.header_row,
        "mapped": dict(reading.mapped),
        "kept_as_answers": list(reading.kept_as_answers),
        "to_check": list(reading.to_check),
        "notes": list(reading.notes),
        "other_sheets": list(reading.other_sheets),
        "imported": len(reading.applications),
        "duplicates": len(reading.duplicates),
        "problems": [
            {
                "cell": problem.cell,
                "heading": problem.heading,
                "value": problem.value,
                "message": problem.message,
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
        "received_at": _moment(row.received_at, has_time=row.received_has_time),
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


def _moment(at: datetime | None, *, has_time: bool) -> str | None:
    if at is None:
        return None
    return at.isoformat() if has_time else at.date().isoformat()
