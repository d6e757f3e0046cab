"""What an office calls the parts of its force's area: one name for one of them, one for several."""

import re
from collections.abc import Collection

from msgspec import Struct

from scoring.written.text import lazy_pattern, with_capital

_SOUNDED = "aeiou"
_SPELT_OPEN = "AEFHILMNORSX"
"""Letters whose names begin with a vowel: an NPU, a BCU."""
_AREA = lazy_pattern(
    r"(?<![\w-])(?<!ervice )(?<!ndicator )(?<!ostcode )(?<!olicing )(?<!merged )"
    r"(?P<article>[Aa]n )?(?P<new>new |single |other )?"
    r"(?:area|(?:(?<![\s\S])|(?<=[.!?] ))(?P<begins>Area))(?P<many>s?)"
    r"(?![\w-])(?! of the fund| of need)"
)
"""Where a sentence of ours speaks of an area of the office."""

_HEADINGS = frozenset(
    {
        "Area",
        "Areas",
        "By area",
        "All areas",
        "No area",
        "Subtotal, no area",
        "Area or line",
        "Area or service line",
        "Area, line or award",
        "Areas and service lines",
        "By fund and area",
        "Place in its area",
        "Sums by area",
        "The budget of each area",
    }
)
"""The headings and totals of our own tables that name an area."""


class AreaLabel(Struct, frozen=True):
    """The office's word for an area: "Area", "Local policing area", "NPU"; `many` "" for the usual ending."""

    one: str = "Area"
    many: str = ""

    @property
    def heading(self) -> str:
        return with_capital(self.one)

    @property
    def headings(self) -> str:
        """Return the word for several as a heading begins: "Local policing areas"."""
        return with_capital(self.several)

    @property
    def word(self) -> str:
        """Return the word within a sentence: "local policing area", and "NPU" as it is."""
        return _within(self.one)

    @property
    def words(self) -> str:
        return _within(self.several)

    @property
    def several(self) -> str:
        """Return the word for several as the office writes it: "Counties", "Local policing areas"."""
        if self.many:
            return self.many
        if self.one[-1:] == "y" and self.one[-2:-1] not in _SOUNDED:
            return f"{self.one[:-1]}ies"
        if self.one.endswith(("s", "x", "z", "ch", "sh")):
            return f"{self.one}es"
        return f"{self.one}s"

    def labelled(self, heading: str) -> str:
        """Return one of the fixed headings of our tables in the office's own word; any other as it is."""
        return self.said(heading) if heading in _HEADINGS else heading

    def brief(self, heading: str) -> str:
        """Return the last word of several that head a column of areas: "Area"; "" for any other heading."""
        words = self.one.split()
        return with_capital(words[-1]) if heading == AREA.one and len(words) > 1 else ""

    def said(self, text: str, names: Collection[str] = ()) -> str:
        """Return a sentence of our own in the office's word: "Choose a council", where we say "an area".

        What stands in quotation marks is somebody's own and stays, as do a service area and its like, and any
        of the `names` that people gave: an area called "Area North".
        """
        if self == AREA or "rea" not in text:
            return text
        own = "|".join(re.escape(word) for word in (self.several, self.one))
        given = sorted((name for name in names if "rea" in name and name in text), key=len, reverse=True)
        kept = "".join(rf"|(?<!\w){re.escape(name)}(?!\w)" for name in given if name not in ("Area", "Areas"))
        parts = re.split(rf"(“[^”]*”{kept}|\b(?i:{own})\b)", text)
        whole = "".join(
            _AREA.sub(self._in_place, part) if at % 2 == 0 else part for at, part in enumerate(parts)
        )
        return self._said_once(whole)

    def _said_once(self, text: str) -> str:
        """Return a sentence that names no two kinds where they are one: "service line or line"."""
        for word in (self.several, self.one):
            last = re.escape(word.split()[-1])
            text = re.sub(rf"(?i)\b({re.escape(word)}) (?:or|and) (?:service )?{last}\b", r"\1", text)
        return text

    def _in_place(self, found: re.Match[str]) -> str:
        """Return what stands in the place of "an area", "areas" or "Area"."""
        word = self.words if found["many"] else self.word
        begun = with_capital(word) if found["begins"] else word
        article, between = found["article"] or "", found["new"] or ""
        if article:
            article = article[0] + ("n " if _sounds_open(between or word) else " ")
        return f"{article}{between}{begun}"

    def counted(self, number: int) -> str:
        """Return a count with the word: "1 area", "5 local policing areas"."""
        return f"{number:,} {self.word if number == 1 else self.words}"


AREA = AreaLabel()
"""The word of an office that has none of its own."""


def _within(text: str) -> str:
    """Return a text without its first capital, unless its first word is initials such as NPU.

    A later word with a capital makes it a name, which stays as it is typed: "Neighbourhood Policing Area".
    Initials after it do not: "Local policing area (LPA)".
    """
    is_name = any(word.istitle() and len(word) > 1 for word in re.findall(r"[^\W\d_]+", text)[1:])
    return text if text[1:2].isupper() or is_name else text[:1].lower() + text[1:]


def _sounds_open(word: str) -> bool:
    """Whether "an" stands before a word; "a unit" is the one that is spelt otherwise than it sounds."""
    if word[1:2].isupper():
        return word[0] in _SPELT_OPEN
    return word[:1].lower() in _SOUNDED and not word.lower().startswith(("uni", "use"))
