"""How far a line is along its chain: which steps it needs, who signed them, and for whom it waits.

A line goes through its chain once until it is decided, and once more for a correction. What stands of the
pass at hand is what counts: who signs after another had changed the line signs it as changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from models.queries.deciding.decisions import SignatureRow, final_decisions
from models.reference.sign_off import SignOff
from models.values.recommending import DecisionRow
from scoring.written.names import is_same_text


class Waits(NamedTuple):
    """The step that a line waits for, counted from 0, and the posts of it that have still to sign."""

    step: int
    posts: tuple[str, ...]


class Signed(NamedTuple):
    """What one post signed, as far as a chain counts it: a row of the record, or one about to be recorded."""

    step: int
    post: str
    is_from_paper: bool = False


class Hand(NamedTuple):
    """A signature that somebody gives: the step, its number from 0, and as which post or deputy of one."""

    step: SignOff
    number: int
    post: str

    @property
    def taken(self) -> str | None:
        """Return which post of the step has signed with it."""
        return self.step.post_taken(self.post)

    def is_of(self, row: DecisionRow) -> bool:
        """Whether a row was signed for the same post of the same step."""
        return row.step == self.number and self.step.post_taken(row.post) == self.taken


class Progress(Struct, frozen=True):
    """Where one line stands in its chain.

    `final` is the decision that stands, None before the first; `since` what stands of the pass at hand,
    oldest first: of the first pass, or of a correction that is not signed by all yet.
    """

    final: DecisionRow | None
    since: tuple[DecisionRow, ...]

    @property
    def is_correcting(self) -> bool:
        """Whether a correction of a decision waits for further signatures."""
        return self.final is not None and bool(self.since)

    @property
    def last(self) -> DecisionRow | None:
        """Return the newest row that stands."""
        return self.since[-1] if self.since else self.final

    def waits(self, chain: Sequence[SignOff], pence: int | None) -> Waits | None:
        """Return for whom the line waits where it gets so much, None where nobody has to sign it any more."""
        if self.final is not None and not self.since:
            return None
        return waiting(chain, pence, self.signed, self.starts_at)

    def after(
        self, chain: Sequence[SignOff], mine: Signed, pence: int | None, *, is_change: bool = False
    ) -> Waits | None:
        """Return for whom the line waits once somebody signs it at so much; None where that decides it."""
        ended = ended_by_change(self.since, mine.step) if is_change else ()
        kept = (row for row in self.since if row.number not in ended)
        before = (Signed(row.step, row.post, row.is_from_paper) for row in kept)
        return waiting(chain, pence, (*before, mine), self.starts_at)

    @property
    def signed(self) -> tuple[Signed, ...]:
        """Return what is signed in the pass at hand."""
        return tuple(Signed(row.step, row.post, row.is_from_paper) for row in self.since)

    @property
    def starts_at(self) -> int:
        """Return the step at which the pass begins: a correction where the decision was made."""
        return 0 if self.final is None else self.final.step


NOT_BEGUN = Progress(None, ())
"""Where a line stands that nobody of the chain has signed."""


def progress_by_line(rows: Iterable[DecisionRow]) -> dict[str, Progress]:
    """Return how far the lines of a round are, by application, of all its rows, oldest first.

    A line that nobody of the chain signed is left out.
    """
    standing: dict[str, list[DecisionRow]] = {}
    for row in rows:
        if row.is_in_force:
            standing.setdefault(row.application, []).append(row)
    return {application: _progress(found) for application, found in standing.items()}


def _progress(standing: Sequence[DecisionRow]) -> Progress:
    final = next((row for row in reversed(standing) if row.is_last), None)
    since = tuple(row for row in standing if final is None or row.number > final.number)
    return Progress(final, since)


def signers(rows: Sequence[DecisionRow], final: DecisionRow) -> tuple[DecisionRow, ...]:
    """Return who signed the step that decided a line, of all its round's rows.

    They stand in one order on every line, that of `turns`, whoever of them signed it first. Of a decision
    that was corrected since, those who signed what the correction took the place of.
    """
    found = _signers(rows, final)
    return _in_turn(found, turns(rows)) if len(found) > 1 else found


def _signers(rows: Iterable[DecisionRow], final: DecisionRow) -> tuple[DecisionRow, ...]:
    same = (row for row in rows if (row.application, row.step) == (final.application, final.step))
    return tuple(
        row
        for row in same
        if row.number <= final.number and row.verdict != "send_back" and row.ended_by == final.ended_by
    )


def _in_turn(signed: Iterable[DecisionRow], order: Mapping[tuple[str, str], int]) -> tuple[DecisionRow, ...]:
    return tuple(sorted(signed, key=lambda row: order[row.signed_by, row.post]))


def who_decided(rows: Sequence[DecisionRow]) -> dict[str, str]:
    """Return who decided each line that stands, with their posts, by application; joint signers together."""
    of_line: dict[str, list[DecisionRow]] = {}
    for row in rows:
        of_line.setdefault(row.application, []).append(row)
    order, decided = turns(rows), final_decisions(rows)
    return {of: _together(_in_turn(_signers(of_line[of], final), order)) for of, final in decided.items()}


def decided_by(rows: Sequence[DecisionRow], decision: DecisionRow) -> str:
    """Return who made a decision, that stands or stood, with their posts; joint signers together.

    `rows` are all of its round. They are named in one order on every line, whoever of them signed it first.
    """
    return _together(signers(rows, decision))


def turns(rows: Iterable[DecisionRow]) -> dict[tuple[str, str], int]:
    """Return in which turn each person first signed as some post, of all rows of a round."""
    in_time = sorted(rows, key=lambda row: (row.signed_on, row.number))
    return {who: turn for turn, who in enumerate(dict.fromkeys((row.signed_by, row.post) for row in in_time))}


def _together(signed: Iterable[DecisionRow]) -> str:
    who = dict.fromkeys((one.signed_by, one.post) for one in signed)
    return ", and ".join(", ".join(filter(None, one)) for one in who)


def waiting(
    chain: Sequence[SignOff], pence: int | None, signed: Sequence[Signed], starts_at: int = 0
) -> Waits | None:
    """Return the first step needed that is not signed by all its posts, None where every one is.

    What was recorded from paper stands for the steps before it. A step that one of its posts signed is signed
    by all of them, even where what that one made of the line would not need it.
    """
    begins = max([starts_at, *(one.step for one in signed if one.is_from_paper)])
    numbers = {*needed_steps(chain, pence), *(one.step for one in signed)}
    for number in sorted(numbers):
        left = tuple(unsigned_posts(chain[number], number, signed)) if number >= begins else ()
        if left:
            return Waits(number, left)
    return None


def needed_steps(chain: Sequence[SignOff], pence: int | None) -> tuple[int, ...]:
    """Return the steps that sign what gets so much (None: nothing), from 0; the last where none is needed."""
    found = tuple(number for number, step in enumerate(chain) if step.is_needed(pence))
    return found or (len(chain) - 1,)


def unsigned_posts(step: SignOff, number: int, signed: Sequence[Signed]) -> Iterator[str]:
    """Yield the posts of a step that have not signed; one post alone is signed by whoever signed the step."""
    here = {step.post_taken(one.post) for one in signed if one.step == number}
    return (post for post in step.posts if post not in here)


def unsigned_steps(
    chain: Sequence[SignOff],
    step: int,
    lines: Iterable[tuple[str, int | None]],
    along: Mapping[str, Progress],
) -> dict[int, tuple[str, ...]]:
    """Return the steps before `step` that somebody has still to sign, each with its lines.

    Each line comes with what it gets.
    """
    found: dict[int, list[str]] = {}
    for of, pence in lines:
        signed = along.get(of, NOT_BEGUN).signed
        for number in needed_steps(chain, pence):
            if number < step and any(unsigned_posts(chain[number], number, signed)):
                found.setdefault(number, []).append(of)
    return {number: tuple(found[number]) for number in sorted(found)}


def ended_by_change(rows: Sequence[DecisionRow], step: int) -> tuple[int, ...]:
    """Return the numbers of what no longer counts once a step changes a line: its own and later steps'."""
    return tuple(row.number for row in rows if row.step >= step)


def hands_of(
    signed: Iterable[SignatureRow],
    decided: Iterable[DecisionRow],
    hand: Hand,
    name: str,
    first: str = "for the panel",
) -> dict[str, str]:
    """Return as what a person signed elsewhere than for this post, by application: "as Commander".

    Whether it stands still or was superseded makes no difference, nor how the name is spaced or cased; but
    what was taken back was never meant. `first` says for what whoever signed before the chain did so.
    """
    found = {row.application: first for row in signed if is_same_text(row.signed_by, name)}
    mine = (row for row in decided if is_same_text(row.signed_by, name) and not row.is_taken_back)
    return found | {row.application: f"as {row.post}" for row in mine if not hand.is_of(row)}
