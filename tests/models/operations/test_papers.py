"""Issuing papers, the issued file itself, and tables of earlier years as printed figures."""

import os
import sys
import tracemalloc
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from models.journal.verify import verify
from models.operation import Outcome
from models.operations.erasure import EmptiedRows
from models.operations.papers import PIECE, AddPrintedTables, IssuePaper, put_files
from models.operations.set_up.load import RemoveRound
from models.papers.issued import Issued, PaperFile, file_sum, paper_key
from models.papers.kinds import SCHEDULE
from models.papers.order import PaperOrder
from models.queries.applications.attachments import attachment_faults
from models.queries.awards.agreements import agreement_orders
from models.queries.papers.issues import (
    bytes_of,
    every_issue,
    file_faults,
    files_like,
    files_of,
    issued_papers,
    newest_issue,
    schedules_issued,
)
from models.queries.papers.year_tables import printed_tables
from models.record import Record
from models.reference.shipped_history import PrintedTable
from models.salvage.rebuild import salvage
from models.schema.base import METADATA
from models.schema.papers import file_piece_table, paper_file_table, paper_issue_table
from models.session import Session
from models.store.upkeep import TableRows
from tests.models.conftest import OPENER, alter
from tests.models.journal.test_erasing import erased
from tests.models.operations.applications.test_attachments import attach
from tests.models.rounds import OFFICER, refused, refuses, undo
from tests.models.rounds import paper as paper_of
from tests.safety.forked import forks


def sha256(content: str) -> str:
    return file_sum(content.encode())


def issue_file(
    record: Record,
    paper: str,
    files: Iterable[tuple[PaperFile, bytes]] = (),
    *,
    round_id: int | None = 1,
    subject: str = "",
    content: str = "",
) -> Outcome:
    """Issue a paper of values that nothing else has, with its files."""
    found, head = tuple(files), record.head()
    content = content or f'{{"of":{head.seq}}}'
    operation = IssuePaper(
        *(paper, round_id, subject, content, sha256(content), "", head.seq, head.hash_hex),
        files=tuple(file for file, _ in found),
    )
    put = partial(put_files, contents=[content for file, content in found if file.is_kept])
    return record.perform_beside(operation, put, OFFICER)[0]


def issue(record: Record, content: str, *, paper: str = "notice", **of: Any) -> Outcome:
    return issue_file(record, paper, content=content, **of)


def all_issued(record: Record) -> tuple[Issued, ...]:
    return record.ask(lambda s: issued_papers(s, 1))


@pytest.mark.parametrize("paper", ["notice", SCHEDULE])
def test_an_issue_is_a_barrier_is_not_made_twice_running_and_its_round_stays(
    loaded: Record, paper: str
) -> None:
    outcome = issue(loaded, "{}", paper=paper)
    assert outcome.inverse is None
    assert IssuePaper.is_barrier
    refused("Version 1 holds these values already", partial(issue, paper=paper), loaded, "{}")
    refuses(loaded, "issued papers, and these are kept", RemoveRound(1, ""))

    # A paper of no round has versions of its own.
    assert issue(loaded, "{}", round_id=None).words == "Version 1 was issued."
    assert {row.round_id for row in all_issued(loaded)} == {None, 1}


def test_values_that_do_not_bear_their_hash_are_refused(loaded: Record) -> None:
    operation = IssuePaper("notice", 1, "", '{"of":1}', sha256('{"of":2}'), "", 1, "")

    refuses(loaded, "do not match their SHA-256", operation)

    assert loaded.ask(lambda s: newest_issue(s, "notice", 1, "")) is None

    # Another paper may be issued while one is drawn.
    head = loaded.head()
    drawn = IssuePaper("notice", 1, "", '{"of":1}', sha256('{"of":1}'), "", head.seq, head.hash_hex)
    issue(loaded, '{"of":2}', subject="031/2026")
    assert loaded.perform(drawn, OFFICER).words == "Version 1 was issued."
    # Another version of it may not.
    head = loaded.head()
    drawn = replace(
        drawn, content='{"of":3}', sha256=sha256('{"of":3}'), after_row=head.seq, after_head=head.hash_hex
    )
    issue(loaded, '{"of":2}')
    refuses(loaded, "Another version of this paper was issued while this one was drawn", drawn)
    assert {one.content for one in all_issued(loaded) if not one.subject} == {'{"of":1}', '{"of":2}'}


def test_a_round_being_set_up_has_no_schedule_to_issue(taken_in: Record) -> None:
    refused("still being set up", issue, taken_in, "{}", paper=SCHEDULE)

    # A round being set up may issue what needs no ranking.
    assert issue(taken_in, "{}", paper="scheme").words == "Version 1 was issued."


