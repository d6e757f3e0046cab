"""What was recommended, signed and decided, line by line, and how far each is along its chain."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, false, func, select

from models.queries.rows import of_round, row_of_round, rows_of_round
from models.reference.sign_off import DEFAULT_CHAIN, Chain, SignOff
from models.schema.applications import application_table
from models.schema.deciding import (
    decision_table,
    recommendation_table,
    recommended_place_table,
    sign_off_table,
    signature_table,
)
from models.schema.panel import (
    mark_table,
    member_table,
    person_table,
    sheet_table,
)
from models.schema.set_up import round_table
from models.session import OF_ROUND, Session, selection, untold
from models.store.parts import part
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rows import gathered
from models.values.stored import read, read_or
from scoring.ranking import Ranking, Status
from scoring.schedule.exceptions import no_money_words
from scoring.written.names import is_same_text


class SignatureRow(Struct, frozen=True):
    """The chair's signature under the recommendation on an application."""

    application: str
    signed_by: str
    signed_on: date


signatures = rows_of_round(
    SignatureRow, of_round(SignatureRow, signature_table).order_by(application_table.c.position)
)
"""The chair's signatures, in the order of the round's applications."""
_SIGNING = {
    name: sign_off_table.c[name] for name in set(sign_off_table.c.keys()) - set(decision_table.c.keys())
}
_DECISIONS = (
    of_round(DecisionRow, decision_table, number=decision_table.c.id, **_SIGNING)
    .join(sign_off_table)
    .order_by(decision_table.c.id)
)


@part
def chain_of(session: Session, round_id: int) -> Chain:
    """Return who signs after the panel, in order."""
    text = row_of_round(session.execute(selection(round_table.c.chain, id=round_id)))[0]
    return read("rounds.chain", text) or DEFAULT_CHAIN


@part
def decisions(session: Session, round_id: int) -> tuple[DecisionRow, ...]:
    """Return every line that was ever decided in a round, oldest first."""
    rows = (row._asdict() for row in session.execute(_DECISIONS, {"of_round": round_id}))
    said = ({**row, "conditions": read_or("decisions.conditions", row["conditions"], ())} for row in rows)
    return tuple(_with_changes(DecisionRow(**{**row, "notice": row["notice"] or ""}) for row in said))


def _with_changes(rows: Iterable[DecisionRow]) -> Iterator[DecisionRow]:
    """Yield lines, oldest first: one that agrees bears why somebody changed it before in the same pass."""
    why: dict[str, str] = {}
    for row in rows:
        if row.verdict == "agree" and row.application in why:
            yield replace(row, change_reason=why[row.application])
        else:
            yield row
        if row.verdict == "change" and not row.is_last and not row.is_taken_back:
            why[row.application] = row.change_reason
        elif row.is_last or row.verdict == "send_back":
            why.pop(row.application, None)


def final_decisions(rows: Sequence[DecisionRow]) -> dict[str, DecisionRow]:
    """Return the decision that stands on each application that the last step decided."""
    return {row.application: row for row in rows if row.is_last and row.is_in_force}


def decided_with(rows: Sequence[DecisionRow], notice: str) -> dict[str, DecisionRow]:
    """Return the decisions as they stood when a notice was signed, without what was decided later."""
    last = max((row.number for row in rows if row.notice == notice), default=0)
    stood = (row for row in rows if row.is_last and row.number <= last and row.verdict != "send_back")
    return {row.application: row for row in stood if not row.is_taken_back}


@part
def signed_lines(session: Session, round_id: int) -> frozenset[str]:
    """Return the applications whose recommendation the chair signed, or the deciding office decided on."""
    signed = {row.application for row in signatures(session, round_id)}
    return frozenset(signed | set(final_decisions(decisions(session, round_id))))


def signed_words(named: str) -> str:
    """Say that the recommendation on what is named is signed, and what would change it."""
    return f"The recommendation on {named} is signed. Only the deciding office changes it now, on Decisions."


def earlier_decisions(rows: Sequence[DecisionRow]) -> dict[str, tuple[DecisionRow, ...]]:
    """Return the decisions that others took the place of, by application, oldest first."""
    ended = (row for row in rows if row.is_last and not (row.is_in_force or row.is_taken_back))
    return gathered((row.application, row) for row in ended if row.verdict != "send_back")


_SCORERS = (
    select(person_table.c.name)
    .distinct()
    .join(member_table, member_table.c.person_id == person_table.c.id)
    .join(sheet_table)
    .join(mark_table)
    .where(member_table.c.round_id == OF_ROUND, mark_table.c.mark.is_not(None))
)


@part
def scorers(session: Session, round_id: int) -> frozenset[str]:
    """Return who gave a mark in a round, by name."""
    return frozenset(session.scalars(_SCORERS, {"of_round": round_id}))


def scorers_of(session: Session, round_id: int, application: str) -> frozenset[str]:
    """Return who marked one application, by name."""
    of = application_table.c
    joined = _SCORERS.join(application_table, of.id == sheet_table.c.application_id)
    return frozenset(session.scalars(joined.where(of.reference == application), {"of_round": round_id}))


_LINE = decision_table.c
_IN_FORCE = (_LINE.ended_by.is_(None), _LINE.verdict != "send_back")
_FINAL = (
    select(_LINE.application_id, func.max(_LINE.id).label("number"))
    .join(sign_off_table)
    .where(sign_off_table.c.is_last, *_IN_FORCE)
    .group_by(_LINE.application_id)
    .subquery()
)
_HALF = (
    select(_LINE.application_id, _LINE.amount_pence)
    .outerjoin(_FINAL, _FINAL.c.application_id == _LINE.application_id)
    .where(_LINE.id > func.coalesce(_FINAL.c.number, 0), *_IN_FORCE)
    .order_by(_LINE.id)
)


