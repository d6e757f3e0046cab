"""The call for applications: what a round offers, how it is judged and how to apply."""

from datetime import date

from msgspec import Struct

from scoring.money import pounds
from scoring.schedule.values import PLAIN, Letterhead


class CallArea(Struct, frozen=True):
    """What an area offers, in pence, and when; a date is None while it is not set.

    `closes_time` ("17:00") is when the closing day closes, None for its end.
    """

    area: str
    pot_pence: int
    start_up_pence: int
    opens_on: date | None
    closes_on: date | None
    closes_time: str | None
    meets_on: date | None


class CallCriterion(Struct, frozen=True):
    """A criterion as applicants read it: its title, what it looks for, and in words how it counts."""

    title: str
    looks_for: str
    how: str


class CallForApplications(Struct, frozen=True):
    """A whole call; `quality` and `cost` are the split in percent ("80%"), cost "" where none is judged.

    `about`, `who_may` and `how` are paragraphs, `checks` the questions that an application must pass, `scale`
    (mark, meaning), and `rules` (subject, sentence) as every schedule of the round will print them. `shared`
    says in a sentence for each pot that several areas share who does, `without` which areas offer nothing,
    `days` until when on its last day an application may come, and by when applicants hear, `besides` what is
    asked and turns nobody down, `waivers` that what does not pass may be let in, `decided` who decides after
    the panel and what then comes.
    """

    office: str
    fund: str
    round: str
    year: str
    marking: str
    subject: str
    about: tuple[str, ...]
    purposes: tuple[str, ...]
    areas: tuple[CallArea, ...]
    quality: str
    cost: str
    criteria: tuple[CallCriterion, ...]
    scale: tuple[tuple[int, str], ...]
    checks: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]
    who_may: tuple[str, ...]
    how: tuple[str, ...]
    contact: tuple[tuple[str, str], ...]
    letterhead: Letterhead = PLAIN
    shared: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    waivers: str = ""

    @property
    def envelope_pence(self) -> int:
        """Return what the round offers in all, start-up money included."""
        return sum(area.pot_pence + area.start_up_pence for area in self.areas)

    @property
    def title(self) -> str:
        """Return the title as printed."""
        return self.subject

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        return f"{self.letterhead.area_label.counted(len(self.areas))}, {pounds(self.envelope_pence)}"
