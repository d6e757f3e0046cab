"""What the rule proposed for applications as they were decided: kept with the decision, read from there."""

import json
from collections.abc import Collection, Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.queries.rows import of_round
from models.schema.applications import application_table
from models.schema.deciding import decided_standing_table, decision_table, sign_off_table
from models.schema.personal import ERASED
from models.schema.set_up import area_table
from models.session import OF_ROUND, Session
from models.store.parts import part
from models.values import canonical
from scoring.explaining.steps import explain
from scoring.ranking import PotUse, Ranking, Standing, Step
from scoring.round import Application, AsDecided, Round

_STATUS = "status"
"""The rule of the step that gives the reasons for which an application has no place."""


class _Figures(NamedTuple):
    """What is kept as figures: no text that an erasure takes out."""

    application: Application
    standing: Standing
    pot: PotUse | None
    newest: int = 0


class KeptWith(NamedTuple):
    """The money of its area as a decision was taken, and the number of the newest application by then."""

    pot: PotUse | None
    newest: int


class _Row(Struct, frozen=True):
    figures: str
    steps: str
    reasons: str
    area: str | None


class _Kept(Struct, frozen=True):
    of: int
    figures: str


_AREAS = select(area_table.c.name).where(area_table.c.round_id == OF_ROUND)
_ROWS = (
    of_round(_Row, decided_standing_table, area=area_table.c.name)
    .outerjoin(area_table, area_table.c.id == application_table.c.area_id)
    .join(decision_table, decision_table.c.id == decided_standing_table.c.decision_id)
    .join(sign_off_table)
    .where(sign_off_table.c.is_last, decision_table.c.ended_by.is_(None))
    .order_by(decision_table.c.id)
)


_EVERY = of_round(_Kept, decided_standing_table, of=decided_standing_table.c.decision_id)


@part
def kept_with_decisions(session: Session, round_id: int) -> Mapping[int, KeptWith]:
    """Return what is kept with each decision of a round by its number, with those that others ended."""
    rows = (_Kept(*row) for row in session.execute(_EVERY, {"of_round": round_id}))
    found = ((row.of, canonical.from_text(_Figures, row.figures)) for row in rows)
    return {of: KeptWith(figures.pot, figures.newest) for of, figures in found}


@part
def decided_standings(session: Session, round_id: int) -> tuple[AsDecided, ...]:
    """Return what was proposed for each application of a round on which a decision stands."""
    of = {"of_round": round_id}
    areas = frozenset(session.scalars(_AREAS, of))
    return tuple(_read(_Row(*row), areas) for row in session.execute(_ROWS, of))


def standing_today(round_: Round, ranking: Ranking, reference: str) -> AsDecided:
    """Return what the rule proposes for an application today, and why; `ranking` is that of this round."""
    application = next(one for one in round_.applications if one.reference == reference)
    found = explain(round_, reference, ranking)
    pot = next((one for one in ranking.areas if one.area == application.area), None)
    return AsDecided(application, found.standing, pot, found.steps)


def standing_columns(decided: AsDecided, newest: int) -> Mapping[str, str]:
    """Return what is kept of an application that is decided, by column.

    `newest` is the number of the round's newest application.
    """
    reasons = decided.standing.reasons
    bare = replace(decided.application, eligibility_reason="")
    figures = _Figures(bare, decided.standing._replace(reasons=()), decided.pot, newest)
    steps = (step._replace(words="") if step.rule == _STATUS and reasons else step for step in decided.steps)
    return {
        "figures": canonical.to_text(figures),
        "steps": canonical.dumps([[*step] for step in steps]),
        "reasons": canonical.dumps([decided.application.eligibility_reason, *reasons]),
    }


def _read(row: _Row, areas: Collection[str]) -> AsDecided:
    """Return what was kept; reasons that were erased are `ERASED`, and steps that are closed are left out.

    An area that was renamed since has its new name.
    """
    application, standing, pot, _ = canonical.from_text(_Figures, row.figures)
    area = standing.area if standing.area in areas else row.area
    said = [ERASED, *([] if standing.is_ranked else [ERASED])]
    why, *reasons = json.loads(row.reasons) if row.reasons not in ("", ERASED) else said
    steps = (Step(*step) for step in json.loads(row.steps or "[]"))
    words = "; ".join(reasons)
    return AsDecided(
        replace(application, eligibility_reason=why, area=area),
        standing._replace(reasons=tuple(reasons), area=area),
        pot,
        tuple(step._replace(words=words) if step.rule == _STATUS and words else step for step in steps),
    )
