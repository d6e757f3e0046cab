"""A record that keeps files, copied with their pieces beside the copy, or killed as it is copied."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.record import Opener, Record
from models.session import Session
from models.store.sqlite import apart_copy
from models.store.sqlite.piece_store import FOLDER, LIST
from tests.models.operations import test_papers as papers
from tests.models.operations.test_papers import LARGE, WORD, file_of, issue_file
from tests.models.rounds import set_up_office
from tests.safety.forked import killed_at, say

OPENER = Opener("Grace Okoro", "tests")
KEY = "six plain random words in order"
OURS = ("apart_copy", "piece_store", "private_files")
EVENTS = ("call", "return", "c_call", "c_return", "c_exception")
FIRST, SECOND = {"notice .pdf": LARGE}, {"minutes .docx": WORD}


@contextmanager
def apart() -> Iterator[None]:
    """Have any record that keeps a file copied without its pieces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart_copy, "APART_FROM", 1)
        yield


def make(path: Path, key: str | None) -> Path:
    """Make a record that keeps a file of three pieces."""
    with Record.create(path, OPENER, key=key) as record:
        set_up_office(record)
        issue(record, FIRST)
    return path


def issue(record: Record, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        paper, _, ending = name.partition(" ")
        issue_file(record, paper, [(file_of(content, ending), content)], round_id=None)


def pieces(copy: Path) -> set[Path]:
    """Return the files of pieces beside a copy."""
    return {path for path in (copy.parent / FOLDER).iterdir() if not path.name.endswith(LIST)}


def copy_until(path: str, key: str, step: str) -> None:
    """Copy a record, and be killed at that call of what copies it; tell how many there were if at none."""
    with apart(), Record.open(Path(path), OPENER, key=key or None) as record:
        last = killed_at(step, lambda file: Path(file).stem in OURS, *EVENTS)
        record.copies.keep_before("merge")
        sys.setprofile(None)
    say(last[0])


def end_while_issuing(path: str) -> None:
    """Issue a paper, and come to an end once its bytes are put, before the change is kept."""
    put_files = papers.put_files

    def put(session: Session, contents: Iterable[bytes]) -> None:
        put_files(session, contents)
        os._exit(9)

    papers.put_files = put
    with Record.open(Path(path), OPENER) as record:
        issue(record, FIRST)
