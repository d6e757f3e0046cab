"""Which lists tell of an application: its own, and those that a cap of one organisation ties to it.

What an organisation is offered in one list leaves less under its cap in another, and more there for those
after it. Whoever knows the second list so knows of the first, and of each that is tied to either.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct, field

from models.values.rows import RoundRows, scored_round
from scoring.allocating.allocation import list_of
from scoring.allocating.organisations import same_organisations
from scoring.round import is_in_the_running


class Ties(Struct, frozen=True):
    """What ties the places and the money of a round's applications to one another.

    `lists` has by area the first area of its list, and `on` by reference that of what is in the running.
    `capped` has the first application of its organisation, where that has several under a cap.
    """

    lists: Mapping[str | None, str | None] = field(default_factory=dict)
    on: Mapping[str, str] = field(default_factory=dict)
    capped: Mapping[str, str] = field(default_factory=dict)

    def telling(self, references: Collection[str]) -> dict[str, frozenset[str]]:
        """Return the lists that tell of some of these applications, each by its first area, with those."""
        found: dict[str, set[str]] = {}
        for one in references:
            for at in self._tied(self.on[one]) if one in self.on else ():
                found.setdefault(at, set()).add(one)
        return {at: frozenset(told) for at, told in found.items()}

    def told_of(self, area: str | None, references: Collection[str]) -> frozenset[str]:
        """Return those of some applications of which the list of an area tells."""
        return self.telling(references).get(self.lists.get(area) or "", frozenset())

    def areas_telling(self, references: Collection[str]) -> frozenset[str]:
        """Return the areas whose list tells of one of these applications."""
        lists = self.telling(references)
        return frozenset(area for area, at in self.lists.items() if area is not None and at in lists)

    def alike(self, references: Collection[str]) -> frozenset[str]:
        """Return the applications whose organisation shares a cap with one of these, and these."""
        owners = {self.capped[one] for one in references if one in self.capped}
        return frozenset(one for one, of in self.capped.items() if of in owners).union(references)

    def _tied(self, at: str) -> frozenset[str]:
        """Return the lists that caps tie to one, and it."""
        found, new = {at}, {at}
        while new:
            here = [one for one, own in self.on.items() if own in new]
            new = {self.on[one] for one in self.alike(here)} - found
            found |= new
        return frozenset(found)


NO_TIES = Ties()


def ties(rows: RoundRows) -> Ties:
    """Return what ties the applications of a round that are in the running."""
    lists = list_of(rows.areas)
    running = (
        row for row in rows.applications if is_in_the_running(row.eligibility, is_withdrawn=row.withdrawn)
    )
    on = {row.reference: at for row in running if (at := lists.get(row.area)) is not None}
    return Ties(lists, on, dict(_capped(rows, on)))


def _capped(rows: RoundRows, running: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the applications whose organisation has several under a cap, with its first."""
    if not rows.scheme.cap_per_organisation_pence:
        return
    same = same_organisations(scored_round(rows).applications)
    several = Counter(same[one] for one in running)
    yield from ((one, same[one]) for one in running if several[same[one]] > 1)