SPENDING = PrintedTable(
    "Active Citizens Fund",
    "2015/16",
    "Table 2",
    "Spending",
    "A paper of ours",
    ("Area", "Grant £", "Projects"),
    ("text", "pounds", "count"),
    (("Dudley", "-2,469", "3"), ("Walsall", "", ""), ("Total", "1,000", "3")),
    "printed",
)


def add(record: Record, *tables: PrintedTable) -> Outcome:
    return record.perform(AddPrintedTables(tables or (SPENDING,)), OFFICER)


def test_tables_come_back_as_they_were_printed_and_the_same_or_none_is_refused(record: Record) -> None:
    other = replace(SPENDING, code="Table 3", headings=("A", "B", "C"))

    outcome = add(record, SPENDING, other)

    assert outcome.words == "2 tables with 4 rows were imported as printed figures."
    assert record.ask(printed_tables) == (SPENDING, other)
    assert undo(record, outcome).words == "2 tables of printed figures were removed."
    assert record.ask(printed_tables) == ()

    add(record)

    earlier = replace(SPENDING, year="2014/15")
    refused("has Table 2 of Active Citizens Fund 2015/16 already", add, record, earlier, SPENDING)
    assert record.ask(printed_tables) == (SPENDING,)

    # What is not there is not taken out.
    out = AddPrintedTables((SPENDING, replace(SPENDING, code="Table 9")), is_back=True)
    refuses(record, "no Table 9 of Active Citizens Fund 2015/16", out)
    refused("already", add, record, SPENDING, SPENDING)
    refuses(record, "no table to import", AddPrintedTables(()))


WORD, PAGES, NOW = b"a Word file", b"a PDF", datetime(2026, 12, 2, tzinfo=UTC)


LARGE = os.urandom(2 * PIECE)
"""What cannot be compressed, and so is of more than two pieces."""


def file_of(content: bytes, name: str = ".pdf", about: str = "", *, is_kept: bool = True) -> PaperFile:
    return PaperFile(name, file_sum(content), len(content), about, is_kept)


def kept(record: Record) -> dict[str, bytes | None]:
    """Return the bytes of every issued file by kind and name."""
    return record.ask(_kept)


def _kept(session: Session) -> dict[str, bytes | None]:
    issued = tuple(every_issue(session))
    return {f"{of.kind} {one.file.name}": one.content for of in issued for one in files_of(session, of)}


def test_a_paper_and_its_files_are_never_changed_and_go_only_by_an_erasure(loaded: Record) -> None:
    issue_file(loaded, "notice", [(file_of(PAGES), PAGES)])

    for change, words in (
        (update(file_piece_table).values(piece=b"x"), "never changed"),
        (delete(file_piece_table), "only by an erasure"),
        (update(paper_issue_table).values(content="[]"), "never changed"),
        (update(paper_issue_table).values(content=""), "only erased"),
        (update(paper_issue_table).values(control="other"), "never changed"),
        (delete(paper_issue_table), "never removed"),
        (update(paper_file_table).values(erased_at=None), "only erased"),
        (delete(paper_file_table), "never removed"),
    ):
        with pytest.raises(DBAPIError, match=words):
            loaded.ask(lambda session, change=change: session.execute(change))

    # A file is found by its sum by what it prints and by its name.
    issue_file(loaded, "letters", [(file_of(WORD, "ACF-001 offer.docx", "ACF-001"), WORD)])
    (notice, _) = loaded.ask(lambda s: tuple(every_issue(s)))

    def like(name: str, sha256: str = "", digests: Iterable[str] = ()) -> list[str]:
        found = loaded.ask(partial(files_like, name=name, sha256=sha256, digests=tuple(digests)))
        return [one.file.name for one in found.files]

    assert like("other.pdf", file_sum(PAGES)) == [".pdf"]
    assert like("other.pdf", digests=(notice.sha256,)) == [".pdf"]
    assert like("other.docx", digests=(notice.sha256,)) == [], "the notice was not issued in Word"
    assert like("ACF-001 offer.docx") == like("renamed.docx") == ["ACF-001 offer.docx"]
    assert like("list.csv") == []


@pytest.mark.of_a_file
@pytest.mark.parametrize("number", [0, -1, 1, 2, 3])
@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_no_piece_comes_before_or_behind_a_file_that_is_whole(
    loaded: Record, number: int, pieces: int
) -> None:
    issue_file(loaded, "notice", [(file_of(PAGES), PAGES)])

    def spoil(session: Session) -> None:
        session.execute(
            insert(file_piece_table), [{**row, "number": number, "pieces": pieces, "piece": b"x"}]
        )

    row = {"sha256": paper_key(all_issued(loaded)[0].id, file_of(PAGES).sha256)}
    with pytest.raises(DBAPIError, match=r"CHECK|UNIQUE|takes no further piece"):
        loaded.ask(spoil)


