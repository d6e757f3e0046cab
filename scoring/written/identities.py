"""By what an organisation is known where it is not by its name: numbers of public registers, and addresses.

>>> charity("Charity No. 1164883-2"), charity("Pending"), company("1234567.0")
(Registered(code='GB-CHC', number='1164883-2'), None, Registered(code='GB-COH', number='01234567'))
>>> address_of("Flat 2, 14 Fell Rd.", "FM99 1AA").key, address_of("14 fell road (apt 2) FM991AA").key
('flat 2 14 fell rd fm991aa', 'flat 2 14 fell rd fm991aa')
"""

from collections.abc import Sequence
from enum import StrEnum, auto
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from scoring.written.names import plain_words
from scoring.written.text import figures_line, lazy_pattern, word_set

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
    r"[0-9]{6}|(?:IP|SP|RS)[0-9]{5}[0-9A-Z]|SL[0-9]{5}[0-9A]"
)
_WITHOUT_ZEROS = lazy_pattern(r"[1-9][0-9]{5,6}")
"""A company number that lost the zeros before it; with fewer figures it is a year, or a count."""
_DATE = lazy_pattern(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
"""Eight figures as typed that are a day, rather than a number: with the day first they may be a company's."""
_SORT_CODE = lazy_pattern(r"[0-9]{2}([ -])[0-9]{2}\1[0-9]{2}")
_NO_FIGURE, _MANY = lazy_pattern(r"[^0-9]"), 5
"""So often one figure is typed where there is no number; the first numbers of a register have one figure."""
_LABEL = lazy_pattern(
    r"(?:(?:UK )?REG(?:ISTERED|ISTRATION|D)?\.? )?(?:CHARITY |COMPANY |CO\.? |CIO |CIC )?"
    r"(?:REG(?:ISTRATION|D)?\.? )?(?:(?:NUMBER|NUM|NO|NR)[.:]? ?|# ?|: ?)?(?=[A-Z]{0,3} ?[0-9])"
)
_REMARK = lazy_pattern(
    r" ?\((?:(?:UK|REGISTERED|REG|SINCE|IN|ENGLAND|AND|WALES|SCOTLAND|NORTHERN IRELAND|CHARITY|COMPANY|NUMBER"
    r"|NO|CIO|CIC|[0-9]+|ONE|[&.,/-])[ ]?)*\)$| ?/ ?(?:N/?A|NONE|NIL|-)$"
)
"""What stands behind a number and is none, "(registered 2019)", "/ N/A"; other words may name a parent."""
_POINT_NOUGHT, _POINT = lazy_pattern(r"(?<=[0-9])\.0*$"), lazy_pattern(r"[0-9]\.[0-9]")


@lru_cache(maxsize=_KEPT)
def charity(text: str) -> Registered | None:
    """Return the charity number that a text is, of any of the three registers; or None."""
    number = bare_number(text)
    if is_made_up(number) or _DATE.fullmatch(number):
        return None
    if _ENGLISH.fullmatch(number):
        return Registered(ENGLISH, number.lstrip("0"))
    if _NORTHERN_IRISH.fullmatch(number):
        return Registered(NORTHERN_IRISH, number)
    return Registered(SCOTTISH, number) if _SCOTTISH.fullmatch(number) else None


@lru_cache(maxsize=_KEPT)
def company(text: str) -> Registered | None:
    """Return the number of Companies House that a text is, filled up to eight characters; or None."""
    typed = bare_number(text)
    number = typed.zfill(8) if _WITHOUT_ZEROS.fullmatch(typed) else typed
    is_one = _COMPANY.fullmatch(number) and not (is_made_up(number) or _DATE.fullmatch(typed))
    return Registered(COMPANIES, number) if is_one else None


def is_made_up(number: str) -> bool:
    """Whether a number is one figure again and again, which people type where they have none.

    Any other may be somebody's: figures in a row too.

    >>> is_made_up("1111111"), is_made_up("00000000"), is_made_up("1234567"), is_made_up("00000007")
    (True, True, False, False)
    """
    figures = _NO_FIGURE.sub("", number.partition("-")[0]).lstrip("0")
    return not figures or (len(figures) >= _MANY and len(set(figures)) == 1)


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
    if _SORT_CODE.fullmatch(line):
        return line
    return whole_number(line if line.isdecimal() else _LABEL.sub("", _REMARK.sub("", line), count=1))


def whole_number(text: str) -> str:
    """Return a number without spaces and without the ".0" that a program wrote behind it.

    Any other point between figures stays, so that 223344.5 and 1.18E+11 become no other number.
    """
    text = _POINT_NOUGHT.sub("", text.replace(" ", ""))
    return text if _POINT.search(text) else text.replace(".", "")


class Likeness(StrEnum):
    """How far two addresses agree: as one, so that a person looks, or not; or too little is known."""

    SAME = auto()
    HINT = auto()
    OTHER = auto()
    UNKNOWN = auto()


class Address(NamedTuple):
    """An address in its normal form: `street` is the street of the number, else all words of the lines.

    `units` are flats, floors and the like, and other numbers than that in the street.
    """

    units: tuple[str, ...] = ()
    number: str = ""
    street: str = ""
    postcode: str = ""

    @property
    def lines(self) -> tuple[tuple[str, ...], str, str]:
        return self[:3]

    @property
    def key(self) -> str:
        """Return what the ways of writing an address share, "" where postcode or lines are unknown."""
        is_whole = self.postcode and any(self.lines)
        return " ".join((*self.units, self.number, self.street, self.postcode)) if is_whole else ""

    def likeness(self, other: "Address") -> Likeness:
        """Return how far two agree; one that leaves a part out that the other has may be the same."""
        if not ((self.postcode or any(self.lines)) and (other.postcode or any(other.lines))):
            return Likeness.UNKNOWN
        if self.key and self.key == other.key:
            return Likeness.SAME
        if self.postcode and other.postcode and self.postcode != other.postcode:
            is_slip = any(self.lines) and self.lines == other.lines
            return Likeness.HINT if is_slip else Likeness.OTHER
        pairs = zip(self.lines[:2], other.lines[:2], strict=True)
        if any(one and of_other and one != of_other for one, of_other in pairs):
            return Likeness.OTHER
        is_near = self.postcode == other.postcode or self.lines == other.lines
        return Likeness.HINT if is_near else Likeness.OTHER


_APOSTROPHES, _AND = lazy_pattern("['’‘`´]"), lazy_pattern(r"\s*[&+]\s*")
_BOX = lazy_pattern(r"\bp\. ?o\. ?(?=box)")
_POSTCODE = lazy_pattern(r"\b[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}\b")
_RANGE = lazy_pattern(r"(?<=[0-9])([a-z]?)\s*(?:[-–—/]|\bto\b)\s*(?=[0-9])")
"""What joins two numbers of one address: 12-14, 3/1."""
_LETTER_APART = lazy_pattern(r"\b([0-9]+) ([a-h])\b(?=[\s,]+[^\W\d_]{2})")
_BETWEEN = lazy_pattern(r"[,;:\n\r()]+")
_NUMBER = lazy_pattern(r"[0-9]+[a-z]?(?:to[0-9]+[a-z]?)*")
_UNIT = lazy_pattern(
    r"\b(?:(flat|unit|suite|room|office|studio|block|shop|fl|box)s? ({0}(?: and {0})*)"
    r"|(basement|ground|1st|first|2nd|second|3rd|third) fl)\b".replace(
        "{0}", r"(?:[0-9]+[a-z]?(?:to[0-9]+[a-z]?)*|[a-z][0-9]*)\b"
    )
)
"""A flat and the like with its number or letter, or a floor."""
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
    "rm": "room",
    "saint": "st",
    "square": "sq",
    "ste": "suite",
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
_STREETS = word_set(
    "ave cl cres ct dr gdns gr hill ln mews pde pl quay rd rise row sq st ter view walk way wharf"
)
"""With which word the name of a street ends."""
_STOREYS = {
    "basement": "-1",
    "ground": "0",
    "1st": "1",
    "first": "1",
    "2nd": "2",
    "second": "2",
    "3rd": "3",
    "third": "3",
}
_UNSAID = word_set("no number the england uk gb united kingdom po")
"""Words that one writes and another leaves out."""
Words = Sequence[str]


@lru_cache(maxsize=_KEPT)
def address_of(text: str, postcode: str = "") -> Address:
    """Return an address in its normal form.

    Case, marks, spaces, short forms, the order of units and the town beside a numbered street are no
    difference. A postcode in the address counts as the postcode.
    """
    said = _AND.sub(" and ", _APOSTROPHES.sub("", normalize("NFKC", text).casefold()))
    own = postcode_key(postcode)
    found = _POSTCODE.findall(said)
    if found:
        own, said = own or postcode_key(found[-1]), said.replace(found[-1], ",")
    said = _LETTER_APART.sub(r"\1\2", _RANGE.sub(r"\1to", _BOX.sub("", said)))
    lines = [_shortened(part) for part in _BETWEEN.split(said)]
    units = [
        f"{kind} {number}" if kind else f"fl {_STOREYS[storey]}"
        for line in lines
        for kind, number, storey in _UNIT.findall(line)
    ]
    parts = [words for line in lines if (words := _UNIT.sub(" ", line).split())]
    number, street, others = _in_street(parts)
    street = street or " ".join(map(" ".join, parts))
    return Address(tuple(sorted({*units, *others})), number, street, own)


def postcode_key(postcode: str) -> str:
    """Return what the ways of writing a postcode share."""
    return plain_words(normalize("NFKC", postcode)).replace(" ", "")


def email_key(email: str) -> str:
    return email.strip().casefold()


def _shortened(part: str) -> str:
    words = plain_words(part).split()
    return " ".join(_SHORT.get(word, word) for word in words if word not in _UNSAID)


def _in_street(parts: Sequence[Words]) -> tuple[str, str, list[str]]:
    """Return the number in a street, the street, and other numbers; "" twice where there is none."""
    found = [
        (word, _street(part[at + 1 :] or (parts[of + 1] if of + 1 < len(parts) else ())))
        for of, part in enumerate(parts)
        for at, word in enumerate(part)
        if _NUMBER.fullmatch(word)
    ]
    named = [one for one in found if one[1]]
    in_road = (one for one in named if one[1].split()[-1] in _STREETS)
    number, street = next(in_road, named[0] if named else ("", ""))
    return number, street, [one for one, _ in found if street and one != number]


def _street(words: Words) -> str:
    """Return a street up to the word with which such names end, else all that follows the number."""
    ends = [at for at, word in enumerate(words) if word in _STREETS and (at or len(words) == 1)]
    if not ends:
        return " ".join(words)
    end = ends[0] + 1
    while end in ends and words[end] != "st":
        end += 1
    if words[end:] and len(words) == end + 1 and words[end] in ("n", "s", "e", "w"):
        end += 1
    return " ".join(words[:end])
