"""What somebody asks a paper of: which round or year, and what is to be in it."""

from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from models.reference.reporting import month_end, read_period
from scoring.schedule.values import PLAIN, Letterhead
from scoring.written.area_label import AREA, AreaLabel
from scoring.written.days import full_month
from scoring.written.text import listed

Texts = tuple[str, ...]
"""Texts in the order in which they are told: sentences, names, references."""
TextPair = tuple[str, str]
"""A text with what it stands under or belongs to: a heading and its text, a member and an application."""
TextPairs = tuple[TextPair, ...]
Counts = tuple[tuple[str, int], ...]
"""How many there are, or how much in pence, under each text."""
BETWEEN = " · "
"""What stands between the parts of a subject."""


WITH_MARKS = "with marks"


class PaperOrder(Struct, frozen=True):
    """An order for one paper; what a kind of paper does not ask for is left as it is.

    `now` is UTC and stands for today. `areas` are several areas that a notice is of, where it is neither of
    one `area` nor of all. `month` is the first day of the month of a publication list.
    `with_marks` fills in the marks of a panel book. `award` is the reference of an award. A
    `confidential_part` is the part of a notice printed separately. `period` is the name of a quarter, a
    half-year or a year; where a list is of a month it takes the month's place. `reason` says why what was
    submitted for a period is corrected.
    What is given on a request for information
    `names_declined` applicants, and the panel, only where that is ticked, and tells of applications that are
    not decided yet only `with_undecided`. `purposes_read` says that somebody read what applicants wrote of
    the awards whose purpose the office did not write; it changes no word of a list. `closed` are the
    applications that are closed to who reads what they sign.
    """

    kind: str
    now: datetime
    round_id: int | None = None
    area: str | None = None
    fund: str | None = None
    year: str | None = None
    month: date | None = None
    notice: str = ""
    with_marks: bool = False
    award: str = ""
    confidential_part: bool = False
    period: str = ""
    reason: str = ""
    names_declined: bool = False
    names_panel: bool = False
    with_undecided: bool = False
    purposes_read: bool = False
    areas: Texts = ()
    closed: Texts = ()

    @property
    def of_round(self) -> int:
        """Return the round that it is of; asked only of a paper of a round."""
        assert self.round_id is not None, f"{self.kind} is of a round"
        return self.round_id

    @property
    def named_areas(self) -> Texts:
        """Return the areas that it is of, () for all."""
        return self.areas or tuple(filter(None, [self.area]))

    @property
    def where(self) -> str:
        """Return the area, or the areas, that it is of, "" for all."""
        return listed(self.areas) or self.area or ""

    def is_of(self, area: str | None) -> bool:
        return area in self.areas if self.areas else self.area in (None, area)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def span(self) -> str:
        """Return its time in words: its period, else its month."""
        return read_period(self.period).words if self.period else full_month(self._of_month)

    @property
    def ends_on(self) -> date:
        """Return the last day of its time."""
        return read_period(self.period).ends_on if self.period else month_end(self._of_month)

    def has(self, day: date) -> bool:
        """Whether a day falls in its time."""
        return read_period(self.period).has(day) if self.period else day.replace(day=1) == self._of_month

    @property
    def _of_month(self) -> date:
        assert self.month is not None, "a list is of a month, or of a period"
        return self.month

    @property
    def subject(self) -> str:
        """Return what versions of the paper are counted by within its round: all that chooses its content."""
        month = self.month.isoformat() if self.month else ""
        marks = WITH_MARKS if self.with_marks else ""
        part = "confidential part" if self.confidential_part else ""
        names = ("declined named" if self.names_declined else "", "panel named" if self.names_panel else "")
        undecided = "undecided told" if self.with_undecided else ""
        parts = (
            self.area,
            ", ".join(sorted(self.areas)),
            self.fund,
            self.year,
            self.notice,
            self.award,
            month,
            marks,
            part,
            self.period,
            *names,
            undecided,
        )
        return BETWEEN.join(filter(None, parts))


class Paper(Struct, frozen=True, kw_only=True):
    """What a paper bears of its office, whose name is "" while it has none, and its marking."""

    office: str
    marking: str
    letterhead: Letterhead = PLAIN


class RoundPaper(Paper, frozen=True, kw_only=True):
    """What a paper of a round bears of that beside."""

    fund: str
    round: str
    year: str


class PaperValue(Protocol):
    """The values of a paper, which `models.values.canonical` can write.

    It has its office, the marking of every page, its title as printed, and count and sum in words:
    "9 lines, £30,000.00".
    """

    @property
    def office(self) -> str: ...

    @property
    def letterhead(self) -> Letterhead: ...

    @property
    def marking(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def control(self) -> str: ...


Said = str | int | None


class HeldTable(Struct, frozen=True):
    """What one table holds, with its columns in words."""

    name: str
    columns: Texts
    rows: tuple[tuple[Said, ...], ...]


class HeldOn(Struct, frozen=True):
    """Who it is held on, by name, and what every table holds; `note` says what is not there.

    `applications` are an organisation's own (a round's number, a reference), () of a person. `area_label` is
    what the office that holds it calls an area.
    """

    name: str
    applications: tuple[tuple[int, str], ...]
    tables: tuple[HeldTable, ...]
    note: str = ""
    area_label: AreaLabel = AREA
