"""Match areas as applicants write them to the fund's or the round's own names."""

import re
from collections.abc import Iterable
from functools import lru_cache

from models.reference.fund_defaults import UsualArea
from models.values.round_line import FORCE_WIDE
from scoring.written.text import one_line

_APOSTROPHES = re.compile("['’‘`´]")
_UNIT = re.compile(
    r"\b(?:npus?|lpas?|lpus?|neighbourhood policing (?:unit|area)|local policing (?:area|unit)|area)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:(?:the|across|covering|in) )*(?:all|whole|entire|every|any)(?: of)?(?: the| these)?"
    r"(?: polic(?:e|ing))?(?: (?:areas?|npus?|lpas?|forces?|force area|county|counties|districts?"
    r"|boroughs?|region|above|them))?|(?:force|county|region|area)[ -]?wide"
)
_NOT_LETTERS = re.compile(r"[\W_]+")


class AreaNames:
    """Knows areas by every way of writing them; the round's own names go before the fund's usual ones.

    Where `are_all`, a text that is none of them makes no area: it stays among the answers.
    """

    def __init__(
        self, usual: Iterable[UsualArea], round_areas: Iterable[str] = (), *, are_all: bool = False
    ) -> None:
        own = tuple(round_areas)
        self.are_all = are_all
        self.order = tuple(dict.fromkeys((*own, *(area.name for area in usual))))
        self._of_round = frozenset(own)
        self._names: dict[str, str] = {}
        for area in usual:
            for form in (area.name, *area.short_forms):
                self._names.setdefault(area_key(form), area.name)
        self._names.update({area_key(name): name for name in own})

    @property
    def has_names(self) -> bool:
        """Whether any area is known here."""
        return bool(self._names)

    def match(self, written: str) -> tuple[str, bool]:
        """Return the area's own name, or the text as written, and whether it is one of the areas known here.

        Where the round has areas of its own, another usual area of the fund is named so, but not known.
        """
        if not self._names:
            return written, True
        name = self._names.get(area_key(written)) or self._whole_force(written)
        if name is None:
            return written, False
        return name, not self._of_round or name in self._of_round

    def _whole_force(self, written: str) -> str | None:
        """Return the area that is the whole force for a text that says so in its own words, "All of them"."""
        name = self._names.get(area_key(FORCE_WIDE))
        return name if name is not None and _WHOLE.fullmatch(one_line(written).casefold()) else None


@lru_cache(maxsize=1024)
def area_key(text: str) -> str:
    """Return what the ways of writing an area share, without case, marks, "NPU", "LPA" and "area"."""
    plain = _UNIT.sub(" ", _APOSTROPHES.sub("", one_line(text)).casefold())
    return _NOT_LETTERS.sub("", plain) or _NOT_LETTERS.sub("", text.casefold())
