"""The twelve steps of the tour: where each stands in the sample, what it points at, and what it says."""

from msgspec import Struct, json

import resources
from models.role import Role


class TourStep(Struct, frozen=True):
    """One step: the page, who looks at it, in which area, and the control by how its words begin.

    `way` leads to the control where the page has room for one half alone, and that is the other.
    """

    page: str
    role: Role
    control: str
    words: str
    area: str | None = None
    way: str = ""


STEPS = json.decode(resources.text("window/tour.json"), type=tuple[TourStep, ...])
