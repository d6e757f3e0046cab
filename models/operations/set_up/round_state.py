"""Which round is meant, by key, number or rows, and what stands in the way of a change to it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, func, select

from models.operation import Topic
from models.operations.rows.write_funds import find_fund
from models.operations.rows.write_round import find_round_id
from models.queries.set_up.rounds import is_direct
from models.schema.applications import application_table
from models.schema.deciding import decision_table, recommendation_table, sign_off_table
from models.schema.set_up import area_table, round_table
from models.session import Session
from models.values.rounds import RoundKey
from models.values.rows import RoundRows
from scoring.refused import Refused

WHOLE_ROUND = frozenset(
    {
        Topic.ROUNDS,
        Topic.SCHEME,
        Topic.APPLICATIONS,
        Topic.GATES,
        Topic.PANEL,
        Topic.INTERESTS,
        Topic.MARKS,
        Topic.AGREED,
        Topic.CHAIR_DECISIONS,
    }
)
"""The topics that a whole round touches."""
_STAGE = select(round_table.c.stage).where(round_table.c.id == bindparam("of_round"))
GONE = 0
"""The number of every round that is not in the record any more."""


def require_round(session: Session, round_id: int) -> str:
    """Return a round's stage; refused where the round is not there or is closed."""
    stage = require_known_round(session, round_id)
    if stage == "closed":
        raise Refused("The round is closed. Reopen it on Budget to change what was set or decided in it.")
    return stage


def require_known_round(session: Session, round_id: int) -> str:
    """Return a round's stage, closed or not: awards are paid and reported on after a round is closed."""
    stage = session.scalar(_STAGE, {"of_round": round_id})
    if stage is None:
        raise Refused("The round is no longer in the record. Choose another one.")
    return stage


def require_competition(session: Session, round_id: int) -> None:
    """Refuse what is done only where applicants compete, in a round of awards without a competition."""
    if is_direct(session, round_id):
        raise Refused(
            "The round holds awards without a competition. Nothing is imported or scored there; propose one "
            "on Awards."
        )


def has_recommendations(session: Session, round_id: int) -> bool:
    """Whether anything is recommended in a round, or was ever signed by its deciding office."""
    counted = select(func.count()).select_from(recommendation_table)
    joined = counted.join(application_table, application_table.c.id == recommendation_table.c.application_id)
    signed = select(func.count()).select_from(sign_off_table).where(sign_off_table.c.round_id == round_id)
    return bool(
        session.scalar(joined.where(application_table.c.round_id == round_id)) or session.scalar(signed)
    )


def require_not_recommended(session: Session, round_id: int, references: Collection[str], what: str) -> None:
    """Refuse where anything of the applications' own areas is recommended, or was ever decided."""
    _refuse_recommended(recommended_areas(session, round_id, references), what)


def require_area_not_recommended(session: Session, round_id: int, area: str | None) -> None:
    """Refuse where anything of an area that is to have another application is recommended or decided."""
    _refuse_recommended({area or ""} & _recommended_areas(session, round_id), "applications")


def _refuse_recommended(areas: Collection[str], what: str) -> None:
    if areas:
        named = min(areas) or "The round"
        raise Refused(f"{named} has recommendations, which rest on its {what} as they are.")


def recommended_areas(session: Session, round_id: int, references: Collection[str]) -> set[str]:
    """Return those of the applications' areas in which anything is recommended, or was ever decided.

    Each area has a stage and a list of its own: what one recommends does not rest on what another takes in.
    An application without an area stands under "".
    """
    table = application_table
    named = select(table.c.reference, area_table.c.name).outerjoin(
        area_table, area_table.c.id == table.c.area_id
    )
    own = session.execute(named.where(table.c.round_id == round_id))
    areas = {area or "" for reference, area in own if reference in references}
    return areas & _recommended_areas(session, round_id)


def _recommended_areas(session: Session, round_id: int) -> set[str]:
    """Return the areas in which anything is recommended, or was ever decided; "" for no area."""
    table = application_table
    named = (
        select(area_table.c.name).select_from(table).outerjoin(area_table, area_table.c.id == table.c.area_id)
    )
    of_round = named.where(table.c.round_id == round_id).distinct()
    return {
        area or ""
        for weighty in (recommendation_table, decision_table)
        for area in session.scalars(of_round.join(weighty, weighty.c.application_id == table.c.id))
    }


class Rounds:
    """The rounds of a record, as values name them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._there = set(session.scalars(select(round_table.c.id)))
        self._by_key: dict[tuple[str, str, str], int] = {}

    def number_of(self, value: Any) -> int | None:
        """Return the number of the round that a value names, 0 for one that is gone; None for no round."""
        if hasattr(value, "round_id"):
            return int(value.round_id) if value.round_id in self._there else GONE
        key = value if isinstance(value, RoundRows) else getattr(value, "round", None)
        return self._of_key(key) if isinstance(key, RoundRows | RoundKey) else None

    def _of_key(self, key: RoundRows | RoundKey) -> int:
        named = (key.fund, key.year, key.name)
        if named not in self._by_key:
            fund = find_fund(self._session, key.fund)
            found = None if fund is None else find_round_id(self._session, fund, key.year, key.name)
            self._by_key[named] = found or GONE
        return self._by_key[named]
