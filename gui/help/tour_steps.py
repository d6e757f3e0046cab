"""The twelve steps of the tour: where each stands in the sample, what it points at, and what it says."""

from msgspec import Struct

from models.role import Role


class TourStep(Struct, frozen=True):
    """One step: the page, who looks at it, in which area, and the control by how its words begin.

    `way` leads to the control where the page has room for one half alone, and that is the other.
    """

    page: str
    role: Role
    area: str | None
    control: str
    words: str
    way: str = ""


STEPS = (
    TourStep(
        "applications",
        Role.OFFICER,
        None,
        "Import",
        "The office imports what the form exported. Nothing is written before the last step.",
    ),
    TourStep(
        "applications",
        Role.OFFICER,
        None,
        "Pass gates",
        "Each application passes the checks before marking, fails one, or is let through with a reason.",
    ),
    TourStep(
        "criteria",
        Role.CHAIR,
        None,
        "Amend with a reason",
        "The criteria are published before anybody marks. Then only the chair changes them.",
    ),
    TourStep(
        "panel",
        Role.OFFICER,
        None,
        "Record a declaration",
        "Every member declares interests first, and stays out of what they have one in.",
    ),
    TourStep(
        "overview",
        Role.CHAIR,
        None,
        "Areas: ",
        "The chair moves areas on here. Each stage lists what it still waits for.",
    ),
    TourStep(
        "scoring",
        Role.MEMBER,
        "Coventry",
        "Grid view",
        "Members mark: a digit is the mark, Tab goes to its reason. The grid shows all sheets at once.",
    ),
    TourStep(
        "meeting",
        Role.CHAIR,
        "Wolverhampton",
        "Agree and next item",
        "In the meeting the marks stand side by side. The panel agrees one, item by item.",
        way="This item",
    ),
    TourStep(
        "ranking",
        Role.CHAIR,
        "Sandwell",
        "Explain",
        "The ranked list, with the budget line. Every score is explained, from the marks to the money.",
    ),
    TourStep(
        "ranking",
        Role.CHAIR,
        "Sandwell",
        "Record recommendations",
        "The rule proposes who is funded. Once the chair records it, the panel recommends it.",
    ),
    TourStep(
        "decisions",
        Role.CHAIR,
        "Dudley",
        "Sign recommendations",
        "The chair signs for the panel: pots, money over them and every exception are stated.",
    ),
    TourStep(
        "decisions",
        Role.DECIDER,
        "Birmingham East",
        "All as recommended",
        "The person who decides agrees, changes with a reason, or sends a line back.",
    ),
    TourStep(
        "exports",
        Role.OFFICER,
        "Walsall",
        "Issue a version",
        "The award schedule tells finance the result. An issued version proves what it said.",
    ),
)
