"""What was corrected beside applications as submitted, and which look-alikes were kept."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, get_type_hints

from msgspec import Struct
from sqlalchemy import select

from models.journal import canonical
from models.schema.applications.application import application_table
from models.schema.applications.correction import correction_table, kept_apart_table
from models.session import OF_ROUND, Session
from models.values.rows import ApplicationRow

AREA = "area"
"""The one field whose corrected value is kept in the application's own row."""

CORRECTABLE = frozenset(ApplicationRow.__struct_fields__) - {
    "reference",
    "eligibility",
    "eligibility_reason",
    "withdrawn",
    "answers",
}
"""The fields that can be corrected; gates, withdrawals and answers have rules of their own."""

_CORRECTIONS = (
    select(
        application_table.c.reference,
        correction_table.c.field,
        correction_table.c.value,
        correction_table.c.submitted,
        correction_table.c.reason,
        correction_table.c.corrected_by,
    )
    .join(application_table, application_table.c.id == correction_table.c.application_id)
    .where(application_table.c.round_id == OF_ROUND)
    .order_by(application_table.c.position, correction_table.c.field)
)


class Correction(Struct, frozen=True):
    """A corrected field: the value in force and the one submitted, both as JSON, why and by whom."""

    application: str
    field: str
    value: str
    submitted: str
    reason: str
    corrected_by: str


def corrections(session: Session, round_id: int) -> tuple[Correction, ...]:
    """Return what was corrected in a round, by application and field."""
    return tuple(Correction(*row) for row in session.execute(_CORRECTIONS, {"of_round": round_id}))


def corrected_fields(session: Session, round_id: int) -> Mapping[str, dict[str, Any]]:
    """Return the values in force of corrected fields, by application."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for correction in corrections(session, round_id):
        if correction.field != AREA:
            found[correction.application][correction.field] = value_of(correction.field, correction.value)
    return found


def kept_apart(session: Session, round_id: int) -> frozenset[tuple[str, str]]:
    """Return the pairs of references that look alike and are both kept, the earlier import first."""
    first, second = application_table.alias(), application_table.alias()
    table = kept_apart_table
    rows = session.execute(
        select(first.c.reference, second.c.reference)
        .join(table, table.c.first_id == first.c.id)
        .join(second, second.c.id == table.c.second_id)
        .where(first.c.round_id == round_id)
    )
    return frozenset((one, other) for one, other in rows)


def corrected_names(session: Session) -> Mapping[int, str]:
    """Return what applicants are called where that was corrected, by the application's number.

    A recipient goes by the name on its application, until a variation changes it: that is who the agreement
    is with. Another application of the same organisation may spell it otherwise.
    """
    found = corrections_everywhere(session, ("organisation",))
    return {number: values["organisation"] for number, values in found.items()}


def value_of(field: str, text: str) -> Any:
    """Return the value of an application's field that a JSON text stands for."""
    return canonical.decode(_hints()[field], json.loads(text))


def text_of(value: object) -> str:
    """Return a value of an application's field as JSON text."""
    return canonical.dumps(canonical.encode(value))


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(ApplicationRow)


def corrections_everywhere(session: Session, names: Collection[str]) -> Mapping[int, dict[str, Any]]:
    """Return the corrected values of some fields over all rounds, by the application's number."""
    table = correction_table
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    columns = select(table.c.application_id, table.c.field, table.c.value).where(table.c.field.in_(names))
    for number, name, value in session.execute(columns):
        found[number][name] = value_of(name, value)
    return found
