"""What a record holds on one organisation, as values."""

from dataclasses import dataclass

Said = str | int | None


@dataclass(frozen=True, slots=True)
class HeldTable:
    """What one table holds, with its columns in words."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]


@dataclass(frozen=True, slots=True)
class HeldOn:
    """An organisation, its applications (a round's number, a reference), and what every table holds of it."""

    name: str
    applications: tuple[tuple[int, str], ...]
    tables: tuple[HeldTable, ...]
