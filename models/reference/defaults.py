"""What ships: the facts of an office and of a fund that nobody changed yet."""

import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from getpass import getuser
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from msgspec import Struct, convert
from msgspec.structs import replace

import resources
from models.reference.clauses import Clause
from models.reference.reporting import Every
from models.reference.sign_off import Chain
from scoring.scheme import Scheme
from scoring.written.names import is_same_text, text_key
from scoring.written.text import Refused, quoted

_FILE = "defaults.toml"
LOCK_MINUTES = (0, 5, 10, 15, 30)
"""After how long without use a record can be locked; 0 for never."""
_FONTS = ("shipped", "computer")
_LARGEST = 64_000
_NOBODY: tuple[str, ...] = ()


class OrganisationDefaults(Struct, frozen=True):
    """What is set; `None` and "" where the organisation leaves it to the person.

    `may_leave_plain` has the names by which people sign in to the computer who may keep a record without
    encryption: nobody where it is empty, anybody where it is `None`. `faults` are sentences.
    """

    record_folder: Path | None = None
    backup_folder: Path | None = None
    lock_minutes: int | None = None
    marking: str = ""
    font: str = ""
    may_leave_plain: tuple[str, ...] | None = None
    faults: tuple[str, ...] = ()

    @property
    def to_correct(self) -> tuple[str, ...]:
        """Return the faults and at their end, once, who corrects them; nothing where there are none."""
        return (*self.faults, "Ask those who look after this computer to correct it.") if self.faults else ()

    def lets_leave_plain(self, login: str) -> bool:
        """Whether somebody of this sign-in name may keep a record without encryption."""
        allowed = self.may_leave_plain
        return allowed is None or login.casefold() in map(str.casefold, allowed)

    def lets_me_leave_plain(self) -> bool:
        try:
            return self.lets_leave_plain(getuser())
        except (OSError, KeyError, ImportError):  # a computer that knows no names
            return self.lets_leave_plain("")

    def marked(self, funds: "Iterable[FundDefaults]") -> "tuple[FundDefaults, ...]":
        """Return funds that are marked as the organisation asks at least; none is marked less than it was."""
        least = MARKINGS.index(self.marking) if self.marking else 0
        return tuple(
            replace(fund, marking=MARKINGS[max(least, MARKINGS.index(fund.marking))]) for fund in funds
        )


NONE = OrganisationDefaults()


@cache
def organisation_defaults() -> OrganisationDefaults:
    """Return what stands beside the program that runs; nothing where it runs from a checkout."""
    if not getattr(sys, "frozen", False):
        return NONE
    return read_defaults(Path(sys.executable).with_name(_FILE), os.environ)


def read_defaults(path: Path, environ: Mapping[str, str]) -> OrganisationDefaults:
    """Return what a file sets; one that is not there sets nothing.

    Of a file that cannot be read nothing holds, and nobody leaves a record without encryption until it can.
    """
    try:
        with path.open("rb") as file:
            found = tomllib.loads(file.read(_LARGEST).decode("utf-8-sig"))
    except FileNotFoundError:
        return NONE
    except (OSError, ValueError, RecursionError) as error:
        why = f"{path.name} beside the program cannot be read ({_reason(error)}), so none of it applies."
        return OrganisationDefaults(may_leave_plain=_NOBODY, faults=(why,))
    readers = _readers(environ)
    known, faults = dict[str, object](), list[str]()
    for name, value in found.items():
        read = readers.get(name)
        taken = None if read is None else read(value)
        if taken is None:
            faults.append(_fault(path.name, name, value, environ))
        else:
            known[name] = taken
    if "may_leave_plain" in found:  # True lets anybody; what makes no sense lets nobody
        allowed = known.get("may_leave_plain", _NOBODY)
        known["may_leave_plain"] = None if allowed is True else allowed
    return replace(NONE, **known, faults=tuple(faults))


