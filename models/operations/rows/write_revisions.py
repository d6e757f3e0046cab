"""Writing down histories of revisions."""

from collections.abc import Iterable, Mapping

from sqlalchemy import update

from models.journal import canonical
from models.operations.rows.writing import put
from models.packs.revisions import History
from models.queries.packs.pack_state import histories_of
from models.schema.panel.revision import revision_table
from models.session import Session

Why = Mapping[str, str]
"""By the hash of a revision: why a person chose its value."""


def put_histories(
    session: Session, round_uid: str, member_uid: str, histories: Iterable[History], why: Why | None = None
) -> None:
    """Write down histories as they are now; what is there of them stays, with its reason."""
    known = histories_of(session, round_uid, member_uid)
    for history in histories:
        _put_history(session, (round_uid, member_uid), known.get(history.key), history, why or {})


def _put_history(
    session: Session, of: tuple[str, str], before: History | None, now: History, why: Why
) -> None:
    there = {} if before is None else before.revisions
    if before is not None and before.stands != now.stands:
        _stand(session, now)
    rows = [
        {
            "hash": revision.hash,
            "round": of[0],
            "member": of[1],
            "application": revision.application,
            "slot": revision.slot,
            "number": revision.number,
            "value": revision.value,
            "parents": canonical.dumps(list(revision.parents)),
            "stands": revision.hash in now.stands,
            "why": why.get(revision.hash, ""),
        }
        for revision in now.written
        if revision.hash not in there
    ]
    put(session, revision_table, rows)


def _stand(session: Session, now: History) -> None:
    """Write down which revisions of a history stand."""
    table = revision_table
    of_key = table.c.hash.in_([revision.hash for revision in now.written])
    session.execute(update(table).where(of_key).values(stands=table.c.hash.in_(sorted(now.stands))))
