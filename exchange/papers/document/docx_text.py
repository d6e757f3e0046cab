"""Plain text in the paragraphs of a Word document: never markup, never a field."""

from collections.abc import Iterable
from typing import Any

from exchange.written_text import clean


def put(paragraph: Any, text: str) -> None:
    """Put plain text into a paragraph: never markup, never a field, nothing that breaks the file."""
    paragraph.add_run(plain(text))


def plain(text: str) -> str:
    """Return text without what a Word document cannot hold."""
    return clean(text).replace("\t", " ")


def keep_with_next(paragraphs: Iterable[Any]) -> None:
    """Keep paragraphs with what follows them."""
    for paragraph in paragraphs:
        paragraph.get_or_add_pPr().get_or_add_keepNext()
