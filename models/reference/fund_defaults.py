"""A fund with what its new rounds start from, as values."""

from dataclasses import dataclass

from models.reference.sign_off import Chain
from scoring.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Gate:
    """An eligibility check; an advisory one never bars, the cap's is answered from figures."""

    code: str
    question: str
    pass_means: str = ""
    is_advisory: bool = False
    is_cap: bool = False


@dataclass(frozen=True, slots=True)
class UsualArea:
    """An area that rounds of the fund usually have, and how people write it."""

    name: str
    short_forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelKind:
    """Kinds of member of whom the panel is expected to have some, and the warning when it has not."""

    kinds: tuple[str, ...]
    at_least: int
    words: str


@dataclass(frozen=True, slots=True)
class DeclineCode:
    """A reason to decline, and what an applicant reads."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of an award; a standard one goes with every award."""

    code: str
    words: str
    is_standard: bool = False


@dataclass(frozen=True, slots=True)
class Payment:
    """A way to pay an award: parts in percent, each with what it waits for."""

    code: str
    words: str
    parts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ReturnBand:
    """When recipients of awards up to an amount report; None is any amount.

    `points` is end (one return), halves (half way and at the end) or quarterly.
    """

    up_to_pence: int | None
    points: str


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A list of a fund's form, such as categories of need, under which returns count people."""

    code: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FundDefaults:
    """A fund; without a scheme it is kept without a panel. `amounts` are pence by financial year.

    `legal_power` is the usual one of its decisions, `postcodes` how those of its area begin ("B", "CV").
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


USUAL_RETURNS = (
    ReturnBand(500_000, "end"),
    ReturnBand(2_000_000, "halves"),
    ReturnBand(None, "quarterly"),
)
"""How often recipients report where the fund says nothing: in proportion to the money."""
ONE_GATE = (Gate("eligible", "Is the application eligible?"),)
"""The gates of a fund that says nothing about them."""
