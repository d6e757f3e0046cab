"""Papers of rounds where an award was not taken up and its money went to another: one sum by each name."""

from collections.abc import Set
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.signing import SignRecommendations
from models.papers.kinds import KINDS
from models.papers.letters.letters import Letters
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.transparency.disclosure import Disclosure
from models.queries.awards.year_facts import record_years
from models.record import Record
from models.values.recommending import LineDecision
from models.values.rows import RoundRows, SheetRow
from scoring.money import short_pounds, without_noughts
from scoring.round import Area
from scoring.schedule.values import AwardSchedule, pot_uses
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    REASON,
    deciding_rows,
    first_step,
    last_step,
    recommended,
)
from tests.models.rounds import OFFICER, application

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


@pytest.mark.parametrize("seed", range(3))
def test_papers_agree_on_what_was_decided_stands_and_is_left(record: Record, seed: int) -> None:
    chance = Random(seed)
    rows = rows_by(chance)
    recommended(record, rows).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    lines = tuple(LineDecision(row.reference) for row in rows.applications)
    record.perform(first_step(*lines), COMMANDER)
    record.perform(last_step(*lines), DECIDER)

    def paper(kind: str, **of: Any) -> Any:
        return record.ask(partial(KINDS[kind].ask, order=PaperOrder(kind, NOW, **of)))

    before = paper("schedule", round_id=1)
    first, sent = paper("notice", round_id=1, notice="031/2026"), paper("letters", round_id=1)
    asked = as_told(paper("disclosure", round_id=1))
    funded = {one.reference: one.awarded_pence for one in before.lines if one.awarded_pence}
    first_left = next(one.reference for one in before.lines if one.reference not in funded)  # passes nobody
    reserve = next(row for row in rows.applications if row.reference == first_left)
    gone = chance.choice(sorted(funded))
    record.perform(SetWithdrawn(1, gone, True, "They closed"), OFFICER)
    free = rows.areas[0].pot_pence - sum(funded.values()) + funded[gone]
    given = min(free, reserve.requested_pence)
    line = LineDecision(reserve.reference, "change", "part_fund", given, REASON, "Money came back")
    record.perform(replace(last_step(line, notice="032/2026"), correcting=True), DECIDER)

    decided = sum(funded.values()) + given
    stands, left = decided - funded[gone], free - given
    schedule, report = paper("schedule", round_id=1), paper("decision-report", round_id=1)
    (use, _), (area, _) = pot_uses(schedule), report.areas
    notices = [paper("notice", round_id=1, notice=number) for number in ("031/2026", "032/2026")]
    finance, public = paper("finance", round_id=1), paper("publication", period="2026/27")
    across = next(fund for fund in paper("governance").funds if fund.rounds)
    minutes, letters = paper("minutes", round_id=1), paper("letters", round_id=1)

    assert as_listed(schedule) == as_listed(before), "places and recommendations are of the meeting's day"
    assert as_told(paper("disclosure", round_id=1)) == asked, "nor does whoever asks get other places"
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
