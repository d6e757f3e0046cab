"""An award without a competition as a value: who gets what, by which route, under what contract."""

from calendar import isleap
from datetime import date
from enum import StrEnum

from msgspec import Struct

from models.reference.clauses import Ending
from models.schema.personal import OwnText
from models.values.applications import Choice

DIRECT_ROUND = "Awards without a competition"
"""What the round is called that holds them."""


class Route(StrEnum):
    """How an award comes about where nobody competes for it."""

    COMMISSIONED = "commissioned-service"
    COUNCIL = "council-share"
    TENDER = "single-tender"
    EXTENSION = "extension"
    MANAGER = "third-party-manager"
    START_UP = "start-up"


ROUTE_WORDS = {
    Route.COMMISSIONED: "Commissioned service",
    Route.COUNCIL: "Council's share",
    Route.TENDER: "Single tender",
    Route.EXTENSION: "Extension",
    Route.MANAGER: "Third-party manager",
    Route.START_UP: "Start-up money",
}


CONTRACTS = frozenset({Route.COMMISSIONED, Route.TENDER, Route.EXTENSION})
"""The routes by which a service is bought rather than a grant given."""


BREAK_WORDS = {
    Ending.USUAL: "either side may end it then, with the notice in writing that its agreement asks for",
    Ending.OWN: "it may be ended then as its clause on ending says",
    Ending.NONE: "it may be ended then",
}
"""Who may end a contract on its break, and how: an office's own clause may let one side do so alone."""


class OnwardGrant(Struct, frozen=True):
    """What a third-party manager passes on of its award, in pence, to whom and for what."""

    recipient: str
    amount_pence: int
    purpose: str

    @property
    def passed(self) -> tuple[str, str, int]:
        """Return to whom, for what and how much."""
        return self.recipient, self.purpose, self.amount_pence


class DirectAward(Struct, frozen=True):
    """An award that is proposed without a competition.

    `area` is the area or service line whose money it takes, "" where the year has none. `reason` is why it
    reduces crime or helps victims, `route_reason` why nobody competed. `extends` is the reference of the
    award that it extends. The contract may run `option_years` longer than `ends_on`, and may be ended on
    `break_on`.
    """

    organisation: str
    amount_pence: int
    route: Route
    reason: str
    area: str = ""
    project: str = ""
    summary: OwnText = ""
    route_reason: str = ""
    extends: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    option_years: int = 0
    break_on: date | None = None
    charity_number: str = ""
    company_number: str = ""
    organisation_type: str = ""
    contact_name: OwnText = ""
    email: OwnText = ""
    address: OwnText = ""
    postcode: OwnText = ""
    choices: tuple[Choice, ...] = ()
    onward: tuple[OnwardGrant, ...] = ()

    @property
    def onward_pence(self) -> int:
        return sum(one.amount_pence for one in self.onward)

    @property
    def latest_end(self) -> date | None:
        """Return the last day that the contract may run to with all its option years, None without an end."""
        end = self.ends_on
        if end is None:
            return None
        year = end.year + self.option_years
        is_leap_day = (end.month, end.day) == (2, 29)
        return end.replace(year=year, day=28 if is_leap_day and not isleap(year) else end.day)


def uncompeted_words(verb: str, award: DirectAward) -> str:
    """Say by which route an award is proposed or was awarded; why could tell the public whose it is."""
    return f"{verb} without a competition, {ROUTE_WORDS[award.route].lower()}"


def extending(route: str, extends: str) -> str:
    """Return a route in words with the award that is extended, if any."""
    return f"{route} of {extends}" if extends else route
