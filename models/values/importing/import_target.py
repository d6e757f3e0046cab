"""What an import is held against: the round that applications go into, and who applied before."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from models.reference.fund_defaults import FundDefaults, UsualArea
from models.values.importing.matchings import Remembered
from models.values.in_time import Closing
from models.values.round_line import RoundLine
from models.values.rows import ApplicationRow
from scoring.allocating.organisations import Identity, group
from scoring.written.names import text_key

Alias = tuple[str, str, str]
"""A name without case and extra spaces, a charity number and a company number; "" for none."""


class KnownOrganisation(Struct, frozen=True):
    """An organisation that applied before, by all its names and numbers, and what it had in other rounds.

    `year_pence` is of this fund and year: recommended in other rounds, asked in this one. `names` are without
    case and extra spaces, `spelt` as applicants wrote them; `aliases` are the names with the numbers that
    came with each.
    """

    names: tuple[str, ...]
    aliases: tuple[Alias, ...]
    applications: int
    funded_pence: int
    year_pence: int
    spelt: tuple[str, ...] = ()


class ImportTarget(Struct, frozen=True):
    """The round that applications go into, and everything to hold them against.

    `existing` has corrections in force, `submitted` is as the applicants sent it.
    `postcodes` are how those of the fund's area begin, () where the fund says nothing.
    `rules` has the lists of which lines are suggested. Where the round `sums_total_cost`, a criterion is
    worked out from it.
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
    sums_total_cost: bool = False

    @property
    def since(self) -> date | None:
        """Return from when on projects of the round may begin: its first closing date, else its year."""
        closes = [one.closes_on for one in self.dates.values() if one.closes_on is not None]
        year = self.line.year[:4]
        return min(closes, default=date(int(year), 4, 1) if year.isdecimal() else None)

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

    def applicants(self, rows: Sequence[ApplicationRow]) -> tuple["Applicant", ...]:
        """Return for each row who applies, all rows and all that is known taken together."""
        known = [(of, alias) for of in self.organisations for alias in of.aliases]
        words = {id(of): str(number) for number, of in enumerate(self.organisations)}
        identities = [Identity(words[id(of)], *alias[1:], alias[0]) for of, alias in known]
        exact = {alias: words[id(of)] for of, alias in known}
        named = [(text_key(row.organisation), row.charity_number, row.company_number) for row in rows]
        identities += [Identity(exact.get(alias, ""), *alias[1:], alias[0]) for alias in named]
        found = group(tuple(identities))
        return tuple(
            Applicant(
                found.first[number],
                known[found.first[number]][0] if found.first[number] < len(known) else None,
                number in found.unsettled,
            )
            for number in range(len(known), len(identities))
        )


class Applicant(Struct, frozen=True):
    """Who applies by a row: rows of one organisation have one `number`.

    `known` is None for one that is new; an `is_unsettled` one could be any of several by its name.
    """

    number: int
    known: KnownOrganisation | None
    is_unsettled: bool
