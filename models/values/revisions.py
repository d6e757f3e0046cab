"""Revisions of what a member enters, each naming those it follows, and how two histories meet.

A key is one thing that a member enters: an application (by its identity, "" for the round as a whole)
and a slot. Every key begins with the same unwritten revision, number 0, so that any two histories of it have
that in common. A value is taken without a question only where nothing else was recorded beside it; numbers
and clocks never decide.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from models.schema.personal import TextOfRow
from models.values import canonical

_LABEL = b"gp-revision-1\0"
HANDED_IN, INTEREST = "handed in", "interest"
MARK, REASON, FOR_PANEL = "mark", "reason", "for panel"
_NONE = "none"
"""The kind of a declaration that there is no interest."""
_AT_FIRST = {MARK: "null", REASON: '""', FOR_PANEL: "false", HANDED_IN: "false", INTEREST: "[]"}


class Key(NamedTuple):
    """What is recorded: an application's identity, "" for the round as a whole, and a slot."""

    application: str
    slot: str

    @property
    def kind(self) -> str:
        """Return the first word of the slot: what is said, without the criterion that it is said of."""
        return self.slot.partition(":")[0]

    @property
    def criterion(self) -> str:
        """Return the criterion that a mark or a reason is for, "" for anything else."""
        return self.slot.partition(":")[2]

    @property
    def at_first(self) -> str:
        """Return what stands before anything is recorded."""
        return _AT_FIRST.get(self.kind, "null")


class Revision(Struct, frozen=True):
    """One value of a key, as canonical JSON, and the hashes of the revisions it follows."""

    application: str
    slot: str
    number: int
    value: TextOfRow
    parents: tuple[str, ...]
    hash: str

    @property
    def key(self) -> Key:
        return Key(self.application, self.slot)

    @property
    def counted(self) -> str:
        """Return the value as it counts: of a declaration that says none and an interest, the interest."""
        return counted(self.slot, self.value)


def within(round_uid: str, member_uid: str) -> str:
    return f"{round_uid} {member_uid}"


def counted(slot: str, value: str) -> str:
    """Return a value as it counts, as canonical JSON.

    A declaration may say "none" of an application and name an interest in it: the interest wins, here and
    wherever revisions meet, so that nobody scores what they have a part in.
    """
    if slot != INTEREST or f'"{_NONE}"' not in value:
        return value
    try:
        named: list[canonical.Json] = [[kind, detail] for kind, detail in json.loads(value) if kind != _NONE]
    except (ValueError, TypeError, RecursionError):
        return value  # whoever reads it says what is wrong with it
    return canonical.dumps(named) if named else value


def contradicts_itself(slot: str, value: str) -> bool:
    """Whether a declaration says none of an application and names an interest in it."""
    return counted(slot, value) != value


def first(within: str, key: Key) -> Revision:
    """Return the unwritten revision that every history of a key begins with."""
    return Revision(*key, 0, key.at_first, (), hash_of(within, key, 0, key.at_first, ()))


def following(within: str, key: Key, value: str, parents: Iterable[Revision]) -> Revision:
    """Return the revision that puts a value in place of others."""
    before = sorted(parents, key=lambda revision: revision.hash)
    number = 1 + max(revision.number for revision in before)
    hashes = tuple(revision.hash for revision in before)
    return Revision(*key, number, value, hashes, hash_of(within, key, number, value, hashes))


def hash_of(within: str, key: Key, number: int, value: str, parents: tuple[str, ...]) -> str:
    """Return the SHA-256 of a revision; `within` names the round and the member."""
    said = canonical.dumps([within, key.application, key.slot, number, value, list(parents)])
    return hashlib.sha256(_LABEL + said.encode()).hexdigest()


