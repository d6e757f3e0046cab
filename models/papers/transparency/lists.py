"""The lists that an office publishes: awards, contracts, spending, and subsidies given."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from models.papers.order import Paper, Texts
from models.papers.paper_words import Sentences
from models.values.direct_award import extending
from scoring.money import pounds, short_pounds
from scoring.written.text import counted, listed

_SAID = Sentences("given")


class Published(Struct, frozen=True, kw_only=True):
    """What each list tells: an award by its reference, who has it, and what for, in pence.

    `numbers` are charity and company numbers. Of a recipient whose name is withheld from the public it says
    the ground in the name's place.
    """

    award: str
    recipient: str
    numbers: str
    fund: str
    purpose: str
    amount_pence: int


class PublishedDecision(Published, frozen=True, kw_only=True):
    """The same of an award by its decision, and its project."""

    project: str
    decided_on: date
    notice: str


class PublishedAward(PublishedDecision, frozen=True, kw_only=True):
    """One award; nothing personal, no score, no account.

    It is as it stands. `first_pence` is what was decided where that differs, and `amended` what became of it.
    `counted_under` names the lines of the fund's lists that it has, each after its list; `decided_by` who
    decided, with the post.
    """

    year: str
    reasons: str
    conditions: Texts
    start_on: date | None
    end_on: date | None
    area: str
    first_pence: int | None = None
    amended: str = ""
    counted_under: str = ""
    decided_by: str = ""


class SpanList(Paper, frozen=True, kw_only=True):
    """What was in a `span`, in words, that `ends_on` a day, of one fund or ("") of all.

    What is above `over_pence` alone is in a list whose title says so; `words` are those before the span.
    """

    words: ClassVar[str]
    span: str
    fund: str
    ends_on: date
    over_pence: int = 0

    @property
    def title(self) -> str:
        """Return the title as printed."""
        of = f", {self.fund}" if self.fund else ""
        return f"{self.words.format(short_pounds(self.over_pence))} {self.span}{of}"


class PublicationList(SpanList, frozen=True):
    """Awards by the day of their decision; a time without awards is a list without lines.

    It is not issued while an award is `silent`: its reasons must be published. `gone` are sentences on what
    was awarded in the time and has no award any more.
    """

    words = "Grants awarded in"
    awards: tuple[PublishedAward, ...]
    gone: Texts = ()

    @property
    def silent(self) -> Texts:
        """Return the awards that give no reason why they reduce crime or help victims, by reference."""
        return tuple(award.award for award in self.awards if not award.reasons.strip())

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        total = pounds(sum(award.amount_pence for award in self.awards))
        return f"{counted(len(self.awards), 'award')}, {total}"


class Contract(PublishedDecision, frozen=True, kw_only=True):
    """One contract as it stands; `changed` says what it was, "" where nothing changed it.

    `decided_by` is who decided, with the post. `extends` is the reference of the award that it extends, ""
    for none; `counts_with` are those of one contract with it, which come to `whole_pence` together.
    """

    route: str
    route_reason: str
    starts_on: date | None
    ends_on: date | None
    option_years: int
    break_on: date | None
    agreed_on: date | None
    changed: str
    decided_by: str = ""
    extends: str = ""
    counts_with: Texts = ()
    whole_pence: int = 0

    @property
    def route_words(self) -> str:
        """Return how it was awarded, with what it extends and what it comes to together with that."""
        route = extending(self.route, self.extends)
        if not self.counts_with:
            return route
        return f"{route}. With {listed(self.counts_with)} {pounds(self.whole_pence)} together"


class ContractList(SpanList, frozen=True):
    """Contracts by the day of their decision; `gone` is what was decided in the time and taken back since."""

    words = "Contracts over {} awarded in"
    contracts: tuple[Contract, ...]
    gone: Texts = ()

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        total = sum(line.amount_pence for line in self.contracts)
        return f"{counted(len(self.contracts), 'contract')}, {pounds(total)}"


class Spent(Published, frozen=True, kw_only=True):
    """One payment, below nothing where money came back; `route` says how the award came about."""

    on: date
    what: str
    area: str
    reasons: str
    route: str


class SpendingList(SpanList, frozen=True):
    """Payments by day, then award; what came back is counted apart from them.

    `below_pence` is what came back in sums that are not above the limit, and so stand on no line.
    """

    words = "Spending over {} in"
    payments: tuple[Spent, ...]
    below_pence: int = 0

    @property
    def came_back(self) -> str:
        """Return in a sentence what came back and is not listed, "" where nothing did."""
        return _SAID.came_back(self)

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        back = sum(line.amount_pence < 0 for line in self.payments)
        return _SAID.spending(self, len(self.payments) - back, back)


class PublishedSubsidy(PublishedDecision, frozen=True, kw_only=True):
    """An award that goes into the database, with the days of its decision and of its confirmation.

    `kind` is the code of what it is under subsidy control.
    """

    kind: str
    confirmed_on: date | None
    legal_power: str = ""


class SubsidyList(SpanList, frozen=True):
    """Subsidies above the threshold of their day, which is the limit today."""

    words = "Subsidies over {} for the transparency database, decided in"
    subsidies: tuple[PublishedSubsidy, ...]

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        total = sum(line.amount_pence for line in self.subsidies)
        return f"{counted(len(self.subsidies), 'subsidy', 'subsidies')}, {pounds(total)}"
