"""Whether somebody may make a change, and which operations they may make."""

from collections.abc import Sequence

from sqlalchemy import select

from models.operation import Actor, Operation
from models.permissions.table import (
    BEFORE_SIGNING,
    PAPERS_OF_CHAIR,
    PAPERS_OF_MEETING,
    PERMISSIONS,
    UNLISTED,
    Permission,
)
from models.queries.packs.own_record import refuse_elsewhere
from models.queries.set_up.office import parts
from models.queries.set_up.rounds import rounds
from models.role import (
    EVERYWHERE,
    EXPORTING,
    MONEY,
    ONLY_READS,
    PANEL,
    SIGNING,
    SITTING,
    Role,
    Roles,
    names_chair,
    not_yours,
    reading_role,
)
from models.schema.panel import person_table
from models.session import LET_IN, Session
from models.trouble import refuse
from scoring.written.names import is_nearly_same, is_same_text, is_same_typed
from scoring.written.text import Refused


def require(session: Session, operation: Operation, actor: Actor) -> None:
    """Refuse what is not this person's to do, or not this record's; for `Record.perform`, and there alone."""
    refuse_elsewhere(session, operation, actor)
    refuse(refusal(session, operation, actor))


def refusal(session: Session, operation: Operation, actor: Actor) -> str:
    """Return why an operation is not this person's to do, "" when it is.

    Of several changes made as one, each is asked about, or those that `asked_of` names for all.
    """
    parts = getattr(operation, "asked_of", getattr(operation, "parts", ()))
    within = tuple(part for part in parts if getattr(part, "kind", "") in PERMISSIONS)
    found = (_refusal(session, one, actor) for one in (operation, *within))
    return next(filter(None, found), "")


def by_role(of: str | Operation, role: str, chairs: Sequence[str] = ()) -> str:
    """Return why an operation, or any of a kind, is never done in a role, "" when it is.

    A person may be refused more. `chairs` are the round's, by name, for what is the chair's alone.
    """
    permission = PERMISSIONS[of] if isinstance(of, str) else PERMISSIONS.get(of.kind, UNLISTED).of(of)
    return _by_role(permission, role, chairs)


def _refusal(session: Session, operation: Operation, actor: Actor) -> str:
    permission = PERMISSIONS.get(operation.kind, UNLISTED).of(operation)
    if permission.roles is None:
        return _by_role(permission, actor.role, ())
    if not actor.name.strip():
        return "Say who is using this laptop first: every change is recorded under a name."
    from models.queries.permissions.areas import of_other_area  # who only reads is asked for none
    from models.queries.permissions.conditions import CHECKS, chairs_of

    if _by_role(permission, actor.role, ()):
        named = chairs_of(session, operation) if names_chair(permission.roles) else ()
        return _by_role(permission, actor.role, named)
    if why := of_other_area(session, operation, actor, round_of(session, operation)):
        return why
    found = (CHECKS[one](session, operation, actor) for one in permission.conditions)
    return next(filter(None, found), "")


def _by_role(permission: Permission, role: str, chairs: Sequence[str]) -> str:
    if permission.roles is None:
        return ONLY_READS[role] if role == Role.AUDITOR else ""
    if role in permission.roles:
        return ""
    return not_yours(permission.roles, permission.action, role, chairs)


def papers_of(role: str) -> frozenset[str] | None:
    """Return the papers that a role writes; None is all of them."""
    if reading_role(role) in MONEY:
        return None
    if role in SIGNING:
        return BEFORE_SIGNING
    if role == Role.NOTE_TAKER:
        return PAPERS_OF_MEETING
    return PAPERS_OF_CHAIR | BEFORE_SIGNING if role == Role.CHAIR else frozenset()


def may_write(role: str, paper: str) -> bool:
    """Whether a role writes a paper."""
    of_role = papers_of(role)
    return of_role is None or paper in of_role


def why_not_written(role: str, paper: str) -> str:
    """Say that a role does not write a paper, "" where it does."""
    if may_write(role, paper):
        return ""
    return not_yours(EXPORTING if may_write(Role.CHAIR, paper) else MONEY, "writes this paper", role)


