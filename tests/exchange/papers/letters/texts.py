"""The text of a letter, as its shipped template has it."""

from datetime import UTC, datetime
from pathlib import Path

from exchange.papers.letters.writing import letter_text
from models.papers.letters.letter import Letter
from models.papers.letters.letters import Letters
from models.papers.status import PaperStatus

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)


def points_of(letters: Letters, letter: Letter) -> list[str]:
    """Return the points of the list that a letter has, without their bullets."""
    lines = text_of(letters, letter).splitlines()
    return [line.removeprefix("• ") for line in lines if line.startswith("• ")]


def text_of(letters: Letters, letter: Letter, status: PaperStatus = STATUS) -> str:
    """Return a letter's text, a line a paragraph."""
    return letter_text(letters, letter, status, Path("no templates of its own"))
