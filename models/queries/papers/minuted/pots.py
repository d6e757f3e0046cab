"""What is recommended of each area's pot, as minutes say it, and which areas had nothing to minute."""

from collections.abc import Collection, Iterator, Mapping

from models.papers.order import PaperOrder
from models.queries.deciding.allowances import pot_uses
from models.queries.panel.meeting import MeetingRows
from models.session import Session
from scoring.allocating.over_pot import PotUse, over_words, pot_words
from scoring.money import short_pounds


def pot_sums(
    session: Session, order: PaperOrder, given: Mapping[str, int], advised: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield of each area that is recommended on what its pot is, and what is left of it or over it."""
    assert order.round_id is not None, "minutes are of a round"
    for use in pot_uses(session, order.round_id, given):
        if use.area not in advised or order.area not in (None, use.area):
            continue
        pot = f"{pot_words(use, short_pounds)}{_before(use)}"
        if not use.given_pence:
            yield use.area, f"nothing is recommended, and {_left(use)}."
            continue
        over = over_words(use, short_pounds)
        left = short_pounds(use.left_pence) if use.left_pence else "nothing"
        rest = f"that is {over}" if over else f"{left} of it is left"
        yield use.area, f"It comes out of {pot}; {rest}."


def _before(use: PotUse) -> str:
    if not use.committed_pence:
        return ""
    return f", of which {short_pounds(use.committed_pence)} was committed before"


def _left(use: PotUse) -> str:
    """Return what is left of a pot of which nothing is given here."""
    pot = pot_words(use, short_pounds)
    if not use.committed_pence:
        return f"{pot} is left"
    left = short_pounds(use.left_pence) if use.left_pence else "nothing"
    return f"{left} is left of {pot}, since {short_pounds(use.committed_pence)} was committed before"


def unasked(session: Session, round_id: int, held: MeetingRows, minuted: Collection[str]) -> Iterator[str]:
    """Yield of each area of a round without an item that it has none, and what its pot was."""
    asked = {one.area for one in held.rows.applications}
    for use in pot_uses(session, round_id, {}):
        if use.area not in minuted:
            none = "none of its applications was before the panel" if use.area in asked else "no applications"
            yield f"{use.area}: {none}{f', and {_left(use)}' if use.pot_pence else ''}."
