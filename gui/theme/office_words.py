"""Sentences of our own in the word that the office on show has for an area."""

from scoring.written.area_label import AREA, AreaLabel


class _InForce:
    """The word of the office whose record is open: as a window has one look, it has one word."""

    label = AREA


class Said(str):
    """A sentence in the office's word that remembers how we say it, so that a label can follow the word."""

    __slots__ = ("plain",)
    plain: str


def use_label(label: AreaLabel) -> None:
    """Call an area so from now on."""
    _InForce.label = label


def ours(text: str) -> str:
    """Return a sentence of our own in the office's word for an area; never what somebody typed."""
    said = Said(_InForce.label.said(text))
    said.plain = text
    return said


def said_again(text: str) -> str:
    """Return what a label was made with in the word now in force; any other text as it is."""
    return ours(text.plain) if isinstance(text, Said) else text
