"""Who is signed on to a record on a server: the person that a login stands for, and their roles in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import LargeBinary, Row, text

from models.operation import Actor
from models.permissions.viewing import NOT_DECLARED
from models.role import Role, Roles
from models.schema.base import MOMENT
from models.session import CLOSED, LET_IN, WITH_FIGURES, Session, Untold
from models.store.closing import is_in_part, opened_rows
from models.store.locks.presence import ServerNotice, notice
from models.store.places import ServerAddress
from scoring.written.text import Refused

OPEN_TABLES = (
    "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname IN ('public', 'locks') AND c.relkind IN ('r', 'p') "
    "AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1"
)
"""The tables on which a policy would not hold everybody."""

_GOES_PAST = (
    "SELECT rolsuper OR rolbypassrls OR pg_has_role(oid, 'gp_owner', 'MEMBER') "
    "OR pg_has_role(oid, 'gp_definer', 'MEMBER') FROM pg_roles WHERE rolname = session_user"
)
_LOCKS = text(
    f"SELECT l.is_locked, CASE WHEN l.is_locked THEN ({_GOES_PAST}) ELSE true END AS goes_past, "
    f"to_regclass('figures.applications') IS NOT NULL AND NOT EXISTS ({OPEN_TABLES}) AS holds "
    "FROM (SELECT to_regclass('locks.set_by') IS NOT NULL AS is_locked OFFSET 0) AS l"
)
"""Asked at once: over a long line each answer takes its time. The groups are there where the locks are."""
_SEES_ALL = text("SELECT locks.sees_all()")
_LACKS_APPLICATIONS = text("SELECT locks.is_closed_in_part(:round)")
_CLOSED_REFERENCES = text("SELECT id, reference, is_signed FROM locks.closed_applications(:round)")
_CLOSED_EVERYWHERE = text(
    "SELECT r.id AS round_id, c.id, c.reference FROM rounds r "
    "CROSS JOIN LATERAL locks.closed_applications(r.id) c "
    "WHERE (SELECT count(*) FROM locks.barred()) > 0 ORDER BY c.id"
)
_UNCOUNTED = text(
    "SELECT EXISTS (SELECT id FROM locks.closed_applications(:round) EXCEPT SELECT locks.counted())"
)
_CLOSED_DISPUTES = text("SELECT area, disputes FROM locks.closed_disputes(:round)")
_OF_OTHER_PANELS = text(
    "SELECT d.sheet_id, d.criterion, d.mark, d.reason, d.is_for_panel "
    "FROM figures.marks_of_other_panels() d JOIN sheets s ON s.id = d.sheet_id "
    "JOIN members m ON m.id = s.member_id WHERE m.round_id = :of_round AND EXISTS (SELECT FROM member_areas)"
)
_CLOSED_ROUNDS = text("SELECT closed_rounds FROM locks.closed_rounds()")
_TOLD = text("SELECT * FROM locks.told()").columns(at=MOMENT, hash=LargeBinary)
_MAY_RANK = text("SELECT locks.may_rank(:round)")
_AMONG_FIGURES = text("SET LOCAL search_path = figures, public, pg_temp")
_AS_BEFORE = text("SET LOCAL search_path = public, pg_temp")
_PERSON = text("SELECT locks.person(), locks.own_roles()")


class SignedOn(Struct, frozen=True):
    """A person by the name that the journal gives them, and the most that they may be in the record."""

    person: str
    roles: Roles

    def refuse_another(self, actor: Actor) -> None:
        """Refuse what somebody would do under another name than the one they are signed on with."""
        if actor.name != self.person:
            raise Refused(
                f"You are signed on as {self.person}, and {actor.name or 'nobody'} does nothing here by "
                "your login. Everybody signs on themselves."
            )


def signed_on(session: Session, address: ServerAddress, *, as_administrator: bool = False) -> SignedOn | None:
    """Return who is signed on, None where the record has no locks and so lies open to whoever connects.

    Refused for a login that no lock holds, unless as an administrator's, for one that stands for nobody,
    where a lock is off, and while the record is closed or wants a newer program.
    """
    locks = session.execute(_LOCKS).one()
    if not locks.is_locked or (as_administrator and locks.goes_past):
        return None
    if locks.goes_past:
        raise Refused(
            f"{address.login or 'Your login'} is an administrator of the server, whom no lock holds, so the "
            "record is not opened with it. Sign on with the login that you were given as a person."
        )
    if not locks.holds:
        raise Refused(
            f"The locks of the record in {address.name} do not hold, so it is not opened. Nothing was "
            "changed. The person who runs the server sets them; the command server prepare URL does it."
        )
    person, roles = session.execute(_PERSON).one()
    if person is None or not roles:
        raise Refused(
            f"You have no part in the record in {address.name}. Ask an officer to have you let in, with the "
            "role that you have."
        )
    _refuse_closed(notice(session))
    return SignedOn(person, tuple(map(Role, roles)))


def unlocked(address: ServerAddress) -> Refused:
    """Return why a record without locks is not opened by a person."""
    return Refused(
        f"The record in {address.name} is not set up yet: it has no locks, so it is not opened. Nothing was "
        "changed. The person who runs the server sets them; the command server prepare URL does it."
    )


def _refuse_closed(told: ServerNotice) -> None:
    if told.is_too_new:
        raise Refused(told.too_new_words)
    if told.closes_at is not None and told.closes_at <= datetime.now(UTC):
        raise Refused(told.closed_words)


def refuse_in_part(session: Session, round_id: int) -> None:
    """Refuse to work out a round of which whoever is signed on reads a part: figures would be wrong."""
    if _is_held(session) and round_id in session.scalars(_CLOSED_ROUNDS).all():
        raise Refused(_IN_PART)


def closed_words(session: Session) -> str:
    """Say that something of the record is closed to whoever is signed on, "" where nothing is."""
    is_closed = _is_held(session) and session.scalars(_CLOSED_ROUNDS).first() is not None
    return "Something of the record is closed to you, and is not looked through." if is_closed else ""


def refuse_without_applications(session: Session, round_id: int) -> None:
    """Refuse to read a round as a whole to whom some of its applications are not given at all."""
    if why := why_closed(session, round_id):
        raise Refused(why)


def why_closed(session: Session, round_id: int) -> str:
    """Say why whoever is signed on is not given a round as a whole, "" where they are."""
    if WITH_FIGURES in session.info:
        return ""
    lacks = _is_held(session) and session.scalar(_LACKS_APPLICATIONS, {"round": round_id})
    return _IN_PART if lacks or is_in_part(session, round_id) else ""


def refuse_uncounted(session: Session, round_id: int) -> None:
    """Refuse to reckon with all applications of a round to who has yet to declare there."""
    if _is_held(session) and session.scalar(_UNCOUNTED, {"round": round_id}):
        raise Refused(NOT_DECLARED)


def is_counted(session: Session, round_id: int) -> bool:
    """Whether whoever is signed on has a part in a round, and so the figures of what is closed of it."""
    return not _is_held(session) or bool(_closed(session, round_id))


@contextmanager
def with_figures(session: Session, round_id: int, *, to_rank: bool = False) -> Iterator[None]:
    """Read, within, the figures of what is closed of a round as well, from which sums come out right.

    No word comes with them, and no marks to whom the list is not open: `may_rank` tells. A round in which
    somebody has no part stays closed, and with `to_rank` one of which the list is not open to them, too.
    """
    if CLOSED in session.info:
        with opened_rows(session):
            yield
        return
    opens = may_rank if to_rank else is_counted
    if not why_closed(session, round_id) or not opens(session, round_id):
        yield
        return
    session.execute(_AMONG_FIGURES)
    known = session.info  # of a connection that was lost it is not to be had, and why would be hidden
    known[WITH_FIGURES] = True
    try:
        yield
        session.execute(_AS_BEFORE)
    except Refused:
        session.execute(_AS_BEFORE)
        raise
    finally:
        known.pop(WITH_FIGURES, None)


@contextmanager
def with_closed_rows(session: Session) -> Iterator[None]:
    """Read, within, the rows that are closed for their reason alone as well, without it."""
    if not _is_held(session) or WITH_FIGURES in session.info:
        yield
        return
    session.execute(_AMONG_FIGURES)
    yield
    session.execute(_AS_BEFORE)


def marks_of_other_panels(session: Session, round_id: int) -> Sequence[Row[Any]]:
    """Return the marks of other areas' panels, by sheets, but not whose each is: lists come out right."""
    return session.execute(_OF_OTHER_PANELS, {"of_round": round_id}).all() if _is_held(session) else ()


