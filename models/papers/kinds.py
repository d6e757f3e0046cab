"""The kinds of paper, each registered once, in `resources/forms/papers.toml`, and what a kind is.

A query, a class of values and a writer stand there by their names ("module:name") and are loaded when they
are first asked for: the list of papers is wanted long before any of their libraries.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import partial
from importlib import import_module
from typing import Any, TypeVar, cast

from msgspec import Struct, convert, field, toml
from msgspec.structs import replace

import resources
from models.papers.order import PaperOrder, PaperValue, Texts
from models.values.canonical import from_text, to_text
from scoring.money import one_form
from scoring.written.text import Refused

V = TypeVar("V")
_WITH_PENCE = re.compile(r"£[\d,]+\.(?!00)\d\d")
APART = frozenset({"price_pence", "each_pence", "median_pence"})
"""Averages, and prices a point."""
LISTED = frozenset({"areas", "contributed", "over_pots", "payments"})
"""Fields that have sums among the texts of a list."""
PROSE = (".pdf", ".docx")
ON_INFORMATION = ("public_access", "freedom_of_information")
"""The standing words of an office, by their keys, that a paper carries unless its kind says which."""


class Scope(Enum):
    """What a paper is made of: a round, a month, any financial years and funds, or a fund's period."""

    ROUND = "round"
    MONTH = "month"
    YEARS = "years"
    PERIOD = "period"


class Kept(Enum):
    """For how long the bytes of an issued file are kept; its sum, form and day stay, and who issued it."""

    ALWAYS = "always"
    WITH_APPLICATION = "with the application"
    WITH_MARKS = "with the round's marks"


class Sheets(Enum):
    """Which marks of members a paper prints: none, those that count, or each member's."""

    NONE = ""
    COUNTING = "those that count"
    EACH = "each member's"


class PaperKind(Struct, frozen=True):
    """A kind of paper.

    `writers` are by ending, the usual form first, "" for one that fills a folder; each takes the values,
    their status, a path and a tick. A paper in prose is a `document`, made of values and status, in the
    forms of `prose`. One that `is_kept_open` is made for the public or of sums; any other tells of single
    applications, and is closed to whoever declared an interest in one of them.
    One that `is_before_signing` is what somebody is about to sign: it is
    never issued, leaves out what is closed to its reader, and stands on Decisions. `choices` name what may
    be chosen of it, such as an "area" of its round, or that it "is_of_all" rounds of the office, a fund or
    a year; one with "purposes_read" tells the public what each award is for, and beside one with a "layout"
    goes a payment file. `as_asked` is what the command calls it, by ending, where that is not its code.
    One that `needs_panel` tells of what was scored, and is not made of awards without a competition. One that
    `always_has_pence` has them in whole sums too; one that `is_as_ranked` says what the ranking says.
    Its issued files are `kept` for so long: with the application they are sent to, or until something of the
    round is erased. `standing` are the keys of the office's standing words that it carries; `people` those of
    whose name and post it carries: who decides, answers for the money, leads. `annex` is the kind that is
    issued with it and written beside it, "" for none. An area calls for it at the stages of `called_at`,
    from 0 (Set up) to 5 (done). `sheets` says which marks of members it prints, or its annex.
    """

    code: str
    words: str
    about: str
    group: str
    query: str
    values: str
    writers: Mapping[str, str] = field(default_factory=dict)
    document: str = ""
    prose: Texts = PROSE
    scope: Scope = Scope.ROUND
    is_as_ranked: bool = False
    is_kept_open: bool = False
    is_for_chair: bool = False
    is_before_signing: bool = False
    choices: Texts = ()
    needs_panel: bool = False
    as_asked: Mapping[str, str] = field(default_factory=dict)
    always_has_pence: bool = False
    standing: Texts = ON_INFORMATION
    people: Texts = ()
    kept: Kept = Kept.ALWAYS
    annex: str = ""
    called_at: tuple[int, ...] = ()
    sheets: Sheets = Sheets.NONE

    @property
    def named(self) -> str:
        """Return its words as a sentence goes on: "finance schedule", "360Giving open data"."""
        return f"{self.words[:1].lower()}{self.words[1:]}"

    @property
    def endings(self) -> Texts:
        """Return its forms, the usual one first; none where it fills a folder."""
        return (*filter(None, self.writers), *(self.prose if self.document else ()))

    @property
    def fills_a_folder(self) -> bool:
        return not self.endings

    @property
    def is_of_one_award(self) -> bool:
        """Whether each file of it is of one award; letters are of all awards or of the one named."""
        return "award" in self.choices and not self.fills_a_folder

    def prints_sheets(self, *, is_agreed: bool, with_marks: bool) -> bool:
        """Whether it shows members' marks: where marks are agreed none that count, unless asked for."""
        if self.sheets is Sheets.EACH:
            return with_marks or "with_marks" not in self.choices
        return self.sheets is Sheets.COUNTING and (with_marks or not is_agreed)

    @property
    def asked(self) -> Mapping[str, Texts]:
        """Return the words by which the command is asked for it, each with the endings it may have."""
        if not self.as_asked:
            return {self.code: self.endings}
        return {name: (ending,) for ending, name in self.as_asked.items()}

    @property
    def is_of_round(self) -> bool:
        return self.scope is Scope.ROUND

    @property
    def is_on_exports(self) -> bool:
        """Whether it is written on the page of a round's papers; some have a place of their own."""
        return self.scope is not Scope.PERIOD and not self.is_before_signing

    def ask(self, session: Any, order: PaperOrder) -> PaperValue:
        """Return its values as the record has them; raises Refused when they are not to be had.

        Its sentences are made in its form of money. But finance's and open data have pence always, and what
        an award schedule says is what the ranking says.
        """
        if self.needs_panel and order.round_id is not None and self.load(_IS_DIRECT)(session, order.round_id):
            raise Refused(
                "Nothing is scored where nobody competes, so there is no such paper of these awards. "
                "The notice, the finance schedule and the letters say what was decided."
            )
        make = partial(self.load(self.query), session, order)
        has_pence = self.is_as_ranked or self.always_has_pence
        value: PaperValue = make() if has_pence else in_its_form(make)
        return value

    def text_of(self, value: PaperValue) -> str:
        return to_text(value)

    def value_of(self, content: str) -> PaperValue:
        """Return the values that the canonical JSON of an issue stands for."""
        return from_text(cast(type[PaperValue], self.load(self.values)), content)

    def load(self, name: str) -> Callable[..., Any]:
        """Return what a module has under a name: "models.values.canonical:to_text"."""
        module, _, attribute = name.partition(":")
        found: Callable[..., Any] = getattr(import_module(module), attribute)
        return found


