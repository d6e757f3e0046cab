"""What an import is held against: the round that applications go into, and who applied before."""

from collections.abc import Mapping

from msgspec import Struct, field

from models.reference.fund_defaults import FundDefaults, UsualArea
from models.values.importing.matchings import Remembered
from models.values.in_time import Closing
from models.values.round_line import RoundLine
from models.values.rows import ApplicationRow
from scoring.written.names import text_key


class KnownOrganisation(Struct, frozen=True):
    """An organisation that applied before, by all its names and numbers, and what it had in other rounds.

    `year_pence` is of this fund and year: recommended in other rounds, asked in this one. `names` are without
    case and extra spaces, `spelt` as applicants wrote them.
    """

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    applications: int
    funded_pence: int
    year_pence: int
    spelt: tuple[str, ...] = ()


class ImportTarget(Struct, frozen=True):
    """The round that applications go into, and everything to hold them against.

    `existing` has corrections in force, `submitted` is as the applicants sent it.
    `postcodes` are how those of the fund's area begin, () where the fund says nothing.
    `rules` has the lists of which lines are suggested.
    """

    line: RoundLine
    usual_areas: tuple[UsualArea, ...]
    existing: tuple[ApplicationRow, ...]
    remembered: Remembered
    cap_per_award_pence: int | None
    cap_per_organisation_pence: int | None
    organisations: tuple[KnownOrganisation, ...]
    submitted: tuple[ApplicationRow, ...] = ()
    dates: Mapping[str, Closing] = field(default_factory=dict)
    postcodes: tuple[str, ...] = ()
    rules: FundDefaults | None = None

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas that the round has already."""
        return tuple(area.name for area in self.line.areas)

    def added(self, areas: tuple[str, ...]) -> tuple[str, ...]:
        """Return the areas that an import would add to the round."""
        return tuple(area for area in areas if area not in self.areas)

    @property
    def known_areas(self) -> tuple[str, ...]:
        """Return the areas that it may have: its own, or where it has none the fund's usual ones."""
        return self.areas or tuple(area.name for area in self.usual_areas)

    @property
    def stages(self) -> Mapping[str, str]:
        """Return the stage of each area."""
        return {area.name: area.stage for area in self.line.areas}

    def organisation(self, row: ApplicationRow) -> KnownOrganisation | None:
        """Return the organisation that applies, if it applied before under this name or number."""
        numbers = {number for number in (row.charity_number, row.company_number) if number}
        name = text_key(row.organisation)
        for known in self.organisations:
            if not numbers.isdisjoint(known.numbers) or name in known.names:
                return known
        return None
