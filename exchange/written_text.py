"""Applicants' text made fit to be written into a file: nothing hidden, nothing that breaks the file."""

import re

_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ANY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f]")
"""What joins, parts or turns words unseen, and comes along with text copied from a page or a message."""


def without_invisible(text: str) -> str:
    """Return text without what no page shows; what shapes the letters beside it stays."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def clean(text: str) -> str:
    """Return text without control characters (made spaces), bidi overrides or lone surrogates.

    Line breaks and tabs stay; a lone surrogate becomes the replacement character.
    """
    if not _ANY.search(text):
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _SURROGATE.sub("\ufffd", _UNFIT.sub(" ", _HIDDEN.sub("", lines)))


def one_line(text: str) -> str:
    """Return cleaned text with every run of white space made one space."""
    return " ".join(clean(text).split())
