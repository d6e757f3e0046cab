"""Which periods of a fund wait for a person, as Overview asks it."""

from datetime import UTC, date, datetime
from functools import partial

from msgspec.structs import replace

from models.issuing import next_issue
from models.operation import Actor
from models.operations.awards.monitoring import PutReturns, ReturnPut
from models.papers.monitoring.monitoring import ReturnContent
from models.papers.order import PaperOrder
from models.queries.awards.ministry import PeriodReminder, ministry_return, period_reminders
from models.queries.panel.to_do import After, What
from models.queries.panel.to_do_money import money_tasks
from models.record import Record
from tests.models.conftest import TickingClock
from tests.models.operations.awards.reported_funds import DIRECT, reported
from tests.models.rounds import OFFICER

AT = datetime(2027, 4, 20, 9, 0, tzinfo=UTC)


def waiting(record: Record, day: date) -> list[tuple[str, int, int, bool]]:
    found = record.ask(partial(period_reminders, round_id=1, today=day))
    return [(one.period.name, one.missing, one.late, one.is_submitted) for one in found]


def submit(record: Record, period: str) -> None:
    order = PaperOrder("ministry", AT, fund="VF", period=period, reason="Late.")
    value = record.ask(partial(ministry_return, order=order))
    issue = record.ask(partial(next_issue, order=order, value=value))
    assert issue is not None
    record.perform(issue.operation, OFFICER)


def test_a_period_waits_once_it_is_over_until_it_is_submitted_and_again_for_what_is_late(
    record: Record, clock: TickingClock
) -> None:
    line = reported(record)
    assert waiting(record, date(2026, 12, 31)) == []
    # both returns of Q3 came in; of Q4 two have not
    assert waiting(record, date(2027, 4, 1)) == [("2026/27-Q3", 0, 0, False), ("2026/27-Q4", 2, 0, False)]
    clock.now = AT
    submit(record, "2026/27-Q3")
    submit(record, "2026/27-Q4")
    assert waiting(record, date(2027, 4, 21)) == []

    late = ReturnContent(date(2027, 4, 25), "Rung again.", 50_000)
    record.perform(PutReturns(DIRECT, (ReturnPut(line, 2, late, None),)), OFFICER)

    assert waiting(record, date(2027, 4, 26)) == [("2026/27-Q4", 0, 1, True)]


def test_a_fund_that_does_not_report_waits_for_nothing(record: Record) -> None:
    reported(record)

    assert record.ask(partial(period_reminders, round_id=99, today=date(2027, 5, 1))) == ()


def test_overview_says_what_waits_and_how_long(record: Record) -> None:
    reported(record)
    found = record.ask(partial(period_reminders, round_id=1, today=date(2027, 4, 1)))
    late = replace(found[1], missing=0, late=2, is_submitted=True)

    told = list(money_tasks(After(periods=(*found[:1], late)), Actor("").role, "Grace Okoro", None))

    assert [(task.what, task.words, task.note) for task in told] == [
        (
            What.SUBMIT_RETURN,
            "The return to the Ministry for 2026/27-Q3 is not submitted",
            "Every return of it has come in",
        ),
        (
            What.SUBMIT_RETURN,
            "2 returns came in after 2026/27-Q4 was submitted",
            "Submit a correction to the Ministry with its reason",
        ),
    ]
    assert [task.reference for task in told] == ["2026/27-Q3", "2026/27-Q4"]
    missing = PeriodReminder(found[0].period, missing=1)
    (one,) = money_tasks(After(periods=(missing,)), "finance", "Finn Pays", None)
    assert one.note == "1 return of it is missing"
    (bare,) = money_tasks(After(periods=(PeriodReminder(found[0].period),)), "finance", "Finn Pays", None)
    assert bare.note == "No return is planned that tells of it"
