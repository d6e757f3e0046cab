"""Give references, and tell an application that is already here from a new one."""

from collections.abc import Iterable

from models.rows import ApplicationRow

_Sameness = tuple[str, str, int]


class Known:
    """The applications already in the round and those taken from the file so far."""

    def __init__(self, existing: Iterable[ApplicationRow]) -> None:
        self._organisations: dict[str, str] = {}
        self._alike: dict[_Sameness, str] = {}
        for application in existing:
            self.add(application)

    def add(self, application: ApplicationRow) -> None:
        """Remember an application."""
        self._organisations.setdefault(_plain(application.reference), application.organisation)
        self._alike.setdefault(_sameness(application), application.reference)

    def holder(self, reference: str) -> str | None:
        """Return the organisation that has a reference, or None when it is free."""
        return self._organisations.get(_plain(reference))

    def alike(self, application: ApplicationRow) -> str | None:
        """Return the reference of one of the same organisation, project and amount, or None."""
        return self._alike.get(_sameness(application))


class References:
    """Gives out the fund's next free numbers, "ACF-0001", passing over those already used."""

    def __init__(self, fund_code: str, used: Iterable[str]) -> None:
        self._fund_code = fund_code
        self._used = {_plain(reference) for reference in used}
        self._number = 0

    def give(self) -> str:
        """Return the next free reference."""
        while True:
            self._number += 1
            reference = f"{self._fund_code}-{self._number:04}"
            if _plain(reference) not in self._used:
                return reference


def same_name(one: str, other: str) -> bool:
    """Say whether two names are the same but for case and spaces."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _sameness(application: ApplicationRow) -> _Sameness:
    return _plain(application.organisation), _plain(application.project), application.requested_pence
