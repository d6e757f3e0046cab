"""Which awards stand in an issued schedule: an award schedule from before the decisions tells of none."""

import json
from hashlib import sha256

from models.operations.papers import IssuePaper
from models.papers.kinds import SCHEDULE
from models.papers.texts import LETTERS
from models.queries.papers.issues import SchedulesIssued, schedules_issued
from models.record import Record
from tests.models.queries.papers.test_issued_papers import issue, schedule_of
from tests.models.rounds import OFFICER, load, set_up_office


def issue_area(record: Record, area: str, **awarded: int | None) -> None:
    """Issue a schedule of one area whose lines tell these awards."""
    lines = [{"reference": reference, "awarded": pence} for reference, pence in awarded.items()]
    _issue(record, SCHEDULE, area, {"lines": lines})


def _issue(record: Record, kind: str, area: str, values: dict[str, object]) -> None:
    content, head = json.dumps(values), record.head()
    digest = sha256(content.encode()).hexdigest()
    record.perform(IssuePaper(kind, 1, area, content, digest, "", head.seq, head.hash_hex), OFFICER)


def test_a_schedule_from_before_the_decisions_tells_no_award(record: Record) -> None:
    load(set_up_office(record))
    issue(record, schedule_of(record))

    found = record.ask(lambda session: schedules_issued(session, 1))

    assert found.awarded == frozenset()
    assert not found.has_finance("Dudley")


def test_a_schedule_of_one_area_tells_its_awards(record: Record) -> None:
    load(set_up_office(record))
    issue_area(record, "Dudley", A1=10_000, A2=None)

    found = record.ask(lambda session: schedules_issued(session, 1))

    assert (found.has_award("A1"), found.has_award("A2"), found.has_award("A3")) == (True, False, False)


def test_who_was_written_to_stands_in_issued_letters_or_is_offered_in_an_agreement(record: Record) -> None:
    load(set_up_office(record))
    _issue(record, LETTERS, "Dudley", {"letters": [{"reference": "A1"}], "in_agreements": ["A2"]})
    _issue(record, LETTERS, "Coventry", {"letters": [{"reference": "A3"}]})

    assert record.ask(lambda session: schedules_issued(session, 1)).told == {"A1", "A2", "A3"}


def test_a_finance_schedule_of_all_areas_is_one_of_each() -> None:
    whole, dudley = (
        SchedulesIssued(frozenset(), frozenset({""})),
        SchedulesIssued(frozenset(), frozenset({"Dudley"})),
    )

    assert (whole.has_finance("Dudley"), whole.has_finance(None)) == (True, True)
    assert (dudley.has_finance("Dudley"), dudley.has_finance("Walsall")) == (True, False)
