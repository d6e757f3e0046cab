"""The conditions of a grant as its letter and its agreement list them: none asks for what is done."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum, auto
from typing import Self

from exchange.papers.paper_words import paper_sentence
from scoring.written.text import with_capital

WITHHELD_CONDITION = (
    "None of these conditions asks you to make public anything that would tell who or where you are."
)
_TO_SIGN = re.compile(
    r"sign(?P<back> and return)? (?P<what>(?:the|this) (?:grant )?agreement)"
    r"(?P<first> before any payment)?\.?",
    re.IGNORECASE,
)


class Signed(Enum):
    """How far an agreement is signed: never, in an earlier version alone, or as it stands."""

    NEVER = auto()
    BEFORE = auto()
    AS_IT_STANDS = auto()

    @classmethod
    def of(cls, signed_on: date | None, *, is_signed_before: bool) -> Self:
        """Return how far one is signed that was signed as it stands on a day, None where it was not."""
        before = cls.BEFORE if is_signed_before else cls.NEVER
        return before if signed_on is None else cls.AS_IT_STANDS


def listed_conditions(
    conditions: Iterable[str], *, signed: Signed = Signed.NEVER, is_withheld: bool = False
) -> tuple[str, ...]:
    """Return the conditions as sentences, the one that asks for a signature as far as it was given.

    Of a name that is withheld it says too that none of them asks to make it known.
    """
    known = tuple(paper_sentence(_of_signing(one, signed)) for one in conditions)
    return (*known, WITHHELD_CONDITION) if is_withheld and known else known


def _of_signing(condition: str, signed: Signed) -> str:
    """Return a condition, of an agreement that was signed once no longer as the first to be signed."""
    found = None if signed is Signed.NEVER else _TO_SIGN.fullmatch(condition.strip())
    if found is None:
        return condition
    if signed is Signed.BEFORE:
        is_here = found["what"].casefold().startswith("this")
        asks = f"Sign{found['back'] or ''} {'this' if is_here else 'the new'} version of the agreement"
        return f"{asks}; until both of us have signed it, the one signed before holds."
    first = ", as it had to be before any payment" if found["first"] else ""
    return f"{with_capital(found['what'])} is signed{first}."
