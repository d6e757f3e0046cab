"""What the rule proposed for applications as they were signed or decided: kept, and read from there."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import and_, or_

from models.queries.rows import of_round
from models.queries.set_up.year_plans import YearPlan
from models.schema.deciding import decided_standing_table, decision_table, sign_off_table, signature_table
from models.schema.personal import ERASED
from models.session import Session
from models.store.parts import part
from models.values import canonical
from models.values.stored import is_readable, read_or
from scoring.ranking import Allowance, PotUse, Ranking, Standing, Step
from scoring.round import Application, AsDecided, Round
from scoring.written.text import in_clauses

_STATUS = "status"
"""The rule of the step that gives the reasons for which an application has no place."""


class DecidedMoney(Struct, frozen=True):
    """What stands decided in a round, and what is allowed over the money of its year.

    `held` is the number of each application with the pence that its award holds, less what came back. Those
    in `gone` were withdrawn and leave their money to others.
    """

    held: tuple[tuple[int, int], ...] = ()
    gone: tuple[int, ...] = ()
    over_year: tuple[Allowance, ...] = ()


NOTHING_DECIDED = DecidedMoney()


class Figures(NamedTuple):
    """What is kept as figures: no text that an erasure takes out."""

    application: Application
    standing: Standing
    pot: PotUse | None
    newest: int = 0
    areas: int = 0
    plan: YearPlan = YearPlan()
    before: DecidedMoney = NOTHING_DECIDED


class KeptWith(NamedTuple):
    """What there was as a decision was taken.

    The money of its area, the number of the newest application, how many areas its round had, the year, and
    what stood decided before it.
    """

    pot: PotUse | None
    newest: int
    areas: int
    plan: YearPlan
    before: DecidedMoney


class _Row(Struct, frozen=True):
    figures: str
    steps: str
    reasons: str


class _Kept(Struct, frozen=True):
    of: int
    figures: str


_KEPT = decided_standing_table.c
_FIGURES = "decided_standings.figures"
_ROWS = (
    of_round(_Row, decided_standing_table)
    .outerjoin(decision_table, decision_table.c.id == _KEPT.decision_id)
    .outerjoin(sign_off_table, sign_off_table.c.id == decision_table.c.sign_off_id)
    .outerjoin(signature_table, signature_table.c.application_id == _KEPT.application_id)
    .where(
        or_(
            and_(sign_off_table.c.is_last, decision_table.c.ended_by.is_(None)),
            and_(_KEPT.decision_id.is_(None), signature_table.c.signed_on.is_not(None)),
        )
    )
    .order_by(_KEPT.id)
)
_EVERY = of_round(_Kept, decided_standing_table, of=_KEPT.decision_id).where(_KEPT.decision_id.is_not(None))


@part
def kept_with_decisions(session: Session, round_id: int) -> Mapping[int, KeptWith]:
    """Return what is kept with each decision of a round by its number, with those that others ended."""
    rows = (_Kept(*row) for row in session.execute(_EVERY, {"of_round": round_id}))
    found = ((row.of, read_or(_FIGURES, row.figures, None)) for row in rows)
    return {of: KeptWith(*figures[2:]) for of, figures in found if figures is not None}


@part
def decided_standings(session: Session, round_id: int) -> tuple[AsDecided, ...]:
    """Return what was proposed for each application of a round that is decided, or that the chair signed."""
    found = dict[str, AsDecided]()
    for row in session.execute(_ROWS, {"of_round": round_id}):
        kept = _Row(*row)
        if not is_readable(_FIGURES, kept.figures):
            continue  # such a line has what is worked out today
        one = _read(kept)
        found.pop(one.standing.reference, None)  # the newest stands last: it has the money of its day
        found[one.standing.reference] = one
    return tuple(found.values())


def standing_today(round_: Round, ranking: Ranking, reference: str) -> AsDecided:
    """Return what the rule proposes for an application today, and why; `ranking` is that of this round."""
    from scoring.explaining.steps import explain  # a list that is read needs none of it

    application = next(one for one in round_.applications if one.reference == reference)
    found = explain(round_, reference, ranking)
    pot = next((one for one in ranking.areas if one.area == application.area), None)
    return AsDecided(application, found.standing, pot, found.steps)


def standing_columns(decided: AsDecided, beside: KeptWith) -> Mapping[str, str]:
    """Return what is kept of an application that is signed or decided, by column, with what there is."""
    reasons = decided.standing.reasons
    bare = replace(decided.application, eligibility_reason="")
    figures = Figures(bare, decided.standing._replace(reasons=()), *beside)
    steps = (step._replace(words="") if step.rule == _STATUS and reasons else step for step in decided.steps)
    return {
        "figures": canonical.to_text(figures),
        "steps": canonical.dumps([[*step] for step in steps]),
        "reasons": canonical.dumps([decided.application.eligibility_reason, *reasons]),
    }


def _read(row: _Row) -> AsDecided:
    """Return what was kept; reasons that were erased are `ERASED`, and steps that are closed are left out."""
    application, standing, pot, *_ = canonical.from_text(Figures, row.figures)
    said = [ERASED, *([] if standing.is_ranked else [ERASED])]
    why, *reasons = json.loads(row.reasons) if row.reasons not in ("", ERASED) else said
    steps = (Step(*step) for step in read_or("decided_standings.steps", row.steps or "[]", ()))
    words = in_clauses(reasons)
    return AsDecided(
        replace(application, eligibility_reason=why),
        standing._replace(reasons=tuple(reasons)),
        pot,
        tuple(step._replace(words=words) if step.rule == _STATUS and words else step for step in steps),
    )
