"""What a page shows of one round, asked and worked out beside the event loop."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.queries.rounds import RoundLine
from models.rows import RoundRows, scored_round
from scoring.explain import Explanation, explain
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.round import Round


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """A round with its ranking, and each application's project by reference."""

    line: RoundLine
    rows: RoundRows
    round: Round
    ranking: Ranking
    projects: Mapping[str, str]


def work_out(line: RoundLine, rows: RoundRows) -> RoundFigures:
    """Return a round's figures; nothing of them is ever stored."""
    scored = scored_round(rows)
    projects = {application.reference: application.project for application in rows.applications}
    return RoundFigures(line, rows, scored, rank(scored), projects)


def explained(figures: RoundFigures, reference: str) -> Explanation:
    """Return every step from one application's marks to its place and offer."""
    return explain(figures.round, reference)
