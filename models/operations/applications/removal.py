"""Removing applications and bringing them back, and what that has in common with importing them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from msgspec.structs import replace
from sqlalchemy import Column, select

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation
from models.operations.panel.reopened import marking_opened
from models.operations.rows.write_applications import (
    application_ids,
    put_applications,
    put_choices,
    put_corrections,
    put_gate_results,
)
from models.operations.rows.write_areas import area_ids, put_areas
from models.operations.rows.write_round import remove_applications
from models.operations.rows.writing import remove
from models.operations.set_up.round_state import recommended_areas, require_round
from models.queries.applications.applications import (
    GateResult,
    applications,
    as_submitted,
    corrections,
    gate_results,
)
from models.queries.applications.choices import choices_of
from models.queries.deciding.challenges import challenged_in
from models.schema.applications import application_table
from models.schema.panel import (
    agreement_table,
    attendance_table,
    chair_decision_table,
    closed_item_table,
    interest_table,
    meeting_table,
    not_applicable_table,
    sheet_table,
    signer_interest_table,
)
from models.schema.set_up import area_table
from models.session import Session
from models.values.applications import ChoicesOf
from models.values.rows import ApplicationRow, AsSubmitted
from scoring.counted import counted, first_of
from scoring.refused import Refused
from scoring.round import Area, Eligibility

TOUCHED = frozenset({Topic.APPLICATIONS, Topic.GATES, Topic.ROUNDS})
Came = tuple[str, str]
"""A correction that came with its application: the reference, and the field."""


def add_areas(session: Session, round_id: int, names: Sequence[str]) -> None:
    """Add areas to a round with a £0.00 pot each; refused where one is there."""
    there = area_ids(session, round_id)
    for name in names:
        if name in there:
            raise Refused(f"The area {name} is in the round already. Name new areas only.")
    if len(set(names)) < len(names):
        raise Refused("An area is named twice. Name each new area once.")
    put_areas(session, round_id, {i: Area(name, 0) for i, name in enumerate(names, len(there))})


def check_new(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> None:
    """Refuse a reference that the round has already, or that is there twice."""
    references = [row.reference for row in rows]
    there = application_ids(session, round_id)
    taken = [reference for reference in references if reference in there]
    if taken:
        raise Refused(
            f"Already in the round: {first_of(taken)}. Leave these out, or give them new references."
        )
    twice = [reference for reference, count in Counter(references).items() if count > 1]
    if twice:
        raise Refused(f"Named twice: {first_of(twice)}. Give each application its own reference.")


def check_stages(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> None:
    """Refuse an application to an area whose intake is over."""
    columns = select(area_table.c.name, area_table.c.stage).where(
        area_table.c.round_id == round_id, area_table.c.stage != "intake"
    )
    moved_on = dict(session.execute(columns).all())
    for row in rows:
        if row.area in moved_on:
            raise Refused(
                f"{row.reference} is of the area {row.area}, which has moved on to {moved_on[row.area]}. "
                "The chair can move it back to intake."
            )


class RemoveApplications(RegisteredOperation, frozen=True):
    """Take applications out that nothing hangs on yet, and the areas that came with them.

    `corrected` are corrections that came with them: a reference and a field.
    """

    kind: ClassVar[str] = "remove applications"
    round_id: int
    references: tuple[str, ...]
    areas: tuple[str, ...] = ()
    corrected: tuple[Came, ...] = ()

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Remove {counted(len(self.references), 'application')}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take them out; refused once a member marked or declared anything on one, or it is recommended."""
        require_round(session, self.round_id)
        if not self.references:
            raise Refused("There is no application to remove.")
        chosen = set(self.references)
        _check_there(session, self.round_id, self.references)
        _check_free(session, self.round_id, chosen, self.corrected)
        inverse = _bring_back(session, self.round_id, chosen)
        inverse = replace(inverse, choices=choices_of(session, self.round_id, sorted(chosen)))
        remove_applications(session, self.round_id, sorted(chosen))
        there = area_ids(session, self.round_id)
        _remove_areas(session, self.round_id, self.areas)
        gone = there.keys() - area_ids(session, self.round_id).keys()
        inverse = replace(inverse, areas=tuple(name for name in self.areas if name in gone))
        return Outcome(TOUCHED, inverse, f"{counted(len(chosen), 'application')} removed.")


