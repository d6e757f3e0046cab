"""Rounds made to be nasty: ties everywhere, gaps, caps, odd weights, one side, no money."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from scoring.round import (
    AgreedMarks,
    Application,
    Area,
    ChairDecision,
    ChairDecisionKind,
    Eligibility,
    Interest,
    InterestKind,
    NotApplicable,
    Round,
    Sheet,
)
from scoring.scheme import Allocation, Band, Basis, Combine, Criterion, Method, RankedBy, Scheme, Side

AREAS = ("Coventry", "Walsall", "Dudley")
NAMES = ("Elm Group", " ELM  group", "Oak Club", "Oak club", "Ash Trust")
CHARITIES = ("", "", "1000001", "1000002")
COMPANIES = ("", "", "00000007", "00000008")
POUNDS = (0, 1, 100, 250, 300, 499, 500, 501, 750, 1000, 2000)


@lru_cache(typed=True)
def among(*values: Any) -> st.SearchStrategy[Any]:
    """Return one of some values; each choice is looked through once, not at every draw."""
    return st.sampled_from(values)


@lru_cache(typed=True)
def often(common: Any, *rare: Any, usual: int = 2) -> st.SearchStrategy[Any]:
    """Return a value that is usually the common one; `usual` says how much."""
    return st.sampled_from([common] * max(3, len(rare) * usual) + list(rare))


@st.composite
def weights(draw: st.DrawFn) -> list[int]:
    """Return one to five weights in ten-thousandths that sum to a hundred, often all alike."""
    if draw(st.booleans()):
        alike = draw(among(2, 4, 5))
        return [1_000_000 // alike] * alike
    count = draw(st.integers(1, 5))
    step = draw(among(50_000, 25_000, 1))
    cuts = draw(st.lists(st.integers(1, 1_000_000 // step - 1), min_size=count - 1, max_size=count - 1))
    edges = sorted({0, 1_000_000, *(cut * step for cut in cuts)})
    return [high - low for low, high in pairwise(edges)]


@st.composite
def computed(draw: st.DrawFn) -> dict[str, Any]:
    """Return how a computed criterion is worked."""
    method = draw(among(*(m for m in Method if m is not Method.JUDGED)))
    more: dict[str, Any] = {"method": method, "basis": draw(among(*Basis))}
    if method is Method.LINEAR:
        low = draw(among("0", "5", "99.5"))
        more |= {"low": Decimal(low), "high": Decimal(low) + draw(among(1, 50, 1000))}
    if method is Method.BANDS:
        bounds = sorted(draw(st.sets(st.sampled_from([5, 50, 100, 250, 500, 1000]), min_size=1)))
        scores = draw(st.permutations(["100", "60", "33.33", "20", "0", "7.5"]))[: len(bounds)]
        if "100" not in scores:
            scores = ["100", *scores[1:]]
        more["bands"] = tuple(Band(Decimal(b), Decimal(s)) for b, s in zip(bounds, scores, strict=True))
    return more


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Return a scheme that may be published."""
    maximum = draw(among(1, 2, 3, 5, 7))
    criteria = []
    for number, weight in enumerate(draw(weights()), start=1):
        side = draw(among(Side.QUALITY, Side.QUALITY, Side.COST))
        plain = side is Side.QUALITY or draw(st.booleans())
        more = {} if plain else draw(computed())
        floor = draw(often(None, Decimal(1), Decimal("0.5"), Decimal(maximum), usual=4))
        criteria.append(Criterion(f"A{number}", f"Question {number}", side, weight, floor=floor, **more))
    scheme = Scheme(
        tuple(criteria),
        scale_maximum=maximum,
        combine=draw(among(*Combine)),
        quorum=draw(often(1, 2, 3)),
        allocation=draw(among(*Allocation)),
        tolerance_percent=draw(often(Decimal(0), Decimal(10), Decimal("0.37"))),
        tolerance_authority="The board",
        cap_per_award_pence=draw(often(None, 40_000, 25_001)),
        cap_per_organisation_pence=draw(among(None, None, 50_000, 60_000, 75_050)),
        minimum_total=draw(often(None, Decimal(60), Decimal("33.33"))),
        minimum_quality=draw(often(None, Decimal("0.01"), Decimal(50), usual=1)),
        not_applicable_allowed=draw(st.booleans()),
    )
    return draw(with_order(scheme))


@st.composite
def with_order(draw: st.DrawFn, scheme: Scheme) -> Scheme:
    """Return the scheme with tie-breaks and a ranking basis that it may have."""
    rules = ["requested", "received", "chair", *(f"criterion:{c.code}" for c in scheme.criteria)]
    rules += [side.value for side in Side if any(c.side is side for c in scheme.criteria)]
    tie_breaks = draw(st.lists(among(*rules), unique=True, max_size=4))
    scheme = replace(scheme, ladder=tuple(tie_breaks))
    if scheme.quality_1e4 and (scheme.minimum_quality or 0) > 0 and draw(st.booleans()):
        return replace(scheme, ranked_by=RankedBy.PRICE_PER_QUALITY_POINT)
    return scheme


@st.composite
def applications(draw: st.DrawFn, reference: str, areas: tuple[str, ...], messy: bool) -> Application:
    """Return one application; a messy round has some that are never ranked."""
    cost = draw(often(2000, None, *POUNDS[2:], usual=1))
    return Application(
        reference,
        draw(among(*NAMES)),
        draw(often(areas[0], *areas[1:], *[None] * messy)),
        draw(among(*POUNDS[1:])) * 100 + draw(often(0, 1, 50)),
        minimum_pence=draw(among(None, 10_000, 25_000, 50_000, 200_000)),
        total_cost_pence=None if cost is None else cost * 100,
        beneficiaries=draw(often(5, None, 0, 1, 3, 7, 10, usual=1)),
        received_at=draw(among(None, datetime(2026, 9, 1), datetime(2026, 9, 1, 0, 1))),
        eligibility=draw(often(Eligibility.YES, *Eligibility)) if messy else Eligibility.YES,
        withdrawn=draw(often(False, True, usual=8)) and messy,
        charity_number=draw(among(*CHARITIES)),
        company_number=draw(among(*COMPANIES)),
    )


