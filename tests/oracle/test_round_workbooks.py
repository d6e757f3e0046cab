"""Round workbooks as officers keep them, ranked by the command and held to the published rules."""

import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cli.command import main
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
from tests.oracle.officers_hands import HANDS
from tests.oracle.officers_workbook import Book, book_of, save
from tests.oracle.published_money import Money, printed_order
from tests.oracle.published_rules import Verdict
from tests.oracle.rounds import rounds


def base_round() -> Round:
    """Two areas, four criteria with odd weights, a tie, a conflict, a draft, a cap and a floor."""
    criteria = (
        Criterion("A1", "Local need", Side.QUALITY, 333_333),
        Criterion("A2", "Delivery", Side.QUALITY, 291_667, floor=Decimal(2)),
        Criterion("A3", "Price", Side.COST, 125_000, Method.LOWEST, Basis.UNIT),
        Criterion("A4", "Value", Side.COST, 250_000),
    )
    scheme = Scheme(
        criteria,
        combine=Combine.MEAN,
        quorum=2,
        ladder=("criterion:A4", "quality", "received"),
        allocation=Allocation.PART,
        tolerance_percent=Decimal("2.5"),
        tolerance_authority="The board",
        cap_per_award_pence=450_000,
        cap_per_organisation_pence=500_000,
        minimum_total=Decimal(40),
        not_applicable_allowed=True,
    )
    day = datetime(2026, 9, 1)
    applications = (
        Application("1001", "Elm Group", "Coventry", 450_000, beneficiaries=30, received_at=day),
        Application("1002", "Oak Club", "Coventry", 123_410, beneficiaries=12, received_at=day),
        Application(
            "ACF-3", "Ash Trust", "Coventry", 30, beneficiaries=7, received_at=datetime(2026, 9, 1, 9, 30)
        ),
        Application("ACF-4", "elm  GROUP", "Walsall", 500_000, beneficiaries=40, charity_number="1000001"),
        Application("ACF-5", "Yew Choir", "Walsall", 90_099, minimum_pence=50_000, beneficiaries=3),
        Application("ACF-6", "Fir Band", "Walsall", 90_000, beneficiaries=3, withdrawn=True),
        Application("ACF-7", "Bay Arts", "Coventry", 90_000, eligibility=Eligibility.TO_CHECK),
        Application("ACF-8", "Box Hall", None, 90_000, beneficiaries=3, eligibility=Eligibility.WAIVED),
    )
    marks = {"1001": (4, 4, 4), "1002": (5, 3, 4), "ACF-3": (4, 3, 5), "ACF-4": (3, 1, 2), "ACF-5": (5, 5, 5)}
    sheets = [Sheet(f"M{n}", ref, row, True) for n in (1, 2, 3) for ref, row in marks.items()]
    sheets.append(Sheet("M1", "ACF-6", (1, None, 2), False))
    return Round(
        fund="Active Citizens Fund",
        name="Autumn",
        scheme=scheme,
        areas=(Area("Coventry", 550_000, committed_pence=1), Area("Walsall", 80_000)),
        applications=applications,
        sheets=tuple(sheets),
        interests=(
            Interest("M3", "1001", InterestKind.PECUNIARY),
            Interest("M2", "ACF-3", InterestKind.ABSTAINED),
            Interest("M1", None, InterestKind.NONE),
        ),
        not_applicable=(NotApplicable("ACF-4", "A3"),),
        chair_decisions=(ChairDecision("ACF-4", ChairDecisionKind.EXCEPTION),),
    )


def with_scheme(**settings: Any) -> Round:
    """Return the same round under other published rules."""
    a_round = base_round()
    return replace(a_round, scheme=replace(a_round.scheme, **settings))


def by_consensus() -> Round:
    a_round = with_scheme(combine=Combine.CONSENSUS)
    agreed = (AgreedMarks("1001", (5, 5, 5)), AgreedMarks("1002", (0, None, 4)))
    return replace(a_round, agreed=agreed)


def by_trimmed_marks() -> Round:
    a_round = with_scheme(combine=Combine.TRIMMED)
    more = (Sheet("M4", "1002", (0, 0, 0), True), Sheet("M5", "1002", (5, 5, 5), True))
    return replace(a_round, sheets=(*a_round.sheets, *more))


def with_bands() -> Round:
    bands = (Band(Decimal("99.5"), Decimal(100)), Band(Decimal(1000), Decimal("62.5")))
    return with_price(method=Method.BANDS, basis=Basis.REQUESTED, bands=bands)


def with_price(**formula: Any) -> Round:
    """Return the round with its computed criterion worked in another way."""
    a_round = base_round()
    first, second, price, value = a_round.scheme.criteria
    criteria = (first, second, replace(price, **formula), value)
    return replace(a_round, scheme=replace(a_round.scheme, criteria=criteria))


def with_total_costs() -> Round:
    a_round = with_price(method=Method.MEAN, basis=Basis.SHARE)
    known = tuple(replace(a, total_cost_pence=600_000) for a in a_round.applications[:5])
    return replace(a_round, applications=(*known, *a_round.applications[5:]))


def with_one_side() -> Round:
    criteria = (Criterion("Q1", "Quality", Side.QUALITY, 1_000_000),)
    a_round = base_round()
    return replace(
        a_round,
        scheme=Scheme(criteria, scale_maximum=10, combine=Combine.MEDIAN),
        sheets=tuple(replace(s, marks=s.marks[:1]) for s in a_round.sheets),
        not_applicable=(),
    )


