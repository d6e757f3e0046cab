"""Whether a reason compares with the criterion, as it should, and not with another applicant."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

ADVICE = "Compare with the criterion, not with another applicant."
_LEGAL_FORMS = ("cic", "cio", "ltd", "limited", "plc", "llp")
_PHRASES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:better|worse|stronger|weaker|poorer|clearer)\s+than\b(?!\s+(?:expected|needed|asked|nothing)\b)",
        r"\bthan\s+(?:(?:the|that|this|all|any|most|of)\s+)*(?:others?|another|rest|applicants?|bids?)\b",
        r"\b(?:compared|comparison|relative|unlike)\b[\w\s]{0,12}\b(?:others?|another|applicants?|bids?)\b",
        r"\b(?:best|worst|strongest|weakest|poorest)\s+(?:of|among|amongst|in)\s+(?:all|the|any)\b",
        r"\b(?:best|worst|strongest|weakest|poorest)\s+(?:application|applicant|bid)\b",
    )
)


class Named(NamedTuple):
    """An application as a reason could name it."""

    reference: str
    organisation: str


def comparisons(reason: str, own: str, everyone: Iterable[Named]) -> tuple[str, ...]:
    """Return a sentence for each sign that a reason compares with another applicant; none when it does not.

    `own` is the reference the reason belongs to. It is a flag for the panel to look at, never a refusal:
    "better than" may stand in a reason that is sound. Example: "Stronger than W-014" names W-014.
    """
    if not reason.strip():
        return ()
    found = [
        *dict.fromkeys(_mentions(reason, own, tuple(everyone))),
        *dict.fromkeys(f"It says “{hit}”." for hit in _phrases(reason)),
    ]
    return (*found, ADVICE) if found else ()


def _mentions(reason: str, own: str, everyone: tuple[Named, ...]) -> Iterator[str]:
    mine = next((_plain(one.organisation) for one in everyone if one.reference == own), "")
    words = f" {_spaced(reason)} "
    for one in everyone:
        if one.reference == own:
            continue
        if _names(one.reference, reason):
            yield f"It names {one.reference}."
        elif _plain(one.organisation) not in ("", mine) and f" {_plain(one.organisation)} " in words:
            yield f"It names {one.organisation} ({one.reference})."


def _names(reference: str, reason: str) -> bool:
    pattern = rf"(?<![\w-]){re.escape(reference)}(?![\w-])"
    return re.search(pattern, reason, re.IGNORECASE) is not None


def _phrases(reason: str) -> Iterator[str]:
    taken: list[tuple[int, int]] = []
    for pattern in _PHRASES:
        for match in pattern.finditer(reason):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
                yield " ".join(match.group().split())


def _plain(organisation: str) -> str:
    words = _spaced(organisation).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _spaced(text: str) -> str:
    """Return the words of a text alone, in small letters: quotes and commas part nothing that matters."""
    plain = text.casefold().replace("’", "").replace("'", "")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
