"""Refusing to join or part lists of which one is signed: what was signed stays on its list."""

from models.operations.deciding.signing import has_signatures
from models.queries.set_up.round_rows import areas
from models.session import Session
from scoring.refused import Refused
from scoring.round import Area
from scoring.written.names import text_key


def refuse_signed_lists(session: Session, round_id: int, area: Area, before: Area | None = None) -> None:
    """Refuse an area that comes into a signed pot, or leaves one; `before` is None for a new area."""
    was = "" if before is None else text_key(before.shared_pot)
    pots = {text_key(area.shared_pot), was}
    if len(pots) == 1:
        return
    there = areas(session, round_id)
    sharing = (one.name for one in there if text_key(one.shared_pot) in pots - {""})
    own = [] if before is None else [before.name]
    for name in dict.fromkeys((*own, *sharing)):
        if has_signatures(session, round_id, name):
            raise Refused(
                f"The recommendations of {name} are signed, so who shares its pot stays as it is. "
                "The deciding office can send lines back."
            )
