"""How a council's share is to be spent: recorded, changed, removed, refused, undone."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from models.operations.awards.budget import SetSpendingPlan
from models.operations.set_up.office import SetUpOffice
from models.queries.awards.budget import drawn_plans, spending_plans
from models.record import Record
from scoring.budget.limits import PlanLine, SpendingPlan
from scoring.written.text import Refused
from tests.models.operations.awards.varied_awards import half_paid
from tests.models.operations.budgets import ACF, YEAR, allocate
from tests.models.rounds import FUND, OFFICER, assert_replays, undo

PLAN = SpendingPlan("Patrols in the evening ", Decimal("72.5"), "", pays_statutory=False)


@pytest.fixture
def office(record: Record) -> Record:
    """An office that allocates money to Coventry."""
    record.perform(SetUpOffice("Office", (FUND,)), OFFICER)
    allocate(record, Coventry=11_500_000)
    return record


def plans(record: Record) -> dict[str, SpendingPlan]:
    return dict(record.ask(lambda session: spending_plans(session, (1, YEAR))))


def test_a_plan_is_recorded_once_a_line_and_undone(office: Record) -> None:
    first = office.perform(SetSpendingPlan(ACF, YEAR, "coventry", PLAN), OFFICER)
    second = office.perform(
        SetSpendingPlan(ACF, YEAR, "COVENTRY", SpendingPlan("Youth work", Decimal(40), "Prevention")), OFFICER
    )

    assert plans(office)["Coventry"] == SpendingPlan("Youth work", Decimal(40), "Prevention")
    undo(office, second)
    assert plans(office) == {
        "Coventry": SpendingPlan("Patrols in the evening", Decimal("72.5"), "", pays_statutory=False)
    }
    undo(office, first)
    assert plans(office) == {}
    assert_replays(office)


def test_an_empty_plan_takes_it_out(office: Record) -> None:
    office.perform(SetSpendingPlan(ACF, YEAR, "Coventry", PLAN), OFFICER)
    removed = office.perform(SetSpendingPlan(ACF, YEAR, "Coventry", SpendingPlan()), OFFICER)

    assert removed.words == "The spending plan of Coventry for 2026/27 is removed."
    assert SetSpendingPlan(ACF, YEAR, "Coventry", SpendingPlan()).label.startswith("Remove")
    assert plans(office) == {}


@pytest.mark.parametrize("share", ["-1", "100.01", "33.333"])
def test_a_share_is_a_percentage(office: Record, share: str) -> None:
    plan = SpendingPlan("Patrols", Decimal(share))

    with pytest.raises(Refused, match="a percentage from 0 to 100"):
        office.perform(SetSpendingPlan(ACF, YEAR, "Coventry", plan), OFFICER)
    assert plans(office) == {}


def test_a_plan_is_of_a_line_that_the_year_has(office: Record) -> None:
    with pytest.raises(Refused, match="has no area “Nowhere”"):
        office.perform(SetSpendingPlan(ACF, YEAR, "Nowhere", PLAN), OFFICER)


def test_the_lines_of_a_plan_are_kept_in_their_order_and_undone(office: Record) -> None:
    lines = (PlanLine("Wardens", 60_000, 50_000, 40_000), PlanLine("Outreach", 50_000))
    recorded = office.perform(SetSpendingPlan(ACF, YEAR, "Coventry", SpendingPlan(lines=lines)), OFFICER)

    assert plans(office)["Coventry"].lines == lines
    undo(office, recorded)
    assert plans(office) == {}
    assert_replays(office)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((PlanLine(" ", 1),), "has no purpose"),
        ((PlanLine("Wardens", 1), PlanLine("wardens ", 2)), "is in the spending plan twice"),
        ((PlanLine("Wardens", 1, -1),), "less than £0.00"),
    ],
)
def test_lines_that_cannot_be_are_refused(office: Record, lines: tuple[PlanLine, ...], words: str) -> None:
    with pytest.raises(Refused, match=words):
        office.perform(SetSpendingPlan(ACF, YEAR, "Coventry", SpendingPlan(lines=lines)), OFFICER)
    assert plans(office) == {}


def test_a_line_of_an_award_says_what_that_stands_at_and_what_is_paid_of_it(record: Record) -> None:
    half_paid(record)  # ACF-001 got £1,000.00, of which £500.00 is paid
    allocate(record, Coventry=1_000_000)
    lines = (PlanLine("Wardens", 150_000, award="acf-001"), PlanLine("Shelter", 10_000, 5_000, 2_000))
    operation = SetSpendingPlan(ACF, YEAR, "Coventry", SpendingPlan(lines=lines))

    wrong = SpendingPlan(lines=(replace(lines[0], award="A-999-09"),))
    with pytest.raises(Refused, match="There is no award A-999-09 of the fund in 2026/27"):
        record.perform(replace(operation, plan=wrong), OFFICER)
    record.perform(operation, OFFICER)

    shown = record.ask(lambda session: drawn_plans(session, (1, YEAR)))["Coventry"].lines
    assert shown == (replace(lines[0], awarded_pence=100_000, spent_pence=50_000), lines[1])
    assert plans(record)["Coventry"].lines == lines
    assert_replays(record)
