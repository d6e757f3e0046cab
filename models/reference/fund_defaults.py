"""A fund with what its new rounds start from, as values, and the markings of its papers."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from msgspec import Struct

from models.reference.clauses import Clause
from models.reference.reporting import Every
from models.reference.sign_off import Chain
from scoring.scheme import Scheme
from scoring.written.names import is_same_text

MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE")


MEMBER_KINDS = ("police", "community", "partner", "office")
"""The kinds of member that a panel may have."""

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


BY_PANEL = "panel"
"""The code of the way in which what applied in a round came about, in a fund's list of ways."""


class SourceKind(StrEnum):
    """Where the money of a fund's year comes from."""

    CRIME = "proceeds-of-crime"
    PROPERTY = "police-property"
    MINISTRY = "ministry-of-justice"
    PRECEPT = "precept"
    OTHER = "other"


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
    """An eligibility check; an advisory one never bars, the cap's is answered from figures."""

    code: str
    question: str
    pass_means: str = ""
    is_advisory: bool = False
    is_cap: bool = False
    is_retired: bool = False


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
        """Whether a member is one of those."""
        return kind in self.kinds or any(is_same_text(post, organisation) for post in self.posts)


class DeclineCode(Struct, frozen=True):
    """A reason to decline, and what an applicant reads."""

    code: str
    words: str
    is_retired: bool = False


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
    `keep_awarded_years` from the end of the grant's year, or `keep_declined_years` from their decision.
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
    decline_codes: tuple[DeclineCode, ...] = ()
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

    def required(self) -> tuple[ListKind, ...]:
        """Return the lists of which an application needs a line before it is decided."""
        return tuple(one.kind for one in self.lists if one.is_required)


class Retirable(Protocol):
    """A line of a list that may be retired."""

    @property
    def is_retired(self) -> bool:
        """Whether it is not chosen any more."""
        ...


R = TypeVar("R", bound=Retirable)


def in_use(lines: Iterable[R]) -> tuple[R, ...]:
    """Return the lines that may still be chosen."""
    return tuple(line for line in lines if not line.is_retired)


USUAL_RETURNS = (
    ReturnBand(500_000, "end"),
    ReturnBand(2_000_000, "halves"),
    ReturnBand(None, "quarterly"),
)
"""How often recipients report where the fund says nothing: in proportion to the money."""
ONE_GATE = (Gate("eligible", "Is the application eligible?"),)
"""The gates of a fund that says nothing about them."""
