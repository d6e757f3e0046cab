"""Who may act on an application of the ranked list, and the sentence for who may not."""

from gui.pages.page import Identity
from models.permissions.viewing import closed_to, codes_of
from models.queries.permissions.conditions import OTHERS_RULE, stands_aside
from models.role import Role, panel_role
from models.values.rows import RoundRows


def may_act(rows: RoundRows, identity: Identity) -> str:
    """Say why a person only reads the list, "" when they recommend on it."""
    return identity.refusal("record recommendations", chairs_of(rows))


def may_act_on(rows: RoundRows, identity: Identity, reference: str) -> str:
    """Say why a person does not act on one application, "" when they may."""
    if reference in closed_to(rows, codes_of(rows, identity.viewer)):
        aside = stands_aside([reference])
        return f"{aside} {OTHERS_RULE}" if identity.role == Role.CHAIR else aside
    return may_act(rows, identity)


def chairs_of(rows: RoundRows) -> tuple[str, ...]:
    """Return the chairs of a round by name."""
    return tuple(member.name for member in rows.members if panel_role(member.role) is Role.CHAIR)
