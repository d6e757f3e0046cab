"""What has to be looked at before a paper goes out, by its kind: told by the command, and in the window."""

from collections.abc import Callable

from models.papers.kinds import AGREEMENT, KINDS
from models.papers.order import PaperOrder
from models.queries.awards.agreements.lapsing_money import lapsing_words
from models.queries.papers.acknowledgements import unnamed_day_words
from models.queries.papers.call import unset_closing_words
from models.queries.papers.letterhead import unreached_words, unsigned_words
from models.queries.papers.notices.fund_year import promised_words
from models.queries.papers.to_check.meetings_kept import unkept_words
from models.queries.papers.to_check.standing_interests import beside_the_panel_s, beside_the_signer_s
from models.queries.papers.to_check.unwritten import (
    NOTICE,
    named_words,
    unwritten_words,
    withheld_words,
)
from models.session import Session

Told = Callable[[Session, PaperOrder], str]
"""Says it in a sentence, "" where there is nothing."""
_OF_KIND: dict[str, tuple[Told, ...]] = {
    NOTICE: (named_words, beside_the_signer_s),
    "call": (promised_words, unnamed_day_words, unset_closing_words, unreached_words),
    AGREEMENT: (lapsing_words, unreached_words),
    "panel-book": (beside_the_panel_s,),
    "minutes": (unkept_words, beside_the_panel_s),
}


def words_to_check(session: Session, order: PaperOrder) -> tuple[str, ...]:
    """Return what has to be looked at before a paper goes out, a sentence or two each; () for nothing."""
    return tuple(filter(None, (told(session, order) for told in _told_of(order))))


def _told_of(order: PaperOrder) -> tuple[Told, ...]:
    if KINDS[order.kind].fills_a_folder:
        return (unsigned_words, unreached_words)
    if not KINDS[order.kind].has_purposes:
        return _OF_KIND.get(order.kind, ())
    return (*(() if order.purposes_read else (unwritten_words,)), withheld_words, named_words)
