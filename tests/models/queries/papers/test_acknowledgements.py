"""What applicants are written when their application came."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.issuing import next_issue
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.set_up.areas import MoveArea, SetAreaDates
from models.operations.set_up.office import SetPaperTexts
from models.papers.kinds import ACKNOWLEDGEMENTS
from models.papers.letters.letter import Came
from models.papers.letters.letters import Letters
from models.papers.order import PaperOrder
from models.queries.papers.intake_papers import acknowledgements, unnamed_day_words
from models.record import Record
from models.values.rounds import AreaDates
from scoring.written.text import Refused
from tests.exchange.papers.letters.texts import text_of
from tests.models.operations.deciding_rounds import CHAIR, decided, deciding_rows
from tests.models.rounds import OFFICER, application, import_operation, load, set_up_office

ORDER = PaperOrder(ACKNOWLEDGEMENTS, datetime(2026, 10, 4, 14, 5, tzinfo=UTC), 1)
DATES = AreaDates(closes_on=date(2026, 10, 5), closes_time="12:00", meets_on=date(2026, 11, 2))


def given(record: Record) -> Letters:
    found: Letters = record.ask(partial(acknowledgements, order=ORDER))
    return found


def test_each_applicant_is_told_what_came_when_and_what_happens_next(record: Record) -> None:
    plain = {"received_at": None, "area": None, "requested_pence": 100_000}
    set_up_office(record).perform(import_operation(application(2), application(10, **plain)), OFFICER)
    before, call = given(record), partial(unnamed_day_words, order=ORDER)
    assert record.ask(call).startswith("The call names no day by which applicants hear. Say it")
    record.perform(SetAreaDates(1, "Coventry", DATES, AreaDates()), OFFICER)
    record.perform(SetPaperTexts(1, "call", "", (("hear_by", "18 December 2026"),)), OFFICER)

    after = given(record)

    assert [one.reference for one in after.letters] == ["ACF-002", "ACF-010"]
    received = date(2026, 10, 2)
    assert [one.came for one in before.letters] == [
        Came(received, "09:30", "Coventry", is_checked=True),
        Came(is_checked=True),
    ]
    first = after.letters[0]
    assert first.came == Came(
        received, "09:30", "Coventry", DATES.closes_on, "12:00", is_checked=True, meets_on=DATES.meets_on
    )
    assert (before.letters[0].answer_by, first.answer_by) == (None, date(2026, 12, 18))
    assert "We will write to you with the decision once it is taken" in text_of(before, before.letters[0])
    assert ["hear_by" in words for words in before.gaps] == [True]
    assert before.gaps[0].startswith("The letters name no day by which applicants hear. Say it")
    assert (after.gaps, after.control, record.ask(call)) == ((), "2 letters", "")
    assert record.ask(partial(next_issue, order=ORDER, value=after)) is not None


def test_what_has_a_letter_of_its_own_is_named_and_one_let_in_late_is_told_so(record: Record) -> None:
    rows = tuple(application(number) for number in (1, 2, 3, 4))
    set_up_office(record).perform(import_operation(*rows), OFFICER)
    early = AreaDates(closes_on=date(2026, 10, 1))
    record.perform(SetAreaDates(1, "Coventry", early, AreaDates()), OFFICER)
    record.perform(SetGate(1, "ACF-002", "in-time", "waived", "post strike", "fail"), OFFICER)
    record.perform(SetWithdrawn(1, "ACF-004", True, "they moved"), OFFICER)

    found = given(record)

    assert [one.reference for one in found.letters] == ["ACF-001", "ACF-002"]
    (late,) = (one.came for one in found.letters[1:])
    assert late is not None
    assert (late.is_late, late.is_over, late.closes_on) == (True, True, early.closes_on)
    assert found.gaps[0].startswith(
        "2 applications have another letter, being late, not eligible or withdrawn:"
    )


def test_why_nothing_is_to_be_acknowledged_is_said_with_what_is_written_instead(record: Record) -> None:
    load(set_up_office(record), replace(deciding_rows(), sheets=()))
    with pytest.raises(Refused, match="No application came there yet, so there is none to acknowledge"):
        record.ask(partial(acknowledgements, order=replace(ORDER, area="Dudley")))

    for number in (1, 2, 3):
        record.perform(SetWithdrawn(1, f"ACF-00{number}", True, "they moved"), OFFICER)
    with pytest.raises(Refused, match="late, not eligible or withdrawn, as its letter to applicants says"):
        given(record)


def test_what_was_marked_elsewhere_is_acknowledged_and_told_no_marking_to_come(record: Record) -> None:
    load(set_up_office(record), deciding_rows())

    found = given(record)

    assert len(found.letters) == 3
    assert [one.came.is_marked for one in found.letters if one.came] == [True] * 3


def test_what_came_is_acknowledged_until_something_is_decided_on_it(record: Record) -> None:
    load(set_up_office(record), replace(deciding_rows(), sheets=(), agreed=()))
    before = given(record)
    record.perform(MoveArea(1, "Coventry", "scoring"), CHAIR)
    marking = given(record)

    assert [one.reference for one in marking.letters] == [one.reference for one in before.letters]
    assert [one.came.is_checked for one in before.letters if one.came] == [True] * 3
    assert [one.came.is_checked or one.came.is_marked for one in marking.letters if one.came] == [False] * 3
    record.perform(MoveArea(1, "Coventry", "meeting"), CHAIR)
    assert [one.came.is_marked for one in given(record).letters if one.came] == [True] * 3


def test_what_is_decided_has_another_letter(record: Record) -> None:
    decided(record)

    with pytest.raises(Refused, match="Coventry is past that: it is decided there"):
        given(record)


def test_no_day_that_is_over_is_promised(record: Record) -> None:
    set_up_office(record).perform(import_operation(application(2)), OFFICER)
    record.perform(SetPaperTexts(1, "call", "", (("hear_by", "18 September 2026"),)), OFFICER)

    found = given(record)

    assert found.letters[0].answer_by is None
    assert found.gaps[0].startswith("The call names 18 September 2026 as the day by which applicants hear")
