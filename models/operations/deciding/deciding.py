"""The deciding office's signing, step by step of the round's chain, line by line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import func, select

from models.operation import Actor, Outcome, Topic
from models.operations.applications.intake import few
from models.operations.awards.make_awards import make_awards, require_no_agreement
from models.operations.awards.within_year import within_year_of
from models.operations.deciding.decision_lines import (
    LineDecision,
    Standing,
    checked,
    end_lines,
    put_lines,
    require_reasons,
    standing_lines,
)
from models.operations.deciding.signing import PANELS_REMEDY
from models.operations.deciding.within_pots import refuse_given, refuse_more
from models.operations.rows.writing import next_id, put
from models.operations.set_up.round_state import require_round
from models.queries.deciding.allowances import given_amounts
from models.queries.deciding.decisions import chain_of, declared_by, earlier_hands
from models.queries.deciding.recommendations import FUNDED
from models.schema.deciding.decision import sign_off_table
from models.session import Session
from scoring.counted import counted
from scoring.money import pounds
from scoring.refused import Refused

NOTICE = re.compile(r"\d{3}/\d{4}")
OWN_REMEDY = "Write it on the line, or use the panel's reason there."
_TOUCHED = frozenset({Topic.DECISIONS, Topic.AWARDS, Topic.RECOMMENDATIONS})


@dataclass(frozen=True, slots=True)
class RecordDecisions:
    """Put down what one step of the chain decides on lines before it. A barrier, for good.

    `step` counts from 0. `from_paper` records the last step by somebody who signed elsewhere;
    `correcting` supersedes decisions of the last step that stand. With `own_reasons` a line that gets
    money says itself why it reduces crime or helps victims; without, as older records have it, the
    panel's reason stands in.
    """

    kind: ClassVar[str] = "record decisions"
    is_barrier: ClassVar[bool] = True
    round_id: int
    step: int
    by: str
    post: str
    on: date
    interests: str
    lines: tuple[LineDecision, ...]
    notice: str = ""
    legal_power: str = ""
    from_paper: bool = False
    correcting: bool = False
    own_reasons: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        verb = "Correct" if self.correcting else "Record"
        return f"{verb} decisions on {counted(len(self.lines), 'application')}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Check in what order and on which lines it is signed, then put the lines down and make awards."""
        if require_round(session, self.round_id) == "set up":
            raise Refused("The round is still being set up. There is nothing to decide yet.")
        last = len(chain_of(session, self.round_id)) - 1
        self._check_step(last)
        standings = standing_lines(session, self.round_id)
        self._check_order(standings, last)
        if not self.from_paper:
            self._check_hands(session)
        lines = checked(self.lines, standings, own_reasons=self.own_reasons)
        remedy = PANELS_REMEDY if self.from_paper else OWN_REMEDY
        require_reasons(lines, standings, remedy, is_last=self.step == last)
        self._check_paper(session, lines, last)
        self._check_pots(session, lines)
        references = tuple(line.application for line in lines)
        if self.correcting:
            require_no_agreement(session, self.round_id, references)
        numbers = put_lines(session, self.round_id, self._sign(session, actor, at, last), lines, standings)
        end_lines(session, self.round_id, lines, numbers, standings, supersedes=self.correcting)
        if self.step == last:
            with within_year_of(session, self.round_id, "Nothing was decided."):
                make_awards(session, self.round_id, self.notice, lines, numbers)
        return Outcome(_TOUCHED, None, _words(lines, is_last=self.step == last))

    def _check_step(self, last: int) -> None:
        if not 0 <= self.step <= last:
            steps = "1 step" if last == 0 else f"{last + 1} steps"
            raise Refused(f"The round's chain has {steps}; there is no step {self.step + 1}.")
        if not self.by.strip() or not self.post.strip():
            raise Refused("Say who signs, with name and post.")
        if self.from_paper and self.step != last:
            raise Refused("An officer records, from paper, what the last step of the chain decided.")

    def _check_hands(self, session: Session) -> None:
        """Refuse a person who signed an earlier step on a line, or who declared an interest in it."""
        references = tuple(line.application for line in self.lines)
        closed = declared_by(session, self.round_id, self.by)
        barred = [of for of in references if of in closed]
        if barred:
            raise Refused(
                f"{self.by} declared an interest in {few(barred)}. Somebody else decides there, or the line "
                "is left out of this signing."
            )
        before = earlier_hands(session, self.round_id, self.step, self.by)
        signed = [of for of in references if of in before]
        if signed:
            raise Refused(
                f"{self.by} signed {before[signed[0]]} on {few(signed)}. Each step of the chain is signed by "
                "a different person."
            )

    def _check_order(self, standings: dict[str, Standing], last: int) -> None:
        if not self.lines:
            raise Refused("There is no line to decide.")
        if len({line.application for line in self.lines}) < len(self.lines):
            raise Refused("An application is decided twice in one signing. Decide each once.")
        if self.correcting and self.step != last:
            raise Refused("Only the last step's decisions are corrected.")
        for line in self.lines:
            standing = standings.get(line.application)
            if standing is None:
                raise Refused(f"Nothing is recommended on {line.application}, so there is nothing to decide.")
            self._check_line(line, standing)

    def _check_line(self, line: LineDecision, standing: Standing) -> None:
        of = line.application
        if self.correcting:
            if not standing.is_decided:
                raise Refused(f"{of} is not decided yet, so there is nothing to correct.")
            if line.verdict != "change":
                raise Refused(f"A correction of {of} changes the decision, and says why.")
        elif standing.is_decided:
            raise Refused(f"{of} is decided. A correction is a new decision that supersedes it.")
        elif not self.from_paper and not standing.is_signed:
            raise Refused(f"The chair of the panel has not signed the recommendation on {of}.")
        elif not self.from_paper and standing.steps != self.step:
            raise Refused(
                f"{of} waits for step {standing.steps + 1} of the chain, not for step {self.step + 1}."
            )

    def _check_pots(self, session: Session, lines: Sequence[LineDecision]) -> None:
        """Refuse money in an area past pot, tolerance and what was allowed; a correction may lower it."""
        _refuse_past_pots(session, self.round_id, lines, is_correcting=self.correcting)

    def _check_paper(self, session: Session, lines: Sequence[LineDecision], last: int) -> None:
        if not self.interests.strip():
            raise Refused("State the interests of whoever signs, “none” where there are none.")
        decides = self.step == last and any(line.verdict != "send_back" for line in lines)
        if not decides:
            if self.notice:
                raise Refused(
                    "A notice of decision goes with the last step's decisions, and with nothing else."
                )
            return
        if not NOTICE.fullmatch(self.notice):
            raise Refused(f"“{self.notice}” is not a notice number. Write it like 031/2026.")
        used = select(func.count()).select_from(sign_off_table).where(sign_off_table.c.notice == self.notice)
        if session.scalar(used):
            raise Refused(f"Notice {self.notice} is used already. Each notice has a number of its own.")
        if not self.from_paper and not self.legal_power.strip():
            raise Refused("Name the legal power under which the money is awarded.")

    def _sign(self, session: Session, actor: Actor, at: datetime, last: int) -> int:
        number = next_id(session, sign_off_table.c.id)
        row = {
            "id": number,
            "round_id": self.round_id,
            "step": self.step,
            "is_last": self.step == last,
            "post": self.post,
            "signed_by": self.by,
            "signed_on": self.on,
            "interests": self.interests,
            "legal_power": self.legal_power,
            "notice": self.notice or None,
            "is_from_paper": self.from_paper,
            "recorded_by": actor.name,
            "recorded_at": at,
        }
        put(session, sign_off_table, [row])
        return number