ISSUED = "The file .pdf of version 1 of the notice is not in the record as it was issued."
ATTACHED = "1 (Quote or estimate) is not in the record as it"


@pytest.mark.of_a_file
@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        ("DROP TRIGGER file_pieces_unwanted; DELETE FROM file_pieces", (ISSUED, ATTACHED)),
        ("DROP TRIGGER file_pieces_no_update; UPDATE file_pieces SET piece = X'78'", (ISSUED, ATTACHED)),
        ("DROP TRIGGER attachments_as_added; UPDATE attachments SET size = 3", (ATTACHED,)),
        (
            "INSERT INTO file_pieces VALUES (printf('%064d', 0), 1, 1, X'00')",
            (f"Bytes are kept of no file: SHA-256 {'0' * 64}.",),
        ),
    ],
)
def test_verify_compares_each_kept_file_and_each_attachment_with_its_sum(
    loaded: Record, tamper: str, words: tuple[str, ...]
) -> None:
    issue_file(loaded, "notice", [(file_of(PAGES), PAGES)])
    attach(loaded, quote=WORD)
    assert verify(loaded).sound

    def told(session: Session) -> str:
        for statement in tamper.split("; "):
            session.exec_driver_sql(statement)
        return " ".join((*attachment_faults(session), *file_faults(session)))

    found = loaded.ask(told)
    assert [one for one in words if one not in found] == []


AS_ISSUED = {"notice .docx": WORD, "notice .pdf": LARGE}
SECRET = "Xanthippe Quill, 4 Mill Lane"
TOLD = (("ACF-001", SECRET), ("ACF-002", "Ysolde Brook, 9 Far Lane"))
LETTERS = (
    ("letters", "ACF-001 offer.docx", "ACF-001"),
    ("letters", "ACF-002 decline.docx", "ACF-002"),
    ("award-letters", "A-031-01 variation.docx", "A-031-01"),
    ("agreement", ".docx", "A-031-01"),
    ("panel-book", ".pdf", ""),
    ("minutes-annex", ".pdf", ""),
    ("minutes", ".pdf", ""),
    ("disclosure", ".xlsx", ""),
    ("notice", ".pdf", ""),
)


def test_facts_that_another_record_brought_go_from_the_rows_that_tell_of_it(decided: Record) -> None:
    letter = '{"letters":[{"reference":"ACF-001"}]}'
    rows = ((1, "letters", letter), (2, "letters", letter), (1, "notice", letter))
    brought = TableRows("paper_issues", ("round_id", "paper", "content"), rows)

    (left,) = decided.ask(lambda s: EmptiedRows(s, {1}).of_tables((brought,)))

    assert left.rows == ((1, "letters", ""), (2, "letters", letter), (1, "notice", letter))

    # What was sent goes with its application and what holds marks with the round.
    for number, (paper, name, about) in enumerate(LETTERS):
        content = f"{number}".encode()
        issue_file(decided, paper, [(file_of(content, name, about), content)])
    issue_file(decided, "disclosure", [(file_of(b"of all rounds", ".pdf"), b"of all rounds")], round_id=None)
    erased(decided, "ACF-001")
    left = {name for name, content in kept(decided).items() if content is not None}
    assert left == {"letters ACF-002 decline.docx", "minutes .pdf", "notice .pdf"}
    gone = decided.ask(partial(files_like, name="x", sha256=file_sum(b"0"), digests=())).files
    assert [(one.file.about, one.content, one.erased_at is not None) for one in gone] == [
        ("ACF-001", None, True)
    ], "sum, form, day and who stay"
    assert gone[0].issued.issued_by == OFFICER.name
    assert decided.ask(lambda s: bytes_of(s, gone[0])) is None


