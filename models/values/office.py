"""The office as it is on one day: what its papers and pages call it."""

from datetime import date

from msgspec import Struct

from models.reference.organisation_defaults import read_area_codes
from models.values.office_keys import signatory_key
from scoring.written.amounts import read_money
from scoring.written.area_label import AreaLabel
from scoring.written.days import read_moment

FROM_THE_START = date.min
"""The day of a fact that was entered first, and so holds for every earlier paper too."""

NO_NAME = "The office has no name yet"
NAME_IT = f"{NO_NAME}. Enter it on the page Office, or with the command office."

USUAL = {
    "acknowledge_days": "5",
    "answer_days": "20",
    "spending_over": "£500.00",
    "contracts_over": "£10,000.00",
}
"""The rules of an office that entered none; the limits are those of the Specified Information Order 2011."""


class OfficeFact(Struct, frozen=True):
    """One fact and the day from which it holds; a `value` of "" says that there is none from then on."""

    key: str
    value: str
    from_on: date


class Office(Struct, frozen=True):
    """What is known of an office on a day, by key; of its logo, the SHA-256 of the picture."""

    facts: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str:
        """Return a fact, "" where it is not known."""
        return dict(self.facts).get(key, "")

    @property
    def name(self) -> str:
        """Return its legal name, "" while it has none."""
        return self.get("name")

    @property
    def area_label(self) -> AreaLabel:
        """Return its word for an area; "Area" where it has none of its own."""
        return AreaLabel(self.get("area_label") or "Area", self.get("area_label_plural"))

    @property
    def area_codes(self) -> dict[str, str]:
        """Return the statistics office's code of each area that has one, by its name without case."""
        return {key: code for key, (_, code) in read_area_codes(self.get("area_codes")).items()}

    @property
    def postcode_areas(self) -> tuple[str, ...]:
        """Return the letters that postcodes of its force begin with."""
        return tuple(part for part in self.get("postcode_areas").split(", ") if part)

    @property
    def closed_days(self) -> tuple[date, ...]:
        """Return its own days on which it is closed, beside bank holidays."""
        return tuple(read_moment(part).at.date() for part in self.get("closed_days").split(", ") if part)

    @property
    def challenge_days(self) -> tuple[int, int]:
        """Return in how many working days it acknowledges a challenge, and answers one."""
        return self.working_days("acknowledge_days"), self.working_days("answer_days")

    @property
    def agreement_days(self) -> int | None:
        """Return in how many working days an agreement follows its offer, None where it does not say."""
        said = self.get("agreement_days")
        return int(said) if said else None

    def working_days(self, key: str) -> int:
        """Return a number of working days that it gave itself, else the usual one."""
        return int(self.get(key) or USUAL[key])

    def limit_pence(self, key: str) -> int:
        """Return an amount from which on it publishes something, in pence, else the usual one."""
        pence = read_money(self.get(key) or USUAL[key])
        assert pence is not None, "a limit that is kept is an amount"
        return pence

    def signatory(self, paper: str) -> str:
        """Return who signs a kind of paper, as "Name, post", "" where nobody is named."""
        return self.get(signatory_key(paper))