_MEANT = {
    "record_folder": r"a whole path between single quotes, such as '%USERPROFILE%\Grants'",
    "backup_folder": r"a whole path between single quotes, such as '\\server\grants'",
    "lock_minutes": "0 (never), 5, 10, 15 or 30",
    "marking": '"OFFICIAL" or "OFFICIAL-SENSITIVE"',
    "font": '"shipped" or "computer"',
    "may_leave_plain": 'true, false, or sign-in names such as ["pfenwick"]',
}

_FOLDERS = ("record_folder", "backup_folder")


def _readers(environ: Mapping[str, str]) -> dict[str, Callable[[object], object]]:
    """Return what reads each setting's value; each gives `None` for one that makes no sense."""
    return {
        **dict.fromkeys(_FOLDERS, lambda value: _folder(value, environ)),
        "lock_minutes": lambda value: value if type(value) is int and value in LOCK_MINUTES else None,
        "marking": lambda value: value if value in MARKINGS else None,
        "font": lambda value: value if value in _FONTS else None,
        "may_leave_plain": _names,
    }


def _folder(value: object, environ: Mapping[str, str]) -> Path | None:
    """Return a whole path, with the variables that stand between percent signs put in; all must be known."""
    if not isinstance(value, str) or "\0" in value:
        return None
    if _unknown(value, environ):
        return None
    pieces = value.split("%")
    for at in range(1, len(pieces) - 1, 2):
        pieces[at] = environ[pieces[at]]
    path = Path("".join(pieces))
    return path if path.is_absolute() else None


def _unknown(value: str, environ: Mapping[str, str]) -> str:
    """Return the first variable between percent signs that the computer does not know, "" for none."""
    pieces = value.split("%")
    return next((f"%{name}%" for name in pieces[1 : len(pieces) - 1 : 2] if not environ.get(name)), "")


def _names(value: object) -> object:
    if isinstance(value, bool):
        return value or _NOBODY
    if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
        return tuple(one.strip() for one in value)
    return None


def _fault(file: str, name: str, value: object, environ: Mapping[str, str]) -> str:
    where = f"{file} beside the program sets"
    if name not in _MEANT:
        return f"{where} “{name}”, which does not exist. It may set {', '.join(_MEANT)}."
    if name in _FOLDERS and isinstance(value, str) and _unknown(value, environ):
        return f"{where} {name} to “{value}”. This computer does not know {_unknown(value, environ)}."
    return f"{where} {name} to “{value}”, which is not valid. It must be {_MEANT[name]}."


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not text in UTF-8"
    return getattr(error, "strerror", None) or str(error)


CODE_TYPES = MappingProxyType(
    {
        "E05": "WD",
        "E06": "UA",
        "E07": "NMD",
        "E08": "MD",
        "E09": "LONB",
        "E10": "CTY",
        "E22": "CSP",
        "E23": "PFA",
        "S12": "CA",
        "W05": "WD",
        "W06": "UA",
    }
)
"""What a code is of, by its first three characters: the 360Giving codelist geoCodeType."""
_LINE = re.compile(r"(.+?)[\s=:]+([A-Z]\d{8})")


def read_area_codes(text: str) -> dict[str, tuple[str, str]]:
    """Return each area's name as typed and its code, by the name without case; raises Refused for others."""
    found: dict[str, tuple[str, str]] = {}
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        match = _LINE.fullmatch(part)
        if match is None or match[2][:3] not in CODE_TYPES:
            raise Refused(
                f"{quoted(part)} is not an area with its code. Write each like Walsall E08000030, with a "
                "comma between two; a code begins like E06, E07, E08, E09, E10 or W06."
            )
        found[text_key(match[1])] = (match[1], match[2])
    return found


MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE")


MEMBER_KINDS = ("police", "community", "partner", "office")
"""The kinds of member that a panel may have."""


class SourceKind(StrEnum):
    """Where the money of a fund's year comes from."""

    CRIME = "proceeds-of-crime"
    PROPERTY = "police-property"
    MINISTRY = "ministry-of-justice"
    PRECEPT = "precept"
    OTHER = "other"