def roles_of(session: Session, name: str, round_id: int | None) -> Roles:
    """Return the roles that a person has in a round, or (None) in any round of the record.

    Who is in no round at all works for the office, which keeps the record; who has a part in other rounds
    alone only reads this one, unless they are an officer there; an auditor of one round is one of all. On a
    server all are what they are let in as.
    """
    mine = () if round_id is None else _roles(session, name, round_id)
    let_in: Roles | None = session.get_execution_options().get(LET_IN)
    if let_in is not None:
        return _as_let_in(session, name, let_in, mine if round_id is not None else None)
    if mine:
        return mine
    every = (role for line in rounds(session) for role in _roles(session, name, line.round_id))
    elsewhere = tuple(dict.fromkeys(every))
    if round_id is None and elsewhere:
        return elsewhere
    if not elsewhere:
        return (Role.OFFICER,)
    return (next((role for role in (Role.OFFICER, Role.AUDITOR) if role in elsewhere), Role.READER),)


def people_names(session: Session) -> Sequence[str]:
    """Return the names of all people of the record, in the order in which they came into it."""
    return session.scalars(select(person_table.c.name).order_by(person_table.c.id)).all()


def known_as(session: Session, name: str) -> str:
    """Return a name as the record spells it, or as it is given where the record has no such person.

    One that is spelt just so comes before one that a keyboard writes alike.
    """
    names = people_names(session)
    alike = (known for known in names if is_same_typed(known, name))
    return next((known for known in names if is_same_text(known, name)), next(alike, name))


def refuse_nearly(session: Session, name: str) -> None:
    """Refuse a name that somebody in the record has with other accents: it would be taken for the office.

    On a server nobody is: each is who they signed on as.
    """
    if session.get_execution_options().get(LET_IN) is not None:
        return
    names = people_names(session)
    near = [known for known in names if is_nearly_same(known, name)]
    if near and not any(is_same_typed(known, name) for known in near):
        raise Refused(nearly_words(name, near[0], "who is in this record"))


def acting(session: Session, operation: Operation, name: str, roles: Roles | None = None) -> Actor:
    """Return a person in the first of their roles in which they may do an operation, else in the first.

    `roles` are those to choose from, by default those that the person has in the operation's round.
    """
    refuse_nearly(session, name)
    known = known_as(session, name)
    actors = [Actor(known, role) for role in roles or roles_of(session, known, round_of(session, operation))]
    may = (actor for actor in actors if not refusal(session, operation, actor))
    return next(may, actors[0])


def round_of(session: Session, operation: Operation) -> int | None:
    """Return the round of an operation, None for the record as a whole and for a round still to come."""
    number = getattr(operation, "round_id", None)
    key = getattr(operation, "round", None)
    if number is not None or key is None:
        return number
    named = (key.name, key.year, key.fund.casefold())
    of = ((line, {line.fund.casefold(), line.fund_code.casefold()}) for line in rounds(session))
    found = (line.round_id for line, funds in of if (line.name, line.year) == named[:2] and named[2] in funds)
    return next(found, None)


def _as_let_in(session: Session, name: str, let_in: Roles, mine: Roles | None) -> Roles:
    """Return the roles of whoever is signed on: those of the round (None: of any) that they are let in as."""
    if mine is None:
        mine = tuple(role for line in rounds(session) for role in _roles(session, name, line.round_id))
    may_sit = SITTING if {*PANEL} & {*let_in} else ()
    of_round = (role for role in mine if role in (*let_in, *may_sit))
    everywhere = (role for role in let_in if role in EVERYWHERE)
    return tuple(dict.fromkeys((*of_round, *everywhere))) or (Role.READER,)


def _roles(session: Session, name: str, round_id: int) -> Roles:
    return tuple(Role(p.role) for p in parts(session, round_id) if p.role and is_same_text(p.name, name))


def nearly_words(name: str, known: str, who: str) -> str:
    """Ask which of two is meant where a name is spelt nearly as one that is known."""
    return (
        f"“{name}” is spelt nearly as {known}, {who}. Type the name as it is there, or, of another person, "
        "one that tells the two apart."
    )
