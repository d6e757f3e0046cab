"""Due diligence: what is looked at, what public registers say, and names nearly like one of the record."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from unicodedata import name as char_name
from unicodedata import normalize

from msgspec import Struct

from models.reference.defaults import SANCTIONS
from models.schema.personal import TextAbout
from scoring.written.days import full_day
from scoring.written.identities import ENGLISH, NORTHERN_IRISH, SCOTTISH, charity
from scoring.written.names import LEAST, alike_key, is_one_off, typed, unaccented

PASSED, FAILED, NOT_NEEDED = "passed", "failed", "not needed"
RESULTS = {PASSED: "Passed", FAILED: "Not passed", NOT_NEEDED: "Not needed here"}
"""What may come of a check, by code; only one that is not passed stands in the way of an agreement."""

CLEAR, CONCERN, NOT_CHECKED = "clear", "concern", "not checked"
"""What the record finds by itself; a person decides what comes of it."""


class CheckResult(Struct, frozen=True):
    """What a person recorded of one check: the result, on which day, and a note; who is the actor."""

    result: str
    checked_on: date
    note: TextAbout = ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is asked: passed, or not needed for a reason."""
        return self.result in (PASSED, NOT_NEEDED)

    def __str__(self) -> str:
        return ", ".join(filter(None, (RESULTS[self.result], full_day(self.checked_on), self.note)))


class CheckDone(Struct, frozen=True):
    """A result with the person who recorded it."""

    result: CheckResult
    checked_by: str


class Finding(Struct, frozen=True):
    """What the record itself has to say on a check, in a sentence or more; it accuses nobody."""

    state: str
    words: str


def concern_words(code: str) -> str:
    """Return why a check that found something is not passed without a note."""
    if code == SANCTIONS:
        found = "A name like it is on the sanctions list."
        return f"{found} Say in the note why it is another body, or what was decided."
    return "Something was found. Say in the note what was looked at, and why it is passed all the same."


CHARITY, COMPANY, SANCTIONS_LIST = "charity", "company", "sanctions"
WEIGHTS, SUBSTITUTES = "weights", "substitutes"
REGISTERS = {
    CHARITY: "charity register of England and Wales",
    COMPANY: "companies register",
    SANCTIONS_LIST: "UK Sanctions List",
    WEIGHTS: "banks' table of account numbers",
    SUBSTITUTES: "banks' table of sort codes",
}
"""The registers that can be loaded, by code."""
PUBLIC, BANKS = (CHARITY, COMPANY, SANCTIONS_LIST), (WEIGHTS, SUBSTITUTES)
"""Those that are looked through for what concerns the record, and those that are kept whole."""

_TWO_LETTERS = {ord(one): two for one, two in zip("æœþßÆŒÞẞ", ("ae", "oe", "th", "ss") * 2, strict=True)}
"""Letters that a list without them writes as two."""
_NAMED_ABROAD = {SCOTTISH: "Scottish", NORTHERN_IRISH: "Northern Ireland"}


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
        return self.place > 0

    @property
    def former_names(self) -> tuple[str, ...]:
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
        if register == SANCTIONS_LIST:
            return (*self.names, *map(person_key, self.people))
        return {CHARITY: self.charities, COMPANY: self.companies}.get(register, ())


def is_english_charity(number: str) -> bool:
    """Whether a charity number is one of the register that can be loaded."""
    found = charity(number)
    return found is not None and found.code == ENGLISH


def other_register(number: str) -> str:
    """Return whose register a charity number is of that cannot be loaded: "Scottish"."""
    found = charity(number)
    assert found is not None, "a number of one of the other registers"
    return _NAMED_ABROAD[found.code]


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


LONG, LONGEST = 8, 40
"""Letters from which on two of them may differ, and above which none is looked at."""
FEWEST_OF_A_PERSON = 2


class NearNames:
    """The names of the record, by the words that could be meant for theirs."""

    def __init__(self, names: Iterable[str], people: Iterable[str]) -> None:
        organisations = ((name, name, False) for name in names)
        persons = ((name, person_key(name), True) for name in people)
        self._known = [(tuple(n.split()), key, is_one) for n, key, is_one in (*organisations, *persons)]
        self._by_variant: dict[str, set[int]] = defaultdict(set)
        for at, (words, _, _) in enumerate(self._known):
            for variant in {one for word in words for one in _variants(word)}:
                self._by_variant[variant].add(at)

    def near(self, listed: str, *, is_person: bool) -> Iterator[tuple[str, bool]]:
        """Yield the keys of the names that a listed one is near, and whether it is the very name."""
        said = listed_key(listed)
        words = tuple(said.split())
        shared: Counter[int] = Counter()
        for word in words:
            shared.update({at for one in _variants(word) for at in self._by_variant.get(one, ())})
        for at in sorted(shared):
            own, key, is_one = self._known[at]
            is_same = " ".join(own) == said
            if is_same or _are_near(own, words, may_lack=is_person and is_one):
                yield key, is_same


def _are_near(one: Sequence[str], other: Sequence[str], *, may_lack: bool) -> bool:
    few, many = sorted((one, other), key=len)
    if len(few) != len(many) and not (may_lack and len(few) >= FEWEST_OF_A_PERSON):
        return False
    left = list(many)
    for word in sorted(few, key=len, reverse=True):
        meant = next((each for each in left if each == word), None)
        meant = meant or next((each for each in left if _is_near(word, each)), None)
        if meant is None:
            return False
        left.remove(meant)
    return True


def _is_near(one: str, other: str) -> bool:
    if one == other or is_one_off(one, other):
        return True
    if min(len(one), len(other)) < LONG or any(letter.isdigit() for letter in one + other):
        return False
    return bool(_variants(one) & _variants(other))


@lru_cache(maxsize=4096)
def _variants(word: str) -> frozenset[str]:
    """Return a word, the same without any one of its letters and, where it is long, without any two."""
    most = 0 if not LEAST <= len(word) <= LONGEST else 1 if len(word) < LONG else 2
    kept = (combinations(word, len(word) - left) for left in range(most + 1))
    return frozenset("".join(letters) for some in kept for letters in some)