def test_the_facts_of_what_was_sent_go_from_tables_journal_and_files_and_those_of_others_stay(
    decided: Record,
) -> None:
    """Bytes that another's file has stay until the last goes."""
    for of, _ in TOLD:
        issue_file(decided, "letters", [(file_of(WORD, f"{of}.docx", of), WORD)])
    own, other = (f'{{"address":"{words}","reference":"{of}"}}' for of, words in TOLD)
    told = {
        "letters": f'{{"letters":[{own},{other}]}}',
        "challenge-letters": f'{{"letters":[{own.replace("ACF-001", "ACF-001 challenge 1")}]}}',
        "award-letters": f'{{"letters":[{{"award":"A-031-01",{own[1:]}]}}',
        "agreement": f'{{"address":"{SECRET}","award":"A-031-01"}}',
        **dict.fromkeys(("panel-book", "minutes-annex", "disclosure"), f'{{"answers":["{SECRET}"]}}'),
    }
    for number, (paper, content) in enumerate(told.items()):
        letter = f"{SECRET} {number}".encode()
        about = "A-031-01" if paper in ("agreement", "award-letters") else "ACF-001"
        issue_file(decided, paper, [(file_of(letter, f"{paper}.docx", about), letter)], content=content)

    erased(decided, "ACF-001")

    left = {of.kind: of.content for of in decided.ask(lambda s: tuple(every_issue(s)))}
    assert left == {**dict.fromkeys(told, ""), "letters": f'{{"letters":[{other}]}}'}
    assert SECRET not in decided.ask(_everything)
    assert TOLD[1][1] in decided.ask(_everything)
    assert kept(decided)["letters ACF-002.docx"] == WORD
    written = [one.reference for one in paper_of(decided, "letters", NOW).letters]
    assert written == ["ACF-002", "ACF-003"], "nobody is known to whom the first would go"
    assert "ACF-001" in decided.ask(lambda s: schedules_issued(s, 1)).told, "and none is left to do"
    refused("no agreement to write any more", paper_of, decided, "agreement", NOW, award="ACF-001")
    erased(decided, "ACF-002")
    assert TOLD[1][1] not in decided.ask(_everything)
    assert set(kept(decided).values()) == {None}
    erased(decided, "ACF-003")
    for kind in ("letters", "challenge-letters", "award-letters"):
        refused("or it was erased", paper_of, decided, kind, NOW)
    refused("or erased", decided.ask, partial(agreement_orders, order=PaperOrder("agreement", NOW, 1)))


def _everything(session: Session) -> str:
    """Return all that tables, journal and kept files say."""
    rows = (repr(row) for table in METADATA.sorted_tables for row in session.execute(select(table)))
    return " ".join((*rows, *map(repr, _kept(session).values())))


@pytest.mark.of_a_file
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
def test_a_program_killed_while_it_issues_leaves_nothing_by_half(loaded: Record, record_path: Path) -> None:
    head = loaded.head()
    loaded.close()
    with forks("tests.models.copies.pieces") as server:
        assert server.run("end_while_issuing", record_path).status == 9

    with Record.open(record_path, OPENER) as again:
        assert (again.head(), kept(again)) == (head, {})
        assert again.ask(lambda s: s.scalar(select(func.count()).select_from(file_piece_table))) == 0
        assert verify(again).sound


@pytest.mark.of_a_file
@pytest.mark.parametrize(
    ("damage", "lost"),
    [
        ((), ""),
        (
            ("DROP TRIGGER file_pieces_no_update", "UPDATE file_pieces SET piece = X'78' WHERE number = 2"),
            ".pdf",
        ),
        (("DROP TABLE file_pieces",), ".pdf .docx"),
    ],
)
def test_a_salvage_gives_kept_files_back_or_says_which_are_lost(
    loaded: Record, record_path: Path, tmp_path: Path, damage: tuple[str, ...], lost: str
) -> None:
    issue_file(loaded, "notice", [(file_of(LARGE), LARGE), (file_of(WORD, ".docx"), WORD)])
    loaded.close()
    alter(record_path, *damage)

    found = salvage(record_path, tmp_path / "new.panel", OPENER)

    said = " ".join(found.tables)
    for name in (".pdf", ".docx"):
        is_lost = name in lost
        assert (f"The file {name} of version 1 of the notice is not in the record" in said) is is_lost
    with Record.open(found.path, OPENER) as saved:
        assert not lost or not verify(saved).sound
        whole = {name: one for name, one in kept(saved).items() if name.split()[1] not in lost}
    assert whole == {name: one for name, one in AS_ISSUED.items() if name.split()[1] not in lost}


def test_no_more_of_a_kept_file_is_unpacked_than_it_has_bytes(loaded: Record) -> None:
    """A piece of 64 KB holds 64 MB."""
    bomb = bytes(1 << 26)
    issue_file(loaded, "notice", [(PaperFile(".pdf", file_sum(bomb), 10), bomb)])
    del bomb

    tracemalloc.start()
    faults = loaded.ask(lambda session: tuple(file_faults(session)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert faults == ("The file .pdf of version 1 of the notice is not in the record as it was issued.",)
    assert most < 1 << 20
