"""The end of a year: lines, expenditure, awards, and what is decided of the rest; done, refused, undone."""

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.awards.year_end import DecideYearEnd, DecisionChange, SetYearLines, SpentChange
from models.operations.deciding.signing import SignRecommendations
from models.papers.year.year_facts import ALLOCATION, CARRY, OVER, Spent, YearLine
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.awards.year_facts import year_end, year_lines
from models.queries.history import history
from models.record import Record
from models.reference.reporting import last_day
from models.values.awards import Returned
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import (
    DAY,
    FINANCE,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.operations.year_ends import (
    ACF,
    ALLOWED,
    APRIL,
    CARRIED,
    CSF,
    KITES,
    LATE,
    LINES,
    MARCH,
    NEXT,
    SPENT,
    YEAR,
    decide,
    line,
    spend,
    spent,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, refuses, set_up_office, undo


@pytest.fixture
def kept(record: Record) -> Record:
    """A fund without a panel that has two lines of its own."""
    set_up_office(record).perform(SetYearLines(CSF, YEAR, LINES, ()), OFFICER)
    return record


def test_lines_without_a_round_have_money_commitment_and_variances(kept: Record) -> None:
    kept.perform(KITES, FINANCE)
    kites = line(kept, "Kites")

    # Budget 5,000 + 400 start-up; committed 3,000; spent 2,500 + 150.
    assert (kites.budget_pence, kites.committed_pence, kites.whole_spent_pence) == (540_000, 300_000, 265_000)
    assert (kites.committed_less_pence, kites.spent_less_pence) == (240_000, 275_000)
    assert (kites.start_up_spent_pence, kites.start_up_left_pence) == (15_000, 25_000)
    assert line(kept, "Boats").committed_less_pence == -4_800
    assert kept.ask(lambda s: year_lines(s, CSF, YEAR)) == LINES
    assert spent(kept, "csf") == {"Kites": 265_000, "Boats": 0}

    # History tells what was recorded and what stood there.
    kept.perform(spend(SpentChange("Kites", "", replace(SPENT, pence=100), SPENT)), FINANCE)
    kept.perform(CARRIED, OFFICER)
    told = [one.detail for one in kept.ask(lambda s: history(s, OFFICE_VIEWER))[:3]]
    assert told == [
        "Kites: £3,000.00 (was nothing). a late start",
        "Kites: £151.00 (was £2,650.00)",
        "Kites: £2,650.00 (was nothing)",
    ]
    # What is carried forward is brought into the next year.
    kept.perform(SetYearLines(CSF, "2027/28", (YearLine("Kites", 100_000),), ()), OFFICER)

    kites = line(kept, "Kites", year="2027/28")

    assert (kites.pot.brought_pence, kites.money_pence, kites.budget_pence) == (300_000, 400_000, 100_000)


def test_a_carry_forward_is_a_decision_beside_the_arithmetic(kept: Record) -> None:
    kept.perform(KITES, OFFICER)
    outcome = kept.perform(decide(CARRY, "Kites", replace(LATE, pence=0, start_up_pence=25_000)), OFFICER)
    kites = line(kept, "Kites")

    assert outcome.words == "Kites carries £250.00 forward."
    assert (kites.left_pence, kites.carried_pence, kites.apart_pence) == (275_000, 25_000, -250_000)
    assert (line(kept, "Kites").carried_pence, line(kept, "Boats").carried_pence) == (25_000, None)
    assert [one.name for one in kept.ask(lambda s: year_end(s, CSF, YEAR)).undecided] == ["Boats"]
    # A line with figures stays, and lines come back.
    refuses(kept, "“Kites” has figures", SetYearLines(CSF, YEAR, (LINES[1],), LINES))

    outcome = kept.perform(SetYearLines(CSF, YEAR, (LINES[0],), LINES), OFFICER)

    assert outcome.words == "Community Safety Fund has 1 line of its own in 2026/27."
    undo(kept, outcome)
    # Over-commitment is told until somebody is named who allowed it.
    # 2,048 committed of 2,000: 102.4 %.
    assert line(kept, "Boats").notes == (
        "Boats committed 102.4% of its money, £48.00 over, and nobody is named who allowed it.",
    )
    with pytest.raises(Refused, match=r"committed £48\.00 over its money, and £47\.99 does not cover it"):
        kept.perform(decide(OVER, "Boats", replace(ALLOWED, pence=4_799)), OFFICER)

    outcome = kept.perform(decide(OVER, "Boats", ALLOWED), OFFICER)

    assert outcome.words == "Cora Chief, Chief Executive allows £48.00 over the money of Boats."
    assert line(kept, "Boats").authority == "Cora Chief, Chief Executive"
    assert line(kept, "Boats").notes[0].endswith("allowed by Cora Chief, Chief Executive.")


def lines_of(lines: Sequence[YearLine], replacing: Sequence[YearLine] = LINES) -> SetYearLines:
    return SetYearLines(CSF, YEAR, tuple(lines), tuple(replacing))


def test_what_does_not_hold_together_is_refused(kept: Record) -> None:
    for operation, words in (
        (lines_of((), ()), "were changed in the meantime"),
        (lines_of((YearLine(" Kites", 1),)), "without spaces before or after it"),
        (lines_of((YearLine("", 1),)), "Each line must have a name"),
        (lines_of((*LINES, YearLine("kites", 1))), "“kites” is there already"),
        (lines_of((YearLine("Kites", -1),)), "is below £0.00"),
        (replace(KITES, year="2026/28"), "“2026/28” is not a financial year"),
        (replace(KITES, year="next"), "is not a financial year"),
        (replace(KITES, fund="No Fund"), "There is no fund No Fund in this record"),
        (spend(), "There is no expenditure"),
        (spend(*KITES.changes, *KITES.changes), "named twice"),
        (spend(SpentChange("", "", SPENT, None)), "Name a line or an award"),
        (spend(SpentChange("Kites", "A-1", SPENT, None)), "and not both"),
        (spend(SpentChange("Cups", "", SPENT, None)), "no area or line “Cups”"),
        (spend(SpentChange("Kites", "", SPENT, SPENT)), "was changed in the meantime"),
        (spend(SpentChange("Kites", "", replace(SPENT, pence=-1), None)), "below £0.00"),
        (
            spend(SpentChange("Kites", "", replace(SPENT, source=" "), None)),
            "Say where the expenditure of Kites",
        ),
        (DecideYearEnd(CSF, YEAR, ()), "There is no decision"),
        (replace(CARRIED, changes=CARRIED.changes * 2), "named twice"),
        (decide("gift", "Kites", LATE), "“gift” is not decided at the end"),
        (decide(CARRY, "Kites", LATE, LATE), "was changed in the meantime"),
        (
            decide(CARRY, "Kites", replace(LATE, decided_by=" ")),
            "Name who decided the carry forward of Kites",
        ),
        (decide(CARRY, "Kites", replace(LATE, reason=" ")), "Say why the carry forward of Kites"),
        (decide(OVER, "Boats", replace(ALLOWED, reason="")), "Say why the over-commitment of Boats"),
        (decide(ALLOCATION, "Kites", replace(NEXT, start_up_pence=-1)), "The allocation of Kites is below"),
        (decide(OVER, "Boats", replace(ALLOWED, start_up_pence=1)), "Start-up money is not part"),
        (decide(ALLOCATION, "kites", NEXT), "“kites” is there already as “Kites”"),
        (decide(ALLOCATION, " Cups", NEXT), "without spaces before or after it"),
        (decide(ALLOCATION, "Cups", replace(NEXT, pence=10**18)), "too large to be saved"),
    ):
        refuses(kept, words, operation)


def test_an_area_spent_what_was_paid_and_not_returned_and_an_award_its_own_figures(decided: Record) -> None:
    ready_to_pay(decided, "ACF-001", DAY, FINANCE)
    decided.perform(PayInstalment(1, "ACF-001", 1, date(2026, 12, 9), None), FINANCE)
    change = DecisionChange(CARRY, "", "A-031-01", replace(LATE, start_up_pence=0), None)
    decided.perform(DecideYearEnd(ACF, YEAR, (change,)), OFFICER)

    (award, _) = line(decided, "Coventry", ACF).awards
    assert (award.reference, award.left_pence, award.carried_pence) == ("A-031-01", 67_000, 275_000)
    for wrong, words in (
        (replace(change, deed=ALLOCATION), "A-031-01 is an award: the allocation is decided for its area"),
        (replace(change, award="A-031-02", now=LATE), "Start-up money is not part of the carry forward"),
        (replace(change, award="A-031-09"), "has no award A-031-09"),
    ):
        refuses(decided, words, DecideYearEnd(ACF, YEAR, (wrong,)))
    # Without figures of its own an area spent what was paid and not returned.
    assert line(decided, "Coventry", ACF).whole_spent_pence == 33_000

    back = (Returned(3_000, MARCH, "one session fewer"), Returned(1_000, APRIL, "receipts missing"))
    decided.perform(SetReturned(1, "ACF-001", back, ()), FINANCE)

    assert spent(decided, ACF) == {"Coventry": 30_000, "Dudley": 0}
    # What comes back in April is of the year that begins then.
    assert spent(decided, ACF, "2027/28") == {"Coventry": -1_000}
    # Expenditure of an award stands in place of its payments.
    outcome = decided.perform(
        spend(SpentChange("", "A-031-01", Spent(95_000, 0, MARCH, "return"), None), fund=ACF), OFFICER
    )

    assert outcome.words == "A-031-01 spent £950.00."
    assert line(decided, "Coventry", ACF).whole_spent_pence == 95_000
    change = SpentChange("", "A-031-02", Spent(1, 1, MARCH, "return"), None)
    refuses(decided, "A-031-02 is an award, and start-up money is in no award", spend(change, fund=ACF))
    # It is known until the last day of its year, and until today before that.
    assert [last_day("2026/27", day) for day in (DAY, MARCH, APRIL)] == [DAY, MARCH, MARCH]


def test_the_tolerance_of_a_round_is_an_authority(record: Record) -> None:
    rows = deciding_rows()
    scheme = replace(
        rows.scheme, tolerance_percent=rows.scheme.tolerance_percent + 20, tolerance_authority="A. Chief"
    )
    recommended(record, replace(rows, scheme=scheme, areas=(Area("Coventry", 260_000), Area("Dudley", 0))))
    record.perform(SignRecommendations(1, "Coventry", DAY), Actor("Ravi Example", "chair"))
    record.perform(first_step(*every_line()), Actor("Cora Command", "commander"))
    record.perform(last_step(*every_line()), Actor("Dan Decides", "decider"))

    coventry = line(record, "Coventry", ACF)

    assert coventry.over_pence > 0
    assert coventry.authority == "A. Chief"
