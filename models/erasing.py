"""Working an erasure out before it is made: which journal rows say what is to go, and what stays there."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import backup, canonical, journal
from models.backup import Copy
from models.operation import Actor, Operation, Outcome
from models.operations.erasure import EraseBodies, Tombstone
from models.operations.redaction import Chosen, redacted
from models.operations.registry import OPERATIONS
from models.operations.round_key import RoundKey
from models.operations.write_funds import find_fund
from models.operations.write_round import find_round_id
from models.record import Record
from models.rows import RoundRows
from models.schema.issue import IssueTable
from models.schema.paper_issue import PaperIssueTable

_WHOLE = frozenset({"take in returns", "put returns back", "put round back", "open pack", "make return"})
"""Kinds of which no part can be taken out: a return is kept byte for byte as its member signed it."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """An erasure to be made, and what will still say what it erases.

    `kept_rows` are journal rows that are kept whole; `papers` counts issued papers that name an application.
    """

    operation: EraseBodies
    kept_rows: tuple[int, ...]
    papers: int


def erasure_of(
    session: Session, applications: Sequence[tuple[int, str]], ground: str, person: str
) -> Erasing:
    """Return the erasure of what was written in and of these applications (a round's number, a reference)."""
    rows: list[Tombstone] = []
    kept: list[int] = []
    places = _places(session, applications)
    kinds: dict[int, str] = {}
    for entry in journal.entries(session):
        kinds[entry.seq] = entry.kind
        if entry.body is None:  # said again by the erasure that took it, which is redacted in its turn
            continue
        if entry.kind == EraseBodies.kind:
            rows += _of_erasure(entry.seq, entry.body, kinds, places)
        elif any(_quoted(reference) in entry.body for _, reference in applications):
            if entry.kind in _WHOLE:
                kept.append(entry.seq)
            elif entry.kind in OPERATIONS:
                rows += _tombstone(entry.seq, OPERATIONS[entry.kind], entry.body, places)
    operation = EraseBodies(tuple(applications), tuple(rows), ground, person)
    return Erasing(operation, tuple(kept), _papers(session, {of for _, of in applications}))


def erase(record: Record, operation: EraseBodies, actor: Actor) -> tuple[Outcome, tuple[Copy, ...]]:
    """Erase, and return the automatic copies that still hold what was erased."""
    outcome = record.perform(operation, actor)
    return outcome, backup.copies(record.path)


def _tombstone(seq: int, kind: type[Operation], body: str, chosen: Chosen) -> Iterator[Tombstone]:
    after = redacted(canonical.from_text(kind, body), chosen)
    text = "" if after is None else canonical.to_text(after)
    if text != body:
        yield Tombstone(seq, text)


def _of_erasure(seq: int, body: str, kinds: Mapping[int, str], chosen: Chosen) -> Iterator[Tombstone]:
    """Redact the tombstones of an earlier erasure in their turn."""
    erasure = canonical.from_text(EraseBodies, body)
    rows = []
    for row in erasure.rows:
        found = _tombstone(row.seq, OPERATIONS[kinds[row.seq]], row.body, chosen) if row.body else ()
        rows.append(next(iter(found), row))
    text = canonical.to_text(replace(erasure, rows=tuple(rows)))
    if text != body:
        yield Tombstone(seq, text)


def _places(session: Session, applications: Sequence[tuple[int, str]]) -> Chosen:
    """Return what tells which references of a value's round are to be erased."""
    by_round: dict[int, set[str]] = {}
    for round_id, reference in applications:
        by_round.setdefault(round_id, set()).add(reference)

    def chosen(value: Any) -> Collection[str]:
        return by_round.get(_round_of(session, value), frozenset())

    return chosen


def _round_of(session: Session, value: Any) -> int:
    """Return the number of the round that a value names, 0 for one that is not there any more."""
    if hasattr(value, "round_id"):
        return int(value.round_id or 0)
    key: RoundKey | RoundRows = value if isinstance(value, RoundRows) else value.round
    fund_id = find_fund(session, key.fund)
    return 0 if fund_id is None else find_round_id(session, fund_id, key.year, key.name) or 0


def _papers(session: Session, references: Collection[str]) -> int:
    contents = [session.scalars(select(table.content)) for table in (IssueTable, PaperIssueTable)]
    return sum(any(_quoted(of) in text for of in references) for found in contents for text in found)


def _quoted(reference: str) -> str:
    return json.dumps(reference, ensure_ascii=False)
