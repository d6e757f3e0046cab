"""Postal addresses in the one form in which they are compared: as a whole, without case, marks and spaces.

>>> address_key("14 Fell Rd., Fictonham", "FM99 1AA"), address_key("14 fell road, Fictonham FM991AA")
('14fellrdfictonham fm991aa', '14fellrdfictonham fm991aa')
"""

from functools import lru_cache
from unicodedata import normalize

from scoring.written.names import plain_words
from scoring.written.text import lazy_pattern

_APOSTROPHES, _AND = lazy_pattern("['’‘`´]"), lazy_pattern(r"\s*&\s*")
_POSTCODE_AT_END = lazy_pattern(r"[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}$")
_SHORT = {
    "apartment": "flat",
    "apt": "flat",
    "av": "ave",
    "avenue": "ave",
    "bldg": "building",
    "bldgs": "buildings",
    "centre": "ctr",
    "center": "ctr",
    "close": "cl",
    "court": "ct",
    "crescent": "cres",
    "drive": "dr",
    "estate": "est",
    "floor": "fl",
    "flr": "fl",
    "gardens": "gdns",
    "grove": "gr",
    "grv": "gr",
    "house": "hse",
    "industrial": "ind",
    "lane": "ln",
    "mount": "mt",
    "park": "pk",
    "parade": "pde",
    "place": "pl",
    "road": "rd",
    "saint": "st",
    "square": "sq",
    "street": "st",
    "str": "st",
    "terrace": "ter",
    "terr": "ter",
    "upper": "upr",
    "lower": "lwr",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
}
"""The short form of each word of an address that is written in several."""
_UNSAID = frozenset({"no", "number", "the", "england", "uk", "gb", "united", "kingdom"})
"""Words that one writes and another leaves out."""


@lru_cache(maxsize=4096)
def address_key(address: str, postcode: str = "") -> str:
    """Return what the ways of writing a whole address share; "" where its postcode or its lines are unknown.

    A postcode that stands in the address counts as the postcode.
    """
    said = _AND.sub(" and ", _APOSTROPHES.sub("", normalize("NFKC", address)))
    text = plain_words(said)
    own = plain_words(normalize("NFKC", postcode)).replace(" ", "")
    found = _POSTCODE_AT_END.search(text)
    if found:
        own, text = own or found[0].replace(" ", ""), text[: found.start()]
    lines = "".join(_SHORT.get(word, word) for word in text.split() if word not in _UNSAID)
    return f"{lines} {own}" if lines and own else ""