class SourceCondition(Struct, frozen=True):
    """What the law asks of an award from a source of money; its check asks for the answer in the note."""

    source: SourceKind
    check: str
    words: str
    ask: str
    bound: str
    law: str

    @property
    def asked(self) -> str:
        return f"{self.ask} ({self.law})."

    def binding(self, answer: str) -> str:
        """Return what an agreement says of the answer."""
        return f"{self.bound.format(answer.strip().rstrip('.'))} ({self.law})."


SOURCE_CONDITIONS = convert(
    tomllib.loads(resources.text("schemes/sources.toml"))["condition"], tuple[SourceCondition, ...]
)

NUMBER, ACCOUNTS, STANDING, ADDRESS = "number", "accounts", "standing", "address"
PAYEE, BANK, SANCTIONS, RETURNS, PUBLIC_MONEY = "payee", "bank", "sanctions", "returns", "public_money"
CHECKS = {
    NUMBER: "Registered number valid and active",
    ACCOUNTS: "Accounts not overdue",
    STANDING: "Not removed, insolvent or in liquidation",
    ADDRESS: "Address as in the register",
    PAYEE: "No other payee with this account or address",
    BANK: "Account number right for its sort code",
    SANCTIONS: "Sanctions list",
    RETURNS: "No earlier return missing",
    PUBLIC_MONEY: "Public money over three years",
    **{one.check: one.words for one in SOURCE_CONDITIONS},
}
"""Every check there is, by code, in the order in which it is shown."""


class ListKind(StrEnum):
    """The lists of a fund, each by the key that its file gives it."""

    PURPOSE = "purpose"
    PERMITTED = "permitted_purpose"
    SERVICE = "service_area"
    CRIME = "crime_type"
    PRIORITY = "priority"
    ORGANISATION = "kind_of_organisation"
    RUNNING = "way_of_running"


REFERENCE_TITLES = {
    "service_areas": "Service area",
    "needs": "Category of need",
    "indicators": "Indicator area",
}
"""The lists under which a return counts the people supported, and what a line of each is called."""

BY_PANEL = "panel"
"""The code of the way in which what applied in a round came about, in a fund's list of ways."""


class ListItem(Struct, frozen=True):
    """A line of a fund's list; a retired one is not chosen any more, and stays where it was chosen."""

    code: str
    words: str
    is_retired: bool = False


class FundList(Struct, frozen=True):
    """A list of a fund; of one that is required each application has a line before it is decided."""

    kind: ListKind
    items: tuple[ListItem, ...] = ()
    is_required: bool = False


class Source(Struct, frozen=True):
    """A part of a year's money and where it comes from; one that lapses does so after `ends_on`."""

    year: str
    kind: SourceKind
    amount_pence: int
    words: str = ""
    ends_on: date | None = None


class Gate(Struct, frozen=True):
    """An eligibility check; an advisory one never bars, cap and start date are answered from figures."""

    code: str
    question: str
    pass_means: str = ""
    is_advisory: bool = False
    is_cap: bool = False
    is_retired: bool = False
    is_start: bool = False


class UsualArea(Struct, frozen=True):
    """An area that rounds of the fund usually have, and how people write it."""

    name: str
    short_forms: tuple[str, ...] = ()


class PanelKind(Struct, frozen=True):
    """Kinds of member, or posts, of which a panel is expected to have some, and the warning when it has not.

    A member has a post who has it as organisation, where the Commissioner's own people write theirs.
    """

    kinds: tuple[str, ...]
    at_least: int
    words: str
    posts: tuple[str, ...] = ()

    def has(self, kind: str, organisation: str) -> bool:
        return kind in self.kinds or any(is_same_text(post, organisation) for post in self.posts)

    def is_met(self, panel: Iterable[tuple[str, str]]) -> bool:
        """Whether a panel, given as kind and organisation of each member, has as many as it should."""
        return sum(self.has(*one) for one in panel) >= self.at_least


class Condition(Struct, frozen=True):
    """A condition of an award; a standard one goes with every award."""

    code: str
    words: str
    is_standard: bool = False
    is_retired: bool = False


class Payment(Struct, frozen=True):
    """A way to pay an award: parts in percent, each with what it waits for."""

    code: str
    words: str
    parts: tuple[tuple[int, str], ...]
    is_retired: bool = False


