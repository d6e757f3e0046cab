"""Sentences of our own in the word that the office on show has for an area."""

from collections.abc import Collection

from scoring.written.area_label import AREA, AreaLabel
from scoring.written.text import without_commands


class _InForce:
    """The word of the office whose record is open: as a window has one look, it has one word."""

    label = AREA
    names: Collection[str] = ()
    """What people called areas, rounds and funds, which is never said otherwise."""


class OfficeText(str):
    """A sentence in the office's word that remembers how we say it, so that a label can follow the word."""

    __slots__ = ("plain",)
    plain: str


def use_label(label: AreaLabel, names: Collection[str] = ()) -> None:
    """Call an area so from now on, but for the names that people gave."""
    _InForce.label, _InForce.names = label, names


def ours(text: str) -> str:
    """Return a sentence of our own in the office's word for an area; never what somebody typed.

    A command that does the same is left out: the window's own way stands before it.
    """
    text = without_commands(text)
    said = OfficeText(_InForce.label.said(text, _InForce.names))
    said.plain = text
    return said


def reworded(text: str) -> str:
    """Return what a label was made with in the word now in force; any other text as it is."""
    return ours(text.plain) if isinstance(text, OfficeText) else text
