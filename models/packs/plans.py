"""What importing returns would do, item by item, and what a person chose where two values differ."""

import json
from collections.abc import Mapping

from msgspec import Struct

from models.packs.revisions import HANDED_IN, INTEREST, MARK, History, Key, Revision


class Decision(Struct, frozen=True):
    """What a person chose where values stood side by side: the hash of the revision, and why."""

    round: str
    member: str
    application: str
    slot: str
    chosen: str
    reason: str


class Copied(Struct, frozen=True):
    """What a member entered in a copy of the record since it diverged, following from what stood then.

    `fingerprint` is that of the round's scheme in the copy.
    """

    round: str
    member: str
    fingerprint: str
    revisions: tuple[Revision, ...]

    @property
    def within(self) -> str:
        """Return what the hashes of its revisions are bound to."""
        return f"{self.round} {self.member}"


class Side(Struct, frozen=True):
    """One of the values that stand side by side; `is_here` says that it is the one in this record."""

    hash: str
    value: str
    is_here: bool


class Difference(Struct, frozen=True):
    """One thing on which this record and returns differ, for a person to decide.

    `here` is the value that stands in this record; it is none of the sides where every one of them follows
    from it and they differ among themselves. `is_closed` says that whoever looks is not to decide it.
    """

    round: str
    member: str
    code: str
    reference: str
    key: Key
    here: str
    sides: tuple[Side, ...]
    is_closed: bool = False

    @property
    def what(self) -> str:
        """Return what it is about: "S-007 A2"."""
        return f"{self.reference} {slot_words(self.key.slot)}".strip()

    def decided(self, side: Side, reason: str) -> Decision:
        """Return the choice of one of its sides."""
        return Decision(self.round, self.member, *self.key, side.hash, reason)


class Item(Struct, frozen=True):
    """One value that is imported or, with words, one that is refused; `before` is what stands here."""

    code: str
    reference: str
    slot: str
    before: str
    after: str
    words: str = ""

    @property
    def what(self) -> str:
        """Return what it is about: "S-007 A2"."""
        return f"{self.reference} {slot_words(self.slot)}".strip()


class MemberPlan(Struct, frozen=True):
    """What returns of one member in one round come to.

    `kept` are the texts of those that are not in the record yet; `new_keys` are the public keys that signed
    them, without the one on file; `is_key_changed` says that another is on file, or that there are several.
    """

    round_id: int
    round: str
    member: str
    code: str
    name: str
    before: Mapping[Key, History]
    after: Mapping[Key, History]
    taken: tuple[Item, ...] = ()
    refused: tuple[Item, ...] = ()
    differences: tuple[Difference, ...] = ()
    kept: tuple[str, ...] = ()
    new_keys: tuple[str, ...] = ()
    is_key_changed: bool = False

    @property
    def of(self) -> tuple[str, str]:
        """Return the identities of the round and of the member in it."""
        return self.round, self.member

    @property
    def values(self) -> dict[Key, str]:
        """Return what is to be written into the tables, by key."""
        return {
            key: history.value for key, history in self.after.items() if self._value(key) != history.value
        }

    @property
    def added(self) -> int:
        """Return how many revisions come with it."""
        return sum(len(h.written) for h in self.after.values()) - sum(
            len(h.written) for h in self.before.values()
        )

    @property
    def has_news(self) -> bool:
        """Whether there is anything to write down."""
        return bool(self.kept) or self.added > 0

    def _value(self, key: Key) -> str:
        return self.before[key].value if key in self.before else key.at_first


class Plan(Struct, frozen=True):
    """What taking in some returns would do, member by member."""

    members: tuple[MemberPlan, ...]

    @property
    def taken(self) -> tuple[Item, ...]:
        """Return all values that are taken."""
        return tuple(item for member in self.members for item in member.taken)

    @property
    def refused(self) -> tuple[Item, ...]:
        """Return all values that are not."""
        return tuple(item for member in self.members for item in member.refused)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Return all that a person has to decide."""
        return tuple(found for member in self.members for found in member.differences)

    @property
    def is_new(self) -> bool:
        """Whether there is anything to write down."""
        return any(member.has_news for member in self.members)


def slot_words(slot: str) -> str:
    """Return what a slot is in words: "A2", "A2 reason", "handed in", "interest"."""
    if slot in (HANDED_IN, INTEREST):
        return slot
    kind, _, criterion = slot.partition(":")
    return criterion if kind == MARK else f"{criterion} reason"


def value_words(slot: str, value: str) -> str:
    """Return a value in words: "4", "no mark", the reason, "yes", the interests."""
    found = json.loads(value)
    if slot == HANDED_IN:
        return "yes" if found else "no"
    if slot == INTEREST:
        return (
            "; ".join(kind + (f" ({detail})" if detail else "") for kind, detail in found)
            or "nothing declared"
        )
    if slot.startswith(f"{MARK}:"):
        return "no mark" if found is None else str(found)
    return str(found) or "no reason"
