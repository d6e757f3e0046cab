"""Public registers as the office downloads them: what of an extract concerns organisations of the record."""

import hashlib
import re
from datetime import date
from unicodedata import name as char_name
from unicodedata import normalize

from msgspec import Struct

from scoring.written.days import full_day
from scoring.written.names import alike_key, typed, unaccented

CHARITY, COMPANY, SANCTIONS = "charity", "company", "sanctions"
WEIGHTS, SUBSTITUTES = "weights", "substitutes"
REGISTERS = {
    CHARITY: "charity register of England and Wales",
    COMPANY: "companies register",
    SANCTIONS: "UK Sanctions List",
    WEIGHTS: "banks' table of account numbers",
    SUBSTITUTES: "banks' table of sort codes",
}
"""The registers that can be loaded, by code."""
PUBLIC, BANKS = (CHARITY, COMPANY, SANCTIONS), (WEIGHTS, SUBSTITUTES)
"""Those that are looked through for what concerns the record, and those that are kept whole."""

_ENGLISH_CHARITY = re.compile(r"(?:[2-9][0-9]{5}|[1-9][0-9]{6})(?:-[0-9]{1,2})?")
_TWO_LETTERS = {ord(one): two for one, two in zip("æœþßÆŒÞẞ", ("ae", "oe", "th", "ss") * 2, strict=True)}
"""Letters that a list without them writes as two."""
_NAMED_ABROAD = {"SC": "Scottish", "NI": "Northern Ireland", "1": "Northern Ireland"}


FORMER = "; "
"""Stands between the names that a company had before, as they are kept."""


class RegisterEntry(Struct, frozen=True):
    """What an extract says under a key that was looked for: a number, or a name as names are compared.

    With `place` 0 the key is not in the extract; several hits of a name have places from 1 on. `listed` is
    the register's own number, `status` and `accounts` its own words, `what` says of a listed name whether
    it is the main one or an alias, and of whom. A row of the banks' tables stands under its sort codes, with
    `status` as its method, `what` as its weights or the other sort code, and `listed` as its exception.
    """

    key: str
    place: int = 0
    listed: str = ""
    name: str = ""
    status: str = ""
    ended_on: date | None = None
    insolvency: str = ""
    accounts: str = ""
    accounts_due_on: date | None = None
    address: str = ""
    postcode: str = ""
    what: str = ""

    @property
    def is_found(self) -> bool:
        """Whether the extract has the key."""
        return self.place > 0

    @property
    def former_names(self) -> tuple[str, ...]:
        """Return the names that a company had before."""
        return tuple(filter(None, self.what.split(FORMER)))


class Extract(Struct, frozen=True):
    """An extract as it was loaded: the day it was made, its file, how many rows it had, what it says.

    `odd_rows` were not of the register's layout and were passed over.
    """

    extract_on: date
    file: str
    rows: int
    odd_rows: int = 0
    entries: tuple[RegisterEntry, ...] = ()

    @property
    def words(self) -> str:
        """Return how sentences name it: "the extract of 1 November 2026"."""
        return f"the extract of {full_day(self.extract_on)}"


class Wanted(Struct, frozen=True):
    """What is looked for in the registers: charity and company numbers, names as compared, and people's."""

    charities: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def keys(self, register: str) -> tuple[str, ...]:
        """Return under which keys one register is looked through; the banks' tables are kept whole."""
        if register == SANCTIONS:
            return (*self.names, *map(person_key, self.people))
        return {CHARITY: self.charities, COMPANY: self.companies}.get(register, ())


def is_english_charity(number: str) -> bool:
    """Whether a charity number is one of the register that can be loaded."""
    return _ENGLISH_CHARITY.fullmatch(number) is not None


def other_register(number: str) -> str:
    """Return whose register a charity number is of that cannot be loaded: "Scottish"."""
    return next((words for start, words in _NAMED_ABROAD.items() if number.startswith(start)), "another")


def listed_key(name: str) -> str:
    """Return what a name on a register or list is compared by: alike names, without accents."""
    return alike_key(unaccented(normalize("NFKC", typed(name))).translate(_TWO_LETTERS))


def is_in_latin(name: str) -> bool:
    """Whether a name can be held against a list in Latin letters: one in others is no name of it, nor not."""
    letters = (one for one in normalize("NFKC", typed(name)) if not one.isascii() and one.isalpha())
    return bool(listed_key(name)) and all("LATIN" in char_name(one, "") for one in letters)


def person_key(name: str) -> str:
    """Return under which key a person is looked for: a sum, so that what is kept does not hold the name."""
    return f"person {hashlib.sha256(listed_key(name).encode()).hexdigest()[:32]}"
