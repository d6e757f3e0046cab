"""What exports call things: headings for each field, and columns that belong to no field.

Written in wordings.txt from the habits of real forms and offices, not from the rules that read them.
"""

from pathlib import Path

Wordings = dict[str, tuple[str, ...]]


def _sections() -> dict[str, Wordings]:
    found: dict[str, Wordings] = {}
    section: Wordings = {}
    for line in Path(__file__).with_name("wordings.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            section = found[line[2:]] = {}
        else:
            name, _, rest = line.partition(": ")
            section[name] = tuple(part.strip() for part in rest.split(" | "))
    return found


_FOUND = _sections()

OFFICE = _FOUND["OFFICE"]
"""Headings of spreadsheets that people keep."""

QUESTIONS = _FOUND["QUESTIONS"]
"""Headings of form tools, which are the questions as asked."""

ANSWERS = _FOUND["OTHERS"]["no field"]
"""Columns that are no field: each stays an answer under its heading."""

WELSH = {field: words[0] for field, words in _FOUND["WELSH"].items()}
"""Some fields in another language, beside which English stands."""
