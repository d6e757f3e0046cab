"""What papers print of money over a pot, reserves promoted, and awards withdrawn."""

from collections.abc import Set
from datetime import UTC, date, datetime
from functools import partial
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.authorities import AllowOverPot
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.rounds import CloseRound
from models.papers.award_schedule import award_schedule
from models.papers.letters.letters import Letters
from models.papers.notice import NoticeOfDecision
from models.papers.transparency.lists import Disclosure
from models.queries.awards.year_facts import record_years
from models.queries.deciding.allowances import given_amounts, over_lines
from models.queries.deciding.allowances import pot_uses as uses_of
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.decisions import recommendations
from models.queries.deciding.on_paper import settled_lines
from models.queries.deciding.round_list import round_list
from models.queries.papers.transparency.disclosure import over_pots
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import LineDecision
from models.values.rows import RoundRows, SheetRow, scored_round
from scoring.money import short_pounds, without_noughts
from scoring.rank import rank
from scoring.round import Area
from scoring.schedule.values import AwardSchedule, pot_uses
from tests.models.operations.deciding.test_recommendations import ALLOWED, THIRD
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DECIDER,
    REASON,
    decide,
    decided,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.rounds import OFFICER, application, paper, refused

OVER = "£2,500.00 over the pot, allowed by A. Example, Commissioner: The last two are one project"
SHORT = OVER.replace(".00", "")


def test_what_is_over_is_told_for_one_area_or_all(signed: Record) -> None:
    """£6,000 of a pot of £3,500 is decided, of which £2,500 was allowed."""
    signed.perform(AllowOverPot(1, ALLOWED), OFFICER)
    signed.perform(first_step(*every_line()[:2], THIRD), COMMANDER)
    signed.perform(last_step(*every_line()), DECIDER)

    told = partial(paper, signed, at=NOW)
    assert signed.ask(lambda s: over_lines(s, 1, {})) == (f"Coventry: {OVER}.",)
    assert signed.ask(lambda s: over_lines(s, 1, {}, ["Dudley"])) == ()
    assert signed.ask(lambda s: over_lines(s, 1, {"ACF-003": 0}, ["Coventry"])) == ()
    assert signed.ask(lambda s: settled_lines(s, 1)).allowances == (ALLOWED,)

    # A notice says what is over the pot whatever the office wrote.
    assert told("notice").financial[1:] == (f"Coventry: {SHORT}.",)
    signed.perform(SetPaperTexts(1, "notice", "031/2026", (("financial", "As budgeted."),)), OFFICER)
    assert told("notice").financial == ("As budgeted.", f"Coventry: {SHORT}.")

    # A decision report has pot and what is over apart, and no column of noughts.
    area = told("decision-report").areas[0]
    assert (area.pot_pence, area.tolerance_pence, area.left_pence, area.over) == (350_000, 0, -250_000, SHORT)

    # Information on request says it by the post and names nobody.
    said = dict(told("disclosure").rules)["Over a pot"]
    assert said == f"Coventry, {SHORT.replace('A. Example, ', 'the ')}"

    signed.perform(CloseRound(1), OFFICER)
    assert dict(told("decision-report").implications)["Finance"].endswith("holds no money any more.")
    assert signed.ask(lambda s: tuple(over_pots(DecidedRound(s, 1), "Dudley", str))) == ()


NOW = datetime(2026, 12, 20, tzinfo=UTC)
MARKS = ((5, 5, 5), (5, 4, 4), (4, 4, 4), (4, 3, 3), (3, 3, 3))


