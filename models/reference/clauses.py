"""The standing clauses of a grant agreement, and what the law on subsidies allows on a day."""

import tomllib
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache

from msgspec import Struct, convert

import resources
from scoring.written.amounts import read_money
from scoring.written.days import full_day


class Clause(Struct, frozen=True):
    """A clause: its words begin with its heading and a colon; a retired one is in no new agreement."""

    code: str
    words: str
    is_retired: bool = False

    @property
    def heading(self) -> str:
        """Return what stands over it: "Records and audit"; "" where its words begin with none."""
        head, colon, _ = self.words.partition(":")
        return " ".join(head.split()) if colon and len(head) <= LONGEST_HEADING else ""

    @property
    def text(self) -> str:
        return self.words.partition(":")[2].strip() if self.heading else self.words.strip()


class Ending(StrEnum):
    """What the clauses of a contract say of ending it: the usual words, an office's own, or nothing."""

    USUAL = "usual"
    OWN = "own"
    NONE = "none"


LONGEST_HEADING = 60

CLAWBACK, PUBLICITY, ENDING = "clawback", "publicity", "termination"
"""The codes of the clauses that letters and agreements refer to."""
_ANY_DAY = "Either side may end it with 28 days’ notice in writing"


class _ShippedCondition(Struct, frozen=True):
    """A condition that ships with a fund, and how a contract has it: "" where it does not."""

    words: str
    contract: str


class _Shipped(Struct, frozen=True):
    """What the file of the clauses holds."""

    clause: tuple[Clause, ...]
    contract: tuple[Clause, ...]
    condition: tuple[_ShippedCondition, ...]


_SHIPPED = convert(tomllib.loads(resources.text("schemes/clauses.toml")), _Shipped)
_OF_A_CONTRACT = {one.words: one.contract for one in _SHIPPED.condition}
USUAL_CLAUSES, CONTRACT_CLAUSES = _SHIPPED.clause, _SHIPPED.contract
"""The clauses of a fund that has none of its own: of its grants, and of the contracts by which it buys."""

_USUAL_ENDINGS = tuple(one.text for one in (*USUAL_CLAUSES, *CONTRACT_CLAUSES) if one.code == ENDING)

WITHHELD_PUBLICITY = (
    "We publish the award without your name, and without anything else that would tell who or where you are. "
    "You need not say in public that we pay for it."
)
"""What the clause on publicity says where the recipient's name is withheld."""


def with_break(text: str, on: date) -> str:
    """Return the usual clause on ending for a contract that has a break on a day; an office's own stays."""
    on_break = f"{_ANY_DAY}, to end on its break, {full_day(on)}."
    return text.replace(f"{_ANY_DAY}.", on_break) if text in _USUAL_ENDINGS else text


def ending_of(clauses: Sequence[Clause]) -> Ending:
    """Return whose words the clauses in use have on ending: the usual ones, an office's own or nobody's."""
    texts = [one.text for one in clauses if one.code == ENDING]
    if not texts:
        return Ending.NONE
    return Ending.USUAL if len(texts) == 1 and texts[0] in _USUAL_ENDINGS else Ending.OWN


def clauses_of(own: Sequence[Clause], *, is_contract: bool = False) -> tuple[Clause, ...]:
    """Return the clauses of a fund, the usual ones where it has none, retired ones included."""
    return tuple(own) or (CONTRACT_CLAUSES if is_contract else USUAL_CLAUSES)


def conditions_of(chosen: Sequence[str], *, is_contract: bool) -> tuple[str, ...]:
    """Return conditions as a grant or a contract has them, each once; an office's own words stay."""
    if not is_contract:
        return tuple(chosen)
    return tuple(dict.fromkeys(filter(None, (_OF_A_CONTRACT.get(one, one) for one in chosen))))


def is_usual(clause: Clause) -> bool:
    """Say whether a clause has the words that ship."""
    return clause.text in {one.text for one in (*USUAL_CLAUSES, *CONTRACT_CLAUSES) if one.code == clause.code}


class SubsidyLimit(Struct, frozen=True):
    """The most minimal financial assistance in three financial years, and from what on it is published."""

    from_on: date
    minimal_pence: int
    published_above_pence: int


def limit_on(day: date) -> SubsidyLimit:
    """Return what holds on a day; before the first day of the file, what holds first."""
    limits = _limits()
    return next((one for one in reversed(limits) if one.from_on <= day), limits[0])


@cache
def _limits() -> tuple[SubsidyLimit, ...]:
    found = (
        SubsidyLimit(date.fromisoformat(one["from"]), _pence(one["minimal"]), _pence(one["published_above"]))
        for one in _dated("subsidy", "limit")
    )
    return tuple(sorted(found, key=lambda one: one.from_on))


class ProcurementThreshold(Struct, frozen=True):
    """From which value on, VAT included, the Procurement Act 2023 covers a contract, in pence by its kind."""

    from_on: date
    until_on: date
    goods_pence: int
    light_touch_pence: int
    works_pence: int

    @property
    def days(self) -> str:
        return f"{full_day(self.from_on)} to {full_day(self.until_on)}"


def procurement_threshold(day: date | None) -> ProcurementThreshold | None:
    """Return what holds on a day, None where that is not known; without a day, what holds last."""
    held = (one for one in _thresholds() if day is None or one.from_on <= day <= one.until_on)
    return max(held, key=lambda one: one.from_on, default=None)


@cache
def _thresholds() -> tuple[ProcurementThreshold, ...]:
    return tuple(
        ProcurementThreshold(
            date.fromisoformat(one["from"]),
            date.fromisoformat(one["until"]),
            *(_pence(one[kind]) for kind in ("goods", "light_touch", "works")),
        )
        for one in _dated("procurement", "threshold")
    )


def _dated(file: str, key: str) -> list[dict[str, str]]:
    """Return what a file of the law holds, each with the day from which it holds."""
    found: list[dict[str, str]] = tomllib.loads(resources.text(f"schemes/{file}.toml"))[key]
    return found


def _pence(text: str) -> int:
    return read_money(text, is_plain=True) or 0
