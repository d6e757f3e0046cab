"""The issued file itself: kept in pieces, given back as it was, and let go of at the end of its time."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from models.copies.office_server import load as load_into
from models.journal.erasing import erase, proved_erasure_of
from models.journal.verify import verify
from models.operation import Outcome
from models.operations.erasure import EmptiedRows
from models.operations.papers import PIECE, IssuePaper, put_files
from models.papers.issued import PaperFile, file_sum
from models.queries.papers.issues import bytes_of, every_issue, files_like, files_of
from models.record import Record
from models.salvage.rebuild import salvage
from models.schema.base import METADATA
from models.schema.papers import file_piece_table, paper_file_table, paper_issue_table
from models.session import Session
from models.store.places import server_address
from models.store.upkeep import TableRows
from tests.models.conftest import OPENER, alter
from tests.models.operations.deciding_rounds import decided
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office

WORD, PAGES = b"a Word file", b"a PDF"
LARGE = os.urandom(2 * PIECE)
"""What cannot be compressed, and so is of more than two pieces."""


def file_of(content: bytes, name: str = ".pdf", about: str = "", *, is_kept: bool = True) -> PaperFile:
    return PaperFile(name, file_sum(content), len(content), about, is_kept)


def issue(
    record: Record,
    paper: str,
    files: Iterable[tuple[PaperFile, bytes]],
    *,
    round_id: int | None = 1,
    subject: str = "",
    content: str = "",
) -> Outcome:
    """Issue a paper of values that nothing else has, with its files."""
    found, head = tuple(files), record.head()
    content = content or f'{{"of":{head.seq}}}'
    operation = IssuePaper(
        *(paper, round_id, subject, content, file_sum(content.encode()), "", head.seq, head.hash_hex),
        files=tuple(file for file, _ in found),
    )
    put = partial(put_files, contents=[content for file, content in found if file.is_kept])
    return record.perform_beside(operation, put, OFFICER)[0]


def kept(record: Record) -> dict[str, bytes | None]:
    """Return the bytes of every issued file by kind and name."""
    return record.ask(_kept)


def _kept(session: Session) -> dict[str, bytes | None]:
    issued = tuple(every_issue(session))
    return {f"{of.kind} {one.file.name}": one.content for of in issued for one in files_of(session, of)}


def test_every_form_is_given_back_as_it_was(record: Record) -> None:
    load(set_up_office(record))

    issue(record, "notice", [(file_of(LARGE), LARGE), (file_of(WORD, ".docx"), WORD)])

    assert kept(record) == {"notice .docx": WORD, "notice .pdf": LARGE}
    assert record.ask(lambda s: s.scalar(select(func.count()).select_from(file_piece_table))) == 4
    assert_replays(record)


def test_the_same_bytes_are_kept_once_and_those_of_an_unkept_file_never(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "notice", [(file_of(WORD, ".docx"), WORD), (file_of(PAGES, is_kept=False), PAGES)])

    issue(record, "minutes", [(file_of(WORD, ".docx"), WORD)])

    assert kept(record) == {"minutes .docx": WORD, "notice .docx": WORD, "notice .pdf": None}
    assert record.ask(lambda s: s.scalar(select(func.count()).select_from(file_piece_table))) == 1


def test_a_file_is_found_by_its_sum_by_what_it_prints_and_by_its_name(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "notice", [(file_of(PAGES), PAGES)])
    issue(record, "letters", [(file_of(WORD, "ACF-001 offer.docx", "ACF-001"), WORD)])
    (notice, _) = record.ask(lambda s: tuple(every_issue(s)))

    def like(name: str, sha256: str = "", digests: Iterable[str] = ()) -> list[str]:
        found = record.ask(partial(files_like, name=name, sha256=sha256, digests=tuple(digests)))
        return [one.file.name for one in found.files]

    assert like("other.pdf", file_sum(PAGES)) == [".pdf"]
    assert like("other.pdf", digests=(notice.sha256,)) == [".pdf"]
    assert like("other.docx", digests=(notice.sha256,)) == [], "the notice was not issued in Word"
    assert like("ACF-001 offer.docx") == like("renamed.docx") == ["ACF-001 offer.docx"]
    assert like("list.csv") == []


def test_a_kept_file_is_never_changed_and_goes_only_by_an_erasure(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "notice", [(file_of(PAGES), PAGES)])

    for change, words in (
        (update(file_piece_table).values(piece=b"x"), "never changed"),
        (delete(file_piece_table), "only by an erasure"),
        (update(paper_file_table).values(erased_at=None), "only erased"),
        (delete(paper_file_table), "never removed"),
    ):
        with pytest.raises(DBAPIError, match=words):
            record.ask(lambda session, change=change: session.execute(change))


@pytest.mark.of_a_file
@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (
            "DROP TRIGGER file_pieces_unwanted; DELETE FROM file_pieces",
            "is not in the record as it was issued.",
        ),
        (
            "DROP TRIGGER file_pieces_no_update; UPDATE file_pieces SET piece = X'78'",
            "The file .pdf of version 1 of the notice is not in the record as it was issued.",
        ),
        ("INSERT INTO file_pieces VALUES ('ab', 1, X'00')", "Bytes are kept of no issued file: SHA-256 ab."),
    ],
)
def test_verify_compares_each_kept_file_with_the_sum_in_its_row(
    record: Record, tamper: str, words: str
) -> None:
    load(set_up_office(record))
    issue(record, "notice", [(file_of(PAGES), PAGES)])
    assert verify(record).sound

    def told(session: Session) -> str:
        from models.queries.papers.issues import file_faults

        for statement in tamper.split("; "):
            session.exec_driver_sql(statement)
        return " ".join(file_faults(session))

    assert words in record.ask(told)


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


def erased(record: Record, *references: str) -> None:
    applications = [(1, reference) for reference in references]
    found = record.ask(
        partial(proved_erasure_of, applications=applications, ground="kept long enough", person="Ida Protect")
    )
    erase(record, found.operation, OFFICER)


def test_what_was_sent_goes_with_its_application_and_what_holds_marks_with_the_round(record: Record) -> None:
    decided(record)
    for number, (paper, name, about) in enumerate(LETTERS):
        content = f"{number}".encode()
        issue(record, paper, [(file_of(content, name, about), content)])
    issue(record, "disclosure", [(file_of(b"of all rounds", ".pdf"), b"of all rounds")], round_id=None)

    erased(record, "ACF-001")

    left = {name for name, content in kept(record).items() if content is not None}
    assert left == {"letters ACF-002 decline.docx", "minutes .pdf", "notice .pdf"}
    gone = record.ask(partial(files_like, name="x", sha256=file_sum(b"0"), digests=())).files
    assert [(one.file.about, one.content, one.erased_at is not None) for one in gone] == [
        ("ACF-001", None, True)
    ], "sum, form, day and who stay"
    assert gone[0].issued.issued_by == OFFICER.name
    assert record.ask(lambda s: bytes_of(s, file_sum(b"0"))) is None
    assert [check for check in verify(record).checks if not check.ok] == []
    assert_replays(record)


def test_the_facts_of_what_was_sent_go_from_tables_journal_and_files_and_those_of_others_stay(
    record: Record,
) -> None:
    decided(record)
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
        issue(record, paper, [(file_of(letter, f"{paper}.docx", about), letter)], content=content)

    erased(record, "ACF-001")

    left = {of.kind: of.content for of in record.ask(lambda s: tuple(every_issue(s)))}
    assert left == {**dict.fromkeys(told, ""), "letters": f'{{"letters":[{other}]}}'}
    assert SECRET not in record.ask(_everything)
    assert TOLD[1][1] in record.ask(_everything)
    assert [check for check in verify(record).checks if not check.ok] == []
    assert_replays(record)
    erased(record, "ACF-002")
    assert TOLD[1][1] not in record.ask(_everything)
    assert_replays(record)


def test_facts_that_another_record_brought_go_from_the_rows_that_tell_of_it(record: Record) -> None:
    decided(record)
    letter = '{"letters":[{"reference":"ACF-001"}]}'
    rows = ((1, "letters", letter), (2, "letters", letter), (1, "notice", letter))
    brought = TableRows("paper_issues", ("round_id", "paper", "content"), rows)

    (left,) = record.ask(lambda s: EmptiedRows(s, {1}).of_tables((brought,)))

    assert left.rows == ((1, "letters", ""), (2, "letters", letter), (1, "notice", letter))


def _everything(session: Session) -> str:
    """Return all that tables, journal and kept files say."""
    rows = (repr(row) for table in METADATA.sorted_tables for row in session.execute(select(table)))
    return " ".join((*rows, *map(repr, _kept(session).values())))


def test_facts_are_never_changed_but_by_an_erasure(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "notice", [(file_of(PAGES), PAGES)])

    for change, words in (
        (update(paper_issue_table).values(content=""), "only erased"),
        (update(paper_issue_table).values(control="other"), "never changed"),
    ):
        with pytest.raises(DBAPIError, match=words):
            record.ask(lambda session, change=change: session.execute(change))


def test_bytes_that_another_file_has_stay_until_the_last_goes(record: Record) -> None:
    decided(record)
    for of in ("ACF-001", "ACF-002"):
        issue(record, "letters", [(file_of(WORD, f"{of}.docx", of), WORD)])

    erased(record, "ACF-001")
    assert kept(record)["letters ACF-002.docx"] == WORD

    erased(record, "ACF-002")
    assert set(kept(record).values()) == {None}


def test_kept_files_go_to_a_server_and_come_back_as_they_were(
    record: Record, database: str, tmp_path: Path
) -> None:
    load(set_up_office(record))
    issue(record, "notice", [(file_of(LARGE), LARGE), (file_of(WORD, ".docx"), WORD)])
    address = server_address(database)

    load_into(record, address)

    with Record.open(address, OPENER) as there:
        assert kept(there) == {"notice .docx": WORD, "notice .pdf": LARGE}
        back = there.backup(tmp_path / "back.panel")
    with Record.open(back, OPENER) as again:
        assert kept(again) == kept(record)
        assert verify(again).sound


@pytest.mark.of_a_file
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill")
def test_a_program_killed_while_it_issues_leaves_nothing_by_half(
    record: Record, record_path: Path, tmp_path: Path
) -> None:
    load(set_up_office(record))
    head = record.head()
    record.close()
    script = """
        import os, signal, sys
        from models.record import Opener, Record
        from models.operations.papers import put_files
        from tests.models.operations import test_kept_files as own

        def put(session, contents):
            put_files(session, contents)
            os.kill(os.getpid(), signal.SIGKILL)

        own.put_files = put
        record = Record.open(__import__("pathlib").Path(sys.argv[1]), Opener("Grace Okoro", "tests"))
        own.issue(record, "notice", [(own.file_of(own.LARGE), own.LARGE)])
    """
    ran = subprocess.run([sys.executable, "-c", dedent(script), record_path], check=False)

    assert ran.returncode == -signal.SIGKILL
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
            (
                "DROP TRIGGER file_pieces_no_update",
                "UPDATE file_pieces SET piece = X'78' WHERE number = 2",
            ),
            ".pdf",
        ),
        (
            ("DROP TRIGGER file_pieces_unwanted", "DELETE FROM file_pieces WHERE number = 1"),
            ".pdf .docx",
        ),
        (("DROP TABLE file_pieces",), ".pdf .docx"),
    ],
)
def test_a_salvage_gives_kept_files_back_or_says_which_are_lost(
    record: Record, record_path: Path, tmp_path: Path, damage: tuple[str, ...], lost: str
) -> None:
    load(set_up_office(record))
    issue(record, "notice", [(file_of(LARGE), LARGE), (file_of(WORD, ".docx"), WORD)])
    record.close()
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
