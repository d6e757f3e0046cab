"""What a paper is written from: an agreement that was signed as it was issued is drawn as signed."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from gui.pages.papers.exports.issuing import state_words
from gui.papers.source import PaperSource, paper_source
from models.operations.awards.agreements import SignAgreement
from models.papers.order import PaperOrder
from models.record import Record
from tests.models.conftest import OFFICER, OPENER, TickingClock
from tests.models.operations.deciding_rounds import decided

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


def source_at(record: Record, now: datetime) -> PaperSource:
    return record.ask(partial(paper_source, order=PaperOrder("agreement", now, 1, award="A-031-01")))


def test_an_agreement_that_was_signed_as_issued_is_drawn_as_signed(tmp_path: Path) -> None:
    with Record.create(tmp_path / "office.panel", OPENER, clock=TickingClock()) as record:
        decided(record)
        first = source_at(record, NOW)
        issue = record.ask(first.next_issue)
        assert issue is not None
        record.perform(issue.operation, OFFICER)
        issued = source_at(record, NOW)
        record.perform(SignAgreement(1, "ACF-001", NOW.date(), None), OFFICER)

        signed = source_at(record, NOW + timedelta(days=9))

    assert (first.version, issued.version, signed.version) == (None, 1, 1)
    assert (issued.status.signed_on, signed.status.signed_on) == (None, NOW.date())
    assert state_words(signed.version, is_signed=True) == "Version 1, signed"
