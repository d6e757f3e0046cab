"""Which papers are whose: those of the chair, and those that tell of single applications."""

from collections.abc import Iterable

from models.papers.kinds import KINDS

PAPERS_OF_CHAIR = frozenset(code for code, kind in KINDS.items() if kind.is_for_chair)
"""What the chair has beside officers and finance."""
BEFORE_SIGNING = frozenset(code for code, kind in KINDS.items() if kind.is_before_signing)
"""What whoever signs reads before."""
CLOSABLE = frozenset(code for code, kind in KINDS.items() if not kind.is_kept_open)
"""What tells of single applications before the public may read it: closed to whoever stands aside."""


MARKS_FIRST = (
    "This paper shows others' marks: it opens when you have handed in your own score sheets, or when the "
    "panel meets."
)
PRINTS = "whose marks and total this paper prints"


def paper_closed(references: Iterable[str], prints: str = PRINTS) -> str:
    """Say why a paper on some applications is closed to who declared an interest in them, "" for none.

    `prints` is what the paper holds of every application on it.
    """
    named = ", ".join(references)
    return named and (
        f"You declared an interest in {named}, {prints}. Somebody "
        "without an interest writes it; other areas are open to you."
    )
