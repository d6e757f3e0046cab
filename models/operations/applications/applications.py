"""Importing applications."""

from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Operation, Outcome
from models.operations.applications.in_time import (
    fail_over_cap,
    judge_cap,
    judge_time,
    late_among,
    late_words,
)
from models.operations.applications.removal import (
    TOUCHED,
    RemoveApplications,
    add_areas,
    came_with,
    check_new,
    check_stages,
)
from models.operations.operation_base import RegisteredOperation
from models.operations.panel.reopened import marking_opened
from models.operations.rows.write_applications import (
    NOT_CHECKED,
    By,
    Standing,
    put_applications,
    put_corrections,
    put_matching,
    suggest_choices,
)
from models.operations.rows.write_areas import area_ids
from models.operations.rows.write_funds import find_fund
from models.operations.rows.write_round import find_round_id
from models.operations.rows.writing import next_position
from models.operations.set_up.load import RemoveRound, check_areas
from models.operations.set_up.round_state import require_competition, require_round
from models.operations.set_up.rounds import check_name, set_up
from models.schema.applications import application_table
from models.session import Session
from models.values.applications import corrections_on_import
from models.values.importing import Matching
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow, AsSubmitted
from scoring.counted import counted
from scoring.refused import Refused

BY_HAND = "by hand"
"""The source of what somebody typed in, and no file brought."""
NO_AREA_YET = " It has no area: it is not ranked until one is chosen."


class ImportApplications(RegisteredOperation, frozen=True):
    """Import applications, as they were submitted; a round that is not there is set up for them.

    Gates start to check, whatever the rows say of eligibility; a request over a cap fails the gate that is
    answered by the caps, and with `judges_cap` one within them passes it, with `judges_uncapped` also where
    the round has none. With `judges_time` the gate of the closing date is judged where an area has one. Each
    of `added_areas` gets a £0.00 pot. `source` and `sha256` are of the file that the rows were read from;
    `matching` is remembered, and stays so when this is undone. `submitted` has the cells of the file, and
    what of the rows was corrected on the way in.
    """

    kind: ClassVar[str] = "import applications"
    round: RoundKey
    rows: tuple[ApplicationRow, ...]
    added_areas: tuple[str, ...] = ()
    source: str = ""
    sha256: str = ""
    matching: Matching | None = None
    judges_cap: bool = False
    judges_time: bool = False
    judges_uncapped: bool = False
    submitted: tuple[AsSubmitted, ...] = ()

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Import {counted(len(self.rows), 'application')} to {self.round.words}"

    @property
    def detail(self) -> str:
        """Return what was corrected on the way in, and why, "" for nothing."""
        told = corrections_on_import(self.rows, self.submitted)
        said = (": ".join(filter(None, (one.in_history, one.reason))) for one in told)
        return "; ".join(f"{one.application}, {words}" for one, words in zip(told, said, strict=True))

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a new round whose name one of the fund and year has in other letters."""
        check_name(session, self.round)

    @marking_opened
    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the applications in; refused where a reference is taken or an area has no pot."""
        if not self.rows:
            raise Refused("There is no application to import.")
        fund_id = find_fund(session, self.round.fund)
        round_id = find_round_id(session, fund_id, self.round.year, self.round.name)
        is_new = round_id is None
        if round_id is None:
            round_id = set_up(session, self.round, self.added_areas, at)
        else:
            require_round(session, round_id)
            require_competition(session, round_id)
            add_areas(session, round_id, self.added_areas)
        self._put(session, round_id, (actor.name, at))
        if self.matching is not None:
            assert fund_id is not None, "a round is of a fund"
            put_matching(session, fund_id, self.matching)
        if self.judges_cap:
            failed = judge_cap(session, round_id, self.rows, at, is_uncapped=self.judges_uncapped)
        else:
            failed = fail_over_cap(session, round_id, self.rows, actor, at)
        late = self._judge_time(session, round_id, at)
        words = f"{self._words(failed, is_new=is_new)}{late_words(late)}"
        return Outcome(TOUCHED, self._inverse(round_id, is_new=is_new), words)

    def _judge_time(self, session: Session, round_id: int, at: datetime) -> int:
        """Judge what came in time, and return how many did not."""
        if not self.judges_time:
            return 0
        references = {row.reference for row in self.rows}
        judge_time(session, round_id, references, at)
        return late_among(session, round_id, references)

    def _put(self, session: Session, round_id: int, by: By) -> None:
        check_new(session, round_id, self.rows)
        check_stages(session, round_id, self.rows)
        check_areas(set(area_ids(session, round_id)), self.rows)
        first = next_position(session, application_table, round_id)
        standings: list[Standing] = [NOT_CHECKED] * len(self.rows)
        positions = range(first, first + len(self.rows))
        put_applications(session, round_id, self.rows, standings, positions, self.submitted)
        put_corrections(session, round_id, self.rows, self.submitted, by)
        suggest_choices(session, round_id, self.rows)

    def _inverse(self, round_id: int, *, is_new: bool) -> Operation:
        if is_new:
            return RemoveRound(round_id, "")
        references = tuple(row.reference for row in self.rows)
        return RemoveApplications(round_id, references, self.added_areas, came_with(self.submitted))

    def _words(self, failed: int, *, is_new: bool) -> str:
        set_up_first = f"The round {self.round.words} was set up. " if is_new else ""
        over = (
            f" {counted(failed, 'application')} {'asks' if failed == 1 else 'ask'} for more than the cap."
            if failed
            else ""
        )
        return f"{set_up_first}{self._done}{over}"

    @property
    def _done(self) -> str:
        if self.source != BY_HAND:
            return f"{counted(len(self.rows), 'application')} imported."
        return " ".join(f"{row.reference} was added.{'' if row.area else NO_AREA_YET}" for row in self.rows)
