"""How a round is found and told, what its next stage waits for, and what a new one starts from."""

import string
from datetime import date, datetime
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operation import Actor
from models.operations.set_up.areas import MoveAreas, SetAreaDates
from models.operations.set_up.load import LoadRound
from models.queries.set_up.next_stage import (
    NextStage,
    checklist_words,
    next_stages,
)
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import find_round, rounds, sole_round
from models.record import Record
from models.values.rounds import AreaDates
from models.values.rows import (
    AgreedRow,
    ApplicationRow,
    ChairDecisionRow,
    InterestRow,
    MemberRow,
    NotApplicableRow,
    RoundRows,
    SheetRow,
)
from scoring.round import Area, ChairDecisionKind, Eligibility, InterestKind
from scoring.scheme import Allocation, Band, Basis, Combine, Criterion, Method, Scheme, Side
from tests.gui.builders import WOLVERHAMPTON, whole_round, without_nair
from tests.models.rounds import (
    assert_replays,
    load,
    refused,
    set_up_office,
    undo,
)


def test_an_empty_record_says_so(record: Record) -> None:
    refused("It has no round yet", record.ask, lambda s: find_round(s, "Autumn"))
    refused("has no round yet", record.ask, sole_round)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
names = st.text(string.ascii_letters + "éłਪ '-", min_size=1, max_size=8)
pence = st.integers(1, 10**9)
maybe_pence = st.none() | st.integers(0, 10**9)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
decimals = st.decimals(0, 5, places=2)
WEIGHTS = st.sampled_from([(600_000, 250_000, 150_000), (333_333, 333_334, 333_333), (1, 999_998, 1)])
CODES = ("A1", "A2", "C1")
COSTS = st.one_of(
    st.builds(dict, method=st.just(Method.JUDGED)),
    st.builds(
        dict,
        method=st.sampled_from([Method.LOWEST, Method.MEAN, Method.SPREAD]),
        basis=st.sampled_from(Basis),
    ),
    st.just({"method": Method.LINEAR, "low": Decimal("0"), "high": Decimal("5000.50")}),
    st.just(
        {
            "method": Method.BANDS,
            "bands": (Band(Decimal(1000), Decimal(100)), Band(Decimal("2500.5"), Decimal("0.5"))),
        }
    ),
)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Return a scheme that may be published: two quality criteria and a cost criterion of any method."""
    first, second, third = draw(WEIGHTS)
    floors = draw(st.tuples(st.none() | decimals, st.none() | decimals))
    cost = draw(COSTS)
    return Scheme(
        criteria=(
            Criterion("A1", draw(texts), Side.QUALITY, first, floor=floors[0], guidance=draw(texts)),
            Criterion("A2", draw(texts), Side.QUALITY, second, floor=floors[1]),
            Criterion("C1", draw(texts), Side.COST, third, **cost),
        ),
        combine=draw(st.sampled_from(Combine)),
        quorum=draw(st.integers(1, 4)),
        ladder=draw(st.sampled_from([(), ("criterion:A2", "quality", "chair"), ("received", "requested")])),
        allocation=draw(st.sampled_from(Allocation)),
        tolerance_percent=draw(st.decimals(0, 20, places=4)),
        tolerance_authority=draw(texts),
        cap_per_award_pence=draw(st.none() | pence),
        cap_per_organisation_pence=draw(st.none() | pence),
        minimum_total=draw(st.none() | st.decimals(0, 100, places=2)),
        minimum_quality=draw(st.none() | st.decimals(0, 100, places=2)),
        not_applicable_allowed=True,
        descriptors=draw(st.just(()) | st.just(((0, "Nothing", "none"), (5, "Excellent", "")))),
    )


def application_rows(reference: str, areas: list[str]) -> st.SearchStrategy[ApplicationRow]:
    """Return applications of that reference to any of the areas or none."""
    yes_no = st.none() | st.booleans()
    return st.builds(
        ApplicationRow,
        reference=st.just(reference),
        organisation=names,
        project=texts,
        area=st.none() | st.sampled_from(areas),
        requested_pence=pence,
        minimum_pence=maybe_pence,
        total_cost_pence=maybe_pence,
        match_funding_pence=maybe_pence,
        beneficiaries=st.none() | st.integers(0, 10**6),
        received_at=st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),
        received_has_time=st.booleans(),
        eligibility=st.sampled_from(Eligibility),
        eligibility_reason=texts,
        withdrawn=st.booleans(),
        previously_funded=yes_no,
        charity_number=st.sampled_from(["", "1234567", "7654321"]),
        company_number=st.sampled_from(["", "00000042"]),
        summary=texts,
        start_on=st.none() | days,
        end_on=st.none() | days,
        bank_account_held=yes_no,
        constitution_held=yes_no,
        safeguarding_policy=yes_no,
        answers=st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    )


def given_marks(judged: int) -> st.SearchStrategy[tuple[tuple[int | None, ...], tuple[str, ...]]]:
    """Return marks with reasons, the reasons left out where there is none, as a workbook is read."""
    marks = st.tuples(*[st.none() | st.integers(0, 5)] * judged)
    reasons = st.tuples(*[texts] * judged).map(lambda found: found if any(found) else ())
    return st.tuples(marks, reasons)


@st.composite
def rounds_of_rows(draw: st.DrawFn) -> RoundRows:
    """Return a round with anything that a workbook may hold."""
    scheme = draw(schemes())
    areas = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    references = draw(st.lists(names, max_size=4, unique=True))
    codes = draw(st.lists(names, max_size=3, unique=True))
    pairs = [(code, reference) for code in codes for reference in references]
    sheets, interests, agreed, aside, decided = [], [], [], [], []
    for code, reference in draw(st.permutations(pairs)):
        marks, reasons = draw(given_marks(len(scheme.judged)))
        sheets.append(SheetRow(code, reference, draw(st.booleans()), marks, reasons))
        interests.append(
            InterestRow(
                code,
                draw(st.sampled_from([reference, None])),
                draw(st.sampled_from(InterestKind)),
                draw(texts),
            )
        )
    for reference in references:  # these two stand in the order of the applications
        marks, reasons = draw(given_marks(len(scheme.judged)))
        agreed.append(AgreedRow(reference, marks, reasons, draw(texts)))
        aside.append(NotApplicableRow(reference, draw(st.sampled_from(CODES)), draw(texts)))
    for reference in draw(st.permutations(references)):
        decided.append(
            ChairDecisionRow(reference, ChairDecisionKind.TIE, draw(st.integers(1, 9)), draw(texts))
        )
        decided.append(ChairDecisionRow(reference, ChairDecisionKind.EXCEPTION, None, draw(texts)))
    return RoundRows(
        fund=draw(st.sampled_from(["Active Citizens Fund", "acf", "Another Fund"])),
        name=draw(names),
        year=draw(st.sampled_from(["", "2026/27"])),
        scheme=scheme,
        areas=tuple(
            Area(name, draw(st.integers(0, 10**9)), draw(st.integers(0, 9)), draw(st.integers(0, 9)))
            for name in areas
        ),
        applications=tuple(draw(application_rows(reference, areas)) for reference in references),
        members=tuple(
            MemberRow(code, draw(names), draw(st.sampled_from(["chair", "member"])), draw(texts))
            for code in codes
        ),
        interests=tuple(interests),
        sheets=tuple(sheets),
        agreed=tuple(agreed),
        not_applicable=tuple(aside),
        chair_decisions=tuple(decided),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=rounds_of_rows())
def test_what_is_loaded_is_what_is_asked(record: Record, rows: RoundRows) -> None:
    if not record.head().seq > 1:
        set_up_office(record)

    outcome = load(record, rows)
    (line,) = record.ask(rounds)

    assert record.ask(lambda s: round_rows(s, line.round_id)) == rows
    undo(record, outcome)
    assert record.ask(rounds) == ()


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=rounds_of_rows())
def test_the_journal_makes_what_was_loaded(record: Record, rows: RoundRows) -> None:
    if not record.head().seq > 1:
        set_up_office(record)

    outcome = load(record, rows)

    assert_replays(record)
    undo(record, outcome)


TODAY = date(2026, 11, 26)
CHAIR = Actor("Priya Nair", "chair")
OTHER = "Dudley"
YESTERDAY = date(2026, 11, 25)
CLOSED = "; marks closed on Wed 25 November 2026."


def stages(record: Record) -> dict[str, NextStage]:
    found = record.ask(lambda session: next_stages(session, 1, TODAY))
    return {one.area: one for one in found}


def move(record: Record, *stages: str) -> None:
    for stage in stages:
        record.perform(MoveAreas(1, (WOLVERHAMPTON,), stage), CHAIR)


def test_each_stage_has_its_checklist(record: Record) -> None:
    record.perform(LoadRound(without_nair(whole_round())), CHAIR)
    at_first = stages(record)[WOLVERHAMPTON]
    move(record, "scoring")
    scoring = stages(record)[WOLVERHAMPTON]
    record.perform(SetAreaDates(1, WOLVERHAMPTON, AreaDates(marks_close_on=YESTERDAY), AreaDates()), CHAIR)
    closed = stages(record)[WOLVERHAMPTON]
    move(record, "meeting")
    meeting = stages(record)[WOLVERHAMPTON]
    move(record, "recommending")
    listed = stages(record)[WOLVERHAMPTON]
    move(record, "deciding")
    deciding = stages(record)[WOLVERHAMPTON]

    # fourteen applications; Hale has an interest in one and handed nothing in, Nair thirteen of fourteen
    assert (at_first.verb, at_first.is_ready) == ("Open scoring", True)
    assert at_first.still_open == ("1 member has not declared.",)
    assert scoring.still_open == ("14 score sheets are not handed in.",)
    assert closed.still_open == (f"14 score sheets are not handed in{CLOSED}",)
    assert not closed.is_ready, "one application has no sheet at all"
    few = "1 application has fewer score sheets than the quorum of 1: the list leaves it out."
    assert meeting.still_open == ("1 item is left to agree.", few, "14 items are not closed.")
    assert listed.still_open == ("13 ranked applications have no recommendation.",)
    assert checklist_words((meeting,)) == "0 of 14 applications settled"
    assert deciding.verb == "Close deciding", "the button beside it closes the box"
    assert deciding.still_open == ("14 applications are not decided.",)
    assert checklist_words((deciding,)) == "14 applications", "not one of them is decided"
    assert not any(one.is_ready for one in (scoring, meeting, listed, deciding))


def test_an_area_waits_with_recommending_until_those_that_share_its_pot_meet(record: Record) -> None:
    rows = whole_round()
    shared = tuple(
        replace(one, shared_pot="North") if one.name in (WOLVERHAMPTON, OTHER) else one for one in rows.areas
    )
    record.perform(LoadRound(replace(rows, areas=shared)), CHAIR)
    move(record, "scoring", "meeting")
    words = f"{OTHER} shares this pot and has not met: their list is one."

    assert words in stages(record)[WOLVERHAMPTON].held_up_by

    for stage in ("scoring", "meeting"):
        record.perform(MoveAreas(1, (OTHER,), stage), CHAIR)
    assert words not in stages(record)[WOLVERHAMPTON].still_open
