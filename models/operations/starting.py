"""Starting a round: five answers, one change, one undo."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.area_dates import check_dates, write_dates
from models.operations.area_list import check_new_area
from models.operations.load import RemoveRound
from models.operations.round_key import RoundKey
from models.operations.rounds import set_up
from models.operations.scheme import check_draft
from models.operations.set_up_roles import require_setter
from models.operations.write_areas import area_ids, set_areas
from models.operations.write_scheme import put_scheme, remove_scheme
from models.queries.area_dates import AreaDates
from models.queries.scheme import scheme as stored_scheme
from models.session import Session
from scoring.money import short_pounds
from scoring.refused import Refused
from scoring.round import Area


@dataclass(frozen=True, slots=True)
class StartRound:
    """Set up a round of a fund with its pots, quorum and dates; the fund's scheme is its draft."""

    kind: ClassVar[str] = "start round"
    is_barrier: ClassVar[bool] = False
    round: RoundKey
    areas: tuple[Area, ...]
    quorum: int
    dates: AreaDates

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Start the round {self.round.words}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the round in; refused without a name or areas, or where it is there."""
        require_setter(actor, "starts a round")
        self._check()
        round_id = set_up(session, self.round, tuple(area.name for area in self.areas), at)
        set_areas(session, round_id, self.areas)
        for area_id in area_ids(session, round_id).values():
            write_dates(session, area_id, self.dates)
        draft = replace(stored_scheme(session, round_id), quorum=self.quorum)
        check_draft(draft)
        remove_scheme(session, round_id)
        put_scheme(session, round_id, draft, frozen_at=None)
        pots = short_pounds(sum(area.pot_pence for area in self.areas))
        words = f"The round {self.round.words} is set up: "
        words += (
            f"{len(self.areas)} areas with {pots} in their pots."
            if len(self.areas) > 1
            else f"{pots} in its pot."
        )
        topics = frozenset({Topic.ROUNDS, Topic.SCHEME, Topic.GATES})
        return Outcome(topics, RemoveRound(round_id, ""), words)

    def _check(self) -> None:
        if not self.round.name.strip():
            raise Refused("The round needs a name, such as “Round 2” or “Autumn”.")
        if not self.areas:
            raise Refused("The round needs an area with a pot; one is enough.")
        taken: dict[str, int] = {}
        for number, area in enumerate(self.areas):
            check_new_area(area, taken)
            taken[area.name] = number
        check_dates("The round", self.dates)