def tied_at_the_line() -> Round:
    a_round = with_scheme(ladder=(), allocation=Allocation.SKIP, quorum=1)
    sheets = tuple(replace(s, marks=(5, 5, 5)) for s in a_round.sheets)
    alike = tuple(replace(a, beneficiaries=5, requested_pence=300_000) for a in a_round.applications)
    return replace(a_round, sheets=sheets, applications=alike)


ROUNDS: dict[str, Callable[[], Round]] = {
    "as it is": base_round,
    "by consensus": by_consensus,
    "by trimmed marks": by_trimmed_marks,
    "by median": lambda: with_scheme(combine=Combine.MEDIAN),
    "by price per quality point": lambda: with_scheme(
        ranked_by=RankedBy.PRICE_PER_QUALITY_POINT, minimum_quality=Decimal("0.5")
    ),
    "with bands": with_bands,
    "with a straight line": lambda: with_price(method=Method.LINEAR, low=Decimal(5), high=Decimal("150.75")),
    "with a spread": lambda: with_price(method=Method.SPREAD),
    "with total costs": with_total_costs,
    "with one side": with_one_side,
    "tied at the line": tied_at_the_line,
}


@pytest.mark.parametrize("name", ROUNDS)
def test_a_tidy_workbook_is_ranked_by_the_published_rules(name, tmp_path):
    a_round = ROUNDS[name]()

    ranked = ranking_of(book_of(a_round), tmp_path)

    assert ranked == as_the_rules_say(a_round)


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.__name__)
def test_the_hand_it_is_written_in_changes_nothing(hand, tmp_path):
    book = book_of(base_round())
    hand(book, Random(1))

    ranked = ranking_of(book, tmp_path)

    assert ranked == as_the_rules_say(base_round())


@pytest.mark.soak
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(rounds(), st.sets(st.sampled_from(HANDS)), st.integers(0, 999))
def test_any_round_in_any_hands_is_ranked_by_the_published_rules(tmp_path_factory, a_round, hands, seed):
    book, random = book_of(a_round), Random(seed)
    for hand in HANDS:
        if hand in hands:
            hand(book, random)

    ranked = ranking_of(book, tmp_path_factory.mktemp("round"))

    assert ranked == as_the_rules_say(a_round)


def ranking_of(book: Book, folder: Path) -> dict[str, Any]:
    """Return what the command says of a sound workbook, words apart."""
    status, out, err = run_rank(book, folder)
    assert status == 0, err
    ranked = json.loads(out)
    for application in ranked["applications"]:
        for words in ("outcome_reason", "reasons", "recommendation", "decision"):
            application.pop(words)
        application["below_threshold"] = [w.split()[0] for w in application["below_threshold"]]
        application["criteria"] = application["criteria"] if application["place"] else []
    return ranked


def run_rank(book: Book, folder: Path) -> tuple[int, str, str]:
    """Return the exit status of `rank --json`, and what it printed."""
    path = save(book, folder / "round.xlsx")
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        status = main(["rank", str(path), "--json"])
    return status, out.getvalue(), err.getvalue()


def as_the_rules_say(a_round: Round) -> dict[str, Any]:
    """Return the published document of a ranking, from the rules."""
    told = Money(a_round)
    said = {v.application.reference: v for v in told.verdicts}
    by_price = a_round.scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT
    split = {"quality": a_round.scheme.quality_1e4, "cost": a_round.scheme.cost_1e4}
    return {
        "fund": a_round.fund,
        "round": a_round.name,
        "combine": a_round.scheme.combine.value,
        "split": {side: plain(Decimal(share) / 10_000) for side, share in split.items()},
        "applications": [
            application_says(said[reference], by_price=by_price) for reference in printed_order(a_round, told)
        ],
        "areas": [
            {
                "area": area.name,
                "pot": two_places(pot.pot_pence),
                "available": two_places(area.available_pence),
                "offered": two_places(area.offered_pence),
                "remaining": two_places(area.left_pence),
                "stopped_by_tie": area.stopped_by_tie,
            }
            for area, pot in zip(told.areas, a_round.areas, strict=True)
        ],
    }


def application_says(verdict: Verdict, *, by_price: bool) -> dict[str, Any]:
    """Return the published object of one application, words apart."""
    application = verdict.application
    return {
        "reference": application.reference,
        "organisation": application.organisation.strip(),
        "area": application.area,
        "requested": two_places(application.requested_pence),
        "status": verdict.status,
        "counting_members": verdict.counting,
        "quality": two_places(verdict.quality_1e2),
        "cost": two_places(verdict.cost_1e2),
        "total": two_places(verdict.total_1e2),
        **({"price": two_places(verdict.price_pence)} if by_price else {}),
        "place": verdict.place,
        "tied": verdict.tied,
        "place_by": verdict.place_by,
        "below_threshold": verdict.below,
        "offer": two_places(verdict.offer_pence),
        "outcome": verdict.outcome,
        "criteria": [
            {
                "code": code,
                "value": two_places(value),
                "weight": two_places(weight),
                "points": two_places(points),
            }
            for code, (value, weight, points) in sorted(verdict.criteria.items())
        ],
    }


def two_places(hundredths: int | None) -> str | None:
    """Return hundredths, or pence, with two decimals."""
    return None if hundredths is None else f"{Decimal(hundredths) / 100:.2f}"


def plain(number: Decimal) -> str:
    """Return a number without trailing zeros."""
    return f"{number.normalize():f}"