class History(Struct, frozen=True):
    """All that is known of a key: its revisions by hash, and those whose value stands."""

    within: str
    key: Key
    revisions: Mapping[str, Revision]
    stands: frozenset[str]

    @classmethod
    def new(cls, within: str, key: Key) -> "History":
        """Return the history of what nobody entered yet."""
        start = first(within, key)
        return cls(within, key, {start.hash: start}, frozenset({start.hash}))

    @property
    def heads(self) -> tuple[Revision, ...]:
        """Return the revisions that no other follows, in the order of their hashes."""
        followed = {parent for revision in self.revisions.values() for parent in revision.parents}
        return tuple(self.revisions[h] for h in sorted(self.revisions.keys() - followed))

    @property
    def value(self) -> str:
        return self.revisions[min(self.stands)].counted

    @property
    def is_open(self) -> bool:
        """Whether different values stand side by side, for a person to decide."""
        return len({head.counted for head in self.heads}) > 1

    @property
    def written(self) -> tuple[Revision, ...]:
        """Return the revisions but the unwritten first, oldest first."""
        kept = (revision for revision in self.revisions.values() if revision.number)
        return tuple(sorted(kept, key=lambda revision: (revision.number, revision.hash)))

    def set_to(self, value: str) -> "History":
        """Return the history once a value was recorded here; the same where it stands already."""
        if value == self.value:
            return self
        return self._after([self.revisions[h] for h in self.stands], value)

    def joined(self, others: Iterable[Revision]) -> "History":
        """Return the history with another's revisions; a value stands where it follows from all of ours."""
        found = replace(self, revisions={**self.revisions, **{other.hash: other for other in others}})
        if found.is_open:
            return found
        return replace(found, stands=frozenset(head.hash for head in found.heads))

    def decided(self, chosen: str) -> "History":
        """Return the history after a person chose one of the heads, which follows from all of them."""
        return self._after(self.heads, self.revisions[chosen].counted)

    def _after(self, heads: Iterable[Revision], value: str) -> "History":
        made = following(self.within, self.key, value, heads)
        return replace(self, revisions={**self.revisions, made.hash: made}, stands=frozenset({made.hash}))


Histories = Mapping[Key, History]


def histories(within: str, revisions: Iterable[Revision], stands: frozenset[str]) -> dict[Key, History]:
    """Return histories from their revisions; `stands` are the hashes of those whose value stands."""
    found: dict[Key, dict[str, Revision]] = {}
    for revision in revisions:
        found.setdefault(revision.key, {})[revision.hash] = revision
    return {key: _history(within, key, of_key, stands) for key, of_key in found.items()}


def _history(within: str, key: Key, of_key: dict[str, Revision], stands: frozenset[str]) -> History:
    start = first(within, key)
    standing = stands & of_key.keys() or frozenset({start.hash})
    return History(within, key, {start.hash: start, **of_key}, standing)


def settled(within: str, known: Histories, values: Mapping[Key, str]) -> dict[Key, History]:
    """Return the histories brought up to the tables, where a key that is missing is as at first."""
    found = {}
    for key in sorted({*known, *values}):
        history = known.get(key) or History.new(within, key)
        found[key] = history.set_to(values.get(key, key.at_first))
    return {key: history for key, history in found.items() if history.written}


def are_sound(within: str, revisions: Iterable[Revision], known: Histories) -> bool:
    """Whether each revision bears its own hash, and follows only such as are there, by the right number."""
    there = {h: r for history in known.values() for h, r in history.revisions.items()}
    given = list(revisions)
    there |= {revision.hash: revision for revision in given}
    keys = {revision.key for revision in given}
    there |= {start.hash: start for start in (first(within, key) for key in keys)}
    return all(_is_sound(within, revision, there) for revision in given)


def _is_sound(within: str, revision: Revision, there: Mapping[str, Revision]) -> bool:
    parents = [there.get(parent) for parent in revision.parents]
    numbers = [p.number for p in parents if p is not None and p.key == revision.key]
    found = (within, revision.key, revision.number, revision.value, revision.parents)
    return (
        bool(parents)
        and len(numbers) == len(parents)
        and revision.number == 1 + max(numbers)
        and revision.parents == tuple(sorted(set(revision.parents)))
        and revision.hash == hash_of(*found)
    )
