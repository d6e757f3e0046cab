"""The standing clauses of a grant agreement, and what the law on subsidies allows on a day."""

import tomllib
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache

from msgspec import Struct

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

USUAL_CLAUSES = (
    Clause(
        "use",
        "Using the grant: You use the grant only for the project described in this agreement and for nothing "
        "else, and you spend it between the start and the end of the project. You tell us as soon as you "
        "know that the project will start late, change or stop.",
    ),
    Clause(
        "records",
        "Records and audit: You keep invoices, receipts and proper accounts of the spending of the grant for "
        "six years after the project ends. You show them to us, or to the auditors of our office, when we "
        "ask with ten working days’ notice.",
    ),
    Clause(
        CLAWBACK,
        "Paying money back: You return what is not spent within 28 days of the end of the project. We may "
        "ask for some or all of the grant back, and stop further payments, if it is spent on something else, "
        "if what you told us to get it was not true, if you do not report when you should, or if you close "
        "or become insolvent. We will write to you first, say how much and why, and give you 28 days to "
        "answer.",
    ),
    Clause(
        "data_protection",
        "Data protection: Each side complies with data protection law for the information that it holds. "
        "Your reports to us count people and do not name them. You tell us within one working day if "
        "personal information about people that the project works with is lost or seen by someone who "
        "should not see it.",
    ),
    Clause(
        "safeguarding",
        "Safeguarding: If the project works with children or with adults at risk you have a safeguarding "
        "policy, the checks by the Disclosure and Barring Service that the law asks for, and a named person "
        "who is responsible. You tell us about any serious incident within one working day.",
    ),
    Clause(
        "insurance",
        "Insurance: You hold the insurance that the project needs for as long as it runs, public liability "
        "included, and employer’s liability where you employ people. You show us the certificates when we "
        "ask.",
    ),
    Clause(
        PUBLICITY,
        "Publicity: You say that the project is paid for by our office where you tell people about it, and "
        "use our logo as we ask you to. We publish the grant, who received it, what for and why.",
    ),
    Clause(
        "subsidy",
        "Subsidy control: Public money must keep to the Subsidy Control Act 2022. Before you sign you tell "
        "us of other public money that has to be counted with this grant. You return what the law obliges "
        "us to ask back.",
    ),
    Clause(
        "variation",
        "Changing this agreement: A change to the amount, dates, outcomes, payments or conditions is only "
        "valid if we have agreed it in writing. Ask us before you change anything. The change is then added "
        "to this agreement as its next version.",
    ),
    Clause(
        ENDING,
        f"Ending this agreement: {_ANY_DAY}. We may end it at "
        "once if you break it seriously and do not put that right within 14 days of our letter. When it "
        "ends you return what is not spent, and report on what was done.",
    ),
)
"""The clauses of a fund that has none of its own."""

_USUAL_ENDING = next(one.text for one in USUAL_CLAUSES if one.code == ENDING)

WITHHELD_PUBLICITY = (
    "We publish the grant without your name, and without anything else that would tell who or where you are. "
    "You need not say in public that we pay for the project."
)
"""What the clause on publicity says where the recipient's name is withheld."""


def with_break(text: str, on: date) -> str:
    """Return the usual clause on ending for a contract that has a break on a day; an office's own stays."""
    on_break = f"{_ANY_DAY}, to end on its break, {full_day(on)}."
    return text.replace(f"{_ANY_DAY}.", on_break) if text == _USUAL_ENDING else text


def ending_of(clauses: Sequence[Clause]) -> Ending:
    """Return whose words the clauses in use have on ending: the usual ones, an office's own or nobody's."""
    texts = [one.text for one in clauses if one.code == ENDING]
    if not texts:
        return Ending.NONE
    return Ending.USUAL if texts == [_USUAL_ENDING] else Ending.OWN


def clauses_of(own: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return the clauses of a fund, the usual ones where it has none, retired ones included."""
    return tuple(own) or USUAL_CLAUSES


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
    said = tomllib.loads(resources.text("schemes/subsidy.toml"))["limit"]
    found = (
        SubsidyLimit(date.fromisoformat(one["from"]), _pence(one["minimal"]), _pence(one["published_above"]))
        for one in said
    )
    return tuple(sorted(found, key=lambda one: one.from_on))


def _pence(text: str) -> int:
    return read_money(text, is_plain=True) or 0
