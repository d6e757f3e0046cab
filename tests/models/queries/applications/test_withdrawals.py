"""Since when an application is withdrawn: the day that was said, else that of its recording."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from models.operations.applications.corrections import SetWithdrawn
from models.queries.applications.endings import Withdrawal, withdrawals
from models.record import Record
from scoring.written.text import Refused
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office, undo


def known(record: Record) -> dict[str, Withdrawal]:
    return dict(record.ask(partial(withdrawals, round_id=1)))


def test_the_day_on_which_an_applicant_withdrew_counts_and_none_that_is_to_come(record: Record) -> None:
    load(set_up_office(record))
    friday, today = date(2026, 10, 2), datetime.now(UTC).date()

    said = record.perform(SetWithdrawn(1, "ACF-001", True, "They closed", friday), OFFICER)
    first = known(record)["ACF-001"]
    undo(record, said)
    record.perform(SetWithdrawn(1, "ACF-001", True, "They closed"), OFFICER)

    assert first == Withdrawal(friday, "They closed")
    assert known(record)["ACF-001"].on not in (friday, None), "without a day it is that of the record"
    with pytest.raises(Refused, match=r"is still to come\. Record it once the applicant has withdrawn\."):
        record.perform(SetWithdrawn(1, "ACF-002", True, "They closed", today + timedelta(days=800)), OFFICER)
    assert_replays(record)
