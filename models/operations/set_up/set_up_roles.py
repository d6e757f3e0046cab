"""Who may set a round up: officers draft, and the chair may do what they do."""

from models.operation import Actor
from scoring.refused import Refused

SETTERS = ("officer", "chair")


def require_setter(actor: Actor, deed: str) -> None:
    """Refuse anyone but an officer or the chair; `deed` is what they do, "sets a pot"."""
    if actor.role not in SETTERS:
        raise Refused(f"An officer or the chair {deed}, not the {actor.role}.")


def require_chair(actor: Actor, deed: str) -> None:
    """Refuse anyone but the chair."""
    if actor.role != "chair":
        raise Refused(f"Only the chair {deed}, not the {actor.role}.")
