"""Challenges that wait for the office: to be acknowledged, answered, or decided anew."""

from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import func, select

from models.queries.deciding.challenges.challenges import HeldChallenge, held_challenges
from models.queries.deciding.challenges.days import answer_days
from models.schema.deciding.challenge import challenge_table
from models.session import Session
from models.store.parts import part
from scoring.written.days import short_day

SOON = timedelta(days=10)
"""So long before its answer is due a challenge that is acknowledged is told of."""


class WaitingChallenge(Struct, frozen=True):
    """A challenge with what is next, by when, and whether that day is over."""

    number: int
    words: str
    note: str
    by: date | None
    is_late: bool


@part
def waiting_challenges(session: Session, today: date) -> tuple[WaitingChallenge, ...]:
    """Return what waits, the most pressing first; a record without challenges costs one question."""
    if not session.scalar(select(func.count()).select_from(challenge_table)):
        return ()
    found = (_waiting(session, held, today) for held in held_challenges(session) if held.is_open)
    return tuple(sorted(filter(None, found), key=lambda one: (one.by or date.max, one.number)))


def _waiting(session: Session, held: HeldChallenge, today: date) -> WaitingChallenge | None:
    known = held.challenge
    if held.waits_for_decision:
        words = f"{held.application} is to be decided again"
        return WaitingChallenge(held.number, words, f"{held.words} is {known.finding}", None, False)
    if known.acknowledged_on is None:
        by = answer_days(session, known.received_on).acknowledge_by
        words, note = f"{held.words} is to be acknowledged", f"Answer due by {short_day(known.due_on)}"
        return WaitingChallenge(held.number, words, note, by, by < today)
    if known.due_on > today + SOON:
        return None
    by_whom = f"Looked at by {known.looked_at_by}" if known.looked_at_by else "Nobody looks at it yet"
    words = f"{held.words} is to be answered"
    return WaitingChallenge(held.number, words, by_whom, known.due_on, known.due_on < today)
