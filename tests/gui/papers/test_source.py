"""What a paper is written from: an agreement that was signed as it was issued is drawn as signed."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from gui.pages.papers.exports.issuing import state_words
from gui.papers.source import PaperSource, paper_source, signs_of
from models.papers.order import PaperOrder
from models.permissions.viewing import Viewer
from models.queries.applications.applications import applications
from models.queries.deciding.decisions import Waits, chain_of
from models.record import Record
from models.session import Session
from tests.models.both_signed import both_sign
from tests.models.conftest import OFFICER, OPENER, TickingClock
from tests.models.operations.awards.test_agreement_details import agree_outputs
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DECIDER,
    decided,
    every_line,
    first_step,
    signed,
)

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


def source_at(record: Record, now: datetime) -> PaperSource:
    return record.ask(partial(paper_source, order=PaperOrder("agreement", now, 1, award="A-031-01")))


def test_an_agreement_that_was_signed_as_issued_is_drawn_as_signed(tmp_path: Path) -> None:
    with Record.create(tmp_path / "office.panel", OPENER, clock=TickingClock()) as record:
        decided(record)
        agree_outputs(record)
        first = source_at(record, NOW)
        issue = record.ask(first.next_issue)
        record.perform(issue.operation, OFFICER)
        issued = source_at(record, NOW)
        record.perform(both_sign("ACF-001", NOW.date()), OFFICER)

        signed = source_at(record, NOW + timedelta(days=9))

    assert (first.version, issued.version, signed.version) == (None, 1, 1)
    assert (issued.status.signed_on, signed.status.signed_on) == (None, NOW.date())
    assert state_words(signed.version, is_signed=True) == "Version 1, signed"


def test_what_waits_for_a_signer_is_what_decisions_lets_them_sign(tmp_path: Path) -> None:
    """Nobody both scores and decides, nor signs two steps; whoever may is asked in their post."""

    def offered(session: Session, name: str, step: int) -> tuple[str, ...]:
        of, chain = applications(session, 1)[0], chain_of(session, 1)
        signs = signs_of(session, 1, Viewer(name, chain[step].role))
        assert signs is not None
        return signs(of, Waits(step, chain[step].posts))

    def asked(session: Session) -> list[int]:
        names = ((COMMANDER.name, 0), (DECIDER.name, 1), (COMMANDER.name, 1), ("Ann Sample", 0))
        return [len(offered(session, name, step)) for name, step in names]

    with Record.create(tmp_path / "office.panel", OPENER, clock=TickingClock()) as record:
        signed(record)
        assert record.ask(asked) == [1, 1, 1, 0], "Ann Sample gave marks"
        record.perform(first_step(*every_line()), COMMANDER)
        assert record.ask(asked) == [1, 1, 0, 0], "whoever signed the first step does not sign the second"
