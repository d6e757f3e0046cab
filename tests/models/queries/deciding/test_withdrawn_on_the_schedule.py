"""What the award schedule says of an application that was withdrawn before it was decided."""

from datetime import UTC, date, datetime
from functools import partial

from models.operations.applications.corrections import SetWithdrawn, merge_change
from models.papers.order import PaperOrder
from models.queries.applications.applications import applications
from models.queries.papers.to_sign import schedule
from models.record import Record
from scoring.schedule.exceptions import WITHDREW
from tests.models.operations.deciding_rounds import recommended
from tests.models.rounds import OFFICER

NOW = datetime(2026, 12, 20, tzinfo=UTC)


def why_not(record: Record) -> dict[str, str]:
    found = record.ask(partial(schedule, order=PaperOrder("schedule", NOW, 1)))
    return {line.reference: line.reason for line in found.unranked}


def test_the_day_is_told_on_which_an_applicant_withdrew(record: Record) -> None:
    recommended(record).perform(SetWithdrawn(1, "ACF-003", True, "They closed", date(2026, 5, 29)), OFFICER)

    assert why_not(record) == {"ACF-003": f"{WITHDREW} on 29 May 2026"}


def test_of_one_that_was_merged_nobody_is_said_to_have_withdrawn(record: Record) -> None:
    rows = recommended(record).ask(lambda session: applications(session, 1))
    record.perform(merge_change(1, rows[0], rows[2], ()), OFFICER)

    assert why_not(record) == {"ACF-003": "The same as another application: merged into ACF-001"}