class ReturnBand(Struct, frozen=True):
    """When recipients of awards up to an amount report; None is any amount.

    `points` is end (one return), halves (half way and at the end) or quarterly.
    """

    up_to_pence: int | None
    points: str


class ReferenceList(Struct, frozen=True):
    """A list of a fund's form, such as categories of need, under which returns count people."""

    code: str
    title: str
    lines: tuple[str, ...]


class FundDefaults(Struct, frozen=True):
    """A fund; without a scheme it is kept without a panel. `amounts` are pence by financial year.

    `legal_power` is the usual one of its decisions, `postcodes` how those of its area begin ("B", "CV").
    `purposes` are those of a fund from before it had `lists`. Applications are kept for
    `keep_awarded_years` from the end of the grant, or `keep_declined_years` from their decision.
    `clauses` are those of its agreements, () for the usual ones; an award of up to
    `letter_up_to_pence` has its offer and agreement in one letter, and any is to come back signed within
    `agreement_days`. `checks` are those of its due diligence by
    code, () for all; the agreement waits for `required_checks`. `reports_every` is how often it reports
    to the Ministry that pays for it, None for a fund that does not.
    """

    code: str
    name: str
    also_known_as: tuple[str, ...] = ()
    money: str = ""
    marking: str = "OFFICIAL"
    purposes: tuple[str, ...] = ()
    amounts: tuple[tuple[str, int], ...] = ()
    scheme: Scheme | None = None
    areas: tuple[UsualArea, ...] = ()
    gates: tuple[Gate, ...] = ()
    chain: Chain = ()
    panel_kinds: tuple[PanelKind, ...] = ()
    decline_codes: tuple[ListItem, ...] = ()
    conditions: tuple[Condition, ...] = ()
    payments: tuple[Payment, ...] = ()
    returns: tuple[ReturnBand, ...] = ()
    reference: tuple[ReferenceList, ...] = ()
    legal_power: str = ""
    postcodes: tuple[str, ...] = ()
    lists: tuple[FundList, ...] = ()
    sources: tuple[Source, ...] = ()
    keep_awarded_years: int = 6
    keep_declined_years: int = 2
    agreement_days: int = 28
    clauses: tuple[Clause, ...] = ()
    letter_up_to_pence: int | None = None
    checks: tuple[str, ...] = ()
    required_checks: tuple[str, ...] = ()
    reports_every: Every | None = None

    def items(self, kind: ListKind) -> tuple[ListItem, ...]:
        """Return the lines of a list, retired ones included."""
        return next((one.items for one in self.lists if one.kind is kind), ())

    def counted_lists(self) -> tuple[ReferenceList, ...]:
        """Return the lists under which returns count people: its service areas, and its reference."""
        lines = tuple(item.words for item in in_use(self.items(ListKind.SERVICE)))
        others = tuple(one for one in self.reference if not lines or one.code != "service_areas")
        return (ReferenceList("service_areas", "Service area", lines), *others) if lines else others

    def is_offered_in_agreement(self, decided_pence: int | None) -> bool:
        """Whether a sum that was decided, None for no money, is offered in one letter with its agreement."""
        most = self.letter_up_to_pence
        return most is not None and decided_pence is not None and decided_pence <= most

    def required(self) -> tuple[ListKind, ...]:
        return tuple(one.kind for one in self.lists if one.is_required)


class Retirable(Protocol):
    """A line of a list that may be retired."""

    @property
    def is_retired(self) -> bool: ...


R = TypeVar("R", bound=Retirable)


def in_use(lines: Iterable[R]) -> tuple[R, ...]:
    return tuple(line for line in lines if not line.is_retired)


USUAL_RETURNS = (
    ReturnBand(500_000, "end"),
    ReturnBand(2_000_000, "halves"),
    ReturnBand(None, "quarterly"),
)
"""How often recipients report where the fund says nothing: in proportion to the money."""
ONE_GATE = (Gate("eligible", "Is the application eligible?"),)
"""The gates of a fund that says nothing about them."""
