"""What was corrected beside applications as submitted, and which look-alikes were kept."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, get_type_hints

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from models import canonical
from models.rows import ApplicationRow
from models.schema.application import ApplicationTable
from models.schema.correction import CorrectionTable, KeptApartTable

AREA = "area"
"""The one field whose corrected value is kept in the application's own row."""

CORRECTABLE = frozenset(field.name for field in fields(ApplicationRow)) - {
    "reference",
    "eligibility",
    "eligibility_reason",
    "withdrawn",
    "answers",
}
"""The fields that can be corrected; gates, withdrawals and answers have rules of their own."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected field: the value in force and the one submitted, both as JSON, why and by whom."""

    application: str
    field: str
    value: str
    submitted: str
    reason: str
    corrected_by: str


def corrections(session: Session, round_id: int) -> tuple[Correction, ...]:
    """Return what was corrected in a round, by application and field."""
    table = CorrectionTable
    columns = select(ApplicationTable.reference, table.field, table.value, table.submitted)
    rows = session.execute(
        columns.add_columns(table.reason, table.corrected_by)
        .join(ApplicationTable, ApplicationTable.id == table.application_id)
        .where(ApplicationTable.round_id == round_id)
        .order_by(ApplicationTable.position, table.field)
    )
    return tuple(Correction(*row) for row in rows)


def corrected_fields(session: Session, round_id: int) -> Mapping[str, dict[str, Any]]:
    """Return the values in force of corrected fields, by application."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for correction in corrections(session, round_id):
        if correction.field != AREA:
            found[correction.application][correction.field] = value_of(correction.field, correction.value)
    return found


def kept_apart(session: Session, round_id: int) -> frozenset[tuple[str, str]]:
    """Return the pairs of references that look alike and are both kept, the earlier taken in first."""
    first, second = aliased(ApplicationTable), aliased(ApplicationTable)
    table = KeptApartTable
    rows = session.execute(
        select(first.reference, second.reference)
        .join(table, table.first_id == first.id)
        .join(second, second.id == table.second_id)
        .where(first.round_id == round_id)
    )
    return frozenset((one, other) for one, other in rows)


def value_of(field: str, text: str) -> Any:
    """Return the value of an application's field that a JSON text stands for."""
    return canonical.decode(_hints()[field], json.loads(text))


def text_of(value: object) -> str:
    """Return a value of an application's field as JSON text."""
    return canonical.dumps(canonical.encode(value))


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(ApplicationRow)
