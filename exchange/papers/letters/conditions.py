"""The conditions of a grant as its letter and its agreement list them: none asks for what is done."""

import re
from collections.abc import Iterable

from exchange.papers.paper_words import paper_sentence
from scoring.written.text import with_capital

WITHHELD_CONDITION = (
    "None of these conditions asks you to make public anything that would tell who or where you are."
)
_TO_SIGN = re.compile(
    r"sign(?: and return)? (?P<what>(?:the|this) (?:grant )?agreement)(?P<first> before any payment)?\.?",
    re.IGNORECASE,
)


def listed_conditions(
    conditions: Iterable[str], *, is_signed: bool, is_withheld: bool = False
) -> tuple[str, ...]:
    """Return the conditions as sentences; once it is signed, that it is instead of that it is to be.

    Of a name that is withheld it says too that none of them asks to make it known.
    """
    known = tuple(paper_sentence(_signed(one) if is_signed else one) for one in conditions)
    return (*known, WITHHELD_CONDITION) if is_withheld and known else known


def _signed(condition: str) -> str:
    """Return a condition of an agreement that both have signed."""
    found = _TO_SIGN.fullmatch(condition.strip())
    if found is None:
        return condition
    first = ", as it had to be before any payment" if found["first"] else ""
    return f"{with_capital(found['what'])} is signed{first}."
