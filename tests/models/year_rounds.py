"""Rounds in which everything asked for is awarded, for the tests of a year's figures."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.load import LoadRound
from models.queries.set_up.rounds import find_round
from models.record import Record
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rows import RoundRows
from scoring.round import Area
from tests.models.operations.deciding_rounds import last_from_paper
from tests.models.rounds import OFFICER, application, workbook_rows


class Grant(NamedTuple):
    """An application that gets all it asks for."""

    area: str
    organisation: str
    project: str
    pence: int
    funded_before: bool | None = None


def round_of(
    grants: Sequence[Grant], *, fund: str, year: str, pots: Sequence[Area] = (), name: str = "Autumn"
) -> RoundRows:
    """Return a round of these applications; an area has a pot of what is asked there unless one is given."""
    given = {pot.name: pot for pot in pots}
    asked = {grant.area: 0 for grant in grants}
    for grant in grants:
        asked[grant.area] += grant.pence
    areas = tuple(given.get(area, Area(area, pence)) for area, pence in asked.items())
    others = tuple(pot for pot in pots if pot.name not in asked)
    rows = workbook_rows()
    return replace(
        rows,
        fund=fund,
        year=year,
        name=name,
        scheme=replace(rows.scheme, cap_per_award_pence=None),
        areas=(*areas, *others),
        applications=tuple(
            application(
                number % 28 + 1,
                reference=f"G-{number:03d}",
                organisation=grant.organisation,
                project=grant.project,
                area=grant.area,
                requested_pence=grant.pence,
                previously_funded=grant.funded_before,
                summary=f"About {grant.project}",
            )
            for number, grant in enumerate(grants)
        ),
        members=(),
        interests=(),
        sheets=(),
        agreed=(),
        not_applicable=(),
        chair_decisions=(),
    )


def award_all(record: Record, rows: RoundRows, *, notice: str) -> int:
    """Load a round, recommend all of it, record from paper that it was decided so; return its number."""
    record.perform(LoadRound(rows), OFFICER)
    number = record.ask(lambda session: find_round(session, rows.name, rows.fund, rows.year))
    references = [row.reference for row in rows.applications]
    items = tuple(
        RecommendationRow(row.reference, "fund", row.requested_pence, "fits", conditions=("agreement",))
        for row in rows.applications
    )
    record.perform(RecordRecommendations(number, items), OFFICER)
    lines = map(LineDecision, references)
    record.perform(last_from_paper(record, number, *lines, notice=notice), OFFICER)
    return number
