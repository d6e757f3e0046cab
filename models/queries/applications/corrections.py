"""What was corrected beside applications as submitted, and which look-alikes were kept."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from models.schema.applications import application_table, correction_table, kept_apart_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from models.values.importing.correction import OWN_ROW, Correction, value_of, written_in
from models.values.rows import ApplicationRow, AsSubmitted, Replaced, SubmittedCell
from scoring.counted import first_of

_CORRECTIONS = (
    select(
        application_table.c.reference,
        correction_table.c.field,
        correction_table.c.value,
        correction_table.c.submitted,
        correction_table.c.reason,
        correction_table.c.corrected_by,
        correction_table.c.corrected_at,
        application_table.c.cells,
    )
    .join(application_table, application_table.c.id == correction_table.c.application_id)
    .where(application_table.c.round_id == OF_ROUND)
    .order_by(application_table.c.position, correction_table.c.field)
)


@part
def corrections(session: Session, round_id: int) -> tuple[Correction, ...]:
    """Return what was corrected in a round, by application and field."""
    rows = session.execute(_CORRECTIONS, {"of_round": round_id})
    return tuple(Correction(*row[:-1], written_in(cells_of(row.cells), row.field)) for row in rows)


def submitted_cells(session: Session, round_id: int) -> Mapping[str, tuple[SubmittedCell, ...]]:
    """Return what the applicants' files had in the cells of fields, by application; none is left out."""
    table = application_table
    columns = select(table.c.reference, table.c.cells).where(table.c.round_id == round_id)
    return {reference: cells_of(text) for reference, text in session.execute(columns) if text != "[]"}


def as_submitted(
    session: Session, round_id: int, chosen: Collection[str] | None = None
) -> tuple[AsSubmitted, ...]:
    """Return what was submitted of some applications (None: all), and which fields were corrected."""
    replaced: dict[str, list[Replaced]] = defaultdict(list)
    for one in corrections(session, round_id):
        replaced[one.application].append(Replaced(one.field, one.submitted, one.reason))
    cells = submitted_cells(session, round_id)
    told = sorted(of for of in {*cells, *replaced} if chosen is None or of in chosen)
    return tuple(AsSubmitted(of, cells.get(of, ()), tuple(replaced[of])) for of in told)


def cells_of(text: str) -> tuple[SubmittedCell, ...]:
    """Return the cells that a text of the record holds."""
    return tuple(SubmittedCell(*cell) for cell in json.loads(text))


def asked_corrected(session: Session, round_id: int) -> Mapping[str, str]:
    """Return by application that what was asked for was corrected, as papers print it beside the amount."""
    every = corrections(session, round_id)
    return {one.application: one.beside_amount for one in every if one.field == "requested_pence"}


def asked_as_submitted(session: Session, round_id: int) -> Mapping[str, int | None]:
    """Return what was asked for first where that was corrected, None where it was no number of pounds."""
    every = corrections(session, round_id)
    asked = (one for one in every if one.field == "requested_pence")
    return {one.application: value_of(one.field, one.submitted) for one in asked}


def as_corrected(session: Session, round_id: int, among: Iterable[ApplicationRow]) -> str:
    """Return which amounts of a sum of what was asked were corrected: " (ACF-002 as corrected)", "" for none.

    The public reads it too, so it has neither the applicant's own words nor who corrected them.
    """
    found = asked_corrected(session, round_id)
    told = [row.reference for row in among if row.reference in found]
    return f" ({first_of(told)} as corrected)" if told else ""


def corrected_fields(session: Session, round_id: int) -> Mapping[str, dict[str, Any]]:
    """Return the values in force of corrected fields, by application."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for correction in corrections(session, round_id):
        if correction.field not in OWN_ROW:
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


def corrections_everywhere(session: Session, names: Collection[str]) -> Mapping[int, dict[str, Any]]:
    """Return the corrected values of some fields over all rounds, by the application's number."""
    table = correction_table
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    columns = select(table.c.application_id, table.c.field, table.c.value).where(table.c.field.in_(names))
    for number, name, value in session.execute(columns):
        found[number][name] = value_of(name, value)
    return found
