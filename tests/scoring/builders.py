"""Short ways to make schemes, applications and rounds for tests of the sums."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from scoring.round import AgreedMarks, Application, Area, Round, Sheet
from scoring.scheme import Combine, Criterion, Method, Scheme, Side

PUBLISHED = (("A1", 25), ("A2", 15), ("A3", 15), ("A4", 15), ("A5", 10), ("A6", 15), ("A7", 5))


def criterion(code: str, weight: int, side: str = "quality", **more: Any) -> Criterion:
    """Return a judged criterion with a whole weight."""
    return Criterion(code, f"Title {code}", Side(side), weight * 10_000, **more)


def published(**more: Any) -> Scheme:
    """Return the 80:20 scheme of the worked example: A1 to A5 quality, A6 and A7 cost."""
    criteria = tuple(criterion(c, w, "cost" if c in ("A6", "A7") else "quality") for c, w in PUBLISHED)
    return Scheme(criteria, **{"combine": Combine.MEAN} | more)


def one_question(**more: Any) -> Scheme:
    """Return a scheme of one quality criterion out of 100, so that a mark is the total."""
    settings = {"scale_maximum": 100, "combine": Combine.MEAN}
    return Scheme((criterion("Q", 100),), **settings | more)


def application(reference: str, pounds: int | str = 1000, area: str = "Coventry", **more: Any) -> Application:
    """Return an eligible application that asks for a sum in pounds."""
    pence = int(Decimal(pounds) * 100)
    return Application(reference, more.pop("organisation", f"Group {reference}"), area, pence, **more)


def sheet(reference: str, *marks: int | None, member: str = "M1", submitted: bool = True) -> Sheet:
    """Return a member's sheet, handed in unless it is said otherwise."""
    return Sheet(member, reference, marks, submitted)


def simple_round(
    totals: Mapping[str, int], pot: int = 10_000, asks: Mapping[str, int | str] | None = None, **more: Any
) -> Round:
    """Return a round of one area in which each application's total is given."""
    scheme = more.pop("scheme", None) or one_question()
    applications = more.pop("applications", None) or tuple(
        application(reference, (asks or {}).get(reference, 1000)) for reference in totals
    )
    return Round(
        fund="Active Citizens Fund",
        name="Autumn",
        scheme=scheme,
        areas=more.pop("areas", (Area("Coventry", pot * 100),)),
        applications=applications,
        sheets=tuple(sheet(reference, total) for reference, total in totals.items()),
        **more,
    )


def agreed(reference: str, *marks: int | None) -> AgreedMarks:
    """Return the panel's agreed marks for one application."""
    return AgreedMarks(reference, marks)


def cost_round(method: str, names: str, **more: Any) -> Round:
    """Return the applications of the published cost examples (70:30), by their letters."""
    facts = {"A": (80, 5000), "B": (75, 4300), "C": (20, 1000), "D": (20, 20000)}
    criteria = (criterion("Q", 70), criterion("C", 30, "cost", method=Method(method), **more))
    scheme = Scheme(criteria, scale_maximum=100, combine=Combine.MEAN)
    return simple_round(
        {name: facts[name][0] for name in names},
        scheme=scheme,
        asks={name: facts[name][1] for name in names},
    )


def places_of(standings: Sequence[Any]) -> dict[str, str]:
    """Return printed places by reference: "1", "=2"."""
    return {s.reference: f"{'=' if s.tied else ''}{s.place}" for s in standings if s.place}
