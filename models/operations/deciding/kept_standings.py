"""Keeping what the rule proposed for applications as they are signed or decided, and why."""

from collections.abc import Mapping

from msgspec.structs import replace

from models.operations.rows.write_applications import application_ids
from models.queries.deciding.allowances import allowances
from models.queries.deciding.as_decided import KeptWith, standing_columns, standing_today
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import round_line
from models.queries.set_up.year_plans import year_plan
from models.schema.deciding import decided_standing_table
from models.session import Session, put_new
from models.store.locks.signing_on import with_figures
from models.values.rows import scored_round
from scoring.allocating.over_pot import with_allowances
from scoring.rank import recalculated


def keep_standings(session: Session, round_id: int, decided: Mapping[str, int | None]) -> None:
    """Keep what the rule proposed for applications, by the numbers of the decisions on them.

    None is for what the panel's chair signed. What was signed or decided before keeps what that was taken on:
    the panel's list stays as signed. The money of its area is that of the day on which it is decided.
    """
    applicants = application_ids(session, round_id)
    with with_figures(session, round_id, to_rank=True):
        found = scored_round(round_rows(session, round_id))
    before, round_ = found.as_decided, replace(found, decided=())
    ranking = with_allowances(recalculated(round_), allowances(session, round_id))
    there = max(applicants.values()), len(round_.areas), year_plan(session, round_line(session, round_id))
    rows = []
    for of, decision in decided.items():
        today = standing_today(round_, ranking, of)
        beside = KeptWith(None if decision is None else today.pot, *there)
        key = {"decision_id": decision, "application_id": applicants[of]}
        rows.append({**key, **standing_columns(before.get(of, today), beside)})
    put_new(session, decided_standing_table, rows)
