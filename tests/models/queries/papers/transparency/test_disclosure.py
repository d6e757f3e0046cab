"""Information on request, and what goes into the transparency database."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.awards.checks import SetSubsidy, SetWithheldName
from models.operations.awards.variations import VaryAward
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.office import SetPaperTexts
from models.papers.transparency.lists import NOT_MET, SOME_UNMET, Disclosure
from models.queries.applications.gates import OVER
from models.queries.awards.year_facts import record_years
from models.queries.deciding.decisions import recommendations
from models.queries.papers.transparency import lists as published
from models.queries.papers.transparency.lists import published_subsidies
from models.record import Record
from models.reference.clauses import SubsidyLimit
from models.values.awards import NONE, SUBSIDY, Subsidy, Terms, WithheldName
from models.values.recommending import LineDecision
from models.values.rows import ChairDecisionRow
from scoring.round import ChairDecisionKind, Eligibility
from scoring.written.text import Refused
from tests.models.operations.awards.proposals import BOXING, START_UP, direct, propose
from tests.models.operations.awards.proposals import award as award_direct
from tests.models.operations.budgets import allocate
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.rounds import OFFICER, load, paper, refused, set_up_office, undo
from tests.models.year_rounds import Grant, award_all, round_of

AT = datetime(2027, 1, 5, tzinfo=UTC)
GRANTS = (
    Grant("Coventry", "Harbour House", "With Allotment Friends 3", 200_000),
    Grant("Coventry", "Kites", "After Project 3", 90_000),
)
"""Projects that name a recipient of another round, and the title of a project that was not funded."""


def given(record: Record, round_id: int | None = 1, **of: object) -> Disclosure:
    return paper(record, "disclosure", AT, round_id, **of)


def counted_as_decided(record: Record) -> list[int]:
    """Return how many applications the year tables, the report across funds and this paper call decided."""
    (year,) = record.ask(record_years).years
    report, *_ = paper(record, "governance", AT, None).funds
    try:
        told = len(given(record).lines)
    except Refused:
        told = 0
    return [len(year.judged), report.rounds[0].decided, told]


def test_nothing_is_told_before_a_decision_unless_that_is_said(recommended: Record) -> None:
    refused("nothing is given out before a decision unless you say so", given, recommended)
    told = given(recommended, with_undecided=True)
    assert {line.outcome for line in told.lines} == {"not decided"}
    assert (told.left_out, len(told.lines)) == (0, 3)

    recommended.perform(SetWithdrawn(1, "ACF-003", is_withdrawn=True, reason="their own wish"), OFFICER)
    some = given(recommended)
    assert [line.who for line in some.lines] == ["Applicant 1"]
    assert (
        some.control
        == "0 applications, 1 more withdrawn, £0.00 awarded; 2 that are not decided yet are left out"
    )


def test_whoever_asks_reads_the_published_condition_that_a_letter_names_and_no_other_words(
    record: Record,
) -> None:
    rows = deciding_rows()
    no = {"eligibility": Eligibility.NO, "eligibility_reason": "It is for Sam."}
    stopped = tuple(replace(rows.applications[0], reference=of, **no) for of in ("X-1", "X-2"))
    load(set_up_office(record), replace(rows, applications=(*rows.applications, *stopped)))
    for of, words in (("X-1", "Is the group constituted?"), ("X-2", "Sam is the coach.")):
        record.perform(SetPaperTexts(1, "letters", of, (("unmet", words),)), OFFICER)

    named, other = (line.reasons for line in given(record).lines if line.outcome == "not eligible")

    assert named.splitlines()[1:] == ["At our check the answer to “Is the group constituted?” was no."]
    assert other == NOT_MET


def test_whoever_asks_can_follow_places_and_reads_why_no_money_was_given(record: Record) -> None:
    rows = deciding_rows()
    more = tuple(
        replace(rows.applications[0], reference=of, organisation=f"{of} Club", eligibility=is_so)
        for of, is_so in (("X-1", Eligibility.NO), ("X-2", Eligibility.TO_CHECK))
    )
    alike = tuple(replace(one, organisation="Kite Club") for one in rows.applications)
    capped = replace(rows.scheme, cap_per_organisation_pence=400_000)
    equal = (*rows.sheets[:2], replace(rows.sheets[2], marks=rows.sheets[1].marks))
    ties = tuple(
        ChairDecisionRow(f"ACF-00{place + 1}", ChairDecisionKind.TIE, place, "Nearer the school.")
        for place in (1, 2)
    )
    rows = replace(rows, scheme=capped, sheets=equal, chair_decisions=ties)
    recommended(record, replace(rows, applications=(*alike, *more)))
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    assert counted_as_decided(record) == [1, 1, 1], "what failed a check and has its letter waits for nothing"
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)

    told = given(record)

    assert counted_as_decided(record) == [5, 5, 5], "three papers count by one rule what waits no more"
    chosen = {f"{place}, by the chair's decision among equals" for place in (2, 3)}
    assert chosen < {line.place for line in told.lines}
    reasons = {line.outcome: line.reasons for line in told.lines}
    assert reasons["on the reserve list"] == (
        "Of the money £500 was left, which is less than half of the £3,000 asked for. It was equal with "
        "another application on all that the published rules compare; as they provide, the chair of the "
        "panel decided which came first."
    ), "what else the same organisation was awarded would name it"
    (letter,) = (one for one in paper(record, "letters", AT).letters if one.reference == "ACF-003")
    assert letter.held is not None
    assert letter.held.is_after_equal
    assert "Nearer the school" not in f"{told}{letter}", "the chair's remark is the panel's"
    assert reasons["not eligible"].startswith("One of the conditions that every application must meet was")
    assert reasons["incomplete, so not awarded"].startswith("Something that every application must have")
    assert told.left_out == 0
    assert "Dan Decides" not in str(told)


def test_what_was_chosen_for_a_reason_of_its_own_is_told_by_the_paper_that_gives_it(
    recommended: Record,
) -> None:
    first, second, _ = recommended.ask(lambda session: recommendations(session, 1))
    without = {"amount_pence": None, "conditions": (), "reason": "Their accounts are awaited."}
    held = replace(first, outcome="reserve", is_exception=True, **without)
    recommended.perform(
        RecordRecommendations(1, (held, replace(second, outcome="defer", **without))), OFFICER
    )
    recommended.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    recommended.perform(first_step(*every_line()), COMMANDER)
    sent_on = LineDecision("ACF-003", "change", "refer", change_reason="It is the schools' fund's.")
    recommended.perform(last_step(*every_line()[:2], sent_on), DECIDER)

    told = {line.outcome: line.reasons for line in given(recommended).lines}

    assert told == {
        "on the reserve list": "For the reasons in the minutes of the panel.",
        "deferred": "For the reasons in the minutes of the panel.",
        "referred to another fund": "For the reason that its notice gives.",
    }


def test_conditions_that_were_not_met_are_told_without_what_an_officer_noted(record: Record) -> None:
    load(set_up_office(record), deciding_rows())
    constituted = "At our check the answer to “Is the group constituted?” was no."
    for gate, said in (
        ("constituted", [NOT_MET, constituted]),
        ("cap", [SOME_UNMET, constituted, OVER]),
    ):
        record.perform(SetGate(1, "ACF-002", gate, "fail", "Their own note.", ""), OFFICER)

        told = {line.outcome: line for line in given(record, with_undecided=True).lines}

        assert told["not eligible"].reasons.splitlines() == said


def test_every_competed_round_stands_together_with_its_own_criteria(decided: Record) -> None:
    award_all(decided, round_of(GRANTS, fund="Victims Fund", year="2025/26"), notice="005/2025")

    told = given(decided, None)
    victims = given(decided, None, fund="Victims Fund")

    assert (told.title, told.round) == ("Information on rounds", "")
    assert len(told.lines) == 5
    assert victims.title == "Information on rounds, Victims Fund"
    assert [line.who for line in victims.lines] == ["Harbour House", "Kites"]
    assert [line.project for line in told.lines[-2:]] == ["With (withheld)", "After Project 3"]
    refused("2031/32", given, decided, None, fund="Victims Fund", year="2031/32")


def test_awards_without_a_competition_tell_their_route_and_nothing_of_marks(office: Record) -> None:
    allocate(office, Coventry=(5_000_000, 100_000))
    given_up = award_direct(office, BOXING)
    propose(office, START_UP)
    number = direct(office)

    told, more = given(office, number), given(office, number, with_undecided=True)

    assert [(one.criteria, one.panel, one.areas) for one in told.rounds] == [((), (), ())]
    assert (
        told.control
        == "1 award without a competition, £12,000.00 awarded; 1 that is not decided yet is left out"
    )
    assert more.control == "1 award without a competition, 1 more proposed, £12,000.00 awarded"
    assert [line.came_about for line in more.lines] == [
        "Awarded without a competition, single tender: Nobody else has a hall.",
        "Proposed without a competition, start-up money.",
    ]

    # What was given up is not one that is proposed.
    office.perform(SetWithdrawn(number, given_up, is_withdrawn=True, reason="They closed"), OFFICER)
    (line,) = given(office, number).lines
    without_why = "Awarded without a competition, single tender."
    assert (line.gone_pence, line.came_about) == (1_200_000, without_why), "it would tell whose it was"


def test_subsidies_above_the_threshold_of_their_day_are_listed(
    decided: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for of, kind in (("ACF-001", SUBSIDY), ("ACF-002", SUBSIDY)):
        decided.perform(SetSubsidy(1, of, Subsidy(kind, "Assessed."), None), FINANCE)
    none = decided.ask(published_subsidies)
    monkeypatch.setattr(published, "limit_on", lambda day: SubsidyLimit(day, 31_500_000, 100_000))

    # £1,000.00 is not above £1,000.00, £2,000.00 is
    found = decided.ask(published_subsidies)
    less = VaryAward(1, "ACF-002", 1, Terms(amount_pence=150_000), "less rent", DAY)
    lowered = decided.perform(less, OFFICER)
    assert decided.ask(published_subsidies) == found, "both have not signed it"
    undo(decided, lowered)
    name = WithheldName("safety", "It is a refuge.", "Olu Example", "Chief Executive")
    decided.perform(SetWithheldName(1, "ACF-002", name, None), OFFICER)
    withheld = decided.ask(published_subsidies)
    listed, other = (paper(decided, "subsidies", AT, None, period=name) for name in ("2026/27", "2026/27-Q4"))
    decided.perform(SetSubsidy(1, "ACF-002", Subsidy(NONE, "x"), Subsidy(SUBSIDY, "Assessed.")), FINANCE)

    assert none == ()
    assert [(row.award, row.amount_pence, row.decided_on) for row in found] == [("A-031-02", 200_000, DAY)]
    assert [row.recipient for row in found + withheld] == [
        "Allotment Friends 2",
        "Withheld: the safety of people",
    ]
    assert decided.ask(published_subsidies) == ()
    assert (listed.subsidies, other.subsidies) == (withheld, ())
    assert listed.control == "1 subsidy, £2,000.00"
    assert listed.title.startswith("Subsidies over £1,000 for the transparency database, decided in 2026/27,")
