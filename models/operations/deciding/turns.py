"""Whose turn it is on a line, and signatures corrected or taken back while nobody signed after."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from models.operation import Outcome
from models.operations.awards.authorities import end_allowed
from models.operations.deciding.decision_lines import Standing, standing_lines
from models.operations.operation_base import DECIDING, Barrier, InRound, in_open_round
from models.queries.deciding.decisions import (
    NOT_BEGUN,
    Hand,
    Progress,
    Signature,
    Signed,
    Waits,
    decisions,
    needed_steps,
    progress_by_line,
    unsigned_posts,
)
from models.reference.sign_off import SignOff
from models.schema.deciding import decision_table
from models.session import Session, set_values
from models.trouble import refuse
from models.values.recommending import DecisionRow, LineDecision
from scoring.written.names import is_same_text
from scoring.written.text import Refused, listed


class Turn(Struct, frozen=True):
    """A signature about to be given in a chain, in person or from paper; it may begin a correction."""

    chain: Sequence[SignOff]
    hand: Hand
    from_paper: bool
    correcting: bool
    is_direct: bool

    def require(self, line: LineDecision, standing: Standing) -> None:
        """Refuse to sign a line out of turn."""
        held = standing.progress
        is_decided = held.final is not None and not held.since
        if is_decided or (self.correcting and held.final is None):
            is_last = held.final is not None and held.final.step == self.hand.number
            refuse(DECIDING.correction(line, is_decided, self.correcting, is_last))
        elif self.from_paper:
            self._require_on_paper(line, standing)
        else:
            self._require_in_person(line, standing)

    def waits_after(self, line: LineDecision, standing: Standing) -> Waits | None:
        """Return for whom a line, filled in, waits once it is signed; None where that decides it."""
        mine = Signed(self.hand.number, self.hand.post, self.from_paper)
        is_change = line.verdict == "change"
        return standing.progress.after(self.chain, mine, line.amount_pence, is_change=is_change)

    def _require_on_paper(self, line: LineDecision, standing: Standing) -> None:
        pence = line.amount_pence if line.verdict == "change" else standing.amount_pence
        needed, held, number = needed_steps(self.chain, pence), standing.progress, self.hand.number
        is_needed = number in needed and number >= held.starts_at
        is_past = any(one.step > number for one in held.since)
        last = self.chain[needed[-1]].words
        refuse(DECIDING.on_paper(line, last, is_needed, is_past), self._twice(line, held.since))

    def _require_in_person(self, line: LineDecision, standing: Standing) -> None:
        waits = standing.progress.waits(self.chain, standing.amount_pence)
        assert waits is not None, "a line that is not decided waits for somebody"
        is_back = not standing.is_signed and not standing.is_decided
        turn = waits.step + 1, self.hand.number + 1
        in_turn = DECIDING.in_person(line, is_back, self.is_direct, *turn)
        refuse(in_turn, self._twice(line, standing.progress.since))

    def _twice(self, line: LineDecision, signed: Sequence[Signature]) -> str:
        """Return that the post signed the line already, and who has still to, "" where it did not."""
        left = list(unsigned_posts(self.hand.step, self.hand.number, signed))
        here = [self.hand.step.post_taken(one.post) for one in signed if one.step == self.hand.number]
        return DECIDING.twice(line, self.hand.taken, left) if self.hand.taken in here else ""


def hand_in(chain: Sequence[SignOff], number: int, by: str, said: str) -> Hand:
    """Return the signature given at a step: for the post of a joint step that is named or its deputy's.

    Refused where there is no such step or post, or where nobody signs.
    """
    refuse(DECIDING.hand(number + 1, len(chain), by, said))
    step = chain[number]
    return Hand(step, number, step.post_signed(said) if step.is_joint else said)


def waits_of(
    turn: Turn, lines: Sequence[LineDecision], standings: Mapping[str, Standing]
) -> dict[str, Waits | None]:
    """Return for whom each line waits once it is signed, by reference; None for one that is decided then.

    What is sent back is left out: it waits for the panel, or stays as it was decided.
    """
    kept = (line for line in lines if line.verdict != "send_back")
    return {line.application: turn.waits_after(line, standings[line.application]) for line in kept}


def begins_decision(turn: Turn, lines: Sequence[LineDecision], waits: Mapping[str, Waits | None]) -> bool:
    """Whether a signature is one of several that decide a line together, and others have still to sign."""
    number = turn.hand.number
    return any(
        (left := waits.get(line.application)) is not None
        and left.step == number == needed_steps(turn.chain, line.amount_pence)[-1]
        for line in lines
    )


def still_to_sign(hand: Hand, waits: Iterable[Waits | None]) -> str:
    """Say which posts of a joint step have still to sign what one of them signed, "" for none."""
    left = {post for one in waits if one is not None and one.step == hand.number for post in one.posts}
    posts = [post for post in hand.step.posts if post in left]
    return f" The {listed(posts)} {'has' if len(posts) == 1 else 'have'} still to sign." if posts else ""


def agreeing(session: Session, round_id: int, lines: Sequence[LineDecision]) -> tuple[LineDecision, ...]:
    """Return changes of decided lines as they are signed: one that others signed already is agreed with.

    Theirs would else be ended by it, and each post of a joint step wait for the other for ever.
    """
    standings = standing_lines(session, round_id)
    return tuple(
        LineDecision(line.application) if _is_signed_so(line, standings.get(line.application)) else line
        for line in lines
    )


def _is_signed_so(line: LineDecision, standing: Standing | None) -> bool:
    """Whether a correction that waits for a further signature says what the line would."""
    if standing is None or not standing.progress.is_correcting:
        return False
    is_same = (line.outcome, line.amount_pence) == (standing.outcome, standing.amount_pence)
    return is_same and line.reason in ("", standing.reason)


class TakeBackSignature(Barrier, InRound, frozen=True):
    """Take back what one person signed at a step on lines that nobody signed after. A barrier, as signing is.

    What a change had ended before holds again. `from_paper` is of a signature recorded from paper.
    """

    kind = "take back signature"
    titled = "Take back a signature on {0.references:application}"
    told = "The signature of {0.by} on {0.references:application} was taken back."
    step: int
    by: str
    post: str
    references: tuple[str, ...]
    from_paper: bool = False

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Take it back; refused on what is decided, what others signed since, and what was never signed."""
        if not self.references:
            raise Refused("There is no line to take a signature back from.")
        along = progress_by_line(decisions(session, self.round_id))
        signed = {of: self._signed(of, along.get(of, NOT_BEGUN)) for of in self.references}
        _end(session, [row.number for row in signed.values()])
        end_allowed(session, self.round_id, {of: (row,) for of, row in signed.items()})
        return self.done()

    def _signed(self, reference: str, held: Progress) -> DecisionRow:
        """Return the row of a signature that may be taken back from a line."""
        if held.final is not None and not held.since:
            raise Refused(f"{reference} is decided. A correction is a new decision that supersedes it.")
        row = held.since[-1] if held.since else None
        if row is None or not any(self._is_mine(one) for one in held.since):
            raise Refused(f"{self.by} has not signed {reference} as {self.post}.")
        if not self._is_mine(row):
            raise Refused(f"{row.signed_by} signed {reference} since, so the signature stays.")
        return row

    def _is_mine(self, row: DecisionRow) -> bool:
        is_same = is_same_text(row.signed_by, self.by) and is_same_text(row.post, self.post)
        return is_same and (row.step, row.is_from_paper) == (self.step, self.from_paper)


def _end(session: Session, numbers: Sequence[int]) -> None:
    """End rows by themselves, which says that they were taken back, and have hold again what they ended."""
    set_values(session, decision_table, {"ended_by": numbers}, ended_by=None)
    set_values(session, decision_table, {"id": numbers}, ended_by=decision_table.c.id)
