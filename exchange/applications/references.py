"""Give references, and tell an application that is already here from a new one."""

import re
from collections import Counter
from collections.abc import Iterable

from models.values.rows import ApplicationRow
from scoring.written.names import spelling_key

Sameness = tuple[str, str, int]
"""What two applications without references have in common when they are the same."""
WIDTH = 4
"""So many digits a number has where none is in use yet."""


def width_in_use(fund_code: str, used: Iterable[str]) -> int:
    """Return how many digits the fund's numbers mostly have: 3 beside "ACF-001"."""
    number = re.compile(rf"{re.escape(fund_code)}-(\d+)", re.IGNORECASE)
    found = [match for match in map(number.fullmatch, used) if match]
    widths = Counter(len(match.group(1)) for match in found)
    return max(widths, key=lambda width: (widths[width], width), default=WIDTH)


class Known:
    """The applications already in the round and those taken from the file so far."""

    def __init__(self, existing: Iterable[ApplicationRow]) -> None:
        self._organisations: dict[str, str] = {}
        self._alike: dict[Sameness, str] = {}
        self._not_compared: list[ApplicationRow] = []
        for application in existing:
            self.add(application)

    def add(self, application: ApplicationRow) -> None:
        """Remember an application."""
        self._organisations.setdefault(spelling_key(application.reference), application.organisation)
        self._not_compared.append(application)

    def holder(self, reference: str) -> str | None:
        """Return the organisation that has a reference, or None when it is free."""
        return self._organisations.get(spelling_key(reference))

    def alike(self, same: Sameness) -> str | None:
        """Return the reference of one of the same organisation, project and amount, or None."""
        for known in self._not_compared:
            key = sameness(known.organisation, known.project, known.requested_pence)
            self._alike.setdefault(key, known.reference)
        self._not_compared.clear()
        return self._alike.get(same)


class References:
    """Gives out the fund's next free numbers, "ACF-0001", passing over those already used."""

    def __init__(self, fund_code: str, used: Iterable[str], width: int = WIDTH) -> None:
        self._fund_code, self._width = fund_code, width
        self._used = {spelling_key(reference) for reference in used}
        self._number = 0

    def give(self) -> str:
        """Return the next free reference."""
        while True:
            self._number += 1
            reference = f"{self._fund_code}-{self._number:0{self._width}}"
            if spelling_key(reference) not in self._used:
                return reference


def sameness(organisation: str, project: str, requested_pence: int) -> Sameness:
    """Return by what an application without a reference is known, whatever its case and spaces."""
    return spelling_key(organisation), spelling_key(project), requested_pence
