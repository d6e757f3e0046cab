"""One record says the same from a file and from a server: ranking, explanations, every paper, the journal."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from exchange.papers.paper_writing import write_paper
from models.copies.office_server import load
from models.papers.kinds import KINDS
from models.papers.order import PaperOrder
from models.queries.papers.papers import draft_status
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.session import Session
from models.store.places import server_address
from models.values.rows import scored_round
from scoring.explaining.steps import explain
from scoring.rank import rank
from scoring.written.text import Refused
from tests.models.conftest import OPENER
from tests.models.operations.deciding_rounds import decided

NOW = datetime(2027, 1, 5, tzinfo=UTC)
WRITTEN = (("schedule", ".xlsx"), ("finance", ".xlsx"), ("notice", ".docx"), ("tables", ".xlsx"))
"""Papers that are compared to the byte as well as to the value."""


def order_of(kind: str) -> PaperOrder:
    """Return an order for a paper of the round, of its month or of its year."""
    is_of_round = KINDS[kind].is_of_round
    return PaperOrder(kind, NOW, round_id=1 if is_of_round else None, period="" if is_of_round else "2026/27")


def said(session: Session) -> dict[str, str]:
    """Return what the record says: each paper's canonical text, or why there is none."""
    found = {}
    for kind in KINDS.values():
        try:
            found[kind.code] = kind.text_of(kind.ask(session, order_of(kind.code)))
        except Refused as no:
            found[kind.code] = str(no)
    round_ = scored_round(round_rows(session, 1))
    ranking = rank(round_)
    found["ranking"] = repr(ranking)
    for one in round_.applications:
        found[f"explain {one.reference}"] = repr(explain(round_, one.reference, ranking))
    return found


def written(session: Session, folder: Path) -> dict[str, bytes]:
    """Return the bytes of some papers."""
    folder.mkdir()
    found = {}
    for kind, ending in WRITTEN:
        value = KINDS[kind].ask(session, order_of(kind))
        status = draft_status(session, order_of(kind), value)
        found[kind] = write_paper(kind, value, status, folder / f"{kind}{ending}").read_bytes()
    return found


def test_ranking_papers_and_journal_are_the_same_from_both(
    record: Record, database: str, tmp_path: Path
) -> None:
    decided(record)
    address = server_address(database)

    head = load(record, address)

    with Record.open(address, OPENER) as there:
        assert there.head() == head == record.head()
        assert there.ask(said) == record.ask(said)
        both = [
            one.ask(partial(written, folder=tmp_path / name)) for one, name in ((there, "a"), (record, "b"))
        ]
        assert both[0] == both[1]
        assert len([text for text in record.ask(said).values() if text.startswith("{")]) >= 10
