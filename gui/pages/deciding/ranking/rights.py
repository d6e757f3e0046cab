"""Who may act on an application of the ranked list, and the sentence for who may not."""

from gui.pages.deciding.ranking.closed import closed_to, stands_aside
from gui.pages.page import Identity
from models.values.rows import RoundRows

ACTS = ("chair", "officer")


def may_act(rows: RoundRows, identity: Identity) -> str:
    """Say why a person only reads the list, "" when they recommend on it."""
    if identity.role in ACTS:
        return ""
    chairs = [member.name for member in rows.members if member.role.casefold() == "chair"]
    who = f" The chair is {chairs[0]}." if chairs else ""
    return f"Only the chair or an officer can do this.{who}"


def may_act_on(rows: RoundRows, identity: Identity, reference: str) -> str:
    """Say why a person does not act on one application, "" when they may."""
    if reference in closed_to(rows, identity.member):
        return stands_aside(reference)
    return may_act(rows, identity)