def in_its_form(make: Callable[[], V]) -> V:
    """Return the values of a paper with the sums in its sentences in its form, letters each in its own."""
    with one_form(has_pence=False) as met:
        short = make()
    if not has_pence(short, met):
        return short
    with one_form(has_pence=True):
        long: Any = make()
    if hasattr(short, "letters"):
        long = _each_letter(short, long, met)
    else:
        long = replace(long, letterhead=replace(long.letterhead, has_pence=True))
    return cast(V, long)


def has_pence(value: object, said: Iterable[str] = ()) -> bool:
    """Whether a paper of these values has pence; `said` are sums that may stand in their sentences."""
    head = getattr(value, "letterhead", None)
    if head is not None and head.has_pence:
        return True
    met = frozenset(said)
    if any(_WITH_PENCE.search(words) for _, words in getattr(value, "amended", ())):
        return True
    return any(pence % 100 for pence in sums_of(value)) or any(
        sum_ in text for sum_ in met for text in _texts(value)
    )


def _each_letter(short: Any, long: Any, met: Iterable[str]) -> Any:
    said = tuple(met)
    pairs = tuple(zip(short.letters, long.letters, strict=True))
    return replace(
        short,
        letters=tuple(replace(two, has_pence=True) if has_pence(one, said) else one for one, two in pairs),
    )


def sums_of(value: object, name: str = "") -> Iterator[int]:
    """Yield the sums in pence that a value prints; one that says which these are is asked."""
    if isinstance(value, int):
        is_sum = name.endswith("pence") and name not in APART
        yield from (value,) if (is_sum or name in LISTED) and not isinstance(value, bool) else ()
    elif (printed := getattr(value, "printed_pence", None)) is not None:
        yield from (pence for pence in printed if pence is not None)
    else:
        for inner, part in _parts(value, name):
            yield from sums_of(part, inner)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for _, part in _parts(value, ""):
            yield from _texts(part)


def _parts(value: object, name: str) -> Iterator[tuple[str, object]]:
    """Yield the parts of a value, each under its field's name, those of a list under the list's."""
    if isinstance(value, Struct):
        unprinted = getattr(value, "unprinted", ())
        yield from ((of, getattr(value, of)) for of in value.__struct_fields__ if of not in unprinted)
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        yield from zip(value._fields, value, strict=True)
    elif isinstance(value, Mapping):
        yield from ((name, part) for part in value.values())
    elif isinstance(value, tuple | list):
        yield from ((name, part) for part in value)


_IS_DIRECT = "models.queries.set_up.rounds:is_direct"


SCHEDULE, FINANCE, OPEN_DATA = "schedule", "finance", "360giving"
AGREEMENT, CHALLENGE_LETTERS, MINISTRY = "agreement", "challenge-letters", "ministry"
ACKNOWLEDGEMENTS, TO_SIGN = "acknowledgements", "to-sign"
MINUTES_ANNEX = "minutes-annex"


class _Registry(Struct):
    """The kinds by their fields; one that is `like` others has from `shared` what it does not say itself."""

    shared: dict[str, dict[str, Any]]
    paper: list[dict[str, Any]]

    def kinds(self) -> list[PaperKind]:
        return [convert(self.shared.get(one.pop("like", ""), {}) | one, PaperKind) for one in self.paper]


_OFFERED = toml.decode(resources.text("forms/papers.toml"), type=_Registry).kinds()
KINDS = {kind.code: kind for kind in _OFFERED}
"""Every kind by its code, in the order in which they are offered."""
LETTER_KINDS = tuple(kind for kind in KINDS.values() if kind.fills_a_folder)
"""The kinds that are letters, each a file of a folder."""
ASKED = tuple(name for kind in KINDS.values() for name in kind.asked)
"""The words by which the command asks for them."""
