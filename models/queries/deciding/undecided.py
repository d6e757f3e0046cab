"""Which applications are not decided yet, and with which others they share their place."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from sqlalchemy import select

from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.deciding.recommendations import recommendations
from models.queries.panel.left_to_do import unranked_in
from models.queries.set_up.round_rows import round_rows
from models.schema.set_up import round_table
from models.session import Session
from models.values.rows import scored_round
from scoring.allocating.shared_pots import same_place
from scoring.rank import rank
from scoring.ranking import Ranking, Standing, Status
from scoring.refused import Refused


class Undecided(Struct, frozen=True):
    """An application that is not decided; `tied_with` are those that share its place."""

    reference: str
    tied_with: tuple[str, ...] = ()


def unranked(session: Session, round_id: int, area: str) -> tuple[str, ...]:
    """Return what of an area has no place and nothing recorded, so that nobody signs for it."""
    ranking = rank(scored_round(round_rows(session, round_id)))
    return unranked_in(ranking, recommendations(session, round_id), area or None)


def undecided(session: Session, applications: Sequence[tuple[int, str]]) -> tuple[Undecided, ...]:
    """Return those of some applications (a round's number, a reference) that somebody has still to decide.

    One that is withdrawn is nobody's to decide, nor is one whose round was taken out.
    """
    there = session.scalars(select(round_table.c.id))
    rounds = sorted({round_id for round_id, _ in applications} & set(there))
    return tuple(
        one
        for round_id in rounds
        for one in _of_round(session, round_id, {of for number, of in applications if number == round_id})
    )


def _of_round(session: Session, round_id: int, chosen: set[str]) -> Iterator[Undecided]:
    decided = final_decisions(decisions(session, round_id))
    try:
        ranking = rank(scored_round(round_rows(session, round_id)))
    except Refused:  # a round whose criteria are not set up ranks nothing
        ranking = None
    known = {standing.reference: standing for standing in ranking.standings} if ranking else {}
    for reference in sorted(chosen - set(decided)):
        standing = known.get(reference)
        if standing is None or standing.status is not Status.WITHDRAWN:
            yield Undecided(reference, _tied_with(standing, ranking))


def _tied_with(standing: Standing | None, ranking: Ranking | None) -> tuple[str, ...]:
    if standing is None or ranking is None or not standing.tied:
        return ()
    same = same_place(ranking, standing)
    return tuple(one.reference for one in same if one.reference != standing.reference)
