"""Files on papers: listed where somebody asks for information, and in nothing that is published."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict
from openpyxl import load_workbook

from exchange.papers.document.values import Pairs
from exchange.papers.public_lists import disclosure_document, write_disclosure_xlsx
from models.operations.applications.attachments import AttachFiles, TickAttachments, put_attached
from models.operations.set_up.office import SetPublisher
from models.papers.kinds import KINDS
from models.papers.status import PaperStatus
from models.queries.papers.transparency.disclosure import FILES
from models.record import Record
from models.values import canonical
from models.values.attachments import APPLICATION, Subject, kept_file
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import decided
from tests.models.rounds import OFFICER, paper

NOW = datetime(2026, 12, 20, tzinfo=UTC)


@pytest.fixture
def filed(record: Record) -> Record:
    """A decided round: two files of ACF-001, one of them ticked, and one of ACF-003, which has no award."""
    decided(record)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB999"), OFFICER)
    for reference, names in (
        ("ACF-001", ("Quimby quote.pdf", "Quimby bank.pdf")),
        ("ACF-003", ("Quimby plan.pdf",)),
    ):
        contents = [name.encode() for name in names]
        files = tuple(kept_file(name, name.encode(), name[7:-4].replace("plan", "picture")) for name in names)
        operation = AttachFiles(**asdict(Subject(APPLICATION, 1, reference)), files=files)
        record.perform_beside(operation, partial(put_attached, contents=contents), OFFICER)
    record.perform(TickAttachments(APPLICATION, 1, "ACF-001", "", (1,)), OFFICER)
    return record


def test_files_are_listed_by_name_with_their_ticks_and_by_kind_where_nobody_is_named(
    filed: Record, tmp_path: Path
) -> None:
    given = paper(filed, "disclosure", NOW)
    awarded, declined = [one.files for one in given.lines if one.files]

    assert awarded == (
        "Quimby quote.pdf (Quote or estimate; read: no contacts, no bank details)",
        "Quimby bank.pdf (Bank details; stays with the office)",
    )
    assert declined == ("Photograph or plan; not read yet",)
    assert FILES in given.about
    blocks = disclosure_document(given, PaperStatus(NOW, 0)).blocks
    pairs = [dict(block.rows) for block in blocks if isinstance(block, Pairs)]
    told = [each["Files"] for each in pairs if "Files" in each]
    path = write_disclosure_xlsx(given, PaperStatus(NOW, 0), tmp_path / "given.xlsx")
    heads = [cell.value for row in load_workbook(path)["Applications"].iter_rows() for cell in row]
    assert {"Files", told[0], told[1]} <= set(heads)
    assert told[:2] == ["; ".join(own) for own in (awarded, declined)]


def test_no_other_paper_names_a_file(filed: Record) -> None:
    """Open data for 360Giving, the publication and letters least of all."""

    def told(kind: str) -> str:
        try:
            return canonical.to_text(paper(filed, kind, NOW, period="2026/27", notice="031/2026"))
        except Refused:
            return ""

    texts = {kind: told(kind) for kind in KINDS.keys() - {"disclosure"}}

    assert {kind for kind, text in texts.items() if "Quimby" in text} == set()
    assert texts["360giving"]