def may_rank(session: Session, round_id: int) -> bool:
    """Whether the marks of what is closed come with its figures, without whose they are."""
    return bool(session.scalar(_MAY_RANK, {"round": round_id}))


def refuse_without_all(session: Session) -> None:
    """Refuse to check or to copy a record of which whoever is signed on is given a part."""
    if _is_held(session) and not session.scalar(_SEES_ALL):
        raise Refused(
            "The server gives you only the part of the record that is open to you, and this needs the "
            "whole of it. An officer who sits on no panel does it."
        )


def closed_references(session: Session, round_id: int) -> dict[int, str]:
    """Return the references of a round's applications that are closed to whoever is signed on, by number.

    A declaration names them: whoever made it knows what they declared, and adds to it.
    """
    return {row.id: row.reference for row in _closed(session, round_id)}


def closed_everywhere(session: Session) -> Iterator[Untold]:
    """Yield what is closed to whoever is signed on, of every round."""
    for row in session.execute(_CLOSED_EVERYWHERE) if _is_held(session) else ():
        yield Untold(row.round_id, row.id, row.reference)


def closed_and_signed(session: Session, round_id: int) -> frozenset[str]:
    """Return which of these are signed or decided: what was declared of them stands."""
    return frozenset(row.reference for row in _closed(session, round_id) if row.is_signed)


def closed_disputes(session: Session, round_id: int) -> dict[str, int]:
    """Return by area on how many values of what is closed to whoever is signed on returns differ."""
    found = session.execute(_CLOSED_DISPUTES, {"round": round_id}) if _is_held(session) else ()
    return {row.area: row.disputes for row in found}


def told(session: Session) -> Sequence[Row[Any]] | None:
    """Return what everybody on a server is told of the journal's words, None where these lie open themselves.

    These are the passages of areas that go out and come back, and who declared: without what was declared.
    """
    return session.execute(_TOLD).all() if _is_held(session) else None


def _closed(session: Session, round_id: int) -> Sequence[Row[Any]]:
    return session.execute(_CLOSED_REFERENCES, {"round": round_id}).all() if _is_held(session) else ()


def _is_held(session: Session) -> bool:
    return LET_IN in session.get_execution_options()


_IN_PART = (
    "Something of this round is closed to you, so nothing is worked out of what is left: it would be "
    "wrong. Ask an officer who may read all of it."
)
