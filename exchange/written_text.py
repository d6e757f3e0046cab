"""Applicants' text made fit to be written into a file or a line: nothing hidden, nothing that breaks it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import resources
from scoring.money import pounds
from scoring.written.days import MONTH_NAMES
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


NO_BREAK = "\u00a0"
"""A space at which no line ends."""

PARTS = re.compile(r"[^-]*-+(?=\w)|.+")
"""The parts of a word that is wider than a line: each up to a hyphen before a letter, and the rest."""

_SHORT_MONTHS = [name[:3] for name in MONTH_NAMES]
_MONTH = rf"(?:{'|'.join((*MONTH_NAMES, *_SHORT_MONTHS))})\b"
_UNIT = (
    "(?:working days?|days?|weeks?|months?|years?|hours?|minutes?|pages?|points?|per cent|million|billion|"
    r"thousand|pence|am|pm)\b"
)
_NUMBERED = (
    *("[Tt]able", "[Aa]ppendix", "[Aa]nnex", "[Ff]igure", "[Pp]art", "[Vv]ersion", "[Ss]ection"),
    *("[Pp]aragraph", "[Ii]tem", "[Pp]age", "[Pp]lace", "[Nn]otice", r"\b[Nn]o\.", "[Nn]umber", "[Ss]tep"),
)
"""What has a number of its own."""
_TITLES = (r"\bMr", r"\bMrs", r"\bMs", "Miss", r"\bMx", r"\bDr", r"\bSir", "Dame", "Revd", "Cllr", "Prof")


def _after(words: Iterable[str]) -> str:
    """Return what says that one of these words stands before a space."""
    return f"(?:{'|'.join(rf'(?<={word} )' for word in words)})"


_HELD = re.compile(
    " (?:"
    + "|".join(
        (
            rf"(?=\d{{4}}\b){_after((*MONTH_NAMES, *_SHORT_MONTHS))}",
            rf"(?<=\d )(?={_MONTH}|{_UNIT})",
            rf"(?=to {_MONTH}){_after(MONTH_NAMES)}",
            rf"(?<= to )(?={_MONTH} \d{{4}}\b)",
            r"(?:(?<=\b\d )|(?<=\b\d\d ))(?=of \d{1,2}\b)",
            r"(?<=working )(?=days?\b)",
            r"(?:(?<=\b\d of )|(?<=\b\d\d of ))(?=\d{1,2}\b)",
            rf"(?=[A-Z]?\d|[A-Z]\b){_after(_NUMBERED)}",
            r"(?<=\b[A-Z]\. )(?=[A-Z][a-z.])",
            rf"(?=[A-Z]){_after(_TITLES)}",
            r"(?=\d[A-Z]{2}\b)(?:(?<=[A-Z]\d )|(?<=[A-Z]\d[A-Z\d] ))",
        )
    )
    + ")"
)
"""The space in a day, a month or a run of months; between a number and its unit; of a table or page by
number; between initials or a title and a name; in a post code. Each begins with the space: most text has
none, soon found.
"""
_TELEPHONE = re.compile(r"(?<![\w.,])(?:\+\d{1,3} ?|0)\d{2,5}(?: \d{2,8}){1,3}(?![\w.,]\d)")
"""An area's code with a nought or a country's, then groups of figures."""


def unbroken(text: str) -> str:
    """Return text with the spaces at which no line may end made such."""
    if " " not in text:
        return text
    return _TELEPHONE.sub(_joined, _HELD.sub(NO_BREAK, text))


def _joined(found: "re.Match[str]") -> str:
    return found[0].replace(" ", NO_BREAK)
