"""What somebody has to look at before a paper goes out, by its kind."""

from collections.abc import Callable

from models.papers.kinds import AGREEMENT, KINDS
from models.papers.order import PaperOrder
from models.queries.awards.agreements.lapsing_money import lapsing_words
from models.queries.papers.acknowledgements import unnamed_day_words
from models.queries.papers.notices.fund_year import promised_words
from models.queries.papers.transparency.unwritten import (
    NOTICE,
    named_words,
    unwritten_words,
    withheld_words,
)

Told = Callable[..., str]
"""Says it from a session and an order in a sentence, "" where there is nothing."""
_OF_KIND: dict[str, tuple[Told, ...]] = {
    NOTICE: (named_words,),
    "call": (promised_words, unnamed_day_words),
    AGREEMENT: (lapsing_words,),
}


def to_read(order: PaperOrder) -> tuple[Told, ...]:
    """Return what says what has to be looked at before a paper is sent, published or signed."""
    if not KINDS[order.kind].has_purposes:
        return _OF_KIND.get(order.kind, ())
    return (*(() if order.purposes_read else (unwritten_words,)), withheld_words, named_words)
