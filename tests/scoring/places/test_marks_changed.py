"""A ranking after marks changed is that of the whole round, and what no mark touches stays as it is."""

from random import Random

import pytest
from msgspec.structs import replace

from scoring.places.marks_changed import Ranked, stand_again
from scoring.rank import rank
from scoring.round import (
    AgreedMarks,
    Application,
    Area,
    AsDecided,
    ChairDecision,
    ChairDecisionKind,
    Eligibility,
    Interest,
    InterestKind,
    NotApplicable,
    Round,
    Sheet,
)
from scoring.scheme import Allocation, Combine, Scheme
from tests.scoring.builders import application, criterion

AREAS = (
    Area("East", 600_000),
    Area("West", 300_000, shared_pot="Moor"),
    Area("Mid", 200_000, shared_pot="Moor"),
)
MEMBERS = ("M1", "M2", "M3")


def _scheme(choose: Random) -> Scheme:
    criteria = (criterion("Q", 60), criterion("N", 10), criterion("V", 30, "cost"))
    return Scheme(
        criteria,
        combine=choose.choice([Combine.CONSENSUS, Combine.CONSENSUS, Combine.MEAN, Combine.MEDIAN]),
        quorum=choose.choice([1, 2]),
        ladder=("criterion:Q", "requested", "chair"),
        allocation=choose.choice([*Allocation]),
        minimum_total=choose.choice([None, 40]),
        cap_per_organisation_pence=choose.choice([None, 250_000]),
        tolerance_percent=choose.choice([0, 0, 5]),
    )


def _application(choose: Random, number: int) -> Application:
    return application(
        f"A-{number:02d}",
        choose.choice([500, 1000, 1500, 2000]),
        area=choose.choice(["East", "West", "Mid", "East", "West", "Mid", None]),
        organisation=f"Group {number % 7}",
        withdrawn=choose.random() < 0.1,
        eligibility=choose.choice([Eligibility.YES] * 5 + [Eligibility.NO, Eligibility.TO_CHECK]),
    )


def _marks(choose: Random) -> tuple[int | None, ...]:
    return tuple(choose.choice([0, 2, 3, 4, 4, 5, 5]) for _ in range(3))


def _made_up(choose: Random) -> Round:
    applications = tuple(_application(choose, number) for number in range(18))
    references = [one.reference for one in applications]
    return Round(
        "Fund",
        "Autumn",
        _scheme(choose),
        AREAS,
        applications,
        sheets=tuple(Sheet(member, of, _marks(choose), True) for of in references for member in MEMBERS),
        interests=(Interest("M3", choose.choice(references), InterestKind.PECUNIARY),),
        agreed=tuple(AgreedMarks(of, _marks(choose)) for of in references),
        not_applicable=(NotApplicable(choose.choice(references), "N"),),
        chair_decisions=(ChairDecision(references[0], ChairDecisionKind.EXCEPTION, None, "so"),),
    )


def _changed(choose: Random, before: Round) -> Round:
    """Return a round in which a mark is another, taken back, not handed in or gone."""
    at = choose.randrange(len(before.applications))
    of = before.applications[at].reference
    if choose.random() < 0.6:
        left = tuple(one for one in before.agreed if one.application != of)
        marks = choose.choice([_marks(choose), (3, None, 4)])
        more = () if choose.random() < 0.2 else (AgreedMarks(of, marks),)
        return replace(before, agreed=(*more, *left))
    sheet = Sheet(choose.choice(MEMBERS), of, _marks(choose), choose.random() < 0.8)
    left_over = tuple(one for one in before.sheets if (one.member, one.application) != (sheet.member, of))
    return replace(before, sheets=(*left_over, sheet) if choose.random() < 0.9 else left_over)


def _decided(choose: Random, now: Round) -> Round:
    """Return the round with what stands high in one area as decided, one of it by another area then."""
    standings = [one for one in rank(now).standings if one.is_ranked and one.area == "East"][:3]
    known = {one.reference: one for one in now.applications}
    moved = [one._replace(area="West") if choose.random() < 0.3 else one for one in standings]
    return replace(now, decided=tuple(AsDecided(known[one.reference], one, None) for one in moved))


@pytest.mark.parametrize("seed", range(12))
def test_a_ranking_after_any_marks_is_that_of_the_whole_round(seed: int) -> None:
    choose = Random(seed)
    now = _made_up(choose)
    if choose.random() < 0.3:
        now = _decided(choose, now)
    kept = Ranked(now, rank(now))
    for _ in range(25):
        now = _changed(choose, now)
        ranking = rank(now, kept)

        assert ranking == rank(now)
        kept = Ranked(now, ranking)


def test_lists_without_a_changed_mark_are_taken_over_and_a_warned_or_otherwise_changed_round_is_not() -> None:
    scheme = replace(_scheme(Random(1)), combine=Combine.CONSENSUS, tolerance_percent=0, quorum=1)
    one, two = application("E-1", area="East"), application("W-1", area="West")
    agreed = (AgreedMarks("E-1", (5, 5, 5)), AgreedMarks("W-1", (4, 4, 4)))
    sheets = tuple(Sheet("M1", of, (5, 5, 5), True) for of in ("E-1", "W-1"))
    before = Round("Fund", "Autumn", scheme, AREAS, (one, two), sheets, agreed=agreed)
    known = Ranked(before, rank(before))
    now = replace(before, agreed=(AgreedMarks("E-1", (3, 5, 5)), agreed[1]))

    east, west = rank(now, known).standings

    # 60 % of the whole is Q: 3 of 5 is 24 points less.
    assert (east.reference, east.total_1e2) == ("E-1", 76_00)
    assert west is known.ranking.standings[1]
    assert stand_again(replace(now, scheme=replace(scheme, quorum=2)), known) is None
    assert (
        stand_again(replace(now, sheets=sheets[1:]), known) is None
    )  # what was agreed has no sheet behind it
    warned = replace(before, sheets=sheets[1:])
    assert stand_again(before, Ranked(warned, rank(warned))) is None
