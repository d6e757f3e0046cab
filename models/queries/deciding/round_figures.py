"""What a page shows of one round, asked and worked out beside the event loop."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from models.permissions.viewing import NOTHING_CLOSED, Sight, Viewer, told_steps, without_reasons
from models.queries.applications.choices import printed_choices
from models.queries.awards.budget import year_left
from models.queries.deciding.allowances import allowances
from models.queries.deciding.decisions import decisions, final_decisions, signed_lines
from models.queries.deciding.reasons import standard_conditions
from models.queries.deciding.recommendations import recommendations
from models.queries.deciding.round_list import RoundList, round_list, without_closed
from models.queries.panel.meeting import closed_items
from models.queries.panel.panel import Served, expected_to_score
from models.queries.permissions.reading import SeenRound, seen_round
from models.session import Session
from models.store.locks.signing_on import with_figures
from models.values.recommending import RecommendationRow
from models.values.rounds import RoundLine
from models.values.rows import RoundRows, scored_round
from scoring.allocating.over_pot import with_allowances
from scoring.budget.figures import FundBudget
from scoring.rank import rank
from scoring.ranking import Allowance, Ranking
from scoring.round import Round

if TYPE_CHECKING:
    from scoring.explaining.steps import Explanation


class RoundFigures(Struct, frozen=True):
    """A round with its ranking, each application's project by reference, and who serves which areas.

    `closed` are the items that a meeting closed, None where that was not asked; `standard` the conditions
    that go with every award of the fund; `signed` the lines that the chair signed. `sight` is what is closed
    to who reads: neither `rows` nor `listed` hold it, while `round` and `ranking`, from which sums are made,
    have the marks alone.
    """

    line: RoundLine
    rows: RoundRows
    round: Round
    ranking: Ranking
    listed: RoundList
    recorded: tuple[RecommendationRow, ...]
    projects: Mapping[str, str]
    served: Served
    closed: frozenset[str] | None = None
    standard: tuple[str, ...] = ()
    sight: Sight = NOTHING_CLOSED
    budget: FundBudget | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What applications are for, as papers print it, by reference; those without it left out."""
    signed: frozenset[str] = frozenset()
    decided: Mapping[str, int | None] = field(default_factory=dict)
    """What was decided on applications, in pence, None for no money."""


class Answer(NamedTuple):
    """What the record says of one round."""

    found: SeenRound
    recorded: tuple[RecommendationRow, ...]
    served: Served = {}  # noqa: RUF012  a field of a tuple, and nobody writes to it
    allowances: tuple[Allowance, ...] = ()
    closed: frozenset[str] | None = None
    standard: tuple[str, ...] = ()
    budget: FundBudget | None = None
    chosen: Mapping[str, str] = {}
    signed: frozenset[str] = frozenset()
    decided: Mapping[str, int | None] = {}


def ask_round(round_id: int, viewer: Viewer) -> Callable[..., Answer]:
    """Return the query for all that the pages of one round show to one person."""
    return partial(_answer_with_figures, round_id=round_id, viewer=viewer)


def work_out(line: RoundLine, answer: Answer) -> RoundFigures:
    """Return a round's figures; nothing of them is ever stored."""
    found, rows = answer.found, answer.found.rows
    scored = found.scored or scored_round(rows)
    ranking = with_allowances(rank(scored), answer.allowances)
    told = ranking
    if found.ranking is not None:
        told = with_allowances(found.ranking, answer.allowances)
        closed = {area.area: area.closed for area in told.areas}
        ranking = ranking._replace(areas=tuple(a._replace(closed=closed[a.area]) for a in ranking.areas))
    listed = without_closed(round_list(told, answer.recorded), found.sight)
    projects = {application.reference: application.project for application in rows.applications}
    asked = (rows, scored, ranking, listed, answer.recorded, projects, answer.served)
    later = (answer.closed, answer.standard, found.sight, answer.budget, answer.chosen, answer.signed)
    return RoundFigures(line, *asked, *later, answer.decided)


def _answer_with_figures(session: Session, round_id: int, viewer: Viewer) -> Answer:
    with with_figures(session, round_id):
        return _answer(session, round_id, viewer)


def _answer(session: Session, round_id: int, viewer: Viewer) -> Answer:
    found = seen_round(session, round_id, viewer)
    recorded = recommendations(session, round_id)
    served = expected_to_score(session, round_id)
    later = allowances(session, round_id)
    closed, standard = closed_items(session, round_id), standard_conditions(session, round_id)
    recorded = tuple(without_reasons({row.application: row for row in recorded}, found.sight).values())
    money = year_left(session, round_id)
    chosen = printed_choices(session, round_id)
    signed, final = signed_lines(session, round_id), final_decisions(decisions(session, round_id))
    decided = {of: row.amount_pence for of, row in final.items()}
    return Answer(found, recorded, served, later, closed, standard, money, chosen, signed, decided)


def explained(figures: RoundFigures, reference: str) -> "Explanation":
    """Return every step from one application's marks to its place and offer, as told to who reads."""
    from scoring.explaining.steps import explain  # the first page explains nothing

    found, line = explain(figures.round, reference, figures.ranking), figures.listed.of_application(reference)
    return found if line is None else told_steps(found, line.standing, figures.sight)