@st.composite
def marks(draw: st.DrawFn, scheme: Scheme, messy: bool) -> tuple[int | None, ...]:
    """Return a row of marks, most often a shuffled few; a messy one may have a gap."""
    top = scheme.scale_maximum
    if draw(often(True, False)):
        few = [top, *[top // 2] * len(scheme.judged)][: len(scheme.judged)]
        return tuple(draw(st.permutations(few)))
    gaps = [None] * (messy and draw(st.booleans()))
    return tuple(draw(often(top, 0, top // 2, top - 1, *gaps, usual=1)) for _ in scheme.judged)


@st.composite
def evidence(draw: st.DrawFn, scheme: Scheme, reference: str, messy: bool) -> dict[str, list[Any]]:
    """Return the sheets, interests, agreed marks and chair's decisions on one application."""
    found: dict[str, list[Any]] = {"sheets": [], "interests": [], "agreed": [], "aside": [], "chair": []}
    trimmed = scheme.combine is Combine.TRIMMED
    for number in range(1, draw(often(5, 6) if trimmed else often(3, 0, 1, 2, 4, 6)) + 1):
        handed_in = not messy or draw(often(True, False))
        found["sheets"].append(Sheet(f"M{number}", reference, draw(marks(scheme, messy)), handed_in))
        if messy and draw(often(False, True)):
            kind = draw(among(*InterestKind))
            found["interests"].append(Interest(f"M{number}", reference, kind))
    if not messy or draw(often(True, False)):
        found["agreed"].append(AgreedMarks(reference, draw(marks(scheme, messy))))
    if scheme.not_applicable_allowed:
        codes = among(*(c.code for c in scheme.criteria))
        aside = draw(st.lists(codes, max_size=draw(often(0, 1, 2)), unique=True))
        found["aside"] = [NotApplicable(reference, code) for code in aside]
    if draw(st.booleans()):
        found["chair"].append(ChairDecision(reference, ChairDecisionKind.TIE, draw(st.integers(1, 3))))
    if draw(often(False, True)):
        found["chair"].append(ChairDecision(reference, ChairDecisionKind.EXCEPTION))
    return found


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    """Return a whole round of up to three areas and nine applications."""
    scheme, messy = draw(schemes()), draw(st.booleans())
    names = AREAS[: draw(st.integers(1, 3))]
    areas = tuple(
        Area(name, draw(among(*POUNDS)) * 100, committed_pence=draw(often(0, 10_001, 300_000)))
        for name in names
    )
    references = [f"R-{number}" for number in draw(st.permutations(range(1, draw(st.integers(2, 10)))))]
    taken = [draw(applications(reference, names, messy)) for reference in references]
    found = [draw(evidence(scheme, reference, messy)) for reference in references]
    return Round(
        fund="Active Citizens Fund",
        name="Autumn",
        scheme=scheme,
        areas=areas,
        applications=tuple(taken),
        sheets=gathered(found, "sheets"),
        interests=(*gathered(found, "interests"), Interest("M1", None, InterestKind.NONE)),
        agreed=gathered(found, "agreed"),
        not_applicable=gathered(found, "aside"),
        chair_decisions=gathered(found, "chair"),
    )


def gathered(found: list[dict[str, list[Any]]], what: str) -> tuple[Any, ...]:
    """Return one kind of evidence on every application."""
    return tuple(value for one in found for value in one[what])


@st.composite
def contested_rounds(draw: st.DrawFn) -> Round:
    """Return a round whose pots and caps are a few pence, fought over by applications that tie."""
    scheme = Scheme(
        (Criterion("Q", "Question", Side.QUALITY, 1_000_000),),
        scale_maximum=4,
        combine=Combine.MEAN,
        ladder=draw(among((), ("requested",), ("chair", "received"))),
        allocation=draw(among(*Allocation)),
        tolerance_percent=draw(often(Decimal(0), Decimal("33.3"))),
        cap_per_award_pence=draw(among(None, None, 3, 5)),
        cap_per_organisation_pence=draw(among(None, 4, 6, 7)),
        minimum_total=draw(among(None, Decimal(40))),
    )
    areas = tuple(
        Area(name, draw(st.integers(0, 14)), committed_pence=draw(often(0, 2))) for name in AREAS[:2]
    )
    references = [f"R-{number}" for number in range(draw(st.integers(2, 7)))]
    places = [reference for reference in references if draw(often(True, False))]
    return Round(
        fund="Active Citizens Fund",
        name="Autumn",
        scheme=scheme,
        areas=areas,
        applications=tuple(draw(small_applications(reference)) for reference in references),
        sheets=tuple(Sheet("M1", r, (draw(among(1, 2, 2, 4)),), True) for r in references),
        chair_decisions=tuple(
            ChairDecision(r, ChairDecisionKind.TIE, draw(st.integers(1, 3))) for r in places[1:]
        ),
    )


@st.composite
def small_applications(draw: st.DrawFn, reference: str) -> Application:
    """Return an application for a few pence."""
    return Application(
        reference,
        draw(among(*NAMES)),
        draw(among(*AREAS[:2])),
        draw(st.integers(1, 7)),
        minimum_pence=draw(among(None, None, 1, 3, 5)),
        charity_number=draw(among(*CHARITIES)),
        company_number=draw(among(*COMPANIES)),
    )
