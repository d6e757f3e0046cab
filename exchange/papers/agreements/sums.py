"""How the sums of an agreement are written: all of them with pence, or none."""

from collections.abc import Callable

from exchange.papers.paper_words import PENCE
from models.papers.agreements.grant_agreement import GrantAgreement
from scoring.money import average_pounds, column_money, with_noughts, without_noughts


def money_of(agreement: GrantAgreement) -> Callable[[int | None], str]:
    """Return how an agreement's sums are written: without pence where none of them has any."""
    said = any(map(PENCE.search, (*agreement.changes, agreement.held_for)))
    in_words = 1 if said or agreement.letterhead.has_pence else None
    return column_money((*agreement.printed_pence, in_words), is_apart=True)


def sums_as_in(agreement: GrantAgreement, words: str) -> str:
    """Return a sentence of the record with its sums written as an agreement's figures are."""
    is_long = money_of(agreement)(0) == average_pounds(0)
    return with_noughts(words) if is_long else without_noughts(words)


def what_is_left(agreement: GrantAgreement) -> str:
    """Return what is still to be paid, as a sentence goes on: "it" where nothing is paid yet."""
    return "it" if not agreement.is_begun else "what is still to come"