def rows_by(chance: Random) -> RoundRows:
    """Return five applications to one pot, which is not enough for all."""
    asked = [chance.randrange(50_000, 400_000) for _ in MARKS]
    given = chance.sample(MARKS, len(MARKS))
    return replace(
        deciding_rows(),
        areas=(Area("Coventry", sum(asked) * chance.randrange(40, 80) // 100), Area("Dudley", 0)),
        applications=tuple(application(n, requested_pence=sum_) for n, sum_ in enumerate(asked, 1)),
        sheets=tuple(SheetRow("M1", f"ACF-00{n}", True, marks) for n, marks in enumerate(given, 1)),
    )


def as_listed(schedule: AwardSchedule) -> list[tuple[object, ...]]:
    """Return of each line what is of the day of the meeting."""
    return [
        (one.reference, one.place, one.place_by, one.recommended_pence, one.total_1e2, one.allocated)
        for one in schedule.lines
    ]


def as_told(value: Disclosure) -> list[tuple[object, ...]]:
    """Return the places and totals that whoever asks is given, in order of what was asked."""
    return sorted((one.asked_pence, one.place, one.total, one.marks) for one in value.lines)


def as_noticed(notice: NoticeOfDecision) -> tuple[object, ...]:
    """Return what a notice says of its money, and of what it gives in part."""
    part = [words for words in notice.background if words.startswith("In part: ")]
    return notice.financial, notice.over_pots, notice.allocations, notice.by_outcome, part


def as_written(letters: Letters, references: Set[str]) -> list[tuple[object, ...]]:
    """Return what letters to some applicants say of why."""
    own = (one for one in letters.letters if one.reference in references)
    return [(one.reference, one.reason, one.why_less, one.held, one.feedback) for one in own]


@pytest.mark.parametrize("seed", range(2))
def test_papers_agree_on_what_was_decided_stands_and_is_left(record: Record, seed: int) -> None:
    chance = Random(seed)
    rows = rows_by(chance)
    decide(recommended(record, rows), *(LineDecision(row.reference) for row in rows.applications))

    def ask(kind: str, round_id: int | None = 1, **of: str) -> Any:
        return paper(record, kind, NOW, round_id, **of)

    before = ask("schedule")
    first, sent = ask("notice", notice="031/2026"), ask("letters")
    asked = as_told(ask("disclosure"))
    funded = {one.reference: one.awarded_pence for one in before.lines if one.awarded_pence}
    first_left = next(one.reference for one in before.lines if one.reference not in funded)  # passes nobody
    reserve = next(row for row in rows.applications if row.reference == first_left)
    gone = chance.choice(sorted(funded))
    record.perform(SetWithdrawn(1, gone, True, "They closed"), OFFICER)
    free = rows.areas[0].pot_pence - sum(funded.values()) + funded[gone]
    given = min(free, reserve.requested_pence)
    outcome = "fund" if given == reserve.requested_pence else "part_fund"
    line = LineDecision(reserve.reference, "change", outcome, given, REASON, "Money came back")
    record.perform(replace(last_step(line, notice="032/2026"), correcting=True), DECIDER)

    decided = sum(funded.values()) + given
    stands, left = decided - funded[gone], free - given
    schedule, report = ask("schedule"), ask("decision-report")
    (use, _), (area, _) = pot_uses(schedule), report.areas
    notices = [ask("notice", notice=number) for number in ("031/2026", "032/2026")]
    finance, public = ask("finance"), ask("publication", None, period="2026/27")
    across = next(fund for fund in ask("governance", None).funds if fund.rounds)
    minutes, letters = ask("minutes"), ask("letters")

    assert as_listed(schedule) == as_listed(before), "places and recommendations are of the meeting's day"
    assert as_told(ask("disclosure")) == asked, "nor does whoever asks get other places"
    assert as_noticed(notices[0]) == as_noticed(first), "a notice says of its money what it said"
    others = {row.reference for row in rows.applications} - {gone, reserve.reference}
    assert as_written(letters, others) == as_written(sent, others), "why others got less or nothing stays"
    assert {item.reference for item in minutes.items} == {row.reference for row in rows.applications}
    assert decided == schedule.whole.awarded_pence == area.awarded_pence
    assert decided == sum(one.total_pence for one in notices)
    assert stands == use.given_pence == area.now_pence
    assert stands == sum(one.amount_pence for one in finance.awards)
    assert stands == sum(one.amount_pence for one in public.awards)
    assert stands == sum(figures.decided_pence for _, figures in across.areas)
    assert stands == sum(one.awarded_pence for one in record.ask(record_years).years[0].awards)
    assert left == use.left_pence == area.left_pence
    assert (use.over_pence, area.over, notices[1].over_pots) == (0, "", ())
    rest = f"{short_pounds(left) if left else 'nothing'} of the pot is left."
    assert without_noughts(notices[1].financial[0]).endswith(rest)
    today = f"stands at {short_pounds(stands)} today; {rest.replace('the pot', 'these pots')}"
    assert without_noughts(dict(report.implications)["Finance"]).endswith(today)
    assert schedule.stands == report.stands
    assert [one.pence for one in finance.not_taken_up] == [funded[gone]]


@pytest.fixture
def withdrawn(record: Record) -> Record:
    """A record with awards of £1,000 and £2,000, the first of them withdrawn since."""
    decided(record)
    record.perform(SetWithdrawn(1, "ACF-001", True, "They closed"), OFFICER)
    return record


def awarded(record: Record) -> tuple[int, int, int]:
    """Return what report, finance and publication say in all."""
    listed = paper(record, "publication", NOW, None, month=date(2026, 12, 1))
    return (
        sum(area.awarded_pence for area in paper(record, "decision-report", NOW).areas),
        sum(award.amount_pence for award in paper(record, "finance", NOW).awards),
        sum(award.amount_pence for award in listed.awards),
    )


def test_papers_on_decisions_have_it_until_it_is_decided_anew_and_lists_of_what_stands_do_not(
    withdrawn: Record,
) -> None:
    # the report says what was decided; finance pays, and the public reads, what stands
    assert awarded(withdrawn) == (300_000, 200_000, 200_000)
    paid = paper(withdrawn, "finance", NOW)
    assert [(one.pence, one.notice) for one in paid.not_taken_up] == [(100_000, "031/2026")]
    withdrawn.perform(SetWithdrawn(1, "ACF-002", True, "They closed too"), OFFICER)
    empty = paper(withdrawn, "finance", NOW)
    assert (empty.awards, len(empty.not_taken_up)) == ((), 2)  # so that the schedule before it ends
    withdrawn.perform(SetWithdrawn(1, "ACF-002", False), OFFICER)
    given = paper(withdrawn, "disclosure", NOW)
    assert given.control == (
        "3 applications, £2,000.00 awarded; 1 award (£1,000.00) was withdrawn after the "
        "decision and not counted"
    )
    given = withdrawn.ask(partial(given_amounts, round_id=1))
    (use, *_) = withdrawn.ask(partial(uses_of, round_id=1, given=given))
    assert use.left_pence == 150_000  # £3,500 less £2,000: what is not taken up may go to others
    told = paper(withdrawn, "notice", NOW, notice="031/2026").financial
    assert "commits £3,000; £500 of the pot is left." in told[0], "the notice says what was decided then"
    made = paper(withdrawn, "schedule", NOW)
    assert made.whole.awarded_pence == 300_000
    assert made.stands.startswith("The awards stand at £2,000 today, £1,000 less than was decided")
    rows = withdrawn.ask(partial(round_rows, round_id=1))
    settled = withdrawn.ask(partial(settled_lines, round_id=1))
    stands = replace(settled, awarded=tuple(replace(one, stands_pence=None) for one in settled.awarded))
    said = r"ACF-001 is withdrawn, and still has an award of £1,000\.00\."
    refused(said, award_schedule, rows, rank(scored_round(rows)), stands)


def test_once_its_decision_is_corrected_it_counts_nowhere_and_the_schedule_is_made(withdrawn: Record) -> None:
    none = LineDecision("ACF-001", "change", "decline", None, "They closed.", "They withdrew")
    withdrawn.perform(replace(last_step(none, notice="032/2026"), correcting=True), DECIDER)

    assert awarded(withdrawn) == (200_000, 200_000, 200_000)
    made = paper(withdrawn, "schedule", NOW)
    assert (made.whole.awarded_pence, made.stands) == (200_000, "")
    assert (made.lines[0].outcome, made.lines[0].recommended_pence) == ("decline", 100_000)
    assert made.lines[0].reason == "They withdrew. Decided again, notice 032/2026."


def test_information_on_request_tells_what_was_awarded_and_given_up(withdrawn: Record) -> None:
    first, named = (
        paper(withdrawn, "disclosure", NOW, names_declined=is_named) for is_named in (False, True)
    )

    told, of_name = (next(line for line in one.lines if line.gone_pence) for one in (first, named))
    assert (told.who, told.outcome) == ("Applicant 1", "withdrawn after the award")
    assert told.reasons == (
        "It was awarded £1,000 on 2 December 2026 (notice 031/2026), which was not taken up, as the "
        "applicant withdrew on 3 November 2026."
    )
    assert of_name.reasons == f"{told.reasons}\n{REASON}", "what was written of it stands with its name alone"

    # Ranking and overview leave its money to others.
    rows = withdrawn.ask(partial(round_rows, round_id=1))
    advised = withdrawn.ask(partial(recommendations, round_id=1))
    listed = round_list(rank(scored_round(rows)), advised)

    use = listed.areas[0]
    assert (use.given_pence, use.left_pence) == (200_000, 150_000)

    # A notice that gives it again, to the third that was in reserve, goes beyond no pot.
    line = LineDecision("ACF-003", "change", "part_fund", 150_000, REASON, "Money came back")
    withdrawn.perform(replace(last_step(line, notice="032/2026"), correcting=True), DECIDER)

    made = paper(withdrawn, "notice", NOW, notice="032/2026")

    assert made.over_pots == ()  # £2,000 stands and £1,500 comes, of £3,500
    assert made.financial[0].endswith(
        "The pot of Coventry is £3,500, of which £3,000 was decided earlier; £1,000 of that is free again, "
        "as A-031-01 was not taken up. This notice commits £1,500; nothing of the pot is left."
    )


def test_the_report_names_the_notices_of_one_statement_in_their_order(signed: Record) -> None:
    signed.perform(first_step(*every_line()), COMMANDER)
    for number, notice in ((2, "031/2026"), (1, "034/2026"), (3, "032/2026")):
        step = last_step(LineDecision(f"ACF-00{number}"), notice=notice)
        signed.perform(replace(step, interests="My cousin sings there.", from_paper=True), OFFICER)

    said = [text for text in paper(signed, "decision-report", NOW).notes if "stated with" in text]

    assert said == [
        f"{DECIDER.name}, Chief Executive, stated with notices 031/2026, 032/2026 and 034/2026: "
        "My cousin sings there."
    ]
