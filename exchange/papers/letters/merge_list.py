"""The list for a mail merge: a line for each letter, for an office that writes its letters itself."""

from pathlib import Path

from exchange.papers.letters.placeholders import PLACEHOLDERS
from exchange.xlsx.csv_file import write_csv
from exchange.xlsx.csv_text import csv_text
from models.papers.letters import Letter, Letters
from models.papers.status import PaperStatus

NAME = "For a mail merge.csv"
LEFT_OUT = frozenset({"draft", "feedback", "standing"})
"""Placeholders that say nothing in a list: others say the same."""
FIELDS = tuple(name for name in PLACEHOLDERS if name not in LEFT_OUT)
HEADINGS = ("kind", "email", "contact_name", *FIELDS)
"""The fields, called as the placeholders of the templates are."""


def write_merge_list(letters: Letters, status: PaperStatus, folder: Path) -> Path:
    """Write the list into a folder as CSV in UTF-8; return its path."""
    rows = [_row(letters, letter, status) for letter in letters.letters]
    return write_csv(folder / NAME, HEADINGS, rows, len(rows))


def _row(letters: Letters, letter: Letter, status: PaperStatus) -> list[str]:
    today = status.made_at.date()
    said = ("\n".join(PLACEHOLDERS[name](letters, letter, today)) for name in FIELDS)
    return [csv_text(text) for text in (letter.kind, letter.email, letter.contact_name, *said)]
