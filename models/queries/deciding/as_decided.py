"""A round as it was decided: places, offers and rules are of that day, whoever withdrew since.

What was withdrawn after its decision stays in the list in which it was decided: nothing that the panel
recommended is worked out anew without it. What was withdrawn before has no place there.
"""

from collections.abc import Collection
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from models.queries.deciding.decisions import decisions
from models.queries.set_up.round_rows import round_rows
from models.session import Session
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.ranking import Ranking, Standing
from scoring.round import Round


class DecidedRound(Struct, frozen=True, dict=True):
    """A round as it was decided, ranked once for all that a paper tells of its order."""

    round_id: int
    rows: RoundRows

    @cached_property
    def round(self) -> Round:
        """Return what the sums are worked from."""
        return scored_round(self.rows)

    @cached_property
    def ranking(self) -> Ranking:
        """Return the ranking of that day."""
        return rank(self.round)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Return how each application stands, by reference."""
        return {one.reference: one for one in self.ranking.standings}


def decided_round(session: Session, round_id: int) -> DecidedRound:
    """Return a round as it was decided; it is ranked when its order is first asked for."""
    return DecidedRound(round_id, as_decided(session, round_id))


def as_decided(session: Session, round_id: int) -> RoundRows:
    """Return a round with what was withdrawn after its decision as if it were not, to be ranked."""
    rows = round_rows(session, round_id)
    if not any(row.withdrawn for row in rows.applications):
        return rows
    return _with(rows, _placed(session, round_id))


def _with(rows: RoundRows, placed: Collection[str]) -> RoundRows:
    applications = tuple(
        replace(row, withdrawn=False) if row.withdrawn and row.reference in placed else row
        for row in rows.applications
    )
    return replace(rows, applications=applications)


def _placed(session: Session, round_id: int) -> frozenset[str]:
    """Return what had a place as the last step decided it."""
    return frozenset(
        row.application
        for row in decisions(session, round_id)
        if row.is_last and row.place is not None and row.verdict != "send_back"
    )
