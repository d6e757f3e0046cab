"""Asking the table: whether a person may do an operation, and the sentence that says why not."""

from collections.abc import Sequence

from models.operation import Actor, Operation
from models.permissions.papers import BEFORE_SIGNING, PAPERS_OF_CHAIR
from models.permissions.table import PERMISSIONS, UNLISTED, Permission
from models.queries.packs.own_record import refuse_elsewhere
from models.role import MONEY, SIGNING, Role, names_chair, not_yours
from models.session import Session
from scoring.refused import Refused

NOBODY = "Say who is using this laptop first: every change is recorded under a name."


def require(session: Session, operation: Operation, actor: Actor) -> None:
    """Refuse what is not this person's to do, or not this record's; for `Record.perform`, and there alone."""
    refuse_elsewhere(session, operation, actor)
    words = refusal(session, operation, actor)
    if words:
        raise Refused(words)


def refusal(session: Session, operation: Operation, actor: Actor) -> str:
    """Return why an operation is not this person's to do, "" when it is.

    Of several changes made as one, each is asked about, or those that `asked_of` names for all.
    """
    parts = getattr(operation, "asked_of", getattr(operation, "parts", ()))
    within = tuple(part for part in parts if getattr(part, "kind", "") in PERMISSIONS)
    found = (_refusal(session, one, actor) for one in (operation, *within))
    return next((words for words in found if words), "")


def by_role(of: str | Operation, role: str, chairs: Sequence[str] = ()) -> str:
    """Return why an operation, or any of a kind, is never done in a role, "" when it is.

    A person may be refused more. `chairs` are the round's, by name, for what is the chair's alone.
    """
    permission = PERMISSIONS[of] if isinstance(of, str) else PERMISSIONS.get(of.kind, UNLISTED).of(of)
    return _by_role(permission, role, chairs)


def _refusal(session: Session, operation: Operation, actor: Actor) -> str:
    permission = PERMISSIONS.get(operation.kind, UNLISTED).of(operation)
    if permission.roles is None:
        return ""
    if not actor.name.strip():
        return NOBODY
    from models.permissions.conditions import CHECKS, chairs_of  # who only reads is asked for none

    words = _by_role(permission, actor.role, ())
    if words:
        named = chairs_of(session, operation) if names_chair(permission.roles) else ()
        return _by_role(permission, actor.role, named)
    found = (CHECKS[one](session, operation, actor) for one in permission.conditions)
    return next((words for words in found if words), "")


def _by_role(permission: Permission, role: str, chairs: Sequence[str]) -> str:
    if permission.roles is None or role in permission.roles:
        return ""
    return not_yours(permission.roles, permission.action, role, chairs)


def papers_of(role: str) -> frozenset[str] | None:
    """Return the papers that a role writes; None is all of them."""
    if role in MONEY:
        return None
    if role in SIGNING:
        return BEFORE_SIGNING
    return PAPERS_OF_CHAIR | BEFORE_SIGNING if role == Role.CHAIR else frozenset()


def may_write(role: str, paper: str) -> bool:
    """Whether a role writes a paper."""
    of_role = papers_of(role)
    return of_role is None or paper in of_role
