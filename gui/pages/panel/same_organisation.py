"""The other applications of an organisation in which an interest is declared, and how they are named."""

from collections.abc import Sequence

from gui.pages.panel.columns import DeclareLine
from gui.text import listed
from scoring.round import InterestKind


def unanswered(lines: Sequence[DeclareLine]) -> tuple[DeclareLine, ...]:
    """Return the lines without an answer whose organisation has an interest declared on another."""
    own = {line.organisation_id for line in lines if line.has_interest}
    return tuple(line for line in lines if line.kind is None and line.organisation_id in own)


def said_none(lines: Sequence[DeclareLine], reference: str) -> tuple[DeclareLine, ...]:
    """Return the lines that say none of the organisation in which an application has an interest."""
    at = next(line for line in lines if line.reference == reference)
    others = (line for line in lines if line.organisation_id == at.organisation_id and line is not at)
    return tuple(line for line in others if at.has_interest and line.kind is InterestKind.NONE)


def waiting_words(lines: Sequence[DeclareLine], waiting: Sequence[DeclareLine]) -> str:
    """Ask for an answer to each application that “None for all the rest” did not answer."""
    reasons = [line.reference for line in lines if line.has_interest and _is_of(line, waiting)]
    named = listed([f"{line.reference} {line.organisation}" for line in waiting])
    verb, them = ("comes", "it") if len(waiting) == 1 else ("come", "each")
    return (
        f"{named} {verb} from an organisation in which an interest is declared ({listed(reasons)}). Choose "
        f"for {them}, or press “None for all the rest” again."
    )


def none_words(organisation: str, others: Sequence[DeclareLine]) -> str:
    """Say which applications of an organisation stand as none beside one with an interest."""
    verb = "says" if len(others) == 1 else "say"
    named = listed([line.reference for line in others])
    return (
        f"{organisation} also has {named}, which {verb} “None”. Check whether the interest holds there too."
    )


def _is_of(line: DeclareLine, waiting: Sequence[DeclareLine]) -> bool:
    return line.organisation_id in {one.organisation_id for one in waiting}
