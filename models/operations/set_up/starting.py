"""Starting a round, from its fund's usual set-up or copied from an earlier round: one change, one undo."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import func, select

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.write_areas import area_ids, set_areas
from models.operations.rows.write_funds import find_fund
from models.operations.rows.write_round import find_round_id, put_scheme, remove_round, remove_scheme
from models.operations.set_up.area_dates import check_dates, write_dates
from models.operations.set_up.area_list import check_new_area
from models.operations.set_up.copy_round import copy_into, like_round, remove_copied
from models.operations.set_up.round_key import RoundKey
from models.operations.set_up.rounds import check_name, set_up
from models.operations.set_up.scheme import check_draft
from models.queries.set_up.area_dates import AreaDates
from models.queries.set_up.rounds import round_line
from models.queries.set_up.scheme import scheme as stored_scheme
from models.schema.applications.application import application_table
from models.session import Session
from scoring.money import short_pounds
from scoring.refused import Refused
from scoring.round import Area

_TOUCHED = frozenset({Topic.ROUNDS, Topic.SCHEME, Topic.GATES})


class OwnDates(Struct, frozen=True):
    """The dates of one area that are not those of the others."""

    area: str
    dates: AreaDates


class StartRound(RegisteredOperation, frozen=True):
    """Set up a round of a fund with its pots, quorum and dates; its rules are a draft.

    They are the fund's, or with `copied_from` those of an earlier round, which also gives its panel, chain,
    people and standing words, and with `keeps_call` what its call says in every round. Nothing that anybody
    declared, marked or decided is copied.
    """

    kind: ClassVar[str] = "start round"
    round: RoundKey
    areas: tuple[Area, ...]
    quorum: int
    dates: AreaDates
    copied_from: int | None = None
    own_dates: tuple[OwnDates, ...] = ()
    keeps_call: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Start the round {self.round.words}"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a name that a round of the fund and year has in other letters."""
        check_name(session, self.round)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the round in; refused without a name or areas, or where it is there."""
        self._check()
        names = tuple(area.name for area in self.areas)
        like = None if self.copied_from is None else like_round(session, self.copied_from, self.round.fund)
        round_id = set_up(session, self.round, names, at, like)
        set_areas(session, round_id, self.areas)
        self._write_dates(session, round_id)
        draft = replace(stored_scheme(session, round_id), quorum=self.quorum)
        check_draft(draft)
        remove_scheme(session, round_id)
        put_scheme(session, round_id, draft, frozen_at=None)
        words = f"The round {self.round.words} is set up: {self._pots()}."
        if self.copied_from is None:
            return Outcome(_TOUCHED, TakeBackRound(self), words)
        lost = copy_into(session, self.copied_from, round_id, keeps_call=self.keeps_call)
        source = round_line(session, self.copied_from)
        words += f" {f'The rest is copied from “{source.name}” {source.year}'.rstrip()}."
        return Outcome(_TOUCHED | {Topic.PANEL}, TakeBackRound(self), words + _lost_words(lost))

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
        for own in self.own_dates:
            if own.area not in taken:
                raise Refused(f"There is no area {own.area} in the round. Correct the name.")
            check_dates(own.area, own.dates)

    def _write_dates(self, session: Session, round_id: int) -> None:
        own = {one.area: one.dates for one in self.own_dates}
        for name, area_id in area_ids(session, round_id).items():
            write_dates(session, area_id, own.get(name, self.dates))

    def _pots(self) -> str:
        pots = short_pounds(sum(area.pot_pence for area in self.areas))
        several = len(self.areas) > 1
        return f"{len(self.areas)} areas with {pots} in their pots" if several else f"{pots} in its pot"


class TakeBackRound(RegisteredOperation, frozen=True):
    """Take a round out again that was only just started; starting it again makes it as it was."""

    kind: ClassVar[str] = "take back round"
    started: StartRound

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Remove the round {self.started.round.words}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it out; refused once it is open or has applications, which would not come back."""
        key = self.started.round
        round_id = find_round_id(session, find_fund(session, key.fund), key.year, key.name)
        if round_id is None:
            raise Refused(f"The round {key.words} is no longer in the record.")
        held = session.scalar(select(func.count()).where(application_table.c.round_id == round_id))
        if held or round_line(session, round_id).stage != "set up":
            raise Refused(f"The round {key.words} has applications or is open, and stays.")
        remove_copied(session, round_id)
        remove_round(session, round_id)
        return Outcome(_TOUCHED | {Topic.PANEL}, self.started, f"The round {key.words} was removed.")


def _lost_words(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    who, serve = ", ".join(names), "serves" if len(names) == 1 else "serve"
    return (
        f" {who} {serve} all areas for now: none of their own areas is in this round. Choose them on the "
        "panel."
    )
