"""What a reader takes in at one glance and no line may part: a day, a sum with its unit, "Table 4", a name.

JSON and other data keep plain spaces: only what is set on a page is held.
"""

import re
from collections.abc import Iterable

from scoring.written.days import MONTH_NAMES

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
