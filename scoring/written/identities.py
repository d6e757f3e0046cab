"""By what an organisation is known where it is not by its name: numbers of public registers, and addresses.

>>> charity("Charity No. 1164883-2"), charity("Pending"), company("1234567.0")
(Registered(code='GB-CHC', number='1164883-2'), None, Registered(code='GB-COH', number='01234567'))
>>> address_key("14 Fell Rd., Fictonham", "FM99 1AA"), address_key("14 fell road, Fictonham FM991AA")
('14fellrdfictonham fm991aa', '14fellrdfictonham fm991aa')
"""

from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from scoring.written.names import plain_words
from scoring.written.text import figures_line, lazy_pattern

ENGLISH, SCOTTISH, NORTHERN_IRISH, COMPANIES = "GB-CHC", "GB-SC", "GB-NIC", "GB-COH"
"""The registers, by their codes. Source: org-id.guide."""

_KEPT = 65_536
"""Numbers that are remembered: those of the rounds that an office works on."""


class Registered(NamedTuple):
    """A number of a register in its normal form; `code` is the register's."""

    code: str
    number: str

    @property
    def key(self) -> str:
        """Return what numbers of one organisation share: a linked charity's 1234567-2 is of 1234567."""
        return self.number.partition("-")[0].removeprefix("NIC")


_ENGLISH = lazy_pattern(r"0{0,2}(?:[2-9][0-9]{5}|[1-9][0-9]{6})(?:-[0-9]{1,2})?")
"""It may have the zeros in front that a column of seven or eight figures asks for."""
_SCOTTISH, _NORTHERN_IRISH = lazy_pattern(r"SC0[0-9]{5}"), lazy_pattern(r"(?:NIC)?1[0-9]{5}(?:-[0-9]{1,2})?")
_COMPANY = lazy_pattern(
    r"(?:AC|CE|CS|FC|FE|GE|GS|IC|LP|NC|NF|NI|NL|NO|NP|OC|OE|PC|R0|RC|SA|SC|SE|SF|SG|SI|SL|SO|SR|SZ|ZC|[0-9]{2})"
    r"[0-9]{6}|(?:IP|SP|RS)[A-Z0-9]{6}|SL[0-9]{5}[0-9A]"
)
_LABEL = lazy_pattern(
    r"(?:(?:UK )?REG(?:ISTERED|ISTRATION|D)?\.? )?(?:CHARITY |COMPANY |CO\.? |CIO |CIC )?"
    r"(?:REG(?:ISTRATION|D)?\.? )?(?:(?:NUMBER|NUM|NO|NR)[.:]? ?|# ?|: ?)?(?=[A-Z]{0,3} ?[0-9])"
)
_REMARK = lazy_pattern(r" ?\([^()]*\)$| ?/ ?(?:N/?A|NONE|NIL|-)$")
"""What stands behind a number and is none: "(registered 2019)", "/ N/A"."""
_POINT_NOUGHT, _POINT = lazy_pattern(r"(?<=[0-9])\.0*$"), lazy_pattern(r"[0-9]\.[0-9]")


@lru_cache(maxsize=_KEPT)
def charity(text: str) -> Registered | None:
    """Return the charity number that a text is, of any of the three registers; or None."""
    number = bare_number(text)
    if _ENGLISH.fullmatch(number):
        return Registered(ENGLISH, number.lstrip("0"))
    if _NORTHERN_IRISH.fullmatch(number):
        return Registered(NORTHERN_IRISH, number)
    return Registered(SCOTTISH, number) if _SCOTTISH.fullmatch(number) else None


@lru_cache(maxsize=_KEPT)
def company(text: str) -> Registered | None:
    """Return the number of Companies House that a text is, filled up to eight characters; or None."""
    number = bare_number(text)
    number = number.zfill(8) if number.isdecimal() else number
    is_one = _COMPANY.fullmatch(number) and number.strip("0")
    return Registered(COMPANIES, number) if is_one else None


def charity_number(text: str) -> str:
    """Return a charity number in its normal form, "" for a text that is none."""
    found = charity(text)
    return found.number if found else ""


def company_number(text: str) -> str:
    """Return a company number in its normal form, "" for a text that is none."""
    found = company(text)
    return found.number if found else ""


def charity_key(text: str) -> str:
    """Return by what charity numbers are compared, "" for a text that is none."""
    found = charity(text)
    return found.key if found else ""


def bare_number(text: str) -> str:
    """Return a text in capitals without the words for a number before and behind it, and without spaces."""
    line = figures_line(text).upper()
    return whole_number(line if line.isdecimal() else _LABEL.sub("", _REMARK.sub("", line), count=1))


def whole_number(text: str) -> str:
    """Return a number without spaces and without the ".0" that a program wrote behind it.

    Any other point between figures stays, so that 223344.5 and 1.18E+11 become no other number.
    """
    text = _POINT_NOUGHT.sub("", text.replace(" ", ""))
    return text if _POINT.search(text) else text.replace(".", "")


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

    Case, marks, spaces and short forms are no difference. A postcode in the address counts as the postcode.
    """
    said = _AND.sub(" and ", _APOSTROPHES.sub("", normalize("NFKC", address)))
    text = plain_words(said)
    own = plain_words(normalize("NFKC", postcode)).replace(" ", "")
    found = _POSTCODE_AT_END.search(text)
    if found:
        own, text = own or found[0].replace(" ", ""), text[: found.start()]
    lines = "".join(_SHORT.get(word, word) for word in text.split() if word not in _UNSAID)
    return f"{lines} {own}" if lines and own else ""
