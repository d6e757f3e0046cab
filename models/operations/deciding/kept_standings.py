"""Keeping what the rule proposed for applications as they are signed or decided, and who was on the panel."""

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from models.operations.rows.write_applications import application_ids
from models.operations.rows.write_funds import area_ids
from models.queries.applications.applications import areas_by_reference
from models.queries.deciding.allowances import allowances
from models.queries.deciding.as_decided import (
    NOTHING_DECIDED,
    DecidedMoney,
    KeptWith,
    standing_columns,
    standing_today,
)
from models.queries.deciding.decisions import signed_lines
from models.queries.panel.area_panels import KeptPanel
from models.queries.panel.panel import interests, members_of
from models.queries.set_up.office import with_role
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import round_line
from models.queries.set_up.year_plans import year_plan
from models.role import Role
from models.schema.deciding import decided_standing_table
from models.schema.panel import kept_panel_table
from models.session import Session, put_new, replace_row
from models.store.locks.signing_on import with_figures
from models.values import canonical
from models.values.rows import scored_round
from scoring.allocating.over_pot import with_allowances
from scoring.rank import recalculated


def keep_panels(session: Session, round_id: int, references: Collection[str]) -> None:
    """Keep the panels of the areas of some applications, asked before the first of an area is signed."""
    areas, numbers = areas_by_reference(session, round_id), area_ids(session, round_id)
    signed = {areas.get(of) for of in signed_lines(session, round_id)}
    declared = tuple(sorted({row.member for row in interests(session, round_id)}))
    for area in sorted({name for of in references if (name := areas[of])} - signed):
        notes = with_role(session, round_id, Role.NOTE_TAKER, area)
        kept = KeptPanel(members_of(session, round_id), declared, notes)
        row = {"panel": canonical.to_text(kept)}
        replace_row(session, kept_panel_table, {"area_id": numbers[area]}, row)


def keep_standings(
    session: Session,
    round_id: int,
    decided: Mapping[str, int | None],
    stood: DecidedMoney = NOTHING_DECIDED,
) -> None:
    """Keep what the rule proposed for applications, by the numbers of the decisions on them.

    None is for what the panel's chair signed. What was signed or decided before keeps what that was taken on:
    the panel's list stays as signed. The money of its area is that of the moment at which it is decided, and
    what `stood` decided until then goes with it.
    """
    applicants = application_ids(session, round_id)
    with with_figures(session, round_id, to_rank=True):
        found = scored_round(round_rows(session, round_id))
    before, round_ = found.as_decided, replace(found, decided=())
    ranking = with_allowances(recalculated(round_), allowances(session, round_id))
    plan = year_plan(session, round_line(session, round_id))
    there = max(applicants.values()), len(round_.areas), plan, stood
    rows = []
    for of, decision in decided.items():
        today = standing_today(round_, ranking, of)
        beside = KeptWith(None if decision is None else today.pot, *there)
        key = {"decision_id": decision, "application_id": applicants[of]}
        rows.append({**key, **standing_columns(before.get(of, today), beside)})
    put_new(session, decided_standing_table, rows)
