"""How applications ended, and which were erased, as their page, search and papers tell it."""

from datetime import date, datetime

from msgspec.structs import replace

from models.journal.erasing import erase, proved_erasure_of
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.awards.paying import PayInstalment
from models.operations.set_up.areas import SetAreaDates
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import gates
from models.queries.applications.endings import endings, erasures
from models.queries.applications.reading import findable, intake
from models.queries.awards.awards import awards
from models.queries.history import history, history_of
from models.queries.set_up.rounds import area_dates
from models.record import Record
from models.values.recommending import LineDecision
from scoring.written.days import full_day
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    decided,
    every_line,
    first_step,
    last_step,
    signed,
)
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, application, import_operation, set_up_office


def test_what_was_decided_is_told_with_its_day_and_why(record: Record) -> None:
    decided(record)

    told = record.ask(lambda s: endings(s, 1))

    assert told["ACF-001"].startswith(f"Awarded £1,000 on {full_day(DAY)}")
    assert told["ACF-003"] == f"Put in reserve on {full_day(DAY)}"
    found = {row.reference: row.ended for row in record.ask(lambda s: findable(s, 1, OFFICE_VIEWER))}
    shown = {
        line.row.reference: line.ended for line in record.ask(lambda s: intake(s, 1, OFFICE_VIEWER)).lines
    }
    assert found == shown == dict(told)


def test_what_was_withdrawn_or_failed_is_told_and_what_is_open_is_not(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(*(application(number) for number in (1, 2, 3))), OFFICER)
    record.perform(SetWithdrawn(1, "ACF-001", True, "The group was wound up.", date(2026, 11, 3)), OFFICER)
    gate = record.ask(lambda s: gates(s, 1))[0].code
    record.perform(SetGate(1, "ACF-002", gate, "fail", "One person alone"), OFFICER)

    told = record.ask(lambda s: endings(s, 1))

    assert told["ACF-001"] == "Withdrawn on 3 November 2026, because: The group was wound up"
    assert told["ACF-002"].startswith("Not eligible, because: ")
    assert "ACF-003" not in told


def test_an_erased_application_says_so(record: Record) -> None:
    decided(record)
    found = record.ask(lambda s: proved_erasure_of(s, ((1, "ACF-001"),), "asked for it.", "Ida Protect"))
    erase(record, found.operation, OFFICER)

    told = record.ask(lambda s: erasures(s, 1))

    assert set(told) == {"ACF-001"}
    assert told["ACF-001"].endswith(", by Grace Okoro: asked for it.")
    lines = {one.row.reference: one.erased for one in record.ask(lambda s: intake(s, 1, OFFICE_VIEWER)).lines}
    assert lines == {"ACF-001": told["ACF-001"], "ACF-002": "", "ACF-003": ""}


def test_the_history_of_an_application_has_what_was_changed_on_it_among_others(record: Record) -> None:
    decided(record)

    own = [line.kind for line in record.ask(lambda s: history(s, OFFICE_VIEWER)) if "ACF-003" in line.names]

    assert {"load round", "record decisions", "record recommendations"} <= set(own)
    assert "set up office" not in own
    told = record.ask(lambda s: history_of(s, OFFICE_VIEWER, (1, "ACF-003")))
    assert [line.kind for line in told] == own[::-1], "the oldest first"
    other = record.ask(lambda s: history_of(s, OFFICE_VIEWER, (2, "ACF-003")))
    assert [line.kind for line in other] == ["load round"], "which says by name what round it made"


def test_each_way_in_which_an_application_ends_is_told_as_it_was(record: Record) -> None:
    signed(record).perform(first_step(*every_line()), COMMANDER)
    declined = LineDecision("ACF-002", "change", "decline", change_reason="the budget was cut")
    record.perform(last_step(LineDecision("ACF-001"), declined, LineDecision("ACF-003")), DECIDER)
    awarded = f"Awarded £1,000 on {full_day(DAY)}"
    told = record.ask(lambda s: endings(s, 1))
    assert told["ACF-002"] == f"Declined on {full_day(DAY)}, because: the budget was cut"
    parts = record.ask(lambda s: awards(s, 1))[0].instalments
    ready_to_pay(record, "ACF-001", DAY, FINANCE)

    for number in range(1, len(parts) + 1):
        assert told["ACF-001"].startswith(awarded)
        assert "paid in full" not in told["ACF-001"]
        record.perform(PayInstalment(1, "ACF-001", number, DAY, None), FINANCE)
        told = record.ask(lambda s: endings(s, 1))

    assert told["ACF-001"].endswith("; paid in full")


def test_an_offer_that_the_applicant_declines_is_told_with_both(record: Record) -> None:
    decided(record)

    record.perform(SetWithdrawn(1, "ACF-001", True, "They found other money."), OFFICER)

    offered, declined = record.ask(lambda s: endings(s, 1))["ACF-001"].split("; ")
    assert offered.startswith(f"Awarded £1,000 on {full_day(DAY)}")
    assert declined.startswith("withdrawn on ")
    assert declined.endswith(", because: They found other money")


def test_what_came_late_says_when_it_came_and_when_its_area_closed(record: Record) -> None:
    set_up_office(record)
    late = application(2, received_at=datetime(2026, 10, 2, 9, 30), received_has_time=True)
    record.perform(import_operation(late), OFFICER)
    stands = record.ask(lambda s: area_dates(s, 1))["Coventry"]
    dates = replace(stands, closes_on=date(2026, 10, 1))
    record.perform(SetAreaDates(1, "Coventry", dates, stands), OFFICER)

    assert record.ask(lambda s: endings(s, 1))["ACF-002"] == (
        "Not eligible, because: received 2 Oct 2026 at 09:30, after Coventry closed on 1 Oct 2026"
    )
