"""What encryption and the journal cost a save, how fast a long chain is checked, and done over again."""

import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from pathlib import Path

from benchmarks.paired import duration, paired, ratio
from benchmarks.table import Row
from benchmarks.window.record import BLANK, MEMBER, WEIGHTS, write_record
from models.journal import replay
from models.operation import Actor, carried_out
from models.operations.panel.members import Declare
from models.operations.panel.sheets import SetMark
from models.record import Opener, Record
from models.session import Session
from models.store import chain as journal
from models.store.chain import Entry
from models.values.rows import InterestRow
from scoring.round import InterestKind

KEY = "six plain random words in order"
OPENER = Opener(MEMBER, "benchmarks")
ACTOR = Actor(MEMBER, "member")
MARKS, REPLAYED, ROWS = 1_000, 5_000, 100_000
PARTS = 20
"""In so many parts, turn by turn: a busy disk falls on both sides alike."""
EACH_SECOND = 2_000
TRIES = 5
CODE = "M2"


def measure() -> Iterator[Row]:
    """Yield the ratios, and the rows of a journal that are done over again in a second."""
    with tempfile.TemporaryDirectory() as folder:
        plain, sealed = Marking(Path(folder, "plain.panel"), None), Marking(Path(folder, "sealed.panel"), KEY)
        with closing(plain.record), closing(sealed.record):
            few = MARKS // PARTS
            figures = paired(partial(sealed.give, few), partial(plain.give, few), PARTS)
            yield ratio(f"{MARKS:,} marks saved, encrypted, {few} at once", figures, 1.3, "in a plain record")
            figures = paired(partial(sealed.give, few), partial(sealed.give_unjournalled, few), PARTS)
            yield ratio(f"{MARKS:,} marks saved with their journal rows", figures, 1.2, "the same without")
        yield from _check_chain(Path(folder, "long.panel"))
        yield _do_over(Path(folder, "again.panel"))


class Marking:
    """A member at an encrypted or a plain record of 1,000 applications, who gives marks one by one."""

    def __init__(self, path: Path, key: str | None) -> None:
        write_record(path, key=key)
        self.record = Record.open(path, OPENER, key=key)
        self.record.perform(Declare(1, CODE, (InterestRow(CODE, None, InterestKind.NONE),)), ACTOR)
        self.given: dict[str, int | None] = {f"A{number}": None for number in range(1, len(WEIGHTS) + 1)}
        self.next = cycle(self.given)

    def give(self, marks: int) -> None:
        """Give so many marks, each saved before the next."""
        for _ in range(marks):
            self.record.perform(self._mark(), ACTOR)

    def give_unjournalled(self, marks: int) -> None:
        """Save so many marks in the same way, but for the journal's rows; for measuring alone."""
        for _ in range(marks):
            with self.record._file.writing() as session:
                carried_out(session, self._mark(), ACTOR, datetime.now(UTC))

    def _mark(self) -> SetMark:
        code = next(self.next)
        before = self.given[code]
        self.given[code] = value = 0 if before is None else (before + 1) % 6
        return SetMark(1, CODE, BLANK, code, value, before)


def _check_chain(path: Path) -> Iterator[Row]:
    """Compare checking a chain with reading the same rows and hashing each of them twice."""
    with closing(Record.create(path, OPENER)) as record:
        _fill(record)
        figures = paired(partial(record.ask, journal.first_fault), partial(record.ask, _read_and_hash), 3)
    subject = f"Checking a chain of {ROWS:,} rows"
    yield ratio(subject, figures, 3, "reading and hashing them")
    yield duration(subject, figures, 1_000)


def _fill(record: Record) -> None:
    """Append rows as a save does, in one transaction."""
    body = '{"application":"ACF-00001","criterion":"A1","member":"M2","replacing":3,"round_id":1,"value":4}'
    with record._file.writing() as session:
        head = journal.head(session)
        while head.seq < ROWS:
            head = journal.append(
                session, head, Entry(head.seq + 1, datetime.now(UTC), ACTOR, SetMark.kind, body)
            )


def _read_and_hash(session: Session) -> int:
    rows = session.exec_driver_sql(
        "SELECT at, actor, role, kind, digest, prev, hash, salt, body "
        "FROM journal JOIN journal_body USING (seq) ORDER BY journal.seq"
    )
    for at, actor, role, kind, digest, prev, _, salt, body in rows:
        hashlib.sha256(salt + body.encode()).digest()
        hashlib.sha256(prev + f"{at}{actor}{role}{kind}".encode() + digest).digest()
    return ROWS


def _do_over(path: Path) -> Row:
    """Return how many rows a second are done over again, as a check of the record does."""
    marking = Marking(path, None)
    with closing(marking.record) as record:
        alone = _seconds_to_replay(record)
        marking.give(REPLAYED)
        seconds = _seconds_to_replay(record) - alone
    speed = REPLAYED / seconds
    return Row("Doing a journal over again", speed, EACH_SECOND, "rows a second", at_least=True)


def _seconds_to_replay(record: Record) -> float:
    """Return the least of several times: the first one loads what it needs, others wait for the machine."""
    return min(_one_replay(record) for _ in range(TRIES))


def _one_replay(record: Record) -> float:
    began = time.process_time()
    found = record.ask(replay.differences)
    if found:
        raise AssertionError(found)
    return time.process_time() - began
