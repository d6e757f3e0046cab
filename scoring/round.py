"""A round as the sums need it: pots, applications, sheets, interests and the chair's decisions.

What there are thousands of holds plain values alone, so that no look for unused objects goes through it.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from scoring.ranking import PotUse, Standing, Step
from scoring.scheme import Scheme


class Eligibility(StrEnum):
    """What the gates of one application come to."""

    YES = "yes"
    NO = "no"
    WAIVED = "waived"
    TO_CHECK = "to check"


class InterestKind(StrEnum):
    """What a member declared on an application; the first three are conflicts and all bar alike."""

    PECUNIARY = "pecuniary"
    NON_PECUNIARY = "non-pecuniary"
    PREJUDICIAL = "prejudicial"
    ABSTAINED = "abstained"
    NONE = "none"

    @property
    def is_conflict(self) -> bool:
        """Whether it bars the member's sheet as a conflict."""
        return self not in (InterestKind.ABSTAINED, InterestKind.NONE)


class ChairDecisionKind(StrEnum):
    """What the chair decided about one application."""

    TIE = "tie"
    EXCEPTION = "exception"


class Area(Struct, frozen=True):
    """One area's money, in pence. Start-up money is held apart and never ranked.

    `shared_pot` names the pot that it shares with every other area that names it, "" for a pot of its own;
    `pot_pence` is then what the area puts in.
    """

    name: str
    pot_pence: int
    start_up_pence: int = 0
    committed_pence: int = 0
    shared_pot: str = ""

    @property
    def to_award_pence(self) -> int:
        """Return the pot less what was committed before, below nothing where that was more."""
        return self.pot_pence - self.committed_pence


class Application(Struct, frozen=True, gc=False):
    """What the sums need of one application; amounts in pence, None where not known.

    `area` is None when none was given. `received_at` has no zone; a date alone is 00:00. Applications
    with the same `one_with` come from one organisation by the office's own word, "" where it said nothing.
    """

    reference: str
    organisation: str
    area: str | None
    requested_pence: int
    project: str = ""
    minimum_pence: int | None = None
    total_cost_pence: int | None = None
    beneficiaries: int | None = None
    received_at: datetime | None = None
    eligibility: Eligibility = Eligibility.YES
    eligibility_reason: str = ""
    withdrawn: bool = False
    charity_number: str = ""
    company_number: str = ""
    one_with: str = ""


def is_in_the_running(eligibility: Eligibility, *, is_withdrawn: bool) -> bool:
    """Whether an application is marked and discussed: it was not withdrawn, and no gate failed."""
    return not is_withdrawn and eligibility is not Eligibility.NO


AFTER_MEETING = "handed in after the meeting had begun"
"""Why a sheet that was not handed in before its area came to its meeting counts as reopened."""


class Sheet(Struct, frozen=True, gc=False):
    """One member's marks for one application, in the order of `Scheme.judged`; None is no mark.

    `reopened` is why it was opened again after others' marks could be seen, "" if never; `first` are the
    marks that it was first handed in with then. One first handed in `AFTER_MEETING` says so first.
    """

    member: str
    application: str
    marks: tuple[int | None, ...]
    submitted: bool
    reopened: str = ""
    first: tuple[int | None, ...] = ()


class Interest(Struct, frozen=True, gc=False):
    """What a member declared; `application` is None for a declaration of none at all."""

    member: str
    application: str | None
    kind: InterestKind


class AgreedMarks(Struct, frozen=True, gc=False):
    """The panel's agreed marks for one application, in the order of `Scheme.judged`."""

    application: str
    marks: tuple[int | None, ...]


class NotApplicable(Struct, frozen=True, gc=False):
    """A criterion that the chair set aside for one application."""

    application: str
    criterion: str


IN_PLACE = "the member named in the chair’s place"
"""Who rules where the chair has an interest."""


class ChairDecision(Struct, frozen=True, gc=False):
    """A tie decision (`place` among the tied, 1 first) or an exception to a floor (`place` None), and why.

    It is `in_place` where a member whom the others named ruled, since the chair has an interest.
    """

    application: str
    kind: ChairDecisionKind
    place: int | None = None
    reason: str = ""
    in_place: bool = False

    @property
    def by(self) -> str:
        """Return whose word it is: "the chair"."""
        return IN_PLACE if self.in_place else "the chair"


class AsDecided(Struct, frozen=True):
    """What the rule proposed for an application as it was signed or decided, and why; nothing changes it.

    `application` is what the sums had of it, `pot` the money of its area, None without an area and before the
    decision. Who may not read how its marks came about has no `steps`.
    """

    application: Application
    standing: Standing
    pot: PotUse | None
    steps: tuple[Step, ...] = ()


class Round(Struct, frozen=True):
    """All that a round's ranking is worked from.

    A ranking and an explanation give what was `decided` already as it was then.
    """

    fund: str
    name: str
    scheme: Scheme
    areas: tuple[Area, ...]
    applications: tuple[Application, ...]
    sheets: tuple[Sheet, ...] = ()
    interests: tuple[Interest, ...] = ()
    agreed: tuple[AgreedMarks, ...] = ()
    not_applicable: tuple[NotApplicable, ...] = ()
    chair_decisions: tuple[ChairDecision, ...] = ()
    decided: tuple[AsDecided, ...] = ()

    @property
    def as_decided(self) -> dict[str, AsDecided]:
        """Return what was decided, by reference."""
        return {one.standing.reference: one for one in self.decided}

    @property
    def barred(self) -> frozenset[tuple[str, str | None]]:
        """Return for which applications a member's sheet does not count, as (member, application)."""
        return frozenset((i.member, i.application) for i in self.interests if i.kind is not InterestKind.NONE)

    @property
    def excepted(self) -> frozenset[str]:
        """Return the applications that the chair let in below a minimum."""
        kind = ChairDecisionKind.EXCEPTION
        return frozenset(one.application for one in self.chair_decisions if one.kind is kind)

    @property
    def tie_places(self) -> dict[str, int]:
        """Return the place that the chair gave each of several equals among them, 1 first."""
        ties = (one for one in self.chair_decisions if one.kind is ChairDecisionKind.TIE)
        return {one.application: one.place for one in ties if one.place is not None}
