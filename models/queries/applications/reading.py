"""One application as a panel member reads it: as submitted, without contacts and bank."""

from datetime import date

from msgspec import Struct

from models.permissions.viewing import Viewer
from models.queries.applications.applications import applications, gate_results, gates
from models.queries.applications.readable_answers import in_short, readable_answers
from models.queries.panel.score_sheets import require_open
from models.session import Session
from models.values.rows import Answer, ApplicationRow
from scoring import money
from scoring.refused import Refused
from scoring.round import Eligibility

SHORT = 60
"""An answer of no more letters than this is a fact rather than a text."""


class Reading(Struct, frozen=True):
    """What one application says. `texts` are read, `facts` are the short answers; each with its heading.

    `each_pence` is the amount asked by person helped, None where the number is not known.
    """

    reference: str
    organisation: str
    project: str
    area: str
    requested_pence: int
    beneficiaries: int | None
    each_pence: int | None
    match_pence: int | None
    total_cost_pence: int | None
    start_on: date | None
    end_on: date | None
    eligibility: Eligibility
    eligibility_reason: str
    gates: int
    texts: tuple[Answer, ...]
    facts: tuple[Answer, ...]


def reading(session: Session, round_id: int, viewer: Viewer, reference: str) -> Reading:
    """Return what one application says; refused where it is closed to the person."""
    require_open(session, round_id, viewer, reference)
    row = next((row for row in applications(session, round_id) if row.reference == reference), None)
    if row is None:
        raise Refused(f"There is no application {reference} in the round. Choose another one.")
    results = {one.gate for one in gate_results(session, round_id) if one.application == row.reference}
    barring = [
        gate
        for gate in gates(session, round_id)
        if not gate.is_advisory and (not gate.is_time or gate.code in results)
    ]
    return _reading(row, len(barring))


def _reading(row: ApplicationRow, gates_there: int) -> Reading:
    people = row.beneficiaries
    first, answers = in_short(row.summary, readable_answers(row.answers))
    long = tuple(answer for answer in answers if len(answer[1]) > SHORT)
    own = (*first, ("The need", row.need))
    after = (("What will change, and how they will know", row.outcomes),)
    return Reading(
        reference=row.reference,
        organisation=row.organisation,
        project=row.project,
        area=row.area or "",
        requested_pence=row.requested_pence,
        beneficiaries=people,
        each_pence=money.half_up(row.requested_pence, people) if people else None,
        match_pence=row.match_funding_pence,
        total_cost_pence=row.total_cost_pence,
        start_on=row.start_on,
        end_on=row.end_on,
        eligibility=row.eligibility,
        eligibility_reason=row.eligibility_reason,
        gates=gates_there,
        texts=tuple((heading, text) for heading, text in (*own, *long, *after) if text),
        facts=tuple(answer for answer in answers if 0 < len(answer[1]) <= SHORT),
    )
