"""Closing a round, which gives the rest of its pots back to the year, and opening it again."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar

from sqlalchemy import update

from models.operation import Actor, Outcome, Topic
from models.operations.awards.budget_rules import within_year_of
from models.operations.operation_base import RegisteredOperation
from models.operations.set_up.round_state import require_known_round, require_round
from models.queries.applications.applications import applications
from models.queries.awards.budget import budget_key, fund_budget
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.deciding.recommendations import recommendations
from models.queries.deciding.settled import Became, became_of
from models.queries.papers.paper_texts import asked_by
from models.queries.set_up.rounds import round_line
from models.schema.set_up import round_table
from models.session import Session
from models.values.recommending import FUNDED
from scoring.counted import first_of, noun
from scoring.money import pounds
from scoring.refused import Refused

_TOUCHED = frozenset({Topic.ROUNDS, Topic.AWARDS})


class CloseRound(RegisteredOperation, frozen=True):
    """Close a round: nothing more is decided in it, and what its pots hold goes back to the year."""

    kind: ClassVar[str] = "close round"
    round_id: int

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Close the round"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Close it; refused before it is open, and while recommended money is not decided."""
        if require_round(session, self.round_id) == "set up":
            raise Refused("The round is still being set up. Remove it if it is not wanted.")
        decided = final_decisions(decisions(session, self.round_id))
        waiting = [
            row.application
            for row in recommendations(session, self.round_id)
            if row.outcome in FUNDED and row.application not in decided
        ]
        if waiting:
            raise Refused(
                f"Money is recommended on {first_of(waiting)} and not decided yet. Decide it first."
            )
        held, left = _held(session, self.round_id), _left_undecided(session, self.round_id, decided, at)
        _set_stage(session, self.round_id, "closed")
        name = round_line(session, self.round_id).name
        words = f"The round {name} is closed. Its pots held {pounds(held)} that was not decided.{left}"
        return Outcome(_TOUCHED, ReopenRound(self.round_id), words)


class ReopenRound(RegisteredOperation, frozen=True):
    """Open a closed round again: its pots hold their money again as far as there is any."""

    kind: ClassVar[str] = "reopen round"
    round_id: int

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Reopen the round"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Open it; refused where it is not closed, or the year has too little left for its pots."""
        if require_known_round(session, self.round_id) != "closed":
            raise Refused("The round is not closed. There is nothing to reopen.")
        with within_year_of(session, self.round_id, "The round stays closed."):
            _set_stage(session, self.round_id, "open")
        name = round_line(session, self.round_id).name
        return Outcome(_TOUCHED, CloseRound(self.round_id), f"The round {name} is open again.")


def _left_undecided(session: Session, round_id: int, decided: Collection[str], at: datetime) -> str:
    """Return which applications nobody decides any more, whose applicants may wait to hear; "" for none."""
    line, rows = round_line(session, round_id), applications(session, round_id)
    asked = asked_by(session, round_id, at.date())
    found = became_of(line, rows, decided, asked=asked)
    waiting = sorted(of for of, became in found.items() if became is Became.WAITING)
    if not waiting:
        return ""
    has, them = noun(len(waiting), "has", "have"), noun(len(waiting), "its applicant", "their applicants")
    return (
        f" {first_of(waiting)} {has} no decision, and nothing is decided in a closed round: tell {them}, or "
        "reopen it."
    )


def _held(session: Session, round_id: int) -> int:
    """Return what the pots of a round hold above its decisions."""
    line = round_line(session, round_id)
    budget = fund_budget(session, budget_key(session, round_id))
    draws = (draw for area in budget.areas for draw in area.rounds if draw.name == line.name)
    return sum(draw.held_pence for draw in draws)


def _set_stage(session: Session, round_id: int, stage: str) -> None:
    table = round_table
    session.execute(update(table).where(table.c.id == round_id).values(stage=stage))
