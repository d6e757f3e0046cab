"""From a round to a schedule; asked for is what was submitted; each outcome counted as its own."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operations.applications.corrections import Change, CorrectApplication
from models.operations.deciding.challenges import SetChallenge
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.office import SetPaperTexts, SetPublisher
from models.papers.award_schedule import award_schedule
from models.papers.kinds import KINDS
from models.papers.notice import count_without_money
from models.papers.order import PaperOrder
from models.record import Record
from models.session import Session
from models.values.rows import ChairDecisionRow, InterestRow, scored_round
from scoring.rank import rank
from scoring.round import Area, ChairDecisionKind, InterestKind
from scoring.schedule.lines import FORMS, WITHOUT_MONEY, Basis, PanelOutcome, Recommended, Settled
from scoring.schedule.values import ExceptionMade, StoodAside
from scoring.scheme import Combine
from scoring.written.text import Refused
from tests.exchange.schedule_rounds import acf_scheme, made_round, schedule_of, with_incidents
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.deciding.challenged import APPEAL, UPHELD, anew
from tests.models.operations.deciding_rounds import CHAIR, DAY, DECIDER, decide, deciding_rows, recommended
from tests.models.rounds import OFFICER, refused


def test_without_a_recommendation_the_money_is_what_the_rule_proposes() -> None:
    rows = made_round(3, areas=1)
    made = schedule_of(rows)
    offers = {s.reference: s.offer_pence for s in rank(scored_round(rows)).standings}

    assert made.basis is Basis.PROPOSED
    assert {line.reference: line.recommended_pence for line in made.lines} == offers

    # What only those who mark are told is none of its facts.
    guided = tuple(replace(one, guidance="Look for boats.") for one in rows.scheme.criteria)
    told = replace(rows.scheme, criteria=guided, descriptors=((5, "Full", "All boats."),))
    assert schedule_of(replace(rows, scheme=told)) == made


def test_money_recommended_for_what_is_not_ranked_is_refused() -> None:
    rows = with_incidents(made_round(6))
    money = Recommended("ACF-003", PanelOutcome.FUND, 100)

    refused("ACF-003 is incomplete, so no money", schedule_of, rows, Settled(recommended=(money,)))

    # Those not ranked stand apart with reason and what the panel says.
    refer = Recommended("ACF-003", PanelOutcome.REFER, reason="a youth fund exists")
    made = schedule_of(rows, Settled(recommended=(refer,)))
    assert [(u.reference, u.status, u.reason, u.outcome) for u in made.unranked] == [
        ("ACF-002", "withdrawn", "The applicant withdrew it", ""),
        ("ACF-003", "incomplete", "No area given", "refer to another fund: a youth fund exists"),
    ]
    was_good = Recommended("ACF-002", PanelOutcome.FUND, 100, reason="it was good")
    first, *_ = schedule_of(rows, Settled(recommended=(was_good,))).unranked
    assert (first.reference, first.outcome) == ("ACF-002", "fund: it was good"), "withdrawn after that"

    # Everyone who stood aside is named once with the kind.
    rows = replace(rows, interests=(*rows.interests, rows.interests[0]))
    rows = replace(rows, interests=(*rows.interests, InterestRow("M3", None, InterestKind.NONE)))
    assert schedule_of(rows).stood_aside == (
        StoodAside("ACF-004", "Sgt Example M1", "interest that is not financial"),
        StoodAside("ACF-005", "Sgt Example M1", "financial interest"),
        StoodAside("ACF-006", "Sgt Example M2", "abstained"),
    )


def test_one_area_has_its_own_lines_and_sums_alone() -> None:
    rows = made_round(9)
    ranking = rank(scored_round(rows))
    made = award_schedule(rows, ranking, Settled(), area="Coventry")

    assert {line.area for line in made.lines} == {"Coventry"}
    assert [area.area for area in made.areas] == ["Coventry"]
    assert made.area == "Coventry"
    refused("no area 'Atlantis'", award_schedule, rows, ranking, Settled(), area="Atlantis")


def test_members_marks_carry_no_trace_of_who_gave_them() -> None:
    rows = made_round(6, scheme=acf_scheme(Combine.MEAN), members=4)
    turned = replace(rows, sheets=rows.sheets[::-1], members=rows.members[::-1])

    assert schedule_of(rows).lines == schedule_of(turned).lines


def test_exceptions_of_the_chair_and_against_the_order_are_told_with_their_reasons() -> None:
    by_chair = ChairDecisionRow("ACF-001", ChairDecisionKind.EXCEPTION, None, "the only bid")
    against = Recommended("ACF-002", PanelOutcome.FUND, 500, "most urgent", exception=True)
    held = Recommended("ACF-003", PanelOutcome.RESERVE, reason="the accounts are awaited", exception=True)
    made = schedule_of(
        replace(made_round(3, areas=1), chair_decisions=(by_chair,)), Settled(recommended=(against, held))
    )

    assert made.exceptions == (
        ExceptionMade("ACF-001", "may be funded below a minimum: the only bid"),
        ExceptionMade("ACF-002", "recommended out of the order of places. Most urgent"),
        ExceptionMade(
            "ACF-003", "recommended without money, against the order of places. The accounts are awaited"
        ),
    )


NOW = datetime(2027, 1, 5, tzinfo=UTC)
OF, SUBMITTED, CORRECTED, FIGURES = "ACF-002", 50_000, 153_700, "537"
"""£500 became £1,537: no other amount of the round has these figures, and each sum with it in it has."""
TELL_WHAT_WAS_ASKED = {
    *("schedule", "notice", "decision-report", "letters", "challenge-letters", "agreement", "panel-book"),
    *("minutes", "disclosure", "360giving", "tables"),
}


def _corrected(path: Path, *, is_decided: bool) -> Record:
    """Return a record of a corrected amount, of which a part was awarded, and less on a challenge.

    Or one that waits for the signatures after the chair's.
    """
    rows = replace(deciding_rows(), areas=(Area("Coventry", 240_000), Area("Dudley", 0)))
    first = [
        replace(row, requested_pence=SUBMITTED) if row.reference == OF else row for row in rows.applications
    ]
    change = Change("requested_pence", str(CORRECTED), str(SUBMITTED))
    record = Record.create(path, OPENER, clock=TickingClock())
    rang = CorrectApplication(1, OF, (change,), "they rang")
    recommended(record, replace(rows, applications=tuple(first)), rang)
    if not is_decided:
        record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
        return record
    decide(record)
    record.perform(SetChallenge(1, OF, 1, APPEAL, None), OFFICER)
    record.perform(SetChallenge(1, OF, 1, UPHELD, APPEAL), OFFICER)
    record.perform(anew(110_000, of=OF), DECIDER)
    record.perform(SetPaperTexts(1, "letters", OF, (("why_less", "the hall is free"),)), OFFICER)
    record.perform(SetPublisher("360G-example", "GB-GOR-PB123"), OFFICER)
    return record


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What each kind of paper says of a corrected amount, once it is decided and before."""
    folder = tmp_path_factory.mktemp("corrected")
    found = []
    for is_decided in (True, False):
        with _corrected(folder / f"{is_decided}.panel", is_decided=is_decided) as record:
            found.append(
                {
                    kind: [record.ask(partial(_content, order=order)) for order in _orders(kind)]
                    for kind in KINDS
                }
            )
    decided, waiting = found
    return decided, waiting


