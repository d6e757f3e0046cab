"""Working an erasure out before it is made: which journal rows say what is to go, and what stays there."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.copies import backup
from models.copies.backup import Copy
from models.journal import canonical, replay
from models.journal import chain as journal
from models.operation import Actor, Operation, Outcome
from models.operations.packs.take_in_rounds import TakeInRounds
from models.operations.registry import OPERATIONS
from models.operations.retention.erased_columns import REASONS, WORDS, EmptiedRows
from models.operations.retention.erased_terms import found_without
from models.operations.retention.erasure import EraseBodies, Tombstone
from models.operations.retention.redaction import redacted
from models.operations.set_up.replace import PutRoundBack
from models.operations.set_up.round_numbers import Rounds
from models.queries.awards.awards import awards
from models.queries.deciding.undecided import Undecided, undecided
from models.queries.papers.issues import every_issue
from models.queries.retention.retention import is_done
from models.record import Record
from models.salvage.recovered_rows import TakeAsFound
from models.schema.applications.application import application_table
from models.session import Session
from models.store.trial import on_trial
from models.store.upkeep import UPKEEP

_WHOLE = frozenset(
    {
        "take in returns",
        "put returns back",
        "open pack",
        "update pack",
        "put pack back",
        "make return",
    }
)
"""Kinds of which no part can be taken out: a return is kept byte for byte as its member signed it."""

_DECIDED = frozenset(
    {
        *("record recommendations", "withdraw recommendations", "record decisions"),
        *("decide tie", "put tie back", "decide exception"),
    }
)
"""Kinds of which the reasons are kept for good: what was recommended, settled by the chair, and decided."""

_KINDS: Mapping[str, type[Operation]] = {**UPKEEP, **OPERATIONS}
_OF_TABLES = frozenset({PutRoundBack.kind, TakeAsFound.kind, TakeInRounds.kind})
"""Kinds that hold rows of tables, in which applications stand by number."""


class Erasing(Struct, frozen=True):
    """An erasure to be made, and what will still say what it erases.

    `returns` counts changes that hold returns of members, `decisions` those that give reasons of
    recommendations and decisions, `papers` issued papers that name an application, and `accounts` bank
    details into which there is still something to be paid. `undecided` are those that somebody has still to
    decide, who can then no longer read what is erased.
    """

    operation: EraseBodies
    returns: int
    decisions: int
    papers: int
    accounts: int
    undecided: tuple[Undecided, ...] = ()


def erasure_of(
    session: Session,
    applications: Sequence[tuple[int, str]],
    ground: str,
    person: str,
    *,
    all_words: bool = True,
) -> Erasing:
    """Return the erasure of what was written in and of these applications (a round's number, a reference)."""
    chosen = _Chosen(session, applications, all_words=all_words)
    rows: list[Tombstone] = []
    kinds: dict[int, str] = {}
    naming: Counter[str] = Counter()
    for entry in journal.entries(session):
        kinds[entry.seq] = entry.kind
        if entry.body is None:  # said again by the erasure that took it, which is redacted in its turn
            continue
        if entry.kind == EraseBodies.kind:
            rows += _of_erasure(entry.seq, entry.body, kinds, chosen)
        elif entry.kind in _WHOLE:
            naming[entry.kind] += any(of in entry.body for of in chosen.identities)
        elif entry.kind in _OF_TABLES or any(_quoted(of) in entry.body for _, of in applications):
            naming[entry.kind] += 1
            if entry.kind in _KINDS:
                rows += _tombstone(entry.seq, _KINDS[entry.kind], entry.body, chosen)
    there = tuple(one for one in applications if one in chosen.there)
    gone = tuple(one for one in applications if one not in chosen.there)
    return Erasing(
        EraseBodies(there, tuple(rows), ground, person, all_words, gone),
        returns=sum(naming[kind] for kind in _WHOLE),
        decisions=sum(naming[kind] for kind in _DECIDED),
        papers=_papers(session, {of for _, of in applications}),
        accounts=_open_accounts(session, applications),
        undecided=undecided(session, applications),
    )


def proved_erasure_of(
    session: Session, applications: Sequence[tuple[int, str]], ground: str, person: str
) -> Erasing:
    """Return the erasure after which the journal, done over again, still makes the tables.

    It is tried, and what was tried is thrown away. Where words were once compared, and the same ones in the
    place of both would lead to other tables, only texts and the reasons of marks are erased.
    """
    found = erasure_of(session, applications, ground, person)
    if _holds(session, found.operation):
        return found
    less = erasure_of(session, applications, ground, person, all_words=False)
    return less if _holds(session, less.operation) else found


def erase(record: Record, operation: EraseBodies, actor: Actor) -> tuple[Outcome, tuple[Copy, ...]]:
    """Erase, and return the automatic copies that still hold what was erased; a server makes none."""
    outcome = record.perform(operation, actor)
    return outcome, () if record.is_shared else backup.copies(record.path)


class _Chosen:
    """Which applications are to be erased, asked by a value's round, and how much of what is said of them."""

    def __init__(self, session: Session, applications: Sequence[tuple[int, str]], *, all_words: bool) -> None:
        self.session, self.all_words = session, all_words
        self._rounds = Rounds(session)
        self._by_round: dict[int, set[str]] = {}
        for round_id, reference in applications:
            self._by_round.setdefault(round_id, set()).add(reference)
        table = application_table
        found = session.execute(select(table.c.id, table.c.round_id, table.c.reference)).all()
        self.there = {(of, reference) for _, of, reference in found}
        self.numbers = {number for number, of, reference in found if reference in self.of_round(of)}
        uids = select(table.c.uid).where(table.c.id.in_(self.numbers))
        self.identities = {*session.scalars(uids), *(reference for _, reference in applications)}

    def of_round(self, round_id: int) -> Collection[str]:
        """Return the references that are to be erased in a round."""
        return self._by_round.get(round_id, frozenset())

    def emptied(self) -> EmptiedRows:
        """Return what empties rows in which applications stand by number."""
        return EmptiedRows(self.session, self.numbers, WORDS if self.all_words else REASONS)

    def __call__(self, value: Any) -> Collection[str]:
        """Return the references that are to be erased in the round that a value names."""
        number = self._rounds.number_of(value)
        return frozenset() if number is None else self.of_round(number)


def _tombstone(seq: int, kind: type[Operation], body: str, chosen: _Chosen) -> Iterator[Tombstone]:
    after = redacted(canonical.from_text(kind, body), chosen, all_words=chosen.all_words)
    if isinstance(after, PutRoundBack):
        after = replace(after, tables=chosen.emptied().of_round(after.tables))
    if isinstance(after, TakeAsFound | TakeInRounds):
        tables = chosen.emptied().found(after.tables)
        after = replace(after, tables=found_without(tables, chosen.numbers))
    text = "" if after is None else canonical.to_text(after)
    if text != body:
        yield Tombstone(seq, text)


def _of_erasure(seq: int, body: str, kinds: Mapping[int, str], chosen: _Chosen) -> Iterator[Tombstone]:
    """Redact the tombstones of an earlier erasure in their turn."""
    erasure = canonical.from_text(EraseBodies, body)
    rows = []
    for row in erasure.rows:
        found = _tombstone(row.seq, _KINDS[kinds[row.seq]], row.body, chosen) if row.body else ()
        rows.append(next(iter(found), row))
    text = canonical.to_text(replace(erasure, rows=tuple(rows)))
    if text != body:
        yield Tombstone(seq, text)


def _holds(session: Session, operation: EraseBodies) -> bool:
    """Try an erasure, and say whether the record agrees with its journal as well as it did."""
    with on_trial(session) as trial:
        before = len(replay.differences(trial, _KINDS))
        head, now = journal.head(trial), datetime.now(UTC)
        journal.carry_out(trial, head, operation, Actor(""), now)
        return len(replay.differences(trial, _KINDS)) <= before


def _open_accounts(session: Session, applications: Sequence[tuple[int, str]]) -> int:
    """Count the accounts into which there is still something to be paid."""
    chosen = set(applications)
    return sum(
        award.bank is not None and not is_done(award) and (round_id, award.application) in chosen
        for round_id in {round_id for round_id, _ in applications}
        for award in awards(session, round_id)
    )


def _papers(session: Session, references: Collection[str]) -> int:
    return sum(any(_quoted(of) in one.content for of in references) for one in every_issue(session))


def _quoted(reference: str) -> str:
    return json.dumps(reference, ensure_ascii=False)
