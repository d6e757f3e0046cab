"""The notice of a new decision on what is decided already, before it is signed by all who sign it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.notice import AlsoSigned, NoticeOfDecision
from models.papers.order import PaperOrder
from models.queries.applications.applications import applications
from models.queries.deciding.decided_anew import decided_round
from models.queries.deciding.decisions import DecisionRow, chain_of, decisions, final_decisions
from models.queries.deciding.progress import progress_by_line
from models.queries.papers.notices.allocations import allocations_of, lost_lines
from models.queries.papers.notices.half_signed import signed_jointly
from models.queries.papers.notices.numbers import number_written, require_free
from models.queries.papers.notices.taken import Taken, paper_of
from models.queries.papers.notices.under_number import decided_under, drawn_of
from models.queries.papers.notices.words import who_signs
from models.queries.set_up.round_facts import round_facts
from models.session import Session
from scoring.refused import Refused

_AFTER_ALL = 10**12
"""No line of a record has a number as high: those of a notice that is not signed yet come after all."""
_NO_NUMBER = "-"
"""Stands for the number of a notice that has none yet; it is printed nowhere."""


class NewLine(NamedTuple):
    """What is to be decided on an application that is decided, in pence, None for no money.

    `reason` is why money reduces crime or helps victims, "" for that of the decision before, `because` why
    it is decided again.
    """

    application: str
    outcome: str
    amount_pence: int | None
    reason: str
    because: str


def notice_anew(session: Session, order: PaperOrder, lines: Sequence[NewLine]) -> NoticeOfDecision:
    """Return the notice of new decisions, with a line for each post to sign: the signatures decide them.

    The order names its number, "" where there is none yet. Refused where a line is not decided yet, or where
    the number is that of another notice.
    """
    assert order.round_id is not None, "a notice is of a round"
    require_free(session, order.notice)
    every = decisions(session, order.round_id)
    final = final_decisions(every)
    for line in lines:
        if line.application not in final:
            raise Refused(f"{line.application} is not decided yet. Recommend and decide it like the others.")
    return _drafted(session, order, every, [_as_row(line, final[line.application]) for line in lines])


def half_signed_anew(session: Session, order: PaperOrder) -> NoticeOfDecision | None:
    """Return the notice ordered, of new decisions that some of several have signed; None for another."""
    assert order.round_id is not None, "a notice is of a round"
    every = decisions(session, order.round_id)
    lines = begun_anew(session, order.round_id, every).get(order.notice, [])
    return _drafted(session, order, every, lines) if lines else None


def begun_anew(session: Session, round_id: int, every: Iterable[DecisionRow]) -> dict[str, list[DecisionRow]]:
    """Return the new decisions that some of those who sign jointly have signed, by the number on their paper.

    `every` are the decisions to look through; what was signed in the window has no number yet.
    """
    found = dict[str, list[DecisionRow]]()
    for held in progress_by_line(every).values():
        if held.is_correcting:
            number = number_written(session, round_id, [held.since[-1]], 1)
            found.setdefault(number, []).append(held.since[-1])
    return {number: lines for number, lines in found.items() if number}


def _as_row(line: NewLine, before: DecisionRow) -> DecisionRow:
    """Return what a line is to be, in place of the decision before."""
    return replace(
        before,
        verdict="change",
        outcome=line.outcome,
        amount_pence=line.amount_pence,
        reason=line.reason or before.reason,
        change_reason=line.because,
    )


def _drafted(
    session: Session, order: PaperOrder, every: Sequence[DecisionRow], lines: Sequence[DecisionRow]
) -> NoticeOfDecision:
    """Return the notice that `lines` are to be decided by, in place of the decisions that stand."""
    assert order.round_id is not None, "a notice is of a round"
    step = max(line.step for line in lines)
    also, posts = signed_jointly(lines, every, step, chain_of(session, order.round_id)[step])
    named = replace(order, notice=order.notice or _NO_NUMBER)
    new = list(_unsigned(lines, named.notice, order.today))
    facts, round_ = round_facts(session, order.round_id), decided_round(session, order.round_id)
    rows = [row for row in applications(session, order.round_id) if order.is_of(row.area)]
    whole = (*_superseded(every, new), *new)
    taken = decided_under(session, named, (facts, round_), rows, whole)
    lost = allocations_of(rows, tuple(lost_lines(whole, new)), whole, facts)
    draft = taken._replace(number=order.notice, drawn=drawn_of(session, order, rows, new, lost))
    return paper_of(session, order, _to_sign(session, order, draft, also, posts))


def _unsigned(lines: Sequence[DecisionRow], number: str, today: date) -> Iterator[DecisionRow]:
    """Yield lines as the last signature on a notice would decide them."""
    for at, line in enumerate(lines):
        last = {"is_last": True, "ended_by": None, "signed_by": "", "signed_on": today, "notice": number}
        yield replace(line, number=_AFTER_ALL + at, **last)


def _superseded(every: Sequence[DecisionRow], new: Sequence[DecisionRow]) -> Iterator[DecisionRow]:
    """Yield all decisions so far, of which new ones take the place of those that stood."""
    ends = {line.application: line.number for line in new}
    final = {of: row.number for of, row in final_decisions(every).items()}
    for row in every:
        is_ended = row.application in ends and row.ended_by is None and row.number <= final[row.application]
        yield replace(row, ended_by=ends[row.application]) if is_ended else row


def _to_sign(
    session: Session,
    order: PaperOrder,
    taken: Taken,
    also: tuple[AlsoSigned, ...],
    posts: tuple[str, ...],
) -> Taken:
    """Return a notice with room to sign for each post that has not, and nobody named as who decided."""
    assert taken.signed is not None, "it was taken as if it were decided"
    step = taken.signed.step
    return taken._replace(
        by="",
        on=None,
        signed=None,
        posts=posts,
        also_signed=also,
        named_after=0,
        to_sign=tuple(who_signs(session, order, step, post, taken.areas) for post in posts),
    )