def _orders(kind: str) -> Iterator[PaperOrder]:
    of = KINDS[kind]
    order = PaperOrder(
        kind, NOW, round_id=1 if of.is_of_round else None, with_marks="with_marks" in of.choices
    )
    for notice in ("031/2026", "040/2026") if "notice" in of.choices else ("",):
        for award in (OF,) if of.is_of_one_award else ("",):
            yield replace(order, period="" if of.is_of_round else "2026/27", notice=notice, award=award)


def _content(session: Session, order: PaperOrder) -> str:
    try:
        return KINDS[order.kind].text_of(KINDS[order.kind].ask(session, order))
    except Refused:
        return ""


def test_every_kind_says_that_what_was_asked_for_was_corrected(
    said: tuple[dict[str, list[str]], dict[str, list[str]]],
) -> None:
    telling, before = (
        {kind: [text for text in texts if FIGURES in text] for kind, texts in each.items()} for each in said
    )

    assert {
        kind for each in (telling, before) for kind in each if not all("corrected" in t for t in each[kind])
    } == set()
    assert {kind for kind, texts in telling.items() if texts} == TELL_WHAT_WAS_ASKED - {"360giving"}
    assert before["to-sign"]


def test_sums_and_sentences_name_what_was_corrected(
    said: tuple[dict[str, list[str]], dict[str, list[str]]],
) -> None:
    of, _ = said
    (report,), (first, again) = of["decision-report"], of["notice"]
    (answers,), (lines,), (years,) = (of[kind] for kind in ("challenge-letters", "disclosure", "tables"))

    assert '"asked_was":"ACF-002 as corrected"' in report.replace('": "', '":"')
    assert "£5,537 was asked for (ACF-002 as corrected) and £2,100 awarded." in report
    assert "asked for £5,537 (ACF-002 as corrected)." in first
    assert "£1,100 of the £1,537 asked (as corrected) (the hall is free)" in again
    assert '"asked_was":"corrected from £500 by Grace Okoro on ' in answers
    assert lines.count("What was asked for is as corrected.") == 1
    assert "1 amount asked for is as corrected." in years
    (open_data,) = of["360giving"]
    asked = {grant["title"]: grant["asked_pence"] for grant in json.loads(open_data)["grants"]}
    assert asked == {"Project 1": 100_000, "Project 2": SUBMITTED}, "it tells what was submitted"


@given(st.lists(st.sampled_from(PanelOutcome)))
def test_each_outcome_is_counted_with_its_own_number_and_money_never(outcomes: list[PanelOutcome]) -> None:
    found = dict(count_without_money(outcomes))

    assert found == {one.value: outcomes.count(one) for one in WITHOUT_MONEY if one in outcomes}
    assert set(FORMS) == set(PanelOutcome), "each outcome has its forms"
