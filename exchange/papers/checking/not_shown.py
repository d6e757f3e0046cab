"""What the pages of a paper cannot show of its values, so that whoever exports it sees to it."""

import json
from collections.abc import Iterator
from typing import Any

from models.papers.kinds import KINDS
from models.papers.letters.letters import LetterFiles
from models.papers.order import PaperValue
from scoring.counted import first_of, noun

MOST_NAMED = 4
"""The words that are named; a long text in another script has hundreds."""
PDF = ".pdf"


def not_shown_words(kind: str, value: PaperValue, files: LetterFiles | None = None) -> tuple[str, ...]:
    """Return what somebody is to be told of before a paper goes out, a sentence or two each; () for nothing.

    `files` are what is written beside letters: these have letters no font shows only where they are PDFs.
    """
    return tuple(filter(None, (_shortened(kind, value), _without_font(kind, value, files))))


def _shortened(kind: str, value: PaperValue) -> str:
    if kind != "panel-book":
        return ""
    from exchange.papers.panel_book import shortened_words
    from models.papers.panel_book import PanelBook

    assert isinstance(value, PanelBook), "a panel book is of one"
    return shortened_words(value)


def _without_font(kind: str, value: PaperValue, files: LetterFiles | None) -> str:
    """Return which words a PDF prints with signs in the place of letters, "" where it prints all of them."""
    if PDF not in KINDS[kind].endings and not (files is not None and files.pdfs):
        return ""
    text = KINDS[kind].text_of(value)
    if text.isascii():
        return ""
    from exchange.pdf.fonts import words_not_shown

    found = words_not_shown(" ".join(_texts(json.loads(text))))
    if not found:
        return ""
    named = first_of([f"“{word}”" for word in found], MOST_NAMED)
    return (
        f"The PDF has no font for {named}: signs stand in the place of letters. Ask how "
        f"{noun(len(found), 'it is', 'they are')} written in Latin letters, and enter that."
    )


def _texts(value: Any) -> Iterator[str]:
    """Yield every text among values as JSON has them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
