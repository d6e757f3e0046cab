"""Applicants' text made fit to be written into a file or a line: nothing hidden, nothing that breaks it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import resources
from scoring.money import pounds
from scoring.written.text import quoted

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


def lines_of(text: str) -> list[str]:
    """Return the lines a text was written in, cleaned and without blank ones; one empty line for none."""
    return [line for line in clean(text).split("\n") if line.strip()] or [""]


def template_lines(name: str, **facts: object) -> Iterator[str]:
    """Yield the lines of the template `resources/NAME.j2`; one that stays blank is left out.

    What may be done with a fact is as in the templates of papers; its words stay on the line that it is in.
    """
    yield from filter(str.strip, _shipped(name).render(facts).split("\n"))


@cache
def _shipped(name: str) -> Any:
    return plain_environment().from_string(resources.text(f"{name}.j2"))


def plain_environment() -> Any:
    """Return the sandbox of papers for plain lines, in which a sum has its pence."""
    from models.papers.paper_words import environment  # its library is for what is told in lines alone

    found = environment(_value)
    found.autoescape = found.trim_blocks = False
    found.filters |= {"pounds": pounds, "quoted": quoted, "as_in": _as_in, "spaced": _spaced}
    return found


def _as_in(code: str, words: Mapping[str, str]) -> str:
    return words[code]


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _value(value: object) -> str:
    assert not isinstance(value, bool | None), "a template asks with “if” whether it is so"
    return " ".join(str(value).splitlines())


PARTS = re.compile(r"[^-]*-+(?=\w)|.+")
"""The parts of a word that is wider than a line: each up to a hyphen before a letter, and the rest."""