class BringBackApplications(RegisteredOperation, frozen=True):
    """Bring removed applications back where they stood, with what their gates came to."""

    kind: ClassVar[str] = "bring back applications"
    round_id: int
    rows: tuple[ApplicationRow, ...]
    positions: tuple[int, ...]
    all_gates: tuple[tuple[str, str, str], ...]
    gates: tuple[GateResult, ...] = ()
    areas: tuple[str, ...] = ()
    choices: tuple[ChoicesOf, ...] = ()
    submitted: tuple[AsSubmitted, ...] = ()

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Bring back {counted(len(self.rows), 'application')}"

    @marking_opened
    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put them in again; refused where a reference is taken by now."""
        require_round(session, self.round_id)
        check_new(session, self.round_id, self.rows)
        add_areas(session, self.round_id, self.areas)
        standings = ((Eligibility(word), reason, by) for word, reason, by in self.all_gates)
        put_applications(session, self.round_id, self.rows, standings, self.positions, self.submitted)
        put_corrections(session, self.round_id, self.rows, self.submitted, (actor.name, at))
        put_gate_results(session, self.round_id, self.gates, at)
        put_choices(session, self.round_id, self.choices)
        references = tuple(row.reference for row in self.rows)
        came = came_with(self.submitted)
        inverse = RemoveApplications(self.round_id, references, self.areas, came)
        return Outcome(TOUCHED, inverse, f"{counted(len(self.rows), 'application')} brought back.")


def came_with(submitted: Sequence[AsSubmitted]) -> tuple[Came, ...]:
    """Return the corrections that applications are put in with."""
    return tuple((one.application, of.field) for one in submitted for of in one.corrected)


def _check_there(session: Session, round_id: int, references: Sequence[str]) -> None:
    there = application_ids(session, round_id)
    missing = [reference for reference in references if reference not in there]
    if missing:
        raise Refused(f"Not in the round: {first_of(missing)}. Correct the references.")


def _remove_areas(session: Session, round_id: int, names: Sequence[str]) -> None:
    of_round = area_table.c.round_id == round_id
    kept = select(application_table.c.area_id).where(application_table.c.area_id.is_not(None))
    met = select(attendance_table.c.area_id).union_all(select(meeting_table.c.area_id))
    free = area_table.c.id.not_in(kept) & area_table.c.id.not_in(met)
    remove(session, area_table, of_round & area_table.c.name.in_(names) & free)


_OF_THE_PANEL = (
    sheet_table.c.application_id,
    interest_table.c.application_id,
    signer_interest_table.c.application_id,
    agreement_table.c.application_id,
    not_applicable_table.c.application_id,
    chair_decision_table.c.application_id,
    closed_item_table.c.application_id,
)
"""Where the panel's work on an application stands."""


_INSTEAD = "Mark an application as withdrawn instead."


def _check_free(session: Session, round_id: int, chosen: set[str], came: Sequence[Came]) -> None:
    """Refuse to remove what somebody corrected since, marked, challenged or recommended."""
    made = [one for one in corrections(session, round_id) if one.application in chosen]
    touched = [one.application for one in made if (one.application, one.field) not in came]
    if touched:
        raise Refused(f"There are corrections to {first_of(list(dict.fromkeys(touched)))}. {_INSTEAD}")
    for column in _OF_THE_PANEL:
        found = _named_in(session, round_id, chosen, column)
        if found:
            raise Refused(f"The panel has recorded something on {first_of(found)}. {_INSTEAD}")
    challenged = chosen.intersection(challenged_in(session, round_id))
    if challenged:
        raise Refused(f"A challenge is recorded on {first_of(sorted(challenged))}. {_INSTEAD}")
    areas = recommended_areas(session, round_id, chosen)
    if areas:
        raise Refused(f"{min(areas) or 'The round'} has recommendations. {_INSTEAD}")


def _named_in(session: Session, round_id: int, chosen: set[str], column: Column[Any]) -> list[str]:
    """Return which of the applications chosen a column of another table names."""
    of = application_table.c
    query = select(of.reference).where(of.round_id == round_id, of.id.in_(select(column))).order_by(of.id)
    return [reference for reference in session.scalars(query) if reference in chosen]


def _bring_back(session: Session, round_id: int, chosen: set[str]) -> BringBackApplications:
    table = application_table
    columns = select(
        table.c.reference, table.c.position, table.c.all_gates, table.c.all_gates_reason, table.c.all_gates_by
    )
    kept = {
        reference: (position, (word, reason, by))
        for reference, position, word, reason, by in session.execute(
            columns.where(table.c.round_id == round_id)
        )
    }
    rows = tuple(row for row in applications(session, round_id) if row.reference in chosen)
    return BringBackApplications(
        round_id,
        rows,
        positions=tuple(kept[row.reference][0] for row in rows),
        all_gates=tuple(kept[row.reference][1] for row in rows),
        gates=tuple(found for found in gate_results(session, round_id) if found.application in chosen),
        submitted=as_submitted(session, round_id, chosen),
    )
