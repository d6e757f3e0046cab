"""A round's awards as open data in the 360Giving Data Standard: values, not yet a file.

Nothing personal, no account, no score, no e-mail address. Source: the standard, version 1.4.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct

from models.papers.office import NAME_IT, holds_mail
from models.papers.order import RoundPaper, Texts
from models.reference.defaults import ListKind
from models.values.applications import CHOICE_WORDS
from models.values.rounds import FORCE_WIDE
from scoring.money import pounds
from scoring.written.names import round_names
from scoring.written.text import Refused, counted, with_article

LONGEST_TITLE = 139
FOR_WHAT = frozenset(CHOICE_WORDS[kind] for kind in (ListKind.SERVICE, ListKind.CRIME, ListKind.PRIORITY))
"""The lists whose lines papers print as what an award is for."""
MOST_FAULTS = 5


def place_name(area: str, force: str) -> str:
    """Return an area as open data names it: beside those of others, the whole force is some police force's.

    >>> place_name("Force-wide", "Westmarch Police"), place_name("Coventry", "Westmarch Police")
    ('Force-wide, Westmarch Police', 'Coventry')
    """
    return f"{area}, {force}" if area == FORCE_WIDE else area


class Publisher(NamedTuple):
    """Who publishes: the prefix given by 360Giving ("360G-…"), and the funder's identifier ("GB-…")."""

    prefix: str = ""
    funder: str = ""


class Classified(NamedTuple):
    """A line of one of the fund's lists: what the list is called, the line's code there, and its words."""

    vocabulary: str
    code: str
    title: str


class Grant(Struct, frozen=True):
    """One award; money in pence. `recipient_id` is the recipient's identifier from a register, or ours.

    `asked_pence` is what was submitted, None where that was no number of pounds, or where nobody asked for
    what was awarded without a competition.
    `location_code` is the statistics office's of the area. `classified` are the lines of the fund's lists
    that it has; where none of them says what it is for, `crime_type` does in words.
    `modified_at` is when what is told of it last changed in the record.
    """

    identifier: str
    title: str
    description: str
    asked_pence: int | None
    awarded_pence: int
    awarded_on: date
    start_on: date | None
    end_on: date | None
    recipient_id: str
    recipient: str
    charity_number: str
    company_number: str
    location: str
    programme_code: str
    programme: str
    crime_type: str
    classified: tuple[Classified, ...] = ()
    is_open_call: bool = True
    location_code: str = ""
    modified_at: datetime | None = None

    @property
    def is_classified(self) -> bool:
        """Whether a line of the fund's lists says what it is for, which `crime_type` then repeats."""
        return any(one.vocabulary in FOR_WHAT for one in self.classified)

    @property
    def texts(self) -> Texts:
        return (self.title, self.description, self.recipient, self.crime_type)


class OpenData(RoundPaper, frozen=True):
    """The grants of a round, or of several, which have no name of a round.

    `described` says in sentences what they are. Raises Refused,
    and lists why, rather than hold what a checker would fault.
    """

    publisher: Publisher
    grants: tuple[Grant, ...]
    described: str

    def __post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            more = len(faults) - MOST_FAULTS
            told = (*faults[:MOST_FAULTS], *((f"And {more} more.",) if more > 0 else ()))
            raise Refused(f"The open data would not be valid, so nothing was written. {' '.join(told)}")

    def _faults(self) -> Iterator[str]:
        if not self.office.strip():
            yield NAME_IT
        if not self.grants:
            yield f"Nothing is awarded {'in this round' if self.round else 'in any round'} yet."
        for grant in self.grants:
            yield from _faults(grant)
        times = Counter(grant.identifier for grant in self.grants)
        yield from (f"The identifier {of} appears twice." for of, many in times.items() if many > 1)

    @property
    def title(self) -> str:
        """Return the title of the package."""
        of = self.fund or ("" if self.round else self.office)
        return " ".join((*round_names(of, self.round, self.year), "awards"))

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        many = len(self.grants)
        return f"{counted(many, 'grant')}, {pounds(sum(grant.awarded_pence for grant in self.grants))}"


def described(office: str, of: str) -> str:
    """Return what open data say that they are, of a fund, a round or a year in words or "" for everything.

    >>> described("Westmarch OPCC", "Victims Fund, 2026/27").partition(". ")[0]
    'Grants awarded by Westmarch OPCC: Victims Fund, 2026/27'
    """
    return (
        f"Grants awarded by {with_article(office)}: {of or 'all funds, rounds and years'}. Each amount is "
        "what the award stood at on the day of issue, with any change since it was decided; the award date "
        "is the day of the decision."
    )


def _faults(grant: Grant) -> Iterator[str]:
    if not grant.title.strip() or not grant.description.strip():
        yield f"{grant.identifier} has no title or no description."
    if len(grant.title) > LONGEST_TITLE:
        yield f"The title of {grant.identifier} is longer than {LONGEST_TITLE} characters."
    if grant.title.strip().casefold() == grant.description.strip().casefold():
        yield f"The title of {grant.identifier} is the same as its description."
    if any(map(holds_mail, grant.texts)):
        yield f"The text of {grant.identifier} contains an e-mail address. Correct the application."