def money_fault(
    session: Session, round_id: int, lines: Sequence[LineDecision], *, is_correcting: bool
) -> str:
    """Return why the money of decisions would be refused, "" when it fits or somebody allows it."""
    try:
        _refuse_past_pots(session, round_id, lines, is_correcting=is_correcting)
    except Refused as refused:
        return str(refused)
    return ""


def _refuse_past_pots(
    session: Session, round_id: int, lines: Sequence[LineDecision], *, is_correcting: bool
) -> None:
    before, told = given_amounts(session, round_id), "Nothing was decided."
    changed = {line.application: line.amount_pence or 0 for line in lines if line.verdict == "change"}
    after = {**before, **changed}
    if is_correcting:
        refuse_more(session, round_id, before, after, told)
    else:
        decided = [line.application for line in lines if line.verdict != "send_back"]
        refuse_given(session, round_id, after, decided, told)


def as_recommended(references: Sequence[str]) -> tuple[LineDecision, ...]:
    """Return lines that agree with what stands before."""
    return tuple(LineDecision(reference) for reference in references)


def _words(lines: Sequence[LineDecision], *, is_last: bool) -> str:
    back = sum(line.verdict == "send_back" for line in lines)
    changed = sum(line.verdict == "change" for line in lines)
    total = sum(
        line.amount_pence or 0 for line in lines if line.outcome in FUNDED and line.verdict != "send_back"
    )
    action = "decided" if is_last else "signed"
    parts = [f"{counted(len(lines) - back, 'application')} {action}, {pounds(total)} in all"]
    parts += [f"{changed} changed"] if changed else []
    parts += [f"{back} sent back"] if back else []
    return f"{', '.join(parts)}."
