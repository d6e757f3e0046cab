"""What a record holds on one organisation, or on one person, as values."""

from msgspec import Struct

from models.papers.order import Texts
from scoring.written.area_label import AREA, AreaLabel

Said = str | int | None


class HeldTable(Struct, frozen=True):
    """What one table holds, with its columns in words."""

    name: str
    columns: Texts
    rows: tuple[tuple[Said, ...], ...]


class HeldOn(Struct, frozen=True):
    """Who it is held on, by name, and what every table holds; `note` says what is not there.

    `applications` are an organisation's own (a round's number, a reference), () of a person. `area_label` is
    what the office that holds it calls an area.
    """

    name: str
    applications: tuple[tuple[int, str], ...]
    tables: tuple[HeldTable, ...]
    note: str = ""
    area_label: AreaLabel = AREA