@part
def half_decided(session: Session) -> Mapping[int, int]:
    """Return what decisions and corrections propose that not all have signed, by the application's number.

    In pence; one that gives no money makes it 0. Sums that are shown leave out what is closed.
    """
    without = {one.number for one in untold(session)}
    return {number: pence or 0 for number, pence in session.execute(_HALF) if number not in without}


def unlike_the_rule(
    items: Sequence[RecommendationRow], recorded: Iterable[RecommendationRow]
) -> tuple[RecommendationRow, ...]:
    """Return those on which something else was recorded than the rule proposes: another outcome or amount."""
    before = {row.application: row.outcome_words for row in recorded}
    return tuple(
        item for item in items if before.get(item.application, item.outcome_words) != item.outcome_words
    )


def lost_their_total(ranking: Ranking, recorded: Iterable[RecommendationRow]) -> Iterator[str]:
    """Yield of which money was recommended on a total that is none any more, and what is to be done.

    So it is where a member who gave marks declares an interest afterwards. What is withdrawn is told apart.
    """
    now = {one.reference: one.status for one in ranking.standings}
    for row in recorded:
        status = now.get(row.application, Status.RANKED)
        if row.amount_pence and row.total_1e2 is not None and status not in (Status.RANKED, Status.WITHDRAWN):
            yield no_money_words(row.application, status)


def _recommended(*said: Any) -> RecommendationRow:
    row = RecommendationRow(*said)
    return replace(row, conditions=read_or("recommendations.conditions", str(row.conditions), ()))


_PLACE = recommended_place_table.c
_RECOMMENDATIONS = (
    of_round(
        RecommendationRow,
        recommendation_table,
        place=_PLACE.place,
        tied=func.coalesce(_PLACE.tied, false()),
    )
    .outerjoin(recommended_place_table, _PLACE.application_id == recommendation_table.c.application_id)
    .order_by(application_table.c.position)
)
recommendations = rows_of_round(_recommended, _RECOMMENDATIONS)
"""A round's recommendations in the order of its applications."""

_OFF = sign_off_table.c
_RECOMMENDED_BY = (
    select(application_table.c.reference)
    .join(recommendation_table)
    .join(sign_off_table, _OFF.round_id == application_table.c.round_id)
    .where(_OFF.round_id == OF_ROUND, _OFF.notice == bindparam("notice"))
    .where(recommendation_table.c.recorded_at <= _OFF.recorded_at)
)


def spoken_for(session: Session, round_id: int, notice: str) -> dict[str, int]:
    """Return the pence that stood recommended on each application as a notice was given, decided or not.

    It goes by who signed by then, as a recommendation that is recorded anew is not kept as it was.
    """
    by_then = session.scalars(_RECOMMENDED_BY, {"of_round": round_id, "notice": notice}).all()
    every = decisions(session, round_id)
    last = max(row.number for row in every if row.notice == notice)
    given = {row.application: row.amount_pence or 0 for row in recommendations(session, round_id)}
    newest = {row.application: row for row in every if row.number <= last and not row.is_taken_back}
    signed = (row for row in newest.values() if row.verdict != "send_back")
    return {of: given[of] for of in by_then} | {row.application: row.amount_pence or 0 for row in signed}


class Waits(NamedTuple):
    """The step that a line waits for, counted from 0, and the posts of it that have still to sign."""

    step: int
    posts: tuple[str, ...]


class Signature(Protocol):
    """What one post signed, as far as a chain counts it."""

    @property
    def step(self) -> int: ...
    @property
    def post(self) -> str: ...
    @property
    def is_from_paper(self) -> bool: ...


class Signed(NamedTuple):
    """A signature that is about to be recorded."""

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
        return self.step.post_taken(self.post)

    def is_of(self, row: DecisionRow) -> bool:
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
        return self.final is not None and bool(self.since)

    @property
    def last(self) -> DecisionRow | None:
        return self.since[-1] if self.since else self.final

    def waits(self, chain: Sequence[SignOff], pence: int | None) -> Waits | None:
        """Return for whom the line waits where it gets so much, None where nobody has to sign it any more."""
        if self.final is not None and not self.since:
            return None
        return waiting(chain, pence, self.since, self.starts_at)

    def after(
        self, chain: Sequence[SignOff], mine: Signed, pence: int | None, *, is_change: bool = False
    ) -> Waits | None:
        """Return for whom the line waits once somebody signs it at so much; None where that decides it."""
        ended = ended_by_change(self.since, mine.step) if is_change else ()
        before = (row for row in self.since if row.number not in ended)
        return waiting(chain, pence, (*before, mine), self.starts_at)

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
    standing = gathered((row.application, row) for row in rows if row.is_in_force)
    return {application: _progress(found) for application, found in standing.items()}


def _progress(standing: Sequence[DecisionRow]) -> Progress:
    final = next((row for row in reversed(standing) if row.is_last), None)
    return Progress(final, tuple(row for row in standing if final is None or row.number > final.number))


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
    of_line = gathered((row.application, row) for row in rows)
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
    chain: Sequence[SignOff], pence: int | None, signed: Sequence[Signature], starts_at: int = 0
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


def unsigned_posts(step: SignOff, number: int, signed: Sequence[Signature]) -> Iterator[str]:
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
    found = gathered(
        (number, of)
        for of, pence in lines
        for number in needed_steps(chain, pence)
        if number < step
        if any(unsigned_posts(chain[number], number, along.get(of, NOT_BEGUN).since))
    )
    return dict(sorted(found.items()))


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
