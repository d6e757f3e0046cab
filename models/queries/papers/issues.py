"""The issued versions of papers of every kind: the one door to the two tables that hold them."""

import json
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, func, literal, select, union_all

from models.papers.issued import Candidates, Issued
from models.papers.kinds import SCHEDULE
from models.queries.awards.payment_layouts import payment_layouts
from models.queries.set_up.office import every_logo
from models.schema.papers.issue import issue_table
from models.schema.papers.paper_issue import paper_issue_table
from models.session import Session
from scoring.counted import counted
from scoring.money import pounds

_PAPERS, _SCHEDULES = paper_issue_table.c, issue_table.c
_ISSUED = union_all(
    select(
        _PAPERS.paper.label("kind"),
        _PAPERS.round_id,
        _PAPERS.subject,
        _PAPERS.version,
        _PAPERS.sha256,
        _PAPERS.control,
        _PAPERS.after_row,
        _PAPERS.after_head,
        _PAPERS.issued_by,
        _PAPERS.issued_at,
        _PAPERS.content,
        _PAPERS.laid_out,
    ),
    select(
        literal(SCHEDULE),
        _SCHEDULES.round_id,
        _SCHEDULES.area,
        _SCHEDULES.version,
        _SCHEDULES.sha256,
        literal(""),
        _SCHEDULES.after_row,
        _SCHEDULES.after_head,
        _SCHEDULES.issued_by,
        _SCHEDULES.issued_at,
        _SCHEDULES.content,
        _SCHEDULES.laid_out,
    ),
).subquery("issued")
"""Every issue; award schedules lie in a table of their own, whose area is the subject."""


_NEWEST_FIRST = _ISSUED.c.after_row.desc()


def issues(session: Session, kind: str, round_id: int | None, subject: str) -> tuple[Issued, ...]:
    """Return the versions of a paper on a subject, newest first."""
    is_it = (
        _ISSUED.c.kind == kind,
        _ISSUED.c.round_id.is_not_distinct_from(round_id),
        _ISSUED.c.subject == subject,
    )
    return _found(session, select(_ISSUED).where(*is_it).order_by(_ISSUED.c.version.desc()))


def issues_of_kind(session: Session, kind: str, round_id: int) -> Iterator[Issued]:
    """Yield the versions of one kind of paper of a round, of whatever it is within that, newest first."""
    is_it = (_ISSUED.c.kind == kind, _ISSUED.c.round_id == round_id)
    yield from map(_issued, session.execute(select(_ISSUED).where(*is_it).order_by(_NEWEST_FIRST)))


def newest_issue(session: Session, kind: str, round_id: int | None, subject: str) -> Issued | None:
    """Return the newest version of a paper on a subject, None when none was issued."""
    return next(iter(issues(session, kind, round_id, subject)), None)


def issued_papers(session: Session, round_id: int) -> tuple[Issued, ...]:
    """Return what was issued of a round, and of no round at all, newest first."""
    is_it = _ISSUED.c.round_id.is_(None) | (_ISSUED.c.round_id == round_id)
    return _found(session, select(_ISSUED).where(is_it).order_by(_NEWEST_FIRST))


def issued_like(session: Session, digests: Collection[str], kinds: Collection[str]) -> Candidates:
    """Return the issues with one of these SHA-256, of whatever round; without any, of some kinds."""
    query = select(_ISSUED).where(_ISSUED.c.kind.in_(kinds)).order_by(_NEWEST_FIRST)
    if digests:
        query = select(_ISSUED).where(_ISSUED.c.sha256.in_(digests)).order_by(_ISSUED.c.after_row)
    return Candidates(_found(session, query), every_logo(session), payment_layouts(session))


def has_issues(session: Session, round_id: int) -> bool:
    """Whether a paper of a round was issued."""
    is_it = _ISSUED.c.round_id == round_id
    return bool(session.scalar(select(func.count()).select_from(_ISSUED).where(is_it)))


def every_issue(session: Session) -> Iterator[Issued]:
    """Yield every issue of a record, oldest first, one at a time."""
    for row in session.execute(select(_ISSUED).order_by(_ISSUED.c.after_row)):
        yield _issued(row)


def _found(session: Session, query: Select[Any]) -> tuple[Issued, ...]:
    return tuple(map(_issued, session.execute(query)))


def _issued(row: Row[Any]) -> Issued:
    control = _schedule_control(row.content) if row.kind == SCHEDULE else row.control
    return Issued(**{**row._asdict(), "control": control})


def _schedule_control(content: str) -> str:
    """Return count and sum of a stored schedule in words, as its values say them."""
    values = json.loads(content)
    total = sum((Decimal(area["recommended_pence"]) for area in values.get("areas", ())), Decimal())
    lines = counted(len(values.get("lines", ())), "line")
    return f"{lines}, {pounds(int(total * 100))} {values.get('basis', '')}".rstrip()
