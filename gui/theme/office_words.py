"""Sentences of our own in the word that the office on show has for an area."""

from gui.theme.look import look
from scoring.written.text import without_commands


class OfficeText(str):
    """A sentence in the office's word that remembers how we say it, so that a label can follow the word."""

    __slots__ = ("plain",)
    plain: str


def ours(text: str) -> str:
    """Return a sentence of our own in the office's word for an area; never what somebody typed.

    A command that does the same is left out: the window's own way stands before it.
    """
    text = without_commands(text)
    said = OfficeText(look.area_label.said(text, look.given_names))
    said.plain = text
    return said


def reworded(text: str) -> str:
    """Return what a label was made with in the word now in force; any other text as it is."""
    return ours(text.plain) if isinstance(text, OfficeText) else text
